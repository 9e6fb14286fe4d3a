// SPDX-License-Identifier: GPL-2.0
/*
 * Hooks: the path of a packet, top to bottom, and the one file that knows
 * where in netfilter each step sits and why.
 *
 *	frame		bridge PRE_ROUTING	a port's own addresses only
 *	tunnel		PRE_ROUTING, LOCAL_IN	VXLAN from nodes only
 *	to_tunnel	LOCAL_OUT		VXLAN to nodes is not tracked
 *	martian		PRE_ROUTING		drop 127.0.0.0/8 off the wire
 *	(conntrack)
 *	mark		PRE_ROUTING, LOCAL_OUT	port or VIP -> service's mark
 *	balance		PRE_ROUTING, LOCAL_OUT	mark -> backend; port P -> T
 *	home		PRE_ROUTING		replies to ::1 come home
 *	guard		LOCAL_IN, FORWARD	published ports only
 *	rebind		LOCAL_IN		undo a wrong early demux
 *	offload		FORWARD			the slow path no more
 *	masquerade	POST_ROUTING		gateway subnet -> outside
 *
 * balance and masquerade are NAT lookup functions: the NAT core calls them for
 * the first packet of a connection only, and does the rest by itself.
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
	const struct meshmod_net *mn = meshmod_net(state->net);
	const struct meshmod_table *t = meshmod_table_rcu(mn);
	const struct meshmod_binding *b;

	b = t ? meshmod_table_binding(t, state->in->name) : NULL;
	if (!b || meshmod_frame_honest(skb, b))
		return NF_ACCEPT;
	return drop(mn, MESHMOD_REASON_SPOOFED);
}

/* Will a socket of this host get what goes to @dst?  In doubt: no. */
static bool comes_in(struct net *net, const struct meshmod_addr *dst)
{
	if (dst->family == AF_INET)
		return inet_addr_type(net, dst->ip.ip) != RTN_UNICAST;
	return ipv6_addr_is_multicast(&dst->ip.in6) ||
	       ipv6_chk_addr(net, &dst->ip.in6, NULL, 0);
}

/* Is it of the mesh's tunnel?  Most packets are not, and tell at once. */
static bool is_tunnel(const struct meshmod_table *t, const struct sk_buff *skb,
		      u8 family, struct meshmod_packet *p)
{
	if (!t || !t->node.tunnel_port)
		return false;
	if (family == NFPROTO_IPV4 ? ip_hdr(skb)->protocol != IPPROTO_UDP :
				     ipv6_hdr(skb)->nexthdr == IPPROTO_TCP)
		return false;
	meshmod_packet_read(skb, family, p);
	return meshmod_packet_vni(skb, p, t->node.tunnel_port) == t->node.vni;
}

/*
 * What goes on in the tunnel is tracked before it is in, and after it is out:
 * the tunnel's own packets would only cost an entry for each flow once more.
 */
static unsigned int leave_untracked(struct sk_buff *skb)
{
	if (!skb_nfct(skb))
		nf_ct_set(skb, NULL, IP_CT_UNTRACKED);
	return NF_ACCEPT;
}

/*
 * The mesh's tunnel ends here; nobody but a node has anything to say in it.
 * What is forwarded or bridged may be of another mesh; where it is not certain
 * yet whether it will be, it is met again at LOCAL_IN.
 */
static unsigned int tunnel_hook(void *priv, struct sk_buff *skb,
				const struct nf_hook_state *state)
{
	const struct meshmod_net *mn = meshmod_net(state->net);
	const struct meshmod_table *t = meshmod_table_rcu(mn);
	struct meshmod_packet p;

	if (!is_tunnel(t, skb, state->pf, &p))
		return NF_ACCEPT;
	if (meshmod_table_peer(t, &p.src))
		return leave_untracked(skb);
	if (state->hook == NF_INET_PRE_ROUTING &&
	    !comes_in(state->net, &p.dst))
		return NF_ACCEPT;
	return drop(mn, MESHMOD_REASON_FOREIGN);
}

static unsigned int to_tunnel_hook(void *priv, struct sk_buff *skb,
				   const struct nf_hook_state *state)
{
	const struct meshmod_table *t;
	struct meshmod_packet p;

	t = meshmod_table_rcu(meshmod_net(state->net));
	if (is_tunnel(t, skb, state->pf, &p) && meshmod_table_peer(t, &p.dst))
		return leave_untracked(skb);
	return NF_ACCEPT;
}

/*
 * route_localnet on the gateway bridge, which local clients need, would let
 * its ports send to, and as, 127.0.0.1: that never comes from a real device.
 */
