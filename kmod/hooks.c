// SPDX-License-Identifier: GPL-2.0
/*
 * Hooks: the path of a packet, top to bottom, and the one file that knows
 * where in netfilter each step sits and why.
 *
 *	martian		PRE_ROUTING		drop 127.0.0.0/8 off the wire
 *	(conntrack)
 *	mark		PRE_ROUTING, LOCAL_OUT	port or VIP -> service's mark
 *	balance		PRE_ROUTING, LOCAL_OUT	mark -> backend; port P -> T
 *	guard		LOCAL_IN, FORWARD	published ports only
 *	rebind		LOCAL_IN		undo a wrong early demux
 *	masquerade	POST_ROUTING		gateway subnet -> outside
 *
 * balance and masquerade are NAT lookup functions: the NAT core calls them for
 * the first packet of a connection only, and does the rest by itself.
 */
#include <linux/inetdevice.h>
#include <linux/icmp.h>
#include <linux/ip.h>
#include <linux/netfilter_ipv4.h>
#include <linux/tcp.h>
#include <net/ip.h>
#include <net/netfilter/nf_conntrack.h>
#include <net/netfilter/nf_nat.h>
#include <net/netfilter/nf_nat_masquerade.h>
#include <net/route.h>

#include "core.h"

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

static bool has_ports(u8 proto)
{
	return proto == IPPROTO_TCP || proto == IPPROTO_UDP;
}

