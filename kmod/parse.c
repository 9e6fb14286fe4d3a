// SPDX-License-Identifier: GPL-2.0
/*
 * Parsing: attributes to plain objects.  The policies have checked types,
 * lengths and ranges before anything here runs; what objects mean together is
 * config.c's to judge.
 */
#include <linux/inetdevice.h>
#include <net/ipv6.h>

#include "parse.h"

const struct nla_policy meshmod_addr_policy[MESHMOD_A_ADDR_MAX + 1] = {
	[MESHMOD_A_ADDR_V4]	= NLA_POLICY_EXACT_LEN(4),
	[MESHMOD_A_ADDR_V6]	= NLA_POLICY_EXACT_LEN(16),
	[MESHMOD_A_ADDR_PREFIX]	= NLA_POLICY_RANGE(NLA_U8, 1, 128),
};

static const struct nla_policy redirect_policy[MESHMOD_A_REDIRECT_MAX + 1] = {
	[MESHMOD_A_REDIRECT_ADDR]	= NLA_POLICY_NESTED(meshmod_addr_policy),
	[MESHMOD_A_REDIRECT_PROTO]	= { .type = NLA_U8 },
	[MESHMOD_A_REDIRECT_FROM]	= NLA_POLICY_MIN(NLA_U16, 1),
	[MESHMOD_A_REDIRECT_TO]		= NLA_POLICY_MIN(NLA_U16, 1),
	[MESHMOD_A_REDIRECT_FROM_LAST]	= NLA_POLICY_MIN(NLA_U16, 1),
	[MESHMOD_A_REDIRECT_TO_LAST]	= NLA_POLICY_MIN(NLA_U16, 1),
};

static const struct nla_policy binding_policy[MESHMOD_A_BINDING_MAX + 1] = {
	[MESHMOD_A_BINDING_DEV]		= { .type = NLA_NUL_STRING,
					    .len = IFNAMSIZ - 1 },
	[MESHMOD_A_BINDING_MAC]		= NLA_POLICY_EXACT_LEN(ETH_ALEN),
	[MESHMOD_A_BINDING_ADDR]	= NLA_POLICY_NESTED(meshmod_addr_policy),
};

static const struct nla_policy end_policy[MESHMOD_A_END_MAX + 1] = {
	[MESHMOD_A_END_ADDR]		= NLA_POLICY_NESTED(meshmod_addr_policy),
	[MESHMOD_A_END_PORT]		= NLA_POLICY_MIN(NLA_U16, 1),
};

static const struct nla_policy flow_policy[MESHMOD_A_FLOW_MAX + 1] = {
	[MESHMOD_A_FLOW_INGRESS]	= NLA_POLICY_NESTED(end_policy),
	[MESHMOD_A_FLOW_PROTO]		= { .type = NLA_U8 },
};

const struct nla_policy meshmod_policy_node[MESHMOD_A_MAX + 1] = {
	[MESHMOD_A_NODE]	= NLA_POLICY_NESTED(meshmod_node_policy),
};

const struct nla_policy meshmod_policy_service[MESHMOD_A_MAX + 1] = {
	[MESHMOD_A_SERVICE]	= NLA_POLICY_NESTED(meshmod_service_policy),
};

const struct nla_policy meshmod_policy_redirect[MESHMOD_A_MAX + 1] = {
	[MESHMOD_A_REDIRECT]	= NLA_POLICY_NESTED(redirect_policy),
};

const struct nla_policy meshmod_policy_binding[MESHMOD_A_MAX + 1] = {
	[MESHMOD_A_BINDING]	= NLA_POLICY_NESTED(binding_policy),
};

const struct nla_policy meshmod_policy_flow[MESHMOD_A_MAX + 1] = {
	[MESHMOD_A_FLOW]	= NLA_POLICY_NESTED(flow_policy),
};

const struct nla_policy meshmod_policy_all[MESHMOD_A_MAX + 1] = {
	[MESHMOD_A_NODE]	= NLA_POLICY_NESTED(meshmod_node_policy),
	[MESHMOD_A_SERVICE]	= NLA_POLICY_NESTED(meshmod_service_policy),
	[MESHMOD_A_REDIRECT]	= NLA_POLICY_NESTED(redirect_policy),
	[MESHMOD_A_BINDING]	= NLA_POLICY_NESTED(binding_policy),
};

u32 meshmod_count_nested(const struct nlattr *nest, int type)
{
	const struct nlattr *a;
	u32 n = 0;
	int rem;

	nla_for_each_nested(a, nest, rem)
		n += nla_type(a) == type;
	return n;
}

