// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit: what a port's binding lets through, frame by frame.  Included by
 * frame.c.
 */
#include "testing.h"

#define OWN	"10.11.0.12"
#define OWN6	"fd00:11::c"
#define OTHER	"10.11.0.13"
#define OTHER6	"fd00:11::d"

static const struct meshmod_binding *own(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_binding *b = testing_binding(t, "eth0", OWN);

	b->addrs[b->naddrs++] = testing_addr(OWN6);
	return b;
}

/* A MAC that is the binding's, or not */
static void set_mac(struct kunit *test, u8 *mac, bool is_own)
{
	memcpy(mac, own(test)->mac, ETH_ALEN);
	mac[ETH_ALEN - 1] ^= !is_own;
}

/* A frame as a bridge gets it; what is put into it comes behind. */
static struct sk_buff *new_frame(struct kunit *test, u16 type)
{
	struct sk_buff *skb = testing_skb(test, 512);
	struct ethhdr *eth = skb_put_zero(skb, ETH_HLEN);

	set_mac(test, eth->h_source, true);
	eth->h_proto = htons(type);
	skb_reset_mac_header(skb);
	skb_pull(skb, ETH_HLEN);
	skb_reset_network_header(skb);
	skb->protocol = htons(type);
	return skb;
}

/* The same with all that follows the Ethernet header out of line */
static struct sk_buff *paged(struct kunit *test, const struct sk_buff *frame)
{
	struct sk_buff *skb = new_frame(test, ntohs(frame->protocol));
	struct page *page = alloc_page(GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, page);
	memcpy(page_address(page), frame->data, frame->len);
	skb_add_rx_frag(skb, 0, page, 0, frame->len, PAGE_SIZE);
	return skb;
}

static void expect_honest(struct kunit *test, const struct sk_buff *skb,
			  bool honest, const char *what)
{
	const struct meshmod_binding *b = own(test);

	KUNIT_EXPECT_EQ_MSG(test, meshmod_frame_honest(skb, b), honest, "%s",
			    what);
	if (skb->len && !skb_vlan_tag_present(skb))
		KUNIT_EXPECT_EQ_MSG(test,
				    meshmod_frame_honest(paged(test, skb), b),
				    honest, "%s, out of line", what);
}

static void put_ipv4(struct sk_buff *skb, const char *src, u16 frag_off)
{
	struct iphdr *iph = skb_put_zero(skb, sizeof(*iph));

	iph->version = 4;
	iph->ihl = 5;
	iph->protocol = IPPROTO_UDP;
	iph->frag_off = htons(frag_off);
	iph->saddr = testing_addr(src).ip.ip;
	iph->daddr = testing_addr(OTHER).ip.ip;
}

static struct sk_buff *ipv4_from(struct kunit *test, const char *src)
{
	struct sk_buff *skb = new_frame(test, ETH_P_IP);

	put_ipv4(skb, src, 0);
	skb_put_zero(skb, sizeof(struct udphdr));
	return skb;
}

static struct sk_buff *ipv6_from(struct kunit *test, const char *src, u8 next)
{
	struct sk_buff *skb = new_frame(test, ETH_P_IPV6);
	struct ipv6hdr *ip6h = skb_put_zero(skb, sizeof(*ip6h));

