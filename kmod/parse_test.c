// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit: policies and parsing, with messages as a client would build them.
 * Included by parse.c.
 */
#include "testing.h"

struct message {
	struct sk_buff *skb;
	struct nlattr *service;
	struct netlink_ext_ack extack;
};

static struct message *new_message(struct kunit *test)
{
	struct message *m = kunit_kzalloc(test, sizeof(*m), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, m);
	m->skb = alloc_skb(65536, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, m->skb);
	m->service = nla_nest_start(m->skb, MESHMOD_A_SERVICE);
	return m;
}

/* Validate as the family would.  Return: its verdict. */
static int validate(struct message *m)
{
	nla_nest_end(m->skb, m->service);
	return __nla_validate((struct nlattr *)m->skb->data, m->skb->len,
			      MESHMOD_A_MAX, meshmod_policy_service,
			      NL_VALIDATE_STRICT, &m->extack);
}

static struct meshmod_service *parse(struct message *m)
{
	return meshmod_parse_service((struct nlattr *)m->skb->data, NULL,
				     &m->extack);
}

static void put_addr(struct sk_buff *skb, int type, __be32 ip)
{
	struct nlattr *nest = nla_nest_start(skb, type);

	nla_put_in_addr(skb, MESHMOD_A_ADDR_V4, ip);
	nla_nest_end(skb, nest);
}

static void put_port(struct sk_buff *skb, u8 proto, u16 port)
{
	struct nlattr *nest = nla_nest_start(skb, MESHMOD_A_SERVICE_PORT);

	nla_put_u8(skb, MESHMOD_A_PORT_PROTO, proto);
	nla_put_u16(skb, MESHMOD_A_PORT_PUBLISHED, port);
	nla_nest_end(skb, nest);
}

static void put_backend(struct sk_buff *skb, const char *name, u32 weight)
{
	struct nlattr *nest = nla_nest_start(skb, MESHMOD_A_SERVICE_BACKEND);

	nla_put_string(skb, MESHMOD_A_BACKEND_NAME, name);
	put_addr(skb, MESHMOD_A_BACKEND_ADDR, htonl(0x0a0b000c));
	nla_put_u32(skb, MESHMOD_A_BACKEND_WEIGHT, weight);
	nla_nest_end(skb, nest);
}

static void parses_a_service(struct kunit *test)
{
	struct message *m = new_message(test);
	struct meshmod_service *s;

	nla_put_string(m->skb, MESHMOD_A_SERVICE_NAME, "web");
	nla_put_u32(m->skb, MESHMOD_A_SERVICE_MARK, 258);
	put_addr(m->skb, MESHMOD_A_SERVICE_VIP, htonl(0x0a0b0014));
	put_port(m->skb, IPPROTO_TCP, 8080);
	put_port(m->skb, IPPROTO_UDP, 53);
	put_backend(m->skb, "web.1", 5);
	KUNIT_ASSERT_EQ(test, validate(m), 0);
	s = parse(m);
	KUNIT_ASSERT_FALSE(test, IS_ERR(s));
	KUNIT_EXPECT_STREQ(test, s->name, "web");
	KUNIT_EXPECT_EQ(test, s->mark, 258);
	KUNIT_EXPECT_EQ(test, s->nvips, 1);
	KUNIT_EXPECT_EQ(test, s->nports, 2);
	KUNIT_EXPECT_EQ(test, s->ports[0].target, 8080);
	KUNIT_EXPECT_EQ(test, s->ports[1].proto, IPPROTO_UDP);
	KUNIT_EXPECT_EQ(test, s->nbackends, 1);
	KUNIT_EXPECT_EQ(test, s->backends[0].weight, 5);
	KUNIT_EXPECT_EQ(test, s->backends[0].state, MESHMOD_STATE_UP);
	meshmod_service_put(s);
	kfree_skb(m->skb);
}

static void expect_parse_error(struct kunit *test, struct message *m, int err,
			       const char *part)
{
	struct meshmod_service *s;

	KUNIT_ASSERT_EQ(test, validate(m), 0);
	s = parse(m);
	KUNIT_ASSERT_TRUE(test, IS_ERR(s));
	KUNIT_EXPECT_EQ(test, PTR_ERR(s), err);
	KUNIT_ASSERT_NOT_NULL(test, m->extack._msg);
	KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(m->extack._msg, part), "%s",
				  m->extack._msg);
	KUNIT_EXPECT_NOT_NULL(test, m->extack.bad_attr);
	kfree_skb(m->skb);
}

static void refuses_no_name(struct kunit *test)
{
	struct message *m = new_message(test);

	put_port(m->skb, IPPROTO_TCP, 80);
	expect_parse_error(test, m, -EINVAL, "needs a name");
}

static void the_last_name_counts(struct kunit *test)
{
	struct message *m = new_message(test);
	char name[MESHMOD_NAME_MAX + 1];
	struct meshmod_service *s;

	nla_put_string(m->skb, MESHMOD_A_SERVICE_NAME, "one");
	nla_put_string(m->skb, MESHMOD_A_SERVICE_NAME, "two");
	KUNIT_ASSERT_EQ(test, validate(m), 0);
	s = parse(m);
	KUNIT_ASSERT_FALSE(test, IS_ERR(s));
	KUNIT_EXPECT_STREQ(test, s->name, "two");
	KUNIT_EXPECT_EQ(test, meshmod_parse_service_name(s->origin, name, NULL),
			0);
	KUNIT_EXPECT_STREQ(test, name, "two");
	meshmod_service_put(s);
	kfree_skb(m->skb);
}

