// SPDX-License-Identifier: GPL-2.0
/*
 * Hooks: the path of a packet, top to bottom, and the one file that knows
 * where in netfilter each step sits and why.
 *
 *	frame		bridge PRE_ROUTING	a port's own addresses only
 *	tunnel_in	PRE_ROUTING, LOCAL_IN	VXLAN from nodes only (tunnel.c)
 *	tunnel_out	LOCAL_OUT		VXLAN to nodes is not tracked
 *	martian		PRE_ROUTING		drop 127.0.0.0/8 off the wire
 *	origin		PRE_ROUTING		a node's connections: its zone
 *	answer		LOCAL_OUT		from the address asked (all four:
 *						origin.c)
 *	(conntrack)
 *	flow		PRE_ROUTING, LOCAL_OUT	what opens nothing passes
 *	balance		PRE_ROUTING, LOCAL_OUT	port or VIP -> service's mark,
 *						mark -> backend; port P -> T
 *	home		PRE_ROUTING		replies to ::1 come home
 *	arrival		PRE_ROUTING		routed as if from the node
 *	return		LOCAL_OUT, FORWARD	replies back to the node
 *	guard		LOCAL_IN, FORWARD	published ports only
 *	rebind		LOCAL_IN		undo a wrong early demux
 *	masquerade	POST_ROUTING		gateway subnet -> outside
 *	offload		POST_ROUTING		the slow path no more
 *
 * balance and masquerade are NAT lookup functions: the NAT core calls them for
 * the first packet of a connection only, and does the rest by itself.  Packets
 * of others meet flow and offload, which have to be quick, and of the rest what
 * the configuration asks for.  priv is the namespace's struct meshmod_net.
 */
#include <linux/inetdevice.h>
#include <linux/netfilter_bridge.h>
#include <linux/netfilter_ipv4.h>
#include <linux/netfilter_ipv6.h>
#include <net/addrconf.h>
#include <net/netfilter/nf_conntrack.h>
#include <net/netfilter/nf_nat.h>
#include <net/netfilter/nf_nat_masquerade.h>
#include <net/route.h>

#include "core.h"

#if !IS_ENABLED(CONFIG_IPV6) || !IS_ENABLED(CONFIG_NETFILTER_FAMILY_BRIDGE) || \
	!IS_ENABLED(CONFIG_NF_TABLES_INET) || !IS_ENABLED(CONFIG_NFT_NAT)
#error "meshmod needs IPV6, NETFILTER_FAMILY_BRIDGE, NF_TABLES_INET and NFT_NAT"
#endif

/* What opens a connection, as conntrack saw it. */
struct opening {
	struct meshmod_addr src, dst;
	u8 proto;
	u16 port;			/* destination, host order */
};

static struct opening opening_of(const struct nf_conn *ct)
{
	const struct nf_conntrack_tuple *orig;
	struct opening o = {};

	orig = &ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple;
	o.src.family = nf_ct_l3num(ct);
	o.src.ip = orig->src.u3;
	o.dst.family = nf_ct_l3num(ct);
	o.dst.ip = orig->dst.u3;
	o.proto = orig->dst.protonum;
	o.port = ntohs(orig->dst.u.all);
	return o;
}

/*
 * An address of this host that others, or itself, can ask for a port.  Not a
 * link-local one: what comes from such cannot be forwarded to a backend.
 */
bool meshmod_is_local(struct net *net, const struct meshmod_addr *addr)
{
	if (addr->family == AF_INET)
		return inet_addr_type(net, addr->ip.ip) == RTN_LOCAL;
	return !(ipv6_addr_type(&addr->ip.in6) & IPV6_ADDR_LINKLOCAL) &&
	       ipv6_chk_addr(net, &addr->ip.in6, NULL, 0);
}

static unsigned int pass(const struct meshmod_net *mn,
			 enum meshmod_reason reason)
{
	meshmod_count(mn, reason);
	return NF_ACCEPT;
}

