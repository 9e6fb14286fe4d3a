// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit: what is refused, with which sentence, and how marks are given.
 * Included by config.c.
 */
#include "testing.h"

static void expect_refusal(struct kunit *test, struct meshmod_table *t,
			   int want_err, const char *part)
{
	const char *msg;
	int err;

	msg = testing_refusal(t, &err);
	KUNIT_EXPECT_EQ(test, err, want_err);
	KUNIT_ASSERT_NOT_NULL(test, msg);
	KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(msg, part),
				  "\"%s\" does not say \"%s\"", msg, part);
}

static void accepts_the_usual(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	int err;

	testing_service(test, t, "web", 8080, 3);
	testing_service(test, t, "api", 8081, 2);
	KUNIT_EXPECT_NULL(test, testing_refusal(t, &err));
	KUNIT_EXPECT_EQ(test, err, 0);
	KUNIT_EXPECT_STREQ(test, t->services[0]->name, "api");
	KUNIT_EXPECT_EQ(test, t->services[1]->nusable, 3);
}

static void marks_count_up_from_256(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	int err;

	testing_service(test, t, "a", 1, 0);
	testing_service(test, t, "b", 2, 0)->mark = 257;
	testing_service(test, t, "c", 3, 0);
	testing_service(test, t, "d", 4, 0)->mark = 7;
	KUNIT_ASSERT_NULL(test, testing_refusal(t, &err));
	KUNIT_EXPECT_EQ(test, t->services[0]->mark, 256);
	KUNIT_EXPECT_EQ(test, t->services[1]->mark, 257);
	KUNIT_EXPECT_EQ(test, t->services[2]->mark, 258);
	KUNIT_EXPECT_EQ(test, t->services[3]->mark, 7);
}

static void no_mark_is_given_outside_the_mask(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	int err;

	t->node.mask = 0x1ff;
	testing_service(test, t, "a", 1, 0);
	testing_service(test, t, "b", 2, 0)->mark = 256;
	KUNIT_ASSERT_NULL(test, testing_refusal(t, &err));
	KUNIT_EXPECT_EQ(test, t->services[0]->mark, 257);
}

static void refuses_when_no_mark_is_free(struct kunit *test)
{
	struct meshmod_table *t = meshmod_table_copy(NULL, 257, 0);
	char name[8];
	u32 i;

	KUNIT_ASSERT_NOT_NULL(test, t);
	t->node.mask = 0x1ff;
	for (i = 0; i <= 256; i++) {
		snprintf(name, sizeof(name), "s%u", i);
		testing_service(test, t, name, 0, 0);
	}
	expect_refusal(test, t, -ENOSPC, "no mark is free");
	meshmod_table_free(t);
}

static void blames_what_the_message_brought(struct kunit *test)
{
	static const struct meshmod_port more[] = {
		{ IPPROTO_TCP, 1000, 1000 }, { IPPROTO_TCP, 443, 443 },
	};
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_refusal why = {};
	struct meshmod_service *s;

	s = testing_service(test, t, "web", 443, 0);
	s->published = true;
	s->run = meshmod_run_alloc();
	s->mark = 300;
	s = testing_service(test, t, "api", 0, 0);
	s->nports = ARRAY_SIZE(more);
	memcpy(s->ports, more, sizeof(more));
	KUNIT_EXPECT_EQ(test, meshmod_config_check(t, NULL, &why), -EEXIST);
	KUNIT_EXPECT_EQ(test, why.about, MESHMOD_ABOUT_PORT);
	KUNIT_EXPECT_PTR_EQ(test, why.service, s);
	KUNIT_EXPECT_EQ(test, why.pos, 1);
}

static void a_replaced_service_keeps_its_mark(struct kunit *test)
{
	struct meshmod_table *old = testing_table(test, NULL), *t;
	struct meshmod_refusal why = {};
	int err;

	testing_service(test, old, "a", 1, 0);
	testing_service(test, old, "b", 2, 0);
	KUNIT_ASSERT_NULL(test, testing_refusal(old, &err));
	t = testing_table(test, NULL);
	testing_service(test, t, "b", 2, 0);
	testing_service(test, t, "c", 3, 0)->mark = 256;
	KUNIT_ASSERT_EQ(test, meshmod_config_check(t, old, &why), 0);
	KUNIT_EXPECT_EQ(test, t->services[0]->mark, 257);
	KUNIT_EXPECT_EQ(test, t->services[1]->mark, 256);
	KUNIT_EXPECT_PTR_EQ(test, t->services[0]->run, old->services[1]->run);
}

