// SPDX-License-Identifier: GPL-2.0
/* Find, make and delete namespaces the way iproute2 lays them out. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "netns.h"
#include "rtnl.h"
#include "util.h"

#define SELF	"/proc/self/ns/net"

char *netns_path(const char *ref)
{
	if (ref[0] == '/')
		return xstrdup(ref);
	if (ref[0] && ref[strspn(ref, "0123456789")] == '\0')
		return xasprintf("/proc/%s/ns/net", ref);
	return xasprintf(NETNS_DIR "/%s", ref);
}

enum netns_file netns_file(const char *ref)
{
	char *path = netns_path(ref);
	enum netns_file what = NETNS_OTHER;
	struct statfs fs;
	struct stat st;

	if (stat(path, &st) || statfs(path, &fs))
		what = errno == ENOENT ? NETNS_ABSENT : NETNS_OTHER;
	else if (fs.f_type == NSFS_MAGIC)
		what = NETNS_THERE;
	else if (S_ISREG(st.st_mode) && !st.st_size)
		what = NETNS_STALE;
	free(path);
	return what;
}

static struct netns *netns_finish(struct netns *ns)
{
	struct statfs fs;
	struct stat st;

	if (ns->fd < 0 || fstatfs(ns->fd, &fs) || fstat(ns->fd, &st))
		goto fail;
	if (fs.f_type != NSFS_MAGIC) {
		errno = EINVAL;
		goto fail;
	}
	ns->ino = st.st_ino;
	return ns;
fail:
	netns_close(ns);
	return NULL;
}

struct netns *netns_current(const char *name)
{
	struct netns *ns = xcalloc(1, sizeof(*ns));

	ns->name = xstrdup(name);
	ns->fd = open(SELF, O_RDONLY | O_CLOEXEC);
	ns = netns_finish(ns);
	if (!ns)
		return NULL;
	ns->rtnl = rtnl_open();
	if (ns->rtnl)
		return ns;
	netns_close(ns);
	return NULL;
}

static bool open_socket(struct netns *ns)
{
	int back = open(SELF, O_RDONLY | O_CLOEXEC);
	bool ok = false;

	if (back < 0)
		return false;
	if (!setns(ns->fd, CLONE_NEWNET)) {
		ns->rtnl = rtnl_open();
		ok = ns->rtnl && !setns(back, CLONE_NEWNET);
	}
	close(back);
	return ok;
}

static struct netns *open_path(const char *path, const char *ref)
{
	struct netns *ns = xcalloc(1, sizeof(*ns));

	ns->name = xasprintf("namespace %s", ref);
	ns->fd = open(path, O_RDONLY | O_CLOEXEC);
	ns = netns_finish(ns);
	if (!ns || open_socket(ns))
		return ns;
	netns_close(ns);
	return NULL;
}

struct netns *netns_open(const char *ref)
{
	char *path = netns_path(ref);
	struct netns *ns = open_path(path, ref);

	free(path);
	return ns;
}

/* NULL and ESRCH: nothing is there, or another namespace */
static struct netns *open_if(const char *path, const char *ref, ino_t ino)
{
	struct netns *ns = NULL;
	struct stat st;

	if (stat(path, &st))
		errno = errno == ENOENT || errno == ENOTDIR ? ESRCH : errno;
	else if (st.st_ino != ino)
		errno = ESRCH;
	else
		ns = open_path(path, ref);
	if (!ns || ns->ino == ino)
		return ns;
	netns_close(ns);	/* changed in between */
	errno = ESRCH;
	return NULL;
}

static struct netns *search_processes(const char *ref, ino_t ino)
{
	DIR *proc = opendir("/proc");
	int err = proc ? ESRCH : errno;
	struct netns *ns = NULL;
	struct dirent *d;
	char *path;

	while (proc && !ns && (d = readdir(proc))) {
		if (d->d_name[strspn(d->d_name, "0123456789")])
			continue;
		path = netns_path(d->d_name);
		ns = open_if(path, ref, ino);
		/* EACCES is also what the kernel says of one that has ended */
		if (!ns && errno != ESRCH && errno != EACCES)
			err = errno;
		free(path);
	}
	if (proc)
		closedir(proc);
	errno = err;
	return ns;
}

struct netns *netns_search(const char *ref, ino_t ino)
{
	char *path = netns_path(ref);
	struct netns *ns = open_if(path, ref, ino);
	int err = errno;

	free(path);
	if (ns)
		return ns;
	ns = search_processes(ref, ino);
	if (!ns && err != ESRCH)
		errno = err;
	return ns;
}

struct netns *netns_absent(const char *name)
{
	struct netns *ns = xcalloc(1, sizeof(*ns));

	ns->name = xasprintf("namespace %s", name);
	ns->fd = -1;
	return ns;
}

void netns_close(struct netns *ns)
{
	int saved = errno;

	if (!ns)
		return;
	rtnl_close(ns->rtnl);
	if (ns->fd >= 0)
		close(ns->fd);
	free(ns->name);
	free(ns);
	errno = saved;
}

int netns_enter(const struct netns *ns)
{
	return setns(ns->fd, CLONE_NEWNET) ? -errno : 0;
}

/*
 * The folder becomes a shared mount, so that a namespace mounted in it is seen
 * by, and deleted from, every mount namespace that shares it.
 */
static int share_dir(void)
{
	if (mkdir(NETNS_DIR, 0755) && errno != EEXIST)
		return -errno;
	if (!mount("", NETNS_DIR, "none", MS_SHARED | MS_REC, NULL))
		return 0;
	if (errno != EINVAL)	/* EINVAL: it is no mount point yet */
		return -errno;
	if (mount(NETNS_DIR, NETNS_DIR, "none", MS_BIND | MS_REC, NULL) ||
	    mount("", NETNS_DIR, "none", MS_SHARED | MS_REC, NULL))
		return -errno;
	return 0;
}

static int publish(const char *path)
{
	int fd = open(path, O_RDONLY | O_CREAT | O_CLOEXEC, 0);

	if (fd < 0)
		return -errno;
	close(fd);
	return mount(SELF, path, "none", MS_BIND, NULL) ? -errno : 0;
}

static int prepare_inside(int (*prepare)(struct rtnl *r))
{
	struct rtnl *r = rtnl_open();
	int err;

	if (!r)
		return -errno;
	err = prepare(r);
	rtnl_close(r);
	return err;
}

int netns_create(const char *name, const struct netns *back,
		 int (*prepare)(struct rtnl *r))
{
	char *path = netns_path(name);
	int err, left;

	err = share_dir();
	if (!err && unshare(CLONE_NEWNET))
		err = -errno;
	if (!err) {
		err = prepare_inside(prepare);
		if (!err)
			err = publish(path);
		left = netns_enter(back);
		if (!err)
			err = left;
	}
	free(path);
	return err;
}

int netns_delete(const char *name)
{
	char *path = netns_path(name);
	int err = 0;

	if (netns_file(name) == NETNS_THERE && umount2(path, MNT_DETACH))
		err = -errno;
	else if (unlink(path) && errno != ENOENT)
		err = -errno;
	free(path);
	return err;
}
