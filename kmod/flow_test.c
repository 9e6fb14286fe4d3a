// SPDX-License-Identifier: GPL-2.0
/*
 * KUnit: which connections a change ends.  Included by flow.c.
 */
#include "testing.h"

/* The same of both families */
struct names {
	u8 family;
	const char *client, *stranger, *host, *vip, *backend, *other;
	const char *near, *far;		/* prefixes: the client is in near */
	const char *here, *elsewhere;	/* prefixes: the host is in here */
	const char *loopback;
};

static const struct names both[] = {
	{
		AF_INET, "192.0.2.1", "203.0.113.1", "192.0.2.10",
		"10.11.0.20", "10.11.0.12", "10.11.0.13",
		"192.0.2.0/24", "203.0.113.0/24",
		"192.0.2.0/28", "198.51.100.0/24", "127.0.0.1",
	}, {
		AF_INET6, "2001:db8::1", "2001:db8:1::1", "2001:db8::10",
		"fd00:11::20", "fd00:11::c", "fd00:11::d",
		"2001:db8::/64", "2001:db8:1::/64",
		"2001:db8::/120", "2001:db8:2::/64", "::1",
	},
};

/* A connection of a client, as conntrack has it, that nothing has changed yet */
static struct nf_conn *new_flow(struct kunit *test, const struct names *n,
				const char *dst, u8 proto, u16 port)
{
	struct nf_conn *ct = testing_conn(test, n->family);
	struct nf_conntrack_tuple *orig, *reply;

	orig = &ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple;
	reply = &ct->tuplehash[IP_CT_DIR_REPLY].tuple;
	orig->src.u3 = testing_addr(n->client).ip;
	orig->dst.u3 = testing_addr(dst).ip;
	orig->dst.protonum = proto;
	orig->dst.u.all = htons(port);
	reply->src.u3 = orig->dst.u3;
	reply->dst.u3 = orig->src.u3;
	return ct;
}

/* One that a service has sent to the backend */
static struct nf_conn *balanced(struct kunit *test, const struct names *n,
				const char *dst, u16 port)
{
	struct nf_conn *ct = new_flow(test, n, dst, IPPROTO_TCP, port);

	ct->tuplehash[IP_CT_DIR_REPLY].tuple.src.u3 =
		testing_addr(n->backend).ip;
	ct->mark = 0xab000100;
	ct->status = IPS_DST_NAT | IPS_SRC_NAT | IPS_SEEN_REPLY;
	return ct;
}

/*
 * A table with the service "web": mark 256, port 80, ports 8000 to 8099, a VIP
 * and a backend of the family.
 */
static struct meshmod_table *with_web(struct kunit *test, const struct names *n)
{
	struct meshmod_table *t = testing_table(test, NULL);
	struct meshmod_service *s = testing_service(test, t, "web", 80, 1);

	s->mark = 256;
	s->ports[s->nports++] = testing_range(IPPROTO_TCP, 8000, 8099);
	s->vips[s->nvips++] = testing_addr(n->vip);
	memset(s->backends[0].addr, 0, sizeof(s->backends[0].addr));
	s->backends[0].addr[meshmod_af(n->family)] = testing_addr(n->backend);
	return t;
}

static struct meshmod_service *web(struct meshmod_table *t)
{
	return t->services[0];
}

/* Does @ct end when @new takes the place of @old?  Indexes what is not yet. */
static bool is_ended(struct kunit *test, struct nf_conn *ct,
		     struct meshmod_table *old, struct meshmod_table *new)
{
	struct change c = { .net = &init_net, .old = old, .new = new };

	if (old && !old->targets)
		KUNIT_ASSERT_EQ(test, meshmod_table_index(old), 0);
	if (new && !new->targets)
		KUNIT_ASSERT_EQ(test, meshmod_table_index(new), 0);
	return ends(ct, &c);
}

#define EXPECT_ENDS(ct, old, new) \
	KUNIT_EXPECT_TRUE(test, is_ended(test, ct, old, new))
#define EXPECT_STAYS(ct, old, new) \
	KUNIT_EXPECT_FALSE(test, is_ended(test, ct, old, new))

