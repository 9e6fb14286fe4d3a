// SPDX-License-Identifier: GPL-2.0
/*
 * load: both ends of the traffic that is measured.
 *
 *	load serve NAME
 *	load ask ADDR[,ADDR...] PORT COUNT
 *	load connect ADDR[,ADDR...] PORT COUNT
 *	load request ADDR PORT COUNT
 *	load up|down ADDR PORT MIB
 *	load flows ADDR[,ADDR...] PORT FIRST COUNT
 *	load flood
 *	load warm
 *	load resolve ADDR:PORT
 *
 * serve answers TCP and UDP on the ports below, from the background, until it is
 * killed.  A message of TCP is MESSAGE bytes long; the answer is as long and
 * names the server and the client as the server sees it, which ask prints.
 *
 * connect opens a connection, makes a request and closes it, COUNT times;
 * request makes COUNT requests on one connection; up and down move MIB MiB in
 * one connection.  With several addresses they take turns.  flood lets pktgen
 * send what it was set up to send; warm does the same without measuring it.
 * resolve has meshmod-ctl say, on stderr, who is behind an ingress address.  All
 * others print how many nanoseconds it took: where one instruction takes one,
 * the instructions.
 *
 * flows opens COUNT flows of UDP from the ports FIRST and after, has each
 * answered three times, over so long that connection tracking takes it for a
 * stream, and prints how many answers came.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "mark.h"

#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))
#define MESSAGE		64
#define CHUNK		65536
#define MIB		1048576
#define MAX_ADDRS	8
#define MAX_FLOWS	4096

/* The published port, the target port, and one that is nobody's service */
static const int ports[] = { 8080, 80, 9999 };

struct target {
	struct sockaddr_in addrs[MAX_ADDRS];
	int naddrs;
};

static void die(const char *what)
{
	perror(what);
	exit(2);
}

/*
 * Who runs when two can is left to no scheduler's history: a client goes on until
 * it has to wait, a server runs when no client can.
 */
enum { PRIORITY_SERVER = 10, PRIORITY_CLIENT = 20 };

static void run_at(int priority)	/* 0: as it is */
{
	struct sched_param p = { .sched_priority = priority };

	if (priority && sched_setscheduler(0, SCHED_FIFO, &p))
		die("priority");
}

static long long now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

/* --- messages ------------------------------------------------------------- */

static void send_whole(int fd, const void *data, size_t n)
{
	const char *p = data;
	ssize_t done;

	for (; n; n -= done, p += done) {
		done = send(fd, p, n, MSG_NOSIGNAL);
		if (done <= 0)
			die("send");
	}
}

/* false: the other end has closed */
static bool receive_whole(int fd, void *data, size_t n)
{
	char *p = data;
	ssize_t got;

	for (; n; n -= got, p += got) {
		got = recv(fd, p, n, 0);
		if (got < 0)
			die("recv");
		if (!got)
			return false;
	}
	return true;
}

static void send_bytes(int fd, size_t n)
{
	static char chunk[CHUNK];

	for (; n; n -= sizeof(chunk))
		send_whole(fd, chunk, sizeof(chunk));
}

static void receive_bytes(int fd, size_t n)
{
	static char chunk[CHUNK];
	ssize_t got;

	for (; n; n -= got) {
		got = recv(fd, chunk, n < CHUNK ? n : CHUNK, 0);
		if (got <= 0)
			die("recv");
	}
}

/* --- the server ----------------------------------------------------------- */

static char *name;

static void answer(char *message, const struct sockaddr_in *from)
{
	char addr[INET_ADDRSTRLEN];

	inet_ntop(AF_INET, &from->sin_addr, addr, sizeof(addr));
	memset(message, 0, MESSAGE);
	snprintf(message, MESSAGE, "%s %s", name, addr);
}

/* A request's first byte says what it is: u and d are followed by MiB. */
static void serve_connection(int listener)
{
	struct sockaddr_in from;
	socklen_t len = sizeof(from);
	char message[MESSAGE];
	int fd = accept(listener, (struct sockaddr *)&from, &len), on = 1;

	if (fd < 0)
		die("accept");
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	while (receive_whole(fd, message, MESSAGE)) {
		if (*message == 'u')
			receive_bytes(fd, atol(message + 1) * MIB);
		else if (*message == 'd')
			send_bytes(fd, atol(message + 1) * MIB);
		answer(message, &from);
		send_whole(fd, message, MESSAGE);
	}
	close(fd);
}

