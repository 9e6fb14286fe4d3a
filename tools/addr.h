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

#include <net/if.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
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

/* One address of each family, or of one: [0] IPv4, [1] IPv6 */
#define FAMILIES	2

struct dual {
	struct addr v[FAMILIES];	/* family 0: none of that one */
};

/* The first that is there from family *f on, which it moves to; or NULL */
const struct addr *dual_from(const struct dual *d, int *f);

#define for_each_addr(a, dual) \
	for (int _f = 0; ((a) = dual_from(dual, &_f)); _f++)

/* A port, or a range of them: published..last to target..target_last */
struct port {
	uint8_t proto;		/* IPPROTO_TCP, IPPROTO_UDP or IPPROTO_SCTP */
	uint16_t published, last;
	uint16_t target, target_last;	/* one by one, or all to one */
	struct loc loc;
};

#define SOURCES_MAX	16	/* MESHMOD_MAX_SOURCES */

/* What a service publishes, and to whom; no source: to anyone */
struct publish {
	struct port port;
	struct addr sources[SOURCES_MAX];
	size_t nsources;
};

/* Where a service listens: a local address or prefix, or a device */
struct listen {
	struct addr addr;	/* family 0: dev */
	char dev[IF_NAMESIZE];
};

/* One end of a connection */
struct conn_end {
	struct addr addr;
	uint16_t port;
};

#define ADDR_STRLEN	(INET6_ADDRSTRLEN + 4)	/* with "/128" and the NUL */
#define PORT_STRLEN	sizeof("65535-65535:65535-65535/sctp")
#define MAC_STRLEN	sizeof("02:42:0a:0b:00:0c")

/* A decimal number from min to max */
const char *num_parse(const char *text, uint32_t min, uint32_t max,
		      uint32_t *out);
/* "10.11.0.4", "fd00::4"; no prefix length, and not what no host can have */
const char *addr_parse(const char *text, struct addr *out);
/* "10.11.0.0/16", "fd00::/64"; refused when a bit is set after the prefix */
const char *prefix_parse(const char *text, struct addr *out);
/* Clients, as a subnet of them; one that is not everyone */
const char *clients_parse(const char *text, struct addr *out);
/* "192.0.2.10", "::1", "192.0.2.0/25", "eth0" */
const char *listen_parse(const char *text, struct listen *out);
/*
 * "8080:80/tcp", "8080/udp", "8080", "8000-8099:8000-8099/tcp",
 * "8000-8099:80/tcp"; protocol tcp, target = published if left out
 */
const char *port_parse(const char *text, struct port *out);
/* "9100/tcp", "9100", "9100-9110/tcp": no target */
const char *port_parse_single(const char *text, struct port *out);
/* "tcp", "udp" or "sctp" */
const char *proto_parse(const char *text, uint8_t *out);
/* "10.11.0.4:30940", "[fd00:11::4]:30940" */
const char *conn_end_parse(const char *text, struct conn_end *out);
/* 1 to 63 of letters, digits, '.', '_', '-'; this one not first */
const char *name_parse(const char *text);

/* These fill buf, or a static buffer of their own (four in turn) for NULL. */
const char *addr_str(const struct addr *a, char *buf);	/* "10.11.0.4" */
const char *prefix_str(const struct addr *a, char *buf);	/* "10.11.0.4/16" */
const char *listen_str(const struct listen *l, char *buf);	/* "eth0" */
const char *port_str(const struct port *p, char *buf);	/* "8080:80/tcp" */
/* Only what is published: "8080/tcp", "8000-8099/tcp" */
const char *port_published_str(const struct port *p, char *buf);
const char *mac_str(const uint8_t mac[6], char *buf);	/* "02:42:..." */
const char *proto_str(uint8_t proto);			/* "tcp" */
const char *family_str(uint8_t family);			/* "IPv4" */

/* Its place in a dual: 0 of AF_INET, 1 of AF_INET6 */
int family_index(uint8_t family);
/* Bits of an address: 32 or 128 */
uint8_t family_bits(uint8_t family);
/* Bytes of it: 4 or 16 */
size_t addr_len(const struct addr *a);
/* The IPv4 address if there is one, else the IPv6 address; NULL: neither */
const struct addr *dual_first(const struct dual *d);
/* The same families with the same addresses; prefix lengths do not count */
bool dual_same(const struct dual *a, const struct dual *b);

/*
 * What an endpoint's device names and MAC address are made of: its IPv4
 * address, or the last four bytes of its IPv6 address if it has none
 */
void addr_tail(const struct dual *ip, uint8_t tail[4]);
/* 02:42 and the tail */
void endpoint_mac(const struct dual *ip, uint8_t mac[6]);

/* The address as a host, without the length of its subnet's prefix */
struct addr addr_host(struct addr a);
/* Family and address alike; the prefix length is not looked at */
bool addr_same(const struct addr *a, const struct addr *b);
/* a negative, 0 or positive number: by family, then by the address's bytes */
int addr_cmp(const struct addr *a, const struct addr *b);
/* Likewise, and by the prefix length */
int prefix_cmp(const struct addr *a, const struct addr *b);
/* The address lies in the subnet */
bool addr_in(const struct addr *a, const struct addr *subnet);
/* One subnet lies in the other */
bool addr_overlap(const struct addr *a, const struct addr *b);
/* The subnet's n-th address, as a host; false when it has none such */
bool addr_nth(const struct addr *subnet, uint32_t n, struct addr *out);
/*
 * The subnet with the bits that a has after its own prefix, as a host; false
 * when they do not fit or make an edge
 */
bool addr_graft(const struct addr *subnet, const struct addr *a,
		uint8_t a_plen, struct addr *out);
/* The subnet's lowest address or, of IPv4, its highest: not for a host */
bool addr_is_edge(const struct addr *a, const struct addr *subnet);

#endif
