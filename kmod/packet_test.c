// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit: reading packets of both families.  Included by packet.c.
 */
#include "testing.h"

#define CLIENT	"192.0.2.1"
#define HOST	"192.0.2.10"
#define CLIENT6	"2001:db8::1"
#define HOST6	"2001:db8::10"
#define OTHER	"198.51.100.1"
#define OTHER6	"2001:db8::99"

static struct sk_buff *ipv4(struct kunit *test, u8 proto, u8 ihl, u16 frag_off)
{
	struct sk_buff *skb = testing_skb(test, 512);
	struct iphdr *iph;

	skb_reset_network_header(skb);
	iph = skb_put_zero(skb, ihl * 4);
	iph->version = 4;
	iph->ihl = ihl;
	iph->protocol = proto;
	iph->frag_off = htons(frag_off);
	iph->saddr = testing_addr(CLIENT).ip.ip;
	iph->daddr = testing_addr(HOST).ip.ip;
	return skb;
}

static struct sk_buff *ipv6(struct kunit *test, u8 next)
{
	struct sk_buff *skb = testing_skb(test, 512);
	struct ipv6hdr *ip6h;

	skb_reset_network_header(skb);
	ip6h = skb_put_zero(skb, sizeof(*ip6h));
	ip6h->version = 6;
	ip6h->nexthdr = next;
	ip6h->saddr = testing_addr(CLIENT6).ip.in6;
	ip6h->daddr = testing_addr(HOST6).ip.in6;
	return skb;
}

/* A packet of either family that has nothing but @proto's header to come */
static struct sk_buff *plain(struct kunit *test, u8 family, u8 proto)
{
	return family == AF_INET ? ipv4(test, proto, 5, 0) : ipv6(test, proto);
}

/* An extension header of @len bytes, of which there are 8, 16, ... */
static void put_header(struct sk_buff *skb, u8 next, u32 len)
{
	u8 *head = skb_put_zero(skb, len);

	head[0] = next;
	head[1] = len / 8 - 1;
}

static void put_fragment(struct sk_buff *skb, u8 next, u16 offset)
{
	struct frag_hdr *head = skb_put_zero(skb, sizeof(*head));

	head->nexthdr = next;
	head->frag_off = htons(offset | 1);
}

static struct meshmod_packet read(const struct sk_buff *skb)
{
	struct meshmod_packet p;

	meshmod_packet_read(skb, ip_hdr(skb)->version == 4 ? AF_INET : AF_INET6,
			    &p);
	return p;
}

static void put_ports(struct sk_buff *skb, u16 source, u16 dest)
{
	__be16 *ports = skb_put_zero(skb, 4);

	ports[0] = htons(source);
	ports[1] = htons(dest);
}

static void knows_who_has_ports(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, meshmod_has_ports(IPPROTO_TCP));
	KUNIT_EXPECT_TRUE(test, meshmod_has_ports(IPPROTO_UDP));
	KUNIT_EXPECT_TRUE(test, meshmod_has_ports(IPPROTO_SCTP));
	KUNIT_EXPECT_FALSE(test, meshmod_has_ports(IPPROTO_UDPLITE));
	KUNIT_EXPECT_FALSE(test, meshmod_has_ports(IPPROTO_DCCP));
	KUNIT_EXPECT_FALSE(test, meshmod_has_ports(IPPROTO_ICMP));
	KUNIT_EXPECT_FALSE(test, meshmod_has_ports(0));
}

static void expect_ports(struct kunit *test, const struct sk_buff *skb,
			 u8 proto, int offset)
{
	struct meshmod_packet p = read(skb);
	struct meshmod_ports ports;

	KUNIT_EXPECT_EQ(test, p.proto, proto);
	KUNIT_EXPECT_EQ(test, p.offset, offset);
	KUNIT_ASSERT_TRUE(test, meshmod_packet_ports(skb, &p, &ports));
	KUNIT_EXPECT_EQ(test, ntohs(ports.source), 40000);
	KUNIT_EXPECT_EQ(test, ntohs(ports.dest), 8080);
}