static void serve_datagram(int fd)
{
	struct sockaddr_in from;
	socklen_t len = sizeof(from);
	char message[MESSAGE];

	if (recvfrom(fd, message, MESSAGE, 0, (struct sockaddr *)&from,
		     &len) < 0)
		die("recvfrom");
	answer(message, &from);
	sendto(fd, message, MESSAGE, 0, (struct sockaddr *)&from, len);
}

static int listen_on(int type, int port)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
				 .sin_port = htons(port) };
	int fd = socket(AF_INET, type, 0), on = 1;

	if (fd < 0)
		die("socket");
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(fd, (struct sockaddr *)&a, sizeof(a)))
		die("bind");
	if (type == SOCK_STREAM && listen(fd, 128))
		die("listen");
	return fd;
}

static int serve(char **a)
{
	struct pollfd fds[2 * ARRAY_SIZE(ports)];
	size_t i;

	name = a[0];
	for (i = 0; i < ARRAY_SIZE(fds); i++) {
		fds[i].fd = listen_on(i % 2 ? SOCK_DGRAM : SOCK_STREAM,
				      ports[i / 2]);
		fds[i].events = POLLIN;
	}
	/* What fails from here on shows at the other end. */
	if (daemon(1, 0))
		die("daemon");
	for (;;) {
		if (poll(fds, ARRAY_SIZE(fds), -1) < 0)
			return 2;
		for (i = 0; i < ARRAY_SIZE(fds); i++) {
			if (!fds[i].revents)
				continue;
			if (i % 2)
				serve_datagram(fds[i].fd);
			else
				serve_connection(fds[i].fd);
		}
	}
}

/* --- clients -------------------------------------------------------------- */

static void parse(struct target *t, char *addrs, const char *port)
{
	char *word = strtok(addrs, ",");

	memset(t, 0, sizeof(*t));
	for (; word && t->naddrs < MAX_ADDRS; word = strtok(NULL, ",")) {
		struct sockaddr_in *a = &t->addrs[t->naddrs++];

		a->sin_family = AF_INET;
		a->sin_port = htons(atoi(port));
		if (inet_pton(AF_INET, word, &a->sin_addr) != 1)
			die(word);
	}
}

static int open_to(const struct target *t, int turn)
{
	const struct sockaddr_in *a = &t->addrs[turn % t->naddrs];
	int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;

	if (fd < 0)
		die("socket");
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (connect(fd, (const struct sockaddr *)a, sizeof(*a)))
		die("connect");
	return fd;
}

/* Both directions are closed when it returns. */
static void close_whole(int fd)
{
	char c;

	shutdown(fd, SHUT_WR);
	if (recv(fd, &c, 1, 0))
		die("close");
	close(fd);
}

static void exchange(int fd, char *message)
{
	send_whole(fd, message, MESSAGE);
	if (!receive_whole(fd, message, MESSAGE))
		die("no answer");
}

static void connections(const struct target *t, int count, bool tell)
{
	char message[MESSAGE];
	int fd, i;

	for (i = 0; i < count; i++) {
		fd = open_to(t, i);
		memset(message, 0, MESSAGE);
		*message = 'r';
		exchange(fd, message);
		close_whole(fd);
		if (tell)
			puts(message);
	}
}

static void requests(int fd, int count)
{
	char message[MESSAGE] = "r";

	while (count--) {
		exchange(fd, message);
		*message = 'r';
	}
}

static void bulk(int fd, const char *way, int mib)
{
	char message[MESSAGE];

	snprintf(message, MESSAGE, "%c%d", *way, mib);
	send_whole(fd, message, MESSAGE);
	if (*way == 'u')
		send_bytes(fd, (size_t)mib * MIB);
	else
		receive_bytes(fd, (size_t)mib * MIB);
	if (!receive_whole(fd, message, MESSAGE))
		die("no answer");
}

static long long began;

static void begin(void)
{
	began = now();
	mark_begin();
}

static void end(void)
{
	mark_end();
	printf("%lld\n", now() - began);
}

/*
 * What is done for the first time costs more, and sets others to work, which
 * have no processor as long as client and server are busy: so a measure begins
 * with some rounds that do not count.
 */
#define ROUNDS	4

static void rest(void)
{
	usleep(100 * 1000);
}

static int ask(char **a)
{
	struct target t;

	parse(&t, a[0], a[1]);
	connections(&t, atoi(a[2]), true);
	return 0;
}

static int connect_(char **a)
{
	struct target t;
	int count = atoi(a[2]), i;

	parse(&t, a[0], a[1]);
	for (i = 0; i < ROUNDS; i++) {
		connections(&t, 12, false);
		rest();
	}
	begin();
	connections(&t, count, false);
	end();
	return 0;
}

