// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit: the largest objects, and that what is told is what was told.  Included
 * by fill.c.
 */
#include "testing.h"

/* Far more than any object needs: the sizes are measured. */
#define ROOM	65536

/* What a message has in front of its attributes */
#define HEADERS	(NLMSG_HDRLEN + GENL_HDRLEN)

static void set_last(struct meshmod_addr *addr, u32 i)
{
	addr->ip.all[addr->family == AF_INET6 ? 3 : 0] |= htonl(i);
}

static void fill_ingress(struct meshmod_node *node, const char *base)
{
	const struct meshmod_addr addr = testing_addr(base);
	struct meshmod_ingress *ingress = &node->ingress[meshmod_af(addr.family)];

	for (; ingress->n < MESHMOD_MAX_INGRESS; ingress->n++) {
		ingress->addrs[ingress->n] = addr;
		set_last(&ingress->addrs[ingress->n], ingress->n);
	}
}

/* A node with all that it can have */
static struct meshmod_table *full_node(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_node *node = &t->node;

	node->mask = 0xffff;
	node->offload = false;
	node->overlay = true;
	node->vni = 16777215;
	node->tunnel_port = 4789;
	fill_ingress(node, "10.11.0.0");
	fill_ingress(node, "fd00:11::");
	for (; node->nmasquerade < MESHMOD_MAX_MASQUERADE; node->nmasquerade++)
		node->masquerade[node->nmasquerade] =
			testing_addr("fd00:18:ffff:ffff:ffff:ffff:ffff:0/112");
	for (; node->nguards < MESHMOD_MAX_GUARDS; node->nguards++) {
		struct meshmod_guard *guard = &node->guards[node->nguards];

		guard->addr = testing_addr("fd00:11::1:0");
		set_last(&guard->addr, node->nguards);
		strscpy(guard->dev, "fifteen-letters", sizeof(guard->dev));
	}
	testing_room_for_peers(test, t, MESHMOD_MAX_PEERS);
	for (; t->npeers < MESHMOD_MAX_PEERS; t->npeers++) {
		t->peers[t->npeers] = testing_addr("2001:db8::");
		set_last(&t->peers[t->npeers], t->npeers);
	}
	return t;
}

/* Does what @skb holds first fit a message of @size? */
static void expect_fit(struct kunit *test, const struct sk_buff *skb,
		       size_t size)
{
	const struct nlattr *attr = (const struct nlattr *)skb->data;

	KUNIT_EXPECT_LE(test, (size_t)skb->len, size);
	/* The length of a nest has 16 bits. */
	KUNIT_EXPECT_EQ(test, attr->nla_len, skb->len);
}

static void the_largest_node_fits(struct kunit *test)
{
	struct meshmod_table *t = full_node(test);
	struct sk_buff *skb = testing_skb(test, ROOM);

	KUNIT_ASSERT_EQ(test, meshmod_fill_node(skb, t), 0);
	expect_fit(test, skb, meshmod_fill_node_size(t) - HEADERS);
}

static void any_node_fits(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct sk_buff *skb = testing_skb(test, ROOM);

	KUNIT_ASSERT_EQ(test, meshmod_fill_node(skb, NULL), 0);
	expect_fit(test, skb, meshmod_fill_node_size(NULL) - HEADERS);
	skb_trim(skb, 0);
	testing_room_for_peers(test, t, 1);
	t->peers[t->npeers++] = testing_addr("192.0.2.1");
	KUNIT_ASSERT_EQ(test, meshmod_fill_node(skb, t), 0);
	expect_fit(test, skb, meshmod_fill_node_size(t) - HEADERS);
}

static void expect_same_addrs(struct kunit *test, const struct meshmod_addr *a,
			      const struct meshmod_addr *b, u32 n)
{
	u32 i;

	for (i = 0; i < n; i++)
		if (!meshmod_addr_equal(&a[i], &b[i]) ||
		    a[i].prefix != b[i].prefix)
			break;
	KUNIT_EXPECT_EQ(test, i, n);
}