static void reads_ipv4(struct kunit *test)
{
	const struct meshmod_addr src = testing_addr(CLIENT);
	const struct meshmod_addr dst = testing_addr(HOST);
	struct meshmod_packet p;
	struct sk_buff *skb;
	u8 ihl;

	for (ihl = 5; ihl <= 15; ihl++) {
		skb = ipv4(test, IPPROTO_TCP, ihl, 0);
		put_ports(skb, 40000, 8080);
		expect_ports(test, skb, IPPROTO_TCP, ihl * 4);
	}
	p = read(skb);
	KUNIT_EXPECT_TRUE(test, meshmod_addr_equal(&p.src, &src));
	KUNIT_EXPECT_TRUE(test, meshmod_addr_equal(&p.dst, &dst));
	/* Do not fragment; the first fragment */
	skb = ipv4(test, IPPROTO_SCTP, 5, IP_DF);
	put_ports(skb, 40000, 8080);
	expect_ports(test, skb, IPPROTO_SCTP, 20);
	skb = ipv4(test, IPPROTO_UDP, 5, IP_MF);
	put_ports(skb, 40000, 8080);
	expect_ports(test, skb, IPPROTO_UDP, 20);
}

static void reads_ipv6(struct kunit *test)
{
	const struct meshmod_addr src = testing_addr(CLIENT6);
	const struct meshmod_addr dst = testing_addr(HOST6);
	struct sk_buff *skb = ipv6(test, IPPROTO_TCP);
	struct meshmod_packet p;

	put_ports(skb, 40000, 8080);
	expect_ports(test, skb, IPPROTO_TCP, 40);
	p = read(skb);
	KUNIT_EXPECT_TRUE(test, meshmod_addr_equal(&p.src, &src));
	KUNIT_EXPECT_TRUE(test, meshmod_addr_equal(&p.dst, &dst));
	skb = ipv6(test, NEXTHDR_HOP);
	put_header(skb, NEXTHDR_DEST, 8);
	put_header(skb, NEXTHDR_ROUTING, 24);
	put_header(skb, NEXTHDR_FRAGMENT, 40);
	put_fragment(skb, IPPROTO_UDP, 0);
	put_ports(skb, 40000, 8080);
	expect_ports(test, skb, IPPROTO_UDP, 40 + 8 + 24 + 40 + 8);
}

/* A hook may stand in front of the IP header. */
static void counts_from_where_the_data_starts(struct kunit *test)
{
	struct sk_buff *skb = testing_skb(test, 512);
	struct ipv6hdr *ip6h;

	skb_put_zero(skb, ETH_HLEN);
	skb_set_network_header(skb, ETH_HLEN);
	ip6h = skb_put_zero(skb, sizeof(*ip6h));
	ip6h->version = 6;
	ip6h->nexthdr = NEXTHDR_DEST;
	put_header(skb, IPPROTO_SCTP, 8);
	put_ports(skb, 40000, 8080);
	expect_ports(test, skb, IPPROTO_SCTP, ETH_HLEN + 48);
}

static void expect_nothing(struct kunit *test, const struct sk_buff *skb)
{
	struct meshmod_packet p = read(skb);
	struct meshmod_ports ports;

	KUNIT_EXPECT_LT(test, p.offset, 0);
	KUNIT_EXPECT_FALSE(test, meshmod_packet_ports(skb, &p, &ports));
	KUNIT_EXPECT_FALSE(test, meshmod_packet_opens(skb, &p));
	KUNIT_EXPECT_FALSE(test, meshmod_packet_pings(skb, &p));
	KUNIT_EXPECT_EQ(test, meshmod_packet_vni(skb, p.src.family, 0), -1);
}

/* Their first bytes may look like anything. */
static void later_fragments_say_nothing(struct kunit *test)
{
	static const u8 protos[] = {
		IPPROTO_TCP, IPPROTO_UDP, IPPROTO_SCTP, IPPROTO_ICMP,
		IPPROTO_ICMPV6,
	};
	struct sk_buff *skb;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(protos); i++) {
		skb = ipv4(test, protos[i], 5, 1);
		memset(skb_put(skb, 64), ICMP_ECHO, 64);
		expect_nothing(test, skb);
		skb = ipv4(test, protos[i], 5, IP_MF | 185);
		memset(skb_put(skb, 64), ICMP_ECHO, 64);
		expect_nothing(test, skb);
		skb = ipv6(test, NEXTHDR_FRAGMENT);
		put_fragment(skb, protos[i], 8);
		memset(skb_put(skb, 64), ICMPV6_ECHO_REQUEST, 64);
		expect_nothing(test, skb);
	}
}

