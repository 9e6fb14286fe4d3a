// SPDX-License-Identifier: GPL-2.0
/*
 * Origins: how a container whose clients keep their addresses sends its replies
 * back to the node that a connection came through.  Four hooks, whose place
 * hooks.c knows:
 *
 *	origin		what a node sends is tracked in a zone of that node's own,
 *			which is how the connection remembers it
 *	arrival		is routed as if the node itself were the client, so that
 *			no check of its source turns it away
 *	answer		comes from the address that was asked
 *	return		leaves for the node, whatever the routes say
 */
#include <linux/netfilter.h>
#include <net/dst.h>
#include <net/ip.h>
#include <net/ip6_checksum.h>
#include <net/ip6_fib.h>
#include <net/ip6_route.h>
#include <net/netfilter/nf_conntrack.h>
#include <net/netfilter/nf_conntrack_core.h>
#include <net/netfilter/nf_conntrack_zones.h>
#include <net/route.h>

#include "core.h"

/*
 * What one CPU has found last: how to reach the node, and where a packet went that
 * came in from it, to one of our addresses.  A slot is NULL, or holds a reference;
 * who replaces its value releases it, a grace period later for those who have
 * read it.
 */
struct routes {
	struct dst_entry *back[MESHMOD_FAMILIES];
	struct dst_entry *in;		/* this and the rest: BH off */
	__be32 in_to;
	int in_dev;			/* ifindex */
};

/*
 * What an origin keeps while tables come and go: also the template that new
 * connections are tracked by.
 */
struct meshmod_origin_run {
	refcount_t ref;
	struct nf_conn *template;
	struct routes __percpu *routes;
};

static void forget_routes(const struct meshmod_origin_run *run)
{
	struct routes *r;
	int cpu, f;

	for_each_possible_cpu(cpu) {
		r = per_cpu_ptr(run->routes, cpu);
		for (f = 0; f < MESHMOD_FAMILIES; f++)
			dst_release(xchg(&r->back[f], NULL));
		dst_release(xchg(&r->in, NULL));
	}
}

static void free_run(struct meshmod_origin_run *run)
{
	if (run->template)
		nf_ct_put(run->template);
	free_percpu(run->routes);
	kfree(run);
}

static struct meshmod_origin_run *alloc_run(struct net *net, u16 id)
{
	struct meshmod_origin_run *run = kzalloc(sizeof(*run),
						 GFP_KERNEL_ACCOUNT);
	struct nf_conntrack_zone zone;

	if (!run)
		return NULL;
	refcount_set(&run->ref, 1);
	nf_ct_zone_init(&zone, id, NF_CT_ZONE_DIR_ORIG, 0);
	run->template = nf_ct_tmpl_alloc(net, &zone, GFP_KERNEL);
	run->routes = alloc_percpu_gfp(struct routes, GFP_KERNEL_ACCOUNT);
	if (!run->template || !run->routes) {
		free_run(run);
		return NULL;
	}
	__set_bit(IPS_CONFIRMED_BIT, &run->template->status);
	return run;
}

/* @t is a copy, and has them too. */
void meshmod_origins_get(const struct meshmod_table *t)
{
	u32 i;

	for (i = 0; i < t->norigins; i++)
		if (t->origins[i].run)
			refcount_inc(&t->origins[i].run->ref);
}

/* Context: may sleep; no packet can find @t (any more).  It has none then. */
void meshmod_origins_clear(struct meshmod_table *t)
{
	struct meshmod_origin_run *run;

	while (t->norigins) {
		run = t->origins[--t->norigins].run;
		if (!run || !refcount_dec_and_test(&run->ref))
			continue;
		forget_routes(run);
		free_run(run);
	}
}

/*
 * A zone that is no other origin's; the one that its MAC names, if it can be: so
 * that connections which outlive the module find their nodes again.
 */
static u16 free_zone(const struct meshmod_table *t, const u8 *mac)
{
	u16 zone = mac[4] << 8 | mac[5];
	u32 i;

	for (i = 0; i < t->norigins; i++)
		if (!zone || t->origins[i].zone == zone) {
			zone++;
			i = -1;
		}
	return zone;
}

