// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit: which connections are offloaded.  Included by offload.c.
 */
#include "testing.h"

/* An established connection of a client by TCP that "web" has balanced */
static struct nf_conn *established(struct kunit *test)
{
	struct nf_conn *ct = testing_conn(test, AF_INET);
	struct nf_conntrack_tuple *orig, *reply;

	orig = &ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple;
	reply = &ct->tuplehash[IP_CT_DIR_REPLY].tuple;
	orig->src.u3 = testing_addr("192.0.2.1").ip;
	orig->dst.u3 = testing_addr("192.0.2.10").ip;
	orig->dst.protonum = IPPROTO_TCP;
	reply->src.u3 = testing_addr("10.11.0.12").ip;
	reply->dst.u3 = testing_addr("10.11.0.4").ip;
	ct->proto.tcp.state = TCP_CONNTRACK_ESTABLISHED;
	ct->mark = 256;
	ct->status = IPS_DST_NAT | IPS_SRC_NAT | IPS_SEEN_REPLY | IPS_ASSURED |
		     IPS_CONFIRMED;
	return ct;
}

static struct meshmod_table *with_web(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_service *s = testing_service(test, t, "web", 80, 1);

	s->mark = 256;
	t->node.masquerade[t->node.nmasquerade++] =
		testing_addr("172.18.0.0/16");
	KUNIT_ASSERT_EQ(test, meshmod_table_index(t), 0);
	return t;
}

static void offload_test_judges(struct kunit *test)
{
	const struct meshmod_table *t = with_web(test);
	struct nf_conn *ct = established(test);

	KUNIT_EXPECT_EQ(test, judge(t, ct), MESHMOD_A_FLOWS_SLOW);
	ct->mark = 0xab000100;			/* others' bits do not matter */
	KUNIT_EXPECT_EQ(test, judge(t, ct), MESHMOD_A_FLOWS_SLOW);
	ct->proto.tcp.state = TCP_CONNTRACK_FIN_WAIT;
	KUNIT_EXPECT_EQ(test, judge(t, ct), MESHMOD_A_FLOWS_OPENING);
	ct->proto.tcp.state = TCP_CONNTRACK_ESTABLISHED;
	ct->status &= ~IPS_ASSURED;
	KUNIT_EXPECT_EQ(test, judge(t, ct), MESHMOD_A_FLOWS_OPENING);
	ct->status |= IPS_ASSURED | IPS_DYING;
	KUNIT_EXPECT_EQ(test, judge(t, ct), MESHMOD_A_FLOWS_OPENING);
	ct->status &= ~IPS_DYING;
	ct->status |= IPS_SEQ_ADJUST;
	KUNIT_EXPECT_EQ(test, judge(t, ct), MESHMOD_A_FLOWS_SPECIAL);
	ct->status &= ~IPS_SEQ_ADJUST;
	ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple.dst.protonum = IPPROTO_SCTP;
	KUNIT_EXPECT_EQ(test, judge(t, ct), MESHMOD_A_FLOWS_PROTOCOL);
}

static void offload_test_switches(struct kunit *test)
{
	struct meshmod_table *t = with_web(test);
	struct nf_conn *ct = established(test);

	t->services[0]->offload = false;
	KUNIT_EXPECT_EQ(test, judge(t, ct), MESHMOD_A_FLOWS_OFF);
	t->services[0]->offload = true;
	t->node.offload = false;
	KUNIT_EXPECT_EQ(test, judge(t, ct), MESHMOD_A_FLOWS_OFF);
}

static void offload_test_whose(struct kunit *test)
{
	const struct meshmod_table *t = with_web(test);
	struct nf_conn *ct = established(test);

	ct->mark = 257;
	KUNIT_EXPECT_EQ(test, judge(t, ct), 0);
	ct->mark = 256;
	ct->status &= ~IPS_DST_NAT;
	KUNIT_EXPECT_EQ(test, judge(t, ct), 0);
	/* Out of the gateway subnet */
	ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple.src.u3 =
		testing_addr("172.18.0.12").ip;
	KUNIT_EXPECT_EQ(test, judge(t, ct), MESHMOD_A_FLOWS_SLOW);
	ct->status &= ~IPS_SRC_NAT;
	KUNIT_EXPECT_EQ(test, judge(t, ct), 0);
}

static void offload_test_lasts(struct kunit *test)
{
	struct nf_conn *a = established(test), *b = established(test);
	struct meshmod_offload o = {};
	int i;

	o.seen = kunit_kcalloc(test, MESHMOD_OFFLOAD_SEEN, sizeof(*o.seen),
			       GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, o.seen);
	for (i = 0; i < 4; i++) {
		KUNIT_EXPECT_FALSE(test, lasts(&o, a, IP_CT_DIR_ORIGINAL));
		KUNIT_EXPECT_FALSE(test, lasts(&o, a, IP_CT_DIR_REPLY));
	}
	KUNIT_EXPECT_TRUE(test, lasts(&o, a, IP_CT_DIR_ORIGINAL));
	KUNIT_EXPECT_TRUE(test, lasts(&o, a, IP_CT_DIR_REPLY));
	KUNIT_EXPECT_TRUE(test, lasts(&o, a, IP_CT_DIR_ORIGINAL));
	KUNIT_EXPECT_FALSE(test, lasts(&o, b, IP_CT_DIR_ORIGINAL));
}

static struct kunit_case offload_test_cases[] = {
	KUNIT_CASE(offload_test_judges),
	KUNIT_CASE(offload_test_switches),
	KUNIT_CASE(offload_test_whose),
	KUNIT_CASE(offload_test_lasts),
	{}
};

static struct kunit_suite offload_test_suite = {
	.name = "meshmod-offload",
	.test_cases = offload_test_cases,
};

kunit_test_suite(offload_test_suite);