static void cut_headers_say_nothing(struct kunit *test)
{
	struct sk_buff *skb = ipv6(test, NEXTHDR_DEST);

	expect_nothing(test, skb);
	put_header(skb, NEXTHDR_ROUTING, 8);
	expect_nothing(test, skb);
	skb = ipv6(test, NEXTHDR_FRAGMENT);
	skb_put_zero(skb, 2);
	expect_nothing(test, skb);
	skb = ipv6(test, NEXTHDR_NONE);
	skb_put_zero(skb, 64);
	expect_nothing(test, skb);
}

static void cut_ports_are_none(struct kunit *test)
{
	struct meshmod_ports ports;
	struct meshmod_packet p;
	struct sk_buff *skb;
	int family, len;

	for (family = 0; family < MESHMOD_FAMILIES; family++)
		for (len = 0; len <= 4; len++) {
			skb = plain(test, family ? AF_INET6 : AF_INET,
				    IPPROTO_UDP);
			skb_put_zero(skb, len);
			p = read(skb);
			KUNIT_EXPECT_EQ(test,
					meshmod_packet_ports(skb, &p, &ports),
					len == 4);
		}
	skb = ipv4(test, IPPROTO_ICMP, 5, 0);
	put_ports(skb, 40000, 8080);
	p = read(skb);
	KUNIT_EXPECT_FALSE(test, meshmod_packet_ports(skb, &p, &ports));
}

static bool opens(const struct sk_buff *skb)
{
	struct meshmod_packet p = read(skb);

	return meshmod_packet_opens(skb, &p);
}

#define FIN	BIT(0)
#define SYN	BIT(1)
#define RST	BIT(2)
#define ACK	BIT(4)
#define ECE	BIT(6)
#define CWR	BIT(7)

static void tcp_opens_with_a_syn(struct kunit *test)
{
	static const struct {
		u8 flags;
		bool opens;
	} cases[] = {
		{ SYN, true }, { SYN | ECE | CWR, true }, { SYN | ACK, false },
		{ ACK, false }, { FIN | ACK, false }, { RST, false },
		{ RST | ACK, false }, { SYN | RST, false }, { 0, false },
	};
	struct sk_buff *skb;
	int family;
	u32 i;

	for (family = 0; family < MESHMOD_FAMILIES; family++)
		for (i = 0; i < ARRAY_SIZE(cases); i++) {
			skb = plain(test, family ? AF_INET6 : AF_INET,
				    IPPROTO_TCP);
			((u8 *)skb_put_zero(skb, 20))[13] = cases[i].flags;
			KUNIT_EXPECT_EQ_MSG(test, opens(skb), cases[i].opens,
					    "flags %#x", cases[i].flags);
			skb_trim(skb, skb->len - 1);
			KUNIT_EXPECT_FALSE(test, opens(skb));
		}
}

static void sctp_opens_with_an_init(struct kunit *test)
{
	static const u8 others[] = {
		SCTP_CID_DATA, SCTP_CID_INIT_ACK, SCTP_CID_SACK,
		SCTP_CID_ABORT, SCTP_CID_SHUTDOWN, SCTP_CID_SHUTDOWN_ACK,
		SCTP_CID_COOKIE_ECHO, SCTP_CID_SHUTDOWN_COMPLETE, 255,
	};
	struct sk_buff *skb;
	int family;
	u8 *chunk;
	u32 i;

	for (family = 0; family < MESHMOD_FAMILIES; family++) {
		skb = plain(test, family ? AF_INET6 : AF_INET, IPPROTO_SCTP);
		skb_put_zero(skb, sizeof(struct sctphdr));
		KUNIT_EXPECT_FALSE(test, opens(skb));
		chunk = skb_put_zero(skb, sizeof(struct sctp_chunkhdr));
		*chunk = SCTP_CID_INIT;
		KUNIT_EXPECT_TRUE(test, opens(skb));
		for (i = 0; i < ARRAY_SIZE(others); i++) {
			*chunk = others[i];
			KUNIT_EXPECT_FALSE_MSG(test, opens(skb), "%u",
					       others[i]);
		}
		*chunk = SCTP_CID_INIT;
		skb_trim(skb, skb->len - 1);
		KUNIT_EXPECT_FALSE(test, opens(skb));
	}
}