static unsigned int martian_hook(void *priv, struct sk_buff *skb,
				 const struct nf_hook_state *state)
{
	const struct meshmod_net *mn = meshmod_net(state->net);
	const struct iphdr *iph = ip_hdr(skb);

	if (likely(!ipv4_is_loopback(iph->daddr) &&
		   !ipv4_is_loopback(iph->saddr)) ||
	    state->in->flags & IFF_LOOPBACK)
		return NF_ACCEPT;
	return drop(mn, MESHMOD_REASON_MARTIAN);
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

/* Name the service of a packet that opens a connection, as its mark. */
static unsigned int mark_hook(void *priv, struct sk_buff *skb,
			      const struct nf_hook_state *state)
{
	const struct meshmod_net *mn = meshmod_net(state->net);
	const struct meshmod_table *t = meshmod_table_rcu(mn);
	const struct meshmod_service *s;
	const struct net_device *dev;
	enum ip_conntrack_info ctinfo;
	const struct nf_conn *ct;
	struct opening o;

	if (!t)
		return NF_ACCEPT;
	ct = nf_ct_get(skb, &ctinfo);
	if (!ct || nf_ct_is_template(ct))
		return pass(mn, MESHMOD_REASON_UNTRACKED);
	if (ctinfo != IP_CT_NEW || nf_ct_is_confirmed(ct))
		return pass(mn, MESHMOD_REASON_FLOW);
	if (skb->mark & t->node.mask &&
	    meshmod_table_by_mark(t, skb->mark & t->node.mask))
		return pass(mn, MESHMOD_REASON_MARKED);
	o = opening_of(ct);
	/* What this host's own clients send to it goes out by its loopback. */
	dev = state->in ?: state->out;
	s = meshmod_find_service(state->net, t, &o.dst, o.proto, o.port,
				 dev->name);
	if (!s)
		return pass(mn, MESHMOD_REASON_UNMATCHED);
	skb->mark = (skb->mark & ~t->node.mask) | s->mark;
	return pass(mn, MESHMOD_REASON_MARKED);
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
		this_cpu_inc(*b->run->connections);
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
	struct meshmod_net *mn = meshmod_net(state->net);
	const struct meshmod_table *t = meshmod_table_rcu(mn);
	const struct meshmod_redirect *r;
	const struct meshmod_service *s;
	enum ip_conntrack_info ctinfo;
	struct nf_conn *ct;
	struct opening o;
	u16 to;

	ct = nf_ct_get(skb, &ctinfo);
	if (!t || ctinfo != IP_CT_NEW || nf_ct_is_confirmed(ct))
		return NF_ACCEPT;
	o = opening_of(ct);
	if (!meshmod_has_ports(o.proto))
		return NF_ACCEPT;
	s = skb->mark & t->node.mask ?
	    meshmod_table_by_mark(t, skb->mark & t->node.mask) : NULL;
	if (s)
		return to_backend(mn, t, skb, ct, state, s, &o);
	r = meshmod_table_redirect(t, &o.dst, o.proto, o.port);
	to = r ? meshmod_redirect_port(r, o.port) : o.port;
	if (to == o.port)
		return NF_ACCEPT;
	if (meshmod_nat_redirect(ct, to))
		return drop(mn, MESHMOD_REASON_NAT_FAILED);
	return pass(mn, MESHMOD_REASON_REDIRECTED);
}

/* After what every rule of FORWARD has let pass, the next packets need not go. */
static unsigned int offload_hook(void *priv, struct sk_buff *skb,
				 const struct nf_hook_state *state)
{
	struct meshmod_net *mn = meshmod_net(state->net);
	const struct meshmod_table *t = meshmod_table_rcu(mn);

	if (t)
		meshmod_offload_see(mn, t, skb, state->in);
	return NF_ACCEPT;
}

/* Did a service of this namespace send it where it goes? */
static bool is_balanced(const struct meshmod_table *t, const struct nf_conn *ct)
{
	u32 mark = READ_ONCE(ct->mark) & t->node.mask;

	return ct->status & IPS_DST_NAT && mark &&
	       meshmod_table_by_mark(t, mark);
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
	const struct meshmod_net *mn = meshmod_net(state->net);
	const struct meshmod_table *t;
	enum ip_conntrack_info ctinfo;
	const struct nf_conn *ct;

	if (likely(!ipv6_addr_loopback(&ipv6_hdr(skb)->daddr)) ||
	    state->in->flags & IFF_LOOPBACK)
		return NF_ACCEPT;
	t = meshmod_table_rcu(mn);
	ct = nf_ct_get(skb, &ctinfo);
	if (!t || !ct || CTINFO2DIR(ctinfo) != IP_CT_DIR_REPLY ||
	    !is_balanced(t, ct))
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

	return is_balanced(t, ct) ||
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

/*
 * Keep an ingress leg to what is published behind it: also that of one who
 * routes, which would be a way around its neighbours' guards and the gateway's.
 */
static unsigned int guard_hook(void *priv, struct sk_buff *skb,
			       const struct nf_hook_state *state)
{
	const struct meshmod_net *mn = meshmod_net(state->net);
	const struct meshmod_table *t = meshmod_table_rcu(mn);
	enum ip_conntrack_info ctinfo;
	const struct nf_conn *ct;
	struct meshmod_packet p;

	if (!t || !(t->node.nguards || t->node.nmasquerade) ||
	    state->in->flags & IFF_LOOPBACK)
		return NF_ACCEPT;
	ct = nf_ct_get(skb, &ctinfo);
	if (state->hook == NF_INET_LOCAL_IN &&
	    (ctinfo == IP_CT_UNTRACKED ||	/* the container's own wish */
	     has_socket(skb)))
		return NF_ACCEPT;
	if (ct && (ctinfo != IP_CT_NEW || nf_ct_is_confirmed(ct)))
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

/*
 * A reply's socket is looked up before NAT has restored its source.  Linux 6.1
 * notices the mistake only if an IPv4 address changed, not if the port alone
 * did, and not with IPv6.  Let such a packet be looked up again.
 */
static unsigned int rebind_hook(void *priv, struct sk_buff *skb,
				const struct nf_hook_state *state)
{
	const struct sock *sk = skb->sk;
	struct meshmod_packet p;

	if (likely(!sk) || !sk->sk_dport)
		return NF_ACCEPT;
	meshmod_packet_read(skb, state->pf, &p);
	if (is_strangers(skb, sk, &p))
		skb_orphan(skb);
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
	const struct meshmod_net *mn = meshmod_net(state->net);
	const struct meshmod_table *t = meshmod_table_rcu(mn);
	struct nf_nat_range2 range = {};
	enum ip_conntrack_info ctinfo;
	const struct nf_conn *ct;
	struct meshmod_addr dst;
	unsigned int verdict;
	struct opening o;

	ct = nf_ct_get(skb, &ctinfo);
	if (!t || !t->node.nmasquerade || ctinfo != IP_CT_NEW ||
	    nf_ct_is_confirmed(ct))
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

#define HOOK(function, family, where, when) {	\
	.hook		= (function),		\
	.pf		= (family),		\
	.hooknum	= (where),		\
	.priority	= (when),		\
}

/* NFPROTO_INET is both families, whose priorities are alike. */
static const struct nf_hook_ops inet_hooks[] = {
	/*
	 * As early as the headers can be read: after defragmentation (-400),
	 * before conntrack (-200), and before raw (-300), where others start.
	 */
	HOOK(tunnel_hook, NFPROTO_INET, NF_INET_PRE_ROUTING,
	     NF_IP_PRI_CONNTRACK_DEFRAG + 1),
	/* Likewise before conntrack */
	HOOK(to_tunnel_hook, NFPROTO_INET, NF_INET_LOCAL_OUT,
	     NF_IP_PRI_CONNTRACK_DEFRAG + 1),
	/* Anycast, and addresses of other routing tables */
	HOOK(tunnel_hook, NFPROTO_INET, NF_INET_LOCAL_IN, NF_IP_PRI_FIRST),
	/* Before raw lets anyone exempt it from tracking; IPv6 has no need. */
	HOOK(martian_hook, NFPROTO_IPV4, NF_INET_PRE_ROUTING,
	     NF_IP_PRI_RAW - 1),
	/*
	 * After conntrack, which says what is new, and after mangle (-150), so
	 * that a mark set there is seen.
	 */
	HOOK(mark_hook, NFPROTO_INET, NF_INET_PRE_ROUTING,
	     NF_IP_PRI_MANGLE + 1),
	HOOK(mark_hook, NFPROTO_INET, NF_INET_LOCAL_OUT, NF_IP_PRI_MANGLE + 1),
	/* Right after NAT (-100) has restored the destination. */
	HOOK(home_hook, NFPROTO_IPV6, NF_INET_PRE_ROUTING,
	     NF_IP6_PRI_NAT_DST + 1),
	/*
	 * Just before the filters (0), which then see only what the mesh lets
	 * in; the port is the target port already.
	 */
	HOOK(guard_hook, NFPROTO_INET, NF_INET_LOCAL_IN, NF_IP_PRI_FILTER - 1),
	HOOK(guard_hook, NFPROTO_INET, NF_INET_FORWARD, NF_IP_PRI_FILTER - 1),
	/* Last of all: what anyone drops is never offloaded. */
	HOOK(offload_hook, NFPROTO_INET, NF_INET_FORWARD, NF_IP_PRI_LAST),
	/* Right after NAT (100) has restored the source. */
	HOOK(rebind_hook, NFPROTO_INET, NF_INET_LOCAL_IN,
	     NF_IP_PRI_NAT_SRC + 1),
};

/* One step before nat chains (-100, 100): the mesh's ports are the mesh's. */
static const struct nf_hook_ops nat_hooks[] = {
	HOOK(balance_hook, NFPROTO_INET, NF_INET_PRE_ROUTING,
	     NF_IP_PRI_NAT_DST - 1),
	HOOK(balance_hook, NFPROTO_INET, NF_INET_LOCAL_OUT,
	     NF_IP_PRI_NAT_DST - 1),
	HOOK(masquerade_hook, NFPROTO_INET, NF_INET_POST_ROUTING,
	     NF_IP_PRI_NAT_SRC - 1),
};

/* First of all: nobody is to believe a frame that is not true. */
static const struct nf_hook_ops bridge_hooks[] = {
	HOOK(frame_hook, NFPROTO_BRIDGE, NF_BR_PRE_ROUTING, NF_BR_PRI_FIRST),
};

/* For IP: starts connection tracking and defragmentation too. */
static int add_inet_hooks(struct net *net)
{
	int err, i;

	err = nf_ct_netns_get(net, NFPROTO_INET);
	if (err)
		return err;
	err = meshmod_offload_start(meshmod_net(net));
	if (err)
		goto err_conntrack;
	for (i = 0; i < ARRAY_SIZE(nat_hooks); i++) {
		err = nf_nat_inet_register_fn(net, &nat_hooks[i]);
		if (err)
			goto err_nat;
	}
	err = nf_register_net_hooks(net, inet_hooks, ARRAY_SIZE(inet_hooks));
	if (err)
		goto err_nat;
	return 0;

err_nat:
	while (i--)
		nf_nat_inet_unregister_fn(net, &nat_hooks[i]);
	meshmod_offload_stop(meshmod_net(net));
err_conntrack:
	nf_ct_netns_put(net, NFPROTO_INET);
	return err;
}

static void remove_inet_hooks(struct net *net)
{
	int i = ARRAY_SIZE(nat_hooks);

	nf_unregister_net_hooks(net, inet_hooks, ARRAY_SIZE(inet_hooks));
	while (i--)
		nf_nat_inet_unregister_fn(net, &nat_hooks[i]);
	meshmod_offload_stop(meshmod_net(net));
	nf_ct_netns_put(net, NFPROTO_INET);
}

/* Return: MESHMOD_HOOKS_*, what packets of a namespace with @t must meet. */
u8 meshmod_hooks_needed(const struct meshmod_table *t)
{
	u8 groups = 0;

	if (!t || meshmod_table_empty(t))
		return 0;
	if (t->nbindings)
		groups |= MESHMOD_HOOKS_BRIDGE;
	if (!meshmod_table_only_binds(t))
		groups |= MESHMOD_HOOKS_INET;
	return groups;
}

/**
 * meshmod_hooks_register - start to see the packets of a namespace
 * @net: the namespace; has a table soon
 * @groups: MESHMOD_HOOKS_* that are not registered yet
 *
 * Context: may sleep.  Return: 0 or the error of the failing step.
 */
int meshmod_hooks_register(struct net *net, u8 groups)
{
	int err = 0;

	if (groups & MESHMOD_HOOKS_INET)
		err = add_inet_hooks(net);
	if (err || !(groups & MESHMOD_HOOKS_BRIDGE))
		return err;
	err = nf_register_net_hooks(net, bridge_hooks,
				    ARRAY_SIZE(bridge_hooks));
	if (err && groups & MESHMOD_HOOKS_INET)
		remove_inet_hooks(net);
	return err;
}

/* The mirror of meshmod_hooks_register(); packets may still be inside. */
void meshmod_hooks_unregister(struct net *net, u8 groups)
{
	if (groups & MESHMOD_HOOKS_BRIDGE)
		nf_unregister_net_hooks(net, bridge_hooks,
					ARRAY_SIZE(bridge_hooks));
	if (groups & MESHMOD_HOOKS_INET)
		remove_inet_hooks(net);
}
