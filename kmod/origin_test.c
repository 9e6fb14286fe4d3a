// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit: zones of origins, and what is kept of them.  Included by origin.c.
 */
#include "testing.h"

static void add_origin(struct meshmod_table *t, u8 c, u8 d)
{
	struct meshmod_origin *o = &t->origins[t->norigins++];

	ether_addr_copy(o->mac, (u8 []){ 2, 0x42, 10, 11, c, d });
	o->addr[0] = testing_ip(10, 11, c, d);
}

/* A table with room for @n origins */
static struct meshmod_table *with_room(struct kunit *test, u32 n)
{
	struct meshmod_table *t = testing_table(test, NULL);

	kvfree(t->origins);
	t->origins = kvcalloc(n, sizeof(*t->origins), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, t->origins);
	return t;
}

static void prepare(struct kunit *test, struct meshmod_table *t,
		    const struct meshmod_table *old)
{
	KUNIT_ASSERT_EQ(test, meshmod_table_index(t), 0);
	KUNIT_ASSERT_EQ(test, meshmod_origins_prepare(&init_net, t, old), 0);
}

static void zones_follow_the_mac(struct kunit *test)
{
	struct meshmod_table *t = with_room(test, 3);

	add_origin(t, 0, 4);
	add_origin(t, 1, 4);
	add_origin(t, 0, 0);
	prepare(test, t, NULL);
	KUNIT_EXPECT_EQ(test, t->origins[0].zone, 4);
	KUNIT_EXPECT_EQ(test, t->origins[1].zone, 0x104);
	/* 0 is everybody's. */
	KUNIT_EXPECT_EQ(test, t->origins[2].zone, 1);
	KUNIT_EXPECT_PTR_EQ(test, meshmod_table_by_zone(t, 0x104),
			    (const struct meshmod_origin *)&t->origins[1]);
	KUNIT_EXPECT_NULL(test, meshmod_table_by_zone(t, 0x105));
	KUNIT_EXPECT_EQ(test, nf_ct_zone(t->origins[1].run->template)->id,
			0x104);
}

static void zones_do_not_clash(struct kunit *test)
{
	struct meshmod_table *t = with_room(test, 4);
	u32 i, j;

	for (i = 0; i < 4; i++) {
		add_origin(t, 255, i < 2 ? 255 : 254);
		t->origins[i].mac[2] = i;
	}
	prepare(test, t, NULL);
	for (i = 0; i < 4; i++) {
		KUNIT_EXPECT_NE(test, t->origins[i].zone, 0);
		for (j = 0; j < i; j++)
			KUNIT_EXPECT_NE(test, t->origins[i].zone,
					t->origins[j].zone);
	}
}

/* Who stays keeps his zone, and where he is as well, all else. */
static void origins_stay(struct kunit *test)
{
	struct meshmod_table *a = with_room(test, 2), *b = with_room(test, 3);

	add_origin(a, 0, 4);
	add_origin(a, 0, 4);
	a->origins[1].mac[2] = 11;
	prepare(test, a, NULL);
	add_origin(b, 0, 4);
	b->origins[0].mac[2] = 12;
	add_origin(b, 0, 4);
	b->origins[1].mac[2] = 11;
	add_origin(b, 0, 4);
	b->origins[2].addr[0] = testing_ip(10, 11, 0, 5);
	prepare(test, b, a);
	KUNIT_EXPECT_EQ(test, b->origins[1].zone, a->origins[1].zone);
	KUNIT_EXPECT_PTR_EQ(test, b->origins[1].run, a->origins[1].run);
	KUNIT_EXPECT_EQ(test, b->origins[2].zone, a->origins[0].zone);
	KUNIT_EXPECT_PTR_NE(test, b->origins[2].run, a->origins[0].run);
	KUNIT_EXPECT_NE(test, b->origins[0].zone, a->origins[0].zone);
	KUNIT_EXPECT_NE(test, b->origins[0].zone, a->origins[1].zone);
}

static void copies_share(struct kunit *test)
{
	struct meshmod_table *a = with_room(test, 1), *b;

	add_origin(a, 0, 4);
	prepare(test, a, NULL);
	b = testing_table(test, a);
	KUNIT_EXPECT_TRUE(test, meshmod_origins_equal(a, b));
	KUNIT_EXPECT_PTR_EQ(test, b->origins[0].run, a->origins[0].run);
	prepare(test, b, a);
	KUNIT_EXPECT_PTR_EQ(test, b->origins[0].run, a->origins[0].run);
	KUNIT_EXPECT_EQ(test, refcount_read(&a->origins[0].run->ref), 2);
	b->origins[0].addr[1] = testing_addr("fd00:11::4");
	KUNIT_EXPECT_FALSE(test, meshmod_origins_equal(a, b));
}

static void connections_of_the_gone_end(struct kunit *test)
{
	struct meshmod_table *a = with_room(test, 2), *b = with_room(test, 1);
	const struct nf_conn *first, *second;

	add_origin(a, 0, 4);
	add_origin(a, 0, 5);
	prepare(test, a, NULL);
	add_origin(b, 0, 5);
	prepare(test, b, a);
	/* A template is in its zone as any connection is. */
	first = a->origins[0].run->template;
	second = a->origins[1].run->template;
	KUNIT_EXPECT_TRUE(test, meshmod_origin_gone(a, b, first));
	KUNIT_EXPECT_FALSE(test, meshmod_origin_gone(a, b, second));
	KUNIT_EXPECT_TRUE(test, meshmod_origin_gone(a, NULL, second));
	KUNIT_EXPECT_FALSE(test, meshmod_origin_gone(NULL, b, second));
	/* Somebody else's zone is none of ours. */
	KUNIT_EXPECT_FALSE(test, meshmod_origin_gone(b, NULL, first));
}

static struct kunit_case origin_cases[] = {
	KUNIT_CASE(zones_follow_the_mac),
	KUNIT_CASE(zones_do_not_clash),
	KUNIT_CASE(origins_stay),
	KUNIT_CASE(copies_share),
	KUNIT_CASE(connections_of_the_gone_end),
	{}
};

static struct kunit_suite origin_suite = {
	.name = "meshmod-origin",
	.test_cases = origin_cases,
};

kunit_test_suite(origin_suite);