static void udp_always_opens(struct kunit *test)
{
	struct sk_buff *skb = ipv4(test, IPPROTO_UDP, 5, 0);

	put_ports(skb, 40000, 8080);
	KUNIT_EXPECT_TRUE(test, opens(skb));
	skb = ipv6(test, NEXTHDR_DEST);
	put_header(skb, IPPROTO_UDP, 8);
	put_ports(skb, 40000, 8080);
	KUNIT_EXPECT_TRUE(test, opens(skb));
}

static bool pings(struct sk_buff *skb, u8 type)
{
	struct meshmod_packet p;

	skb_put_data(skb, &type, sizeof(type));
	p = read(skb);
	return meshmod_packet_pings(skb, &p);
}

static void only_echo_requests_ping(struct kunit *test)
{
	struct meshmod_packet p;
	struct sk_buff *skb;
	u32 type;

	for (type = 0; type <= U8_MAX; type++) {
		KUNIT_EXPECT_EQ(test,
				pings(ipv4(test, IPPROTO_ICMP, 5, 0), type),
				type == ICMP_ECHO);
		KUNIT_EXPECT_EQ(test, pings(ipv6(test, IPPROTO_ICMPV6), type),
				type == ICMPV6_ECHO_REQUEST);
		/* Each family's only in its own; and neither is UDP */
		KUNIT_EXPECT_FALSE(test, pings(ipv6(test, IPPROTO_ICMP), type));
		KUNIT_EXPECT_FALSE(test, pings(ipv4(test, IPPROTO_ICMPV6, 5, 0),
					       type));
		KUNIT_EXPECT_FALSE(test, pings(ipv4(test, IPPROTO_UDP, 5, 0),
					       type));
	}
	KUNIT_EXPECT_TRUE(test, pings(ipv4(test, IPPROTO_ICMP, 15, 0),
				      ICMP_ECHO));
	skb = ipv6(test, NEXTHDR_HOP);
	put_header(skb, IPPROTO_ICMPV6, 8);
	KUNIT_EXPECT_TRUE(test, pings(skb, ICMPV6_ECHO_REQUEST));
	skb = ipv4(test, IPPROTO_ICMP, 5, 0);
	p = read(skb);
	KUNIT_EXPECT_FALSE(test, meshmod_packet_pings(skb, &p));
}

/* An ICMP message about a packet from us to the client, of which @cut are missing */
static struct sk_buff *about_reply(struct kunit *test, u8 family, u8 proto,
				   u8 type, unsigned int cut)
{
	struct sk_buff *skb = plain(test, family, proto);
	struct ipv6hdr *ip6h;
	struct iphdr *iph;

	*(u8 *)skb_put_zero(skb, sizeof(struct icmphdr)) = type;
	if (family == AF_INET) {
		iph = skb_put_zero(skb, sizeof(*iph));
		iph->daddr = testing_addr(OTHER).ip.ip;
	} else {
		ip6h = skb_put_zero(skb, sizeof(*ip6h));
		ip6h->daddr = testing_addr(OTHER6).ip.in6;
	}
	skb_trim(skb, skb->len - cut);
	return skb;
}

static bool is_about_other(struct sk_buff *skb, const char *other)
{
	const struct meshmod_addr want = testing_addr(other);
	struct meshmod_packet p = read(skb);
	struct meshmod_addr to;

	return meshmod_packet_error(skb, &p, &to) &&
	       meshmod_addr_equal(&to, &want);
}

static void errors_say_whom_they_are_about(struct kunit *test)
{
	u32 type;

	for (type = 0; type <= U8_MAX; type++) {
		KUNIT_EXPECT_EQ(test, icmp_is_err(type),
				is_about_other(about_reply(test, AF_INET,
							   IPPROTO_ICMP, type,
							   0), OTHER));
		KUNIT_EXPECT_EQ(test, icmpv6_is_err(type),
				is_about_other(about_reply(test, AF_INET6,
							   IPPROTO_ICMPV6,
							   type, 0), OTHER6));
	}
	KUNIT_EXPECT_FALSE(test,
			   is_about_other(about_reply(test, AF_INET,
						      IPPROTO_UDP,
						      ICMP_DEST_UNREACH, 0),
					  OTHER));
	/* Cut off within the address */
	KUNIT_EXPECT_FALSE(test,
			   is_about_other(about_reply(test, AF_INET,
						      IPPROTO_ICMP,
						      ICMP_DEST_UNREACH, 1),
					  OTHER));
	KUNIT_EXPECT_FALSE(test,
			   is_about_other(about_reply(test, AF_INET6,
						      IPPROTO_ICMPV6,
						      ICMPV6_PKT_TOOBIG, 1),
					  OTHER6));
}

