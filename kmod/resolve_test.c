// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit: which connections come from an address and port.  Included by resolve.c.
 */
#include "testing.h"

/* The same of both families */
struct names {
	u8 family;
	const char *client, *vip, *ingress, *backend, *other;
};

static const struct names both[] = {
	{
		AF_INET, "192.0.2.1", "10.11.0.20", "10.11.0.4", "10.11.0.12",
		"10.11.0.5",
	}, {
		AF_INET6, "2001:db8::1", "fd00:11::20", "fd00:11::4",
		"fd00:11::c", "fd00:11::5",
	},
};

static struct meshmod_flow from(const char *addr, u16 port, u8 proto)
{
	return (struct meshmod_flow) {
		.ingress.addr = testing_addr(addr),
		.ingress.port = port,
		.proto = proto,
	};
}

/* A connection to the VIP that was balanced, from port 30940 */
static struct nf_conn *balanced(struct kunit *test, const struct names *n,
				u8 proto)
{
	struct nf_conn *ct = testing_conn(test, n->family);
	struct nf_conntrack_tuple *orig, *reply;

	orig = &ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple;
	reply = &ct->tuplehash[IP_CT_DIR_REPLY].tuple;
	orig->src.u3 = testing_addr(n->client).ip;
	orig->src.u.all = htons(52564);
	orig->dst.u3 = testing_addr(n->vip).ip;
	orig->dst.u.all = htons(8080);
	orig->dst.protonum = proto;
	reply->src.u3 = testing_addr(n->backend).ip;
	reply->src.u.all = htons(80);
	reply->dst.u3 = testing_addr(n->ingress).ip;
	reply->dst.u.all = htons(30940);
	reply->dst.protonum = proto;
	ct->mark = 0xab000100;
	ct->status = IPS_DST_NAT | IPS_SRC_NAT | IPS_CONFIRMED;
	ct->timeout = nfct_time_stamp + HZ;
	return ct;
}

static void expect_end(struct kunit *test, const struct meshmod_end *end,
		       const char *text, u16 port)
{
	const struct meshmod_addr addr = testing_addr(text);

	KUNIT_EXPECT_TRUE(test, meshmod_addr_equal(&end->addr, &addr));
	KUNIT_EXPECT_EQ(test, end->addr.prefix, 0);
	KUNIT_EXPECT_EQ(test, end->port, port);
}

static void reads_all_ends(struct kunit *test)
{
	const struct names *n;
	struct meshmod_flow f;

	for (n = both; n < both + ARRAY_SIZE(both); n++) {
		read_flow(balanced(test, n, IPPROTO_SCTP), &f);
		expect_end(test, &f.ingress, n->ingress, 30940);
		expect_end(test, &f.client, n->client, 52564);
		expect_end(test, &f.asked, n->vip, 8080);
		expect_end(test, &f.backend, n->backend, 80);
		KUNIT_EXPECT_EQ(test, f.proto, IPPROTO_SCTP);
		KUNIT_EXPECT_EQ(test, f.mark, 0xab000100);
	}
}

static bool finds(const struct nf_conn *ct, const char *addr, u16 port, u8 proto)
{
	const struct meshmod_flow key = from(addr, port, proto);

	return is_wanted(ct, &key);
}

static void wants_address_and_port(struct kunit *test)
{
	const struct nf_conn *ct;
	const struct names *n;

	for (n = both; n < both + ARRAY_SIZE(both); n++) {
		ct = balanced(test, n, IPPROTO_TCP);
		KUNIT_EXPECT_TRUE(test, finds(ct, n->ingress, 30940, 0));
		KUNIT_EXPECT_FALSE(test, finds(ct, n->ingress, 30941, 0));
		KUNIT_EXPECT_FALSE(test, finds(ct, n->other, 30940, 0));
		/* Other ends of it */
		KUNIT_EXPECT_FALSE(test, finds(ct, n->client, 52564, 0));
		KUNIT_EXPECT_FALSE(test, finds(ct, n->vip, 8080, 0));
		KUNIT_EXPECT_FALSE(test, finds(ct, n->backend, 80, 0));
	}
}

/* The bytes of one are in the other. */
static void wants_the_family(struct kunit *test)
{
	struct nf_conn *ct = balanced(test, &both[0], IPPROTO_TCP);

	KUNIT_EXPECT_TRUE(test, finds(ct, "10.11.0.4", 30940, 0));
	KUNIT_EXPECT_FALSE(test, finds(ct, "a0b:4::", 30940, 0));
	ct->tuplehash[IP_CT_DIR_REPLY].tuple.src.l3num = AF_INET6;
	KUNIT_EXPECT_TRUE(test, finds(ct, "a0b:4::", 30940, 0));
	KUNIT_EXPECT_FALSE(test, finds(ct, "10.11.0.4", 30940, 0));
}

