// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit: lookups.  Included by table.c.
 */
#include "testing.h"

static void give_redirect(struct meshmod_table *t, struct meshmod_addr addr,
			  u8 proto, u16 from, u16 to)
{
	t->redirects[t->nredirects++] = (struct meshmod_redirect) {
		.addr = addr, .proto = proto, .from = from, .to = to,
	};
}

static void finds_ports(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_service *web = testing_service(test, t, "web", 80, 1);
	struct meshmod_service *dns = testing_service(test, t, "dns", 53, 1);

	dns->ports[0].proto = IPPROTO_UDP;
	KUNIT_ASSERT_EQ(test, meshmod_table_index(t), 0);
	KUNIT_EXPECT_PTR_EQ(test, meshmod_table_by_port(t, IPPROTO_TCP, 80),
			    web);
	KUNIT_EXPECT_PTR_EQ(test, meshmod_table_by_port(t, IPPROTO_UDP, 53),
			    dns);
	KUNIT_EXPECT_NULL(test, meshmod_table_by_port(t, IPPROTO_UDP, 80));
	KUNIT_EXPECT_NULL(test, meshmod_table_by_port(t, IPPROTO_TCP, 53));
	KUNIT_EXPECT_NULL(test, meshmod_table_by_port(t, IPPROTO_TCP, 0));
}

static void finds_every_port_there_is(struct kunit *test)
{
	struct meshmod_table *t = meshmod_table_copy(NULL, 1024, 0);
	u32 port, i = 0;

	KUNIT_ASSERT_NOT_NULL(test, t);
	for (port = 1; port <= U16_MAX; port++) {
		struct meshmod_service *s;

		if (i % MESHMOD_MAX_PORTS == 0) {
			s = meshmod_service_alloc(MESHMOD_MAX_PORTS, 0);
			KUNIT_ASSERT_NOT_NULL(test, s);
			t->services[t->nservices++] = s;
			s->mark = t->nservices;
		}
		s = t->services[t->nservices - 1];
		s->ports[s->nports].proto = IPPROTO_TCP;
		s->ports[s->nports++].published = port;
		i++;
	}
	KUNIT_ASSERT_EQ(test, meshmod_table_index(t), 0);
	for (port = 1; port <= U16_MAX; port++)
		if (meshmod_table_by_port(t, IPPROTO_TCP, port) !=
		    t->services[(port - 1) / MESHMOD_MAX_PORTS])
			break;
	KUNIT_EXPECT_EQ(test, port, U16_MAX + 1);
	meshmod_table_free(t);
}

static void finds_marks_and_vips(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_service *s = testing_service(test, t, "web", 80, 1);
	struct meshmod_addr vip = testing_ip(10, 11, 0, 20);
	struct meshmod_addr other = testing_ip(10, 11, 0, 21);

	s->mark = 258;
	s->vips[s->nvips++] = vip;
	KUNIT_ASSERT_EQ(test, meshmod_table_index(t), 0);
	KUNIT_EXPECT_PTR_EQ(test, meshmod_table_by_mark(t, 258), s);
	KUNIT_EXPECT_NULL(test, meshmod_table_by_mark(t, 257));
	KUNIT_EXPECT_PTR_EQ(test, meshmod_table_by_vip(t, &vip), s);
	KUNIT_EXPECT_NULL(test, meshmod_table_by_vip(t, &other));
}

static void finds_redirects(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_addr me = testing_ip(10, 11, 0, 12);
	struct meshmod_addr other = testing_ip(10, 11, 0, 13);
	const struct meshmod_redirect *r;

	give_redirect(t, me, IPPROTO_TCP, 8080, 80);
	give_redirect(t, me, IPPROTO_TCP, 8081, 80);
	KUNIT_ASSERT_EQ(test, meshmod_table_index(t), 0);
	r = meshmod_table_redirect(t, &me, IPPROTO_TCP, 8080);
	KUNIT_ASSERT_NOT_NULL(test, r);
	KUNIT_EXPECT_EQ(test, r->to, 80);
	KUNIT_EXPECT_NULL(test, meshmod_table_redirect(t, &me, IPPROTO_UDP,
						       8080));
	KUNIT_EXPECT_NULL(test, meshmod_table_redirect(t, &other, IPPROTO_TCP,
						       8080));
	KUNIT_EXPECT_NULL(test, meshmod_table_redirect(t, &me, IPPROTO_TCP,
						       80));
}

