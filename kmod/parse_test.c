// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit: policies and parsing of services, with messages as a client would
 * build them.  Included by parse.c.
 */
#include "testing.h"

struct message {
	struct sk_buff *skb;
	struct nlattr *nest;		/* the object that it is about */
	struct netlink_ext_ack extack;
};

static struct message *new_message(struct kunit *test, int type)
{
	struct message *m = kunit_kzalloc(test, sizeof(*m), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, m);
	m->skb = testing_skb(test, 65536);
	m->nest = nla_nest_start(m->skb, type);
	return m;
}

static struct message *new_service(struct kunit *test)
{
	struct message *m = new_message(test, MESHMOD_A_SERVICE);

	nla_put_string(m->skb, MESHMOD_A_SERVICE_NAME, "web");
	return m;
}

/* Validate as the family would.  Return: its verdict. */
static int validate(struct message *m)
{
	static const struct nla_policy * const policies[MESHMOD_A_MAX + 1] = {
		[MESHMOD_A_NODE]	= meshmod_policy_node,
		[MESHMOD_A_SERVICE]	= meshmod_policy_service,
		[MESHMOD_A_REDIRECT]	= meshmod_policy_redirect,
		[MESHMOD_A_BINDING]	= meshmod_policy_binding,
		[MESHMOD_A_FLOW]	= meshmod_policy_flow,
	};

	nla_nest_end(m->skb, m->nest);
	return __nla_validate((struct nlattr *)m->skb->data, m->skb->len,
			      MESHMOD_A_MAX, policies[nla_type(m->nest)],
			      NL_VALIDATE_STRICT, &m->extack);
}

static void put_service(struct kunit_resource *res)
{
	meshmod_service_put(res->data);
}

static struct meshmod_service *parse(struct message *m,
				     const struct meshmod_service *base)
{
	return meshmod_parse_service(m->nest, base, &m->extack);
}

/* The service that @m is, or makes of @base; freed with the test */
static struct meshmod_service *parsed(struct kunit *test, struct message *m,
				      const struct meshmod_service *base)
{
	struct meshmod_service *s;

	KUNIT_ASSERT_EQ(test, validate(m), 0);
	s = parse(m, base);
	KUNIT_ASSERT_FALSE_MSG(test, IS_ERR(s), "%s",
			       m->extack._msg ?: "no sentence");
	kunit_alloc_resource(test, NULL, put_service, GFP_KERNEL, s);
	return s;
}

static void expect_said(struct kunit *test, const struct message *m,
			const char *part)
{
	KUNIT_ASSERT_NOT_NULL(test, m->extack._msg);
	KUNIT_EXPECT_NOT_NULL_MSG(test, strstr(m->extack._msg, part), "%s",
				  m->extack._msg);
	KUNIT_EXPECT_NOT_NULL(test, m->extack.bad_attr);
}

static void expect_parse_error(struct kunit *test, struct message *m, int err,
			       const char *part)
{
	struct meshmod_service *s;

	KUNIT_ASSERT_EQ(test, validate(m), 0);
	s = parse(m, NULL);
	KUNIT_ASSERT_TRUE(test, IS_ERR(s));
	KUNIT_EXPECT_EQ(test, PTR_ERR(s), err);
	expect_said(test, m, part);
}

/* @text: an address of either family, with a prefix or without */
static void put_addr(struct message *m, int type, const char *text)
{
	const struct meshmod_addr addr = testing_addr(text);
	struct nlattr *nest = nla_nest_start(m->skb, type);

	if (addr.family == AF_INET)
		nla_put_in_addr(m->skb, MESHMOD_A_ADDR_V4, addr.ip.ip);
	else
		nla_put_in6_addr(m->skb, MESHMOD_A_ADDR_V6, &addr.ip.in6);
	if (strchr(text, '/'))
		nla_put_u8(m->skb, MESHMOD_A_ADDR_PREFIX, addr.prefix);
	nla_nest_end(m->skb, nest);
}

/* An address that is both, or neither */
static void put_odd_addr(struct message *m, int type, bool both)
{
	struct nlattr *nest = nla_nest_start(m->skb, type);

	if (both) {
		nla_put_in_addr(m->skb, MESHMOD_A_ADDR_V4, htonl(0x0a0b0014));
		nla_put_in6_addr(m->skb, MESHMOD_A_ADDR_V6, &in6addr_loopback);
	}
	nla_nest_end(m->skb, nest);
}

