// SPDX-License-Identifier: GPL-2.0
/* Data that goes to the server or comes from it, checked at both ends */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "peer.h"

static struct target stream(char **a)
{
	struct target to = a[3] ? target(a[1], a[2], a[3]) :
			   target("tcp", a[1], a[2]);

	if (!is_stream(to.proto))
		refuse(to.proto->name, "only tcp and sctp move streams");
	return to;
}

static int summary(unsigned long long got, unsigned long long n)
{
	printf("%llu of %llu\n", got, n);
	return got == n ? 0 : 1;
}

static int open_stream(char **a, const struct options *o, const char *word,
		       unsigned long long *bytes)
{
	struct target to = stream(a);
	int fd = open_one(&to, o);
	char line[64];

	*bytes = strtoull(a[0], NULL, 10);
	snprintf(line, sizeof(line), "%s %llu\n", word, *bytes);
	if (write_all(fd, line, strlen(line)))
		return fd;
	tell(errno, NULL);
	exit(1);
}

int send_data(char **a, const struct options *o)
{
	unsigned long long bytes, got = 0;
	int fd = open_stream(a, o, "take", &bytes);
	char line[128], who[64];

	errno = 0;
	if (!give(fd, 0, bytes, o->rate) ||
	    read_line(fd, line, sizeof(line)) < 1)
		return !tell(errno ? errno : ECONNRESET, NULL);
	if (sscanf(line, "%63s took %llu", who, &got) != 2)
		got = 0;
	return summary(got, bytes);
}

int fetch_data(char **a, const struct options *o)
{
	unsigned long long bytes;
	int fd = open_stream(a, o, "give", &bytes);

	return summary(take(fd, 0, bytes), bytes);
}

/* What is in the socket of an earlier packet's fate would fail the next one. */
static bool send_big(int fd, const struct proto *proto, const char *buf,
		     size_t bytes)
{
	return write_all(fd, buf, bytes) ||
	       (!is_stream(proto) && write_all(fd, buf, bytes));
}

static ssize_t receive(int fd, const struct proto *proto, char *buf,
		       size_t bytes)
{
	size_t len = 0;

	do {
		ssize_t n = recv(fd, buf + len, bytes - len, 0);

		if (n <= 0)
			return -1;
		len += n;
	} while (is_stream(proto) && len < bytes);
	return len;
}

/* 1: it came back whole; 0: damaged; -1: not at all */
static int big_once(int fd, const struct proto *proto, uint32_t from,
		    unsigned int bytes)
{
	static char buf[BIG_MAX + 1];
	char head[32];
	ssize_t len;

	write_big_head(head, "big", from, bytes);
	memcpy(buf, head, BIG_HEAD);
	fill_pattern(buf + BIG_HEAD, bytes - BIG_HEAD, from);
	if (!send_big(fd, proto, buf, bytes))
		return -1;
	memcpy(head, "got", 3);
	do {	/* the answers to what was given up before come late */
		len = receive(fd, proto, buf, bytes);
		if (len < 0)
			return -1;
	} while (len >= BIG_MIN && !memcmp(buf, "got", 3) &&
		 memcmp(buf, head, BIG_HEAD));
	return len == bytes && !memcmp(buf, head, BIG_HEAD) &&
	       check_pattern(buf + BIG_HEAD, bytes - BIG_HEAD, from) ==
	       bytes - BIG_HEAD;
}

int big(char **a, const struct options *o)
{
	struct target to = target(a[0], a[1], a[2]);
	int bytes = read_number(a[3], BIG_MAX), i, whole = 0, damaged = 0;
	int count = a[4] ? read_number(a[4], 1000000) : 1;
	uint32_t from = (uint32_t)getpid() << 16;
	int fd = open_one(&to, o);

	if (bytes < BIG_MIN)
		refuse(a[3], "too small to hold a request");
	for (i = 0; i < count; i++) {
		int came = big_once(fd, to.proto, from + i, bytes);

		whole += came == 1;
		damaged += came == 0;
		if (came < 0 && is_stream(to.proto))
			break;
	}
	printf("%d of %d whole", whole, count);
	if (damaged)
		printf(", %d damaged", damaged);
	puts("");
	return whole == count ? 0 : 1;
}
