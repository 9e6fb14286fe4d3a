// SPDX-License-Identifier: GPL-2.0
/*
 * peer: what the tests do in other namespaces, and both ends of their traffic.
 * One static program does it all, because starting a process is what takes the
 * time of a test in an emulated or debugging kernel.
 *
 * usage:	peer [-P PID] [-N NETNS] VERB ...
 *		peer machine HOSTS
 *		peer run|nobody COMMAND...
 *		peer serve NAME tcp|udp PORT
 *		peer ask [-c] [-n COUNT] [-b ADDR] [-p PORT] [-t MS]
 *			tcp|udp ADDR PORT
 *		peer talk FIFO tcp|udp ADDR PORT
 *		peer many [-p FIRST] COUNT ADDR PORT
 *		peer send [-r BYTES_PER_SECOND] BYTES ADDR PORT
 *		peer fetch BYTES ADDR PORT
 *		peer flood tcp|udp ADDR PORT
 *
 * -P enters the network and mount namespaces of a process, -N then a network
 * namespace by its name or path.  machine makes a process with such namespaces
 * of its own, a /run of its own and the file HOSTS as /etc/hosts, and prints
 * its id.  nobody runs a command without any privilege.
 *
 * serve answers until it is killed, from the background: it returns once it
 * listens, having printed its process id.  ask prints one line per request:
 * what the server said, or why there is no answer (refused, reset, timeout,
 * unreachable); with -c only which answer came how often.  talk connects,
 * says so, and then sends a request over that one connection for each line that
 * comes through FIFO, which it holds open at both ends.  many opens COUNT connections
 * at once from as many source ports, and prints how many were answered and how
 * many segments were sent twice.  send and fetch move data that the receiving
 * end verifies.  flood asks until it is killed.
 *
 * A request is a line: "who" is answered by NAME, ADDRESS and PORT of the
 * client as the server sees them; "take N" announces N bytes, "give N" asks
 * for them.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <net/if.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define CHUNK	16384

static const char *name;
static int timeout_ms = 5000;

static void die(const char *what)
{
	perror(what);
	exit(2);
}

static long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* The byte at a place of every transfer: no two blocks are alike. */
static uint8_t pattern(uint64_t at)
{
	return (at * 2654435761U) >> 16;
}

static bool write_all(int fd, const void *data, size_t len)
{
	const char *p = data;

	while (len) {
		ssize_t n = send(fd, p, len, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		p += n;
		len -= n;
	}
	return true;
}

/* 1: a line without its newline; 0: the end; -1: errno */
static int read_line(int fd, char *line, size_t size)
{
	size_t len = 0;

	while (len + 1 < size) {
		ssize_t n = recv(fd, line + len, 1, 0);

		if (n <= 0)
			return n;
		if (line[len] == '\n') {
			line[len] = '\0';
			return 1;
		}
		len++;
	}
	errno = EMSGSIZE;
	return -1;
}

static bool give(int fd, uint64_t bytes, long rate)
{
	uint8_t buf[CHUNK];
	uint64_t at = 0;
	long start = now_ms();

	while (at < bytes) {
		size_t i, n = bytes - at < sizeof(buf) ? bytes - at : sizeof(buf);
		long early;

		for (i = 0; i < n; i++)
			buf[i] = pattern(at + i);
		if (!write_all(fd, buf, n))
			return false;
		at += n;
		early = rate ? (long)at * 1000 / rate - (now_ms() - start) : 0;
		if (early > 0)
			usleep(early * 1000);
	}
	return true;
}

/* How many bytes came as they should */
static uint64_t take(int fd, uint64_t bytes)
{
	uint8_t buf[CHUNK];
	uint64_t at = 0;

	while (at < bytes) {
		size_t want = bytes - at < sizeof(buf) ? bytes - at : sizeof(buf);
		ssize_t i, n = recv(fd, buf, want, 0);

		if (n <= 0)
			return at;
		for (i = 0; i < n; i++, at++)
			if (buf[i] != pattern(at))
				return at;
	}
	return at;
}

static void describe(const struct sockaddr_in *sa, char *out, size_t size)
{
	char host[INET_ADDRSTRLEN];

	inet_ntop(AF_INET, &sa->sin_addr, host, sizeof(host));
	snprintf(out, size, "%s %s %d\n", name, host, ntohs(sa->sin_port));
}

static void *serve_one(void *arg)
{
	struct sockaddr_in sa;
	socklen_t len = sizeof(sa);
	int fd = (intptr_t)arg, on = 1;
	char line[64], reply[128];
	unsigned long long n;

	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (getpeername(fd, (struct sockaddr *)&sa, &len))
		goto out;
	while (read_line(fd, line, sizeof(line)) > 0) {
		if (sscanf(line, "take %llu", &n) == 1) {
			unsigned long long got = take(fd, n);

			snprintf(reply, sizeof(reply), "%s took %llu\n", name,
				 got);
		} else if (sscanf(line, "give %llu", &n) == 1) {
			if (!give(fd, n, 0))
				break;
			continue;
		} else {
			describe(&sa, reply, sizeof(reply));
		}
		if (!write_all(fd, reply, strlen(reply)))
			break;
	}
out:
	close(fd);
	return NULL;
}

static void serve_udp(int fd)
{
	char buf[2048], reply[128];

	for (;;) {
		struct sockaddr_in sa;
		socklen_t len = sizeof(sa);

		if (recvfrom(fd, buf, sizeof(buf), 0, (struct sockaddr *)&sa,
			     &len) < 0)
			continue;
		describe(&sa, reply, sizeof(reply));
		sendto(fd, reply, strlen(reply), 0, (struct sockaddr *)&sa,
		       len);
	}
}

static void serve_tcp(int fd)
{
	pthread_attr_t attr;
	pthread_t thread;

	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, 128 * 1024);
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	for (;;) {
		int one = accept(fd, NULL, NULL);

		if (one >= 0 && pthread_create(&thread, &attr, serve_one,
					       (void *)(intptr_t)one))
			close(one);
	}
}