/* What is 0 is left out, but for @port. */
static struct nlattr *start_port(struct message *m, u8 proto, u16 port,
				 u16 last, u16 target, u16 target_last)
{
	struct nlattr *nest = nla_nest_start(m->skb, MESHMOD_A_SERVICE_PORT);

	if (proto)
		nla_put_u8(m->skb, MESHMOD_A_PORT_PROTO, proto);
	nla_put_u16(m->skb, MESHMOD_A_PORT_PUBLISHED, port);
	if (last)
		nla_put_u16(m->skb, MESHMOD_A_PORT_PUBLISHED_LAST, last);
	if (target)
		nla_put_u16(m->skb, MESHMOD_A_PORT_TARGET, target);
	if (target_last)
		nla_put_u16(m->skb, MESHMOD_A_PORT_TARGET_LAST, target_last);
	return nest;
}

static void put_range(struct message *m, u16 port, u16 last, u16 target,
		      u16 target_last)
{
	nla_nest_end(m->skb, start_port(m, IPPROTO_TCP, port, last, target,
					target_last));
}

static void put_port(struct message *m, u8 proto, u16 port)
{
	nla_nest_end(m->skb, start_port(m, proto, port, 0, 0, 0));
}

/* A port with @n sources, all alike */
static void put_sourced(struct message *m, u16 port, const char *source, int n)
{
	struct nlattr *nest = start_port(m, IPPROTO_TCP, port, 0, 0, 0);

	while (n--)
		put_addr(m, MESHMOD_A_PORT_SOURCE, source);
	nla_nest_end(m->skb, nest);
}

/* What is NULL is left out. */
static void put_listen(struct message *m, const char *addr, const char *dev)
{
	struct nlattr *nest = nla_nest_start(m->skb, MESHMOD_A_SERVICE_LISTEN);

	if (addr)
		put_addr(m, MESHMOD_A_LISTEN_ADDR, addr);
	if (dev)
		nla_put_string(m->skb, MESHMOD_A_LISTEN_DEV, dev);
	nla_nest_end(m->skb, nest);
}

static void put_backend_at(struct message *m, const char *name,
			   const char *addr, const char *other, u32 weight)
{
	struct nlattr *nest = nla_nest_start(m->skb, MESHMOD_A_SERVICE_BACKEND);

	nla_put_string(m->skb, MESHMOD_A_BACKEND_NAME, name);
	if (addr)
		put_addr(m, MESHMOD_A_BACKEND_ADDR, addr);
	if (other)
		put_addr(m, MESHMOD_A_BACKEND_ADDR, other);
	nla_put_u32(m->skb, MESHMOD_A_BACKEND_WEIGHT, weight);
	nla_nest_end(m->skb, nest);
}

static void put_backend(struct message *m, const char *name, u32 weight)
{
	put_backend_at(m, name, "10.11.0.12", NULL, weight);
}

static void parses_a_service(struct kunit *test)
{
	struct message *m = new_service(test);
	struct meshmod_service *s;

	nla_put_u32(m->skb, MESHMOD_A_SERVICE_MARK, 258);
	put_addr(m, MESHMOD_A_SERVICE_VIP, "10.11.0.20");
	put_port(m, IPPROTO_TCP, 8080);
	put_port(m, IPPROTO_UDP, 53);
	put_port(m, IPPROTO_SCTP, 9000);
	put_backend(m, "web.1", 5);
	s = parsed(test, m, NULL);
	KUNIT_EXPECT_STREQ(test, s->name, "web");
	KUNIT_EXPECT_EQ(test, s->mark, 258);
	KUNIT_EXPECT_EQ(test, s->nvips, 1);
	KUNIT_EXPECT_EQ(test, s->nlisten, 0);
	KUNIT_EXPECT_EQ(test, s->refuse, MESHMOD_REFUSE_REJECT);
	KUNIT_EXPECT_EQ(test, s->nports, 3);
	KUNIT_EXPECT_EQ(test, s->ports[0].last, 8080);
	KUNIT_EXPECT_EQ(test, s->ports[0].target, 8080);
	KUNIT_EXPECT_EQ(test, s->ports[0].target_last, 8080);
	KUNIT_EXPECT_EQ(test, s->ports[0].nsources, 0);
	KUNIT_EXPECT_EQ(test, s->ports[1].proto, IPPROTO_UDP);
	KUNIT_EXPECT_EQ(test, s->ports[2].proto, IPPROTO_SCTP);
	KUNIT_EXPECT_EQ(test, s->nbackends, 1);
	KUNIT_EXPECT_EQ(test, s->backends[0].weight, 5);
	KUNIT_EXPECT_EQ(test, s->backends[0].state, MESHMOD_STATE_UP);
}