static void reads_a_conntrack(struct kunit *test)
{
	const struct meshmod_addr backend = testing_addr("fd00:11::c");
	const struct meshmod_addr host = testing_addr("2001:db8::10");
	struct nf_conn *ct = balanced(test, &both[1], both[1].host, 8050);
	struct flow f = flow_of(ct);

	KUNIT_EXPECT_TRUE(test, meshmod_addr_equal(&f.dst, &host));
	KUNIT_EXPECT_TRUE(test, meshmod_addr_equal(&f.backend, &backend));
	KUNIT_EXPECT_EQ(test, f.src.family, AF_INET6);
	KUNIT_EXPECT_EQ(test, f.proto, IPPROTO_TCP);
	KUNIT_EXPECT_EQ(test, f.port, 8050);
	KUNIT_EXPECT_EQ(test, f.mark, 0xab000100);
	KUNIT_EXPECT_TRUE(test, f.dnat && f.snat && f.answered);
	ct->status = 0;
	f = flow_of(ct);
	KUNIT_EXPECT_FALSE(test, f.dnat || f.snat || f.answered);
}

static void stays_while_nothing_changes(struct kunit *test)
{
	const struct names *n;

	for (n = both; n <= &both[1]; n++) {
		struct meshmod_table *old = with_web(test, n);
		struct meshmod_table *new = with_web(test, n);

		EXPECT_STAYS(balanced(test, n, n->host, 80), old, new);
		EXPECT_STAYS(balanced(test, n, n->host, 8050), old, new);
		EXPECT_STAYS(balanced(test, n, n->vip, 1234), old, new);
		EXPECT_STAYS(balanced(test, n, n->host, 1234), old, new);
		/* What was not ours is not ours to end. */
		EXPECT_STAYS(new_flow(test, n, n->host, IPPROTO_TCP, 22),
			     old, NULL);
		EXPECT_STAYS(balanced(test, n, n->host, 80), NULL, new);
	}
}

static void ends_with_the_service(struct kunit *test)
{
	const struct names *n;

	for (n = both; n <= &both[1]; n++) {
		struct meshmod_table *old = with_web(test, n);
		struct meshmod_table *new = testing_table(test, NULL);
		struct nf_conn *ct = balanced(test, n, n->host, 80);

		EXPECT_ENDS(ct, old, NULL);
		EXPECT_ENDS(ct, old, new);
		/* Another one has its mark and its backend. */
		new = with_web(test, n);
		strscpy(web(new)->name, "api", sizeof(web(new)->name));
		EXPECT_ENDS(ct, old, new);
		new = with_web(test, n);
		web(new)->mark = 257;
		EXPECT_ENDS(ct, old, new);
	}
}

static void ends_with_the_port(struct kunit *test)
{
	const struct names *n;

	for (n = both; n <= &both[1]; n++) {
		struct meshmod_table *old = with_web(test, n);
		struct meshmod_table *new = with_web(test, n);

		web(new)->ports[1] = testing_range(IPPROTO_TCP, 8000, 8049);
		EXPECT_STAYS(balanced(test, n, n->host, 80), old, new);
		EXPECT_STAYS(balanced(test, n, n->host, 8049), old, new);
		EXPECT_ENDS(balanced(test, n, n->host, 8050), old, new);
		/* By VIP or by a mark it needed no port. */
		EXPECT_STAYS(balanced(test, n, n->vip, 8050), old, new);
		EXPECT_STAYS(balanced(test, n, n->host, 7999), old, new);
		/* Another service has the port now. */
		new = with_web(test, n);
		web(new)->nports = 1;
		testing_service(test, new, "xyz", 8050, 0)->mark = 257;
		EXPECT_ENDS(balanced(test, n, n->host, 8050), old, new);
	}
}

static void ends_with_the_vip(struct kunit *test)
{
	const struct names *n;

	for (n = both; n <= &both[1]; n++) {
		struct meshmod_table *old = with_web(test, n);
		struct meshmod_table *new = with_web(test, n);

		web(new)->nvips = 0;
		EXPECT_ENDS(balanced(test, n, n->vip, 80), old, new);
		EXPECT_ENDS(balanced(test, n, n->vip, 1234), old, new);
		EXPECT_STAYS(balanced(test, n, n->host, 80), old, new);
	}
}