static bool same_origin(const struct meshmod_origin *a,
			const struct meshmod_origin *b)
{
	return ether_addr_equal(a->mac, b->mac) &&
	       meshmod_addrs_equal(a->addr, b->addr, MESHMOD_FAMILIES);
}

/* Are they the same?  In that order. */
bool meshmod_origins_equal(const struct meshmod_table *a,
			   const struct meshmod_table *b)
{
	u32 i;

	if (a->norigins != b->norigins)
		return false;
	for (i = 0; i < a->norigins; i++)
		if (!same_origin(&a->origins[i], &b->origins[i]))
			return false;
	return true;
}

/**
 * meshmod_origins_prepare - give each origin its zone, and what it keeps
 * @net: the namespace
 * @t: the table, indexed, not published; then it has the index of zones too
 * @old: the table that it is to replace, or NULL
 *
 * Who has been there before keeps them.
 *
 * Context: may sleep; whatever keeps @old alive is held.
 * Return: 0 or -ENOMEM.
 */
int meshmod_origins_prepare(struct net *net, struct meshmod_table *t,
			    const struct meshmod_table *old)
{
	const struct meshmod_origin *was;
	struct meshmod_origin *o;
	u32 i;

	for (i = 0; i < t->norigins; i++) {
		o = &t->origins[i];
		was = old ? meshmod_table_origin(old, o->mac) : NULL;
		if (!was || o->run)
			continue;
		o->zone = was->zone;
		if (!same_origin(o, was))
			continue;
		o->run = was->run;
		refcount_inc(&o->run->ref);
	}
	for (i = 0; i < t->norigins; i++) {
		o = &t->origins[i];
		if (!o->zone)
			o->zone = free_zone(t, o->mac);
		if (!o->run)
			o->run = alloc_run(net, o->zone);
		if (!o->run)
			return -ENOMEM;
	}
	meshmod_table_index_zones(t);
	return 0;
}

/* The origin whose zone @ct is in, or NULL.  Context: any. */
static const struct meshmod_origin *origin_of(const struct meshmod_table *t,
					      const struct nf_conn *ct)
{
	const struct nf_conntrack_zone *zone = nf_ct_zone(ct);

	if (likely(zone->id == NF_CT_DEFAULT_ZONE_ID) ||
	    zone->dir != NF_CT_ZONE_DIR_ORIG)
		return NULL;
	return meshmod_table_by_zone(t, zone->id);
}

/* Did @ct come by a node that @old (may be NULL) knew, and @new does not? */
bool meshmod_origin_gone(const struct meshmod_table *old,
			 const struct meshmod_table *new,
			 const struct nf_conn *ct)
{
	return old && origin_of(old, ct) && !(new && origin_of(new, ct));
}

static bool is_from(const struct sk_buff *skb, u8 family,
		    const struct meshmod_origin *o)
{
	const struct meshmod_addr *own = &o->addr[meshmod_af(family)];

	if (family == NFPROTO_IPV4)
		return ip_hdr(skb)->saddr == own->ip.ip;
	return ipv6_addr_equal(&ipv6_hdr(skb)->saddr, &own->ip.in6);
}

/* Is it about a packet that was on its way to somebody behind the node? */
static bool is_error_beyond(const struct sk_buff *skb, u8 family,
			    const struct meshmod_origin *o)
{
	struct meshmod_packet p;
	struct meshmod_addr to;

	meshmod_packet_read(skb, family, &p);
	return meshmod_packet_error(skb, &p, &to) &&
	       !meshmod_addr_equal(&to, &o->addr[meshmod_af(family)]);
}

/*
 * What a node sends in its own name finds its way back without help; but what it
 * has to say of a reply to a client belongs to that client's connection.
 */
