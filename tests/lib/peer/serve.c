// SPDX-License-Identifier: GPL-2.0
/* The end that answers */
#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "peer.h"

static const char *name;
static const struct proto *proto;

static void describe(const struct endpoint *client, char *out, size_t size)
{
	char host[ADDRESS_TEXT];

	write_address(client, host);
	snprintf(out, size, "%s %s %d\n", name, host, port_of(client));
}

/* All of a big request that came as one line and the pattern */
static bool answer_big(int fd, uint32_t from, unsigned int bytes)
{
	char head[32];

	if (bytes < BIG_MIN || bytes > BIG_MAX ||
	    take(fd, from, bytes - BIG_HEAD) != bytes - BIG_HEAD)
		return false;
	write_big_head(head, "got", from, bytes);
	return write_all(fd, head, BIG_HEAD) &&
	       give(fd, from, bytes - BIG_HEAD, 0);
}

static bool answer(int fd, const char *line, const struct endpoint *client)
{
	unsigned long long n;
	unsigned int bytes, from;
	char reply[128];

	if (sscanf(line, "give %llu", &n) == 1)
		return give(fd, 0, n, 0);
	if (sscanf(line, "big %8x %5u", &from, &bytes) == 2)
		return answer_big(fd, from, bytes);
	if (sscanf(line, "take %llu", &n) == 1)
		snprintf(reply, sizeof(reply), "%s took %llu\n", name,
			 (unsigned long long)take(fd, 0, n));
	else
		describe(client, reply, sizeof(reply));
	return write_all(fd, reply, strlen(reply));
}

static void *serve_one(void *arg)
{
	struct endpoint client;
	socklen_t len = sizeof(client);
	int fd = (intptr_t)arg;
	char line[64];

	no_delay(fd, proto);
	if (!getpeername(fd, &client.sa, &len))
		while (read_line(fd, line, sizeof(line)) > 0 &&
		       answer(fd, line, &client))
			;
	close(fd);
	return NULL;
}

static void serve_connections(int fd)
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

/* Turns a big request that came whole into its answer. */
static bool became_answer(char *buf, size_t len)
{
	unsigned int from, bytes;

	if (len < BIG_MIN ||
	    sscanf(buf, "big %8x %5u", &from, &bytes) != 2 || bytes != len ||
	    check_pattern(buf + BIG_HEAD, len - BIG_HEAD, from) !=
	    len - BIG_HEAD)
		return false;
	memcpy(buf, "got", 3);
	return true;
}

static void serve_datagrams(int fd)
{
	static char buf[65536];

	for (;;) {
		struct endpoint client;
		socklen_t size = sizeof(client);
		ssize_t len = recvfrom(fd, buf, sizeof(buf) - 1, 0, &client.sa,
				       &size);

		if (len < 0)
			continue;
		buf[len] = '\0';
		if (!became_answer(buf, len)) {
			describe(&client, buf, sizeof(buf));
			len = strlen(buf);
		}
		sendto(fd, buf, len, 0, &client.sa, size);
	}
}

/* Where there is IPv6, its socket serves both families. */
static int socket_for(struct endpoint *at, const char *from)
{
	int fd, off = 0;

	*at = from ? address(from) : address("::");
	fd = socket(at->sa.sa_family, proto->type | SOCK_CLOEXEC,
		    proto->number);
	if (fd < 0 && errno == EAFNOSUPPORT && !from) {
		*at = address("0.0.0.0");
		fd = socket(AF_INET, proto->type | SOCK_CLOEXEC,
			    proto->number);
	}
	if (fd < 0)
		die("socket");
	if (is_ip6(at) &&
	    setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof(off)))
		die("IPV6_V6ONLY");
	return fd;
}

int serve(char **a, const struct options *o)
{
	struct endpoint at;
	int fd, on = 1, ret;

	name = a[0];
	proto = proto_of(a[1]);
	fd = socket_for(&at, o->from);
	set_port(&at, read_number(a[2], 65535));
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(fd, &at.sa, size_of(&at)))
		die("bind");
	if (is_stream(proto) && listen(fd, 1024))
		die("listen");
	ret = background(NULL, NULL);
	if (ret >= 0)
		return ret;
	if (!is_stream(proto))
		serve_datagrams(fd);
	serve_connections(fd);
	return 2;
}
