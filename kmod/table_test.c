// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit: lookups.  Included by table.c.
 */
#include "testing.h"

#define ME	"10.11.0.12"
#define ME6	"fd00:11::c"
#define OTHER	"10.11.0.13"

static const struct meshmod_service *
publisher(const struct meshmod_table *t, u8 proto, u16 port)
{
	const struct meshmod_port_entry *e;

	e = meshmod_table_by_port(t, proto, port);
	return e ? e->service : NULL;
}

static void finds_ports(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_service *web = testing_service(test, t, "web", 80, 1);
	struct meshmod_service *dns = testing_service(test, t, "dns", 53, 1);
	struct meshmod_service *sig = testing_service(test, t, "sig", 53, 1);

	dns->ports[0].proto = IPPROTO_UDP;
	sig->ports[0].proto = IPPROTO_SCTP;
	KUNIT_ASSERT_EQ(test, meshmod_table_index(t), 0);
	KUNIT_EXPECT_PTR_EQ(test, publisher(t, IPPROTO_TCP, 80), web);
	KUNIT_EXPECT_PTR_EQ(test, publisher(t, IPPROTO_UDP, 53), dns);
	KUNIT_EXPECT_PTR_EQ(test, publisher(t, IPPROTO_SCTP, 53), sig);
	KUNIT_EXPECT_NULL(test, publisher(t, IPPROTO_UDP, 80));
	KUNIT_EXPECT_NULL(test, publisher(t, IPPROTO_TCP, 53));
	KUNIT_EXPECT_NULL(test, publisher(t, IPPROTO_TCP, 0));
	KUNIT_EXPECT_NULL(test, publisher(t, IPPROTO_ICMP, 80));
}

static void finds_every_port_there_is(struct kunit *test)
{
	static const struct meshmod_room room = { .services = 1024 };
	static const struct meshmod_size size = { .ports = MESHMOD_MAX_PORTS };
	struct meshmod_table *t = meshmod_table_copy(NULL, &room);
	u32 port, i = 0;

	KUNIT_ASSERT_NOT_NULL(test, t);
	for (port = 1; port <= U16_MAX; port++) {
		struct meshmod_service *s;

		if (i % MESHMOD_MAX_PORTS == 0) {
			s = meshmod_service_alloc(&size);
			KUNIT_ASSERT_NOT_NULL(test, s);
			t->services[t->nservices++] = s;
			s->mark = t->nservices;
		}
		s = t->services[t->nservices - 1];
		s->ports[s->nports++] = testing_range(IPPROTO_TCP, port, port);
		i++;
	}
	KUNIT_ASSERT_EQ(test, meshmod_table_index(t), 0);
	for (port = 1; port <= U16_MAX; port++)
		if (publisher(t, IPPROTO_TCP, port) !=
		    t->services[(port - 1) / MESHMOD_MAX_PORTS])
			break;
	KUNIT_EXPECT_EQ(test, port, U16_MAX + 1);
	meshmod_table_free(t);
}

/* Is @port what @s publishes from @first to @last, and nothing else of it? */
static bool covers(const struct meshmod_table *t, u8 proto,
		   const struct meshmod_service *s, u32 first, u32 last)
{
	u32 port;

	for (port = 0; port <= U16_MAX; port++)
		if ((publisher(t, proto, port) == s) !=
		    (port >= first && port <= last))
			return false;
	return true;
}

static void finds_ranges(struct kunit *test)
{
	static const struct {
		u16 first, last;
	} ranges[] = {
		{ 200, 600 }, { 255, 256 }, { 256, 511 }, { 255, 255 },
		{ 256, 256 }, { 1, 1 }, { 65535, 65535 }, { 65279, 65535 },
		{ 65280, 65535 }, { 1, 65535 },
	};
	u32 i;

	for (i = 0; i < ARRAY_SIZE(ranges); i++) {
		struct meshmod_table *t = testing_table(test, NULL);
		struct meshmod_service *s;

		s = testing_service(test, t, "web", 0, 0);
		s->ports[s->nports++] = testing_range(IPPROTO_UDP,
						      ranges[i].first,
						      ranges[i].last);
		KUNIT_ASSERT_EQ(test, meshmod_table_index(t), 0);
		KUNIT_EXPECT_TRUE_MSG(test,
				      covers(t, IPPROTO_UDP, s, ranges[i].first,
					     ranges[i].last),
				      "%u-%u", ranges[i].first, ranges[i].last);
		KUNIT_EXPECT_NULL(test, publisher(t, IPPROTO_TCP,
						  ranges[i].first));
	}
}

