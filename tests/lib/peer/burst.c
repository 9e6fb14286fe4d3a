// SPDX-License-Identifier: GPL-2.0
/* First packets of many connections, without a socket for each */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "peer.h"

static void build(struct frame *f, const struct proto *proto,
		  const struct endpoint *src, const struct endpoint *dst)
{
	clear(f);
	if (proto->number == IPPROTO_UDP) {
		push_bytes(f, "who\n", 4);
		push_udp(f, src, dst);
	} else if (proto->number == IPPROTO_TCP) {
		push_syn(f, src, dst);
	} else {
		push_init(f, src, dst);
	}
	push_ip(f, src, dst, proto->number);
}

/* A full queue is waited for. */
static bool send_one(int fd, const struct frame *f, const struct endpoint *dst)
{
	while (!send_raw(fd, f, dst)) {
		if (errno != ENOBUFS && errno != EAGAIN && errno != EINTR)
			return false;
		usleep(100);
	}
	return true;
}

int burst(char **a, const struct options *o)
{
	const struct proto *proto = proto_of(a[0]);
	struct endpoint src = address(a[1]), dst = endpoint(a[4], a[5]);
	int first = read_number(a[2], 65535), count = read_number(a[3], 65536);
	int fd = raw_socket(&dst), i, sent = 0, err = 0;
	struct frame f;

	(void)o;
	if (first + count > 65536)
		refuse(a[3], "more ports than there are from the first one on");
	for (i = 0; i < count; i++) {
		set_port(&src, first + i);
		build(&f, proto, &src, &dst);
		if (send_one(fd, &f, &dst))
			sent++;
		else
			err = errno;
	}
	printf("%d sent\n", sent);
	if (err)
		fprintf(stderr, "%d not: %s\n", count - sent, strerror(err));
	return sent == count ? 0 : 1;
}