static void reads_the_node_back(struct kunit *test)
{
	struct meshmod_table *t = full_node(test);
	struct meshmod_table *back = testing_table(test, NULL);
	struct sk_buff *skb = testing_skb(test, ROOM);
	struct netlink_ext_ack extack = {};
	u32 i;

	KUNIT_ASSERT_EQ(test, meshmod_fill_node(skb, t), 0);
	KUNIT_ASSERT_EQ(test, meshmod_parse_node((struct nlattr *)skb->data,
						 back, &extack), 0);
	KUNIT_EXPECT_EQ(test, back->node.mask, 0xffff);
	KUNIT_EXPECT_FALSE(test, back->node.offload);
	KUNIT_EXPECT_TRUE(test, back->node.overlay);
	KUNIT_EXPECT_EQ(test, back->node.vni, 16777215);
	KUNIT_EXPECT_EQ(test, back->node.tunnel_port, 4789);
	for (i = 0; i < MESHMOD_FAMILIES; i++) {
		KUNIT_ASSERT_EQ(test, back->node.ingress[i].n,
				MESHMOD_MAX_INGRESS);
		expect_same_addrs(test, back->node.ingress[i].addrs,
				  t->node.ingress[i].addrs,
				  MESHMOD_MAX_INGRESS);
	}
	KUNIT_ASSERT_EQ(test, back->node.nmasquerade, MESHMOD_MAX_MASQUERADE);
	expect_same_addrs(test, back->node.masquerade, t->node.masquerade,
			  MESHMOD_MAX_MASQUERADE);
	KUNIT_ASSERT_EQ(test, back->node.nguards, MESHMOD_MAX_GUARDS);
	KUNIT_EXPECT_STREQ(test, back->node.guards[63].dev, "fifteen-letters");
	expect_same_addrs(test, &back->node.guards[63].addr,
			  &t->node.guards[63].addr, 1);
	KUNIT_ASSERT_EQ(test, back->npeers, MESHMOD_MAX_PEERS);
	expect_same_addrs(test, back->peers, t->peers, MESHMOD_MAX_PEERS);
}

/* What is at its default is told as well. */
static void tells_that_offload_is_on(struct kunit *test)
{
	struct meshmod_table *back = testing_table(test, NULL);
	struct sk_buff *skb = testing_skb(test, ROOM);
	struct netlink_ext_ack extack = {};

	back->node.offload = false;
	KUNIT_ASSERT_EQ(test, meshmod_fill_node(skb, NULL), 0);
	KUNIT_ASSERT_EQ(test, meshmod_parse_node((struct nlattr *)skb->data,
						 back, &extack), 0);
	KUNIT_EXPECT_TRUE(test, back->node.offload);
}

static void put_service(struct kunit_resource *res)
{
	meshmod_service_put(res->data);
}

/* A service with all that it can have, but backends */
static struct meshmod_service *full_service(struct kunit *test)
{
	static const struct meshmod_size size = {
		.ports = MESHMOD_MAX_PORTS,
		.sources = MESHMOD_MAX_SERVICE_SOURCES,
		.listen = MESHMOD_MAX_LISTEN,
		.backends = 1,
	};
	struct meshmod_service *s = meshmod_service_alloc(&size);
	u16 i;