static void tells_which_range(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_service *s = testing_service(test, t, "web", 254, 0);

	s->ports[s->nports++] = testing_range(IPPROTO_TCP, 255, 255);
	s->ports[s->nports++] = testing_range(IPPROTO_TCP, 256, 300);
	KUNIT_ASSERT_EQ(test, meshmod_table_index(t), 0);
	KUNIT_EXPECT_PTR_EQ(test,
			    meshmod_table_by_port(t, IPPROTO_TCP, 254)->port,
			    &s->ports[0]);
	KUNIT_EXPECT_PTR_EQ(test,
			    meshmod_table_by_port(t, IPPROTO_TCP, 255)->port,
			    &s->ports[1]);
	KUNIT_EXPECT_PTR_EQ(test,
			    meshmod_table_by_port(t, IPPROTO_TCP, 300)->port,
			    &s->ports[2]);
	KUNIT_EXPECT_NULL(test, meshmod_table_by_port(t, IPPROTO_TCP, 301));
	KUNIT_EXPECT_NOT_NULL(test, t->by_port[MESHMOD_TCP]->pages[1]);
	KUNIT_EXPECT_NULL(test, t->by_port[MESHMOD_TCP]->pages[2]);
	KUNIT_EXPECT_NULL(test, t->by_port[MESHMOD_UDP]);
}

static void finds_marks_and_vips(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_service *s = testing_service(test, t, "web", 80, 1);
	struct meshmod_addr vip = testing_ip(10, 11, 0, 20);
	struct meshmod_addr vip6 = testing_addr("fd00:11::20");
	struct meshmod_addr other = testing_ip(10, 11, 0, 21);
	struct meshmod_addr other6 = testing_addr("fd00:11::21");

	s->mark = 258;
	s->vips[s->nvips++] = vip;
	s->vips[s->nvips++] = vip6;
	KUNIT_ASSERT_EQ(test, meshmod_table_index(t), 0);
	KUNIT_EXPECT_PTR_EQ(test, meshmod_table_by_mark(t, 258), s);
	KUNIT_EXPECT_NULL(test, meshmod_table_by_mark(t, 257));
	KUNIT_EXPECT_PTR_EQ(test, meshmod_table_by_vip(t, &vip), s);
	KUNIT_EXPECT_PTR_EQ(test, meshmod_table_by_vip(t, &vip6), s);
	KUNIT_EXPECT_NULL(test, meshmod_table_by_vip(t, &other));
	KUNIT_EXPECT_NULL(test, meshmod_table_by_vip(t, &other6));
	vip.family = AF_INET6;
	KUNIT_EXPECT_NULL(test, meshmod_table_by_vip(t, &vip));
}

/* The target of @port as a redirect of @addr has it; 0: not redirected */
static u16 target(const struct meshmod_table *t, const char *addr, u8 proto,
		  u16 port)
{
	const struct meshmod_addr me = testing_addr(addr);
	const struct meshmod_redirect *r;

	r = meshmod_table_redirect(t, &me, proto, port);
	return r ? meshmod_redirect_port(r, port) : 0;
}

static bool admits(const struct meshmod_table *t, const char *addr, u8 proto,
		   u16 port)
{
	const struct meshmod_addr me = testing_addr(addr);

	return meshmod_table_admits(t, &me, proto, port);
}

static void finds_redirects(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);

	testing_redirect(t, ME, IPPROTO_TCP, 8080, 8080, 80, 80);
	testing_redirect(t, ME, IPPROTO_TCP, 8081, 8081, 80, 80);
	KUNIT_ASSERT_EQ(test, meshmod_table_index(t), 0);
	KUNIT_EXPECT_EQ(test, target(t, ME, IPPROTO_TCP, 8080), 80);
	KUNIT_EXPECT_EQ(test, target(t, ME, IPPROTO_UDP, 8080), 0);
	KUNIT_EXPECT_EQ(test, target(t, OTHER, IPPROTO_TCP, 8080), 0);
	KUNIT_EXPECT_EQ(test, target(t, ME, IPPROTO_TCP, 80), 0);
}