static unsigned int drop(const struct meshmod_net *mn,
			 enum meshmod_reason reason)
{
	meshmod_count(mn, reason);
	return NF_DROP;
}

static unsigned int refuse(const struct meshmod_net *mn, struct sk_buff *skb,
			   const struct nf_hook_state *state,
			   const struct meshmod_packet *p,
			   enum meshmod_reason reason)
{
	meshmod_count(mn, reason);
	return meshmod_reject(skb, state, p);
}

/* Hold what comes in by a bridge's port to the addresses that are its own. */
static unsigned int frame_hook(void *priv, struct sk_buff *skb,
			       const struct nf_hook_state *state)
{
	const struct meshmod_net *mn = priv;
	const struct meshmod_table *t = meshmod_table_rcu(mn);
	const struct meshmod_binding *b;

	b = t ? meshmod_table_binding(t, state->in->name) : NULL;
	if (!b || meshmod_frame_honest(skb, b))
		return NF_ACCEPT;
	return drop(mn, MESHMOD_REASON_SPOOFED);
}

/*
 * route_localnet on the gateway bridge, which local clients need, would let
 * its ports send to, and as, 127.0.0.1: that never comes from a real device.
 */
static unsigned int martian_hook(void *priv, struct sk_buff *skb,
				 const struct nf_hook_state *state)
{
	const struct meshmod_net *mn = priv;
	const struct iphdr *iph = ip_hdr(skb);

	if (likely(!ipv4_is_loopback(iph->daddr) &&
		   !ipv4_is_loopback(iph->saddr)) ||
	    state->in->flags & IFF_LOOPBACK)
		return NF_ACCEPT;
	return drop(mn, MESHMOD_REASON_MARTIAN);
}

/* Has a packet before this one shown how its connection goes? */
static bool is_known(const struct nf_conn *ct, enum ip_conntrack_info ctinfo)
{
	return ctinfo != IP_CT_NEW || nf_ct_is_confirmed(ct);
}

/* What a NAT lookup is not called for has been decided, or never will be. */
static unsigned int flow_hook(void *priv, struct sk_buff *skb,
			      const struct nf_hook_state *state)
{
	const struct meshmod_net *mn = priv;
	enum ip_conntrack_info ctinfo;
	const struct nf_conn *ct;

	ct = nf_ct_get(skb, &ctinfo);
	if (!ct || nf_ct_is_template(ct))
		return pass(mn, MESHMOD_REASON_UNTRACKED);
	if (is_known(ct, ctinfo))
		return pass(mn, MESHMOD_REASON_FLOW);
	return NF_ACCEPT;
}

/**
 * meshmod_find_service - the service that a connection opens to
 * @net: the namespace
 * @t: its table
 * @dst: where it goes
 * @proto: its transport
 * @port: its destination port
 * @dev: the device over which it comes; NULL: any that a service listens on
 *
 * Context: any, with @t kept alive.
 * Return: by VIP, or by a port that is published on a local address; or NULL.
 */
struct meshmod_service *
meshmod_find_service(struct net *net, const struct meshmod_table *t,
		     const struct meshmod_addr *dst, u8 proto, u16 port,
		     const char *dev)
{
	const struct meshmod_port_entry *e;
	struct meshmod_service *s;

	if (!meshmod_has_ports(proto))
		return NULL;
	s = meshmod_table_by_vip(t, dst);
	if (s)
		return s;
	e = meshmod_table_by_port(t, proto, port);
	if (!e || !meshmod_service_listens(e->service, dst, dev) ||
	    !meshmod_is_local(net, dst))
		return NULL;
	return e->service;
}

/*
 * The service that a packet opens a connection to, by the mark that it came
 * with or gets here; or NULL.
 */