static void ends_with_the_backend(struct kunit *test)
{
	const struct names *n;

	for (n = both; n <= &both[1]; n++) {
		struct nf_conn *ct = balanced(test, n, n->host, 80);
		struct meshmod_table *old = with_web(test, n);
		struct meshmod_table *new = with_web(test, n);
		struct meshmod_backend *b = &web(new)->backends[0];
		const struct names *o = &both[n == both];

		/* It is not new connections' any more, or has an address more. */
		b->state = MESHMOD_STATE_DOWN;
		b->weight = 0;
		b->addr[meshmod_af(o->family)] = testing_addr(o->backend);
		EXPECT_STAYS(ct, old, new);
		b->addr[meshmod_af(n->family)] = testing_addr(n->other);
		EXPECT_ENDS(ct, old, new);
		memset(&b->addr[meshmod_af(n->family)], 0, sizeof(*b->addr));
		EXPECT_ENDS(ct, old, new);
		web(new)->nbackends = 0;
		EXPECT_ENDS(ct, old, new);
	}
}

static void ends_outside_of_the_sources(struct kunit *test)
{
	const struct names *n;

	for (n = both; n <= &both[1]; n++) {
		struct meshmod_table *old = with_web(test, n);
		struct meshmod_table *new = with_web(test, n);

		testing_source(web(new), 0, n->near);
		testing_source(web(new), 1, n->far);
		EXPECT_STAYS(balanced(test, n, n->host, 80), old, new);
		EXPECT_ENDS(balanced(test, n, n->host, 8000), old, new);
		EXPECT_ENDS(balanced(test, n, n->vip, 8000), old, new);
		EXPECT_STAYS(balanced(test, n, n->vip, 1234), old, new);
		/* The other way round, nobody is in the way. */
		EXPECT_STAYS(balanced(test, n, n->host, 80), new, old);
	}
}

static void ends_where_none_listens(struct kunit *test)
{
	const struct names *n;

	for (n = both; n <= &both[1]; n++) {
		struct nf_conn *ct = balanced(test, n, n->host, 80);
		struct meshmod_table *old = with_web(test, n);
		struct meshmod_table *new = with_web(test, n);

		testing_listen(web(new), n->here, NULL);
		EXPECT_STAYS(ct, old, new);
		EXPECT_STAYS(ct, new, old);
		new = with_web(test, n);
		testing_listen(web(new), n->elsewhere, NULL);
		EXPECT_ENDS(ct, old, new);
		EXPECT_STAYS(balanced(test, n, n->vip, 80), old, new);
		/* The list is the same: it was let in by that. */
		EXPECT_STAYS(ct, new, new);
		/* No one knows the device any more. */
		new = with_web(test, n);
		testing_listen(web(new), NULL, "eth0");
		EXPECT_ENDS(ct, old, new);
		EXPECT_STAYS(ct, new, new);
	}
}

/* The backend's own: a connection to @port, that became one to @to if not 0 */
static struct nf_conn *redirected(struct kunit *test, const struct names *n,
				  u16 port, u16 to)
{
	struct nf_conn *ct = new_flow(test, n, n->backend, IPPROTO_TCP, port);

	ct->status = IPS_SEEN_REPLY;
	ct->tuplehash[IP_CT_DIR_REPLY].tuple.src.u.all = htons(to ?: port);
	if (to)
		ct->status |= IPS_DST_NAT;
	return ct;
}

static struct meshmod_table *with_redirect(struct kunit *test,
					   const struct names *n, u16 from,
					   u16 from_last, u16 to, u16 to_last)
{
	struct meshmod_table *t = testing_table(test, NULL);

	testing_redirect(t, n->backend, IPPROTO_TCP, from, from_last, to,
			 to_last);
	return t;
}

static void ends_with_the_redirect(struct kunit *test)
{
	const struct names *n;

	for (n = both; n <= &both[1]; n++) {
		struct meshmod_table *old, *new;
		struct nf_conn *ct = redirected(test, n, 8050, 9050);

		old = with_redirect(test, n, 8000, 8099, 9000, 9099);
		EXPECT_ENDS(ct, old, NULL);
		/* To the target itself nobody minds, where nothing is guarded */
		EXPECT_STAYS(redirected(test, n, 9050, 0), old, NULL);
		EXPECT_STAYS(redirected(test, n, 22, 0), old, NULL);
		new = with_redirect(test, n, 8000, 8099, 9000, 9099);
		EXPECT_STAYS(ct, old, new);
		new = with_redirect(test, n, 8000, 8049, 9000, 9049);
		EXPECT_ENDS(ct, old, new);
		/* Cut in two, it leads where it led. */
		new = with_redirect(test, n, 8000, 8049, 9000, 9049);
		testing_redirect(new, n->backend, IPPROTO_TCP, 8050, 8060, 9050,
				 9060);
		EXPECT_STAYS(ct, old, new);
		/* Moved by one; all to one */
		new = with_redirect(test, n, 8000, 8099, 9001, 9100);
		EXPECT_ENDS(ct, old, new);
		new = with_redirect(test, n, 8000, 8099, 9000, 9000);
		EXPECT_ENDS(ct, old, new);
		new = with_redirect(test, n, 8000, 8099, 9050, 9050);
		EXPECT_STAYS(ct, old, new);
		/* To the target itself: by the target's range */
		EXPECT_STAYS(redirected(test, n, 9050, 0), old, new);
		new = with_redirect(test, n, 8000, 8049, 9000, 9049);
		EXPECT_STAYS(redirected(test, n, 9050, 0), old, new);
		new->node.nguards = 1;
		EXPECT_ENDS(redirected(test, n, 9050, 0), old, new);
	}
}