static void finds_redirected_ranges(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);

	testing_redirect(t, ME, IPPROTO_TCP, 1000, 1099, 2000, 2099);
	testing_redirect(t, ME, IPPROTO_TCP, 1100, 1199, 80, 80);
	testing_redirect(t, ME, IPPROTO_TCP, 65000, 65535, 1, 536);
	testing_redirect(t, ME6, IPPROTO_TCP, 1000, 1001, 3000, 3001);
	KUNIT_ASSERT_EQ(test, meshmod_table_index(t), 0);
	KUNIT_EXPECT_EQ(test, target(t, ME, IPPROTO_TCP, 999), 0);
	KUNIT_EXPECT_EQ(test, target(t, ME, IPPROTO_TCP, 1000), 2000);
	KUNIT_EXPECT_EQ(test, target(t, ME, IPPROTO_TCP, 1042), 2042);
	KUNIT_EXPECT_EQ(test, target(t, ME, IPPROTO_TCP, 1099), 2099);
	KUNIT_EXPECT_EQ(test, target(t, ME, IPPROTO_TCP, 1100), 80);
	KUNIT_EXPECT_EQ(test, target(t, ME, IPPROTO_TCP, 1199), 80);
	KUNIT_EXPECT_EQ(test, target(t, ME, IPPROTO_TCP, 1200), 0);
	KUNIT_EXPECT_EQ(test, target(t, ME, IPPROTO_TCP, 65535), 536);
	KUNIT_EXPECT_EQ(test, target(t, ME6, IPPROTO_TCP, 1001), 3001);
	KUNIT_EXPECT_EQ(test, target(t, ME6, IPPROTO_TCP, 1002), 0);
}

static void admits_published_and_target(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);

	testing_redirect(t, ME, IPPROTO_TCP, 8080, 8080, 80, 80);
	KUNIT_ASSERT_EQ(test, meshmod_table_index(t), 0);
	KUNIT_EXPECT_TRUE(test, admits(t, ME, IPPROTO_TCP, 8080));
	KUNIT_EXPECT_TRUE(test, admits(t, ME, IPPROTO_TCP, 80));
	KUNIT_EXPECT_FALSE(test, admits(t, ME, IPPROTO_UDP, 80));
	KUNIT_EXPECT_FALSE(test, admits(t, ME, IPPROTO_TCP, 22));
	KUNIT_EXPECT_FALSE(test, admits(t, OTHER, IPPROTO_TCP, 80));
}

/* A search that stops at the nearest start would miss the longer range. */
static void admits_targets_that_overlap(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	u32 port;

	testing_redirect(t, ME, IPPROTO_TCP, 1000, 1100, 2000, 2100);
	testing_redirect(t, ME, IPPROTO_TCP, 3000, 3010, 2010, 2020);
	testing_redirect(t, ME, IPPROTO_TCP, 4000, 4009, 2005, 2005);
	testing_redirect(t, ME, IPPROTO_TCP, 5000, 5010, 2095, 2105);
	testing_redirect(t, ME, IPPROTO_TCP, 6000, 6000, 2107, 2107);
	testing_redirect(t, ME, IPPROTO_UDP, 1000, 1200, 2000, 2200);
	KUNIT_ASSERT_EQ(test, meshmod_table_index(t), 0);
	KUNIT_EXPECT_EQ(test, t->ntargets, 3);
	for (port = 2000; port <= 2105; port++)
		if (!admits(t, ME, IPPROTO_TCP, port))
			break;
	KUNIT_EXPECT_EQ(test, port, 2106);
	KUNIT_EXPECT_FALSE(test, admits(t, ME, IPPROTO_TCP, 1999));
	KUNIT_EXPECT_FALSE(test, admits(t, ME, IPPROTO_TCP, 2106));
	KUNIT_EXPECT_TRUE(test, admits(t, ME, IPPROTO_TCP, 2107));
	KUNIT_EXPECT_FALSE(test, admits(t, ME, IPPROTO_TCP, 2108));
	KUNIT_EXPECT_TRUE(test, admits(t, ME, IPPROTO_UDP, 2150));
	KUNIT_EXPECT_FALSE(test, admits(t, ME6, IPPROTO_TCP, 2000));
}

