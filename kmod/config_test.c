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
	KUNIT_EXPECT_EQ(test, t->services[1]->nusable[0], 3);
	KUNIT_EXPECT_EQ(test, t->services[1]->nusable[1], 0);
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
	static const struct meshmod_room room = { .services = 257 };
	struct meshmod_table *t = meshmod_table_copy(NULL, &room);
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
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_refusal why = {};
	struct meshmod_service *s;

	s = testing_service(test, t, "web", 443, 0);
	s->published = true;
	s->run = meshmod_run_alloc();
	s->mark = 300;
	s = testing_service(test, t, "api", 0, 0);
	s->ports[s->nports++] = testing_range(IPPROTO_TCP, 1000, 1000);
	s->ports[s->nports++] = testing_range(IPPROTO_TCP, 443, 443);
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
	expect_refusal(test, t, -EEXIST,
		       "service b cannot publish 80/tcp, because service a publishes 80/tcp; choose another port, or unpublish it there");
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

static void blames_the_new_vip(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_service *a = testing_service(test, t, "a", 80, 0);
	struct meshmod_service *b = testing_service(test, t, "b", 81, 0);
	struct meshmod_refusal why = {};

	a->vips[a->nvips++] = testing_ip(10, 11, 0, 20);
	a->vips[a->nvips++] = testing_addr("fd00:11::20");
	b->vips[b->nvips++] = testing_addr("fd00:11::20");
	b->published = true;
	b->mark = 300;
	b->run = meshmod_run_alloc();
	KUNIT_EXPECT_EQ(test, meshmod_config_check(t, NULL, &why), -EEXIST);
	KUNIT_EXPECT_EQ(test, why.about, MESHMOD_ABOUT_VIP);
	KUNIT_EXPECT_PTR_EQ(test, why.service, a);
	KUNIT_EXPECT_EQ(test, why.pos, 1);
}

static void refuses_a_vip_twice_in_one(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_service *a = testing_service(test, t, "a", 80, 0);

	a->vips[a->nvips++] = testing_ip(10, 11, 0, 20);
	a->vips[a->nvips++] = testing_ip(10, 11, 0, 20);
	expect_refusal(test, t, -EEXIST, "VIP");
}

static void refuses_backends_alike(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_service *s = testing_service(test, t, "a", 80, 2);

	s->backends[1].addr[0] = s->backends[0].addr[0];
	expect_refusal(test, t, -EEXIST, "backend with this address");
	strscpy(s->backends[1].name, "b0", sizeof(s->backends[1].name));
	expect_refusal(test, t, -EEXIST, "backend of this name");
}

static void refuses_backends_alike_in_one_family(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_service *s = testing_service(test, t, "a", 80, 2);

	s->backends[0].addr[1] = testing_addr("fd00:11::c");
	s->backends[1].addr[1] = testing_addr("fd00:11::c");
	expect_refusal(test, t, -EEXIST, "backend with this address");
}

/* Of both families; the last ones are link-local, IPv4 in IPv6, multicast. */
static const char * const odd_addresses[] = {
	"0.0.0.0", "127.0.0.1", "224.0.0.1", "255.255.255.255",
	"::", "::1", "fe80::1", "::ffff:1.2.3.4", "ff02::1", "ff0e::1",
};

static void refuses_backends_no_host_has(struct kunit *test)
{
	u32 i;

	for (i = 0; i < ARRAY_SIZE(odd_addresses); i++) {
		struct meshmod_table *t = testing_table(test, NULL);
		struct meshmod_addr odd = testing_addr(odd_addresses[i]);
		struct meshmod_service *s;

		KUNIT_ASSERT_NE(test, odd.family, 0);
		s = testing_service(test, t, "a", 80, 1);
		s->backends[0].addr[meshmod_af(odd.family)] = odd;
		expect_refusal(test, t, -EINVAL, "unicast");
	}
}

static void refuses_a_backend_without_address(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_service *s = testing_service(test, t, "a", 80, 1);

	memset(s->backends[0].addr, 0, sizeof(s->backends[0].addr));
	expect_refusal(test, t, -EINVAL, "a backend needs a unicast address");
}

/* Put @addr where number @where says; false if there is no such place. */
static bool put_addr(struct kunit *test, struct meshmod_table *t, int where,
		     const struct meshmod_addr *addr)
{
	struct meshmod_ingress *ingress;
	struct meshmod_service *s;

	switch (where) {
	case 0:
		ingress = &t->node.ingress[meshmod_af(addr->family)];
		ingress->addrs[ingress->n++] = *addr;
		return true;
	case 1:
		strscpy(t->node.guards[0].dev, "eth0", IFNAMSIZ);
		t->node.guards[t->node.nguards++].addr = *addr;
		return true;
	case 2:
		t->peers[t->npeers++] = *addr;
		return true;
	case 3:
		s = testing_service(test, t, "a", 80, 0);
		s->vips[s->nvips++] = *addr;
		return true;
	case 4:
		testing_binding(t, "eth0", "10.11.0.12")->addrs[0] = *addr;
		return true;
	}
	return false;
}

