// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit: policies and parsing of redirects, bindings and the node.  Included by
 * parse.c behind parse_test.c, whose helpers it uses.
 */
static void put_redirect(struct message *m, u8 proto, u16 from, u16 from_last,
			 u16 to, u16 to_last)
{
	put_addr(m, MESHMOD_A_REDIRECT_ADDR, "fd00:11::c");
	nla_put_u8(m->skb, MESHMOD_A_REDIRECT_PROTO, proto);
	nla_put_u16(m->skb, MESHMOD_A_REDIRECT_FROM, from);
	if (from_last)
		nla_put_u16(m->skb, MESHMOD_A_REDIRECT_FROM_LAST, from_last);
	if (to)
		nla_put_u16(m->skb, MESHMOD_A_REDIRECT_TO, to);
	if (to_last)
		nla_put_u16(m->skb, MESHMOD_A_REDIRECT_TO_LAST, to_last);
}

static void parses_redirects(struct kunit *test)
{
	static const struct {
		u16 from, from_last, to, to_last, want_last;
		int err;
		const char *part;
	} cases[] = {
		{ 8080, 0, 80, 0, 80 },
		{ 8080, 8080, 80, 80, 80 },
		{ 8000, 8099, 80, 0, 80 },
		{ 8000, 8099, 80, 80, 80 },
		{ 8000, 8099, 9000, 9099, 9099 },
		{ 1, 65535, 1, 65535, 65535 },
		{ 8000, 8099, 9000, 9098, 0, -EINVAL, "to as many as it has" },
		{ 8000, 0, 9000, 9001, 0, -EINVAL, "to as many as it has" },
		{ 8000, 7999, 80, 0, 0, -EINVAL, "ends before it starts" },
		{ 8000, 8099, 80, 79, 0, -EINVAL, "ends before it starts" },
		{ 8080, 0, 0, 0, 0, -EINVAL, "needs a target port" },
	};
	struct meshmod_redirect r;
	struct message *m;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		m = new_message(test, MESHMOD_A_REDIRECT);
		put_redirect(m, IPPROTO_SCTP, cases[i].from, cases[i].from_last,
			     cases[i].to, cases[i].to_last);
		KUNIT_ASSERT_EQ(test, validate(m), 0);
		KUNIT_EXPECT_EQ(test, meshmod_parse_redirect(m->nest, true, &r,
							     &m->extack),
				cases[i].err);
		if (cases[i].err) {
			expect_said(test, m, cases[i].part);
			continue;
		}
		KUNIT_EXPECT_EQ(test, r.addr.family, AF_INET6);
		KUNIT_EXPECT_EQ(test, r.proto, IPPROTO_SCTP);
		KUNIT_EXPECT_EQ(test, r.from, cases[i].from);
		KUNIT_EXPECT_EQ(test, r.from_last, max(cases[i].from_last,
						       cases[i].from));
		KUNIT_EXPECT_EQ(test, r.to, cases[i].to);
		KUNIT_EXPECT_EQ(test, r.to_last, cases[i].want_last);
	}
}

static void parses_the_key_of_a_redirect(struct kunit *test)
{
	struct message *m = new_message(test, MESHMOD_A_REDIRECT);
	struct meshmod_redirect r;

	put_redirect(m, IPPROTO_TCP, 8000, 0, 0, 0);
	KUNIT_ASSERT_EQ(test, validate(m), 0);
	KUNIT_EXPECT_EQ(test, meshmod_parse_redirect(m->nest, false, &r,
						     &m->extack), 0);
	KUNIT_EXPECT_EQ(test, r.from, 8000);
	m = new_message(test, MESHMOD_A_REDIRECT);
	put_addr(m, MESHMOD_A_REDIRECT_ADDR, "fd00:11::c");
	KUNIT_ASSERT_EQ(test, validate(m), 0);
	KUNIT_EXPECT_EQ(test, meshmod_parse_redirect(m->nest, false, &r,
						     &m->extack), -EINVAL);
	expect_said(test, m, "give all three");
}

/* What is NULL or 0 is left out. */
static void put_binding(struct message *m, const char *dev, bool mac,
			int naddrs)
{
	if (dev)
		nla_put_string(m->skb, MESHMOD_A_BINDING_DEV, dev);
	if (mac)
		nla_put(m->skb, MESHMOD_A_BINDING_MAC, ETH_ALEN, "\x02mac--");
	while (naddrs--)
		put_addr(m, MESHMOD_A_BINDING_ADDR,
			 naddrs % 2 ? "fd00:11::c" : "10.11.0.12");
}