static const struct meshmod_service *
service_for(const struct meshmod_table *t, struct sk_buff *skb,
	    const struct nf_hook_state *state, const struct opening *o)
{
	const struct meshmod_service *s;
	const struct net_device *dev;

	if (skb->mark & t->node.mask) {
		s = meshmod_table_by_mark(t, skb->mark & t->node.mask);
		if (s)
			return s;
	}
	/* What this host's own clients send to it goes out by its loopback. */
	dev = state->in ?: state->out;
	s = meshmod_find_service(state->net, t, &o->dst, o->proto, o->port,
				 dev->name);
	if (s)
		skb->mark = (skb->mark & ~t->node.mask) | s->mark;
	return s;
}

/* Could the backend's reply not find its way back to this client? */
static bool needs_snat(const struct meshmod_table *t,
		       const struct nf_hook_state *state,
		       const struct meshmod_service *s, const struct opening *o)
{
	return s->source == MESHMOD_SOURCE_INGRESS ||
	       state->hook == NF_INET_LOCAL_OUT ||
	       meshmod_table_masquerades(t, &o->src);
}

/* Turn a client away as the service wants it. */
static unsigned int turn_away(const struct meshmod_net *mn, struct sk_buff *skb,
			      const struct nf_hook_state *state,
			      const struct meshmod_service *s,
			      const struct meshmod_packet *p,
			      enum meshmod_reason reason)
{
	if (s->refuse == MESHMOD_REFUSE_DROP)
		return drop(mn, reason);
	return refuse(mn, skb, state, p, reason);
}

/* Is the client let in at the port that it asks for, by whatever way it came? */
static bool admits(const struct meshmod_table *t,
		   const struct meshmod_service *s, const struct opening *o)
{
	const struct meshmod_port *port;

	port = meshmod_table_port_of(t, s, o->proto, o->port);
	return !port || meshmod_service_admits(s, port, &o->src);
}

static unsigned int to_backend(struct meshmod_net *mn,
			       const struct meshmod_table *t,
			       struct sk_buff *skb, struct nf_conn *ct,
			       const struct nf_hook_state *state,
			       const struct meshmod_service *s,
			       const struct opening *o)
{
	const struct meshmod_backend *b;
	struct meshmod_packet p;
	int err;

	meshmod_packet_read(skb, state->pf, &p);
	if (!meshmod_packet_opens(skb, &p)) {
		meshmod_count_service(s, MESHMOD_A_SSTAT_STRAY);
		return turn_away(mn, skb, state, s, &p, MESHMOD_REASON_STRAY);
	}
	if (!admits(t, s, o)) {
		meshmod_count_service(s, MESHMOD_A_SSTAT_OUTSIDE);
		return turn_away(mn, skb, state, s, &p, MESHMOD_REASON_OUTSIDE);
	}
	b = meshmod_sched_pick(s, o->dst.family);
	if (!b) {
		meshmod_count_service(s, MESHMOD_A_SSTAT_NO_BACKEND);
		return turn_away(mn, skb, state, s, &p,
				 MESHMOD_REASON_NO_BACKEND);
	}
	err = meshmod_nat_balance(mn, t, ct, s, b, needs_snat(t, state, s, o));
	switch (err) {
	case 0:
		this_cpu_inc(b->run->connections[b->slot]);
		meshmod_count_service(s, MESHMOD_A_SSTAT_CONNECTIONS);
		return pass(mn, MESHMOD_REASON_BALANCED);
	case -EADDRNOTAVAIL:
		return turn_away(mn, skb, state, s, &p,
				 MESHMOD_REASON_NO_SOURCE);
	case -EADDRINUSE:
		meshmod_count_service(s, MESHMOD_A_SSTAT_NO_PORT);
		return turn_away(mn, skb, state, s, &p, MESHMOD_REASON_NO_PORT);
	default:
		return drop(mn, MESHMOD_REASON_NAT_FAILED);
	}
}