	KUNIT_ASSERT_NOT_NULL(test, s);
	kunit_alloc_resource(test, NULL, put_service, GFP_KERNEL, s);
	memset(s->name, 'a', MESHMOD_NAME_MAX);
	s->mark = 0xffffff;
	s->source = MESHMOD_SOURCE_PRESERVE;
	s->refuse = MESHMOD_REFUSE_DROP;
	s->offload = false;
	s->vips[s->nvips++] = testing_addr("fd00:11::20");
	s->vips[s->nvips++] = testing_addr("fd00:11::21");
	for (i = 0; i < MESHMOD_MAX_LISTEN; i++) {
		s->listen[i].addr = testing_addr("2001:db8::/128");
		set_last(&s->listen[i].addr, i);
	}
	s->nlisten = MESHMOD_MAX_LISTEN;
	for (i = 0; i < MESHMOD_MAX_SERVICE_SOURCES; i++) {
		s->sources[i] = testing_addr("2001:db8:1::/128");
		set_last(&s->sources[i], i);
	}
	s->nsources = MESHMOD_MAX_SERVICE_SOURCES;
	for (i = 0; i < MESHMOD_MAX_PORTS; i++) {
		s->ports[i] = testing_range(IPPROTO_SCTP, 1000 + 10 * i,
					    1009 + 10 * i);
		s->ports[i].nsources = s->nsources / MESHMOD_MAX_PORTS;
		s->ports[i].source = i * s->ports[i].nsources;
	}
	s->nports = MESHMOD_MAX_PORTS;
	KUNIT_ASSERT_EQ(test, meshmod_service_inherit(s, NULL), 0);
	return s;
}

static void the_largest_service_fits(struct kunit *test)
{
	struct meshmod_service *s = full_service(test);
	struct sk_buff *skb = testing_skb(test, ROOM);
	u16 i;

	KUNIT_ASSERT_EQ(test, meshmod_fill_service(skb, s), 0);
	expect_fit(test, skb, MESHMOD_FILL_SIZE - HEADERS);
	kunit_info(test, "%zu bytes of %u", skb->len + HEADERS,
		   MESHMOD_FILL_SIZE);
	/* A device's name takes less than an address. */
	skb_trim(skb, 0);
	for (i = 0; i < s->nlisten; i++) {
		s->listen[i].addr.family = 0;
		strscpy(s->listen[i].dev, "fifteen-letters", IFNAMSIZ);
	}
	KUNIT_ASSERT_EQ(test, meshmod_fill_service(skb, s), 0);
	expect_fit(test, skb, MESHMOD_FILL_SIZE - HEADERS);
}

/* Copy the attributes of @from to @to, but not the kernel's counters. */
static void copy_attrs(struct sk_buff *to, const struct nlattr *from,
		       int counters)
{
	const struct nlattr *a;
	struct nlattr *nest;
	int rem;

	nla_for_each_nested(a, from, rem) {
		if (nla_type(a) == counters)
			continue;
		if (counters == MESHMOD_A_SERVICE_STATS &&
		    nla_type(a) == MESHMOD_A_SERVICE_BACKEND) {
			nest = nla_nest_start(to, MESHMOD_A_SERVICE_BACKEND);
			copy_attrs(to, a, MESHMOD_A_BACKEND_CONNECTIONS);
			nla_nest_end(to, nest);
			continue;
		}
		skb_put_data(to, a, NLA_ALIGN(a->nla_len));
	}
}

/* The service that @skb holds, in a message that a client may send */
static struct nlattr *sendable(struct kunit *test, const struct sk_buff *skb)
{
	struct sk_buff *to = testing_skb(test, ROOM);
	struct nlattr *nest = nla_nest_start(to, MESHMOD_A_SERVICE);

	copy_attrs(to, (struct nlattr *)skb->data, MESHMOD_A_SERVICE_STATS);
	nla_nest_end(to, nest);
	return nest;
}

static struct meshmod_service *read_back(struct kunit *test,
					 const struct sk_buff *skb)
{
	struct netlink_ext_ack extack = {};
	struct meshmod_service *s;

	s = meshmod_parse_service(sendable(test, skb), NULL, &extack);
	KUNIT_ASSERT_FALSE_MSG(test, IS_ERR(s), "%s",
			       extack._msg ?: "no sentence");
	kunit_alloc_resource(test, NULL, put_service, GFP_KERNEL, s);
	return s;
}

