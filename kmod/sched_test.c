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
	KUNIT_EXPECT_EQ(test, s->nusable[0], 1);
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
	KUNIT_EXPECT_EQ(test, atomic64_read(&s->run->turn[0]), 0);
}

static void other_family_gets_nobody(struct kunit *test)
{
	struct meshmod_service *s = ready(test, 1);

	KUNIT_EXPECT_NULL(test, meshmod_sched_pick(s, AF_INET6));
	KUNIT_EXPECT_EQ(test, atomic64_read(&s->run->turn[1]), 0);
	KUNIT_EXPECT_PTR_EQ(test, meshmod_sched_pick(s, AF_INET),
			    &s->backends[0]);
}

/* Give backend @i of @s the address fd00:11::@i as well, or alone. */
static void give_ipv6(struct meshmod_service *s, u16 i, bool alone)
{
	struct meshmod_addr *addr = s->backends[i].addr;

	addr[1] = testing_addr("fd00:11::");
	addr[1].ip.in6.s6_addr[15] = i;
	if (alone)
		memset(&addr[0], 0, sizeof(addr[0]));
	meshmod_sched_prepare(s);
}

static void ipv6_alone_takes_turns_too(struct kunit *test)
{
	struct meshmod_service *s = ready(test, 3);
	int i;

	for (i = 0; i < 3; i++)
		give_ipv6(s, i, true);
	for (i = 0; i < 9; i++)
		KUNIT_EXPECT_PTR_EQ(test, meshmod_sched_pick(s, AF_INET6),
				    &s->backends[i % 3]);
	KUNIT_EXPECT_NULL(test, meshmod_sched_pick(s, AF_INET));
}

/* However clients of both mix, each family's next one is next in its turn. */
static void each_family_takes_its_own_turns(struct kunit *test)
{
	static const u16 v4[] = { 0, 1, 3 }, v6[] = { 1, 2, 3, 4 };
	struct meshmod_service *s = ready(test, 5);
	const struct meshmod_backend *b;
	u32 i, n[2] = {};
	u16 want;

	give_ipv6(s, 1, false);
	give_ipv6(s, 2, true);
	give_ipv6(s, 3, false);
	give_ipv6(s, 4, true);
	KUNIT_EXPECT_EQ(test, s->nusable[0], 3);
	KUNIT_EXPECT_EQ(test, s->nusable[1], 4);
	for (i = 0; i < 240; i++) {
		if (i * i % 7 < 3) {
			b = meshmod_sched_pick(s, AF_INET);
			want = v4[n[0]++ % 3];
		} else {
			b = meshmod_sched_pick(s, AF_INET6);
			want = v6[n[1]++ % 4];
		}
		if (b != &s->backends[want])
			break;
	}
	KUNIT_EXPECT_EQ(test, i, 240);
	KUNIT_EXPECT_GT(test, n[0], 0);
	KUNIT_EXPECT_GT(test, n[1], 0);
}

static void state_counts_in_both_families(struct kunit *test)
{
	struct meshmod_service *s = ready(test, 2);

	give_ipv6(s, 0, false);
	give_ipv6(s, 1, false);
	s->backends[0].state = MESHMOD_STATE_DOWN;
	meshmod_sched_prepare(s);
	KUNIT_EXPECT_PTR_EQ(test, meshmod_sched_pick(s, AF_INET),
			    &s->backends[1]);
	KUNIT_EXPECT_PTR_EQ(test, meshmod_sched_pick(s, AF_INET6),
			    &s->backends[1]);
}

static void turn_outlives_a_change(struct kunit *test)
{
	static const struct meshmod_size none;
	struct meshmod_service *s = ready(test, 3), *copy;

	meshmod_sched_pick(s, AF_INET);
	copy = meshmod_service_copy(s, &none);
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

	atomic64_set(&s->run->turn[0], start);
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
	KUNIT_CASE(ipv6_alone_takes_turns_too),
	KUNIT_CASE(each_family_takes_its_own_turns),
	KUNIT_CASE(state_counts_in_both_families),
	KUNIT_CASE(turn_outlives_a_change),
	KUNIT_CASE(turns_past_32_bits),
	{}
};

static struct kunit_suite sched_suite = {
	.name = "meshmod-sched",
	.test_cases = sched_cases,
};

kunit_test_suite(sched_suite);
