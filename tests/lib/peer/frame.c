// SPDX-License-Identifier: GPL-2.0
/*
 * Packets made by hand: each layer is put in front of what is there already,
 * so that lengths and checksums are known when a header is written.
 */
#include <netinet/icmp6.h>
#include <netinet/if_ether.h>
#include <netinet/ip.h>
#include <netinet/ip6.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <stdlib.h>
#include <string.h>

#include "peer.h"

void clear(struct frame *f)
{
	f->at = sizeof(f->room);
}

size_t length(const struct frame *f)
{
	return sizeof(f->room) - f->at;
}

const void *start(const struct frame *f)
{
	return f->room + f->at;
}

void *push(struct frame *f, size_t len)
{
	if (len > f->at)
		refuse("forge", "a frame holds 4096 bytes");
	f->at -= len;
	return memset(f->room + f->at, 0, len);
}

void push_bytes(struct frame *f, const void *data, size_t len)
{
	memcpy(push(f, len), data, len);
}

static uint32_t add(uint32_t sum, const void *data, size_t len)
{
	const uint8_t *p = data;
	size_t i;

	for (i = 0; i < len; i++)
		sum += i % 2 ? p[i] : p[i] << 8;
	return sum;
}

static uint16_t fold(uint32_t sum)
{
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return htons(~sum);
}

static uint32_t add_address(uint32_t sum, const struct endpoint *e)
{
	struct endpoint copy = *e;
	size_t len;
	void *bytes = bytes_of(&copy, &len);

	return add(sum, bytes, len);
}

/* Of all that is there, between these two */
static uint16_t checksum(const struct frame *f, const struct endpoint *src,
			 const struct endpoint *dst, int number)
{
	uint32_t sum = add_address(add_address(0, src), dst);

	return fold(add(sum + number + length(f), start(f), length(f)));
}

void push_udp(struct frame *f, const struct endpoint *src,
	      const struct endpoint *dst)
{
	struct udphdr *udp = push(f, sizeof(*udp));

	udp->source = htons(port_of(src));
	udp->dest = htons(port_of(dst));
	udp->len = htons(length(f));
	udp->check = checksum(f, src, dst, IPPROTO_UDP);
	if (!udp->check)
		udp->check = 0xffff;
}

/* The first packet of a TCP connection */
void push_syn(struct frame *f, const struct endpoint *src,
	      const struct endpoint *dst)
{
	struct tcphdr *tcp = push(f, sizeof(*tcp));

	tcp->source = htons(port_of(src));
	tcp->dest = htons(port_of(dst));
	tcp->seq = htonl(1);
	tcp->doff = sizeof(*tcp) / 4;
	tcp->syn = 1;
	tcp->window = htons(65535);
	tcp->check = checksum(f, src, dst, IPPROTO_TCP);
}

static uint32_t crc32c(const void *data, size_t len)
{
	const uint8_t *p = data;
	uint32_t crc = ~0U;
	int bit;

	while (len--) {
		crc ^= *p++;
		for (bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0x82f63b78 : 0);
	}
	return ~crc;
}

struct sctp_init {
	uint16_t source, dest;
	uint32_t tag, check;
	uint8_t type, flags;
	uint16_t chunk_len;
	uint32_t init_tag, window;
	uint16_t out_streams, in_streams;
	uint32_t tsn;
};

/* The first packet of an SCTP association; its checksum is little-endian. */
void push_init(struct frame *f, const struct endpoint *src,
	       const struct endpoint *dst)
{
	struct sctp_init *init = push(f, sizeof(*init));
	uint32_t crc;

	init->source = htons(port_of(src));
	init->dest = htons(port_of(dst));
	init->type = 1;
	init->chunk_len = htons(sizeof(*init) -
				offsetof(struct sctp_init, type));
	init->init_tag = htonl(1);
	init->window = htonl(65535);
	init->out_streams = htons(1);
	init->in_streams = htons(1);
	init->tsn = htonl(1);
	crc = crc32c(init, sizeof(*init));
	init->check = htonl(__builtin_bswap32(crc));
}

