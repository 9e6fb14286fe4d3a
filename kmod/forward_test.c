// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit: what of a packet is read and written on the short way.  Included by
 * forward.c.
 */
#include <net/ip6_checksum.h>

#include "testing.h"

/* The same of both families; the client's port is odd, to see the order. */
struct sample {
	u8 family;
	const char *client, *host, *ingress, *backend;
};

static const struct sample samples[] = {
	{ AF_INET, "192.0.2.1", "192.0.2.10", "10.11.0.4", "10.11.0.12" },
	{ AF_INET6, "2001:db8::1", "2001:db8::10", "fd00:11::4", "fd00:11::c" },
};

static struct meshmod_way_key key(const struct sample *s, u8 proto,
				  const char *src, u16 sport, const char *dst,
				  u16 dport)
{
	return (struct meshmod_way_key) {
		.src = testing_addr(src).ip,
		.dst = testing_addr(dst).ip,
		.sport = htons(sport),
		.dport = htons(dport),
		.family = s->family,
		.proto = proto,
	};
}

/* A client's packet comes in, and leaves as the node's to a backend. */
static struct meshmod_way balanced(const struct sample *s, u8 proto)
{
	struct meshmod_way_key from, to;
	struct meshmod_way way = {};

	from = key(s, proto, s->client, 50001, s->host, 8080);
	to = key(s, proto, s->ingress, 1024, s->backend, 8080);
	meshmod_way_translate(&way, &from, &to);
	return way;
}

#define PAYLOAD	7

static unsigned int length(const struct sk_buff *skb)
{
	return skb->len - skb_transport_offset(skb);
}

/* The sum over the transport, all of it or the addresses alone: 0 is right. */
static __sum16 sum(struct sk_buff *skb, u8 proto, bool all)
{
	__wsum data = all ? csum_partial(skb_transport_header(skb), length(skb),
					 0) : 0;

	if (skb->protocol == htons(ETH_P_IPV6))
		return csum_ipv6_magic(&ipv6_hdr(skb)->saddr,
				       &ipv6_hdr(skb)->daddr, length(skb),
				       proto, data);
	return csum_tcpudp_magic(ip_hdr(skb)->saddr, ip_hdr(skb)->daddr,
				 length(skb), proto, data);
}

static __sum16 *check_of(struct sk_buff *skb, u8 proto)
{
	return proto == IPPROTO_TCP ? &tcp_hdr(skb)->check :
				      &udp_hdr(skb)->check;
}

static void put_ipv4(struct sk_buff *skb, const struct meshmod_way_key *k,
		     unsigned int len)
{
	struct iphdr *iph = skb_put_zero(skb, sizeof(*iph));

	iph->version = 4;
	iph->ihl = 5;
	iph->ttl = 64;
	iph->protocol = k->proto;
	iph->tot_len = htons(sizeof(*iph) + len);
	iph->saddr = k->src.ip;
	iph->daddr = k->dst.ip;
	iph->check = ip_fast_csum(iph, iph->ihl);
}

static void put_ipv6(struct sk_buff *skb, const struct meshmod_way_key *k,
		     unsigned int len)
{
	struct ipv6hdr *ip6h = skb_put_zero(skb, sizeof(*ip6h));

	ip6h->version = 6;
	ip6h->hop_limit = 64;
	ip6h->nexthdr = k->proto;
	ip6h->payload_len = htons(len);
	ip6h->saddr = k->src.in6;
	ip6h->daddr = k->dst.in6;
}

/* A packet with these headers, a few bytes and the right checksums */
static struct sk_buff *packet(struct kunit *test,
			      const struct meshmod_way_key *k)
{
	unsigned int len = transport_size(k->proto) + PAYLOAD;
	struct sk_buff *skb = testing_skb(test, 256);
	__be16 *ports;

	skb_reserve(skb, 64);
	skb_reset_network_header(skb);
	if (k->family == AF_INET) {
		skb->protocol = htons(ETH_P_IP);
		put_ipv4(skb, k, len);
	} else {
		skb->protocol = htons(ETH_P_IPV6);
		put_ipv6(skb, k, len);
	}
	skb_set_transport_header(skb, skb->len);
	ports = skb_put_zero(skb, len);
	ports[0] = k->sport;
	ports[1] = k->dport;
	memset((u8 *)ports + len - PAYLOAD, 0x5a, PAYLOAD);
	if (k->proto == IPPROTO_TCP)
		tcp_hdr(skb)->doff = 5;
	else
		udp_hdr(skb)->len = htons(len);
	*check_of(skb, k->proto) = sum(skb, k->proto, true);
	return skb;
}