static void wants_the_protocol(struct kunit *test)
{
	static const u8 protos[] = { IPPROTO_TCP, IPPROTO_UDP, IPPROTO_SCTP };
	const struct nf_conn *ct;
	u32 i, j;

	for (i = 0; i < ARRAY_SIZE(protos); i++) {
		ct = balanced(test, &both[0], protos[i]);
		KUNIT_EXPECT_TRUE(test, finds(ct, "10.11.0.4", 30940, 0));
		for (j = 0; j < ARRAY_SIZE(protos); j++)
			KUNIT_EXPECT_EQ(test, finds(ct, "10.11.0.4", 30940,
						    protos[j]), i == j);
	}
	/* What is no port */
	ct = balanced(test, &both[0], IPPROTO_ICMP);
	KUNIT_EXPECT_FALSE(test, finds(ct, "10.11.0.4", 30940, 0));
	ct = balanced(test, &both[1], IPPROTO_ICMPV6);
	KUNIT_EXPECT_FALSE(test, finds(ct, "fd00:11::4", 30940, 0));
	ct = balanced(test, &both[0], IPPROTO_GRE);
	KUNIT_EXPECT_FALSE(test, finds(ct, "10.11.0.4", 30940, 0));
}

/* Whose source is its own has nobody behind it. */
static void wants_translated_sources(struct kunit *test)
{
	struct nf_conn *ct = balanced(test, &both[0], IPPROTO_UDP);

	ct->status = IPS_SRC_NAT | IPS_CONFIRMED;
	KUNIT_EXPECT_TRUE(test, finds(ct, "10.11.0.4", 30940, 0));
	ct->status = IPS_DST_NAT | IPS_CONFIRMED;
	KUNIT_EXPECT_FALSE(test, finds(ct, "10.11.0.4", 30940, 0));
}

static void wants_no_expired_ones(struct kunit *test)
{
	struct nf_conn *ct = balanced(test, &both[0], IPPROTO_UDP);

	ct->timeout = nfct_time_stamp - 1;
	KUNIT_EXPECT_FALSE(test, finds(ct, "10.11.0.4", 30940, 0));
}

static void counts_what_there_is_no_room_for(struct kunit *test)
{
	const struct meshmod_flow key = from("10.11.0.4", 30940, 0);
	struct search s = { .key = &key, .room = 2 };
	struct nf_conn *ct = balanced(test, &both[0], IPPROTO_UDP);
	u32 i;

	s.found = kunit_kzalloc(test, struct_size(s.found, v, 3), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, s.found);
	for (i = 1; i <= 4; i++) {
		ct->mark = i;
		KUNIT_EXPECT_EQ(test, note(ct, &s), 0);
	}
	KUNIT_EXPECT_EQ(test, s.n, 4);
	KUNIT_EXPECT_EQ(test, s.found->v[0].mark, 1);
	KUNIT_EXPECT_EQ(test, s.found->v[1].mark, 2);
	KUNIT_EXPECT_EQ(test, s.found->v[2].mark, 0);
	ct->status = 0;
	KUNIT_EXPECT_EQ(test, note(ct, &s), 0);
	KUNIT_EXPECT_EQ(test, s.n, 4);
}

static void finds_nothing_where_nothing_is(struct kunit *test)
{
	const struct meshmod_flow key = from("10.11.0.4", 30940, 0);
	struct meshmod_flow_list *found = meshmod_resolve(&init_net, &key);

	KUNIT_ASSERT_FALSE(test, IS_ERR(found));
	KUNIT_EXPECT_EQ(test, found->n, 0);
	KUNIT_EXPECT_EQ(test, found->sent, 0);
	kvfree(found);
}

static struct kunit_case resolve_cases[] = {
	KUNIT_CASE(reads_all_ends),
	KUNIT_CASE(wants_address_and_port),
	KUNIT_CASE(wants_the_family),
	KUNIT_CASE(wants_the_protocol),
	KUNIT_CASE(wants_translated_sources),
	KUNIT_CASE(wants_no_expired_ones),
	KUNIT_CASE(counts_what_there_is_no_room_for),
	KUNIT_CASE(finds_nothing_where_nothing_is),
	{}
};

static struct kunit_suite resolve_suite = {
	.name = "meshmod-resolve",
	.test_cases = resolve_cases,
};

kunit_test_suite(resolve_suite);
