// SPDX-License-Identifier: GPL-2.0
/*
 * Forward: the path of a packet whose connection is offloaded, from the device
 * where it comes in to the one where it leaves, past routing and all hooks.
 *
 * Each namespace on the way is a step: translate as its conntrack says, count
 * the TTL, send on as its route says.  Where that leads over a veth into a
 * namespace that knows the connection too, the next step follows at once, and
 * neither the veth nor a bridge before it is crossed; so host and sandbox are
 * one run of the loop in meshmod_forward().  Likewise for the overlay's bridge: it
 * leaves by the port where that bridge would send it, and comes back by the same,
 * as if it had come out of the balancer's leg.  Any step that it cannot make is
 * left to the kernel: at the first, the packet goes on where it came in; later,
 * it arrives over the veth as if it had been sent.
 */
#include <linux/etherdevice.h>
#include <linux/netfilter.h>
#include <linux/tcp.h>
#include <net/checksum.h>
#include <net/ip.h>
#include <net/ipv6.h>
#include <net/neighbour.h>
#include <net/netfilter/nf_conntrack.h>
#include <net/netfilter/nf_conntrack_acct.h>

#include "compat.h"
#include "offload.h"

#define MAX_STEPS	4		/* host and sandbox are two */

/* The transport header's: what has to be there, and to be written */
static int transport_size(u8 proto)
{
	switch (proto) {
	case IPPROTO_TCP:
		return sizeof(struct tcphdr);
	case IPPROTO_UDP:
		return sizeof(struct udphdr);
	default:
		return 0;
	}
}

/* What is at least there of a transport header that has ports */
#define PORTS_SIZE	sizeof(struct udphdr)

/* Without options and whole, as nearly all are */
static bool read_ipv4(struct sk_buff *skb, struct meshmod_way_key *key)
{
	const struct iphdr *iph;
	const __be16 *ports;

	if (!pskb_may_pull(skb, sizeof(*iph) + PORTS_SIZE))
		return false;
	iph = ip_hdr(skb);
	if (*(const u8 *)iph != 0x45 || ip_is_fragment(iph))
		return false;
	ports = (const __be16 *)(iph + 1);
	*key = (struct meshmod_way_key) {
		.src.ip = iph->saddr,
		.dst.ip = iph->daddr,
		.sport = ports[0],
		.dport = ports[1],
		.family = AF_INET,
		.proto = iph->protocol,
	};
	return true;
}

static bool read_ipv6(struct sk_buff *skb, struct meshmod_way_key *key)
{
	const struct ipv6hdr *ip6h;
	const __be16 *ports;

	if (!pskb_may_pull(skb, sizeof(*ip6h) + PORTS_SIZE))
		return false;
	ip6h = ipv6_hdr(skb);
	if (ip6h->version != 6)
		return false;
	ports = (const __be16 *)(ip6h + 1);
	*key = (struct meshmod_way_key) {
		.src.in6 = ip6h->saddr,
		.dst.in6 = ip6h->daddr,
		.sport = ports[0],
		.dport = ports[1],
		.family = AF_INET6,
		.proto = ip6h->nexthdr,
	};
	return true;
}

/*
 * What a way would have of @skb.  Most packets have none, and this is all they
 * pay: whatever else is to be known is asked of those that do.
 */
static bool read_key(struct sk_buff *skb, struct meshmod_way_key *key)
{
	if (skb->protocol == htons(ETH_P_IP))
		return read_ipv4(skb, key);
	return skb->protocol == htons(ETH_P_IPV6) && read_ipv6(skb, key);
}

/* How long its headers say that it is; 0: it may go no further. */
static unsigned int length_of(const struct sk_buff *skb, u8 family)
{
	if (family == AF_INET)
		return ip_hdr(skb)->ttl > 1 ? ntohs(ip_hdr(skb)->tot_len) : 0;
	if (ipv6_hdr(skb)->hop_limit <= 1 || !ipv6_hdr(skb)->payload_len)
		return 0;
	return sizeof(struct ipv6hdr) + ntohs(ipv6_hdr(skb)->payload_len);
}

/*
 * Is it whole, with time to live for one step more?  Then it has no more than
 * it should (a short frame was filled up), and its transport header is set.
 */
static bool is_whole(struct sk_buff *skb, const struct meshmod_way_key *key)
{
	unsigned int offset, size, len = length_of(skb, key->family);

	offset = key->family == AF_INET ? sizeof(struct iphdr) :
					  sizeof(struct ipv6hdr);
	size = transport_size(key->proto);
	if (!size || len < offset + size || skb->len < len ||
	    (skb->len > len && pskb_trim_rcsum(skb, len)) ||
	    !pskb_may_pull(skb, offset + size))
		return false;
	skb_set_transport_header(skb, offset);
	return true;
}

