// SPDX-License-Identifier: GPL-2.0
/*
 * Forward: the path of a packet whose connection is offloaded, from the device
 * where it comes in to the one where it leaves, past routing and all hooks.
 *
 * Each namespace on the way is a step: translate as its conntrack says, count
 * the TTL, send on as its route says.  Where that leads over a veth into a
 * namespace that knows the connection too, the next step follows at once, and
 * neither the veth nor a bridge before it is crossed; so host and sandbox are
 * one run of the loop in meshmod_forward().  Any step that it cannot make is
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

/* Behind its IP header: the ports.  Sets the transport header. */
static bool read_ports(struct sk_buff *skb, int offset,
		       struct meshmod_way_key *key)
{
	int size = transport_size(key->proto);
	const __be16 *ports;

	if (!size || !pskb_may_pull(skb, offset + size))
		return false;
	skb_set_transport_header(skb, offset);
	ports = (const __be16 *)skb_transport_header(skb);
	key->sport = ports[0];
	key->dport = ports[1];
	return true;
}

/* Without options, whole, and with time to live for one step more */
static bool read_ipv4(struct sk_buff *skb, struct meshmod_way_key *key)
{
	const struct iphdr *iph;
	unsigned int len;

	if (!pskb_may_pull(skb, sizeof(*iph)))
		return false;
	iph = ip_hdr(skb);
	if (iph->version != 4 || iph->ihl != 5 || ip_is_fragment(iph) ||
	    iph->ttl <= 1)
		return false;
	len = ntohs(iph->tot_len);
	if (len < sizeof(*iph) || skb->len < len)
		return false;
	key->family = AF_INET;
	key->proto = iph->protocol;
	key->src.ip = iph->saddr;
	key->dst.ip = iph->daddr;
	/* A short frame has been filled up. */
	if (skb->len > len && pskb_trim_rcsum(skb, len))
		return false;
	return read_ports(skb, sizeof(*iph), key);
}

static bool read_ipv6(struct sk_buff *skb, struct meshmod_way_key *key)
{
	const struct ipv6hdr *ip6h;
	unsigned int len;

	if (!pskb_may_pull(skb, sizeof(*ip6h)))
		return false;
	ip6h = ipv6_hdr(skb);
	if (ip6h->version != 6 || ip6h->hop_limit <= 1 || !ip6h->payload_len)
		return false;
	len = sizeof(*ip6h) + ntohs(ip6h->payload_len);
	if (skb->len < len)
		return false;
	key->family = AF_INET6;
	key->proto = ip6h->nexthdr;
	key->src.in6 = ip6h->saddr;
	key->dst.in6 = ip6h->daddr;
	if (skb->len > len && pskb_trim_rcsum(skb, len))
		return false;
	return read_ports(skb, sizeof(*ip6h), key);
}

static bool read_key(struct sk_buff *skb, struct meshmod_way_key *key)
{
	memset(key, 0, sizeof(*key));
	if (skb->protocol == htons(ETH_P_IP))
		return read_ipv4(skb, key);
	return skb->protocol == htons(ETH_P_IPV6) && read_ipv6(skb, key);
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
	if (!way || way->in != in)
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

/* It has crossed the veth: what that counts and forgets. */
static void cross(struct sk_buff *skb, const struct meshmod_way *way)
{
	dev_sw_netstats_tx_add(way->out, 1, skb->len + ETH_HLEN);
	skb_scrub_packet(skb, true);
	skb->priority = 0;
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
	skb->dev = way->out;
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

/**
 * meshmod_forward - hook at the ingress of a device
 * @priv: the namespace's struct meshmod_net
 * @skb: a packet that came in, its network header at its data
 * @state: of the hook
 *
 * Context: softirq, RCU read side.
 * Return: NF_STOLEN if it has been sent on; NF_ACCEPT.
 */
unsigned int meshmod_forward(void *priv, struct sk_buff *skb,
			     const struct nf_hook_state *state)
{
	struct meshmod_net *mn = priv;
	const struct net_device *in = state->in;
	struct meshmod_way *way, *next;
	int steps = 1;

	/* Behind a bridge's netfilter, conntrack has seen it already. */
	if (skb->pkt_type != PACKET_HOST || skb_vlan_tag_present(skb) ||
	    skb_nfct(skb))
		return NF_ACCEPT;
	way = find_way(mn, in, skb);
	if (!way)
		return NF_ACCEPT;
	for (;;) {
		step(skb, way);
		if (!way->peer) {
			leave(skb, way);
			break;
		}
		cross(skb, way);
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