static void takes_and_refuses_addresses_everywhere(struct kunit *test)
{
	static const char * const fine[] = {
		"10.11.0.12", "192.0.2.1", "fd00:11::c", "2001:db8::1",
	};
	struct meshmod_addr addr;
	struct meshmod_table *t;
	int where, err;
	u32 i;

	for (where = 0; where < 5; where++) {
		for (i = 0; i < ARRAY_SIZE(odd_addresses); i++) {
			t = testing_table(test, NULL);
			addr = testing_addr(odd_addresses[i]);
			KUNIT_ASSERT_TRUE(test,
					  put_addr(test, t, where, &addr));
			expect_refusal(test, t, -EINVAL, "unicast");
		}
		for (i = 0; i < ARRAY_SIZE(fine); i++) {
			t = testing_table(test, NULL);
			addr = testing_addr(fine[i]);
			put_addr(test, t, where, &addr);
			KUNIT_EXPECT_NULL(test, testing_refusal(t, &err));
			KUNIT_EXPECT_EQ(test, err, 0);
		}
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

	testing_redirect(t, "10.11.0.12", IPPROTO_TCP, 8080, 8080, 8080, 8080);
	testing_redirect(t, "10.11.0.12", IPPROTO_TCP, 8080, 8080, 80, 80);
	expect_refusal(test, t, -EEXIST, "redirected already");
}

static void refuses_redirects_that_overlap(struct kunit *test)
{
	static const u16 others[][2] = {
		{ 100, 199 }, { 50, 100 }, { 199, 250 }, { 150, 150 },
		{ 1, 65535 },
	};
	struct meshmod_table *t;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(others); i++) {
		t = testing_table(test, NULL);
		testing_redirect(t, "fd00:11::c", IPPROTO_TCP, 100, 199, 1, 1);
		testing_redirect(t, "fd00:11::c", IPPROTO_TCP, others[i][0],
				 others[i][1], 2, 2);
		expect_refusal(test, t, -EEXIST, "redirected already");
	}
}

static void takes_redirects_side_by_side(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	const struct meshmod_addr me = testing_addr("fd00:11::c");
	const struct meshmod_redirect *r;
	int err;

	testing_redirect(t, "fd00:11::c", IPPROTO_TCP, 200, 299, 80, 80);
	testing_redirect(t, "fd00:11::c", IPPROTO_UDP, 150, 250, 1, 1);
	testing_redirect(t, "fd00:11::d", IPPROTO_TCP, 150, 250, 1, 1);
	testing_redirect(t, "10.11.0.12", IPPROTO_TCP, 150, 250, 1, 1);
	testing_redirect(t, "fd00:11::c", IPPROTO_TCP, 100, 199, 80, 80);
	testing_redirect(t, "fd00:11::c", IPPROTO_TCP, 1, 99, 80, 80);
	KUNIT_ASSERT_NULL(test, testing_refusal(t, &err));
	/* Sorted, or the search would not find it */
	r = meshmod_table_redirect(t, &me, IPPROTO_TCP, 99);
	KUNIT_ASSERT_NOT_NULL(test, r);
	KUNIT_EXPECT_EQ(test, r->from, 1);
	r = meshmod_table_redirect(t, &me, IPPROTO_TCP, 200);
	KUNIT_ASSERT_NOT_NULL(test, r);
	KUNIT_EXPECT_EQ(test, r->from, 200);
}

static void names_both_ranges_that_overlap(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_service *a = testing_service(test, t, "a", 0, 0);
	struct meshmod_service *b = testing_service(test, t, "b", 0, 0);

	a->ports[a->nports++] = testing_range(IPPROTO_SCTP, 8000, 8099);
	b->ports[b->nports++] = testing_range(IPPROTO_TCP, 8000, 8099);
	b->ports[b->nports++] = testing_range(IPPROTO_SCTP, 8099, 8100);
	expect_refusal(test, t, -EEXIST,
		       "service b cannot publish 8099-8100/sctp, because service a publishes 8000-8099/sctp; choose");
}