static void reads_the_service_back(struct kunit *test)
{
	struct meshmod_service *s = full_service(test), *back;
	struct sk_buff *skb = testing_skb(test, ROOM);

	s->ports[1].target_last = s->ports[1].target;	/* all to one */
	s->ports[2].last = s->ports[2].first;		/* no range */
	s->ports[2].target_last = s->ports[2].target;
	s->ports[3].nsources = 0;
	s->vips[0] = testing_addr("10.11.0.20");
	s->listen[0].addr = testing_addr("192.0.2.0/24");
	memset(&s->listen[1].addr, 0, sizeof(s->listen[1].addr));
	strscpy(s->listen[1].dev, "lo", IFNAMSIZ);
	KUNIT_ASSERT_EQ(test, meshmod_fill_service(skb, s), 0);
	back = read_back(test, skb);
	KUNIT_EXPECT_STREQ(test, back->name, s->name);
	KUNIT_EXPECT_TRUE(test, meshmod_service_equal(back, s));
	KUNIT_EXPECT_EQ(test, back->nsources, s->nsources - 4);
	KUNIT_EXPECT_FALSE(test, back->offload);
}

static void reads_the_backend_back(struct kunit *test)
{
	struct meshmod_service *s = full_service(test), *back;
	struct sk_buff *skb = testing_skb(test, ROOM);
	struct meshmod_backend *b = &s->backends[s->nbackends++];

	memset(b->name, 'b', MESHMOD_NAME_MAX);
	b->addr[0] = testing_addr("10.11.0.12");
	b->addr[1] = testing_addr("fd00:11::c");
	b->weight = MESHMOD_WEIGHT_MAX;
	b->state = MESHMOD_STATE_DRAINING;
	KUNIT_ASSERT_EQ(test, meshmod_service_inherit(s, NULL), 0);
	KUNIT_ASSERT_EQ(test, meshmod_fill_backend(skb, s, b), 0);
	expect_fit(test, skb, MESHMOD_FILL_SIZE - HEADERS);
	back = read_back(test, skb);
	KUNIT_EXPECT_STREQ(test, back->name, s->name);
	KUNIT_ASSERT_EQ(test, back->nbackends, 1);
	KUNIT_EXPECT_TRUE(test, meshmod_backend_equal(&back->backends[0], b));
}

static void reads_redirects_back(struct kunit *test)
{
	static const struct meshmod_redirect cases[] = {
		{ .from = 8080, .from_last = 8080, .to = 80, .to_last = 80 },
		{ .from = 1, .from_last = 9, .to = 80, .to_last = 80 },
		{ .from = 1, .from_last = 9, .to = 11, .to_last = 19 },
	};
	struct netlink_ext_ack extack = {};
	struct meshmod_redirect r, back;
	struct sk_buff *skb;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		r = cases[i];
		r.proto = IPPROTO_UDP;
		r.addr = testing_addr("fd00:11::c");
		skb = testing_skb(test, ROOM);
		KUNIT_ASSERT_EQ(test, meshmod_fill_redirect(skb, &r), 0);
		expect_fit(test, skb, MESHMOD_FILL_SIZE - HEADERS);
		KUNIT_ASSERT_EQ(test,
				meshmod_parse_redirect((void *)skb->data, true,
						       &back, &extack), 0);
		KUNIT_EXPECT_EQ(test, meshmod_redirect_order(&back, &r), 0);
		KUNIT_EXPECT_EQ(test, back.from_last, r.from_last);
		KUNIT_EXPECT_EQ(test, back.to, r.to);
		KUNIT_EXPECT_EQ(test, back.to_last, r.to_last);
	}
}

