// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit: round robin.  Included by sched.c.
 */
#include "testing.h"

static struct meshmod_service *ready(struct kunit *test, u16 nbackends)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_service *s;

	s = testing_service(test, t, "web", 80, nbackends);
	KUNIT_ASSERT_EQ(test, meshmod_service_inherit(s, NULL), 0);
	meshmod_sched_prepare(s);
	return s;
}

static void takes_exact_turns(struct kunit *test)
{
	struct meshmod_service *s = ready(test, 3);
	int i;

	for (i = 0; i < 30; i++)
		KUNIT_EXPECT_PTR_EQ(test, meshmod_sched_pick(s, AF_INET),
				    &s->backends[i % 3]);
}

static void skips_what_is_not_usable(struct kunit *test)
{
	struct meshmod_service *s = ready(test, 4);

	s->backends[0].weight = 0;
	s->backends[1].state = MESHMOD_STATE_DRAINING;
	s->backends[2].state = MESHMOD_STATE_DOWN;
	meshmod_sched_prepare(s);
	KUNIT_EXPECT_EQ(test, s->nusable, 1);
	KUNIT_EXPECT_PTR_EQ(test, meshmod_sched_pick(s, AF_INET),
			    &s->backends[3]);
	KUNIT_EXPECT_PTR_EQ(test, meshmod_sched_pick(s, AF_INET),
			    &s->backends[3]);
}

static void weight_is_only_on_or_off(struct kunit *test)
{
	struct meshmod_service *s = ready(test, 2);

	s->backends[0].weight = 100;
	meshmod_sched_prepare(s);
	KUNIT_EXPECT_PTR_EQ(test, meshmod_sched_pick(s, AF_INET),
			    &s->backends[0]);
	KUNIT_EXPECT_PTR_EQ(test, meshmod_sched_pick(s, AF_INET),
			    &s->backends[1]);
}

static void nobody_usable(struct kunit *test)
{
	struct meshmod_service *s = ready(test, 1);

	s->backends[0].weight = 0;
	meshmod_sched_prepare(s);
	KUNIT_EXPECT_NULL(test, meshmod_sched_pick(s, AF_INET));
	KUNIT_EXPECT_EQ(test, atomic64_read(&s->run->turn), 0);
}

static void other_family_gets_nobody(struct kunit *test)
{
	struct meshmod_service *s = ready(test, 1);

	KUNIT_EXPECT_NULL(test, meshmod_sched_pick(s, AF_INET6));
}

static void turn_outlives_a_change(struct kunit *test)
{
	struct meshmod_service *s = ready(test, 3), *copy;

	meshmod_sched_pick(s, AF_INET);
	copy = meshmod_service_copy(s, 0, 0);
	KUNIT_ASSERT_NOT_NULL(test, copy);
	meshmod_sched_prepare(copy);
	KUNIT_EXPECT_PTR_EQ(test, meshmod_sched_pick(copy, AF_INET),
			    &copy->backends[1]);
	meshmod_service_put(copy);
}

static void turns_past_32_bits(struct kunit *test)
{
	struct meshmod_service *s = ready(test, 3);
	u64 start = U32_MAX - 1ULL;
	int i;

	atomic64_set(&s->run->turn, start);
	for (i = 0; i < 9; i++)
		KUNIT_EXPECT_PTR_EQ(test, meshmod_sched_pick(s, AF_INET),
				    &s->backends[(start + i) % 3]);
}

static struct kunit_case sched_cases[] = {
	KUNIT_CASE(takes_exact_turns),
	KUNIT_CASE(skips_what_is_not_usable),
	KUNIT_CASE(weight_is_only_on_or_off),
	KUNIT_CASE(nobody_usable),
	KUNIT_CASE(other_family_gets_nobody),
	KUNIT_CASE(turn_outlives_a_change),
	KUNIT_CASE(turns_past_32_bits),
	{}
};

static struct kunit_suite sched_suite = {
	.name = "meshmod-sched",
	.test_cases = sched_cases,
};

kunit_test_suite(sched_suite);