	ip6h->version = 6;
	ip6h->nexthdr = next;
	ip6h->hop_limit = 255;
	ip6h->saddr = testing_addr(src).ip.in6;
	ip6h->daddr = testing_addr("ff02::1").ip.in6;
	return skb;
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

static void put_icmpv6(struct sk_buff *skb, u8 type)
{
	struct icmp6hdr *head = skb_put_zero(skb, sizeof(*head));

	head->icmp6_type = type;
}

/* A solicitation or advertisement of a neighbour */
static void put_nd(struct sk_buff *skb, u8 type, const char *target)
{
	struct in6_addr addr = testing_addr(target).ip.in6;

	put_icmpv6(skb, type);
	skb_put_data(skb, &addr, sizeof(addr));
}

/* @len: as it says of itself, in units of 8 bytes; it has at least 8 bytes. */
static void put_option(struct kunit *test, struct sk_buff *skb, u8 type, u8 len,
		       bool own_mac)
{
	u8 *opt = skb_put_zero(skb, max(8, len * 8));

	opt[0] = type;
	opt[1] = len;
	set_mac(test, opt + 2, own_mac);
}

static void ipv4_needs_an_own_source(struct kunit *test)
{
	struct sk_buff *skb;

	expect_honest(test, ipv4_from(test, OWN), true, "own");
	expect_honest(test, ipv4_from(test, OTHER), false, "other");
	expect_honest(test, ipv4_from(test, "0.0.0.0"), false, "none");
	expect_honest(test, ipv4_from(test, "255.255.255.255"), false, "all");
	skb = new_frame(test, ETH_P_IP);
	put_ipv4(skb, OWN, 0x2000 | 100);
	expect_honest(test, skb, true, "a fragment");
	skb = new_frame(test, ETH_P_IP);
	put_ipv4(skb, OTHER, 100);
	expect_honest(test, skb, false, "the other's fragment");
}

static void the_mac_counts_for_all(struct kunit *test)
{
	struct sk_buff *skb = ipv4_from(test, OWN);

	set_mac(test, eth_hdr(skb)->h_source, false);
	KUNIT_EXPECT_FALSE(test, meshmod_frame_honest(skb, own(test)));
	skb = ipv6_from(test, OWN6, IPPROTO_UDP);
	set_mac(test, eth_hdr(skb)->h_source, false);
	KUNIT_EXPECT_FALSE(test, meshmod_frame_honest(skb, own(test)));
	eth_broadcast_addr(eth_hdr(skb)->h_source);
	KUNIT_EXPECT_FALSE(test, meshmod_frame_honest(skb, own(test)));
}

static void no_tag_passes(struct kunit *test)
{
	struct sk_buff *skb = ipv4_from(test, OWN);

	__vlan_hwaccel_put_tag(skb, htons(ETH_P_8021Q), 5);
	expect_honest(test, skb, false, "VLAN 5");
	skb = ipv4_from(test, OWN);
	__vlan_hwaccel_put_tag(skb, htons(ETH_P_8021Q), 0);
	expect_honest(test, skb, false, "a priority tag");
}

static void other_protocols_do_not_pass(struct kunit *test)
{
	static const u16 types[] = {
		ETH_P_8021Q, ETH_P_8021AD, ETH_P_RARP, ETH_P_PPP_SES,
		ETH_P_MPLS_UC, ETH_P_LLDP, ETH_P_LOOPBACK, ETH_P_802_2, 0,
	};
	struct sk_buff *skb;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(types); i++) {
		skb = new_frame(test, types[i]);
		put_ipv4(skb, OWN, 0);
		KUNIT_EXPECT_FALSE_MSG(test,
				       meshmod_frame_honest(skb, own(test)),
				       "%#x", types[i]);
	}
}

struct arp_case {
	u16 op;
	bool own_mac;
	const char *sender, *target;
	bool honest;
	const char *what;
};

static struct sk_buff *arp(struct kunit *test, const struct arp_case *c)
{
	struct sk_buff *skb = new_frame(test, ETH_P_ARP);
	struct arp_body *body = skb_put_zero(skb, sizeof(*body));

	body->head.ar_hrd = htons(ARPHRD_ETHER);
	body->head.ar_pro = htons(ETH_P_IP);
	body->head.ar_hln = ETH_ALEN;
	body->head.ar_pln = 4;
	body->head.ar_op = htons(c->op);
	set_mac(test, body->sender_mac, c->own_mac);
	body->sender_ip = testing_addr(c->sender).ip.ip;
	body->target_ip = testing_addr(c->target).ip.ip;
	return skb;
}