/* Decide a connection: to a backend by its mark, or to its target port. */
static unsigned int balance_hook(void *priv, struct sk_buff *skb,
				 const struct nf_hook_state *state)
{
	struct meshmod_net *mn = priv;
	const struct meshmod_table *t = meshmod_table_rcu(mn);
	const struct meshmod_redirect *r;
	const struct meshmod_service *s;
	enum ip_conntrack_info ctinfo;
	struct nf_conn *ct;
	struct opening o;
	u16 to;

	ct = nf_ct_get(skb, &ctinfo);
	if (!t || is_known(ct, ctinfo))
		return NF_ACCEPT;
	o = opening_of(ct);
	if (!meshmod_has_ports(o.proto))
		return pass(mn, MESHMOD_REASON_UNMATCHED);
	s = service_for(t, skb, state, &o);
	if (s) {
		meshmod_count(mn, MESHMOD_REASON_MARKED);
		return to_backend(mn, t, skb, ct, state, s, &o);
	}
	meshmod_count(mn, MESHMOD_REASON_UNMATCHED);
	r = meshmod_table_redirect(t, &o.dst, o.proto, o.port);
	to = r ? meshmod_redirect_port(r, o.port) : o.port;
	if (to == o.port)
		return NF_ACCEPT;
	if (meshmod_nat_redirect(ct, to))
		return drop(mn, MESHMOD_REASON_NAT_FAILED);
	return pass(mn, MESHMOD_REASON_REDIRECTED);
}

/*
 * NAT has just restored ::1 as the destination of a reply.  IPv6 takes that
 * from the loopback device alone, where routing looks and, behind a bridge's
 * netfilter, once more at reception: so let it come by that.  conntrack knows
 * it already then.  (127.0.0.1 needs route_localnet and no more.)
 */
static unsigned int home_hook(void *priv, struct sk_buff *skb,
			      const struct nf_hook_state *state)
{
	const struct meshmod_net *mn = priv;
	const struct meshmod_table *t;
	enum ip_conntrack_info ctinfo;
	const struct nf_conn *ct;

	if (likely(!ipv6_addr_loopback(&ipv6_hdr(skb)->daddr)) ||
	    state->in->flags & IFF_LOOPBACK)
		return NF_ACCEPT;
	t = meshmod_table_rcu(mn);
	ct = nf_ct_get(skb, &ctinfo);
	if (!t || !ct || CTINFO2DIR(ctinfo) != IP_CT_DIR_REPLY ||
	    !meshmod_flow_service(t, ct))
		return NF_ACCEPT;
#if IS_ENABLED(CONFIG_BRIDGE_NETFILTER)
	skb_ext_del(skb, SKB_EXT_BRIDGE_NF);
#endif
	this_cpu_dec(mn->reasons->n[MESHMOD_REASON_FLOW]);	/* comes again */
	skb_dst_drop(skb);
	skb->dev = state->net->loopback_dev;
	skb->pkt_type = PACKET_HOST;
	netif_rx(skb);
	return NF_STOLEN;
}

static bool guarded(const struct meshmod_table *t,
		    const struct meshmod_addr *dst,
		    const struct net_device *in)
{
	u16 i;

	for (i = 0; i < t->node.nguards; i++)
		if (meshmod_addr_equal(&t->node.guards[i].addr, dst) ||
		    !strcmp(t->node.guards[i].dev, in->name))
			return true;
	return false;
}

/* May @p, to the container itself, come in? */
static bool admitted(const struct meshmod_table *t, const struct sk_buff *skb,
		     const struct meshmod_packet *p)
{
	struct meshmod_ports ports;

	if (meshmod_packet_pings(skb, p))
		return true;
	return meshmod_packet_ports(skb, p, &ports) &&
	       meshmod_table_admits(t, &p->dst, p->proto, ntohs(ports.dest));
}

/* May it pass: balanced, or asked for at a published port of the container? */
static bool forwardable(const struct meshmod_table *t, const struct nf_conn *ct)
{
	struct opening o = opening_of(ct);

	return meshmod_flow_service(t, ct) ||
	       (meshmod_has_ports(o.proto) &&
		meshmod_table_admits(t, &o.dst, o.proto, o.port));
}