static int type_of(const char *proto)
{
	if (!strcmp(proto, "tcp"))
		return SOCK_STREAM;
	if (!strcmp(proto, "udp"))
		return SOCK_DGRAM;
	fprintf(stderr, "%s is neither tcp nor udp\n", proto);
	exit(2);
}

struct target {
	struct sockaddr_in sa;
	int type;
};

/* The C library's resolver does not come with a static program. */
static bool in_hosts(const char *host, struct in_addr *addr)
{
	FILE *f = fopen("/etc/hosts", "re");
	char line[256], ip[64], alias[64];
	bool found = false;

	while (f && !found && fgets(line, sizeof(line), f))
		found = sscanf(line, "%63s %63s", ip, alias) == 2 &&
			!strcmp(alias, host) && inet_aton(ip, addr);
	if (f)
		fclose(f);
	return found;
}

static struct target target(const char *proto, const char *host,
			    const char *port)
{
	struct target to = {
		.type = type_of(proto),
		.sa = { .sin_family = AF_INET, .sin_port = htons(atoi(port)) },
	};

	if (inet_aton(host, &to.sa.sin_addr) ||
	    in_hosts(host, &to.sa.sin_addr))
		return to;
	fprintf(stderr, "%s: no such address or name\n", host);
	exit(2);
}

/* A socket that has begun to connect, or -1 and errno */
static int begin(const struct target *to, const char *from, int from_port)
{
	struct sockaddr_in src = {
		.sin_family = AF_INET,
		.sin_port = htons(from_port),
	};
	int fd = socket(AF_INET, to->type | SOCK_NONBLOCK, 0), on = 1;

	if (fd < 0)
		die("socket");
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (from && !inet_aton(from, &src.sin_addr))
		die(from);
	if ((from || from_port) &&
	    bind(fd, (struct sockaddr *)&src, sizeof(src)))
		die("bind");
	if (connect(fd, (struct sockaddr *)&to->sa, sizeof(to->sa)) &&
	    errno != EINPROGRESS) {
		int err = errno;

		close(fd);
		errno = err;
		return -1;
	}
	return fd;
}

/* Wait for the connection, and from then on block for the timeout at most */
static int finish(int fd)
{
	struct timeval tv = { .tv_sec = timeout_ms / 1000,
			      .tv_usec = timeout_ms % 1000 * 1000 };
	struct pollfd p = { .fd = fd, .events = POLLOUT };
	socklen_t len = sizeof(int);
	int err = 0;

	if (poll(&p, 1, timeout_ms) != 1)
		err = ETIMEDOUT;
	else
		getsockopt(fd, SOL_SOCKET, SO_ERROR, &err, &len);
	if (err) {
		errno = err;
		return -1;
	}
	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof(tv));
	return 0;
}

static const char *why(int err)
{
	switch (err) {
	case ECONNREFUSED:
		return "refused";
	case ECONNRESET:
	case EPIPE:
		return "reset";
	case EAGAIN:
	case ETIMEDOUT:
		return "timeout";
	case EHOSTUNREACH:
	case ENETUNREACH:
		return "unreachable";
	default:
		return strerror(err);
	}
}