unsigned int meshmod_origin_hook(void *priv, struct sk_buff *skb,
				 const struct nf_hook_state *state)
{
	const struct meshmod_table *t = meshmod_table_rcu(priv);
	const struct meshmod_origin *o;
	struct nf_conn *template;

	if (!t || skb->_nfct || !skb_mac_header_was_set(skb) ||
	    state->in->type != ARPHRD_ETHER)
		return NF_ACCEPT;
	o = meshmod_table_origin(t, eth_hdr(skb)->h_source);
	if (!o || !o->addr[meshmod_af(state->pf)].family ||
	    (is_from(skb, state->pf, o) &&
	     !is_error_beyond(skb, state->pf, o)))
		return NF_ACCEPT;
	template = o->run->template;
	nf_conntrack_get(&template->ct_general);
	nf_ct_set(skb, template, IP_CT_NEW);
	return NF_ACCEPT;
}

static struct dst_entry *find_route_v4(struct net *net, __be32 to)
{
	/* The next hop is this, for whoever the packet is. */
	struct flowi4 fl4 = {
		.daddr = to,
		.flowi4_flags = FLOWI_FLAG_KNOWN_NH,
	};
	struct rtable *rt = ip_route_output_key(net, &fl4);

	return IS_ERR(rt) ? NULL : &rt->dst;
}

/* The same, which IPv6 has no flag for: a route of our own that nobody lists */
static struct dst_entry *find_route_v6(struct net *net,
				       const struct in6_addr *to)
{
	struct flowi6 fl6 = { .daddr = *to };
	struct rt6_info *rt = NULL;
	struct dst_entry *dst;

	dst = ip6_route_output(net, NULL, &fl6);
	if (!dst->error)
		rt = ip6_dst_alloc(net, dst->dev, 0);
	if (rt) {
		rt->dst.output = dst->output;
		rt->rt6i_flags = RTF_UP | RTF_GATEWAY;
		rt->rt6i_gateway = *rt6_nexthop((struct rt6_info *)dst,
						&fl6.daddr);
		rt->rt6i_idev = in6_dev_get(dst->dev);
		/* Any change of a route is reason to look again. */
		rt->sernum = rt_genid_ipv6(net);
	}
	dst_release(dst);
	if (rt && !rt->rt6i_idev) {
		dst_release(&rt->dst);
		return NULL;
	}
	return rt ? &rt->dst : NULL;
}

/* Keep @dst for the next packet of this CPU, unless its device goes. */
static void keep_route(struct dst_entry **slot, struct dst_entry *seen,
		       struct dst_entry *dst)
{
	if (READ_ONCE(dst->dev->reg_state) != NETREG_REGISTERED ||
	    !dst_hold_safe(dst))
		return;
	if (cmpxchg(slot, seen, dst) == seen)
		dst_release(seen);
	else
		dst_release(dst);
}

/*
 * The way to a node.
 * Context: RCU read side.  Return: with a reference; NULL: there is none.
 */
static struct dst_entry *route_to(struct net *net,
				  const struct meshmod_origin *o, u8 family)
{
	unsigned int f = meshmod_af(family);
	struct dst_entry **slot = &raw_cpu_ptr(o->run->routes)->back[f];
	struct dst_entry *seen = READ_ONCE(*slot), *dst;

	if (seen && dst_check(seen, 0) && dst_hold_safe(seen))
		return seen;
	if (!o->addr[f].family)
		return NULL;
	dst = family == NFPROTO_IPV4 ?
	      find_route_v4(net, o->addr[f].ip.ip) :
	      find_route_v6(net, &o->addr[f].ip.in6);
	if (dst)
		keep_route(slot, seen, dst);
	return dst;
}

/*
 * Route it as if the node were the client.  Early demux would spare an established
 * connection that, but not one whose socket it does not find.
 */
static void route_from(struct sk_buff *skb, const struct meshmod_origin *o)
{
	struct routes *r = this_cpu_ptr(o->run->routes);
	struct dst_entry *seen = READ_ONCE(r->in);
	__be32 to = ip_hdr(skb)->daddr;

	if (seen && r->in_to == to && r->in_dev == skb->dev->ifindex &&
	    dst_check(seen, 0)) {
		skb_dst_set_noref(skb, seen);
		return;
	}
	/* If that fails, it is routed as any other packet. */
	if (ip_route_input_noref(skb, to, o->addr[0].ip.ip, ip_hdr(skb)->tos,
				 skb->dev) ||
	    skb_rtable(skb)->rt_type != RTN_LOCAL)
		return;
	dst_release(xchg(&r->in, NULL));
	r->in_to = to;
	r->in_dev = skb->dev->ifindex;
	keep_route(&r->in, NULL, skb_dst(skb));
}