static void reads_the_binding_back(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_binding *b, back;
	struct sk_buff *skb = testing_skb(test, ROOM);
	struct netlink_ext_ack extack = {};

	b = testing_binding(t, "fifteen-letters", "10.11.0.12");
	for (; b->naddrs < MESHMOD_MAX_BINDING_ADDRS; b->naddrs++) {
		b->addrs[b->naddrs] = testing_addr("fd00:11::");
		set_last(&b->addrs[b->naddrs], b->naddrs);
	}
	KUNIT_ASSERT_EQ(test, meshmod_fill_binding(skb, b), 0);
	expect_fit(test, skb, MESHMOD_FILL_SIZE - HEADERS);
	KUNIT_ASSERT_EQ(test, meshmod_parse_binding((void *)skb->data, true,
						    &back, &extack), 0);
	KUNIT_EXPECT_STREQ(test, back.dev, b->dev);
	KUNIT_EXPECT_EQ(test, memcmp(back.mac, b->mac, ETH_ALEN), 0);
	KUNIT_ASSERT_EQ(test, back.naddrs, MESHMOD_MAX_BINDING_ADDRS);
	expect_same_addrs(test, back.addrs, b->addrs, back.naddrs);
}

static void tells_each_number_of_flows(struct kunit *test)
{
	struct sk_buff *skb = testing_skb(test, ROOM);
	struct nlattr *tb[MESHMOD_A_FLOWS_MAX + 1];
	u32 flows[MESHMOD_A_FLOWS_MAX + 1], i;

	for (i = 0; i < ARRAY_SIZE(flows); i++)
		flows[i] = U32_MAX - i;
	KUNIT_ASSERT_EQ(test, meshmod_fill_flows(skb, flows), 0);
	expect_fit(test, skb, MESHMOD_FILL_SIZE - HEADERS);
	KUNIT_EXPECT_EQ(test, nla_type((struct nlattr *)skb->data),
			MESHMOD_A_FLOWS);
	KUNIT_ASSERT_EQ(test, nla_parse_nested(tb, MESHMOD_A_FLOWS_MAX,
					       (struct nlattr *)skb->data, NULL,
					       NULL), 0);
	KUNIT_EXPECT_NULL(test, tb[MESHMOD_A_FLOWS_UNSPEC]);
	for (i = MESHMOD_A_FLOWS_OFFLOADED; i <= MESHMOD_A_FLOWS_SLOW; i++) {
		KUNIT_ASSERT_NOT_NULL(test, tb[i]);
		KUNIT_EXPECT_EQ(test, nla_len(tb[i]), sizeof(u32));
		KUNIT_EXPECT_EQ(test, nla_get_u32(tb[i]), flows[i]);
	}
}

static void expect_end(struct kunit *test, const struct nlattr *flow, int type,
		       const struct meshmod_end *end)
{
	const struct nlattr *nest = nla_find_nested(flow, type);
	const struct nlattr *addr, *port, *ip;
	bool v6 = end->addr.family == AF_INET6;

	KUNIT_ASSERT_NOT_NULL(test, nest);
	addr = nla_find_nested(nest, MESHMOD_A_END_ADDR);
	port = nla_find_nested(nest, MESHMOD_A_END_PORT);
	KUNIT_ASSERT_NOT_NULL(test, addr);
	KUNIT_ASSERT_NOT_NULL(test, port);
	KUNIT_EXPECT_EQ(test, nla_get_u16(port), end->port);
	ip = nla_find_nested(addr, v6 ? MESHMOD_A_ADDR_V6 : MESHMOD_A_ADDR_V4);
	KUNIT_ASSERT_NOT_NULL(test, ip);
	KUNIT_EXPECT_EQ(test, nla_len(addr), nla_total_size(v6 ? 16 : 4));
	KUNIT_EXPECT_EQ(test, nla_memcmp(ip, &end->addr.ip, v6 ? 16 : 4), 0);
}