static void a_service_is_offloaded_unless_told_not_to(struct kunit *test)
{
	struct message *m = new_service(test);
	struct meshmod_service *s = parsed(test, m, NULL);
	int on;

	KUNIT_EXPECT_TRUE(test, s->offload);
	KUNIT_ASSERT_EQ(test, meshmod_service_inherit(s, NULL), 0);
	for (on = 0; on <= 1; on++) {
		m = new_service(test);
		nla_put_u8(m->skb, MESHMOD_A_SERVICE_OFFLOAD, on);
		s = parsed(test, m, s);
		KUNIT_EXPECT_EQ(test, s->offload, on);
		/* What is not named stays. */
		m = new_service(test);
		nla_put_u32(m->skb, MESHMOD_A_SERVICE_MARK, 300);
		s = parsed(test, m, s);
		KUNIT_EXPECT_EQ(test, s->offload, on);
	}
}

static void refuses_no_name(struct kunit *test)
{
	struct message *m = new_message(test, MESHMOD_A_SERVICE);

	put_port(m, IPPROTO_TCP, 80);
	expect_parse_error(test, m, -EINVAL, "needs a name");
}

static void the_last_name_counts(struct kunit *test)
{
	struct message *m = new_message(test, MESHMOD_A_SERVICE);
	char name[MESHMOD_NAME_MAX + 1];
	struct meshmod_service *s;

	nla_put_string(m->skb, MESHMOD_A_SERVICE_NAME, "one");
	nla_put_string(m->skb, MESHMOD_A_SERVICE_NAME, "two");
	s = parsed(test, m, NULL);
	KUNIT_EXPECT_STREQ(test, s->name, "two");
	KUNIT_EXPECT_EQ(test, meshmod_parse_service_name(s->origin, name, NULL),
			0);
	KUNIT_EXPECT_STREQ(test, name, "two");
}

static void refuses_other_protocols(struct kunit *test)
{
	struct message *m = new_service(test);

	put_port(m, IPPROTO_DCCP, 80);
	expect_parse_error(test, m, -EOPNOTSUPP, "tcp, udp and sctp");
}

static void refuses_heavy_weights(struct kunit *test)
{
	struct message *m = new_service(test);

	put_backend(m, "web.1", 65536);
	expect_parse_error(test, m, -ERANGE, "0 to 65535");
}

static void takes_addresses_of_both_families(struct kunit *test)
{
	const struct meshmod_addr want = testing_addr("fd00:11::14");
	struct message *m = new_service(test);
	struct meshmod_service *s;

	put_addr(m, MESHMOD_A_SERVICE_VIP, "fd00:11::14");
	put_addr(m, MESHMOD_A_SERVICE_VIP, "10.11.0.20");
	s = parsed(test, m, NULL);
	KUNIT_ASSERT_EQ(test, s->nvips, 2);
	KUNIT_EXPECT_TRUE(test, meshmod_addr_equal(&s->vips[0], &want));
	KUNIT_EXPECT_EQ(test, s->vips[0].prefix, 0);
	KUNIT_EXPECT_EQ(test, s->vips[1].family, AF_INET);
}

static void refuses_addresses_of_no_one_family(struct kunit *test)
{
	struct message *m;
	int both;

	for (both = 0; both <= 1; both++) {
		m = new_service(test);
		put_odd_addr(m, MESHMOD_A_SERVICE_VIP, both);
		expect_parse_error(test, m, -EINVAL, "give exactly one");
	}
}