/* Is its connection TCP that agrees on how long a segment may be? */
static bool is_opening(const struct sk_buff *skb)
{
	enum ip_conntrack_info ctinfo;
	const struct nf_conn *ct = nf_ct_get(skb, &ctinfo);

	return nf_ct_protonum(ct) == IPPROTO_TCP &&
	       READ_ONCE(ct->proto.tcp.state) <= TCP_CONNTRACK_SYN_RECV;
}

/*
 * The node by which the connection of @skb came, a packet of its direction @dir;
 * NULL: by none.
 */
static const struct meshmod_origin *came_by(const struct meshmod_net *mn,
					    const struct sk_buff *skb, u8 dir)
{
	const struct meshmod_table *t = meshmod_table_rcu(mn);
	enum ip_conntrack_info ctinfo;
	const struct nf_conn *ct;

	ct = nf_ct_get(skb, &ctinfo);
	return t && ct && CTINFO2DIR(ctinfo) == dir ? origin_of(t, ct) : NULL;
}

/* While it opens, its segments are made to fit the way to the node. */
static void clamp_opening(const struct meshmod_net *mn, struct sk_buff *skb,
			  u8 family, const struct dst_entry *dst)
{
	if (!meshmod_mss_clamp(skb, family, dst_mtu(dst)))
		meshmod_count(mn, MESHMOD_REASON_NAT_FAILED);
}

unsigned int meshmod_arrival_hook(void *priv, struct sk_buff *skb,
				  const struct nf_hook_state *state)
{
	const struct meshmod_origin *o = came_by(priv, skb, IP_CT_DIR_ORIGINAL);
	struct dst_entry *dst;

	if (!o)
		return NF_ACCEPT;
	if (is_opening(skb)) {
		dst = route_to(state->net, o, state->pf);
		if (dst)
			clamp_opening(priv, skb, state->pf, dst);
		dst_release(dst);
	}
	if (state->pf == NFPROTO_IPV4 && !skb_dst(skb))
		route_from(skb, o);
	return NF_ACCEPT;
}

unsigned int meshmod_return_hook(void *priv, struct sk_buff *skb,
				 const struct nf_hook_state *state)
{
	const struct meshmod_origin *o = came_by(priv, skb, IP_CT_DIR_REPLY);
	struct dst_entry *dst;

	if (!o)
		return NF_ACCEPT;
	dst = route_to(state->net, o, state->pf);
	if (!dst)
		return NF_ACCEPT;
	if (is_opening(skb))
		clamp_opening(priv, skb, state->pf, dst);
	skb_dst_drop(skb);
	skb_dst_set(skb, dst);
	meshmod_count(priv, MESHMOD_REASON_RETURNED);
	return NF_ACCEPT;
}

/* The tuple by which conntrack would know an answer of @addr */
static struct nf_conntrack_tuple tuple_from(const struct meshmod_packet *p,
					    const struct meshmod_ports *ports,
					    const struct meshmod_addr *addr)
{
	struct nf_conntrack_tuple tuple = {};

	tuple.src.l3num = p->src.family;
	tuple.src.u3 = addr->ip;
	tuple.src.u.all = ports->source;
	tuple.dst.u3 = p->dst.ip;
	tuple.dst.u.all = ports->dest;
	tuple.dst.protonum = p->proto;
	tuple.dst.dir = IP_CT_DIR_ORIGINAL;
	return tuple;
}

/* Is it the answer in a connection; and of an origin, if @t is given? */
static bool is_answer(struct net *net, const struct meshmod_table *t,
		      const struct nf_conntrack_tuple *tuple)
{
	struct nf_conntrack_tuple_hash *h;
	struct nf_conn *ct;
	bool is;

	h = nf_conntrack_find_get(net, &nf_ct_zone_dflt, tuple);
	if (!h)
		return false;
	ct = nf_ct_tuplehash_to_ctrack(h);
	is = !t || (NF_CT_DIRECTION(h) == IP_CT_DIR_REPLY && origin_of(t, ct));
	nf_ct_put(ct);
	return is;
}