static void parses_bindings(struct kunit *test)
{
	static const struct {
		const char *dev;
		bool mac;
		int naddrs;
		bool whole;
		int err;
		const char *part;
	} cases[] = {
		{ "eth0", true, 1, true },
		{ "fifteen-letters", true, 4, true },
		{ "eth0", false, 0, false },
		{ NULL, true, 1, true, -EINVAL, "named by its device" },
		{ NULL, false, 0, false, -EINVAL, "named by its device" },
		{ "", true, 1, true, -EINVAL, "no name here" },
		{ "eth0", false, 1, true, -EINVAL, "a MAC and an address" },
		{ "eth0", true, 0, true, -EINVAL, "a MAC and an address" },
		{ "eth0", true, 5, true, -ENOSPC, "4 addresses" },
	};
	struct meshmod_binding b;
	struct message *m;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		m = new_message(test, MESHMOD_A_BINDING);
		put_binding(m, cases[i].dev, cases[i].mac, cases[i].naddrs);
		KUNIT_ASSERT_EQ(test, validate(m), 0);
		KUNIT_EXPECT_EQ(test, meshmod_parse_binding(m->nest,
							    cases[i].whole, &b,
							    &m->extack),
				cases[i].err);
		if (cases[i].err) {
			expect_said(test, m, cases[i].part);
			continue;
		}
		KUNIT_EXPECT_STREQ(test, b.dev, cases[i].dev);
		KUNIT_EXPECT_EQ(test, b.mac[0] == 2, cases[i].mac);
		KUNIT_EXPECT_EQ(test, b.naddrs, cases[i].naddrs);
	}
}

static int parse_node(struct kunit *test, struct message *m,
		      struct meshmod_table *t)
{
	KUNIT_ASSERT_EQ(test, validate(m), 0);
	return meshmod_parse_node(m->nest, t, &m->extack);
}

static void put_tunnel(struct message *m, bool has_port, u16 port, bool has_vni,
		       u32 vni)
{
	struct nlattr *nest = nla_nest_start(m->skb, MESHMOD_A_NODE_TUNNEL);

	if (has_port)
		nla_put_u16(m->skb, MESHMOD_A_TUNNEL_PORT, port);
	if (has_vni)
		nla_put_u32(m->skb, MESHMOD_A_TUNNEL_VNI, vni);
	nla_nest_end(m->skb, nest);
}

static void parses_tunnels(struct kunit *test)
{
	static const struct {
		bool port;
		bool vni;
		u32 number;
		int err;
		const char *part;
	} cases[] = {
		{ true, true, 0 },
		{ true, true, 16777215 },
		{ true, true, 16777216, -ERANGE, "0 to 16777215" },
		{ true, true, U32_MAX, -ERANGE, "0 to 16777215" },
		{ true, false, 1, -EINVAL, "give both" },
		{ false, true, 1, -EINVAL, "give both" },
	};
	struct message *m;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct meshmod_table *t = testing_table(test, NULL);

		m = new_message(test, MESHMOD_A_NODE);
		put_tunnel(m, cases[i].port, 4789, cases[i].vni,
			   cases[i].number);
		KUNIT_EXPECT_EQ(test, parse_node(test, m, t), cases[i].err);
		if (cases[i].err) {
			expect_said(test, m, cases[i].part);
			continue;
		}
		KUNIT_EXPECT_EQ(test, t->node.tunnel_port, 4789);
		KUNIT_EXPECT_EQ(test, t->node.vni, cases[i].number);
	}
}

static void put_peers(struct message *m, u32 n)
{
	char text[32];
	u32 i;

	for (i = 0; i < n; i++) {
		snprintf(text, sizeof(text), "2001:db8::%x", i + 1);
		put_addr(m, MESHMOD_A_NODE_PEER, text);
	}
}

static void takes_1024_peers_and_no_more(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct message *m = new_message(test, MESHMOD_A_NODE);
	struct meshmod_addr last = testing_addr("2001:db8::400");

	put_peers(m, MESHMOD_MAX_PEERS);
	KUNIT_EXPECT_EQ(test, parse_node(test, m, t), 0);
	KUNIT_ASSERT_EQ(test, t->npeers, MESHMOD_MAX_PEERS);
	KUNIT_EXPECT_TRUE(test, meshmod_addr_equal(&t->peers[1023], &last));
	/* A list that is named replaces the other one. */
	m = new_message(test, MESHMOD_A_NODE);
	put_peers(m, 2);
	KUNIT_EXPECT_EQ(test, parse_node(test, m, t), 0);
	KUNIT_EXPECT_EQ(test, t->npeers, 2);
	/* A list that is not stays. */
	m = new_message(test, MESHMOD_A_NODE);
	put_tunnel(m, true, 4789, true, 1);
	KUNIT_EXPECT_EQ(test, parse_node(test, m, t), 0);
	KUNIT_EXPECT_EQ(test, t->npeers, 2);
	m = new_message(test, MESHMOD_A_NODE);
	put_peers(m, MESHMOD_MAX_PEERS + 1);
	KUNIT_EXPECT_EQ(test, parse_node(test, m, t), -ENOSPC);
	expect_said(test, m, "1024 peers");
}