static void ends_what_knocked_too_early(struct kunit *test)
{
	const struct names *n;

	for (n = both; n <= &both[1]; n++) {
		struct meshmod_table *none = testing_table(test, NULL);
		struct meshmod_table *new = with_web(test, n);
		struct nf_conn *ct;

		ct = new_flow(test, n, n->loopback, IPPROTO_TCP, 8050);
		EXPECT_ENDS(ct, none, new);
		EXPECT_ENDS(ct, NULL, new);
		EXPECT_STAYS(ct, new, with_web(test, n));
		ct->status = IPS_SEEN_REPLY;
		EXPECT_STAYS(ct, none, new);
		ct = new_flow(test, n, n->loopback, IPPROTO_TCP, 8100);
		EXPECT_STAYS(ct, none, new);
		ct = new_flow(test, n, n->vip, IPPROTO_UDP, 1);
		EXPECT_ENDS(ct, none, new);
		/* No address of this host's, so no port of it */
		ct = new_flow(test, n, n->host, IPPROTO_TCP, 8050);
		EXPECT_STAYS(ct, none, new);
		/* Where the service does not listen, it changes nothing. */
		ct = new_flow(test, n, n->loopback, IPPROTO_TCP, 8050);
		new = with_web(test, n);
		testing_listen(web(new), n->elsewhere, NULL);
		EXPECT_STAYS(ct, none, new);
		new = with_redirect(test, n, 8000, 8099, 9000, 9099);
		ct = new_flow(test, n, n->backend, IPPROTO_TCP, 8050);
		EXPECT_ENDS(ct, none, new);
		new = with_redirect(test, n, 8000, 8099, 8000, 8099);
		EXPECT_STAYS(ct, none, new);
	}
}

static void ends_what_left_as_it_was(struct kunit *test)
{
	const struct names *n;

	for (n = both; n <= &both[1]; n++) {
		struct meshmod_table *none = testing_table(test, NULL);
		struct meshmod_table *new = testing_table(test, NULL);
		struct nf_conn *ct;

		new->node.masquerade[new->node.nmasquerade++] =
			testing_addr(n->near);
		ct = new_flow(test, n, n->stranger, IPPROTO_UDP, 53);
		EXPECT_ENDS(ct, none, new);
		EXPECT_STAYS(ct, new, new);
		ct->status = IPS_SRC_NAT;
		EXPECT_STAYS(ct, none, new);
		ct->status = IPS_SEEN_REPLY;
		EXPECT_STAYS(ct, none, new);
		/* Within the subnet */
		ct = new_flow(test, n, n->host, IPPROTO_UDP, 53);
		EXPECT_STAYS(ct, none, new);
		ct = new_flow(test, n, n->stranger, IPPROTO_ICMP, 0);
		EXPECT_STAYS(ct, none, new);
	}
}

static struct kunit_case flow_cases[] = {
	KUNIT_CASE(reads_a_conntrack),
	KUNIT_CASE(stays_while_nothing_changes),
	KUNIT_CASE(ends_with_the_service),
	KUNIT_CASE(ends_with_the_port),
	KUNIT_CASE(ends_with_the_vip),
	KUNIT_CASE(ends_with_the_backend),
	KUNIT_CASE(ends_outside_of_the_sources),
	KUNIT_CASE(ends_where_none_listens),
	KUNIT_CASE(ends_with_the_redirect),
	KUNIT_CASE(ends_what_knocked_too_early),
	KUNIT_CASE(ends_what_left_as_it_was),
	{}
};

static struct kunit_suite flow_suite = {
	.name = "meshmod-flow",
	.test_cases = flow_cases,
};

kunit_test_suite(flow_suite);