static void refuses_prefixes_where_none_belong(struct kunit *test)
{
	struct message *m = new_service(test);

	put_addr(m, MESHMOD_A_SERVICE_VIP, "10.11.0.20/32");
	expect_parse_error(test, m, -EINVAL, "no prefix length here");
	m = new_service(test);
	put_backend_at(m, "web.1", "fd00:11::c/128", NULL, 1);
	expect_parse_error(test, m, -EINVAL, "no prefix length here");
}

static void takes_sources(struct kunit *test)
{
	struct message *m = new_service(test);
	struct meshmod_addr want[] = {
		testing_addr("192.0.2.0/24"), testing_addr("2001:db8::/33"),
		testing_addr("2001:db8::1/128"),
	};
	struct meshmod_service *s;
	u32 i;

	put_sourced(m, 80, "192.0.2.0/24", 1);
	put_port(m, IPPROTO_TCP, 81);
	put_sourced(m, 82, "2001:db8::/33", 2);
	put_sourced(m, 83, "2001:db8::1/128", 1);
	s = parsed(test, m, NULL);
	KUNIT_ASSERT_EQ(test, s->nports, 4);
	KUNIT_EXPECT_EQ(test, s->ports[0].nsources, 1);
	KUNIT_EXPECT_EQ(test, s->ports[1].nsources, 0);
	KUNIT_EXPECT_EQ(test, s->ports[2].nsources, 2);
	KUNIT_EXPECT_EQ(test, s->ports[3].nsources, 1);
	KUNIT_ASSERT_EQ(test, s->nsources, 4);
	KUNIT_EXPECT_EQ(test, s->ports[2].source, 1);
	KUNIT_EXPECT_EQ(test, s->ports[3].source, 3);
	for (i = 0; i < 3; i++) {
		const struct meshmod_addr *is;

		is = &s->sources[s->ports[i ? i + 1 : 0].source];
		KUNIT_EXPECT_TRUE(test, meshmod_addr_equal(is, &want[i]));
		KUNIT_EXPECT_EQ(test, is->prefix, want[i].prefix);
	}
}

static void refuses_odd_sources(struct kunit *test)
{
	static const struct {
		const char *source, *part;
		int err;
	} cases[] = {
		{ "192.0.2.1", "needs a prefix length", -EINVAL },
		{ "2001:db8::1", "needs a prefix length", -EINVAL },
		{ "192.0.2.1/33", "needs a prefix length", -ERANGE },
		{ "192.0.2.1/24", "bits set behind its prefix", -EINVAL },
		{ "0.0.0.1/1", "bits set behind its prefix", -EINVAL },
		{ "2001:db8::1/64", "bits set behind its prefix", -EINVAL },
		{ "2001:db8::1/127", "bits set behind its prefix", -EINVAL },
		{ "2001:db8:8000::/32", "bits set behind its prefix", -EINVAL },
	};
	u32 i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct message *m = new_service(test);

		put_sourced(m, 80, cases[i].source, 1);
		expect_parse_error(test, m, cases[i].err, cases[i].part);
	}
}

static void refuses_more_sources_than_fit(struct kunit *test)
{
	const int ports = MESHMOD_MAX_SERVICE_SOURCES / MESHMOD_MAX_SOURCES;
	struct message *m = new_service(test);
	int i;

	for (i = 0; i < ports; i++)
		put_sourced(m, 80 + i, "2001:db8::/32", MESHMOD_MAX_SOURCES);
	KUNIT_EXPECT_EQ(test, parsed(test, m, NULL)->nsources,
			MESHMOD_MAX_SERVICE_SOURCES);
	m = new_service(test);
	put_sourced(m, 80, "2001:db8::/32", MESHMOD_MAX_SOURCES + 1);
	expect_parse_error(test, m, -ENOSPC, "16 source prefixes");
	m = new_service(test);
	for (i = 0; i < ports; i++)
		put_sourced(m, 80 + i, "2001:db8::/32", MESHMOD_MAX_SOURCES);
	put_sourced(m, 79, "192.0.2.0/24", 1);
	expect_parse_error(test, m, -ENOSPC, "256 source prefixes");
}