static int request(char **a)
{
	struct target t;
	int count = atoi(a[2]), fd, i;

	parse(&t, a[0], a[1]);
	fd = open_to(&t, 0);
	for (i = 0; i < ROUNDS; i++) {
		requests(fd, 100);
		rest();
	}
	begin();
	requests(fd, count);
	end();
	close_whole(fd);
	return 0;
}

static int move(char **a, const char *way)
{
	struct target t;
	int mib = atoi(a[2]), fd, i;

	parse(&t, a[0], a[1]);
	fd = open_to(&t, 0);
	for (i = 0; i < ROUNDS; i++) {
		bulk(fd, way, 2);
		rest();
	}
	begin();
	bulk(fd, way, mib);
	end();
	close_whole(fd);
	return 0;
}

static int up(char **a)
{
	return move(a, "u");
}

static int down(char **a)
{
	return move(a, "d");
}

static int flow_open(const struct target *t, int port, int turn)
{
	const struct sockaddr_in *to = &t->addrs[turn % t->naddrs];
	struct sockaddr_in a = { .sin_family = AF_INET,
				 .sin_port = htons(port) };
	struct timeval patience = { .tv_sec = 2 };
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	if (fd < 0)
		die("socket");
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	if (bind(fd, (struct sockaddr *)&a, sizeof(a)) ||
	    connect(fd, (const struct sockaddr *)to, sizeof(*to)))
		die("flow");
	return fd;
}

/*
 * Connection tracking takes a flow for a stream, which is what makes it
 * ASSURED, if it has seen it in both directions two seconds after its start.
 */
static int flows(char **a)
{
	static int fds[MAX_FLOWS];
	struct target t;
	char message[MESSAGE];
	int first = atoi(a[2]), count = atoi(a[3]), answers = 0, i, round;

	parse(&t, a[0], a[1]);
	for (i = 0; i < count && i < MAX_FLOWS; i++)
		fds[i] = flow_open(&t, first + i, i);
	for (round = 0; round < 3; round++) {
		for (i = 0; i < count; i++) {
			memset(message, 'r', MESSAGE);
			send(fds[i], message, MESSAGE, 0);
			answers += recv(fds[i], message, MESSAGE, 0) == MESSAGE;
		}
		usleep(2200 * 1000);
	}
	printf("%d\n", answers);
	return answers == 3 * count ? 0 : 1;
}

/* Returns when all is sent. */
static int warm(char **a)
{
	int fd = open("/proc/net/pktgen/pgctrl", O_WRONLY);

	(void)a;
	if (fd < 0 || write(fd, "start\n", 6) != 6)
		die("pktgen");
	close(fd);
	return 0;
}

static int flood(char **a)
{
	begin();
	warm(a);
	end();
	return 0;
}

static int resolve(char **a)
{
	char *const argv[] = { "meshmod-ctl", "flow", "resolve", a[0], NULL };
	posix_spawn_file_actions_t to_stderr;
	int status;
	pid_t pid;

	posix_spawn_file_actions_init(&to_stderr);
	posix_spawn_file_actions_adddup2(&to_stderr, STDERR_FILENO, STDOUT_FILENO);
	begin();
	if (posix_spawnp(&pid, argv[0], &to_stderr, NULL, argv, environ) ||
	    waitpid(pid, &status, 0) != pid)
		die("meshmod-ctl");
	end();
	return status ? 1 : 0;
}

static const struct verb {
	const char *name;
	int args;
	int (*run)(char **a);
	int priority;
} verbs[] = {
	{ "serve", 1, serve, PRIORITY_SERVER },
	{ "ask", 3, ask, PRIORITY_CLIENT },
	{ "connect", 3, connect_, PRIORITY_CLIENT },
	{ "request", 3, request, PRIORITY_CLIENT },
	{ "up", 3, up, PRIORITY_CLIENT },
	{ "down", 3, down, PRIORITY_CLIENT },
	{ "flows", 4, flows, PRIORITY_CLIENT },
	{ "flood", 0, flood, 0 },
	{ "warm", 0, warm, 0 },
	{ "resolve", 1, resolve, 0 },
};

int main(int argc, char **argv)
{
	const struct verb *v;

	for (v = verbs; v < verbs + ARRAY_SIZE(verbs); v++)
		if (argc == v->args + 2 && !strcmp(argv[1], v->name)) {
			run_at(v->priority);
			return v->run(argv + 2);
		}
	fprintf(stderr, "usage: see load.c\n");
	return 1;
}