static void admits_published_and_target(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_addr me = testing_ip(10, 11, 0, 12);
	struct meshmod_addr other = testing_ip(10, 11, 0, 13);

	give_redirect(t, me, IPPROTO_TCP, 8080, 80);
	KUNIT_ASSERT_EQ(test, meshmod_table_index(t), 0);
	KUNIT_EXPECT_TRUE(test, meshmod_table_admits(t, &me, IPPROTO_TCP,
						     8080));
	KUNIT_EXPECT_TRUE(test, meshmod_table_admits(t, &me, IPPROTO_TCP, 80));
	KUNIT_EXPECT_FALSE(test, meshmod_table_admits(t, &me, IPPROTO_UDP,
						      80));
	KUNIT_EXPECT_FALSE(test, meshmod_table_admits(t, &me, IPPROTO_TCP,
						      22));
	KUNIT_EXPECT_FALSE(test, meshmod_table_admits(t, &other, IPPROTO_TCP,
						      80));
}

static void masquerades_by_prefix(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_addr in = testing_ip(172, 18, 255, 255);
	struct meshmod_addr out = testing_ip(172, 19, 0, 0);

	t->node.masquerade[0] = testing_ip(172, 18, 0, 0);
	t->node.masquerade[0].prefix = 16;
	KUNIT_EXPECT_FALSE(test, meshmod_table_masquerades(t, &in));
	t->node.nmasquerade = 1;
	KUNIT_EXPECT_TRUE(test, meshmod_table_masquerades(t, &in));
	KUNIT_EXPECT_FALSE(test, meshmod_table_masquerades(t, &out));
	t->node.masquerade[0].prefix = 32;
	KUNIT_EXPECT_FALSE(test, meshmod_table_masquerades(t, &in));
	t->node.masquerade[0].prefix = 1;
	KUNIT_EXPECT_TRUE(test, meshmod_table_masquerades(t, &out));
}

static void knows_when_it_is_empty(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);

	KUNIT_EXPECT_TRUE(test, meshmod_table_empty(t));
	t->node.mask = 0xffff;
	KUNIT_EXPECT_FALSE(test, meshmod_table_empty(t));
	t->node.mask = MESHMOD_MASK_DEFAULT;
	testing_service(test, t, "web", 80, 0);
	KUNIT_EXPECT_FALSE(test, meshmod_table_empty(t));
}

static void empty_indexes_find_nothing(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_addr me = testing_ip(10, 11, 0, 12);

	KUNIT_ASSERT_EQ(test, meshmod_table_index(t), 0);
	KUNIT_EXPECT_NULL(test, meshmod_table_by_port(t, IPPROTO_TCP, 80));
	KUNIT_EXPECT_NULL(test, meshmod_table_by_mark(t, 256));
	KUNIT_EXPECT_NULL(test, meshmod_table_by_vip(t, &me));
	KUNIT_EXPECT_NULL(test, meshmod_table_by_name(t, "web"));
	KUNIT_EXPECT_FALSE(test, meshmod_table_admits(t, &me, IPPROTO_TCP,
						      80));
}

static struct kunit_case table_cases[] = {
	KUNIT_CASE(finds_ports),
	KUNIT_CASE(finds_every_port_there_is),
	KUNIT_CASE(finds_marks_and_vips),
	KUNIT_CASE(finds_redirects),
	KUNIT_CASE(admits_published_and_target),
	KUNIT_CASE(masquerades_by_prefix),
	KUNIT_CASE(knows_when_it_is_empty),
	KUNIT_CASE(empty_indexes_find_nothing),
	{}
};

static struct kunit_suite table_suite = {
	.name = "meshmod-table",
	.test_cases = table_cases,
};

kunit_test_suite(table_suite);