#define VXLAN_PORT	4789

static void put_vxlan(struct sk_buff *skb, u16 source, u16 dest, u32 vni)
{
	struct vxlanhdr *vx;

	put_ports(skb, source, dest);
	skb_put_zero(skb, 4);
	vx = skb_put_zero(skb, sizeof(*vx));
	vx->vx_flags = VXLAN_HF_VNI;
	vx->vx_vni = htonl(vni << 8 | 0x5a);
}

static s64 vni_of(const struct sk_buff *skb)
{
	return meshmod_packet_vni(skb, read(skb).src.family, VXLAN_PORT);
}

/* Its last @n bytes, as a device may have left them */
static void move_to_page(struct kunit *test, struct sk_buff *skb, u32 n)
{
	struct page *page = alloc_page(GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, page);
	memcpy(page_address(page), skb_tail_pointer(skb) - n, n);
	skb_trim(skb, skb->len - n);
	skb_add_rx_frag(skb, 0, page, 0, n, PAGE_SIZE);
}

static void reads_the_vni(struct kunit *test)
{
	static const u32 vnis[] = { 0, 1, 4242, 0x123456, 0xffffff };
	struct sk_buff *skb;
	int family;
	u32 i;

	for (family = 0; family < MESHMOD_FAMILIES; family++)
		for (i = 0; i < ARRAY_SIZE(vnis); i++) {
			skb = plain(test, family ? AF_INET6 : AF_INET,
				    IPPROTO_UDP);
			put_vxlan(skb, 50000, VXLAN_PORT, vnis[i]);
			KUNIT_EXPECT_EQ(test, vni_of(skb), vnis[i]);
			move_to_page(test, skb, 9);
			KUNIT_EXPECT_EQ(test, vni_of(skb), vnis[i]);
			pskb_trim(skb, skb->len - 1);
			KUNIT_EXPECT_EQ(test, vni_of(skb), -1);
		}
	skb = ipv4(test, IPPROTO_UDP, 15, 0);
	put_vxlan(skb, 50000, VXLAN_PORT, 4242);
	KUNIT_EXPECT_EQ(test, vni_of(skb), 4242);
	skb = ipv6(test, NEXTHDR_DEST);
	put_header(skb, IPPROTO_UDP, 16);
	put_vxlan(skb, 50000, VXLAN_PORT, 4242);
	KUNIT_EXPECT_EQ(test, vni_of(skb), 4242);
}

static void others_have_no_vni(struct kunit *test)
{
	struct sk_buff *skb = ipv4(test, IPPROTO_UDP, 5, 0);

	put_vxlan(skb, VXLAN_PORT, VXLAN_PORT - 1, 4242);
	KUNIT_EXPECT_EQ(test, vni_of(skb), -1);
	skb = ipv4(test, IPPROTO_UDPLITE, 5, 0);
	put_vxlan(skb, 50000, VXLAN_PORT, 4242);
	KUNIT_EXPECT_EQ(test, vni_of(skb), -1);
	skb = ipv6(test, IPPROTO_TCP);
	put_vxlan(skb, 50000, VXLAN_PORT, 4242);
	KUNIT_EXPECT_EQ(test, vni_of(skb), -1);
}

static struct kunit_case packet_cases[] = {
	KUNIT_CASE(knows_who_has_ports),
	KUNIT_CASE(reads_ipv4),
	KUNIT_CASE(reads_ipv6),
	KUNIT_CASE(counts_from_where_the_data_starts),
	KUNIT_CASE(later_fragments_say_nothing),
	KUNIT_CASE(cut_headers_say_nothing),
	KUNIT_CASE(cut_ports_are_none),
	KUNIT_CASE(tcp_opens_with_a_syn),
	KUNIT_CASE(sctp_opens_with_an_init),
	KUNIT_CASE(udp_always_opens),
	KUNIT_CASE(only_echo_requests_ping),
	KUNIT_CASE(errors_say_whom_they_are_about),
	KUNIT_CASE(reads_the_vni),
	KUNIT_CASE(others_have_no_vni),
	{}
};

static struct kunit_suite packet_suite = {
	.name = "meshmod-packet",
	.test_cases = packet_cases,
};

kunit_test_suite(packet_suite);
