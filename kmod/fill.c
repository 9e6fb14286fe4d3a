// SPDX-License-Identifier: GPL-2.0
/*
 * Filling: objects to attributes, one function per object, for replies, dumps
 * and events alike.  Each adds the whole object to the message or nothing.
 *
 * Context, for all: mn->lock held, or objects that no one else can change.
 * Return, for all: 0 or -EMSGSIZE.
 */
#include "attrs.h"

static int fill_addr(struct sk_buff *skb, int type,
		     const struct meshmod_addr *addr)
{
	struct nlattr *nest = nla_nest_start(skb, type);

	if (!nest)
		return -EMSGSIZE;
	if (addr->family == AF_INET ?
	    nla_put_in_addr(skb, MESHMOD_A_ADDR_V4, addr->ip.ip) :
	    nla_put_in6_addr(skb, MESHMOD_A_ADDR_V6, &addr->ip.in6))
		return -EMSGSIZE;
	if (addr->prefix && nla_put_u8(skb, MESHMOD_A_ADDR_PREFIX,
				       addr->prefix))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int fill_guard(struct sk_buff *skb, const struct meshmod_guard *guard)
{
	struct nlattr *nest = nla_nest_start(skb, MESHMOD_A_NODE_GUARD);

	if (!nest || fill_addr(skb, MESHMOD_A_GUARD_ADDR, &guard->addr) ||
	    nla_put_string(skb, MESHMOD_A_GUARD_DEV, guard->dev))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int fill_node(struct sk_buff *skb, const struct meshmod_node *node)
{
	u16 i;

	if (nla_put_u32(skb, MESHMOD_A_NODE_MASK, node->mask))
		return -EMSGSIZE;
	for (i = 0; i < node->ningress; i++)
		if (fill_addr(skb, MESHMOD_A_NODE_INGRESS, &node->ingress[i]))
			return -EMSGSIZE;
	for (i = 0; i < node->nmasquerade; i++)
		if (fill_addr(skb, MESHMOD_A_NODE_MASQUERADE,
			      &node->masquerade[i]))
			return -EMSGSIZE;
	for (i = 0; i < node->nguards; i++)
		if (fill_guard(skb, &node->guards[i]))
			return -EMSGSIZE;
	return 0;
}

int meshmod_fill_node(struct sk_buff *skb, const struct meshmod_node *node)
{
	struct nlattr *nest = nla_nest_start(skb, MESHMOD_A_NODE);

	if (!nest)
		return -EMSGSIZE;
	if (fill_node(skb, node)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

static int fill_port(struct sk_buff *skb, const struct meshmod_port *port)
{
	struct nlattr *nest = nla_nest_start(skb, MESHMOD_A_SERVICE_PORT);

	if (!nest || nla_put_u8(skb, MESHMOD_A_PORT_PROTO, port->proto) ||
	    nla_put_u16(skb, MESHMOD_A_PORT_PUBLISHED, port->published) ||
	    nla_put_u16(skb, MESHMOD_A_PORT_TARGET, port->target))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int fill_service_stats(struct sk_buff *skb,
			      const struct meshmod_service *s)
{
	struct nlattr *nest = nla_nest_start(skb, MESHMOD_A_SERVICE_STATS);
	int i;

	if (!nest)
		return -EMSGSIZE;
	for (i = MESHMOD_A_SSTAT_CONNECTIONS; i < MESHMOD_A_SSTAT_PAD; i++)
		if (nla_put_u64_64bit(skb, i, meshmod_stats_service(s, i),
				      MESHMOD_A_SSTAT_PAD))
			return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int fill_service(struct sk_buff *skb, const struct meshmod_service *s)
{
	u16 i;

	if (nla_put_string(skb, MESHMOD_A_SERVICE_NAME, s->name) ||
	    nla_put_u32(skb, MESHMOD_A_SERVICE_MARK, s->mark) ||
	    nla_put_u8(skb, MESHMOD_A_SERVICE_SCHEDULER, s->scheduler) ||
	    nla_put_u8(skb, MESHMOD_A_SERVICE_SOURCE, s->source))
		return -EMSGSIZE;
	for (i = 0; i < s->nvips; i++)
		if (fill_addr(skb, MESHMOD_A_SERVICE_VIP, &s->vips[i]))
			return -EMSGSIZE;
	for (i = 0; i < s->nports; i++)
		if (fill_port(skb, &s->ports[i]))
			return -EMSGSIZE;
	return fill_service_stats(skb, s);
}

/* The service without its backends. */
int meshmod_fill_service(struct sk_buff *skb, const struct meshmod_service *s)
{
	struct nlattr *nest = nla_nest_start(skb, MESHMOD_A_SERVICE);

	if (!nest)
		return -EMSGSIZE;
	if (fill_service(skb, s)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

static int fill_backend(struct sk_buff *skb, const struct meshmod_backend *b)
{
	struct nlattr *nest = nla_nest_start(skb, MESHMOD_A_SERVICE_BACKEND);

	if (!nest || nla_put_string(skb, MESHMOD_A_BACKEND_NAME, b->name) ||
	    fill_addr(skb, MESHMOD_A_BACKEND_ADDR, &b->addr) ||
	    nla_put_u32(skb, MESHMOD_A_BACKEND_WEIGHT, b->weight) ||
	    nla_put_u8(skb, MESHMOD_A_BACKEND_STATE, b->state) ||
	    nla_put_u64_64bit(skb, MESHMOD_A_BACKEND_CONNECTIONS,
			      meshmod_stats_backend(b), MESHMOD_A_BACKEND_PAD))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

/* The service's name with this one backend. */
int meshmod_fill_backend(struct sk_buff *skb, const struct meshmod_service *s,
			 const struct meshmod_backend *b)
{
	struct nlattr *nest = nla_nest_start(skb, MESHMOD_A_SERVICE);

	if (!nest)
		return -EMSGSIZE;
	if (nla_put_string(skb, MESHMOD_A_SERVICE_NAME, s->name) ||
	    fill_backend(skb, b)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

int meshmod_fill_redirect(struct sk_buff *skb, const struct meshmod_redirect *r)
{
	struct nlattr *nest = nla_nest_start(skb, MESHMOD_A_REDIRECT);

	if (!nest)
		return -EMSGSIZE;
	if (fill_addr(skb, MESHMOD_A_REDIRECT_ADDR, &r->addr) ||
	    nla_put_u8(skb, MESHMOD_A_REDIRECT_PROTO, r->proto) ||
	    nla_put_u16(skb, MESHMOD_A_REDIRECT_FROM, r->from) ||
	    nla_put_u16(skb, MESHMOD_A_REDIRECT_TO, r->to)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

int meshmod_fill_stats(struct sk_buff *skb, const struct meshmod_net *mn)
{
	struct nlattr *nest = nla_nest_start(skb, MESHMOD_A_STATS);
	int i;

	if (!nest)
		return -EMSGSIZE;
	for (i = MESHMOD_REASON_FLOW; i < MESHMOD_REASON_PAD; i++)
		if (nla_put_u64_64bit(skb, i, meshmod_stats_reason(mn, i),
				      MESHMOD_REASON_PAD)) {
			nla_nest_cancel(skb, nest);
			return -EMSGSIZE;
		}
	nla_nest_end(skb, nest);
	return 0;
}