/* @old was there, @new has come and is to blame, with its third port. */
static void expect_blame(struct kunit *test, const char *old, const char *new,
			 u16 first, u16 last, const char *part)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_service *was, *is;
	struct meshmod_refusal why = {};

	was = testing_service(test, t, old, 0, 0);
	was->ports[was->nports++] = testing_range(IPPROTO_UDP, 1, 9);
	was->ports[was->nports++] = testing_range(IPPROTO_UDP, 8050, 8060);
	was->published = true;
	was->mark = 300;
	was->run = meshmod_run_alloc();
	is = testing_service(test, t, new, 10, 0);
	is->ports[is->nports++] = testing_range(IPPROTO_UDP, 7000, 8049);
	is->ports[is->nports++] = testing_range(IPPROTO_UDP, first, last);
	KUNIT_EXPECT_EQ(test, meshmod_config_check(t, NULL, &why), -EEXIST);
	KUNIT_EXPECT_EQ(test, why.about, MESHMOD_ABOUT_PORT);
	KUNIT_EXPECT_PTR_EQ(test, why.service, is);
	KUNIT_EXPECT_EQ(test, why.pos, 2);
	KUNIT_EXPECT_PTR_EQ(test, why.msg, (const char *)why.text);
	KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(why.text, part), "%s", why.text);
}

static void blames_the_new_range_whoever_comes_first(struct kunit *test)
{
	expect_blame(test, "a", "b", 8060, 8070,
		     "service b cannot publish 8060-8070/udp, because service a publishes 8050-8060/udp");
	expect_blame(test, "b", "a", 8060, 8070,
		     "service a cannot publish 8060-8070/udp, because service b publishes 8050-8060/udp");
	expect_blame(test, "a", "b", 8055, 8055,
		     "service b cannot publish 8055/udp, because service a publishes 8050-8060/udp");
	expect_blame(test, "b", "a", 8050, 65535,
		     "service a cannot publish 8050-65535/udp, because service b publishes 8050-8060/udp");
}

static void the_longest_sentence_fits(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_service *s;
	char name[MESHMOD_NAME_MAX + 1] = {};
	int i;

	for (i = 0; i < 2; i++) {
		memset(name, 'a' + i, MESHMOD_NAME_MAX);
		s = testing_service(test, t, name, 0, 0);
		s->ports[s->nports++] = testing_range(IPPROTO_SCTP, 10000,
						      65535);
	}
	expect_refusal(test, t, -EEXIST, "unpublish it there");
}

static void refuses_ranges_that_overlap_in_one(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_service *s = testing_service(test, t, "a", 80, 0);
	struct meshmod_refusal why = {};

	s->ports[s->nports++] = testing_range(IPPROTO_TCP, 81, 90);
	s->ports[s->nports++] = testing_range(IPPROTO_UDP, 70, 100);
	s->ports[s->nports++] = testing_range(IPPROTO_TCP, 90, 91);
	KUNIT_EXPECT_EQ(test, meshmod_config_check(t, NULL, &why), -EEXIST);
	KUNIT_EXPECT_EQ(test, why.about, MESHMOD_ABOUT_PORT);
	KUNIT_EXPECT_EQ(test, why.pos, 3);
}

static void takes_ranges_side_by_side(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_service *a = testing_service(test, t, "a", 80, 0);
	struct meshmod_service *b = testing_service(test, t, "b", 91, 0);
	int err;

	a->ports[a->nports++] = testing_range(IPPROTO_TCP, 82, 90);
	a->ports[a->nports++] = testing_range(IPPROTO_TCP, 92, 65535);
	b->ports[b->nports++] = testing_range(IPPROTO_TCP, 81, 81);
	b->ports[b->nports++] = testing_range(IPPROTO_UDP, 1, 65535);
	KUNIT_EXPECT_NULL(test, testing_refusal(t, &err));
	KUNIT_EXPECT_EQ(test, err, 0);
}

static void expect_node_blame(struct kunit *test, struct meshmod_table *t,
			      int err, int attr, u32 nth)
{
	struct meshmod_refusal why = {};

	KUNIT_EXPECT_EQ(test, meshmod_config_check(t, NULL, &why), err);
	KUNIT_EXPECT_EQ(test, why.about, MESHMOD_ABOUT_NODE);
	KUNIT_EXPECT_EQ(test, why.pos, attr);
	KUNIT_EXPECT_EQ(test, why.nth, nth);
}