static void takes_ranges(struct kunit *test)
{
	static const struct {
		u16 first, last, target, target_last;
		u16 want_target, want_last;
	} cases[] = {
		{ 8080, 0, 80, 0, 80, 80 },
		{ 8080, 0, 80, 80, 80, 80 },
		{ 8080, 8080, 0, 0, 8080, 8080 },
		{ 8000, 8099, 0, 0, 8000, 8099 },
		{ 8000, 8099, 80, 0, 80, 80 },
		{ 8000, 8099, 80, 80, 80, 80 },
		{ 8000, 8099, 9000, 9099, 9000, 9099 },
		{ 1, 65535, 0, 0, 1, 65535 },
	};
	struct meshmod_service *s;
	struct message *m;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		m = new_service(test);
		put_range(m, cases[i].first, cases[i].last, cases[i].target,
			  cases[i].target_last);
		s = parsed(test, m, NULL);
		KUNIT_EXPECT_EQ(test, s->ports[0].first, cases[i].first);
		KUNIT_EXPECT_EQ(test, s->ports[0].last, max(cases[i].last,
							    cases[i].first));
		KUNIT_EXPECT_EQ(test, s->ports[0].target, cases[i].want_target);
		KUNIT_EXPECT_EQ(test, s->ports[0].target_last,
				cases[i].want_last);
	}
}

static void refuses_odd_ranges(struct kunit *test)
{
	static const struct {
		u16 first, last, target, target_last;
		const char *part;
	} cases[] = {
		{ 8000, 7999, 0, 0, "ends before it starts" },
		{ 8000, 8099, 9099, 9000, "ends before it starts" },
		{ 8000, 8099, 9000, 9098, "to as many as it has" },
		{ 8000, 8099, 9000, 9100, "to as many as it has" },
		{ 8000, 0, 9000, 9001, "to as many as it has" },
		{ 8000, 8099, 0, 9099, "no first one" },
	};
	u32 i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct message *m = new_service(test);

		put_range(m, cases[i].first, cases[i].last, cases[i].target,
			  cases[i].target_last);
		expect_parse_error(test, m, -EINVAL, cases[i].part);
	}
}

static void refuses_a_port_without_protocol(struct kunit *test)
{
	struct message *m = new_service(test);

	put_port(m, 0, 80);
	expect_parse_error(test, m, -EINVAL, "its protocol and its number");
}

static void takes_places_to_listen(struct kunit *test)
{
	struct message *m = new_service(test);
	struct meshmod_service *s;
	int i;

	put_listen(m, "192.0.2.10", NULL);
	put_listen(m, "192.0.2.0/25", NULL);
	put_listen(m, NULL, "fifteen-letters");
	put_listen(m, "2001:db8::10", NULL);
	put_listen(m, "2001:db8::/32", NULL);
	for (i = 5; i < MESHMOD_MAX_LISTEN; i++)
		put_listen(m, NULL, "lo");
	nla_put_u8(m->skb, MESHMOD_A_SERVICE_REFUSE, MESHMOD_REFUSE_DROP);
	s = parsed(test, m, NULL);
	KUNIT_ASSERT_EQ(test, s->nlisten, MESHMOD_MAX_LISTEN);
	KUNIT_EXPECT_EQ(test, s->listen[0].addr.prefix, 32);
	KUNIT_EXPECT_EQ(test, s->listen[1].addr.prefix, 25);
	KUNIT_EXPECT_EQ(test, s->listen[2].addr.family, 0);
	KUNIT_EXPECT_STREQ(test, s->listen[2].dev, "fifteen-letters");
	KUNIT_EXPECT_EQ(test, s->listen[3].addr.family, AF_INET6);
	KUNIT_EXPECT_EQ(test, s->listen[3].addr.prefix, 128);
	KUNIT_EXPECT_EQ(test, s->listen[4].addr.prefix, 32);
	KUNIT_EXPECT_EQ(test, s->refuse, MESHMOD_REFUSE_DROP);
}

