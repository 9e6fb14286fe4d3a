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

static int fill_addrs(struct sk_buff *skb, int type,
		      const struct meshmod_addr *addrs, u32 n)
{
	u32 i;

	for (i = 0; i < n; i++)
		if (fill_addr(skb, type, &addrs[i]))
			return -EMSGSIZE;
	return 0;
}

static int fill_tunnel(struct sk_buff *skb, const struct meshmod_node *node)
{
	struct nlattr *nest;

	if (!node->tunnel_port)
		return 0;
	nest = nla_nest_start(skb, MESHMOD_A_NODE_TUNNEL);
	if (!nest ||
	    nla_put_u16(skb, MESHMOD_A_TUNNEL_PORT, node->tunnel_port) ||
	    nla_put_u32(skb, MESHMOD_A_TUNNEL_VNI, node->vni))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int fill_origin(struct sk_buff *skb, const struct meshmod_origin *o)
{
	struct nlattr *nest = nla_nest_start(skb, MESHMOD_A_NODE_ORIGIN);
	int f;

	if (!nest || nla_put(skb, MESHMOD_A_ORIGIN_MAC, ETH_ALEN, o->mac) ||
	    nla_put_u16(skb, MESHMOD_A_ORIGIN_ZONE, o->zone))
		return -EMSGSIZE;
	for (f = 0; f < MESHMOD_FAMILIES; f++)
		if (o->addr[f].family &&
		    fill_addrs(skb, MESHMOD_A_ORIGIN_ADDR, &o->addr[f], 1))
			return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int fill_node(struct sk_buff *skb, const struct meshmod_table *t)
{
	const struct meshmod_node *node = &t->node;
	u32 n;
	u16 i;

	if (nla_put_u32(skb, MESHMOD_A_NODE_MASK, node->mask) ||
	    nla_put_u8(skb, MESHMOD_A_NODE_OFFLOAD, node->offload) ||
	    nla_put_u8(skb, MESHMOD_A_NODE_OVERLAY, node->overlay))
		return -EMSGSIZE;
	for (i = 0; i < MESHMOD_FAMILIES; i++)
		if (fill_addrs(skb, MESHMOD_A_NODE_INGRESS,
			       node->ingress[i].addrs, node->ingress[i].n))
			return -EMSGSIZE;
	if (fill_addrs(skb, MESHMOD_A_NODE_MASQUERADE, node->masquerade,
		       node->nmasquerade))
		return -EMSGSIZE;
	for (i = 0; i < node->nguards; i++)
		if (fill_guard(skb, &node->guards[i]))
			return -EMSGSIZE;
	if (fill_tunnel(skb, node))
		return -EMSGSIZE;
	for (n = 0; n < t->norigins; n++)
		if (fill_origin(skb, &t->origins[n]))
			return -EMSGSIZE;
	return fill_addrs(skb, MESHMOD_A_NODE_PEER, t->peers, t->npeers);
}

/* What an address takes with its nest, and one in a guard, at most */
#define ADDR_SIZE	(2 * NLA_HDRLEN + sizeof(struct in6_addr) + \
			 nla_total_size(1))
#define ORIGIN_SIZE	(NLA_HDRLEN + nla_total_size(ETH_ALEN) + \
			 nla_total_size(2) + MESHMOD_FAMILIES * ADDR_SIZE)
#define GUARD_SIZE	(NLA_HDRLEN + ADDR_SIZE + nla_total_size(IFNAMSIZ))

/* Return: bytes that are enough for a message with the settings of @t. */
size_t meshmod_fill_node_size(const struct meshmod_table *t)
{
	const struct meshmod_node *node;
	u32 addrs;

	t = t ?: &meshmod_table_nothing;
	node = &t->node;
	addrs = node->ingress[0].n + node->ingress[1].n + node->nmasquerade +
		t->npeers;
	return GENLMSG_DEFAULT_SIZE + addrs * ADDR_SIZE +
	       node->nguards * GUARD_SIZE + t->norigins * ORIGIN_SIZE;
}