/*
 * Is it routed to a gateway leg, by another one or from outside?  Only replies
 * have to go there, and what was balanced.
 */
static bool intrudes(const struct meshmod_table *t,
		     const struct meshmod_packet *p,
		     const struct nf_hook_state *state)
{
	return state->hook == NF_INET_FORWARD &&
	       meshmod_table_masquerades(t, &p->dst);
}

/* Is it of a connection that conntrack has not seen the start of? */
static bool has_socket(const struct sk_buff *skb)
{
	return skb->sk && skb->sk->sk_dport;
}

/* May a packet that conntrack does not know pass, @ct being its new connection? */
static noinline unsigned int guard_opening(const struct meshmod_net *mn,
					   struct sk_buff *skb,
					   const struct nf_hook_state *state,
					   const struct nf_conn *ct)
{
	const struct meshmod_table *t = meshmod_table_rcu(mn);
	struct meshmod_packet p;

	if (!t || state->in->flags & IFF_LOOPBACK)
		return NF_ACCEPT;
	if (state->hook == NF_INET_LOCAL_IN && has_socket(skb))
		return NF_ACCEPT;
	meshmod_packet_read(skb, state->pf, &p);
	if (!guarded(t, &p.dst, state->in) && !intrudes(t, &p, state))
		return NF_ACCEPT;
	if (state->hook == NF_INET_FORWARD ? ct && forwardable(t, ct) :
					     admitted(t, skb, &p))
		return pass(mn, MESHMOD_REASON_ADMITTED);
	if (!ct)				/* invalid: opens nothing */
		return drop(mn, MESHMOD_REASON_GUARDED);
	return refuse(mn, skb, state, &p, MESHMOD_REASON_GUARDED);
}

/*
 * Keep an ingress leg to what is published behind it: also that of one who
 * routes, which would be a way around its neighbours' guards and the gateway's.
 */
static unsigned int guard_hook(void *priv, struct sk_buff *skb,
			       const struct nf_hook_state *state)
{
	enum ip_conntrack_info ctinfo;
	const struct nf_conn *ct;

	ct = nf_ct_get(skb, &ctinfo);
	if (ct && is_known(ct, ctinfo))
		return NF_ACCEPT;
	/* Not tracked: the container's own wish, or the mesh's tunnel */
	if (ctinfo == IP_CT_UNTRACKED && state->hook == NF_INET_LOCAL_IN)
		return NF_ACCEPT;
	return guard_opening(priv, skb, state, ct);
}

/* Does @sk, found by early demux, talk to someone else than who sent @p? */
static bool is_strangers(const struct sk_buff *skb, const struct sock *sk,
			 const struct meshmod_packet *p)
{
	struct meshmod_ports ports;

	if (meshmod_packet_ports(skb, p, &ports) &&
	    ports.source != sk->sk_dport)
		return true;
	return p->src.family == AF_INET6 && sk->sk_family == AF_INET6 &&
	       !ipv6_addr_equal(&sk->sk_v6_daddr, &p->src.ip.in6);
}

static noinline void rebind(struct sk_buff *skb, u8 family)
{
	struct meshmod_packet p;

	meshmod_packet_read(skb, family, &p);
	if (is_strangers(skb, skb->sk, &p))
		skb_orphan(skb);
}

/*
 * A reply's socket is looked up before NAT has restored its source.  Linux 6.1
 * notices the mistake only if an IPv4 address changed, not if the port alone
 * did, and not with IPv6.  Let such a packet be looked up again.
 */
static unsigned int rebind_hook(void *priv, struct sk_buff *skb,
				const struct nf_hook_state *state)
{
	if (unlikely(skb->sk && skb->sk->sk_dport))
		rebind(skb, state->pf);
	return NF_ACCEPT;
}