static void a_kept_mark_yields_to_a_given_one(struct kunit *test)
{
	struct meshmod_table *old = testing_table(test, NULL), *t;
	struct meshmod_refusal why = {};
	int err;

	testing_service(test, old, "a", 1, 0);
	KUNIT_ASSERT_NULL(test, testing_refusal(old, &err));
	t = testing_table(test, NULL);
	testing_service(test, t, "a", 1, 0);
	testing_service(test, t, "c", 3, 0)->mark = 256;
	KUNIT_ASSERT_EQ(test, meshmod_config_check(t, old, &why), 0);
	KUNIT_EXPECT_EQ(test, t->services[0]->mark, 257);
}

static void refuses_two_of_a_name(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);

	testing_service(test, t, "web", 80, 0);
	testing_service(test, t, "web", 81, 0);
	expect_refusal(test, t, -EEXIST, "service of this name exists");
}

static void refuses_two_on_a_port(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);

	testing_service(test, t, "a", 80, 0);
	testing_service(test, t, "b", 80, 0);
	expect_refusal(test, t, -EEXIST, "another service publishes this port");
}

static void same_port_of_other_protocol_is_fine(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	int err;

	testing_service(test, t, "a", 80, 0);
	testing_service(test, t, "b", 80, 0)->ports[0].proto = IPPROTO_UDP;
	KUNIT_EXPECT_NULL(test, testing_refusal(t, &err));
}

static void refuses_a_port_twice_in_one(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_service *s = testing_service(test, t, "a", 80, 0);

	s->ports[s->nports++] = s->ports[0];
	expect_refusal(test, t, -EEXIST, "published twice");
}

static void refuses_two_of_a_mark(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);

	testing_service(test, t, "a", 80, 0)->mark = 300;
	testing_service(test, t, "b", 81, 0)->mark = 300;
	expect_refusal(test, t, -EEXIST, "another service has this mark");
}

static void refuses_a_mark_outside_the_mask(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);

	t->node.mask = 0xfff;
	testing_service(test, t, "a", 80, 0)->mark = 0x1000;
	expect_refusal(test, t, -ERANGE, "does not fit");
}

static void refuses_odd_masks(struct kunit *test)
{
	static const u32 masks[] = { 0, 0xff, 0x100, 0xff00, 0x5ff, 0xfffffffe };
	u32 i;

	for (i = 0; i < ARRAY_SIZE(masks); i++) {
		struct meshmod_table *t = testing_table(test, NULL);

		t->node.mask = masks[i];
		expect_refusal(test, t, -EINVAL, "one run of bits");
	}
}

static void refuses_two_of_a_vip(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_service *a = testing_service(test, t, "a", 80, 0);
	struct meshmod_service *b = testing_service(test, t, "b", 81, 0);

	a->vips[a->nvips++] = testing_ip(10, 11, 0, 20);
	b->vips[b->nvips++] = testing_ip(10, 11, 0, 20);
	expect_refusal(test, t, -EEXIST, "another service has this VIP");
}

static void refuses_backends_alike(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_service *s = testing_service(test, t, "a", 80, 2);

	s->backends[1].addr = s->backends[0].addr;
	expect_refusal(test, t, -EEXIST, "backend with this address");
	strscpy(s->backends[1].name, "b0", sizeof(s->backends[1].name));
	expect_refusal(test, t, -EEXIST, "backend of this name");
}

static void refuses_addresses_no_host_has(struct kunit *test)
{
	static const u8 odd[][4] = {
		{ 0, 0, 0, 0 }, { 127, 0, 0, 1 }, { 224, 0, 0, 1 },
		{ 255, 255, 255, 255 },
	};
	u32 i;

	for (i = 0; i < ARRAY_SIZE(odd); i++) {
		struct meshmod_table *t = testing_table(test, NULL);
		struct meshmod_service *s;

		s = testing_service(test, t, "a", 80, 1);
		s->backends[0].addr = testing_ip(odd[i][0], odd[i][1],
						 odd[i][2], odd[i][3]);
		expect_refusal(test, t, -EINVAL, "unicast");
	}
}