static void refuses_what_the_node_names_twice(struct kunit *test)
{
	static const char * const names[] = {
		"192.0.2.10", "2001:db8::10", "192.0.2.11", "2001:db8::10",
	};
	static const int attrs[] = {
		MESHMOD_A_NODE_INGRESS, MESHMOD_A_NODE_GUARD,
		MESHMOD_A_NODE_PEER,
	};
	struct meshmod_addr addr;
	struct meshmod_table *t;
	u32 where, i;

	for (where = 0; where < ARRAY_SIZE(attrs); where++) {
		t = testing_table(test, NULL);
		testing_room_for_peers(test, t, 4);
		for (i = 0; i < ARRAY_SIZE(names); i++) {
			addr = testing_addr(names[i]);
			put_addr(test, t, where, &addr);
		}
		expect_node_blame(test, t, -EEXIST, attrs[where], 3);
	}
}

static void refuses_two_bindings_of_a_device(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_refusal why = {};

	testing_binding(t, "eth1", "10.11.0.13");
	testing_binding(t, "eth0", "10.11.0.12");
	testing_binding(t, "eth1", "fd00:11::d");
	KUNIT_EXPECT_EQ(test, meshmod_config_check(t, NULL, &why), -EEXIST);
	KUNIT_EXPECT_EQ(test, why.about, MESHMOD_ABOUT_BINDING);
	KUNIT_EXPECT_NOT_NULL(test, strstr(why.msg, "bound already"));
}

static void sorts_bindings(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	int err;

	testing_binding(t, "eth1", "10.11.0.13");
	testing_binding(t, "eth0", "10.11.0.12");
	KUNIT_ASSERT_NULL(test, testing_refusal(t, &err));
	KUNIT_EXPECT_STREQ(test, t->bindings[0].dev, "eth0");
	KUNIT_EXPECT_PTR_EQ(test, meshmod_table_binding(t, "eth1"),
			    &t->bindings[1]);
}

static void refuses_odd_macs(struct kunit *test)
{
	static const u8 macs[][ETH_ALEN] = {
		{ 0, 0, 0, 0, 0, 0 }, { 1, 0, 0x5e, 0, 0, 1 },
		{ 0xff, 0xff, 0xff, 0xff, 0xff, 0xff },
	};
	u32 i;

	for (i = 0; i < ARRAY_SIZE(macs); i++) {
		struct meshmod_table *t = testing_table(test, NULL);

		memcpy(testing_binding(t, "eth0", "10.11.0.12")->mac, macs[i],
		       ETH_ALEN);
		expect_refusal(test, t, -EINVAL, "unicast MAC");
	}
}

static void refuses_a_binding_with_an_address_twice(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_binding *b = testing_binding(t, "eth0", "fd00:11::c");

	b->addrs[b->naddrs++] = testing_addr("10.11.0.12");
	b->addrs[b->naddrs++] = testing_addr("fd00:11::c");
	expect_refusal(test, t, -EINVAL, "each named once");
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
	t->nbindings = MESHMOD_MAX_BINDINGS + 1;
	KUNIT_EXPECT_EQ(test, check_limits(t, &why), -ENOSPC);
	KUNIT_EXPECT_NOT_NULL(test, strstr(why.msg, "4096 bindings"));
	t->nbindings = 0;
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
	is->backends[1].addr[0] = testing_ip(10, 9, 9, 9);
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
	KUNIT_CASE(blames_the_new_vip),
	KUNIT_CASE(refuses_a_vip_twice_in_one),
	KUNIT_CASE(refuses_backends_alike),
	KUNIT_CASE(refuses_backends_alike_in_one_family),
	KUNIT_CASE(refuses_backends_no_host_has),
	KUNIT_CASE(refuses_a_backend_without_address),
	KUNIT_CASE(takes_and_refuses_addresses_everywhere),
	KUNIT_CASE(refuses_odd_names),
	KUNIT_CASE(refuses_two_redirects_of_a_port),
	KUNIT_CASE(refuses_redirects_that_overlap),
	KUNIT_CASE(takes_redirects_side_by_side),
	KUNIT_CASE(names_both_ranges_that_overlap),
	KUNIT_CASE(blames_the_new_range_whoever_comes_first),
	KUNIT_CASE(the_longest_sentence_fits),
	KUNIT_CASE(refuses_ranges_that_overlap_in_one),
	KUNIT_CASE(takes_ranges_side_by_side),
	KUNIT_CASE(refuses_what_the_node_names_twice),
	KUNIT_CASE(refuses_two_bindings_of_a_device),
	KUNIT_CASE(sorts_bindings),
	KUNIT_CASE(refuses_odd_macs),
	KUNIT_CASE(refuses_a_binding_with_an_address_twice),
	KUNIT_CASE(refuses_too_many),
	KUNIT_CASE(a_new_backend_counts_anew),
	{}
};

static struct kunit_suite config_suite = {
	.name = "meshmod-config",
	.test_cases = config_cases,
};

kunit_test_suite(config_suite);