/* Does what goes from @src to @dst leave a gateway subnet?  Context: any. */
bool meshmod_masquerades(struct net *net, const struct meshmod_table *t,
			 const struct meshmod_addr *src,
			 const struct meshmod_addr *dst)
{
	return meshmod_table_masquerades(t, src) &&
	       !meshmod_table_masquerades(t, dst) && !meshmod_is_local(net, src);
}

/* Give what leaves the gateway subnet the address of the way out. */
static unsigned int masquerade_hook(void *priv, struct sk_buff *skb,
				    const struct nf_hook_state *state)
{
	const struct meshmod_net *mn = priv;
	const struct meshmod_table *t = meshmod_table_rcu(mn);
	struct nf_nat_range2 range = {};
	enum ip_conntrack_info ctinfo;
	const struct nf_conn *ct;
	struct meshmod_addr dst;
	unsigned int verdict;
	struct opening o;

	ct = nf_ct_get(skb, &ctinfo);
	if (!t || !t->node.nmasquerade || is_known(ct, ctinfo))
		return NF_ACCEPT;
	o = opening_of(ct);
	dst = o.dst;
	dst.ip = ct->tuplehash[IP_CT_DIR_REPLY].tuple.src.u3;
	if (!meshmod_masquerades(state->net, t, &o.src, &dst))
		return NF_ACCEPT;
	verdict = state->pf == NFPROTO_IPV4 ?
		  nf_nat_masquerade_ipv4(skb, state->hook, &range, state->out) :
		  nf_nat_masquerade_ipv6(skb, &range, state->out);
	meshmod_count(mn, verdict == NF_ACCEPT ? MESHMOD_REASON_MASQUERADED :
						 MESHMOD_REASON_NAT_FAILED);
	return verdict;
}

/* What every rule has let pass on its way through: the next need not go it. */
static unsigned int offload_hook(void *priv, struct sk_buff *skb,
				 const struct nf_hook_state *state)
{
	struct meshmod_net *mn = priv;
	const struct meshmod_table *t;
	enum ip_conntrack_info ctinfo;
	struct nf_conn *ct;

	ct = nf_ct_get(skb, &ctinfo);
	if (!ct || !(ct->status & IPS_NAT_MASK) ||
	    !(ct->status & IPS_ASSURED))
		return NF_ACCEPT;
	/* It came in by a device: what this host has made itself did not. */
	if (!skb->skb_iif || !state->in ||
	    state->in->ifindex != skb->skb_iif)
		return NF_ACCEPT;
	t = meshmod_table_rcu(mn);
	if (t)
		meshmod_offload_see(mn, t, skb, state->in);
	return NF_ACCEPT;
}

struct hook {
	u8 group;			/* MESHMOD_HOOKS_* */
	bool nat;			/* a NAT lookup function */
	struct nf_hook_ops ops;
};

#define HOOK(g, function, family, where, when, ...) {	\
	.group		= MESHMOD_HOOKS_##g,		\
	.ops.hook	= (function),			\
	.ops.pf		= (family),			\
	.ops.hooknum	= (where),			\
	.ops.priority	= (when),			\
	__VA_ARGS__					\
}

/* NFPROTO_INET is both families, whose priorities are alike. */
#define NAT_HOOK(g, function, where, when)		\
	HOOK(g, function, NFPROTO_INET, where, when, .nat = true)