static void refuses_odd_names(struct kunit *test)
{
	static const char * const names[] = { "", "a b", "a/b", "\xc3\xa4" };
	u32 i;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		struct meshmod_table *t = testing_table(test, NULL);

		testing_service(test, t, names[i], 80, 0);
		expect_refusal(test, t, -EINVAL, "name must be");
	}
}

static void refuses_two_redirects_of_a_port(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);

	t->nredirects = 2;
	t->redirects[0].addr = testing_ip(10, 11, 0, 12);
	t->redirects[0].from = 8080;
	t->redirects[1] = t->redirects[0];
	t->redirects[1].to = 80;
	expect_refusal(test, t, -EEXIST, "redirected already");
}

static void refuses_too_many(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_refusal why = {};

	t->nredirects = MESHMOD_MAX_REDIRECTS + 1;
	KUNIT_EXPECT_EQ(test, check_limits(t, &why), -ENOSPC);
	KUNIT_EXPECT_NOT_NULL(test, strstr(why.msg, "16384 redirects"));
	t->nredirects = 0;
	t->nservices = MESHMOD_MAX_SERVICES + 1;
	KUNIT_EXPECT_EQ(test, check_limits(t, &why), -ENOSPC);
	KUNIT_EXPECT_NOT_NULL(test, strstr(why.msg, "16384 services"));
	t->nservices = MESHMOD_MAX_SERVICES;
	KUNIT_EXPECT_EQ(test, check_limits(t, &why), 0);
	t->nservices = 0;
}

static void a_new_backend_counts_anew(struct kunit *test)
{
	struct meshmod_table *old = testing_table(test, NULL), *t;
	struct meshmod_refusal why = {};
	struct meshmod_service *was, *is;
	int err;

	was = testing_service(test, old, "a", 80, 2);
	KUNIT_ASSERT_NULL(test, testing_refusal(old, &err));
	t = testing_table(test, NULL);
	is = testing_service(test, t, "a", 80, 2);
	is->backends[1].addr = testing_ip(10, 9, 9, 9);
	KUNIT_ASSERT_EQ(test, meshmod_config_check(t, old, &why), 0);
	KUNIT_EXPECT_PTR_EQ(test, is->backends[0].run, was->backends[0].run);
	KUNIT_EXPECT_PTR_NE(test, is->backends[1].run, was->backends[1].run);
}

static struct kunit_case config_cases[] = {
	KUNIT_CASE(accepts_the_usual),
	KUNIT_CASE(marks_count_up_from_256),
	KUNIT_CASE(no_mark_is_given_outside_the_mask),
	KUNIT_CASE(refuses_when_no_mark_is_free),
	KUNIT_CASE(blames_what_the_message_brought),
	KUNIT_CASE(a_replaced_service_keeps_its_mark),
	KUNIT_CASE(a_kept_mark_yields_to_a_given_one),
	KUNIT_CASE(refuses_two_of_a_name),
	KUNIT_CASE(refuses_two_on_a_port),
	KUNIT_CASE(same_port_of_other_protocol_is_fine),
	KUNIT_CASE(refuses_a_port_twice_in_one),
	KUNIT_CASE(refuses_two_of_a_mark),
	KUNIT_CASE(refuses_a_mark_outside_the_mask),
	KUNIT_CASE(refuses_odd_masks),
	KUNIT_CASE(refuses_two_of_a_vip),
	KUNIT_CASE(refuses_backends_alike),
	KUNIT_CASE(refuses_addresses_no_host_has),
	KUNIT_CASE(refuses_odd_names),
	KUNIT_CASE(refuses_two_redirects_of_a_port),
	KUNIT_CASE(refuses_too_many),
	KUNIT_CASE(a_new_backend_counts_anew),
	{}
};

static struct kunit_suite config_suite = {
	.name = "meshmod-config",
	.test_cases = config_cases,
};

kunit_test_suite(config_suite);