static void arp_needs_an_own_sender(struct kunit *test)
{
	static const struct arp_case cases[] = {
		{ ARPOP_REQUEST, true, OWN, OTHER, true, "request" },
		{ ARPOP_REPLY, true, OWN, OTHER, true, "reply" },
		{ ARPOP_REQUEST, true, OWN, OWN, true, "announcement" },
		{ ARPOP_REQUEST, true, "0.0.0.0", OWN, true, "probe" },
		{ ARPOP_REQUEST, true, "0.0.0.0", OTHER, false, "other's probe" },
		{ ARPOP_REPLY, true, "0.0.0.0", OTHER, false, "reply of none" },
		{ ARPOP_REQUEST, true, OTHER, OWN, false, "other's request" },
		{ ARPOP_REPLY, true, OTHER, OWN, false, "other's reply" },
		{ ARPOP_REQUEST, true, OTHER, OTHER, false, "usurpation" },
		{ ARPOP_REQUEST, false, OWN, OTHER, false, "wrong MAC" },
		{ ARPOP_REPLY, false, OWN, OTHER, false, "wrong MAC" },
		{ ARPOP_REQUEST, false, "0.0.0.0", OWN, false, "wrong MAC" },
	};
	struct sk_buff *skb;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(cases); i++)
		expect_honest(test, arp(test, &cases[i]), cases[i].honest,
			      cases[i].what);
	skb = arp(test, &cases[0]);
	set_mac(test, eth_hdr(skb)->h_source, false);
	KUNIT_EXPECT_FALSE(test, meshmod_frame_honest(skb, own(test)));
}

static void arp_is_of_ethernet_and_ipv4(struct kunit *test)
{
	static const struct arp_case request = {
		ARPOP_REQUEST, true, OWN, OTHER,
	};
	struct arphdr *head;
	struct sk_buff *skb;
	int what;

	for (what = 0; what < 4; what++) {
		skb = arp(test, &request);
		head = (struct arphdr *)skb->data;
		if (what == 0)
			head->ar_hrd = htons(ARPHRD_IEEE802);
		else if (what == 1)
			head->ar_pro = htons(ETH_P_IPV6);
		else if (what == 2)
			head->ar_hln = 8;
		else
			head->ar_pln = 16;
		expect_honest(test, skb, false, "another kind of ARP");
	}
}

static void ipv6_needs_an_own_source(struct kunit *test)
{
	expect_honest(test, ipv6_from(test, OWN6, IPPROTO_UDP), true, "own");
	expect_honest(test, ipv6_from(test, OTHER6, IPPROTO_UDP), false,
		      "other");
	expect_honest(test, ipv6_from(test, "::", IPPROTO_UDP), false, "none");
	expect_honest(test, ipv6_from(test, "::1", IPPROTO_UDP), false,
		      "loopback");
	expect_honest(test, ipv6_from(test, "::ffff:10.11.0.12", IPPROTO_TCP),
		      false, "its IPv4 address");
	expect_honest(test, ipv6_from(test, OWN6, NEXTHDR_NONE), false,
		      "nothing inside");
}

/* Not even the IPv4 address in 16 bytes: families do not mix. */
static void a_family_without_address_is_silent(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	const struct meshmod_binding *b = testing_binding(t, "eth0", OWN);
	struct sk_buff *skb = ipv6_from(test, OWN6, IPPROTO_UDP);

	KUNIT_EXPECT_FALSE(test, meshmod_frame_honest(skb, b));
	skb = ipv6_from(test, "a0b:c::", IPPROTO_UDP);
	KUNIT_EXPECT_FALSE(test, meshmod_frame_honest(skb, b));
	skb = ipv6_from(test, "::", IPPROTO_ICMPV6);
	put_nd(skb, NDISC_NEIGHBOUR_SOLICITATION, OWN6);
	KUNIT_EXPECT_FALSE(test, meshmod_frame_honest(skb, b));
	b = testing_binding(t, "eth1", OWN6);
	KUNIT_EXPECT_FALSE(test, meshmod_frame_honest(ipv4_from(test, OWN), b));
}

