// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit: policies and parsing of what connections are found by.  Included by
 * parse.c behind parse_test.c, whose helpers it uses.
 */

/* @addr, @port and @proto: NULL or 0 leaves it out. */
static struct message *new_flow(struct kunit *test, const char *addr, u16 port,
				u8 proto)
{
	struct message *m = new_message(test, MESHMOD_A_FLOW);
	struct nlattr *nest = nla_nest_start(m->skb, MESHMOD_A_FLOW_INGRESS);

	if (addr)
		put_addr(m, MESHMOD_A_END_ADDR, addr);
	if (port)
		nla_put_u16(m->skb, MESHMOD_A_END_PORT, port);
	nla_nest_end(m->skb, nest);
	if (proto)
		nla_put_u8(m->skb, MESHMOD_A_FLOW_PROTO, proto);
	return m;
}

static void parses_ends(struct kunit *test)
{
	static const struct {
		const char *addr;
		u16 port;
		u8 proto;
		int err;
		const char *part;
	} cases[] = {
		{ "10.11.0.4", 30940, 0 },
		{ "10.11.0.4", 1, IPPROTO_TCP },
		{ "fd00:11::4", 65535, IPPROTO_UDP },
		{ "fd00:11::4", 30940, IPPROTO_SCTP },
		{ "10.11.0.4", 30940, IPPROTO_ICMP, -EOPNOTSUPP, "tcp, udp and sctp" },
		{ "10.11.0.4", 0, 0, -EINVAL, "give both" },
		{ NULL, 30940, 0, -EINVAL, "give both" },
		{ "10.11.0.0/24", 30940, 0, -EINVAL, "no prefix length here" },
		{ "::ffff:10.11.0.4", 30940, 0, -EINVAL, "give it as IPv4" },
	};
	struct meshmod_flow f;
	struct meshmod_addr addr;
	struct message *m;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		m = new_flow(test, cases[i].addr, cases[i].port, cases[i].proto);
		KUNIT_ASSERT_EQ(test, validate(m), 0);
		KUNIT_EXPECT_EQ(test, meshmod_parse_flow(m->nest, &f, &m->extack),
				cases[i].err);
		if (cases[i].err) {
			expect_said(test, m, cases[i].part);
			continue;
		}
		addr = testing_addr(cases[i].addr);
		KUNIT_EXPECT_TRUE(test, meshmod_addr_equal(&f.ingress.addr, &addr));
		KUNIT_EXPECT_EQ(test, f.ingress.port, cases[i].port);
		KUNIT_EXPECT_EQ(test, f.proto, cases[i].proto);
	}
}

static void needs_an_end(struct kunit *test)
{
	struct message *m = new_message(test, MESHMOD_A_FLOW);
	struct meshmod_flow f;

	nla_put_u8(m->skb, MESHMOD_A_FLOW_PROTO, IPPROTO_TCP);
	KUNIT_ASSERT_EQ(test, validate(m), 0);
	KUNIT_EXPECT_EQ(test, meshmod_parse_flow(m->nest, &f, &m->extack),
			-EINVAL);
	expect_said(test, m, "found by the address and port");
}

static void put_end_port_0(struct message *m)
{
	struct nlattr *nest = nla_nest_start(m->skb, MESHMOD_A_FLOW_INGRESS);

	put_addr(m, MESHMOD_A_END_ADDR, "10.11.0.4");
	nla_put_u16(m->skb, MESHMOD_A_END_PORT, 0);
	nla_nest_end(m->skb, nest);
}

POLICY_TEST_OF(MESHMOD_A_FLOW, policy_stops_end_port_0, put_end_port_0(m),
	       -ERANGE)
/* The kernel's own to tell */
POLICY_TEST_OF(MESHMOD_A_FLOW, policy_stops_marks_of_flows,
	       nla_put_u32(m->skb, MESHMOD_A_FLOW_MARK, 256), -EINVAL)

static struct kunit_case parse_flow_cases[] = {
	KUNIT_CASE(parses_ends),
	KUNIT_CASE(needs_an_end),
	KUNIT_CASE(policy_stops_end_port_0),
	KUNIT_CASE(policy_stops_marks_of_flows),
	{}
};

static struct kunit_suite parse_flow_suite = {
	.name = "meshmod-parse-flow",
	.test_cases = parse_flow_cases,
};

kunit_test_suite(parse_flow_suite);
