// SPDX-License-Identifier: GPL-2.0
/*
 * Refusals that the client hears at once.
 */
#include <linux/netfilter_ipv4.h>
#include <linux/netfilter_ipv6.h>
#include <linux/sctp.h>
#include <net/ip.h>
#include <net/ip6_route.h>
#include <net/netfilter/ipv4/nf_reject.h>
#include <net/netfilter/ipv6/nf_reject.h>
#include <net/route.h>
#include <net/sctp/checksum.h>

#include "core.h"

struct abort {
	struct sctphdr head;
	struct sctp_chunkhdr chunk;
};

/*
 * An ABORT for what arrived (RFC 9260, 8.4): with the sender's own tag if it
 * told one (INIT), else with the tag that it used, reflected and marked so.
 * Return: is there one to send?
 */
static bool fill_abort(const struct sk_buff *skb, int offset,
		       struct abort *answer)
{
	struct {
		struct sctphdr head;
		struct sctp_chunkhdr chunk;
	} in;
	__be32 init_tag;

	if (offset < 0 || skb_copy_bits(skb, offset, &in, sizeof(in)))
		return false;
	if (in.chunk.type == SCTP_CID_ABORT ||
	    in.chunk.type == SCTP_CID_SHUTDOWN_COMPLETE ||
	    in.chunk.type == SCTP_CID_COOKIE_ACK)
		return false;
	memset(answer, 0, sizeof(*answer));
	answer->head.source = in.head.dest;
	answer->head.dest = in.head.source;
	answer->head.vtag = in.head.vtag;
	answer->chunk.type = SCTP_CID_ABORT;
	answer->chunk.flags = SCTP_CHUNK_FLAG_T;
	answer->chunk.length = htons(sizeof(answer->chunk));
	if (in.chunk.type != SCTP_CID_INIT)
		return true;
	if (skb_copy_bits(skb, offset + sizeof(in), &init_tag,
			  sizeof(init_tag)))
		return false;
	answer->head.vtag = init_tag;
	answer->chunk.flags = 0;
	return true;
}

static bool is_unicast(const struct meshmod_addr *addr)
{
	__be32 ip = addr->ip.ip;

	if (addr->family == AF_INET6)
		return ipv6_addr_type(&addr->ip.in6) & IPV6_ADDR_UNICAST;
	return !ipv4_is_multicast(ip) && !ipv4_is_lbcast(ip) &&
	       !ipv4_is_zeronet(ip);
}

/* From one host to this one?  Nothing else is answered (RFC 9260, 8.4). */
static bool is_answerable(const struct sk_buff *skb,
			  const struct meshmod_packet *p)
{
	const struct rtable *rt = skb_rtable(skb);

	if (skb->pkt_type != PACKET_HOST || !is_unicast(&p->src) ||
	    !is_unicast(&p->dst))
		return false;
	return p->src.family == AF_INET6 || !rt ||
	       !(rt->rt_flags & (RTCF_BROADCAST | RTCF_MULTICAST));
}

/* The way to whoever sent @p, or NULL. */
static struct dst_entry *way_back(struct net *net,
				  const struct meshmod_packet *p)
{
	struct dst_entry *dst = NULL;
	struct flowi fl = {};

	if (p->src.family == AF_INET)
		fl.u.ip4.daddr = p->src.ip.ip;
	else
		fl.u.ip6.daddr = p->src.ip.in6;
	nf_route(net, &dst, &fl, false, p->src.family);
	return dst;
}

/* An IP packet back to the sender of @old, with @answer in it; or NULL. */
static struct sk_buff *build_abort(struct sk_buff *old, struct dst_entry *dst,
				   const struct abort *answer, bool v4)
{
	struct sk_buff *skb;
	struct abort *at;

	skb = alloc_skb(LL_MAX_HEADER + sizeof(struct ipv6hdr) +
			sizeof(*answer), GFP_ATOMIC);
	if (!skb)
		return NULL;
	skb_reserve(skb, LL_MAX_HEADER);
	if (v4)
		nf_reject_iphdr_put(skb, old, IPPROTO_SCTP,
				    ip4_dst_hoplimit(dst));
	else
		nf_reject_ip6hdr_put(skb, old, IPPROTO_SCTP,
				     ip6_dst_hoplimit(dst));
	skb_set_transport_header(skb, skb->len);
	at = skb_put_data(skb, answer, sizeof(*answer));
	at->head.checksum = sctp_compute_cksum(skb, skb_transport_offset(skb));
	return skb;
}

static void send_abort(struct sk_buff *old, const struct nf_hook_state *state,
		       const struct meshmod_packet *p)
{
	struct net *net = state->net;
	bool v4 = p->src.family == AF_INET;
	struct dst_entry *dst;
	struct abort answer;
	struct sk_buff *skb;

	if (!is_answerable(old, p) || !fill_abort(old, p->offset, &answer))
		return;
	dst = way_back(net, p);
	if (!dst)
		return;
	skb = build_abort(old, dst, &answer, v4);
	if (!skb) {
		dst_release(dst);
		return;
	}
	skb_dst_set(skb, dst);
	skb->mark = v4 ? IP4_REPLY_MARK(net, old->mark) :
			 IP6_REPLY_MARK(net, old->mark);
	/* Again, now with what the routing rules want to know of it */
	if (v4 ? ip_route_me_harder(net, state->sk, skb, RTN_UNSPEC) :
		 ip6_route_me_harder(net, state->sk, skb)) {
		kfree_skb(skb);
		return;
	}
	nf_ct_attach(skb, old);
	if (v4)
		ip_local_out(net, state->sk, skb);
	else
		ip6_local_out(net, state->sk, skb);
}

/**
 * meshmod_reject - refuse a packet: TCP reset, SCTP abort, UDP unreachable
 * @skb: the packet
 * @state: where it is
 * @p: what it says; a transport without ports is dropped in silence
 *
 * A sender on this node is also told by the error of its system call.
 *
 * Context: RCU read side, any hook that has the IP header.
 * Return: the verdict, a drop.
 */
unsigned int meshmod_reject(struct sk_buff *skb,
			    const struct nf_hook_state *state,
			    const struct meshmod_packet *p)
{
	bool v4 = p->src.family == AF_INET;

	switch (p->proto) {
	case IPPROTO_TCP:
		if (v4)
			nf_send_reset(state->net, state->sk, skb, state->hook);
		else
			nf_send_reset6(state->net, state->sk, skb,
				       state->hook);
		break;
	case IPPROTO_UDP:
		if (v4)
			nf_send_unreach(skb, ICMP_PORT_UNREACH, state->hook);
		else
			nf_send_unreach6(state->net, skb, ICMPV6_PORT_UNREACH,
					 state->hook);
		break;
	case IPPROTO_SCTP:
		send_abort(skb, state, p);
		break;
	}
	return state->hook == NF_INET_LOCAL_OUT ?
	       NF_DROP_ERR(-ECONNREFUSED) : NF_DROP;
}

#ifdef MESHMOD_KUNIT
#include "reject_test.c"
#endif