/* Conntrack has to see it: it opens or ends the connection. */
static bool is_turn(const struct sk_buff *skb, u8 proto)
{
	return proto == IPPROTO_TCP &&
	       tcp_flag_word(tcp_hdr(skb)) &
	       (TCP_FLAG_SYN | TCP_FLAG_FIN | TCP_FLAG_RST);
}

/* Are its connection and its route still what they were? */
static bool is_open(const struct meshmod_way *way)
{
	const struct nf_conn *ct = way->ct;

	if (nf_ct_is_dying(ct))
		return false;
	if (way->from.proto == IPPROTO_TCP &&
	    READ_ONCE(ct->proto.tcp.state) != TCP_CONNTRACK_ESTABLISHED)
		return false;
	return dst_check(way->route, way->cookie);
}

/* So that its address is the one to send to */
static bool has_neighbour(const struct meshmod_way *way)
{
	u8 mac[ETH_ALEN + 2];

	if (READ_ONCE(way->neigh->dead))
		return false;
	neigh_ha_snapshot(mac, way->neigh, way->route->dev);
	return ether_addr_equal(mac, way->mac);
}

/* Has a veth that is stepped over got a queue since? */
static bool has_queue(const struct meshmod_way *way)
{
	return way->queue && meshmod_queues(way->queue);
}

static bool fits(const struct sk_buff *skb, u32 mtu)
{
	if (likely(skb->len <= mtu))
		return true;
	return skb_is_gso(skb) && skb_gso_validate_network_len(skb, mtu);
}

/* With room for the link's header, and headers that nobody else looks at */
static bool make_writable(struct sk_buff *skb, const struct meshmod_way *way)
{
	unsigned int size = skb_transport_offset(skb) +
			    transport_size(way->from.proto);
	unsigned int room = way->peer ? ETH_HLEN : LL_RESERVED_SPACE(way->out);

	/* What somebody else has in hand cannot be moved. */
	if (skb_shared(skb) && (skb_cloned(skb) || skb_headroom(skb) < room))
		return false;
	return !skb_cow_head(skb, room) && !skb_ensure_writable(skb, size);
}

/* The way that @skb, which came in by @in, takes from here; or NULL. */
static struct meshmod_way *find_way(struct meshmod_net *mn,
				    const struct net_device *in,
				    struct sk_buff *skb)
{
	struct meshmod_way_key key;
	struct meshmod_way *way;

	if (!read_key(skb, &key))
		return NULL;
	way = meshmod_way_find(mn, &key);
	if (!way || way->in != in || !is_whole(skb, &key))
		return NULL;
	if (unlikely(is_turn(skb, key.proto))) {
		meshmod_way_end(way);
		return NULL;
	}
	if (unlikely(!is_open(way) || !has_neighbour(way) || has_queue(way))) {
		meshmod_way_remove(way);
		return NULL;
	}
	/* A neighbour that has to be asked for is the slow way's affair. */
	if (unlikely(neigh_event_send(way->neigh, NULL)) ||
	    !fits(skb, way->mtu) || !make_writable(skb, way))
		return NULL;
	return way;
}

static void write_checksum(struct sk_buff *skb, __sum16 *sum,
			   const struct meshmod_way *way)
{
	if (skb->ip_summed == CHECKSUM_PARTIAL)
		*sum = ~csum_fold(csum_add(way->addrs, csum_unfold(*sum)));
	else
		csum_replace_by_diff(sum, way->all);
}

static void write_transport(struct sk_buff *skb, const struct meshmod_way *way)
{
	__be16 *ports = (__be16 *)skb_transport_header(skb);
	struct udphdr *udp;

	ports[0] = way->to.sport;
	ports[1] = way->to.dport;
	if (way->from.proto == IPPROTO_TCP) {
		write_checksum(skb, &tcp_hdr(skb)->check, way);
		return;
	}
	udp = udp_hdr(skb);
	if (!udp->check && skb->ip_summed != CHECKSUM_PARTIAL)
		return;				/* it has none */
	write_checksum(skb, &udp->check, way);
	if (!udp->check)
		udp->check = CSUM_MANGLED_0;
}

static void write_ipv4(struct sk_buff *skb, const struct meshmod_way *way)
{
	struct iphdr *iph = ip_hdr(skb);

	iph->saddr = way->to.src.ip;
	iph->daddr = way->to.dst.ip;
	csum_replace_by_diff(&iph->check, way->addrs);
	ip_decrease_ttl(iph);
}

static void write_ipv6(struct sk_buff *skb, const struct meshmod_way *way)
{
	struct ipv6hdr *ip6h = ipv6_hdr(skb);

	ip6h->saddr = way->to.src.in6;
	ip6h->daddr = way->to.dst.in6;
	ip6h->hop_limit--;
}

/* What forwarding and NAT would do to it in this namespace */
static void translate(struct sk_buff *skb, const struct meshmod_way *way)
{
	skb_forward_csum(skb);
	if (way->from.family == AF_INET)
		write_ipv4(skb, way);
	else
		write_ipv6(skb, way);
	write_transport(skb, way);
}