static void refuses_odd_places_to_listen(struct kunit *test)
{
	struct message *m = new_service(test);
	int i;

	put_listen(m, "192.0.2.10", "eth0");
	expect_parse_error(test, m, -EINVAL, "give exactly one at a time");
	m = new_service(test);
	put_listen(m, NULL, NULL);
	expect_parse_error(test, m, -EINVAL, "give exactly one at a time");
	m = new_service(test);
	put_listen(m, NULL, "");
	expect_parse_error(test, m, -EINVAL, "no name here");
	m = new_service(test);
	put_listen(m, "192.0.2.10/25", NULL);
	expect_parse_error(test, m, -EINVAL, "bits set behind");
	m = new_service(test);
	for (i = 0; i <= MESHMOD_MAX_LISTEN; i++)
		put_listen(m, NULL, "eth0");
	expect_parse_error(test, m, -ENOSPC, "16 addresses and devices");
}

static void takes_backends_of_both_families(struct kunit *test)
{
	struct message *m = new_service(test);
	struct meshmod_service *s;

	put_backend_at(m, "both", "fd00:11::c", "10.11.0.12", 1);
	put_backend_at(m, "six", "fd00:11::d", NULL, 1);
	s = parsed(test, m, NULL);
	KUNIT_ASSERT_EQ(test, s->nbackends, 2);
	KUNIT_EXPECT_EQ(test, s->backends[0].addr[0].family, AF_INET);
	KUNIT_EXPECT_EQ(test, s->backends[0].addr[1].family, AF_INET6);
	KUNIT_EXPECT_EQ(test, s->backends[1].addr[0].family, 0);
	KUNIT_EXPECT_EQ(test, s->backends[1].addr[1].family, AF_INET6);
}

static void refuses_odd_backends(struct kunit *test)
{
	struct message *m = new_service(test);

	put_backend_at(m, "web.1", NULL, NULL, 1);
	expect_parse_error(test, m, -EINVAL, "needs an address");
	m = new_service(test);
	put_backend_at(m, "web.1", "fd00:11::c", "fd00:11::d", 1);
	expect_parse_error(test, m, -EINVAL, "one address of each family");
	m = new_service(test);
	put_backend_at(m, "web.1", "10.11.0.12", "10.11.0.12", 1);
	expect_parse_error(test, m, -EINVAL, "one address of each family");
}

/* What BACKEND_SET does: addresses are a list, replaced whole. */
static void another_address_counts_anew(struct kunit *test)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_service *s = testing_service(test, t, "web", 80, 1);
	struct message *m = new_service(test);
	struct meshmod_backend_run *run;

	KUNIT_ASSERT_EQ(test, meshmod_service_inherit(s, NULL), 0);
	run = s->backends[0].run;
	put_backend_at(m, "b0", "10.0.0.1", NULL, 7);
	KUNIT_ASSERT_EQ(test, validate(m), 0);
	KUNIT_EXPECT_EQ(test, meshmod_parse_backend(m->nest, s, false,
						    &m->extack), 0);
	KUNIT_EXPECT_PTR_EQ(test, s->backends[0].run, run);
	KUNIT_EXPECT_EQ(test, s->backends[0].weight, 7);
	m = new_service(test);
	put_backend_at(m, "b0", "fd00:11::1", NULL, 7);
	KUNIT_ASSERT_EQ(test, validate(m), 0);
	KUNIT_EXPECT_EQ(test, meshmod_parse_backend(m->nest, s, false,
						    &m->extack), 0);
	KUNIT_EXPECT_NULL(test, s->backends[0].run);
	KUNIT_EXPECT_EQ(test, s->backends[0].addr[0].family, 0);
	KUNIT_EXPECT_EQ(test, s->backends[0].addr[1].family, AF_INET6);
}

static struct meshmod_service *with_lists(struct kunit *test)
{
	struct message *m = new_service(test);
	struct meshmod_service *s;

	put_addr(m, MESHMOD_A_SERVICE_VIP, "10.11.0.20");
	put_sourced(m, 80, "192.0.2.0/24", 2);
	put_listen(m, NULL, "eth0");
	put_backend(m, "web.1", 1);
	nla_put_u8(m->skb, MESHMOD_A_SERVICE_REFUSE, MESHMOD_REFUSE_DROP);
	s = parsed(test, m, NULL);
	KUNIT_ASSERT_EQ(test, meshmod_service_inherit(s, NULL), 0);
	return s;
}

