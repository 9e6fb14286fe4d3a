// SPDX-License-Identifier: GPL-2.0
/* Where a process is: network namespaces, machines, the background */
#define _GNU_SOURCE
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "peer.h"

static void enter(const char *path, int type)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || setns(fd, type))
		die(path);
	close(fd);
}

void enter_process(const char *pid)
{
	char net[64], mnt[64];
	int fd;

	snprintf(net, sizeof(net), "/proc/%s/ns/net", pid);
	snprintf(mnt, sizeof(mnt), "/proc/%s/ns/mnt", pid);
	fd = open(net, O_RDONLY | O_CLOEXEC);	/* before /proc may change */
	enter(mnt, CLONE_NEWNS);
	if (fd < 0 || setns(fd, CLONE_NEWNET))
		die(net);
	close(fd);
}

void enter_netns(const char *ns)
{
	char path[256];

	snprintf(path, sizeof(path), "%s%s",
		 strchr(ns, '/') ? "" : "/run/netns/", ns);
	enter(path, CLONE_NEWNET);
}

static void be_machine(const char *hosts)
{
	struct ifreq lo = { .ifr_name = "lo", .ifr_flags = IFF_UP };
	int fd;

	if (unshare(CLONE_NEWNET | CLONE_NEWNS))
		die("unshare");
	if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) ||
	    mount(hosts, "/etc/hosts", NULL, MS_BIND, NULL) ||
	    mount("none", "/run", "tmpfs", 0, NULL) ||
	    mkdir("/run/netns", 0755))
		die("mount");
	fd = socket(AF_INET, SOCK_DGRAM, 0);
	if (fd < 0 || ioctl(fd, SIOCSIFFLAGS, &lo))
		die("lo");
	close(fd);
}

/* Print the process id once it is ready, and let go of the terminal. */
int background(void (*prepare)(const char *arg), const char *arg)
{
	int ready[2];
	char c;
	pid_t pid;

	if (pipe(ready))
		die("pipe");
	pid = fork();
	if (pid < 0)
		die("fork");
	if (pid) {
		close(ready[1]);
		if (read(ready[0], &c, 1) != 1)
			return 2;
		printf("%d\n", pid);
		return 0;
	}
	setsid();
	if (prepare)
		prepare(arg);
	if (write(ready[1], "r", 1) != 1 ||
	    !freopen("/dev/null", "r", stdin) ||
	    !freopen("/dev/null", "w", stdout) ||
	    !freopen("/dev/null", "w", stderr))
		exit(2);
	close(ready[0]);
	close(ready[1]);
	return -1;
}

int machine(char **a, const struct options *o)
{
	int ret = background(be_machine, a[0]);

	(void)o;
	while (ret < 0)
		pause();
	return ret;
}