static void masquerades_by_prefix(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_addr in = testing_ip(172, 18, 255, 255);
	struct meshmod_addr out = testing_ip(172, 19, 0, 0);

	t->node.masquerade[0] = testing_addr("172.18.0.0/16");
	KUNIT_EXPECT_FALSE(test, meshmod_table_masquerades(t, &in));
	t->node.nmasquerade = 1;
	KUNIT_EXPECT_TRUE(test, meshmod_table_masquerades(t, &in));
	KUNIT_EXPECT_FALSE(test, meshmod_table_masquerades(t, &out));
	t->node.masquerade[0].prefix = 32;
	KUNIT_EXPECT_FALSE(test, meshmod_table_masquerades(t, &in));
	t->node.masquerade[0].prefix = 1;
	KUNIT_EXPECT_TRUE(test, meshmod_table_masquerades(t, &out));
	in = testing_addr("fd00:18::1");
	KUNIT_EXPECT_FALSE(test, meshmod_table_masquerades(t, &in));
	t->node.masquerade[t->node.nmasquerade++] = testing_addr("fd00:18::/64");
	KUNIT_EXPECT_TRUE(test, meshmod_table_masquerades(t, &in));
}

static void prefixes_end_at_any_bit(struct kunit *test)
{
	static const struct {
		const char *subnet, *in, *out;
	} cases[] = {
		{ "128.0.0.0/1", "255.1.2.3", "127.255.255.255" },
		{ "10.11.0.0/17", "10.11.127.255", "10.11.128.0" },
		{ "10.11.0.12/32", "10.11.0.12", "10.11.0.13" },
		{ "8000::/1", "ffff::", "7fff::" },
		{ "fd00:10::/31", "fd00:11:ffff::", "fd00:12::" },
		{ "fd00:11::/32", "fd00:11:ffff::", "fd00:12::" },
		{ "fd00:11::/33", "fd00:11:7fff::", "fd00:11:8000::" },
		{ "fd00:11::/64", "fd00:11::ffff:0:0:1", "fd00:11:0:1::" },
		{ "fd00:11::/65", "fd00:11::7fff:0:0:1",
		  "fd00:11::8000:0:0:0" },
		{ "fd00:11::/96", "fd00:11::ffff:ffff", "fd00:11::1:0:0" },
		{ "fd00:11::/97", "fd00:11::7fff:ffff", "fd00:11::8000:0" },
		{ "fd00:11::c/127", "fd00:11::d", "fd00:11::e" },
		{ "fd00:11::c/128", "fd00:11::c", "fd00:11::d" },
		{ "::/1", "::1", "127.0.0.1" },
	};
	u32 i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct meshmod_addr subnet = testing_addr(cases[i].subnet);
		struct meshmod_addr in = testing_addr(cases[i].in);
		struct meshmod_addr out = testing_addr(cases[i].out);

		KUNIT_ASSERT_TRUE(test, subnet.family && in.family &&
				  out.family);
		KUNIT_EXPECT_TRUE_MSG(test, meshmod_addr_in(&in, &subnet),
				      "%s", cases[i].subnet);
		KUNIT_EXPECT_FALSE_MSG(test, meshmod_addr_in(&out, &subnet),
				       "%s", cases[i].subnet);
	}
}

static void finds_peers(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_addr a = testing_addr("192.1.2.11");
	u32 i;

	testing_room_for_peers(test, t, MESHMOD_MAX_PEERS);
	for (i = 0; i < MESHMOD_MAX_PEERS; i++) {
		t->peers[i] = testing_addr(i % 2 ? "2001:db8::" : "192.0.0.0");
		t->peers[i].ip.all[i % 2 ? 3 : 0] |= htonl(i << 8);
	}
	t->npeers = MESHMOD_MAX_PEERS;
	KUNIT_ASSERT_EQ(test, meshmod_table_index(t), 0);
	for (i = 0; i < t->npeers; i++)
		if (meshmod_table_peer(t, &t->peers[i]) != &t->peers[i])
			break;
	KUNIT_EXPECT_EQ(test, i, MESHMOD_MAX_PEERS);
	KUNIT_EXPECT_NULL(test, meshmod_table_peer(t, &a));
	for (i = 0; i < t->npeers; i++)
		KUNIT_EXPECT_EQ(test,
				meshmod_table_has_peer(t, t->peers[i].ip.ip),
				t->peers[i].family == AF_INET);
	KUNIT_EXPECT_FALSE(test, meshmod_table_has_peer(t, a.ip.ip));
	a = t->peers[0];
	a.family = AF_INET6;
	KUNIT_EXPECT_NULL(test, meshmod_table_peer(t, &a));
}