static const struct hook hooks[MESHMOD_HOOKS] = {
	/* First of all: nobody is to believe a frame that is not true. */
	HOOK(BRIDGE, frame_hook, NFPROTO_BRIDGE, NF_BR_PRE_ROUTING,
	     NF_BR_PRI_FIRST),
	/*
	 * As early as the headers can be read: after defragmentation (-400),
	 * before conntrack (-200), and before raw (-300), where others start.
	 */
	HOOK(TUNNEL, meshmod_tunnel_in, NFPROTO_INET, NF_INET_PRE_ROUTING,
	     NF_IP_PRI_CONNTRACK_DEFRAG + 1),
	/* Likewise before conntrack */
	HOOK(TUNNEL, meshmod_tunnel_out, NFPROTO_INET, NF_INET_LOCAL_OUT,
	     NF_IP_PRI_CONNTRACK_DEFRAG + 1),
	/* Anycast, and addresses of other routing tables */
	HOOK(TUNNEL, meshmod_tunnel_in, NFPROTO_INET, NF_INET_LOCAL_IN,
	     NF_IP_PRI_FIRST),
	/* Before raw lets anyone exempt it from tracking; IPv6 has no need. */
	HOOK(GATEWAY, martian_hook, NFPROTO_IPV4, NF_INET_PRE_ROUTING,
	     NF_IP_PRI_RAW - 1),
	/* Just before conntrack, after raw: what is not tracked needs no zone. */
	HOOK(ORIGIN, meshmod_origin_hook, NFPROTO_INET, NF_INET_PRE_ROUTING,
	     NF_IP_PRI_CONNTRACK - 1),
	HOOK(ORIGIN, meshmod_answer_hook, NFPROTO_INET, NF_INET_LOCAL_OUT,
	     NF_IP_PRI_CONNTRACK - 1),
	/* After conntrack, which says what is new */
	HOOK(INET, flow_hook, NFPROTO_INET, NF_INET_PRE_ROUTING,
	     NF_IP_PRI_CONNTRACK + 1),
	HOOK(INET, flow_hook, NFPROTO_INET, NF_INET_LOCAL_OUT,
	     NF_IP_PRI_CONNTRACK + 1),
	/*
	 * One step before nat chains (-100, 100): the mesh's ports are the
	 * mesh's.  After mangle (-150), so that a mark set there is seen.
	 */
	NAT_HOOK(INET, balance_hook, NF_INET_PRE_ROUTING,
		 NF_IP_PRI_NAT_DST - 1),
	NAT_HOOK(INET, balance_hook, NF_INET_LOCAL_OUT,
		 NF_IP_PRI_NAT_DST - 1),
	NAT_HOOK(GATEWAY, masquerade_hook, NF_INET_POST_ROUTING,
		 NF_IP_PRI_NAT_SRC - 1),
	/* Right after NAT (-100) has restored the destination. */
	HOOK(LOCAL, home_hook, NFPROTO_IPV6, NF_INET_PRE_ROUTING,
	     NF_IP6_PRI_NAT_DST + 1),
	/* Right after NAT, with the addresses that routing is to see. */
	HOOK(ORIGIN, meshmod_arrival_hook, NFPROTO_INET, NF_INET_PRE_ROUTING,
	     NF_IP_PRI_NAT_DST + 1),
	/* Last, after whoever routes a packet anew for its mark or address */
	HOOK(ORIGIN, meshmod_return_hook, NFPROTO_INET, NF_INET_LOCAL_OUT,
	     NF_IP_PRI_LAST),
	HOOK(ORIGIN, meshmod_return_hook, NFPROTO_INET, NF_INET_FORWARD,
	     NF_IP_PRI_LAST),
	/*
	 * Just before the filters (0), which then see only what the mesh lets
	 * in; the port is the target port already.
	 */
	HOOK(GUARD, guard_hook, NFPROTO_INET, NF_INET_LOCAL_IN,
	     NF_IP_PRI_FILTER - 1),
	HOOK(GUARD, guard_hook, NFPROTO_INET, NF_INET_FORWARD,
	     NF_IP_PRI_FILTER - 1),
	/* Right after NAT (100) has restored the source. */
	HOOK(LOCAL, rebind_hook, NFPROTO_INET, NF_INET_LOCAL_IN,
	     NF_IP_PRI_NAT_SRC + 1),
	/*
	 * Last of all: what anyone drops is never offloaded.  Not at FORWARD,
	 * where often nobody else wants a packet.
	 */
	HOOK(OFFLOAD, offload_hook, NFPROTO_INET, NF_INET_POST_ROUTING,
	     NF_IP_PRI_LAST),
};

