// SPDX-License-Identifier: GPL-2.0
/*
 * Tunnel: the mesh's own VXLAN packets, which each packet between two nodes is
 * once more; two hooks, whose place hooks.c knows.
 */
#include <linux/netfilter.h>
#include <net/addrconf.h>
#include <net/netfilter/nf_conntrack.h>
#include <net/route.h>

#include "core.h"

static noinline bool is_peer_v6(const struct meshmod_table *t,
				const struct in6_addr *ip)
{
	const struct meshmod_addr a = { .family = AF_INET6, .ip.in6 = *ip };

	return meshmod_table_peer(t, &a);
}

static bool is_peer(const struct meshmod_table *t, const struct sk_buff *skb,
		    u8 family, bool source)
{
	if (likely(family == NFPROTO_IPV4))
		return meshmod_table_has_peer(t, source ? ip_hdr(skb)->saddr :
							  ip_hdr(skb)->daddr);
	return is_peer_v6(t, source ? &ipv6_hdr(skb)->saddr :
				      &ipv6_hdr(skb)->daddr);
}

/* Will a socket of this host get @skb?  In doubt: no. */
static bool comes_in(struct net *net, const struct sk_buff *skb, u8 family)
{
	const struct in6_addr *dst;

	if (family == NFPROTO_IPV4)
		return inet_addr_type(net, ip_hdr(skb)->daddr) != RTN_UNICAST;
	dst = &ipv6_hdr(skb)->daddr;
	return ipv6_addr_is_multicast(dst) || ipv6_chk_addr(net, dst, NULL, 0);
}

/* Is it of the mesh's tunnel? */
static bool is_tunnel(const struct meshmod_table *t, const struct sk_buff *skb,
		      u8 family)
{
	return t && t->node.tunnel_port &&
	       meshmod_packet_vni(skb, family, t->node.tunnel_port) ==
	       t->node.vni;
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
 * yet whether it will be, it is met again at LOCAL_IN.  There nothing is to be
 * looked at before there has ever been a doubt.
 */
unsigned int meshmod_tunnel_in(void *priv, struct sk_buff *skb,
			       const struct nf_hook_state *state)
{
	struct meshmod_net *mn = priv;
	const struct meshmod_table *t = meshmod_table_rcu(mn);

	if ((state->hook == NF_INET_LOCAL_IN && !READ_ONCE(mn->doubts)) ||
	    !is_tunnel(t, skb, state->pf))
		return NF_ACCEPT;
	if (is_peer(t, skb, state->pf, true))
		return leave_untracked(skb);
	if (state->hook == NF_INET_PRE_ROUTING &&
	    !comes_in(state->net, skb, state->pf)) {
		WRITE_ONCE(mn->doubts, true);
		return NF_ACCEPT;
	}
	meshmod_count(mn, MESHMOD_REASON_FOREIGN);
	return NF_DROP;
}

unsigned int meshmod_tunnel_out(void *priv, struct sk_buff *skb,
				const struct nf_hook_state *state)
{
	const struct meshmod_net *mn = priv;
	const struct meshmod_table *t = meshmod_table_rcu(mn);

	if (!is_tunnel(t, skb, state->pf) ||
	    !is_peer(t, skb, state->pf, false))
		return NF_ACCEPT;
	return leave_untracked(skb);
}