struct nd_case {
	u8 type;
	const char *src, *target;	/* NULL: none */
	u8 opt;				/* 0: none */
	u8 len;
	bool own_mac;
	bool honest;
	const char *what;
};

#define NS	NDISC_NEIGHBOUR_SOLICITATION
#define NA	NDISC_NEIGHBOUR_ADVERTISEMENT
#define RS	NDISC_ROUTER_SOLICITATION
#define RA	NDISC_ROUTER_ADVERTISEMENT
#define SLL	ND_OPT_SOURCE_LL_ADDR
#define TLL	ND_OPT_TARGET_LL_ADDR

static const struct nd_case nd_cases[] = {
	{ NS, OWN6, OTHER6, SLL, 1, true, true, "NS" },
	{ NS, OWN6, OTHER6, 0, 0, true, true, "NS without option" },
	{ NS, OWN6, OTHER6, SLL, 1, false, false, "NS, wrong MAC" },
	{ NS, OWN6, OTHER6, TLL, 1, false, false, "NS, wrong target MAC" },
	{ NS, OTHER6, OWN6, SLL, 1, true, false, "other's NS" },
	{ NS, "::", OWN6, 0, 0, true, true, "DAD" },
	{ NS, "::", OWN6, 14, 1, true, true, "DAD with nonce" },
	{ NS, "::", OTHER6, 0, 0, true, false, "DAD of other's" },
	{ NS, "::", OWN6, SLL, 1, false, false, "DAD, wrong MAC" },
	{ NA, OWN6, OWN6, TLL, 1, true, true, "NA" },
	{ NA, OWN6, OWN6, 0, 0, true, true, "NA without option" },
	{ NA, OWN6, OTHER6, TLL, 1, true, false, "NA for other" },
	{ NA, OWN6, OTHER6, 0, 0, true, false, "NA for other, no option" },
	{ NA, OWN6, OWN6, TLL, 1, false, false, "NA, wrong MAC" },
	{ NA, OWN6, OWN6, SLL, 1, false, false, "NA, wrong source MAC" },
	{ NA, OTHER6, OTHER6, TLL, 1, true, false, "other's NA" },
	{ NA, OTHER6, OWN6, TLL, 1, true, false, "NA from other" },
	{ NA, "::", OTHER6, TLL, 1, true, false, "NA from none for other" },
	{ RS, OWN6, NULL, SLL, 1, true, true, "RS" },
	{ RS, OWN6, NULL, SLL, 1, false, false, "RS, wrong MAC" },
	{ RS, "::", NULL, 0, 0, true, true, "RS from none" },
	{ RS, "::", NULL, SLL, 1, false, false, "RS from none, wrong MAC" },
	{ RS, OTHER6, NULL, 0, 0, true, false, "other's RS" },
	{ RA, OWN6, NULL, SLL, 1, true, false, "RA" },
	{ RA, OWN6, NULL, 0, 0, true, false, "RA without option" },
	{ NDISC_REDIRECT, OWN6, OWN6, TLL, 1, true, false, "redirect" },
	{ NA, OWN6, OWN6, TLL, 0, true, false, "option of length 0" },
	{ NA, OWN6, OWN6, 14, 0, true, false, "other option of length 0" },
	{ NA, OWN6, OWN6, TLL, 2, true, false, "MAC of 14 bytes" },
	{ RS, OWN6, NULL, SLL, 3, true, false, "MAC of 22 bytes" },
	{ NS, OWN6, OTHER6, 14, 2, false, true, "longer option" },
};

static void put_nd_case(struct kunit *test, struct sk_buff *skb,
			const struct nd_case *c)
{
	if (c->target)
		put_nd(skb, c->type, c->target);
	else
		put_icmpv6(skb, c->type);
	if (c->opt)
		put_option(test, skb, c->opt, c->len, c->own_mac);
}

