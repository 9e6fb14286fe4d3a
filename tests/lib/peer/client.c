// SPDX-License-Identifier: GPL-2.0
/* The end that asks: how it connects, and what it hears */
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include "peer.h"

struct target target(const char *proto, const char *host, const char *port)
{
	return (struct target) {
		.at = endpoint(host, port),
		.proto = proto_of(proto),
	};
}

/* An SCTP client announces all addresses that it has, or the one bound to. */
static void bind_to(int fd, const struct target *to, const char *from, int port)
{
	struct endpoint src = address(from ? from : is_ip6(&to->at) ? "::" :
				      "0.0.0.0");

	if (!from && !port)
		return;
	set_port(&src, port);
	if (bind(fd, &src.sa, size_of(&src)))
		die("bind");
}

/*
 * The next source port of this machine: one that the kernel drew, of UDP or SCTP,
 * may be that of an earlier socket, whose connection the nodes on the way still
 * track and give no turn of its own.  Past the ports that -p names in the tests.
 */
static int next_port(void)
{
	const int first = 46000, last = 60999;
	int fd = open("/run/peer.port", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	int port;

	if (fd < 0 || flock(fd, LOCK_EX))
		die("/run/peer.port");
	if (pread(fd, &port, sizeof(port), 0) != sizeof(port) || port >= last)
		port = first - 1;
	port++;
	if (pwrite(fd, &port, sizeof(port), 0) != sizeof(port))
		die("/run/peer.port");
	close(fd);
	return port;
}

/* A socket that has begun to connect, or -1 and errno */
int begin(const struct target *to, const struct options *o, int from_port)
{
	int fd = socket(to->at.sa.sa_family, to->proto->type | SOCK_NONBLOCK,
			to->proto->number);
	int on = 1;

	if (fd < 0)
		die("socket");
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (is_ip6(&to->at))
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on));
	if (!from_port && to->proto->number != IPPROTO_TCP)
		from_port = next_port();
	bind_to(fd, to, o->from, from_port);
	if (connect(fd, &to->at.sa, size_of(&to->at)) && errno != EINPROGRESS) {
		int err = errno;

		close(fd);
		errno = err;
		return -1;
	}
	return fd;
}

/* Wait for the connection, and from then on block for the timeout at most */
int finish(int fd, const struct proto *proto)
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
	no_delay(fd, proto);
	return 0;
}

const char *why(int err)
{
	switch (err) {
	case ECONNREFUSED:
		return "refused";
	case ECONNABORTED:
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

int request(int fd, const struct proto *proto, char *reply, size_t size)
{
	ssize_t n;

	if (!write_all(fd, "who\n", 4))
		return -1;
	if (is_stream(proto)) {
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

bool tell(int err, const char *reply)
{
	puts(err ? why(err) : reply);
	fflush(stdout);
	return !err;
}

static int ask_once(const struct target *to, const struct options *o,
		    char *reply, size_t size)
{
	int fd = begin(to, o, o->port), err = 0;

	if (fd < 0 || finish(fd, to->proto) ||
	    request(fd, to->proto, reply, size))
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

int ask(char **a, const struct options *o)
{
	struct target to = target(a[0], a[1], a[2]);
	int count = o->count ? o->count : 1;
	struct tally t[MAX_TALLY] = { 0 };
	bool all = true;
	char reply[128];

	while (count--) {
		int err = ask_once(&to, o, reply, sizeof(reply));

		all &= !err;
		if (o->tally)
			count_word(t, err ? why(err) : reply);
		else
			tell(err, reply);
	}
	if (o->tally)
		print_tally(t);
	return all ? 0 : 1;
}

int open_one(const struct target *to, const struct options *o)
{
	int fd = begin(to, o, o->port);

	if (fd >= 0 && !finish(fd, to->proto))
		return fd;
	puts(why(errno));
	exit(1);
}

int talk(char **a, const struct options *o)
{
	struct target to = target(a[1], a[2], a[3]);
	FILE *in = fopen(a[0], "r+e");
	char line[64], reply[128];
	int fd;

	if (!in)
		die(a[0]);
	fd = open_one(&to, o);
	tell(0, "connected");
	while (fgets(line, sizeof(line), in)) {
		int err = 0;

		if (request(fd, to.proto, reply, sizeof(reply)))
			err = errno;
		tell(err, reply);
	}
	return 0;
}

/* TCP alone tells. */
static int sent_twice(int fd, const struct proto *proto)
{
	struct tcp_info info = { 0 };
	socklen_t len = sizeof(info);

	if (proto->number != IPPROTO_TCP ||
	    getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &len))
		return 0;
	return info.tcpi_total_retrans;
}

int many(char **a, const struct options *o)
{
	int count = read_number(a[0], 1000000), i, answered = 0, twice = 0;
	struct target to = a[3] ? target(a[1], a[2], a[3]) :
			   target("tcp", a[1], a[2]);
	struct rlimit limit = { count + 32, count + 32 };
	int *fds = calloc(count, sizeof(*fds));
	char reply[128];

	setrlimit(RLIMIT_NOFILE, &limit);
	for (i = 0; i < count; i++)
		fds[i] = begin(&to, o, o->port ? o->port + i : 0);
	for (i = 0; i < count; i++) {
		if (fds[i] < 0)
			continue;
		if (!finish(fds[i], to.proto) &&
		    !request(fds[i], to.proto, reply, sizeof(reply)))
			answered++;
		twice += sent_twice(fds[i], to.proto);
	}
	printf("%d answered, %d sent twice\n", answered, twice);
	free(fds);
	return answered == count ? 0 : 1;
}

static volatile sig_atomic_t stopped;

static void stop(int sig)
{
	(void)sig;
	stopped = 1;
}

int flood(char **a, const struct options *o)
{
	struct target to = target(a[0], a[1], a[2]);
	unsigned long asked = 0, answered = 0;
	char reply[128];

	signal(SIGTERM, stop);
	timeout_ms = 200;
	for (; !stopped; asked++) {
		if (!ask_once(&to, o, reply, sizeof(reply)))
			answered++;
		usleep(2000);	/* others want the processor, too */
	}
	printf("%lu of %lu answered\n", answered, asked);
	return 0;
}