/* The checksum of the ICMPv6 message that is there */
void push_icmp6(struct frame *f, const struct endpoint *src,
		const struct endpoint *dst)
{
	struct icmp6_hdr *icmp = (void *)(f->room + f->at);

	icmp->icmp6_cksum = 0;
	icmp->icmp6_cksum = checksum(f, src, dst, IPPROTO_ICMPV6);
}

/* A header of destination options that holds none */
void push_options(struct frame *f, uint8_t *next)
{
	uint8_t *ext = push(f, 8);

	ext[0] = *next;
	ext[2] = IP6OPT_PADN;
	ext[3] = 4;
	*next = IPPROTO_DSTOPTS;
}

static void push_ip4(struct frame *f, const struct endpoint *src,
		     const struct endpoint *dst, uint8_t next)
{
	static uint16_t id;
	struct iphdr *ip = push(f, sizeof(*ip));

	ip->version = 4;
	ip->ihl = sizeof(*ip) / 4;
	ip->tot_len = htons(length(f));
	ip->id = htons(++id);
	ip->ttl = 255;
	ip->protocol = next;
	ip->saddr = src->in.sin_addr.s_addr;
	ip->daddr = dst->in.sin_addr.s_addr;
	ip->check = fold(add(0, ip, sizeof(*ip)));
}

/* With 255 hops, as neighbour discovery demands. */
static void push_ip6(struct frame *f, const struct endpoint *src,
		     const struct endpoint *dst, uint8_t next)
{
	size_t len = length(f);
	struct ip6_hdr *ip = push(f, sizeof(*ip));

	ip->ip6_flow = htonl(6U << 28);
	ip->ip6_plen = htons(len);
	ip->ip6_nxt = next;
	ip->ip6_hlim = 255;
	ip->ip6_src = src->in6.sin6_addr;
	ip->ip6_dst = dst->in6.sin6_addr;
}

void push_ip(struct frame *f, const struct endpoint *src,
	     const struct endpoint *dst, uint8_t next)
{
	if (src->sa.sa_family != dst->sa.sa_family)
		refuse("addresses", "source and destination of two families");
	if (is_ip6(src))
		push_ip6(f, src, dst, next);
	else
		push_ip4(f, src, dst, next);
}

void push_vlan(struct frame *f, int id, uint16_t *type)
{
	uint16_t tag[2] = { htons(id), htons(*type) };

	push_bytes(f, tag, sizeof(tag));
	*type = ETHERTYPE_VLAN;
}

void push_ether(struct frame *f, const uint8_t src[6], const uint8_t dst[6],
		uint16_t type)
{
	struct ether_header *eth = push(f, sizeof(*eth));

	memcpy(eth->ether_shost, src, ETH_ALEN);
	memcpy(eth->ether_dhost, dst, ETH_ALEN);
	eth->ether_type = htons(type);
}

void push_vxlan(struct frame *f, uint32_t vni)
{
	uint32_t head[2] = { htonl(8U << 24), htonl(vni << 8) };

	push_bytes(f, head, sizeof(head));
}

void read_mac(const char *text, uint8_t mac[6])
{
	char rest;

	if (sscanf(text, "%2hhx:%2hhx:%2hhx:%2hhx:%2hhx:%2hhx%c", &mac[0],
		   &mac[1], &mac[2], &mac[3], &mac[4], &mac[5], &rest) != 6)
		refuse(text, "no MAC address");
}

/* Packets with a header of their own: IPPROTO_RAW says so. */
int raw_socket(const struct endpoint *to)
{
	int fd = socket(to->sa.sa_family, SOCK_RAW, IPPROTO_RAW);

	if (fd < 0)
		die("raw socket");
	return fd;
}

bool send_raw(int fd, const struct frame *f, const struct endpoint *to)
{
	struct endpoint at = *to;

	set_port(&at, 0);	/* to a raw socket of IPv6, a protocol */
	return sendto(fd, start(f), length(f), 0, &at.sa, size_of(&at)) ==
	       (ssize_t)length(f);
}