static bool is_local(struct net *net, const struct meshmod_addr *addr)
{
	return addr->family == AF_INET &&
	       inet_addr_type(net, addr->ip.ip) == RTN_LOCAL;
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
			   const struct nf_hook_state *state, u8 proto,
			   enum meshmod_reason reason)
{
	meshmod_count(mn, reason);
	return meshmod_reject(skb, state, proto);
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
 *
 * Context: any, with @t kept alive.
 * Return: by VIP, or by a port that is published on a local address; or NULL.
 */
struct meshmod_service *
meshmod_find_service(struct net *net, const struct meshmod_table *t,
		     const struct meshmod_addr *dst, u8 proto, u16 port)
{
	struct meshmod_service *s;

	if (!has_ports(proto))
		return NULL;
	s = meshmod_table_by_vip(t, dst);
	if (s)
		return s;
	s = meshmod_table_by_port(t, proto, port);
	return s && is_local(net, dst) ? s : NULL;
}

/* Name the service of a packet that opens a connection, as its mark. */
static unsigned int mark_hook(void *priv, struct sk_buff *skb,
			      const struct nf_hook_state *state)
{
	const struct meshmod_net *mn = meshmod_net(state->net);
	const struct meshmod_table *t = meshmod_table_rcu(mn);
	const struct meshmod_service *s;
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
	s = meshmod_find_service(state->net, t, &o.dst, o.proto, o.port);
	if (!s)
		return pass(mn, MESHMOD_REASON_UNMATCHED);
	skb->mark = (skb->mark & ~t->node.mask) | s->mark;
	return pass(mn, MESHMOD_REASON_MARKED);
}

static bool opens_tcp(const struct sk_buff *skb)
{
	struct tcphdr buf;
	const struct tcphdr *th;

	th = skb_header_pointer(skb, skb_network_offset(skb) + ip_hdrlen(skb),
				sizeof(buf), &buf);
	return th && th->syn && !th->ack && !th->rst;
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

static unsigned int to_backend(struct meshmod_net *mn,
			       const struct meshmod_table *t,
			       struct sk_buff *skb, struct nf_conn *ct,
			       const struct nf_hook_state *state,
			       const struct meshmod_service *s,
			       const struct opening *o)
{
	const struct meshmod_backend *b;
	int err;

	if (o->proto == IPPROTO_TCP && !opens_tcp(skb)) {
		meshmod_count_service(s, MESHMOD_A_SSTAT_STRAY);
		return refuse(mn, skb, state, o->proto, MESHMOD_REASON_STRAY);
	}
	b = meshmod_sched_pick(s, o->dst.family);
	if (!b) {
		meshmod_count_service(s, MESHMOD_A_SSTAT_NO_BACKEND);
		return refuse(mn, skb, state, o->proto,
			      MESHMOD_REASON_NO_BACKEND);
	}
	err = meshmod_nat_balance(mn, t, ct, s, b, needs_snat(t, state, s, o));
	switch (err) {
	case 0:
		this_cpu_inc(*b->run->connections);
		meshmod_count_service(s, MESHMOD_A_SSTAT_CONNECTIONS);
		return pass(mn, MESHMOD_REASON_BALANCED);
	case -EADDRNOTAVAIL:
		return refuse(mn, skb, state, o->proto,
			      MESHMOD_REASON_NO_SOURCE);
	case -EADDRINUSE:
		meshmod_count_service(s, MESHMOD_A_SSTAT_NO_PORT);
		return refuse(mn, skb, state, o->proto,
			      MESHMOD_REASON_NO_PORT);
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

	ct = nf_ct_get(skb, &ctinfo);
	if (!t || ctinfo != IP_CT_NEW || nf_ct_is_confirmed(ct))
		return NF_ACCEPT;
	o = opening_of(ct);
	if (!has_ports(o.proto))
		return NF_ACCEPT;
	s = skb->mark & t->node.mask ?
	    meshmod_table_by_mark(t, skb->mark & t->node.mask) : NULL;
	if (s)
		return to_backend(mn, t, skb, ct, state, s, &o);
	r = meshmod_table_redirect(t, &o.dst, o.proto, o.port);
	if (!r || r->from == r->to)
		return NF_ACCEPT;
	if (meshmod_nat_redirect(ct, r->to))
		return drop(mn, MESHMOD_REASON_NAT_FAILED);
	return pass(mn, MESHMOD_REASON_REDIRECTED);
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

/* May @skb, to @dst which is the container itself, come in? */
static bool admitted(const struct meshmod_table *t, const struct sk_buff *skb,
		     const struct meshmod_addr *dst)
{
	unsigned int offset = skb_network_offset(skb) + ip_hdrlen(skb);
	u8 proto = ip_hdr(skb)->protocol;
	struct {
		__be16 source, dest;
	} *ports, buf;
	struct icmphdr *icmp, icmp_buf;

	if (proto == IPPROTO_ICMP) {
		icmp = skb_header_pointer(skb, offset, sizeof(icmp_buf),
					  &icmp_buf);
		return icmp && icmp->type == ICMP_ECHO;
	}
	if (!has_ports(proto))
		return false;
	ports = skb_header_pointer(skb, offset, sizeof(buf), &buf);
	return ports && meshmod_table_admits(t, dst, proto, ntohs(ports->dest));
}

/* May the container pass it on: was a published port of its own asked for? */
static bool forwardable(const struct meshmod_table *t, const struct nf_conn *ct)
{
	struct opening o = opening_of(ct);

	return has_ports(o.proto) &&
	       meshmod_table_admits(t, &o.dst, o.proto, o.port);
}

/*
 * Keep a container's ingress leg to what it publishes: also one that routes,
 * which would be a way around its neighbours' guards and the gateway's.
 */
static unsigned int guard_hook(void *priv, struct sk_buff *skb,
			       const struct nf_hook_state *state)
{
	const struct meshmod_net *mn = meshmod_net(state->net);
	const struct meshmod_table *t = meshmod_table_rcu(mn);
	struct meshmod_addr dst = { .family = AF_INET };
	enum ip_conntrack_info ctinfo;
	const struct nf_conn *ct;

	if (!t || !t->node.nguards || state->in->flags & IFF_LOOPBACK)
		return NF_ACCEPT;
	dst.ip.ip = ip_hdr(skb)->daddr;
	if (!guarded(t, &dst, state->in))
		return NF_ACCEPT;
	ct = nf_ct_get(skb, &ctinfo);
	if (ctinfo == IP_CT_UNTRACKED)		/* the container's own wish */
		return NF_ACCEPT;
	if (ct && (ctinfo != IP_CT_NEW || nf_ct_is_confirmed(ct)))
		return NF_ACCEPT;
	if (state->hook == NF_INET_FORWARD ? ct && forwardable(t, ct) :
					     admitted(t, skb, &dst))
		return pass(mn, MESHMOD_REASON_ADMITTED);
	if (!ct)				/* invalid: opens nothing */
		return drop(mn, MESHMOD_REASON_GUARDED);
	return refuse(mn, skb, state, ip_hdr(skb)->protocol,
		      MESHMOD_REASON_GUARDED);
}

/*
 * Linux 6.1 looks a reply's socket up before NAT has restored its source, and
 * notices the mistake only if the address changed, not if the port alone did
 * (6.12 sees both).  Let such a packet be looked up again.
 */
static unsigned int rebind_hook(void *priv, struct sk_buff *skb,
				const struct nf_hook_state *state)
{
	const struct sock *sk = skb->sk;
	struct {
		__be16 source, dest;
	} *ports, buf;

	if (likely(!sk) || !sk->sk_dport || !has_ports(ip_hdr(skb)->protocol))
		return NF_ACCEPT;
	ports = skb_header_pointer(skb, skb_network_offset(skb) +
				   ip_hdrlen(skb), sizeof(buf), &buf);
	if (ports && ports->source != sk->sk_dport)
		skb_orphan(skb);
	return NF_ACCEPT;
}

/* Does what goes from @src to @dst leave a gateway subnet?  Context: any. */
bool meshmod_masquerades(struct net *net, const struct meshmod_table *t,
			 const struct meshmod_addr *src,
			 const struct meshmod_addr *dst)
{
	return meshmod_table_masquerades(t, src) &&
	       !meshmod_table_masquerades(t, dst) && !is_local(net, src);
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
	verdict = nf_nat_masquerade_ipv4(skb, state->hook, &range, state->out);
	meshmod_count(mn, verdict == NF_ACCEPT ? MESHMOD_REASON_MASQUERADED :
						 MESHMOD_REASON_NAT_FAILED);
	return verdict;
}

static const struct nf_hook_ops hooks[] = {
	{
		/* As early as a header can be trusted: after defragmentation,
		 * before raw (-300) lets anyone exempt it from tracking.
		 */
		.hook		= martian_hook,
		.pf		= NFPROTO_IPV4,
		.hooknum	= NF_INET_PRE_ROUTING,
		.priority	= NF_IP_PRI_RAW - 1,
	},
	{
		/* After conntrack (-200), which says what is new, and after
		 * mangle (-150), so that a mark set there is seen.
		 */
		.hook		= mark_hook,
		.pf		= NFPROTO_IPV4,
		.hooknum	= NF_INET_PRE_ROUTING,
		.priority	= NF_IP_PRI_MANGLE + 1,
	},
	{
		.hook		= mark_hook,
		.pf		= NFPROTO_IPV4,
		.hooknum	= NF_INET_LOCAL_OUT,
		.priority	= NF_IP_PRI_MANGLE + 1,
	},
	{
		/* Just before the filters (0), which then see only what the
		 * mesh lets in; the port is the target port already.
		 */
		.hook		= guard_hook,
		.pf		= NFPROTO_IPV4,
		.hooknum	= NF_INET_LOCAL_IN,
		.priority	= NF_IP_PRI_FILTER - 1,
	},
	{
		.hook		= guard_hook,
		.pf		= NFPROTO_IPV4,
		.hooknum	= NF_INET_FORWARD,
		.priority	= NF_IP_PRI_FILTER - 1,
	},
	{
		/* Right after NAT (100) has restored the source. */
		.hook		= rebind_hook,
		.pf		= NFPROTO_IPV4,
		.hooknum	= NF_INET_LOCAL_IN,
		.priority	= NF_IP_PRI_NAT_SRC + 1,
	},
};

/* One step before nat chains (-100, 100): the mesh's ports are the mesh's. */
static const struct nf_hook_ops nat_hooks[] = {
	{
		.hook		= balance_hook,
		.pf		= NFPROTO_IPV4,
		.hooknum	= NF_INET_PRE_ROUTING,
		.priority	= NF_IP_PRI_NAT_DST - 1,
	},
	{
		.hook		= balance_hook,
		.pf		= NFPROTO_IPV4,
		.hooknum	= NF_INET_LOCAL_OUT,
		.priority	= NF_IP_PRI_NAT_DST - 1,
	},
	{
		.hook		= masquerade_hook,
		.pf		= NFPROTO_IPV4,
		.hooknum	= NF_INET_POST_ROUTING,
		.priority	= NF_IP_PRI_NAT_SRC - 1,
	},
};

/**
 * meshmod_hooks_register - start to see the packets of a namespace
 * @net: the namespace; has a table soon
 *
 * Starts connection tracking and defragmentation too.
 * Context: may sleep.  Return: 0 or the error of the failing step.
 */
int meshmod_hooks_register(struct net *net)
{
	int err, i;

	err = nf_ct_netns_get(net, NFPROTO_IPV4);
	if (err)
		return err;
	for (i = 0; i < ARRAY_SIZE(nat_hooks); i++) {
		err = nf_nat_ipv4_register_fn(net, &nat_hooks[i]);
		if (err)
			goto err_nat;
	}
	err = nf_register_net_hooks(net, hooks, ARRAY_SIZE(hooks));
	if (err)
		goto err_nat;
	return 0;

err_nat:
	while (i--)
		nf_nat_ipv4_unregister_fn(net, &nat_hooks[i]);
	nf_ct_netns_put(net, NFPROTO_IPV4);
	return err;
}

/* The mirror of meshmod_hooks_register(); packets may still be inside. */
void meshmod_hooks_unregister(struct net *net)
{
	int i = ARRAY_SIZE(nat_hooks);

	nf_unregister_net_hooks(net, hooks, ARRAY_SIZE(hooks));
	while (i--)
		nf_nat_ipv4_unregister_fn(net, &nat_hooks[i]);
	nf_ct_netns_put(net, NFPROTO_IPV4);
}
