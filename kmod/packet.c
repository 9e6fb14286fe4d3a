// SPDX-License-Identifier: GPL-2.0
/*
 * Packets: what their headers say, read once for both families.
 *
 * Context, for all: a hook in which the IP header is valid and linear, after
 * fragments were put together.
 */
#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/ip.h>
#include <linux/ipv6.h>
#include <linux/sctp.h>
#include <linux/tcp.h>
#include <linux/udp.h>
#include <net/ip.h>
#include <net/ipv6.h>
#include <net/vxlan.h>

#include "core.h"

/* Is @proto one that a port can be published for? */
bool meshmod_has_ports(u8 proto)
{
	return proto == IPPROTO_TCP || proto == IPPROTO_UDP ||
	       proto == IPPROTO_SCTP;
}

/* Fill @p from the IP header of @skb and, of IPv6, those behind it. */
void meshmod_packet_read(const struct sk_buff *skb, u8 family,
			 struct meshmod_packet *p)
{
	int at = skb_network_offset(skb);
	__be16 fragment;

	memset(p, 0, sizeof(*p));
	p->src.family = family;
	p->dst.family = family;
	if (family == AF_INET) {
		p->src.ip.ip = ip_hdr(skb)->saddr;
		p->dst.ip.ip = ip_hdr(skb)->daddr;
		p->proto = ip_hdr(skb)->protocol;
		p->offset = ip_hdr(skb)->frag_off & htons(IP_OFFSET) ?
			    -1 : at + ip_hdrlen(skb);
		return;
	}
	p->src.ip.in6 = ipv6_hdr(skb)->saddr;
	p->dst.ip.in6 = ipv6_hdr(skb)->daddr;
	p->proto = ipv6_hdr(skb)->nexthdr;
	p->offset = ipv6_skip_exthdr(skb, at + sizeof(struct ipv6hdr),
				     &p->proto, &fragment);
	if (fragment & htons(IP6_OFFSET))
		p->offset = -1;
}

/* Read the ports of a packet whose transport has some.  Return: are there? */
bool meshmod_packet_ports(const struct sk_buff *skb,
			  const struct meshmod_packet *p,
			  struct meshmod_ports *ports)
{
	return p->offset >= 0 && meshmod_has_ports(p->proto) &&
	       !skb_copy_bits(skb, p->offset, ports, sizeof(*ports));
}

static bool opens_tcp(const struct sk_buff *skb, int offset)
{
	const struct tcphdr *th;
	struct tcphdr buf;

	th = skb_header_pointer(skb, offset, sizeof(buf), &buf);
	return th && th->syn && !th->ack && !th->rst;
}

static bool opens_sctp(const struct sk_buff *skb, int offset)
{
	const struct sctp_chunkhdr *ch;
	struct sctp_chunkhdr buf;

	ch = skb_header_pointer(skb, offset + sizeof(struct sctphdr),
				sizeof(buf), &buf);
	return ch && ch->type == SCTP_CID_INIT;
}

/* Does it open a connection, as far as its transport can tell? */
bool meshmod_packet_opens(const struct sk_buff *skb,
			  const struct meshmod_packet *p)
{
	if (p->offset < 0)
		return false;
	switch (p->proto) {
	case IPPROTO_TCP:
		return opens_tcp(skb, p->offset);
	case IPPROTO_SCTP:
		return opens_sctp(skb, p->offset);
	default:
		return true;
	}
}

/* Is it an ICMP echo request? */
bool meshmod_packet_pings(const struct sk_buff *skb,
			  const struct meshmod_packet *p)
{
	u8 type;

	if (p->offset < 0 ||
	    skb_copy_bits(skb, p->offset, &type, sizeof(type)))
		return false;
	if (p->src.family == AF_INET)
		return p->proto == IPPROTO_ICMP && type == ICMP_ECHO;
	return p->proto == IPPROTO_ICMPV6 && type == ICMPV6_ECHO_REQUEST;
}

static bool is_error(u8 proto, u8 type)
{
	return proto == IPPROTO_ICMP ? icmp_is_err(type) :
	       proto == IPPROTO_ICMPV6 && icmpv6_is_err(type);
}

/* Is it an ICMP error about a packet?  Then @to is set, to where that was sent. */
bool meshmod_packet_error(const struct sk_buff *skb,
			  const struct meshmod_packet *p,
			  struct meshmod_addr *to)
{
	/* As long for both families */
	int at = p->offset + sizeof(struct icmphdr);
	u8 type;

	if (p->offset < 0 ||
	    skb_copy_bits(skb, p->offset, &type, sizeof(type)) ||
	    !is_error(p->proto, type))
		return false;
	memset(to, 0, sizeof(*to));
	to->family = p->src.family;
	if (to->family == AF_INET)
		return !skb_copy_bits(skb, at + offsetof(struct iphdr, daddr),
				      &to->ip.ip, sizeof(to->ip.ip));
	return !skb_copy_bits(skb, at + offsetof(struct ipv6hdr, daddr),
			      &to->ip.in6, sizeof(to->ip.in6));
}

/* Where the UDP header of an IPv6 packet starts; -1: it has none, as most tell. */
static noinline int udp_offset_v6(const struct sk_buff *skb)
{
	struct meshmod_packet p;

	if (ipv6_hdr(skb)->nexthdr == IPPROTO_TCP)
		return -1;
	meshmod_packet_read(skb, AF_INET6, &p);
	return p.proto == IPPROTO_UDP ? p.offset : -1;
}

static int udp_offset(const struct sk_buff *skb, u8 family)
{
	const struct iphdr *iph = ip_hdr(skb);

	if (unlikely(family != AF_INET))
		return udp_offset_v6(skb);
	if (iph->protocol != IPPROTO_UDP || iph->frag_off & htons(IP_OFFSET))
		return -1;
	return skb_network_offset(skb) + iph->ihl * 4;
}

struct vxlan_headers {
	struct udphdr udp;
	struct vxlanhdr vxlan;
};

static s64 vni_in(const struct vxlan_headers *h, u16 port)
{
	if (h->udp.dest != htons(port))
		return -1;
	return ntohl(h->vxlan.vx_vni) >> 8;
}

static noinline s64 vni_copied(const struct sk_buff *skb, int offset, u16 port)
{
	struct vxlan_headers h;

	return skb_copy_bits(skb, offset, &h, sizeof(h)) ? -1 : vni_in(&h, port);
}

/*
 * Every packet of the host is asked; a local variable of some size would cost the
 * others more than the answer.
 * Return: the VNI of a VXLAN packet to UDP port @port, -1 for another packet.
 */
s64 meshmod_packet_vni(const struct sk_buff *skb, u8 family, u16 port)
{
	int offset = udp_offset(skb, family);

	if (offset < 0)
		return -1;
	if (unlikely(offset + sizeof(struct vxlan_headers) > skb_headlen(skb)))
		return vni_copied(skb, offset, port);
	return vni_in((const void *)skb->data + offset, port);
}

#ifdef MESHMOD_KUNIT
#include "packet_test.c"
#endif