static void takes_16_ingress_addresses_of_each(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct message *m = new_message(test, MESHMOD_A_NODE);
	int i;

	for (i = 0; i < MESHMOD_MAX_INGRESS; i++) {
		put_addr(m, MESHMOD_A_NODE_INGRESS,
			 i ? "fd00:11::5" : "fd00:11::4");
		put_addr(m, MESHMOD_A_NODE_INGRESS, "10.11.0.4");
	}
	KUNIT_EXPECT_EQ(test, parse_node(test, m, t), 0);
	KUNIT_EXPECT_EQ(test, t->node.ingress[0].n, MESHMOD_MAX_INGRESS);
	KUNIT_EXPECT_EQ(test, t->node.ingress[1].n, MESHMOD_MAX_INGRESS);
	KUNIT_EXPECT_EQ(test, t->node.ingress[0].addrs[15].family, AF_INET);
	KUNIT_EXPECT_EQ(test, t->node.ingress[1].addrs[0].ip.in6.s6_addr[15],
			4);
	m = new_message(test, MESHMOD_A_NODE);
	for (i = 0; i <= MESHMOD_MAX_INGRESS; i++)
		put_addr(m, MESHMOD_A_NODE_INGRESS, "fd00:11::4");
	KUNIT_EXPECT_EQ(test, parse_node(test, m, t), -ENOSPC);
	expect_said(test, m, "16 ingress addresses of each family");
}

static void masquerades_subnets_of_both(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct message *m = new_message(test, MESHMOD_A_NODE);
	int i;

	put_addr(m, MESHMOD_A_NODE_MASQUERADE, "172.18.0.0/16");
	put_addr(m, MESHMOD_A_NODE_MASQUERADE, "fd00:18::/64");
	KUNIT_EXPECT_EQ(test, parse_node(test, m, t), 0);
	KUNIT_EXPECT_EQ(test, t->node.nmasquerade, 2);
	KUNIT_EXPECT_EQ(test, t->node.masquerade[1].prefix, 64);
	m = new_message(test, MESHMOD_A_NODE);
	put_addr(m, MESHMOD_A_NODE_MASQUERADE, "fd00:18::1");
	KUNIT_EXPECT_EQ(test, parse_node(test, m, t), -EINVAL);
	expect_said(test, m, "needs a prefix length");
	m = new_message(test, MESHMOD_A_NODE);
	for (i = 0; i <= MESHMOD_MAX_MASQUERADE; i++)
		put_addr(m, MESHMOD_A_NODE_MASQUERADE, "fd00:18::/64");
	KUNIT_EXPECT_EQ(test, parse_node(test, m, t), -ENOSPC);
	expect_said(test, m, "8 subnets");
}

static void knows_an_overlay_when_told(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct message *m;
	int on;

	KUNIT_EXPECT_FALSE(test, t->node.overlay);
	for (on = 1; on >= 0; on--) {
		m = new_message(test, MESHMOD_A_NODE);
		nla_put_u8(m->skb, MESHMOD_A_NODE_OVERLAY, on);
		KUNIT_ASSERT_EQ(test, parse_node(test, m, t), 0);
		KUNIT_EXPECT_EQ(test, t->node.overlay, on);
		KUNIT_EXPECT_EQ(test, meshmod_table_empty(t), !on);
	}
}

static void offloads_unless_told_not_to(struct kunit *test)
{
	static const struct {
		int put;		/* < 0: nothing */
		bool want;
	} steps[] = { { -1, true }, { 0, false }, { -1, false }, { 1, true } };
	struct meshmod_table *t = testing_table(test, NULL);
	struct message *m;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(steps); i++) {
		m = new_message(test, MESHMOD_A_NODE);
		nla_put_u32(m->skb, MESHMOD_A_NODE_MASK, 0xffff);
		if (steps[i].put >= 0)
			nla_put_u8(m->skb, MESHMOD_A_NODE_OFFLOAD,
				   steps[i].put);
		KUNIT_ASSERT_EQ(test, parse_node(test, m, t), 0);
		KUNIT_EXPECT_EQ_MSG(test, t->node.offload, steps[i].want, "%u",
				    i);
	}
}