static void finds_bindings_by_device(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_binding *a = testing_binding(t, "c0a0b000c", ME);
	struct meshmod_binding *b = testing_binding(t, "c0a0b000d", OTHER);
	struct meshmod_binding *c;

	c = testing_binding(t, "fifteen-letters", ME6);
	KUNIT_ASSERT_EQ(test, meshmod_table_index(t), 0);
	KUNIT_EXPECT_PTR_EQ(test, meshmod_table_binding(t, "c0a0b000c"), a);
	KUNIT_EXPECT_PTR_EQ(test, meshmod_table_binding(t, "c0a0b000d"), b);
	KUNIT_EXPECT_PTR_EQ(test, meshmod_table_binding(t, "fifteen-letters"),
			    c);
	KUNIT_EXPECT_NULL(test, meshmod_table_binding(t, "c0a0b000"));
	KUNIT_EXPECT_NULL(test, meshmod_table_binding(t, "c0a0b000cc"));
	KUNIT_EXPECT_NULL(test, meshmod_table_binding(t, ""));
}

static void knows_when_it_is_empty(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);

	KUNIT_EXPECT_TRUE(test, meshmod_table_empty(t));
	t->node.mask = 0xffff;
	KUNIT_EXPECT_FALSE(test, meshmod_table_empty(t));
	t->node.mask = MESHMOD_MASK_DEFAULT;
	t->node.offload = false;
	KUNIT_EXPECT_FALSE(test, meshmod_table_empty(t));
	t->node.offload = true;
	t->node.overlay = true;
	KUNIT_EXPECT_FALSE(test, meshmod_table_empty(t));
	t->node.overlay = false;
	testing_service(test, t, "web", 80, 0);
	KUNIT_EXPECT_FALSE(test, meshmod_table_empty(t));
}

/* Set one thing in @t; false if there is no thing of that number. */
static bool set_something(struct kunit *test, struct meshmod_table *t, int what)
{
	switch (what) {
	case 0:
		t->node.mask = 0xffff;
		return true;
	case 1:
		testing_service(test, t, "web", 80, 0);
		return true;
	case 2:
		testing_redirect(t, ME, IPPROTO_TCP, 8080, 8080, 80, 80);
		return true;
	case 3:
		t->npeers = 1;
		return true;
	case 4:
		t->node.tunnel_port = 4789;
		return true;
	case 5:
		t->node.ingress[0].n = 1;
		return true;
	case 6:
		t->node.ingress[1].n = 1;
		return true;
	case 7:
		t->node.nmasquerade = 1;
		return true;
	case 8:
		t->node.nguards = 1;
		return true;
	case 9:
		t->node.offload = false;
		return true;
	}
	return false;
}

/* What that thing needs beside those that every thing of IP does */
static u8 more_hooks(int what)
{
	switch (what) {
	case 1:
		return MESHMOD_HOOKS_LOCAL | MESHMOD_HOOKS_OFFLOAD;
	case 4:
		return MESHMOD_HOOKS_TUNNEL;
	case 7:
		return MESHMOD_HOOKS_GUARD | MESHMOD_HOOKS_GATEWAY |
		       MESHMOD_HOOKS_OFFLOAD;
	case 8:
		return MESHMOD_HOOKS_GUARD;
	}
	return 0;
}

static void hooks_only_for_what_there_is(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	int what;
	u8 hooks;

	KUNIT_EXPECT_EQ(test, meshmod_hooks_needed(NULL), 0);
	KUNIT_EXPECT_EQ(test, meshmod_hooks_needed(t), 0);
	KUNIT_EXPECT_TRUE(test, meshmod_table_only_binds(t));
	testing_binding(t, "eth0", ME);
	KUNIT_EXPECT_TRUE(test, meshmod_table_only_binds(t));
	KUNIT_EXPECT_FALSE(test, meshmod_table_empty(t));
	KUNIT_EXPECT_EQ(test, meshmod_hooks_needed(t), MESHMOD_HOOKS_BRIDGE);
	t->node.overlay = true;
	KUNIT_EXPECT_EQ(test, meshmod_hooks_needed(t),
			MESHMOD_HOOKS_BRIDGE | MESHMOD_HOOKS_OFFLOAD);
	t->nbindings = 0;
	KUNIT_EXPECT_EQ(test, meshmod_hooks_needed(t), MESHMOD_HOOKS_OFFLOAD);
	for (what = 0; ; what++) {
		t = testing_table(test, NULL);
		if (!set_something(test, t, what))
			break;
		KUNIT_EXPECT_FALSE_MSG(test, meshmod_table_empty(t), "%d",
				       what);
		KUNIT_EXPECT_FALSE_MSG(test, meshmod_table_only_binds(t), "%d",
				       what);
		hooks = MESHMOD_HOOKS_INET | more_hooks(what);
		KUNIT_EXPECT_EQ_MSG(test, meshmod_hooks_needed(t), hooks, "%d",
				    what);
		testing_binding(t, "eth0", ME);
		hooks |= MESHMOD_HOOKS_BRIDGE;
		KUNIT_EXPECT_EQ_MSG(test, meshmod_hooks_needed(t), hooks, "%d",
				    what);
		t->node.offload = false;
		KUNIT_EXPECT_FALSE_MSG(test, meshmod_hooks_needed(t) &
				       MESHMOD_HOOKS_OFFLOAD, "%d", what);
	}
}