static void remove_hooks(struct meshmod_net *mn, u8 groups, int n)
{
	while (n--) {
		if (!(hooks[n].group & groups))
			continue;
		if (hooks[n].nat)
			nf_nat_inet_unregister_fn(mn->net, &mn->hooks[n]);
		else
			nf_unregister_net_hook(mn->net, &mn->hooks[n]);
	}
}

static int add_hooks(struct meshmod_net *mn, u8 groups)
{
	int i, err;

	for (i = 0; i < ARRAY_SIZE(hooks); i++) {
		if (!(hooks[i].group & groups))
			continue;
		mn->hooks[i] = hooks[i].ops;
		mn->hooks[i].priv = mn;
		err = hooks[i].nat ?
		      nf_nat_inet_register_fn(mn->net, &mn->hooks[i]) :
		      nf_register_net_hook(mn->net, &mn->hooks[i]);
		if (err) {
			remove_hooks(mn, groups, i);
			return err;
		}
	}
	return 0;
}

/* Return: MESHMOD_HOOKS_*, what packets of a namespace with @t must meet. */
u8 meshmod_hooks_needed(const struct meshmod_table *t)
{
	const struct meshmod_node *n;
	u8 groups = 0;

	if (!t || meshmod_table_empty(t))
		return 0;
	n = &t->node;
	if (t->nbindings)
		groups |= MESHMOD_HOOKS_BRIDGE;
	/* Behind the overlay's bridge there may be somebody who balances. */
	if (n->offload && (n->overlay || t->nservices || n->nmasquerade))
		groups |= MESHMOD_HOOKS_OFFLOAD;
	if (meshmod_table_only_binds(t))
		return groups;
	groups |= MESHMOD_HOOKS_INET;
	if (t->nservices || t->norigins)
		groups |= MESHMOD_HOOKS_LOCAL;
	if (t->norigins)
		groups |= MESHMOD_HOOKS_ORIGIN;
	if (n->tunnel_port)
		groups |= MESHMOD_HOOKS_TUNNEL;
	if (n->nguards || n->nmasquerade)
		groups |= MESHMOD_HOOKS_GUARD;
	if (n->nmasquerade)
		groups |= MESHMOD_HOOKS_GATEWAY;
	return groups;
}

/**
 * meshmod_hooks_register - start to see the packets of a namespace
 * @mn: the namespace; has a table soon
 * @groups: MESHMOD_HOOKS_* that are not registered yet
 *
 * For IP, connection tracking and defragmentation start too.
 *
 * Context: mn->lock held, may sleep.
 * Return: 0 or the error of the failing step.
 */
int meshmod_hooks_register(struct meshmod_net *mn, u8 groups)
{
	int err;

	if (groups & MESHMOD_HOOKS_INET) {
		err = nf_ct_netns_get(mn->net, NFPROTO_INET);
		if (err)
			return err;
	}
	if (groups & MESHMOD_HOOKS_OFFLOAD) {
		err = meshmod_offload_start(mn);
		if (err)
			goto err_conntrack;
	}
	err = add_hooks(mn, groups);
	if (err)
		goto err_offload;
	return 0;

err_offload:
	if (groups & MESHMOD_HOOKS_OFFLOAD)
		meshmod_offload_stop(mn);
err_conntrack:
	if (groups & MESHMOD_HOOKS_INET)
		nf_ct_netns_put(mn->net, NFPROTO_INET);
	return err;
}

/* The mirror of meshmod_hooks_register(); packets may still be inside. */
void meshmod_hooks_unregister(struct meshmod_net *mn, u8 groups)
{
	remove_hooks(mn, groups, ARRAY_SIZE(hooks));
	if (groups & MESHMOD_HOOKS_OFFLOAD)
		meshmod_offload_stop(mn);
	if (groups & MESHMOD_HOOKS_INET)
		nf_ct_netns_put(mn->net, NFPROTO_INET);
}