static void clears_one_list_at_a_time(struct kunit *test)
{
	static const int lists[] = {
		0, MESHMOD_A_SERVICE_VIP, MESHMOD_A_SERVICE_PORT,
		MESHMOD_A_SERVICE_LISTEN,
	};
	struct meshmod_service *base = with_lists(test), *s;
	struct message *m;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(lists); i++) {
		m = new_service(test);
		if (lists[i])
			nla_put_u32(m->skb, MESHMOD_A_SERVICE_CLEAR,
				    BIT(lists[i]));
		s = parsed(test, m, base);
		KUNIT_EXPECT_EQ(test, s->nvips,
				lists[i] != MESHMOD_A_SERVICE_VIP);
		KUNIT_EXPECT_EQ(test, s->nports,
				lists[i] != MESHMOD_A_SERVICE_PORT);
		KUNIT_EXPECT_EQ(test, s->nsources,
				lists[i] != MESHMOD_A_SERVICE_PORT ? 2 : 0);
		KUNIT_EXPECT_EQ(test, s->nlisten,
				lists[i] != MESHMOD_A_SERVICE_LISTEN);
		KUNIT_EXPECT_EQ(test, s->nbackends, 1);
		KUNIT_EXPECT_EQ(test, s->refuse, MESHMOD_REFUSE_DROP);
	}
}

static void a_named_list_replaces_all_of_it(struct kunit *test)
{
	struct meshmod_service *base = with_lists(test), *s;
	struct message *m = new_service(test);

	nla_put_u32(m->skb, MESHMOD_A_SERVICE_CLEAR,
		    BIT(MESHMOD_A_SERVICE_LISTEN) | BIT(MESHMOD_A_SERVICE_VIP));
	put_sourced(m, 90, "2001:db8::/32", 1);
	put_sourced(m, 91, "2001:db8::/48", 1);
	put_listen(m, "192.0.2.10", NULL);
	nla_put_u8(m->skb, MESHMOD_A_SERVICE_REFUSE, MESHMOD_REFUSE_REJECT);
	s = parsed(test, m, base);
	KUNIT_EXPECT_EQ(test, s->nvips, 0);
	KUNIT_ASSERT_EQ(test, s->nports, 2);
	KUNIT_EXPECT_EQ(test, s->ports[0].first, 90);
	KUNIT_EXPECT_EQ(test, s->ports[1].source, 1);
	KUNIT_ASSERT_EQ(test, s->nsources, 2);
	KUNIT_EXPECT_EQ(test, s->sources[1].prefix, 48);
	KUNIT_ASSERT_EQ(test, s->nlisten, 1);
	KUNIT_EXPECT_EQ(test, s->listen[0].addr.family, AF_INET);
	KUNIT_EXPECT_STREQ(test, s->listen[0].dev, "");
	KUNIT_EXPECT_EQ(test, s->refuse, MESHMOD_REFUSE_REJECT);
}

static void refuses_more_ports_than_fit(struct kunit *test)
{
	struct message *m = new_service(test);
	int i;

	for (i = 0; i <= MESHMOD_MAX_PORTS; i++)
		put_port(m, IPPROTO_TCP, 1000 + i);
	expect_parse_error(test, m, -ENOSPC, "64 ports");
}

static void refuses_more_vips_than_fit(struct kunit *test)
{
	struct message *m = new_service(test);
	int i;

	for (i = 0; i <= MESHMOD_MAX_VIPS; i++)
		put_addr(m, MESHMOD_A_SERVICE_VIP, "10.11.0.20");
	expect_parse_error(test, m, -ENOSPC, "2 VIPs");
}

static void refuses_more_backends_than_fit(struct kunit *test)
{
	struct message *m = new_service(test);
	char name[16];
	int i;

	for (i = 0; i <= MESHMOD_MAX_BACKENDS; i++) {
		snprintf(name, sizeof(name), "b%d", i);
		put_backend(m, name, 1);
	}
	expect_parse_error(test, m, -ENOSPC, "1024 backends");
}

/* What the policy alone must stop: @put puts it into an object of @type. */
#define POLICY_TEST_OF(type, test_name, put, want)			\
static void test_name(struct kunit *test)				\
{									\
	struct message *m = new_message(test, type);			\
									\
	put;								\
	KUNIT_EXPECT_EQ(test, validate(m), want);			\
	KUNIT_EXPECT_NOT_NULL(test, m->extack._msg);			\
}

