// SPDX-License-Identifier: GPL-2.0
/*
 * peer: both ends of the tests' traffic.
 *
 * usage:	peer serve NAME tcp|udp PORT
 *		peer ask [-n COUNT] [-b ADDR] [-p PORT] [-t MS] tcp|udp ADDR PORT
 *		peer talk tcp|udp ADDR PORT
 *		peer many [-p FIRST] COUNT ADDR PORT
 *		peer send [-r BYTES_PER_SECOND] BYTES ADDR PORT
 *		peer fetch BYTES ADDR PORT
 *		peer flood tcp|udp ADDR PORT
 *
 * serve answers until it is killed, from the background: it returns once it
 * listens, having printed its process id.  ask prints one line per request:
 * what the server said, or why there is no answer (refused, reset, timeout,
 * unreachable).  talk sends a request over one connection for each line of its
 * input.  many opens COUNT connections at once from as many source ports, and
 * prints how many were answered and how many segments were sent twice.  send
 * and fetch move data that the receiving end verifies.  flood asks until it is
 * killed.
 *
 * A request is a line: "who" is answered by NAME, ADDRESS and PORT of the
 * client as the server sees them; "take N" announces N bytes, "give N" asks
 * for them.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
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

		for (i = 0; i < n; i++)
			buf[i] = pattern(at + i);
		if (!write_all(fd, buf, n))
			return false;
		at += n;
		while (rate && (now_ms() - start) * rate / 1000 < (long)at)
			usleep(1000);
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

static void describe(const struct sockaddr *sa, socklen_t len, char *out,
		     size_t size)
{
	char host[INET6_ADDRSTRLEN], port[8];

	if (getnameinfo(sa, len, host, sizeof(host), port, sizeof(port),
			NI_NUMERICHOST | NI_NUMERICSERV))
		strcpy(host, "?");
	snprintf(out, size, "%s %s %s\n", name, host, port);
}

static void *serve_one(void *arg)
{
	struct sockaddr_storage sa;
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
			describe((struct sockaddr *)&sa, len, reply,
				 sizeof(reply));
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
		struct sockaddr_storage sa;
		socklen_t len = sizeof(sa);

		if (recvfrom(fd, buf, sizeof(buf), 0, (struct sockaddr *)&sa,
			     &len) < 0)
			continue;
		describe((struct sockaddr *)&sa, len, reply, sizeof(reply));
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

static int serve(const char *proto, const char *port)
{
	struct sockaddr_in sa = {
		.sin_family = AF_INET,
		.sin_port = htons(atoi(port)),
	};
	int type = type_of(proto), fd, on = 1;
	pid_t pid;

	fd = socket(AF_INET, type | SOCK_CLOEXEC, 0);
	if (fd < 0)
		die("socket");
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(fd, (struct sockaddr *)&sa, sizeof(sa)))
		die("bind");
	if (type == SOCK_STREAM && listen(fd, 1024))
		die("listen");
	pid = fork();
	if (pid < 0)
		die("fork");
	if (pid) {
		printf("%d\n", pid);
		return 0;
	}
	setsid();
	if (!freopen("/dev/null", "r", stdin) ||
	    !freopen("/dev/null", "w", stdout) ||
	    !freopen("/dev/null", "w", stderr))
		exit(2);
	if (type == SOCK_DGRAM)
		serve_udp(fd);
	serve_tcp(fd);
	return 2;
}

static struct addrinfo *resolve(const char *addr, const char *port, int type)
{
	struct addrinfo hints = { .ai_family = AF_INET, .ai_socktype = type },
			*ai;

	if (getaddrinfo(addr, port, &hints, &ai)) {
		fprintf(stderr, "%s port %s: no such address\n", addr, port);
		exit(2);
	}
	return ai;
}

/* A socket that has begun to connect, or -1 and errno */
static int begin(const struct addrinfo *ai, const char *from, int from_port)
{
	char port[8];
	int fd = socket(ai->ai_family, ai->ai_socktype | SOCK_NONBLOCK, 0);
	int on = 1;

	if (fd < 0)
		die("socket");
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (from || from_port) {
		struct addrinfo *src;

		snprintf(port, sizeof(port), "%d", from_port);
		src = resolve(from ? from : "0.0.0.0", port, ai->ai_socktype);
		if (bind(fd, src->ai_addr, src->ai_addrlen))
			die("bind");
		freeaddrinfo(src);
	}
	if (connect(fd, ai->ai_addr, ai->ai_addrlen) && errno != EINPROGRESS) {
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

static bool ask_once(const struct addrinfo *ai, const char *from, int port)
{
	char reply[128];
	int fd = begin(ai, from, port), err = 0;

	if (fd < 0 || finish(fd) ||
	    request(fd, ai->ai_socktype, reply, sizeof(reply)))
		err = errno;
	if (fd >= 0)
		close(fd);
	return tell(err, reply);
}

static int ask(const struct addrinfo *ai, const char *from, int port, int count)
{
	bool all = true;

	while (count--)
		all &= ask_once(ai, from, port);
	return all ? 0 : 1;
}

static int open_one(const struct addrinfo *ai)
{
	int fd = begin(ai, NULL, 0);

	if (fd >= 0 && !finish(fd))
		return fd;
	puts(why(errno));
	exit(1);
}

static int talk(const struct addrinfo *ai)
{
	int fd = open_one(ai);
	char line[64], reply[128];
	bool all = true;

	while (fgets(line, sizeof(line), stdin)) {
		int err = 0;

		if (request(fd, ai->ai_socktype, reply, sizeof(reply)))
			err = errno;
		all &= tell(err, reply);
	}
	return all ? 0 : 1;
}

static int many(const struct addrinfo *ai, int count, int first)
{
	struct rlimit limit = { count + 32, count + 32 };
	int *fds = calloc(count, sizeof(*fds));
	int i, answered = 0, twice = 0;
	char reply[128];

	setrlimit(RLIMIT_NOFILE, &limit);
	for (i = 0; i < count; i++)
		fds[i] = begin(ai, NULL, first ? first + i : 0);
	for (i = 0; i < count; i++) {
		struct tcp_info info = { 0 };
		socklen_t len = sizeof(info);

		if (fds[i] >= 0 && !finish(fds[i]) &&
		    !request(fds[i], ai->ai_socktype, reply, sizeof(reply)))
			answered++;
		if (fds[i] >= 0 && !getsockopt(fds[i], IPPROTO_TCP, TCP_INFO,
					       &info, &len))
			twice += info.tcpi_total_retrans;
	}
	printf("%d answered, %d sent twice\n", answered, twice);
	free(fds);
	return answered == count ? 0 : 1;
}

static int transfer(const struct addrinfo *ai, const char *bytes, long rate,
		    bool up)
{
	unsigned long long n = strtoull(bytes, NULL, 10), got = 0;
	int fd = open_one(ai);
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

static int flood(const struct addrinfo *ai)
{
	unsigned long asked = 0, answered = 0;
	char reply[128];

	signal(SIGTERM, stop);
	timeout_ms = 200;
	for (; !stopped; asked++) {
		int fd = begin(ai, NULL, 0);

		if (fd >= 0 && !finish(fd) &&
		    !request(fd, ai->ai_socktype, reply, sizeof(reply)))
			answered++;
		if (fd >= 0)
			close(fd);
	}
	printf("%lu of %lu answered\n", answered, asked);
	return 0;
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
	char **a;
	long rate = 0;

	if (argc < 2)
		return usage();
	verb = argv[1];
	optind = 2;
	while ((opt = getopt(argc, argv, "+n:b:p:t:r:")) != -1) {
		switch (opt) {
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
	if (n != 3)
		return usage();
	if (!strcmp(verb, "serve")) {
		name = a[0];
		return serve(a[1], a[2]);
	}
	if (!strcmp(verb, "ask"))
		return ask(resolve(a[1], a[2], type_of(a[0])), from, port,
			   count);
	if (!strcmp(verb, "talk"))
		return talk(resolve(a[1], a[2], type_of(a[0])));
	if (!strcmp(verb, "flood"))
		return flood(resolve(a[1], a[2], type_of(a[0])));
	if (!strcmp(verb, "many"))
		return many(resolve(a[1], a[2], SOCK_STREAM), atoi(a[0]), port);
	if (!strcmp(verb, "send") || !strcmp(verb, "fetch"))
		return transfer(resolve(a[1], a[2], SOCK_STREAM), a[0], rate,
				verb[0] == 's');
	return usage();
}