/* The settings of @t, or those of a namespace without a table (NULL) */
int meshmod_fill_node(struct sk_buff *skb, const struct meshmod_table *t)
{
	struct nlattr *nest = nla_nest_start(skb, MESHMOD_A_NODE);

	if (!nest)
		return -EMSGSIZE;
	if (fill_node(skb, t ?: &meshmod_table_nothing)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

static int fill_port(struct sk_buff *skb, const struct meshmod_service *s,
		     const struct meshmod_port *port)
{
	struct nlattr *nest = nla_nest_start(skb, MESHMOD_A_SERVICE_PORT);

	if (!nest || nla_put_u8(skb, MESHMOD_A_PORT_PROTO, port->proto) ||
	    nla_put_u16(skb, MESHMOD_A_PORT_PUBLISHED, port->first) ||
	    nla_put_u16(skb, MESHMOD_A_PORT_TARGET, port->target))
		return -EMSGSIZE;
	if (port->first != port->last &&
	    (nla_put_u16(skb, MESHMOD_A_PORT_PUBLISHED_LAST, port->last) ||
	     nla_put_u16(skb, MESHMOD_A_PORT_TARGET_LAST, port->target_last)))
		return -EMSGSIZE;
	if (fill_addrs(skb, MESHMOD_A_PORT_SOURCE, &s->sources[port->source],
		       port->nsources))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int fill_listen(struct sk_buff *skb, const struct meshmod_listen *l)
{
	struct nlattr *nest = nla_nest_start(skb, MESHMOD_A_SERVICE_LISTEN);

	if (!nest || (l->addr.family ?
		      fill_addr(skb, MESHMOD_A_LISTEN_ADDR, &l->addr) :
		      nla_put_string(skb, MESHMOD_A_LISTEN_DEV, l->dev)))
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
	    nla_put_u8(skb, MESHMOD_A_SERVICE_SOURCE, s->source) ||
	    nla_put_u8(skb, MESHMOD_A_SERVICE_REFUSE, s->refuse) ||
	    nla_put_u8(skb, MESHMOD_A_SERVICE_OFFLOAD, s->offload) ||
	    fill_addrs(skb, MESHMOD_A_SERVICE_VIP, s->vips, s->nvips))
		return -EMSGSIZE;
	for (i = 0; i < s->nlisten; i++)
		if (fill_listen(skb, &s->listen[i]))
			return -EMSGSIZE;
	for (i = 0; i < s->nports; i++)
		if (fill_port(skb, s, &s->ports[i]))
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
	int f;

	if (!nest || nla_put_string(skb, MESHMOD_A_BACKEND_NAME, b->name))
		return -EMSGSIZE;
	for (f = 0; f < MESHMOD_FAMILIES; f++)
		if (b->addr[f].family &&
		    fill_addr(skb, MESHMOD_A_BACKEND_ADDR, &b->addr[f]))
			return -EMSGSIZE;
	if (nla_put_u32(skb, MESHMOD_A_BACKEND_WEIGHT, b->weight) ||
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
	    nla_put_u16(skb, MESHMOD_A_REDIRECT_TO, r->to) ||
	    (r->from != r->from_last &&
	     (nla_put_u16(skb, MESHMOD_A_REDIRECT_FROM_LAST, r->from_last) ||
	      nla_put_u16(skb, MESHMOD_A_REDIRECT_TO_LAST, r->to_last)))) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

int meshmod_fill_binding(struct sk_buff *skb, const struct meshmod_binding *b)
{
	struct nlattr *nest = nla_nest_start(skb, MESHMOD_A_BINDING);

	if (!nest)
		return -EMSGSIZE;
	if (nla_put_string(skb, MESHMOD_A_BINDING_DEV, b->dev) ||
	    nla_put(skb, MESHMOD_A_BINDING_MAC, ETH_ALEN, b->mac) ||
	    fill_addrs(skb, MESHMOD_A_BINDING_ADDR, b->addrs, b->naddrs)) {
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

/* @flows: connections by enum meshmod_flows */
int meshmod_fill_flows(struct sk_buff *skb, const u32 *flows)
{
	struct nlattr *nest = nla_nest_start(skb, MESHMOD_A_FLOWS);
	int i;

	if (!nest)
		return -EMSGSIZE;
	for (i = MESHMOD_A_FLOWS_OFFLOADED; i <= MESHMOD_A_FLOWS_MAX; i++)
		if (nla_put_u32(skb, i, flows[i])) {
			nla_nest_cancel(skb, nest);
			return -EMSGSIZE;
		}
	nla_nest_end(skb, nest);
	return 0;
}

static int fill_end(struct sk_buff *skb, int type, const struct meshmod_end *end)
{
	struct nlattr *nest = nla_nest_start(skb, type);

	if (!nest || fill_addr(skb, MESHMOD_A_END_ADDR, &end->addr) ||
	    nla_put_u16(skb, MESHMOD_A_END_PORT, end->port))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

int meshmod_fill_flow(struct sk_buff *skb, const struct meshmod_flow *f)
{
	struct nlattr *nest = nla_nest_start(skb, MESHMOD_A_FLOW);

	if (!nest)
		return -EMSGSIZE;
	if (fill_end(skb, MESHMOD_A_FLOW_INGRESS, &f->ingress) ||
	    nla_put_u8(skb, MESHMOD_A_FLOW_PROTO, f->proto) ||
	    fill_end(skb, MESHMOD_A_FLOW_CLIENT, &f->client) ||
	    fill_end(skb, MESHMOD_A_FLOW_ASKED, &f->asked) ||
	    fill_end(skb, MESHMOD_A_FLOW_BACKEND, &f->backend) ||
	    nla_put_u32(skb, MESHMOD_A_FLOW_MARK, f->mark)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

#ifdef MESHMOD_KUNIT
#include "fill_test.c"
#endif
