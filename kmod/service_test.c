// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit: where a service listens, whom it admits, when two are the same.
 * Included by service.c.
 */
#include "testing.h"

static bool listens(const struct meshmod_service *s, const char *dst,
		    const char *dev)
{
	const struct meshmod_addr addr = testing_addr(dst);

	return meshmod_service_listens(s, &addr, dev);
}

static bool admits(const struct meshmod_service *s, u16 port, const char *src)
{
	const struct meshmod_addr addr = testing_addr(src);

	return meshmod_service_admits(s, &s->ports[port], &addr);
}

static void listens_everywhere_by_default(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_service *s = testing_service(test, t, "web", 80, 0);

	KUNIT_EXPECT_TRUE(test, listens(s, "192.0.2.10", "eth0"));
	KUNIT_EXPECT_TRUE(test, listens(s, "2001:db8::10", "lo"));
	KUNIT_EXPECT_TRUE(test, listens(s, "192.0.2.10", NULL));
	KUNIT_EXPECT_TRUE(test, listens(s, "192.0.2.10", ""));
}

static void listens_on_addresses(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_service *s = testing_service(test, t, "web", 80, 0);

	testing_listen(s, "192.0.2.10/32", NULL);
	testing_listen(s, "198.51.100.0/25", NULL);
	testing_listen(s, "2001:db8::10/128", NULL);
	KUNIT_EXPECT_TRUE(test, listens(s, "192.0.2.10", "eth0"));
	KUNIT_EXPECT_TRUE(test, listens(s, "192.0.2.10", NULL));
	KUNIT_EXPECT_TRUE(test, listens(s, "192.0.2.10", ""));
	KUNIT_EXPECT_FALSE(test, listens(s, "192.0.2.11", "eth0"));
	KUNIT_EXPECT_FALSE(test, listens(s, "192.0.2.11", NULL));
	KUNIT_EXPECT_TRUE(test, listens(s, "198.51.100.127", "eth1"));
	KUNIT_EXPECT_FALSE(test, listens(s, "198.51.100.128", "eth1"));
	KUNIT_EXPECT_TRUE(test, listens(s, "2001:db8::10", "eth0"));
	KUNIT_EXPECT_FALSE(test, listens(s, "2001:db8::11", "eth0"));
}

static void listens_on_devices(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_service *s = testing_service(test, t, "web", 80, 0);

	testing_listen(s, NULL, "eth0");
	testing_listen(s, NULL, "lo");
	KUNIT_EXPECT_TRUE(test, listens(s, "192.0.2.10", "eth0"));
	KUNIT_EXPECT_TRUE(test, listens(s, "2001:db8::10", "lo"));
	KUNIT_EXPECT_FALSE(test, listens(s, "192.0.2.10", "eth1"));
	KUNIT_EXPECT_FALSE(test, listens(s, "192.0.2.10", "eth00"));
	KUNIT_EXPECT_FALSE(test, listens(s, "192.0.2.10", "eth"));
	/* Any of those; none of them */
	KUNIT_EXPECT_TRUE(test, listens(s, "192.0.2.10", NULL));
	KUNIT_EXPECT_FALSE(test, listens(s, "192.0.2.10", ""));
}

static void one_of_several_is_enough(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_service *s = testing_service(test, t, "web", 80, 0);

	testing_listen(s, "192.0.2.10/32", NULL);
	testing_listen(s, NULL, "eth1");
	KUNIT_EXPECT_TRUE(test, listens(s, "192.0.2.10", "eth0"));
	KUNIT_EXPECT_TRUE(test, listens(s, "192.0.2.11", "eth1"));
	KUNIT_EXPECT_FALSE(test, listens(s, "192.0.2.11", "eth0"));
	KUNIT_EXPECT_TRUE(test, listens(s, "192.0.2.10", ""));
	KUNIT_EXPECT_FALSE(test, listens(s, "192.0.2.11", ""));
}

