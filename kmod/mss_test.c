// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit: lowering what a SYN says.  Included by mss.c.
 */
#include <net/checksum.h>

#include "testing.h"

/* A TCP packet of either family with these options, its checksum right */
static struct sk_buff *tcp(struct kunit *test, u8 family, bool syn,
			   const u8 *options, u32 len)
{
	struct sk_buff *skb = testing_skb(test, 512);
	struct tcphdr *th;

	skb_reset_network_header(skb);
	if (family == AF_INET) {
		struct iphdr *iph = skb_put_zero(skb, sizeof(*iph));

		iph->version = 4;
		iph->ihl = 5;
		iph->protocol = IPPROTO_TCP;
	} else {
		struct ipv6hdr *ip6h = skb_put_zero(skb, sizeof(*ip6h));

		ip6h->version = 6;
		ip6h->nexthdr = IPPROTO_TCP;
	}
	th = skb_put_zero(skb, sizeof(*th));
	th->syn = syn;
	th->doff = (sizeof(*th) + len) / 4;
	skb_put_data(skb, options, len);
	/* All addresses are 0, which add nothing: the sum of the segment alone */
	th->check = csum_fold(csum_partial(th, sizeof(*th) + len, 0));
	return skb;
}

static const u8 *options_of(const struct sk_buff *skb)
{
	return skb_tail_pointer(skb) - 8;
}

static bool is_right(const struct sk_buff *skb, u8 family)
{
	u32 at = family == AF_INET ? sizeof(struct iphdr) :
				     sizeof(struct ipv6hdr);

	return !csum_fold(csum_partial(skb->data + at, skb->len - at, 0));
}

static void lowers_mss(struct kunit *test)
{
	static const struct {
		const char *what;
		u8 family;
		bool syn;
		u8 options[8], want[8];
		u32 mtu;
	} cases[] = {
		{ "IPv4", AF_INET, true, { 2, 4, 5, 180, 1, 1, 1, 0 },
		  { 2, 4, 5, 130, 1, 1, 1, 0 }, 1450 },
		{ "IPv6", AF_INET6, true, { 2, 4, 5, 180, 1, 1, 1, 0 },
		  { 2, 4, 5, 110, 1, 1, 1, 0 }, 1450 },
		{ "behind others", AF_INET, true, { 1, 4, 2, 2, 4, 5, 180, 0 },
		  { 1, 4, 2, 2, 4, 5, 130, 0 }, 1450 },
		{ "in an odd place", AF_INET, true,
		  { 1, 2, 4, 5, 180, 1, 1, 0 },
		  { 1, 2, 4, 5, 130, 1, 1, 0 }, 1450 },
		{ "small enough", AF_INET, true, { 2, 4, 4, 0, 1, 1, 1, 0 },
		  { 2, 4, 4, 0, 1, 1, 1, 0 }, 1450 },
		{ "the path is large", AF_INET, true,
		  { 2, 4, 5, 180, 1, 1, 1, 0 },
		  { 2, 4, 5, 180, 1, 1, 1, 0 }, 100000 },
		{ "no SYN", AF_INET, false, { 2, 4, 5, 180, 1, 1, 1, 0 },
		  { 2, 4, 5, 180, 1, 1, 1, 0 }, 1450 },
		{ "none", AF_INET, true, { 1, 1, 1, 1, 1, 1, 1, 0 },
		  { 1, 1, 1, 1, 1, 1, 1, 0 }, 1450 },
		{ "behind the end", AF_INET, true, { 0, 2, 4, 5, 180, 0, 0, 0 },
		  { 0, 2, 4, 5, 180, 0, 0, 0 }, 1450 },
		{ "an option of no length", AF_INET, true,
		  { 8, 0, 2, 4, 5, 180, 1, 1 }, { 8, 0, 2, 4, 5, 180, 1, 1 },
		  1450 },
		{ "one that is cut off", AF_INET, true,
		  { 1, 1, 1, 1, 1, 2, 4, 5 }, { 1, 1, 1, 1, 1, 2, 4, 5 }, 1450 },
		{ "no room for its length", AF_INET, true,
		  { 1, 1, 1, 1, 1, 1, 1, 2 }, { 1, 1, 1, 1, 1, 1, 1, 2 }, 1450 },
	};
	struct sk_buff *skb;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		skb = tcp(test, cases[i].family, cases[i].syn, cases[i].options,
			  sizeof(cases[i].options));
		KUNIT_EXPECT_TRUE(test, meshmod_mss_clamp(skb, cases[i].family,
							  cases[i].mtu));
		KUNIT_EXPECT_TRUE_MSG(test, !memcmp(options_of(skb),
						    cases[i].want, 8),
				      "%s", cases[i].what);
		KUNIT_EXPECT_TRUE_MSG(test, is_right(skb, cases[i].family),
				      "%s: the checksum", cases[i].what);
	}
}

static void leaves_others_alone(struct kunit *test)
{
	static const u8 options[8] = { 2, 4, 5, 180, 1, 1, 1, 0 };
	struct sk_buff *skb = tcp(test, AF_INET, true, options, 8);

	ip_hdr(skb)->protocol = IPPROTO_UDP;
	KUNIT_EXPECT_TRUE(test, meshmod_mss_clamp(skb, AF_INET, 1450));
	KUNIT_EXPECT_TRUE(test, !memcmp(options_of(skb), options, 8));

	ip_hdr(skb)->protocol = IPPROTO_TCP;
	ip_hdr(skb)->frag_off = htons(8);
	KUNIT_EXPECT_TRUE(test, meshmod_mss_clamp(skb, AF_INET, 1450));
	KUNIT_EXPECT_TRUE(test, !memcmp(options_of(skb), options, 8));

	/* Its header says that there is more than there is. */
	ip_hdr(skb)->frag_off = 0;
	skb_trim(skb, skb->len - 4);
	KUNIT_EXPECT_TRUE(test, meshmod_mss_clamp(skb, AF_INET, 1450));
}

static struct kunit_case mss_cases[] = {
	KUNIT_CASE(lowers_mss),
	KUNIT_CASE(leaves_others_alone),
	{}
};

static struct kunit_suite mss_suite = {
	.name = "meshmod-mss",
	.test_cases = mss_cases,
};

kunit_test_suite(mss_suite);