static void neighbour_discovery_is_true(struct kunit *test)
{
	struct sk_buff *skb;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(nd_cases); i++) {
		skb = ipv6_from(test, nd_cases[i].src, IPPROTO_ICMPV6);
		put_nd_case(test, skb, &nd_cases[i]);
		expect_honest(test, skb, nd_cases[i].honest, nd_cases[i].what);
	}
}

/* Whatever stands before it, receivers find it; so must we. */
static void neighbour_discovery_cannot_hide(struct kunit *test)
{
	static const u8 headers[] = {
		NEXTHDR_DEST, NEXTHDR_HOP, NEXTHDR_ROUTING,
	};
	struct sk_buff *skb;
	u32 i, j;

	for (i = 0; i < ARRAY_SIZE(nd_cases); i++) {
		for (j = 0; j < ARRAY_SIZE(headers); j++) {
			skb = ipv6_from(test, nd_cases[i].src, headers[j]);
			put_header(skb, NEXTHDR_DEST, 8);
			put_header(skb, IPPROTO_ICMPV6, 24);
			put_nd_case(test, skb, &nd_cases[i]);
			expect_honest(test, skb, nd_cases[i].honest,
				      nd_cases[i].what);
		}
		/* The first of several fragments, and the only one */
		skb = ipv6_from(test, nd_cases[i].src, NEXTHDR_FRAGMENT);
		put_fragment(skb, NEXTHDR_DEST, 0);
		put_header(skb, IPPROTO_ICMPV6, 8);
		put_nd_case(test, skb, &nd_cases[i]);
		expect_honest(test, skb, nd_cases[i].honest, nd_cases[i].what);
	}
}

static void every_option_counts(struct kunit *test)
{
	struct sk_buff *skb = ipv6_from(test, OWN6, IPPROTO_ICMPV6);

	put_nd(skb, NA, OWN6);
	put_option(test, skb, 14, 1, false);
	put_option(test, skb, TLL, 1, true);
	expect_honest(test, skb, true, "the second is right");
	put_option(test, skb, TLL, 1, false);
	expect_honest(test, skb, false, "the third is wrong");
	skb = ipv6_from(test, OWN6, IPPROTO_ICMPV6);
	put_nd(skb, NA, OWN6);
	put_option(test, skb, TLL, 1, true);
	skb_put_zero(skb, 4);
	expect_honest(test, skb, false, "half an option");
}

static void fragments_pass_by_their_source(struct kunit *test)
{
	struct sk_buff *skb = ipv6_from(test, OWN6, NEXTHDR_FRAGMENT);

	put_fragment(skb, IPPROTO_UDP, 8);
	skb_put_zero(skb, 64);
	expect_honest(test, skb, true, "own, later");
	skb = ipv6_from(test, OTHER6, NEXTHDR_FRAGMENT);
	put_fragment(skb, IPPROTO_UDP, 8);
	expect_honest(test, skb, false, "other's, later");
	skb = ipv6_from(test, "::", NEXTHDR_FRAGMENT);
	put_fragment(skb, IPPROTO_ICMPV6, 8);
	put_nd(skb, NS, OWN6);
	expect_honest(test, skb, false, "no one's, later");
	skb = ipv6_from(test, OWN6, NEXTHDR_FRAGMENT);
	put_fragment(skb, IPPROTO_UDP, 0);
	skb_put_zero(skb, 64);
	expect_honest(test, skb, true, "own, first");
	/* What it is would only be told by the next one. */
	skb = ipv6_from(test, OWN6, NEXTHDR_FRAGMENT);
	put_fragment(skb, NEXTHDR_DEST, 0);
	expect_honest(test, skb, false, "headers go on behind the first");
	skb = ipv6_from(test, OWN6, NEXTHDR_FRAGMENT);
	put_fragment(skb, IPPROTO_ICMPV6, 0);
	expect_honest(test, skb, false, "ICMPv6 behind the first");
}