static void admits_by_source(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_service *s = testing_service(test, t, "web", 80, 0);

	s->ports[s->nports++] = testing_range(IPPROTO_TCP, 443, 443);
	s->ports[s->nports++] = testing_range(IPPROTO_TCP, 22, 22);
	testing_source(s, 0, "192.0.2.0/24");
	testing_source(s, 0, "2001:db8:1::/48");
	testing_source(s, 1, "2001:db8:2::/48");
	KUNIT_EXPECT_TRUE(test, admits(s, 0, "192.0.2.255"));
	KUNIT_EXPECT_FALSE(test, admits(s, 0, "192.0.3.0"));
	KUNIT_EXPECT_TRUE(test, admits(s, 0, "2001:db8:1::1"));
	KUNIT_EXPECT_FALSE(test, admits(s, 0, "2001:db8:2::1"));
	/* Who has none of a family has nobody of it. */
	KUNIT_EXPECT_FALSE(test, admits(s, 1, "192.0.2.1"));
	KUNIT_EXPECT_FALSE(test, admits(s, 1, "2001:db8:1::1"));
	KUNIT_EXPECT_TRUE(test, admits(s, 1, "2001:db8:2::1"));
	/* Who has none has everybody. */
	KUNIT_EXPECT_TRUE(test, admits(s, 2, "203.0.113.1"));
	KUNIT_EXPECT_TRUE(test, admits(s, 2, "2001:db8:3::1"));
}

/* One with all that a service can have, and its running state */
static struct meshmod_service *full(struct kunit *test, struct meshmod_table *t)
{
	struct meshmod_service *s = testing_service(test, t, "web", 80, 2);

	s->mark = 300;
	s->offload = false;
	s->ports[s->nports++] = testing_range(IPPROTO_UDP, 443, 450);
	testing_source(s, 0, "192.0.2.0/24");
	testing_source(s, 1, "2001:db8:1::/48");
	testing_listen(s, "192.0.2.0/25", NULL);
	testing_listen(s, NULL, "eth0");
	s->vips[s->nvips++] = testing_addr("10.11.0.20");
	s->vips[s->nvips++] = testing_addr("fd00:11::20");
	s->backends[0].addr[1] = testing_addr("fd00:11::1");
	KUNIT_ASSERT_EQ(test, meshmod_service_inherit(s, NULL), 0);
	return s;
}

static struct meshmod_service *copy_of(struct kunit *test,
				       struct meshmod_table *t,
				       const struct meshmod_service *s)
{
	static const struct meshmod_size more = { .sources = 1, .backends = 1 };
	struct meshmod_service *copy = meshmod_service_copy(s, &more);

	KUNIT_ASSERT_NOT_NULL(test, copy);
	t->services[t->nservices++] = copy;
	return copy;
}

static void a_copy_is_the_same(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_service *s = full(test, t), *c = copy_of(test, t, s);

	KUNIT_EXPECT_STREQ(test, c->name, s->name);
	KUNIT_EXPECT_TRUE(test, meshmod_service_equal(s, c));
	KUNIT_EXPECT_FALSE(test, c->offload);
	KUNIT_EXPECT_PTR_EQ(test, c->run, s->run);
	KUNIT_ASSERT_EQ(test, c->nbackends, 2);
	KUNIT_EXPECT_TRUE(test, meshmod_backend_equal(&c->backends[0],
						      &s->backends[0]));
	KUNIT_EXPECT_PTR_EQ(test, c->backends[1].run, s->backends[1].run);
}

/* Where a port's sources stand does not matter, only which they are. */
static void sources_may_have_moved(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_service *s = full(test, t), *c = copy_of(test, t, s);

	swap(c->sources[0], c->sources[1]);
	KUNIT_EXPECT_FALSE(test, meshmod_service_equal(s, c));
	c->ports[0].source = 1;
	c->ports[1].source = 0;
	KUNIT_EXPECT_TRUE(test, meshmod_service_equal(s, c));
}