static void clears_the_node(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct message *m = new_message(test, MESHMOD_A_NODE);

	put_addr(m, MESHMOD_A_NODE_INGRESS, "fd00:11::4");
	put_addr(m, MESHMOD_A_NODE_INGRESS, "10.11.0.4");
	put_addr(m, MESHMOD_A_NODE_MASQUERADE, "fd00:18::/64");
	put_peers(m, 2);
	put_tunnel(m, true, 4789, true, 4242);
	KUNIT_ASSERT_EQ(test, parse_node(test, m, t), 0);
	m = new_message(test, MESHMOD_A_NODE);
	nla_put_u32(m->skb, MESHMOD_A_NODE_CLEAR,
		    BIT(MESHMOD_A_NODE_PEER) | BIT(MESHMOD_A_NODE_TUNNEL));
	KUNIT_ASSERT_EQ(test, parse_node(test, m, t), 0);
	KUNIT_EXPECT_EQ(test, t->npeers, 0);
	KUNIT_EXPECT_EQ(test, t->node.tunnel_port, 0);
	KUNIT_EXPECT_EQ(test, t->node.ingress[1].n, 1);
	m = new_message(test, MESHMOD_A_NODE);
	nla_put_u32(m->skb, MESHMOD_A_NODE_CLEAR,
		    BIT(MESHMOD_A_NODE_INGRESS) |
		    BIT(MESHMOD_A_NODE_MASQUERADE));
	KUNIT_ASSERT_EQ(test, parse_node(test, m, t), 0);
	KUNIT_EXPECT_TRUE(test, meshmod_table_empty(t));
}

POLICY_TEST_OF(MESHMOD_A_NODE, policy_stops_tunnel_port_0,
	       put_tunnel(m, true, 0, true, 1), -ERANGE)
POLICY_TEST_OF(MESHMOD_A_NODE, policy_stops_offload_2,
	       nla_put_u8(m->skb, MESHMOD_A_NODE_OFFLOAD, 2), -ERANGE)
POLICY_TEST_OF(MESHMOD_A_NODE, policy_stops_overlay_2,
	       nla_put_u8(m->skb, MESHMOD_A_NODE_OVERLAY, 2), -ERANGE)
POLICY_TEST_OF(MESHMOD_A_NODE, policy_stops_clearing_the_mask,
	       nla_put_u32(m->skb, MESHMOD_A_NODE_CLEAR,
			   BIT(MESHMOD_A_NODE_MASK)), -EINVAL)
POLICY_TEST_OF(MESHMOD_A_BINDING, policy_stops_short_macs,
	       nla_put(m->skb, MESHMOD_A_BINDING_MAC, 5, "12345"), -ERANGE)
POLICY_TEST_OF(MESHMOD_A_BINDING, policy_stops_long_macs,
	       nla_put(m->skb, MESHMOD_A_BINDING_MAC, 7, "1234567"), -ERANGE)
POLICY_TEST_OF(MESHMOD_A_REDIRECT, policy_stops_target_0,
	       nla_put_u16(m->skb, MESHMOD_A_REDIRECT_TO, 0), -ERANGE)

static struct kunit_case parse_node_cases[] = {
	KUNIT_CASE(parses_redirects),
	KUNIT_CASE(parses_the_key_of_a_redirect),
	KUNIT_CASE(parses_bindings),
	KUNIT_CASE(parses_tunnels),
	KUNIT_CASE(takes_1024_peers_and_no_more),
	KUNIT_CASE(takes_16_ingress_addresses_of_each),
	KUNIT_CASE(masquerades_subnets_of_both),
	KUNIT_CASE(knows_an_overlay_when_told),
	KUNIT_CASE(offloads_unless_told_not_to),
	KUNIT_CASE(clears_the_node),
	KUNIT_CASE(policy_stops_tunnel_port_0),
	KUNIT_CASE(policy_stops_offload_2),
	KUNIT_CASE(policy_stops_overlay_2),
	KUNIT_CASE(policy_stops_clearing_the_mask),
	KUNIT_CASE(policy_stops_short_macs),
	KUNIT_CASE(policy_stops_long_macs),
	KUNIT_CASE(policy_stops_target_0),
	{}
};

static struct kunit_suite parse_node_suite = {
	.name = "meshmod-parse-node",
	.test_cases = parse_node_cases,
};

kunit_test_suite(parse_node_suite);