/* The attribute of @type in @nest that counts, the last one; or NULL. */
const struct nlattr *meshmod_last_nested(const struct nlattr *nest, int type)
{
	const struct nlattr *a, *last = NULL;
	int rem;

	nla_for_each_nested(a, nest, rem)
		if (nla_type(a) == type)
			last = a;
	return last;
}

/* No bit of the address may be set behind its prefix. */
static bool is_subnet(const struct meshmod_addr *addr)
{
	struct meshmod_addr net = *addr;

	if (addr->family == AF_INET)
		net.ip.ip &= inet_make_mask(addr->prefix);
	else
		ipv6_addr_prefix(&net.ip.in6, &addr->ip.in6, addr->prefix);
	return meshmod_addr_equal(&net, addr);
}

static int parse_prefix(const struct nlattr *attr, const struct nlattr *prefix,
			struct meshmod_addr *addr, enum prefix_use use,
			struct netlink_ext_ack *extack)
{
	u8 bits = addr->family == AF_INET ? 32 : 128;

	if (!prefix && use == PREFIX_NEEDED)
		return refuse(extack, attr, -EINVAL,
			      "a subnet needs a prefix length of 1 to 32, or to 128 for IPv6");
	if (prefix && use == PREFIX_NONE)
		return refuse(extack, prefix, -EINVAL,
			      "an address has no prefix length here; leave it out");
	if (use == PREFIX_NONE)
		return 0;
	addr->prefix = prefix ? nla_get_u8(prefix) : bits;
	if (addr->prefix > bits)
		return refuse(extack, prefix, -ERANGE,
			      "a subnet needs a prefix length of 1 to 32, or to 128 for IPv6");
	if (!is_subnet(addr))
		return refuse(extack, attr, -EINVAL,
			      "a subnet's address has bits set behind its prefix; clear them");
	return 0;
}

int meshmod_parse_addr(const struct nlattr *attr, struct meshmod_addr *addr,
		       enum prefix_use use, struct netlink_ext_ack *extack)
{
	struct nlattr *tb[MESHMOD_A_ADDR_MAX + 1];
	int err;

	err = nla_parse_nested(tb, MESHMOD_A_ADDR_MAX, attr, meshmod_addr_policy,
			       extack);
	if (err)
		return err;
	memset(addr, 0, sizeof(*addr));
	if (!tb[MESHMOD_A_ADDR_V4] == !tb[MESHMOD_A_ADDR_V6])
		return refuse(extack, attr, -EINVAL,
			      "an address is either IPv4 or IPv6; give exactly one");
	if (tb[MESHMOD_A_ADDR_V4]) {
		addr->family = AF_INET;
		addr->ip.ip = nla_get_in_addr(tb[MESHMOD_A_ADDR_V4]);
	} else {
		addr->family = AF_INET6;
		addr->ip.in6 = nla_get_in6_addr(tb[MESHMOD_A_ADDR_V6]);
	}
	if (addr->family == AF_INET6 && ipv6_addr_v4mapped(&addr->ip.in6))
		return refuse(extack, attr, -EINVAL,
			      "an IPv4 address is given in its IPv6 form; give it as IPv4");
	return parse_prefix(attr, tb[MESHMOD_A_ADDR_PREFIX], addr, use, extack);
}

int meshmod_parse_proto(const struct nlattr *attr, u8 *proto,
			struct netlink_ext_ack *extack)
{
	*proto = nla_get_u8(attr);
	if (meshmod_has_ports(*proto))
		return 0;
	return refuse(extack, attr, -EOPNOTSUPP,
		      "this module carries tcp, udp and sctp; use one of them");
}

/* To IFNAMSIZ bytes at @dev, all zero behind the name */
int meshmod_parse_dev(const struct nlattr *attr, char *dev,
		      struct netlink_ext_ack *extack)
{
	memset(dev, 0, IFNAMSIZ);
	if (nla_strscpy(dev, attr, IFNAMSIZ) < 1)
		return refuse(extack, attr, -EINVAL,
			      "a device has no name here; give one, such as eth0");
	return 0;
}

/* The first and the last of a range; without @last it has one port. */
int meshmod_parse_range(const struct nlattr *first, const struct nlattr *last,
			u16 *from, u16 *to, struct netlink_ext_ack *extack)
{
	*from = nla_get_u16(first);
	*to = last ? nla_get_u16(last) : *from;
	if (*to >= *from)
		return 0;
	return refuse(extack, last, -EINVAL,
		      "a range of ports ends before it starts; give the lower port first");
}