static bool reads(struct sk_buff *skb, struct meshmod_way_key *k)
{
	return read_key(skb, k) && is_whole(skb, k);
}

static void expect_translated(struct kunit *test, struct sk_buff *skb,
			      const struct meshmod_way *way)
{
	struct meshmod_way_key k;

	KUNIT_ASSERT_TRUE(test, reads(skb, &k));
	KUNIT_EXPECT_EQ(test, memcmp(&k, &way->to, sizeof(k)), 0);
	if (k.family == AF_INET) {
		KUNIT_EXPECT_EQ(test, ip_fast_csum(ip_hdr(skb), 5), 0);
		KUNIT_EXPECT_EQ(test, ip_hdr(skb)->ttl, 63);
	} else {
		KUNIT_EXPECT_EQ(test, ipv6_hdr(skb)->hop_limit, 63);
	}
}

static const u8 protos[] = { IPPROTO_TCP, IPPROTO_UDP };

static void forward_test_translates(struct kunit *test)
{
	struct meshmod_way way;
	struct sk_buff *skb;
	int i;

	for (i = 0; i < 4; i++) {
		way = balanced(&samples[i / 2], protos[i % 2]);
		skb = packet(test, &way.from);
		translate(skb, &way);
		expect_translated(test, skb, &way);
		KUNIT_EXPECT_EQ(test, sum(skb, way.to.proto, true), 0);
	}
}

/* There is the sum of the addresses alone, and a device will do the rest. */
static void forward_test_partial_checksum(struct kunit *test)
{
	struct meshmod_way way;
	struct sk_buff *skb;
	int i;

	for (i = 0; i < 4; i++) {
		way = balanced(&samples[i / 2], protos[i % 2]);
		skb = packet(test, &way.from);
		skb->ip_summed = CHECKSUM_PARTIAL;
		*check_of(skb, way.from.proto) =
			~sum(skb, way.from.proto, false);
		translate(skb, &way);
		expect_translated(test, skb, &way);
		KUNIT_EXPECT_EQ(test, *check_of(skb, way.to.proto),
				(__force __sum16)~sum(skb, way.to.proto, false));
	}
}

static void forward_test_no_checksum(struct kunit *test)
{
	struct meshmod_way way = balanced(&samples[0], IPPROTO_UDP);
	struct sk_buff *skb = packet(test, &way.from);

	udp_hdr(skb)->check = 0;
	translate(skb, &way);
	KUNIT_EXPECT_EQ(test, udp_hdr(skb)->check, 0);
	expect_translated(test, skb, &way);
}

/* A sum that happens to be 0 is not to look like none. */
static void forward_test_zero_checksum(struct kunit *test)
{
	struct meshmod_way way = balanced(&samples[0], IPPROTO_UDP);
	struct sk_buff *skb = packet(test, &way.from);
	__sum16 after;

	translate(skb, &way);
	after = udp_hdr(skb)->check;
	/* The same packet with its last word changed by what is left. */
	skb = packet(test, &way.from);
	((__be16 *)skb_transport_header(skb))[4] =
		(__force __be16)csum_fold(csum_add(~csum_unfold(after),
						   (__force u32)htons(0xa5a5)));
	udp_hdr(skb)->check = 0;
	udp_hdr(skb)->check = sum(skb, IPPROTO_UDP, true);
	translate(skb, &way);
	KUNIT_EXPECT_NE(test, udp_hdr(skb)->check, 0);
	KUNIT_EXPECT_EQ(test, sum(skb, IPPROTO_UDP, true), 0);
}

static void forward_test_reads(struct kunit *test)
{
	struct meshmod_way_key from, k;
	struct sk_buff *skb;
	int i;

	for (i = 0; i < 4; i++) {
		from = balanced(&samples[i / 2], protos[i % 2]).from;
		skb = packet(test, &from);
		KUNIT_EXPECT_TRUE(test, reads(skb, &k));
		KUNIT_EXPECT_EQ(test, memcmp(&k, &from, sizeof(k)), 0);
	}
}

/* What a short frame was filled up with is not of the packet. */
static void forward_test_padding(struct kunit *test)
{
	struct meshmod_way_key from, k;
	unsigned int len;
	struct sk_buff *skb;
	int i;

	for (i = 0; i < ARRAY_SIZE(samples); i++) {
		from = balanced(&samples[i], IPPROTO_TCP).from;
		skb = packet(test, &from);
		len = skb->len;
		skb_put_zero(skb, 6);
		KUNIT_EXPECT_TRUE(test, reads(skb, &k));
		KUNIT_EXPECT_EQ(test, skb->len, len);
	}
}