static int request(int fd, int type, char *reply, size_t size)
{
	ssize_t n;

	if (!write_all(fd, "who\n", 4))
		return -1;
	if (type == SOCK_STREAM) {
		n = read_line(fd, reply, size);
		if (n == 0)
			errno = ECONNRESET;
		return n > 0 ? 0 : -1;
	}
	n = recv(fd, reply, size - 1, 0);
	if (n < 0)
		return -1;
	reply[n] = '\0';
	reply[strcspn(reply, "\n")] = '\0';
	return 0;
}

static bool tell(int err, const char *reply)
{
	puts(err ? why(err) : reply);
	fflush(stdout);
	return !err;
}

static int ask_once(const struct target *to, const char *from, int port,
		    char *reply, size_t size)
{
	int fd = begin(to, from, port), err = 0;

	if (fd < 0 || finish(fd) || request(fd, to->type, reply, size))
		err = errno;
	if (fd >= 0)
		close(fd);
	return err;
}

#define MAX_TALLY	32

struct tally {
	char word[64];
	int times;
};

static int by_word(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* Count the first word of an answer. */
static void count_word(struct tally *t, const char *answer)
{
	size_t len = strcspn(answer, " ");
	int i;

	if (len >= sizeof(t->word))
		len = sizeof(t->word) - 1;
	for (i = 0; i < MAX_TALLY; i++) {
		if (!t[i].times)
			memcpy(t[i].word, answer, len);
		else if (strlen(t[i].word) != len ||
			 memcmp(t[i].word, answer, len))
			continue;
		t[i].times++;
		return;
	}
}

static void print_tally(struct tally *t)
{
	int i, n;

	for (n = 0; n < MAX_TALLY && t[n].times; n++)
		;
	qsort(t, n, sizeof(*t), by_word);
	for (i = 0; i < n; i++)
		printf("%s%s %d", i ? ", " : "", t[i].word, t[i].times);
	puts("");
}

static int ask(const struct target *to, const char *from, int port, int count,
	       bool tally)
{
	struct tally t[MAX_TALLY] = { 0 };
	bool all = true;
	char reply[128];

	while (count--) {
		int err = ask_once(to, from, port, reply, sizeof(reply));

		all &= !err;
		if (tally)
			count_word(t, err ? why(err) : reply);
		else
			tell(err, reply);
	}
	if (tally)
		print_tally(t);
	return all ? 0 : 1;
}

static int open_one(const struct target *to)
{
	int fd = begin(to, NULL, 0);

	if (fd >= 0 && !finish(fd))
		return fd;
	puts(why(errno));
	exit(1);
}

static int talk(const struct target *to, const char *fifo)
{
	FILE *in = fopen(fifo, "r+e");
	char line[64], reply[128];
	int fd;

	if (!in)
		die(fifo);
	fd = open_one(to);
	tell(0, "connected");
	while (fgets(line, sizeof(line), in)) {
		int err = 0;

		if (request(fd, to->type, reply, sizeof(reply)))
			err = errno;
		tell(err, reply);
	}
	return 0;
}

static int many(const struct target *to, int count, int first)
{
	struct rlimit limit = { count + 32, count + 32 };
	int *fds = calloc(count, sizeof(*fds));
	int i, answered = 0, twice = 0;
	char reply[128];

	setrlimit(RLIMIT_NOFILE, &limit);
	for (i = 0; i < count; i++)
		fds[i] = begin(to, NULL, first ? first + i : 0);
	for (i = 0; i < count; i++) {
		struct tcp_info info = { 0 };
		socklen_t len = sizeof(info);

		if (fds[i] >= 0 && !finish(fds[i]) &&
		    !request(fds[i], to->type, reply, sizeof(reply)))
			answered++;
		if (fds[i] >= 0 && !getsockopt(fds[i], IPPROTO_TCP, TCP_INFO,
					       &info, &len))
			twice += info.tcpi_total_retrans;
	}
	printf("%d answered, %d sent twice\n", answered, twice);
	free(fds);
	return answered == count ? 0 : 1;
}

static int transfer(const struct target *to, const char *bytes, long rate,
		    bool up)
{
	unsigned long long n = strtoull(bytes, NULL, 10), got = 0;
	int fd = open_one(to);
	char line[128], who[64];

	snprintf(line, sizeof(line), "%s %llu\n", up ? "take" : "give", n);
	if (!write_all(fd, line, strlen(line)))
		return tell(errno, NULL);
	if (up) {
		if (!give(fd, n, rate) || read_line(fd, line, sizeof(line)) < 1)
			return !tell(errno ? errno : ECONNRESET, NULL);
		if (sscanf(line, "%63s took %llu", who, &got) != 2)
			got = 0;
	} else {
		got = take(fd, n);
	}
	printf("%llu of %llu\n", got, n);
	return got == n ? 0 : 1;
}

static volatile sig_atomic_t stopped;

static void stop(int sig)
{
	(void)sig;
	stopped = 1;
}

static int flood(const struct target *to)
{
	unsigned long asked = 0, answered = 0;
	char reply[128];

	signal(SIGTERM, stop);
	timeout_ms = 200;
	for (; !stopped; asked++) {
		int fd = begin(to, NULL, 0);

		if (fd >= 0 && !finish(fd) &&
		    !request(fd, to->type, reply, sizeof(reply)))
			answered++;
		if (fd >= 0)
			close(fd);
		usleep(2000);	/* others want the processor, too */
	}
	printf("%lu of %lu answered\n", answered, asked);
	return 0;
}

static void enter(const char *path, int type)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || setns(fd, type))
		die(path);
	close(fd);
}

