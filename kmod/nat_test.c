// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit: source ports.  Included by nat.c.
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

static void turns_through_the_ingress_addresses(struct kunit *test)
{
	struct meshmod_node node = { .ningress = 3 };

	node.ingress[0] = testing_ip(10, 11, 0, 4);
	node.ingress[1].family = AF_INET6;
	node.ingress[2] = testing_ip(10, 11, 0, 5);
	KUNIT_EXPECT_PTR_EQ(test, ingress_address(&node, AF_INET, 0),
			    &node.ingress[0]);
	KUNIT_EXPECT_PTR_EQ(test, ingress_address(&node, AF_INET, 1),
			    &node.ingress[2]);
	KUNIT_EXPECT_PTR_EQ(test, ingress_address(&node, AF_INET6, 5),
			    &node.ingress[1]);
	node.ningress = 0;
	KUNIT_EXPECT_NULL(test, ingress_address(&node, AF_INET, 0));
}

/* One after the other, N addresses have N times as many ports as one. */
static void each_address_gives_all_its_ports(struct kunit *test)
{
	static const u16 counts[] = { 2, 3, 16 };
	struct meshmod_node node = {};
	unsigned long *seen;
	u32 i, turn, bit;
	u16 port;

	for (i = 0; i < MESHMOD_MAX_INGRESS; i++)
		node.ingress[i] = testing_ip(10, 11, 0, i);
	seen = bitmap_zalloc(MESHMOD_MAX_INGRESS << 16, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, seen);
	for (i = 0; i < ARRAY_SIZE(counts); i++) {
		node.ningress = counts[i];
		bitmap_zero(seen, MESHMOD_MAX_INGRESS << 16);
		for (turn = 0; turn < (u32)counts[i] << 16; turn++) {
			port = meshmod_nat_port(turn);
			if (!port)
				continue;
			bit = ingress_address(&node, AF_INET,
					      address_turn(turn)) - node.ingress;
			__set_bit(bit << 16 | port, seen);
		}
		KUNIT_EXPECT_EQ(test,
				bitmap_weight(seen, MESHMOD_MAX_INGRESS << 16),
				counts[i] * (U16_MAX + 1 - FIRST_PORT));
	}
	bitmap_free(seen);
}

static struct kunit_case nat_cases[] = {
	KUNIT_CASE(each_turn_its_own_port),
	KUNIT_CASE(turns_through_the_ingress_addresses),
	KUNIT_CASE(each_address_gives_all_its_ports),
	{}
};

static struct kunit_suite nat_suite = {
	.name = "meshmod-nat",
	.test_cases = nat_cases,
};

kunit_test_suite(nat_suite);