/* Ports become as many others, one by one, or all of them one. */
bool meshmod_range_fits(u16 first, u16 last, u16 target, u16 target_last)
{
	return target_last == target ||
	       target_last - target == last - first;
}

/**
 * meshmod_parse_redirect - a redirect, or the key of one
 * @attr: MESHMOD_A_REDIRECT, valid by policy
 * @need_to: the target port must be there; else it is 0 if it is not
 * @r: filled
 * @extack: gets the sentence
 *
 * Return: 0, -EINVAL or -EOPNOTSUPP.
 */
int meshmod_parse_redirect(const struct nlattr *attr, bool need_to,
			   struct meshmod_redirect *r,
			   struct netlink_ext_ack *extack)
{
	struct nlattr *tb[MESHMOD_A_REDIRECT_MAX + 1];
	int err;

	err = nla_parse_nested(tb, MESHMOD_A_REDIRECT_MAX, attr,
			       redirect_policy, extack);
	if (err)
		return err;
	if (!tb[MESHMOD_A_REDIRECT_ADDR] || !tb[MESHMOD_A_REDIRECT_PROTO] ||
	    !tb[MESHMOD_A_REDIRECT_FROM])
		return refuse(extack, attr, -EINVAL,
			      "a redirect is named by its address, protocol and published port; give all three");
	if (need_to && !tb[MESHMOD_A_REDIRECT_TO])
		return refuse(extack, attr, -EINVAL,
			      "a redirect needs a target port");
	memset(r, 0, sizeof(*r));
	err = meshmod_parse_range(tb[MESHMOD_A_REDIRECT_FROM],
				  tb[MESHMOD_A_REDIRECT_FROM_LAST], &r->from,
			  &r->from_last, extack);
	if (!err && tb[MESHMOD_A_REDIRECT_TO])
		err = meshmod_parse_range(tb[MESHMOD_A_REDIRECT_TO],
					  tb[MESHMOD_A_REDIRECT_TO_LAST], &r->to,
				  &r->to_last, extack);
	if (err)
		return err;
	if (!meshmod_range_fits(r->from, r->from_last, r->to, r->to_last))
		return refuse(extack, attr, -EINVAL,
			      "a range of ports leads to one target port, or to as many as it has");
	return meshmod_parse_proto(tb[MESHMOD_A_REDIRECT_PROTO], &r->proto, extack) ?:
	       meshmod_parse_addr(tb[MESHMOD_A_REDIRECT_ADDR], &r->addr, PREFIX_NONE,
				  extack);
}

static int parse_binding_addrs(const struct nlattr *attr,
			       struct meshmod_binding *b,
			       struct netlink_ext_ack *extack)
{
	const struct nlattr *a;
	int err, rem;

	nla_for_each_nested(a, attr, rem) {
		if (nla_type(a) != MESHMOD_A_BINDING_ADDR)
			continue;
		if (b->naddrs == MESHMOD_MAX_BINDING_ADDRS)
			return refuse(extack, a, -ENOSPC,
				      "a binding can have 4 addresses; name fewer");
		err = meshmod_parse_addr(a, &b->addrs[b->naddrs++], PREFIX_NONE,
					 extack);
		if (err)
			return err;
	}
	return 0;
}

/**
 * meshmod_parse_binding - a binding, or the key of one
 * @attr: MESHMOD_A_BINDING, valid by policy
 * @whole: the MAC and an address must be there
 * @b: filled
 * @extack: gets the sentence
 *
 * Return: 0, -EINVAL or -ENOSPC.
 */
int meshmod_parse_binding(const struct nlattr *attr, bool whole,
			  struct meshmod_binding *b,
			  struct netlink_ext_ack *extack)
{
	struct nlattr *tb[MESHMOD_A_BINDING_MAX + 1];
	int err;

	err = nla_parse_nested(tb, MESHMOD_A_BINDING_MAX, attr, binding_policy,
			       extack);
	if (err)
		return err;
	if (!tb[MESHMOD_A_BINDING_DEV])
		return refuse(extack, attr, -EINVAL,
			      "a binding is named by its device; give it");
	if (whole && (!tb[MESHMOD_A_BINDING_MAC] || !tb[MESHMOD_A_BINDING_ADDR]))
		return refuse(extack, attr, -EINVAL,
			      "a binding needs a MAC and an address");
	memset(b, 0, sizeof(*b));
	if (tb[MESHMOD_A_BINDING_MAC])
		nla_memcpy(b->mac, tb[MESHMOD_A_BINDING_MAC], ETH_ALEN);
	return meshmod_parse_dev(tb[MESHMOD_A_BINDING_DEV], b->dev, extack) ?:
	       parse_binding_addrs(attr, b, extack);
}