static void enter_process(const char *pid)
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

static void enter_netns(const char *ns)
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
static int background(void (*prepare)(const char *arg), const char *arg)
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

static int serve(const char *proto, const char *port)
{
	struct sockaddr_in sa = {
		.sin_family = AF_INET,
		.sin_port = htons(atoi(port)),
	};
	int type = type_of(proto), fd, on = 1, ret;

	fd = socket(AF_INET, type | SOCK_CLOEXEC, 0);
	if (fd < 0)
		die("socket");
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(fd, (struct sockaddr *)&sa, sizeof(sa)))
		die("bind");
	if (type == SOCK_STREAM && listen(fd, 1024))
		die("listen");
	ret = background(NULL, NULL);
	if (ret >= 0)
		return ret;
	if (type == SOCK_DGRAM)
		serve_udp(fd);
	serve_tcp(fd);
	return 2;
}

static int machine(const char *hosts)
{
	int ret = background(be_machine, hosts);

	while (ret < 0)
		pause();
	return ret;
}

static int usage(void)
{
	fprintf(stderr, "usage: see the top of peer.c\n");
	return 2;
}

int main(int argc, char **argv)
{
	int count = 1, port = 0, opt, n;
	const char *from = NULL, *verb;
	bool tally = false;
	long rate = 0;
	char **a;

	while ((opt = getopt(argc, argv, "+P:N:")) != -1) {
		if (opt == 'P')
			enter_process(optarg);
		else if (opt == 'N')
			enter_netns(optarg);
		else
			return usage();
	}
	if (optind == argc)
		return usage();
	verb = argv[optind++];
	if (!strcmp(verb, "nobody") &&
	    (setgroups(0, NULL) || setgid(65534) || setuid(65534)))
		die("become nobody");
	if ((!strcmp(verb, "run") || !strcmp(verb, "nobody")) &&
	    optind < argc) {
		execvp(argv[optind], argv + optind);
		die(argv[optind]);
	}
	while ((opt = getopt(argc, argv, "+cn:b:p:t:r:")) != -1) {
		switch (opt) {
		case 'c':
			tally = true;
			break;
		case 'n':
			count = atoi(optarg);
			break;
		case 'b':
			from = optarg;
			break;
		case 'p':
			port = atoi(optarg);
			break;
		case 't':
			timeout_ms = atoi(optarg);
			break;
		case 'r':
			rate = atol(optarg);
			break;
		default:
			return usage();
		}
	}
	a = argv + optind;
	n = argc - optind;
	signal(SIGPIPE, SIG_IGN);
	if (n == 1 && !strcmp(verb, "machine"))
		return machine(a[0]);
	if (n == 4 && !strcmp(verb, "talk")) {
		struct target to = target(a[1], a[2], a[3]);

		return talk(&to, a[0]);
	}
	if (n != 3)
		return usage();
	if (!strcmp(verb, "serve")) {
		name = a[0];
		return serve(a[1], a[2]);
	}
	if (!strcmp(verb, "many") || !strcmp(verb, "send") ||
	    !strcmp(verb, "fetch")) {
		struct target to = target("tcp", a[1], a[2]);

		return verb[0] == 'm' ? many(&to, atoi(a[0]), port) :
		       transfer(&to, a[0], rate, verb[0] == 's');
	}
	if (!strcmp(verb, "ask") || !strcmp(verb, "flood")) {
		struct target to = target(a[0], a[1], a[2]);

		return verb[0] == 'a' ? ask(&to, from, port, count, tally) :
		       flood(&to);
	}
	return usage();
}