static bool change_something(struct meshmod_service *s, int what)
{
	switch (what) {
	case 0:
		s->mark++;
		return true;
	case 1:
		s->source = MESHMOD_SOURCE_PRESERVE;
		return true;
	case 2:
		s->refuse = MESHMOD_REFUSE_DROP;
		return true;
	case 3:
		s->nvips--;
		return true;
	case 4:
		s->vips[1] = testing_addr("fd00:11::21");
		return true;
	case 5:
		s->nlisten--;
		return true;
	case 6:
		s->listen[0].addr.prefix = 26;
		return true;
	case 7:
		strscpy(s->listen[1].dev, "eth1", sizeof(s->listen[1].dev));
		return true;
	case 8:
		s->nports--;
		return true;
	case 9:
		s->ports[1].last++;
		return true;
	case 10:
		s->ports[1].target_last = s->ports[1].target;
		return true;
	case 11:
		s->ports[1].nsources = 0;
		return true;
	case 12:
		s->sources[1].prefix = 64;
		return true;
	case 13:
		s->ports[0].proto = IPPROTO_SCTP;
		return true;
	case 14:
		s->offload = true;
		return true;
	}
	return false;
}

static void any_setting_makes_a_difference(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_service *s = full(test, t), *c;
	int what;

	for (what = 0; ; what++) {
		c = copy_of(test, t, s);
		if (!change_something(c, what))
			break;
		KUNIT_EXPECT_FALSE_MSG(test, meshmod_service_equal(s, c), "%d",
				       what);
	}
	c = copy_of(test, t, s);
	c->backends[0].addr[1] = testing_addr("fd00:11::2");
	KUNIT_EXPECT_FALSE(test, meshmod_backend_equal(&s->backends[0],
						       &c->backends[0]));
	memset(&c->backends[0].addr[1], 0, sizeof(c->backends[0].addr[1]));
	KUNIT_EXPECT_FALSE(test, meshmod_backend_equal(&s->backends[0],
						       &c->backends[0]));
}

static void count(const struct meshmod_backend *b, u32 n)
{
	while (n--)
		this_cpu_inc(b->run->connections[b->slot]);
}

static void backends_count_apart(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_service *s = testing_service(test, t, "web", 80, 3);
	u32 i;

	KUNIT_ASSERT_EQ(test, meshmod_service_inherit(s, NULL), 0);
	for (i = 0; i < 3; i++)
		count(&s->backends[i], i + 1);
	for (i = 0; i < 3; i++)
		KUNIT_EXPECT_EQ(test, meshmod_stats_backend(&s->backends[i]),
				i + 1);
}

/* A backend that gets another address of either family is another one. */
static void counts_go_with_the_addresses(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_service *old = full(test, t), *s;

	s = testing_service(test, t, "web", 80, 2);
	s->backends[0].addr[1] = testing_addr("fd00:11::1");
	s->backends[1].addr[1] = testing_addr("fd00:11::2");
	count(&old->backends[0], 1);
	count(&old->backends[1], 2);
	KUNIT_ASSERT_EQ(test, meshmod_service_inherit(s, old), 0);
	KUNIT_EXPECT_PTR_EQ(test, s->run, old->run);
	KUNIT_EXPECT_PTR_EQ(test, s->backends[0].run, old->backends[0].run);
	KUNIT_EXPECT_PTR_NE(test, s->backends[1].run, old->backends[1].run);
	count(&s->backends[0], 4);
	KUNIT_EXPECT_EQ(test, meshmod_stats_backend(&s->backends[0]), 5);
	KUNIT_EXPECT_EQ(test, meshmod_stats_backend(&s->backends[1]), 0);
	KUNIT_EXPECT_EQ(test, meshmod_stats_backend(&old->backends[1]), 2);
}

static struct kunit_case service_cases[] = {
	KUNIT_CASE(listens_everywhere_by_default),
	KUNIT_CASE(listens_on_addresses),
	KUNIT_CASE(listens_on_devices),
	KUNIT_CASE(one_of_several_is_enough),
	KUNIT_CASE(admits_by_source),
	KUNIT_CASE(a_copy_is_the_same),
	KUNIT_CASE(sources_may_have_moved),
	KUNIT_CASE(any_setting_makes_a_difference),
	KUNIT_CASE(backends_count_apart),
	KUNIT_CASE(counts_go_with_the_addresses),
	{}
};

static struct kunit_suite service_suite = {
	.name = "meshmod-service",
	.test_cases = service_cases,
};

kunit_test_suite(service_suite);