static int parse_end(const struct nlattr *attr, struct meshmod_end *end,
		     struct netlink_ext_ack *extack)
{
	struct nlattr *tb[MESHMOD_A_END_MAX + 1];
	int err;

	err = nla_parse_nested(tb, MESHMOD_A_END_MAX, attr, end_policy, extack);
	if (err)
		return err;
	if (!tb[MESHMOD_A_END_ADDR] || !tb[MESHMOD_A_END_PORT])
		return refuse(extack, attr, -EINVAL,
			      "an end of a connection is an address and a port; give both");
	end->port = nla_get_u16(tb[MESHMOD_A_END_PORT]);
	return meshmod_parse_addr(tb[MESHMOD_A_END_ADDR], &end->addr, PREFIX_NONE,
				  extack);
}

/**
 * meshmod_parse_flow - what connections are found by
 * @attr: MESHMOD_A_FLOW, valid by policy
 * @f: filled
 * @extack: gets the sentence
 *
 * Return: 0, -EINVAL or -EOPNOTSUPP.
 */
int meshmod_parse_flow(const struct nlattr *attr, struct meshmod_flow *f,
		       struct netlink_ext_ack *extack)
{
	struct nlattr *tb[MESHMOD_A_FLOW_MAX + 1];
	int err;

	err = nla_parse_nested(tb, MESHMOD_A_FLOW_MAX, attr, flow_policy, extack);
	if (err)
		return err;
	if (!tb[MESHMOD_A_FLOW_INGRESS])
		return refuse(extack, attr, -EINVAL,
			      "connections are found by the address and port that they come from; give them");
	memset(f, 0, sizeof(*f));
	if (tb[MESHMOD_A_FLOW_PROTO])
		err = meshmod_parse_proto(tb[MESHMOD_A_FLOW_PROTO], &f->proto,
					  extack);
	return err ?: parse_end(tb[MESHMOD_A_FLOW_INGRESS], &f->ingress, extack);
}

/*
 * The attribute number @pos of @type inside of @nest; if the message does not
 * hold so many, the only one, or @nest itself.
 */
static const struct nlattr *nth_nested(const struct nlattr *nest, int type,
				       u32 pos)
{
	const struct nlattr *a;
	int rem;

	nla_for_each_nested(a, nest, rem)
		if (nla_type(a) == type && !pos--)
			return a;
	return meshmod_count_nested(nest, type) == 1 ? meshmod_last_nested(nest, type) : nest;
}

static const struct nlattr *blamed(const struct meshmod_refusal *why,
				   struct nlattr **attrs)
{
	const struct nlattr *service;

	service = why->service && why->service->origin ?
		  why->service->origin : attrs[MESHMOD_A_SERVICE];
	switch (why->about) {
	case MESHMOD_ABOUT_NODE:
		return attrs[MESHMOD_A_NODE] ?
		       nth_nested(attrs[MESHMOD_A_NODE], why->pos, why->nth) :
		       NULL;
	case MESHMOD_ABOUT_SERVICE:
		return service;
	case MESHMOD_ABOUT_MARK:
		return service ?
		       nth_nested(service, MESHMOD_A_SERVICE_MARK, 0) : NULL;
	case MESHMOD_ABOUT_VIP:
		return service ? nth_nested(service, MESHMOD_A_SERVICE_VIP,
					    why->pos) : NULL;
	case MESHMOD_ABOUT_PORT:
		return service ? nth_nested(service, MESHMOD_A_SERVICE_PORT,
					    why->pos) : NULL;
	case MESHMOD_ABOUT_BACKEND:
		return service ? nth_nested(service, MESHMOD_A_SERVICE_BACKEND,
					    why->pos) : NULL;
	case MESHMOD_ABOUT_REDIRECT:
		return attrs[MESHMOD_A_REDIRECT];
	case MESHMOD_ABOUT_BINDING:
		return attrs[MESHMOD_A_BINDING];
	default:
		return NULL;
	}
}

/* Note what config.c refused, in a sentence that @why keeps, and its place. */
void meshmod_refusal_say(const struct meshmod_refusal *why,
			 struct nlattr **attrs,
			 struct netlink_ext_ack *extack)
{
	if (!why->msg || !extack)
		return;
	NL_SET_BAD_ATTR(extack, blamed(why, attrs));
	extack->_msg = why->msg;
}

#ifdef MESHMOD_KUNIT
#include "parse_test.c"
#include "parse_node_test.c"
#include "parse_flow_test.c"
#endif