static void copies_all_of_it(struct kunit *test)
{
	struct meshmod_table *old = testing_table(test, NULL), *t;

	testing_service(test, old, "web", 80, 0);
	testing_redirect(old, ME, IPPROTO_TCP, 8080, 8080, 80, 80);
	testing_binding(old, "eth0", ME6);
	testing_room_for_peers(test, old, 1);
	old->peers[old->npeers++] = testing_addr("2001:db8::1");
	old->node.vni = 4242;
	old->node.offload = false;
	t = testing_table(test, old);
	KUNIT_EXPECT_PTR_EQ(test, t->services[0], old->services[0]);
	KUNIT_EXPECT_EQ(test, t->nservices, 1);
	KUNIT_EXPECT_EQ(test, t->nredirects, 1);
	KUNIT_EXPECT_EQ(test, t->redirects[0].to, 80);
	KUNIT_EXPECT_EQ(test, t->nbindings, 1);
	KUNIT_EXPECT_STREQ(test, t->bindings[0].dev, "eth0");
	KUNIT_EXPECT_EQ(test, t->npeers, 1);
	KUNIT_EXPECT_TRUE(test, meshmod_addr_equal(&t->peers[0],
						   &old->peers[0]));
	KUNIT_EXPECT_EQ(test, t->node.vni, 4242);
	KUNIT_EXPECT_FALSE(test, t->node.offload);
}

static void empty_indexes_find_nothing(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_addr me = testing_addr(ME);

	KUNIT_ASSERT_EQ(test, meshmod_table_index(t), 0);
	KUNIT_EXPECT_NULL(test, meshmod_table_by_port(t, IPPROTO_TCP, 80));
	KUNIT_EXPECT_NULL(test, meshmod_table_by_mark(t, 256));
	KUNIT_EXPECT_NULL(test, meshmod_table_by_vip(t, &me));
	KUNIT_EXPECT_NULL(test, meshmod_table_by_name(t, "web"));
	KUNIT_EXPECT_NULL(test, meshmod_table_peer(t, &me));
	KUNIT_EXPECT_NULL(test, meshmod_table_binding(t, "eth0"));
	KUNIT_EXPECT_FALSE(test, admits(t, ME, IPPROTO_TCP, 80));
}

static struct kunit_case table_cases[] = {
	KUNIT_CASE(finds_ports),
	KUNIT_CASE(finds_every_port_there_is),
	KUNIT_CASE(finds_ranges),
	KUNIT_CASE(tells_which_range),
	KUNIT_CASE(finds_marks_and_vips),
	KUNIT_CASE(finds_redirects),
	KUNIT_CASE(finds_redirected_ranges),
	KUNIT_CASE(admits_published_and_target),
	KUNIT_CASE(admits_targets_that_overlap),
	KUNIT_CASE(masquerades_by_prefix),
	KUNIT_CASE(prefixes_end_at_any_bit),
	KUNIT_CASE(finds_peers),
	KUNIT_CASE(finds_bindings_by_device),
	KUNIT_CASE(knows_when_it_is_empty),
	KUNIT_CASE(hooks_only_for_what_there_is),
	KUNIT_CASE(copies_all_of_it),
	KUNIT_CASE(empty_indexes_find_nothing),
	{}
};

static struct kunit_suite table_suite = {
	.name = "meshmod-table",
	.test_cases = table_cases,
};

kunit_test_suite(table_suite);
