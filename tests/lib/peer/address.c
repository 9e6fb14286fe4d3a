// SPDX-License-Identifier: GPL-2.0
/* Addresses of both families, and protocols */
#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>

#include "peer.h"

#define SCTP_NODELAY	3	/* its header comes with a library */

bool read_address(const char *text, struct endpoint *e)
{
	char host[ADDRESS_TEXT], *dev;

	memset(e, 0, sizeof(*e));
	if (inet_pton(AF_INET, text, &e->in.sin_addr) == 1) {
		e->sa.sa_family = AF_INET;
		return true;
	}
	snprintf(host, sizeof(host), "%s", text);
	dev = strchr(host, '%');
	if (dev) {
		*dev++ = '\0';
		e->in6.sin6_scope_id = if_nametoindex(dev);
	}
	e->sa.sa_family = AF_INET6;
	return inet_pton(AF_INET6, host, &e->in6.sin6_addr) == 1;
}

bool is_ip6(const struct endpoint *e)
{
	return e->sa.sa_family == AF_INET6;
}

socklen_t size_of(const struct endpoint *e)
{
	return is_ip6(e) ? sizeof(e->in6) : sizeof(e->in);
}

void *bytes_of(struct endpoint *e, size_t *len)
{
	*len = is_ip6(e) ? sizeof(e->in6.sin6_addr) : sizeof(e->in.sin_addr);
	return is_ip6(e) ? (void *)&e->in6.sin6_addr : &e->in.sin_addr;
}

bool same_address(const struct endpoint *a, const struct endpoint *b)
{
	if (a->sa.sa_family != b->sa.sa_family)
		return false;
	return is_ip6(a) ?
	       IN6_ARE_ADDR_EQUAL(&a->in6.sin6_addr, &b->in6.sin6_addr) :
	       a->in.sin_addr.s_addr == b->in.sin_addr.s_addr;
}

void set_address(struct endpoint *e, int family, const void *bytes)
{
	size_t len;
	void *to;

	memset(e, 0, sizeof(*e));
	e->sa.sa_family = family;
	to = bytes_of(e, &len);
	memcpy(to, bytes, len);
}

void set_port(struct endpoint *e, int port)
{
	if (is_ip6(e))
		e->in6.sin6_port = htons(port);
	else
		e->in.sin_port = htons(port);
}

int port_of(const struct endpoint *e)
{
	return ntohs(is_ip6(e) ? e->in6.sin6_port : e->in.sin_port);
}

/* An IPv4 client of an IPv6 socket is an IPv4 client. */
void write_address(const struct endpoint *e, char text[ADDRESS_TEXT])
{
	const struct in6_addr *a = &e->in6.sin6_addr;

	if (!is_ip6(e))
		inet_ntop(AF_INET, &e->in.sin_addr, text, ADDRESS_TEXT);
	else if (IN6_IS_ADDR_V4MAPPED(a))
		inet_ntop(AF_INET, &a->s6_addr[12], text, ADDRESS_TEXT);
	else
		inet_ntop(AF_INET6, a, text, ADDRESS_TEXT);
}

/*
 * The C library's resolver does not come with a static program.  The first line
 * of /etc/hosts that has the name counts.
 */
static bool in_hosts(const char *host, struct endpoint *e)
{
	FILE *f = fopen("/etc/hosts", "re");
	char line[256], *ip, *alias;
	bool found = false;

	while (f && !found && fgets(line, sizeof(line), f)) {
		ip = strtok(line, " \t\n");
		while (ip && !found && (alias = strtok(NULL, " \t\n")))
			found = !strcmp(alias, host) && read_address(ip, e);
	}
	if (f)
		fclose(f);
	return found;
}

struct endpoint address(const char *text)
{
	struct endpoint e;

	if (!read_address(text, &e))
		refuse(text, "no IPv4 or IPv6 address");
	return e;
}

struct endpoint endpoint(const char *host, const char *port)
{
	struct endpoint e;

	if (!read_address(host, &e) && !in_hosts(host, &e))
		refuse(host, "no such address or name");
	set_port(&e, read_number(port, 65535));
	return e;
}

static const struct proto protos[] = {
	{ "tcp", IPPROTO_TCP, SOCK_STREAM },
	{ "udp", IPPROTO_UDP, SOCK_DGRAM },
	{ "sctp", IPPROTO_SCTP, SOCK_STREAM },
};

const struct proto *proto_of(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(protos); i++)
		if (!strcmp(protos[i].name, name))
			return &protos[i];
	refuse(name, "neither tcp nor udp nor sctp");
}

bool is_stream(const struct proto *proto)
{
	return proto->type == SOCK_STREAM;
}

void no_delay(int fd, const struct proto *proto)
{
	int on = 1;

	if (is_stream(proto))
		setsockopt(fd, proto->number, proto->number == IPPROTO_TCP ?
			   TCP_NODELAY : SCTP_NODELAY, &on, sizeof(on));
}