static void refuses_other_protocols(struct kunit *test)
{
	struct message *m = new_message(test);

	nla_put_string(m->skb, MESHMOD_A_SERVICE_NAME, "web");
	put_port(m->skb, IPPROTO_SCTP, 80);
	expect_parse_error(test, m, -EOPNOTSUPP, "tcp and udp");
}

static void refuses_heavy_weights(struct kunit *test)
{
	struct message *m = new_message(test);

	nla_put_string(m->skb, MESHMOD_A_SERVICE_NAME, "web");
	put_backend(m->skb, "web.1", 65536);
	expect_parse_error(test, m, -ERANGE, "0 to 65535");
}

static void refuses_ipv6_with_a_sentence(struct kunit *test)
{
	struct message *m = new_message(test);
	struct nlattr *nest;

	nla_put_string(m->skb, MESHMOD_A_SERVICE_NAME, "web");
	nest = nla_nest_start(m->skb, MESHMOD_A_SERVICE_VIP);
	nla_put_in6_addr(m->skb, MESHMOD_A_ADDR_V6, &in6addr_loopback);
	nla_nest_end(m->skb, nest);
	expect_parse_error(test, m, -EOPNOTSUPP, "IPv6");
}

static void refuses_more_ports_than_fit(struct kunit *test)
{
	struct message *m = new_message(test);
	int i;

	nla_put_string(m->skb, MESHMOD_A_SERVICE_NAME, "web");
	for (i = 0; i <= MESHMOD_MAX_PORTS; i++)
		put_port(m->skb, IPPROTO_TCP, 1000 + i);
	expect_parse_error(test, m, -ENOSPC, "64 ports");
}

static void refuses_more_vips_than_fit(struct kunit *test)
{
	struct message *m = new_message(test);
	int i;

	nla_put_string(m->skb, MESHMOD_A_SERVICE_NAME, "web");
	for (i = 0; i <= MESHMOD_MAX_VIPS; i++)
		put_addr(m->skb, MESHMOD_A_SERVICE_VIP, htonl(0x0a0b0014 + i));
	expect_parse_error(test, m, -ENOSPC, "2 VIPs");
}

static void refuses_more_backends_than_fit(struct kunit *test)
{
	struct message *m = new_message(test);
	char name[16];
	int i;

	nla_put_string(m->skb, MESHMOD_A_SERVICE_NAME, "web");
	for (i = 0; i <= MESHMOD_MAX_BACKENDS; i++) {
		snprintf(name, sizeof(name), "b%d", i);
		put_backend(m->skb, name, 1);
	}
	expect_parse_error(test, m, -ENOSPC, "1024 backends");
}

/* What the policy alone must stop: @bad is put where @put puts it. */
#define POLICY_TEST(test_name, put, want)				\
static void test_name(struct kunit *test)				\
{									\
	struct message *m = new_message(test);				\
									\
	put;								\
	KUNIT_EXPECT_EQ(test, validate(m), want);			\
	KUNIT_EXPECT_NOT_NULL(test, m->extack._msg);			\
	kfree_skb(m->skb);						\
}

POLICY_TEST(policy_stops_port_0, put_port(m->skb, IPPROTO_TCP, 0), -ERANGE)
POLICY_TEST(policy_stops_mark_0,
	    nla_put_u32(m->skb, MESHMOD_A_SERVICE_MARK, 0), -ERANGE)
POLICY_TEST(policy_stops_unknown_schedulers,
	    nla_put_u8(m->skb, MESHMOD_A_SERVICE_SCHEDULER,
		       MESHMOD_SCHED_MAX + 1), -ERANGE)
POLICY_TEST(policy_stops_unknown_sources,
	    nla_put_u8(m->skb, MESHMOD_A_SERVICE_SOURCE,
		       MESHMOD_SOURCE_MAX + 1), -ERANGE)
POLICY_TEST(policy_stops_long_names,
	    nla_put_string(m->skb, MESHMOD_A_SERVICE_NAME,
			   "0123456789012345678901234567890123456789012345678901234567890123"),
	    -EINVAL)
POLICY_TEST(policy_stops_wrong_lengths,
	    nla_put_u64_64bit(m->skb, MESHMOD_A_SERVICE_MARK, 1, 0), -EINVAL)
POLICY_TEST(policy_stops_what_only_the_kernel_says,
	    nla_put_u32(m->skb, MESHMOD_A_SERVICE_STATS, 1), -EINVAL)
POLICY_TEST(policy_stops_unknown_attributes,
	    nla_put_u32(m->skb, MESHMOD_A_SERVICE_MAX + 1, 1), -EINVAL)

static struct kunit_case parse_cases[] = {
	KUNIT_CASE(parses_a_service),
	KUNIT_CASE(refuses_no_name),
	KUNIT_CASE(the_last_name_counts),
	KUNIT_CASE(refuses_other_protocols),
	KUNIT_CASE(refuses_heavy_weights),
	KUNIT_CASE(refuses_ipv6_with_a_sentence),
	KUNIT_CASE(refuses_more_ports_than_fit),
	KUNIT_CASE(refuses_more_vips_than_fit),
	KUNIT_CASE(refuses_more_backends_than_fit),
	KUNIT_CASE(policy_stops_port_0),
	KUNIT_CASE(policy_stops_mark_0),
	KUNIT_CASE(policy_stops_unknown_schedulers),
	KUNIT_CASE(policy_stops_unknown_sources),
	KUNIT_CASE(policy_stops_long_names),
	KUNIT_CASE(policy_stops_wrong_lengths),
	KUNIT_CASE(policy_stops_what_only_the_kernel_says),
	KUNIT_CASE(policy_stops_unknown_attributes),
	{}
};

static struct kunit_suite parse_suite = {
	.name = "meshmod-parse",
	.test_cases = parse_cases,
};

kunit_test_suite(parse_suite);
