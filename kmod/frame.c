// SPDX-License-Identifier: GPL-2.0
/*
 * Frames: does what comes in by a bridge's port say the truth about who sends
 * it?  Whoever is behind the port can write what he likes; what his neighbours
 * believe of it is in the source addresses, in ARP and in neighbour discovery.
 *
 * Context, for all: NF_BR_PRE_ROUTING, the network header is the first byte.
 */
#include <linux/icmpv6.h>
#include <linux/if_arp.h>
#include <linux/if_vlan.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <net/ipv6.h>
#include <net/mld.h>
#include <net/ndisc.h>

#include "core.h"

static bool is_own(const struct meshmod_binding *b,
		   const struct meshmod_addr *addr)
{
	u16 i;

	for (i = 0; i < b->naddrs; i++)
		if (meshmod_addr_equal(&b->addrs[i], addr))
			return true;
	return false;
}

static bool is_own_v4(const struct meshmod_binding *b, __be32 ip)
{
	const struct meshmod_addr addr = { .family = AF_INET, .ip.ip = ip };

	return is_own(b, &addr);
}

static bool is_own_v6(const struct meshmod_binding *b,
		      const struct in6_addr *ip)
{
	const struct meshmod_addr addr = { .family = AF_INET6, .ip.in6 = *ip };

	return is_own(b, &addr);
}

/* Ethernet and IPv4, as everyone on a bridge has it (RFC 826) */
struct arp_body {
	struct arphdr head;
	u8 sender_mac[ETH_ALEN];
	__be32 sender_ip;
	u8 target_mac[ETH_ALEN];
	__be32 target_ip;
} __packed;

static bool arp_honest(const struct sk_buff *skb,
		       const struct meshmod_binding *b)
{
	const struct arp_body *arp;
	struct arp_body buf;

	arp = skb_header_pointer(skb, skb_network_offset(skb), sizeof(buf),
				 &buf);
	if (!arp || arp->head.ar_hrd != htons(ARPHRD_ETHER) ||
	    arp->head.ar_pro != htons(ETH_P_IP) ||
	    arp->head.ar_hln != ETH_ALEN || arp->head.ar_pln != 4 ||
	    memcmp(arp->sender_mac, b->mac, ETH_ALEN))
		return false;
	if (!arp->sender_ip)	/* asks whether an address is free */
		return arp->head.ar_op == htons(ARPOP_REQUEST) &&
		       is_own_v4(b, arp->target_ip);
	return is_own_v4(b, arp->sender_ip);
}

static bool ipv4_honest(const struct sk_buff *skb,
			const struct meshmod_binding *b)
{
	const struct iphdr *iph;
	struct iphdr buf;

	iph = skb_header_pointer(skb, skb_network_offset(skb), sizeof(buf),
				 &buf);
	return iph && is_own_v4(b, iph->saddr);
}

/* Is each link-layer address among the options at @offset the MAC? */
static bool nd_options_honest(const struct sk_buff *skb, int offset,
			      const struct meshmod_binding *b)
{
	struct {
		u8 type, len;			/* in units of 8 bytes */
		u8 mac[ETH_ALEN];
	} opt;

	for (; offset < skb->len; offset += opt.len * 8) {
		if (skb_copy_bits(skb, offset, &opt, sizeof(opt)) || !opt.len)
			return false;
		if ((opt.type == ND_OPT_SOURCE_LL_ADDR ||
		     opt.type == ND_OPT_TARGET_LL_ADDR) &&
		    (opt.len != 1 || memcmp(opt.mac, b->mac, ETH_ALEN)))
			return false;
	}
	return true;
}

/* @unspecified: it has no source address */
static bool icmpv6_honest(const struct sk_buff *skb, int offset,
			  bool unspecified, const struct meshmod_binding *b)
{
	struct nd_msg msg;
	u8 type;

	if (skb_copy_bits(skb, offset, &type, sizeof(type)))
		return false;
	switch (type) {
	case NDISC_NEIGHBOUR_SOLICITATION:
	case NDISC_NEIGHBOUR_ADVERTISEMENT:
		if (skb_copy_bits(skb, offset, &msg, sizeof(msg)))
			return false;
		if ((unspecified || type == NDISC_NEIGHBOUR_ADVERTISEMENT) &&
		    !is_own_v6(b, &msg.target))
			return false;
		return nd_options_honest(skb, offset + sizeof(msg), b);
	case NDISC_ROUTER_SOLICITATION:
		return nd_options_honest(skb, offset + sizeof(struct icmp6hdr),
					 b);
	case NDISC_ROUTER_ADVERTISEMENT:
	case NDISC_REDIRECT:
		return false;
	case ICMPV6_MGM_QUERY:
	case ICMPV6_MGM_REPORT:
	case ICMPV6_MGM_REDUCTION:
	case ICMPV6_MLD2_REPORT:
		return true;
	default:
		return !unspecified;
	}
}

static bool ipv6_honest(const struct sk_buff *skb,
			const struct meshmod_binding *b)
{
	int at = skb_network_offset(skb), offset;
	const struct ipv6hdr *ip6h;
	bool unspecified;
	struct ipv6hdr buf;
	__be16 fragment;
	u8 proto;

	ip6h = skb_header_pointer(skb, at, sizeof(buf), &buf);
	if (!ip6h)
		return false;
	unspecified = ipv6_addr_any(&ip6h->saddr);
	if (!unspecified && !is_own_v6(b, &ip6h->saddr))
		return false;
	proto = ip6h->nexthdr;
	offset = ipv6_skip_exthdr(skb, at + sizeof(*ip6h), &proto, &fragment);
	if (offset < 0)
		return false;
	if (proto != IPPROTO_ICMPV6)
		return !unspecified;
	return icmpv6_honest(skb, offset, unspecified, b);
}

/* Is @mac with @addr as its source what @b allows? */
bool meshmod_binding_has(const struct meshmod_binding *b, const u8 *mac,
			 const struct meshmod_addr *addr)
{
	return ether_addr_equal_unaligned(b->mac, mac) && is_own(b, addr);
}

/**
 * meshmod_frame_honest - does a frame keep to its port's binding?
 * @skb: the frame
 * @b: the binding
 *
 * Return: true if all that it says of its sender is true.
 */
bool meshmod_frame_honest(const struct sk_buff *skb,
			  const struct meshmod_binding *b)
{
	if (skb_vlan_tag_present(skb) ||
	    !ether_addr_equal_unaligned(eth_hdr(skb)->h_source, b->mac))
		return false;
	switch (skb->protocol) {
	case htons(ETH_P_IP):
		return ipv4_honest(skb, b);
	case htons(ETH_P_IPV6):
		return ipv6_honest(skb, b);
	case htons(ETH_P_ARP):
		return arp_honest(skb, b);
	default:
		return false;
	}
}

#ifdef MESHMOD_KUNIT
#include "frame_test.c"
#endif