static void groups_may_be_joined_from_nowhere(struct kunit *test)
{
	static const u8 types[] = {
		ICMPV6_MGM_QUERY, ICMPV6_MGM_REPORT, ICMPV6_MGM_REDUCTION,
		ICMPV6_MLD2_REPORT,
	};
	static const char * const sources[] = { "::", OWN6, OTHER6 };
	struct sk_buff *skb;
	u32 i, j;

	for (i = 0; i < ARRAY_SIZE(types); i++)
		for (j = 0; j < ARRAY_SIZE(sources); j++) {
			skb = ipv6_from(test, sources[j], NEXTHDR_HOP);
			put_header(skb, IPPROTO_ICMPV6, 8);
			put_icmpv6(skb, types[i]);
			expect_honest(test, skb, j < 2, sources[j]);
		}
}

static void other_icmpv6_needs_a_source(struct kunit *test)
{
	static const u8 types[] = {
		ICMPV6_ECHO_REQUEST, ICMPV6_ECHO_REPLY, ICMPV6_PKT_TOOBIG,
		ICMPV6_DEST_UNREACH,
	};
	struct sk_buff *skb;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(types); i++) {
		skb = ipv6_from(test, OWN6, IPPROTO_ICMPV6);
		put_icmpv6(skb, types[i]);
		expect_honest(test, skb, true, "own");
		skb = ipv6_from(test, "::", IPPROTO_ICMPV6);
		put_icmpv6(skb, types[i]);
		expect_honest(test, skb, false, "none");
	}
}

/* What ends too early says nothing that could be true. */
static void cut_frames_do_not_pass(struct kunit *test)
{
	static const struct arp_case request = {
		ARPOP_REQUEST, true, OWN, OTHER,
	};
	const struct nd_case *c = &nd_cases[0];
	struct sk_buff *skb;
	u32 len, whole;

	skb = ipv4_from(test, OWN);
	for (len = 0; len < sizeof(struct iphdr); len++) {
		skb = ipv4_from(test, OWN);
		skb_trim(skb, len);
		expect_honest(test, skb, false, "IPv4");
	}
	for (len = 0; len < sizeof(struct arp_body); len++) {
		skb = arp(test, &request);
		skb_trim(skb, len);
		expect_honest(test, skb, false, "ARP");
	}
	skb = ipv6_from(test, OWN6, NEXTHDR_DEST);
	put_header(skb, IPPROTO_ICMPV6, 16);
	whole = skb->len + sizeof(struct nd_msg);
	for (len = 0; len < whole + 8; len++) {
		skb = ipv6_from(test, OWN6, NEXTHDR_DEST);
		put_header(skb, IPPROTO_ICMPV6, 16);
		put_nd_case(test, skb, c);
		skb_trim(skb, len);
		expect_honest(test, skb, len == whole, "IPv6");
	}
}

static struct kunit_case frame_cases[] = {
	KUNIT_CASE(ipv4_needs_an_own_source),
	KUNIT_CASE(the_mac_counts_for_all),
	KUNIT_CASE(no_tag_passes),
	KUNIT_CASE(other_protocols_do_not_pass),
	KUNIT_CASE(arp_needs_an_own_sender),
	KUNIT_CASE(arp_is_of_ethernet_and_ipv4),
	KUNIT_CASE(ipv6_needs_an_own_source),
	KUNIT_CASE(a_family_without_address_is_silent),
	KUNIT_CASE(neighbour_discovery_is_true),
	KUNIT_CASE(neighbour_discovery_cannot_hide),
	KUNIT_CASE(every_option_counts),
	KUNIT_CASE(fragments_pass_by_their_source),
	KUNIT_CASE(groups_may_be_joined_from_nowhere),
	KUNIT_CASE(other_icmpv6_needs_a_source),
	KUNIT_CASE(cut_frames_do_not_pass),
	{}
};

static struct kunit_suite frame_suite = {
	.name = "meshmod-frame",
	.test_cases = frame_cases,
};

kunit_test_suite(frame_suite);