static void step(struct sk_buff *skb, struct meshmod_way *way)
{
	meshmod_way_refresh(way);
	if (way->counted)
		nf_ct_acct_update(way->ct, way->dir, skb->len);
	meshmod_count(way->mn, MESHMOD_REASON_OFFLOADED);
	translate(skb, way);
}

static void write_ethernet(struct sk_buff *skb, const struct meshmod_way *way)
{
	struct ethhdr *eth = skb_push(skb, ETH_HLEN);

	skb_reset_mac_header(skb);
	ether_addr_copy(eth->h_dest, way->mac);
	ether_addr_copy(eth->h_source, way->route->dev->dev_addr);
	eth->h_proto = skb->protocol;
}

/* What a packet was to the network that it comes from is not told to the next. */
static void forget(struct sk_buff *skb, const struct net_device *from,
		   const struct net_device *to)
{
	bool other = !net_eq(dev_net(from), dev_net(to));

	skb_scrub_packet(skb, other);
	if (other)
		skb->priority = 0;
}

/* It has crossed the veth: what that counts and forgets. */
static void cross(struct sk_buff *skb, const struct meshmod_way *way)
{
	dev_sw_netstats_tx_add(way->out, 1, skb->len + ETH_HLEN);
	forget(skb, way->out, way->peer);
}

/* At the veth's other end, for whoever is there; @deep: later */
static void arrive(struct sk_buff *skb, const struct meshmod_way *way,
		   bool deep)
{
	write_ethernet(skb, way);
	if (unlikely(!is_skb_forwardable(way->peer, skb))) {
		dev_core_stats_rx_dropped_inc(way->peer);
		kfree_skb(skb);
		return;
	}
	skb->protocol = eth_type_trans(skb, way->peer);
	if (unlikely(deep))
		netif_rx(skb);
	else
		netif_receive_skb(skb);
}

/* By the device, whatever it is */
static void leave(struct sk_buff *skb, const struct meshmod_way *way)
{
	skb_clear_tstamp(skb);
	skb->dev = way->port ?: way->out;
	write_ethernet(skb, way);
	dev_queue_xmit(skb);
}

/*
 * Where routing would see come in what arrives at the other end of @way's veth,
 * or NULL: it is not for that host.
 */
static const struct net_device *next_in(const struct meshmod_way *way)
{
	const struct net_device *in = way->peer;

	if (netif_is_bridge_port(in))
		in = netdev_master_upper_dev_get_rcu(way->peer);
	return in && ether_addr_equal(in->dev_addr, way->mac) ? in : NULL;
}

/*
 * Where routing would see @skb come in, which has come in by @w; or NULL: it is
 * for another, of this host or behind the bridge.
 */
static struct net_device *first_in(const struct meshmod_watched *w,
				   const struct sk_buff *skb)
{
	struct net_device *leg;

	if (skb->pkt_type == PACKET_HOST)
		return w->dev;
	leg = READ_ONCE(w->leg);
	if (!leg || skb->pkt_type != PACKET_OTHERHOST ||
	    !ether_addr_equal(eth_hdr(skb)->h_dest, leg->dev_addr))
		return NULL;
	return leg;
}

/**
 * meshmod_forward - hook at the ingress of a device
 * @priv: its struct meshmod_watched
 * @skb: a packet that came in, its network header at its data
 * @state: of the hook
 *
 * Context: softirq, RCU read side.
 * Return: NF_STOLEN if it has been sent on; NF_ACCEPT.
 */
unsigned int meshmod_forward(void *priv, struct sk_buff *skb,
			     const struct nf_hook_state *state)
{
	const struct meshmod_watched *w = priv;
	const struct net_device *in = first_in(w, skb);
	struct meshmod_way *way, *next;
	struct meshmod_net *mn;
	int steps = 1;

	if (!in)
		return NF_ACCEPT;
	mn = in == w->dev ? w->mn : meshmod_net(dev_net(in));
	/* Behind a bridge's netfilter, conntrack has seen it already. */
	if (!meshmod_has_ways(mn) || skb_vlan_tag_present(skb) ||
	    skb_nfct(skb))
		return NF_ACCEPT;
	way = find_way(mn, in, skb);
	if (!way)
		return NF_ACCEPT;
	if (in != w->dev)
		forget(skb, w->dev, in);
	for (;;) {
		step(skb, way);
		if (way->peer)
			cross(skb, way);
		if (!way->peer || way->port) {
			leave(skb, way);
			break;
		}
		in = steps++ < MAX_STEPS ? next_in(way) : NULL;
		next = in ? find_way(meshmod_net(dev_net(in)), in, skb) : NULL;
		if (!next) {
			arrive(skb, way, steps > MAX_STEPS);
			break;
		}
		way = next;
	}
	return NF_STOLEN;
}

#ifdef MESHMOD_KUNIT
#include "forward_test.c"
#endif
