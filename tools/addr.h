/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Addresses, prefixes, ports and numbers as people write them.
 *
 * One strict reader for the mesh file and for the command line: what one of
 * them takes, the other takes too.  Nothing is guessed: no octal, no hex, no
 * sign, no blank and nothing after the end.
 *
 * Every reader returns NULL when it has filled *out.  Otherwise it returns
 * the rest of a sentence that starts with the text itself, in a static
 * buffer, and leaves *out alone:
 *
 *	why = addr_parse(text, &a);
 *	if (why)
 *		fprintf(stderr, "%s %s\n", text, why);
 */
#ifndef ADDR_H
#define ADDR_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>

struct addr {
	uint8_t family;		/* AF_INET or AF_INET6; 0: not given */
	uint8_t plen;		/* prefix length; 32 or 128 for a host */
	union {
		struct in_addr v4;
		struct in6_addr v6;
		uint8_t bytes[16];
	};
};

struct loc {
	int line, col;		/* from 1; line 0: not in the file, a default */
};

struct port {
	uint8_t proto;		/* IPPROTO_TCP or IPPROTO_UDP */
	uint16_t published, target;
	struct loc loc;
};

#define ADDR_STRLEN	(INET6_ADDRSTRLEN + 4)	/* with "/128" and the NUL */
#define PORT_STRLEN	sizeof("65535:65535/tcp")

/* A decimal number from min to max */
const char *num_parse(const char *text, uint32_t min, uint32_t max,
		      uint32_t *out);
/* "10.11.0.4"; a prefix length is refused; so is what no host can have */
const char *addr_parse(const char *text, struct addr *out);
/* "10.11.0.0/16"; refused when a bit is set after the prefix */
const char *prefix_parse(const char *text, struct addr *out);
/* "8080:80/tcp", "8080/udp", "8080"; protocol tcp, target = published if left out */
const char *port_parse(const char *text, struct port *out);
/* "9100/tcp", "9100": one port, no target */
const char *port_parse_single(const char *text, struct port *out);
/* "tcp" or "udp" */
const char *proto_parse(const char *text, uint8_t *out);
/* 1 to 63 of letters, digits, '.', '_', '-'; this one not first */
const char *name_parse(const char *text);

/* These fill buf, or a static buffer of their own (four in turn) for NULL. */
const char *addr_str(const struct addr *a, char *buf);	/* "10.11.0.4" */
const char *prefix_str(const struct addr *a, char *buf);	/* "10.11.0.4/16" */
const char *port_str(const struct port *p, char *buf);	/* "8080:80/tcp" */
const char *proto_str(uint8_t proto);			/* "tcp" */

/* Family and address alike; the prefix length is not looked at */
bool addr_same(const struct addr *a, const struct addr *b);
/* a negative, 0 or positive number: by family, then by the address's bytes */
int addr_cmp(const struct addr *a, const struct addr *b);
/* The address lies in the subnet */
bool addr_in(const struct addr *a, const struct addr *subnet);
/* One subnet lies in the other */
bool addr_overlap(const struct addr *a, const struct addr *b);
/* The subnet's n-th address, as a host; false when it has none such */
bool addr_nth(const struct addr *subnet, uint32_t n, struct addr *out);
/* The subnet's lowest address or, of IPv4, its highest: not for a host */
bool addr_is_edge(const struct addr *a, const struct addr *subnet);

#endif