static void forward_test_refuses_ipv4(struct kunit *test)
{
	struct meshmod_way_key from, k;
	struct sk_buff *skb;

	from = balanced(&samples[0], IPPROTO_TCP).from;
	skb = packet(test, &from);
	ip_hdr(skb)->frag_off = htons(IP_MF);
	KUNIT_EXPECT_FALSE(test, reads(skb, &k));
	ip_hdr(skb)->frag_off = htons(100);
	KUNIT_EXPECT_FALSE(test, reads(skb, &k));
	ip_hdr(skb)->frag_off = htons(IP_DF);
	KUNIT_EXPECT_TRUE(test, reads(skb, &k));
	ip_hdr(skb)->ttl = 1;
	KUNIT_EXPECT_FALSE(test, reads(skb, &k));
	ip_hdr(skb)->ttl = 2;
	KUNIT_EXPECT_TRUE(test, reads(skb, &k));
	ip_hdr(skb)->ihl = 6;
	KUNIT_EXPECT_FALSE(test, reads(skb, &k));
	ip_hdr(skb)->ihl = 5;
	ip_hdr(skb)->protocol = IPPROTO_SCTP;
	KUNIT_EXPECT_FALSE(test, reads(skb, &k));
	ip_hdr(skb)->protocol = IPPROTO_TCP;
	ip_hdr(skb)->tot_len = htons(skb->len + 1);
	KUNIT_EXPECT_FALSE(test, reads(skb, &k));
	ip_hdr(skb)->tot_len = 0;
	KUNIT_EXPECT_FALSE(test, reads(skb, &k));
	/* Half a TCP header */
	ip_hdr(skb)->tot_len = htons(sizeof(struct iphdr) + 10);
	KUNIT_EXPECT_FALSE(test, reads(skb, &k));
}

static void forward_test_refuses_ipv6(struct kunit *test)
{
	struct meshmod_way_key from, k;
	struct sk_buff *skb;

	from = balanced(&samples[1], IPPROTO_TCP).from;
	skb = packet(test, &from);
	ipv6_hdr(skb)->hop_limit = 1;
	KUNIT_EXPECT_FALSE(test, reads(skb, &k));
	ipv6_hdr(skb)->hop_limit = 2;
	KUNIT_EXPECT_TRUE(test, reads(skb, &k));
	ipv6_hdr(skb)->nexthdr = NEXTHDR_FRAGMENT;
	KUNIT_EXPECT_FALSE(test, reads(skb, &k));
	ipv6_hdr(skb)->nexthdr = IPPROTO_TCP;
	ipv6_hdr(skb)->payload_len = 0;
	KUNIT_EXPECT_FALSE(test, reads(skb, &k));
	ipv6_hdr(skb)->payload_len = htons(10);
	KUNIT_EXPECT_FALSE(test, reads(skb, &k));
	skb->protocol = htons(ETH_P_ARP);
	KUNIT_EXPECT_FALSE(test, reads(skb, &k));
}

static void forward_test_turns(struct kunit *test)
{
	struct meshmod_way_key from = balanced(&samples[0], IPPROTO_TCP).from;
	struct sk_buff *skb = packet(test, &from);

	tcp_hdr(skb)->ack = 1;
	tcp_hdr(skb)->psh = 1;
	KUNIT_EXPECT_FALSE(test, is_turn(skb, IPPROTO_TCP));
	tcp_hdr(skb)->fin = 1;
	KUNIT_EXPECT_TRUE(test, is_turn(skb, IPPROTO_TCP));
	KUNIT_EXPECT_FALSE(test, is_turn(skb, IPPROTO_UDP));
	tcp_hdr(skb)->fin = 0;
	tcp_hdr(skb)->rst = 1;
	KUNIT_EXPECT_TRUE(test, is_turn(skb, IPPROTO_TCP));
	tcp_hdr(skb)->rst = 0;
	tcp_hdr(skb)->syn = 1;
	KUNIT_EXPECT_TRUE(test, is_turn(skb, IPPROTO_TCP));
}

static struct kunit_case forward_test_cases[] = {
	KUNIT_CASE(forward_test_translates),
	KUNIT_CASE(forward_test_partial_checksum),
	KUNIT_CASE(forward_test_no_checksum),
	KUNIT_CASE(forward_test_zero_checksum),
	KUNIT_CASE(forward_test_reads),
	KUNIT_CASE(forward_test_padding),
	KUNIT_CASE(forward_test_refuses_ipv4),
	KUNIT_CASE(forward_test_refuses_ipv6),
	KUNIT_CASE(forward_test_turns),
	{}
};

static struct kunit_suite forward_test_suite = {
	.name = "meshmod-forward",
	.test_cases = forward_test_cases,
};

kunit_test_suite(forward_test_suite);
