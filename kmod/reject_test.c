// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit: the abort that answers SCTP.  Included by reject.c.
 */
#include "testing.h"

#define TAG		0x12345678	/* of the packet */
#define INIT_TAG	0x9abcdef0	/* that the sender told */

/* An SCTP packet to this host itself, of which nothing is cut yet */
static struct sk_buff *new_sctp(struct kunit *test, bool v4, u8 chunk)
{
	struct sk_buff *skb = testing_skb(test, 512);
	struct sctp_init_chunk *init;
	struct ipv6hdr *ip6h;
	struct sctphdr *head;
	struct iphdr *iph;

	skb_reset_network_header(skb);
	if (v4) {
		iph = skb_put_zero(skb, sizeof(*iph));
		iph->version = 4;
		iph->ihl = 5;
		iph->protocol = IPPROTO_SCTP;
		iph->saddr = testing_addr("127.0.0.1").ip.ip;
		iph->daddr = testing_addr("127.0.0.2").ip.ip;
	} else {
		ip6h = skb_put_zero(skb, sizeof(*ip6h));
		ip6h->version = 6;
		ip6h->nexthdr = IPPROTO_SCTP;
		ip6h->saddr = testing_addr("::1").ip.in6;
		ip6h->daddr = testing_addr("fd00:11::20").ip.in6;
	}
	head = skb_put_zero(skb, sizeof(*head));
	head->source = htons(40000);
	head->dest = htons(9000);
	head->vtag = htonl(chunk == SCTP_CID_INIT ? 0 : TAG);
	init = skb_put_zero(skb, sizeof(*init));
	init->chunk_hdr.type = chunk;
	init->init_hdr.init_tag = htonl(INIT_TAG);
	return skb;
}

static void aborts_with_the_right_tag(struct kunit *test)
{
	static const struct {
		u8 chunk;
		u32 tag;
		u8 flags;
	} cases[] = {
		{ SCTP_CID_INIT, INIT_TAG, 0 },
		{ SCTP_CID_DATA, TAG, SCTP_CHUNK_FLAG_T },
		{ SCTP_CID_COOKIE_ECHO, TAG, SCTP_CHUNK_FLAG_T },
	};
	struct abort answer;
	struct sk_buff *skb;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		skb = new_sctp(test, true, cases[i].chunk);
		KUNIT_ASSERT_TRUE(test, fill_abort(skb, 20, &answer));
		KUNIT_EXPECT_EQ(test, ntohs(answer.head.source), 9000);
		KUNIT_EXPECT_EQ(test, ntohs(answer.head.dest), 40000);
		KUNIT_EXPECT_EQ(test, ntohl(answer.head.vtag), cases[i].tag);
		KUNIT_EXPECT_EQ(test, answer.chunk.type, SCTP_CID_ABORT);
		KUNIT_EXPECT_EQ(test, answer.chunk.flags, cases[i].flags);
		KUNIT_EXPECT_EQ(test, ntohs(answer.chunk.length), 4);
	}
}

/* Two hosts must not abort each other for ever. */
static void aborts_no_end(struct kunit *test)
{
	struct abort answer;

	KUNIT_EXPECT_FALSE(test, fill_abort(new_sctp(test, true,
						     SCTP_CID_ABORT),
					    20, &answer));
	KUNIT_EXPECT_FALSE(test,
			   fill_abort(new_sctp(test, true,
					       SCTP_CID_SHUTDOWN_COMPLETE),
				      20, &answer));
}

static void aborts_nothing_that_is_cut(struct kunit *test)
{
	const u32 data = 20 + sizeof(struct sctphdr) +
			 sizeof(struct sctp_chunkhdr);
	struct abort answer;
	struct sk_buff *skb;
	u32 len;

	for (len = 20; len <= data + 4; len++) {
		skb = new_sctp(test, true, SCTP_CID_DATA);
		skb_trim(skb, len);
		KUNIT_EXPECT_EQ(test, fill_abort(skb, 20, &answer),
				len >= data);
		skb = new_sctp(test, true, SCTP_CID_INIT);
		skb_trim(skb, len);
		KUNIT_EXPECT_EQ(test, fill_abort(skb, 20, &answer),
				len >= data + 4);
	}
	skb = new_sctp(test, true, SCTP_CID_DATA);
	KUNIT_EXPECT_FALSE(test, fill_abort(skb, -1, &answer));
}

static void expect_abort(struct kunit *test, bool v4)
{
	struct sk_buff *old = new_sctp(test, v4, SCTP_CID_INIT), *skb;
	int at = v4 ? sizeof(struct iphdr) : sizeof(struct ipv6hdr);
	struct abort answer, *sent;
	struct meshmod_packet p;
	struct dst_entry *dst;

	meshmod_packet_read(old, v4 ? AF_INET : AF_INET6, &p);
	KUNIT_ASSERT_TRUE(test, fill_abort(old, p.offset, &answer));
	dst = way_back(&init_net, &p);
	KUNIT_ASSERT_NOT_NULL(test, dst);
	skb = build_abort(old, dst, &answer, v4);
	dst_release(dst);
	KUNIT_ASSERT_NOT_NULL(test, skb);
	KUNIT_EXPECT_EQ(test, skb->len, at + sizeof(*sent));
	KUNIT_EXPECT_EQ(test, skb_network_offset(skb), 0);
	KUNIT_EXPECT_EQ(test, skb_transport_offset(skb), at);
	sent = (struct abort *)(skb->data + at);
	KUNIT_EXPECT_EQ(test, ntohl(sent->head.vtag), INIT_TAG);
	/* The kernel computes it as if there were none in the packet. */
	KUNIT_EXPECT_EQ(test, sent->head.checksum,
			sctp_compute_cksum(skb, at));
	meshmod_packet_read(skb, v4 ? AF_INET : AF_INET6, &p);
	KUNIT_EXPECT_EQ(test, p.proto, IPPROTO_SCTP);
	KUNIT_EXPECT_EQ(test, p.offset, at);
	if (v4)
		KUNIT_EXPECT_TRUE(test, ip_hdr(skb)->saddr ==
					ip_hdr(old)->daddr &&
					ip_hdr(skb)->daddr ==
					ip_hdr(old)->saddr);
	else
		KUNIT_EXPECT_TRUE(test,
				  ipv6_addr_equal(&ipv6_hdr(skb)->saddr,
						  &ipv6_hdr(old)->daddr) &&
				  ipv6_addr_equal(&ipv6_hdr(skb)->daddr,
						  &ipv6_hdr(old)->saddr));
	kfree_skb(skb);
}

static void sends_it_back_whole(struct kunit *test)
{
	expect_abort(test, true);
	expect_abort(test, false);
}

static struct kunit_case reject_cases[] = {
	KUNIT_CASE(aborts_with_the_right_tag),
	KUNIT_CASE(aborts_no_end),
	KUNIT_CASE(aborts_nothing_that_is_cut),
	KUNIT_CASE(sends_it_back_whole),
	{}
};

static struct kunit_suite reject_suite = {
	.name = "meshmod-reject",
	.test_cases = reject_cases,
};

kunit_test_suite(reject_suite);