static bool set_source(struct sk_buff *skb, const struct meshmod_packet *p,
		       const struct meshmod_addr *to)
{
	int size = p->proto == IPPROTO_UDP ? sizeof(struct udphdr) : 0;
	struct udphdr *uh;

	if (skb_ensure_writable(skb, p->offset + size))
		return false;
	uh = (struct udphdr *)(skb->data + p->offset);
	if (p->proto == IPPROTO_UDP &&
	    (uh->check || skb->ip_summed == CHECKSUM_PARTIAL)) {
		if (to->family == AF_INET)
			inet_proto_csum_replace4(&uh->check, skb, p->src.ip.ip,
						 to->ip.ip, true);
		else
			inet_proto_csum_replace16(&uh->check, skb,
						  p->src.ip.ip6, to->ip.ip6,
						  true);
		if (!uh->check)
			uh->check = CSUM_MANGLED_0;
	}
	if (to->family == AF_INET) {
		csum_replace4(&ip_hdr(skb)->check, p->src.ip.ip, to->ip.ip);
		ip_hdr(skb)->saddr = to->ip.ip;
	} else {
		ipv6_hdr(skb)->saddr = to->ip.in6;
	}
	return true;
}

/*
 * A socket of UDP or SCTP that is bound to no address answers from the one that
 * belongs to its route.  conntrack would take that for something new.
 */
unsigned int meshmod_answer_hook(void *priv, struct sk_buff *skb,
				 const struct nf_hook_state *state)
{
	const struct meshmod_table *t = meshmod_table_rcu(priv);
	struct nf_conntrack_tuple tuple;
	const struct meshmod_addr *own;
	struct meshmod_ports ports;
	struct meshmod_packet p;
	u16 i;

	if (!t || skb->_nfct)
		return NF_ACCEPT;
	meshmod_packet_read(skb, state->pf, &p);
	if ((p.proto != IPPROTO_UDP && p.proto != IPPROTO_SCTP) ||
	    !meshmod_packet_ports(skb, &p, &ports))
		return NF_ACCEPT;
	for (i = 0; i < t->node.nguards; i++) {
		own = &t->node.guards[i].addr;
		if (meshmod_addr_equal(own, &p.src))
			return NF_ACCEPT;
		if (own->family != state->pf ||
		    !meshmod_table_admits(t, own, p.proto,
					  ntohs(ports.source)))
			continue;
		tuple = tuple_from(&p, &ports, own);
		if (!is_answer(state->net, t, &tuple))
			continue;
		tuple = tuple_from(&p, &ports, &p.src);
		if (!is_answer(state->net, NULL, &tuple) &&
		    !set_source(skb, &p, own))
			meshmod_count(priv, MESHMOD_REASON_NAT_FAILED);
		return NF_ACCEPT;
	}
	return NF_ACCEPT;
}

/* No route of ours may hold a device that goes. */
static int device_event(struct notifier_block *nb, unsigned long event,
			void *ptr)
{
	const struct net_device *dev = netdev_notifier_info_to_dev(ptr);
	const struct meshmod_table *t;
	u32 i;

	if (event != NETDEV_DOWN && event != NETDEV_UNREGISTER)
		return NOTIFY_DONE;
	rcu_read_lock();
	t = meshmod_table_rcu(meshmod_net(dev_net(dev)));
	for (i = 0; t && i < t->norigins; i++)
		forget_routes(t->origins[i].run);
	rcu_read_unlock();
	return NOTIFY_DONE;
}

static struct notifier_block device_notifier = {
	.notifier_call = device_event,
};

int meshmod_origin_register(void)
{
	return register_netdevice_notifier(&device_notifier);
}

void meshmod_origin_unregister(void)
{
	unregister_netdevice_notifier(&device_notifier);
}

#ifdef MESHMOD_KUNIT
#include "origin_test.c"
#endif