#define POLICY_TEST(test_name, put, want)				\
	POLICY_TEST_OF(MESHMOD_A_SERVICE, test_name, put, want)

POLICY_TEST(policy_stops_port_0, put_port(m, IPPROTO_TCP, 0), -ERANGE)
POLICY_TEST(policy_stops_mark_0,
	    nla_put_u32(m->skb, MESHMOD_A_SERVICE_MARK, 0), -ERANGE)
POLICY_TEST(policy_stops_unknown_schedulers,
	    nla_put_u8(m->skb, MESHMOD_A_SERVICE_SCHEDULER,
		       MESHMOD_SCHED_MAX + 1), -ERANGE)
POLICY_TEST(policy_stops_unknown_sources,
	    nla_put_u8(m->skb, MESHMOD_A_SERVICE_SOURCE,
		       MESHMOD_SOURCE_MAX + 1), -ERANGE)
POLICY_TEST(policy_stops_unknown_refusals,
	    nla_put_u8(m->skb, MESHMOD_A_SERVICE_REFUSE,
		       MESHMOD_REFUSE_MAX + 1), -ERANGE)
POLICY_TEST(policy_stops_offloading_by_halves,
	    nla_put_u8(m->skb, MESHMOD_A_SERVICE_OFFLOAD, 2), -ERANGE)
POLICY_TEST(policy_stops_clearing_backends,
	    nla_put_u32(m->skb, MESHMOD_A_SERVICE_CLEAR,
			BIT(MESHMOD_A_SERVICE_BACKEND)), -EINVAL)
POLICY_TEST(policy_stops_prefix_0, put_sourced(m, 80, "0.0.0.0/0", 1), -ERANGE)
POLICY_TEST(policy_stops_prefix_129, put_sourced(m, 80, "::/129", 1), -ERANGE)
POLICY_TEST(policy_stops_long_devices,
	    put_listen(m, NULL, "sixteen-letters!"), -EINVAL)
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
	KUNIT_CASE(a_service_is_offloaded_unless_told_not_to),
	KUNIT_CASE(refuses_no_name),
	KUNIT_CASE(the_last_name_counts),
	KUNIT_CASE(refuses_other_protocols),
	KUNIT_CASE(refuses_heavy_weights),
	KUNIT_CASE(takes_addresses_of_both_families),
	KUNIT_CASE(refuses_addresses_of_no_one_family),
	KUNIT_CASE(refuses_prefixes_where_none_belong),
	KUNIT_CASE(takes_sources),
	KUNIT_CASE(refuses_odd_sources),
	KUNIT_CASE(refuses_more_sources_than_fit),
	KUNIT_CASE(takes_ranges),
	KUNIT_CASE(refuses_odd_ranges),
	KUNIT_CASE(refuses_a_port_without_protocol),
	KUNIT_CASE(takes_places_to_listen),
	KUNIT_CASE(refuses_odd_places_to_listen),
	KUNIT_CASE(takes_backends_of_both_families),
	KUNIT_CASE(refuses_odd_backends),
	KUNIT_CASE(another_address_counts_anew),
	KUNIT_CASE(clears_one_list_at_a_time),
	KUNIT_CASE(a_named_list_replaces_all_of_it),
	KUNIT_CASE(refuses_more_ports_than_fit),
	KUNIT_CASE(refuses_more_vips_than_fit),
	KUNIT_CASE(refuses_more_backends_than_fit),
	KUNIT_CASE(policy_stops_port_0),
	KUNIT_CASE(policy_stops_mark_0),
	KUNIT_CASE(policy_stops_unknown_schedulers),
	KUNIT_CASE(policy_stops_unknown_sources),
	KUNIT_CASE(policy_stops_unknown_refusals),
	KUNIT_CASE(policy_stops_offloading_by_halves),
	KUNIT_CASE(policy_stops_clearing_backends),
	KUNIT_CASE(policy_stops_prefix_0),
	KUNIT_CASE(policy_stops_prefix_129),
	KUNIT_CASE(policy_stops_long_devices),
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