static void tells_all_of_a_flow(struct kunit *test)
{
	static const char *const names[][4] = {
		{ "10.11.0.4", "192.0.2.1", "192.0.2.10", "10.11.0.12" },
		{ "fd00:11::4", "2001:db8::1", "fd00:11::20", "fd00:11::c" },
	};
	struct sk_buff *skb = testing_skb(test, ROOM);
	struct nlattr *flow = (struct nlattr *)skb->data;
	struct meshmod_flow f = {
		.ingress.port = 65535, .client.port = 0, .asked.port = 8080,
		.backend.port = 80, .proto = IPPROTO_UDP, .mark = 0xab000100,
	};
	u32 i;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		f.ingress.addr = testing_addr(names[i][0]);
		f.client.addr = testing_addr(names[i][1]);
		f.asked.addr = testing_addr(names[i][2]);
		f.backend.addr = testing_addr(names[i][3]);
		skb_trim(skb, 0);
		KUNIT_ASSERT_EQ(test, meshmod_fill_flow(skb, &f), 0);
		expect_fit(test, skb, NLMSG_DEFAULT_SIZE - HEADERS);
		KUNIT_EXPECT_EQ(test, nla_type(flow), MESHMOD_A_FLOW);
		expect_end(test, flow, MESHMOD_A_FLOW_INGRESS, &f.ingress);
		expect_end(test, flow, MESHMOD_A_FLOW_CLIENT, &f.client);
		expect_end(test, flow, MESHMOD_A_FLOW_ASKED, &f.asked);
		expect_end(test, flow, MESHMOD_A_FLOW_BACKEND, &f.backend);
		KUNIT_EXPECT_EQ(test, nla_get_u8(nla_find_nested(flow,
								 MESHMOD_A_FLOW_PROTO)),
				IPPROTO_UDP);
		KUNIT_EXPECT_EQ(test, nla_get_u32(nla_find_nested(flow,
								  MESHMOD_A_FLOW_MARK)),
				0xab000100);
	}
}

/* An object that does not fit leaves nothing behind. */
static void all_or_nothing(struct kunit *test)
{
	struct meshmod_service *s = full_service(test);
	struct meshmod_table *t = full_node(test);
	struct sk_buff *skb = testing_skb(test, 1024);
	const u32 flows[MESHMOD_A_FLOWS_MAX + 1] = {};
	const struct meshmod_flow flow = {};

	KUNIT_EXPECT_EQ(test, meshmod_fill_node(skb, t), -EMSGSIZE);
	KUNIT_EXPECT_EQ(test, skb->len, 0);
	KUNIT_EXPECT_EQ(test, meshmod_fill_service(skb, s), -EMSGSIZE);
	KUNIT_EXPECT_EQ(test, skb->len, 0);
	skb_put(skb, skb_tailroom(skb) - 16);
	KUNIT_EXPECT_EQ(test, meshmod_fill_flows(skb, flows), -EMSGSIZE);
	KUNIT_EXPECT_EQ(test, skb_tailroom(skb), 16);
	KUNIT_EXPECT_EQ(test, meshmod_fill_flow(skb, &flow), -EMSGSIZE);
	KUNIT_EXPECT_EQ(test, skb_tailroom(skb), 16);
}

static struct kunit_case fill_cases[] = {
	KUNIT_CASE(the_largest_node_fits),
	KUNIT_CASE(any_node_fits),
	KUNIT_CASE(reads_the_node_back),
	KUNIT_CASE(tells_that_offload_is_on),
	KUNIT_CASE(the_largest_service_fits),
	KUNIT_CASE(reads_the_service_back),
	KUNIT_CASE(reads_the_backend_back),
	KUNIT_CASE(reads_redirects_back),
	KUNIT_CASE(reads_the_binding_back),
	KUNIT_CASE(tells_each_number_of_flows),
	KUNIT_CASE(tells_all_of_a_flow),
	KUNIT_CASE(all_or_nothing),
	{}
};

static struct kunit_suite fill_suite = {
	.name = "meshmod-fill",
	.test_cases = fill_cases,
};

kunit_test_suite(fill_suite);
