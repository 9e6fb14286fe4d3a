// SPDX-License-Identifier: GPL-2.0
/*
 * Refusals that the client hears at once.
 */
#include <linux/netfilter_ipv4.h>
#include <net/netfilter/ipv4/nf_reject.h>

#include "core.h"

/**
 * meshmod_reject - refuse a packet: TCP reset, UDP port unreachable
 * @skb: the packet, not yet translated
 * @state: where it is
 * @proto: its transport; anything but TCP and UDP is dropped in silence
 *
 * A sender on this node is also told by the error of its system call.
 *
 * Context: RCU read side, any hook that has the IP header.
 * Return: the verdict, a drop.
 */
unsigned int meshmod_reject(struct sk_buff *skb,
			    const struct nf_hook_state *state, u8 proto)
{
	if (state->pf != NFPROTO_IPV4)
		return NF_DROP;
	if (proto == IPPROTO_TCP)
		nf_send_reset(state->net, state->sk, skb, state->hook);
	else if (proto == IPPROTO_UDP)
		nf_send_unreach(skb, ICMP_PORT_UNREACH, state->hook);
	return state->hook == NF_INET_LOCAL_OUT ?
	       NF_DROP_ERR(-ECONNREFUSED) : NF_DROP;
}
