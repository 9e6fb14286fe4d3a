// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit: source addresses and ports.  Included by nat.c.
 */
#include <linux/bitmap.h>

#include "testing.h"

static void each_turn_its_own_port(struct kunit *test)
{
	unsigned long *seen = bitmap_zalloc(U16_MAX + 1, GFP_KERNEL);
	u32 turn, start = U32_MAX - 1000;	/* across the wrap */

	KUNIT_ASSERT_NOT_NULL(test, seen);
	for (turn = 0; turn <= U16_MAX; turn++) {
		u16 port = meshmod_nat_port(start + turn);

		if (port && test_and_set_bit(port, seen))
			break;
	}
	KUNIT_EXPECT_EQ(test, turn, U16_MAX + 1);
	KUNIT_EXPECT_EQ(test, bitmap_weight(seen, U16_MAX + 1),
			U16_MAX + 1 - FIRST_PORT);
	KUNIT_EXPECT_EQ(test, find_first_bit(seen, U16_MAX + 1), FIRST_PORT);
	bitmap_free(seen);
}

/* What find_source() works on; no hook ever sees this conntrack. */
struct sources {
	struct meshmod_net mn;
	struct meshmod_node node;
	struct nf_conn ct;
	struct meshmod_backend backend;
};

static struct sources *new_sources(struct kunit *test, u8 family)
{
	struct sources *s = kunit_kzalloc(test, sizeof(*s), GFP_KERNEL);
	struct nf_conntrack_tuple *reply;

	KUNIT_ASSERT_NOT_NULL(test, s);
	write_pnet(&s->ct.ct_net, &init_net);
	s->ct.tuplehash[IP_CT_DIR_ORIGINAL].tuple.src.l3num = family;
	reply = &s->ct.tuplehash[IP_CT_DIR_REPLY].tuple;
	reply->src.l3num = family;
	reply->src.u.tcp.port = htons(80);
	reply->dst.protonum = IPPROTO_TCP;
	reply->dst.dir = IP_CT_DIR_REPLY;
	s->backend.addr[0] = testing_addr("10.11.0.12");
	s->backend.addr[1] = testing_addr("fd00:11::c");
	return s;
}

static void give_ingress(struct sources *s, const char *addr)
{
	const struct meshmod_addr a = testing_addr(addr);
	struct meshmod_ingress *ingress;

	ingress = &s->node.ingress[meshmod_af(a.family)];
	ingress->addrs[ingress->n++] = a;
}

/* The source of the next connection */
static int next_source(struct sources *s, struct nf_nat_range2 *range)
{
	int err;

	memset(range, 0, sizeof(*range));
	rcu_read_lock();
	err = find_source(&s->mn, &s->node, &s->ct, &s->backend, range);
	rcu_read_unlock();
	return err;
}

static void turns_through_the_ingress_addresses(struct kunit *test)
{
	struct sources *s = new_sources(test, AF_INET);
	struct nf_nat_range2 range;
	u32 i, turn, n[2] = {};

	give_ingress(s, "10.11.0.4");
	give_ingress(s, "fd00:11::4");
	give_ingress(s, "10.11.0.5");
	for (i = 0; i < 100; i++) {
		KUNIT_ASSERT_EQ(test, next_source(s, &range), 0);
		turn = atomic_read(&s->mn.snat_turn[0]) - 1;
		KUNIT_EXPECT_EQ(test, range.min_addr.ip,
				s->node.ingress[0].addrs[turn % 2].ip.ip);
		KUNIT_EXPECT_EQ(test, range.max_addr.ip, range.min_addr.ip);
		KUNIT_EXPECT_EQ(test, ntohs(range.min_proto.all),
				meshmod_nat_port(turn));
		KUNIT_EXPECT_EQ(test, range.max_proto.all, range.min_proto.all);
		KUNIT_EXPECT_EQ(test, range.flags,
				NF_NAT_RANGE_MAP_IPS |
				NF_NAT_RANGE_PROTO_SPECIFIED);
		n[turn % 2]++;
	}
	KUNIT_EXPECT_GT(test, n[0], 45);
	KUNIT_EXPECT_GT(test, n[1], 45);
	KUNIT_EXPECT_EQ(test, atomic_read(&s->mn.snat_turn[1]), 0);
}

static void each_family_has_its_own_addresses(struct kunit *test)
{
	struct sources *s = new_sources(test, AF_INET6);
	const struct meshmod_addr want = testing_addr("fd00:11::4");
	struct nf_nat_range2 range;
	u32 i;

	give_ingress(s, "10.11.0.4");
	KUNIT_EXPECT_EQ(test, next_source(s, &range), -EADDRNOTAVAIL);
	give_ingress(s, "fd00:11::4");
	for (i = 0; i < 100; i++) {
		KUNIT_ASSERT_EQ(test, next_source(s, &range), 0);
		KUNIT_EXPECT_TRUE(test, nf_inet_addr_cmp(&range.min_addr,
							 &want.ip));
	}
	KUNIT_EXPECT_EQ(test, atomic_read(&s->mn.snat_turn[0]), 0);
}

/* One after the other, N addresses have N times as many ports as one. */
static void each_address_gives_all_its_ports(struct kunit *test)
{
	static const u16 counts[] = { 2, 3, 16 };
	unsigned long *seen;
	u32 i, turn, bit;
	u16 port;

	seen = bitmap_zalloc(MESHMOD_MAX_INGRESS << 16, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, seen);
	for (i = 0; i < ARRAY_SIZE(counts); i++) {
		bitmap_zero(seen, MESHMOD_MAX_INGRESS << 16);
		for (turn = 0; turn < (u32)counts[i] << 16; turn++) {
			port = meshmod_nat_port(turn);
			if (!port)
				continue;
			bit = address_turn(turn) % counts[i];
			__set_bit(bit << 16 | port, seen);
		}
		KUNIT_EXPECT_EQ(test,
				bitmap_weight(seen, MESHMOD_MAX_INGRESS << 16),
				counts[i] * (U16_MAX + 1 - FIRST_PORT));
	}
	bitmap_free(seen);
}

/* The same of a family's full list, as connections really get them */
static void sixteen_addresses_of_a_family(struct kunit *test)
{
	struct sources *s = new_sources(test, AF_INET6);
	struct meshmod_ingress *ingress = &s->node.ingress[1];
	u32 i, n[MESHMOD_MAX_INGRESS] = {};
	struct nf_nat_range2 range;

	give_ingress(s, "10.11.0.4");
	for (i = 0; i < MESHMOD_MAX_INGRESS; i++) {
		give_ingress(s, "fd00:11::");
		ingress->addrs[i].ip.in6.s6_addr[15] = i;
	}
	for (i = 0; i < 1600; i++) {
		KUNIT_ASSERT_EQ(test, next_source(s, &range), 0);
		n[range.min_addr.in6.s6_addr[15] % MESHMOD_MAX_INGRESS]++;
	}
	for (i = 0; i < MESHMOD_MAX_INGRESS; i++)
		KUNIT_EXPECT_GT_MSG(test, n[i], 90, "%u", i);
}

static struct kunit_case nat_cases[] = {
	KUNIT_CASE(each_turn_its_own_port),
	KUNIT_CASE(turns_through_the_ingress_addresses),
	KUNIT_CASE(each_family_has_its_own_addresses),
	KUNIT_CASE(each_address_gives_all_its_ports),
	KUNIT_CASE(sixteen_addresses_of_a_family),
	{}
};

static struct kunit_suite nat_suite = {
	.name = "meshmod-nat",
	.test_cases = nat_cases,
};

kunit_test_suite(nat_suite);
