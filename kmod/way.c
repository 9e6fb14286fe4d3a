// SPDX-License-Identifier: GPL-2.0
/*
 * Ways: an offloaded connection's direction through a namespace, from the
 * packet that shows where it leads to the moment when that is true no more.
 *
 * Found under RCU.  The rhashtable serialises those who add and remove.  .lock
 * is held to add one, so that either a device that goes down is seen to be
 * down, or the way is found by who looks for those of the device.
 */
#include <net/arp.h>
#include <net/ip.h>
#include <net/ip6_route.h>
#include <net/ndisc.h>
#include <net/netfilter/nf_conntrack_acct.h>
#include <net/netfilter/nf_conntrack_core.h>
#include <net/netfilter/nf_conntrack_l4proto.h>
#include <net/netfilter/nf_conntrack_timeout.h>
#include <linux/etherdevice.h>
#include <linux/hash.h>
#include <linux/jhash.h>

#include "offload.h"

#define IDLE_LIMIT	(120 * HZ)	/* a way that is not used goes */
#define GC_INTERVAL	(2 * HZ)

static noinline u32 hash_ipv6(const struct meshmod_way_key *key, u32 seed)
{
	return jhash2((const u32 *)key, sizeof(*key) / sizeof(u32), seed);
}

/*
 * Each packet pays for this, and most find nothing: a third of what jhash takes
 * for IPv4.
 */
static __always_inline u32 hash_key(const void *data, u32 len, u32 seed)
{
	const struct meshmod_way_key *key = data;
	u64 x;

	if (key->family != AF_INET)
		return hash_ipv6(key, seed);
	x = (u64)(__force u32)key->src.ip << 32 | (__force u32)key->dst.ip;
	x = (x ^ seed) * GOLDEN_RATIO_64;
	x ^= x >> 32;
	x += (u64)(__force u32)key->sport << 32 | (__force u32)key->dport << 8 |
	     key->proto;
	x *= GOLDEN_RATIO_64;
	return x >> 32;
}

/* Two keys in words, which a call of memcmp() would take longer for */
static bool same_key(const struct meshmod_way_key *a,
		     const struct meshmod_way_key *b)
{
	const u64 *x = (const u64 *)a, *y = (const u64 *)b;

	BUILD_BUG_ON(sizeof(*a) != 5 * sizeof(u64));
	return !((x[0] ^ y[0]) | (x[1] ^ y[1]) | (x[2] ^ y[2]) |
		 (x[3] ^ y[3]) | (x[4] ^ y[4]));
}

static int compare(struct rhashtable_compare_arg *arg, const void *obj)
{
	const struct meshmod_way *way = obj;

	return !same_key(&way->from, arg->key);
}

static const struct rhashtable_params params = {
	.head_offset		= offsetof(struct meshmod_way, node),
	.key_offset		= offsetof(struct meshmod_way, from),
	.key_len		= sizeof(struct meshmod_way_key),
	.hashfn			= hash_key,
	.obj_cmpfn		= compare,
	.automatic_shrinking	= true,
};

/* Context: RCU read side, as long as what it returns is used. */
struct meshmod_way *meshmod_way_find(struct meshmod_net *mn,
				     const struct meshmod_way_key *key)
{
	if (!meshmod_has_ways(mn))
		return NULL;
	return rhashtable_lookup(&mn->offload.ways, key, params);
}

static void free_way(struct meshmod_way *way)
{
	nf_ct_put(way->ct);
	dst_release(way->route);
	neigh_release(way->neigh);
	kfree(way);
}

static void free_way_rcu(struct rcu_head *rcu)
{
	free_way(container_of(rcu, struct meshmod_way, rcu));
}

/* Context: any.  Whoever comes first removes it. */
void meshmod_way_remove(struct meshmod_way *way)
{
	if (!rhashtable_remove_fast(&way->mn->offload.ways, &way->node, params))
		call_rcu(&way->rcu, free_way_rcu);
}

/* What the packets of @ct in direction @dir, IP_CT_DIR_*, have in their headers */
struct meshmod_way_key meshmod_way_key_of(const struct nf_conn *ct, u8 dir)
{
	const struct nf_conntrack_tuple *t = &ct->tuplehash[dir].tuple;

	return (struct meshmod_way_key) {
		.src = t->src.u3,
		.dst = t->dst.u3,
		.sport = t->src.u.all,
		.dport = t->dst.u.all,
		.family = nf_ct_l3num(ct),
		.proto = t->dst.protonum,
	};
}

/* Context: RCU read side.  Return: the way of @ct in direction @dir, or NULL. */
struct meshmod_way *meshmod_way_of(struct meshmod_net *mn,
				   const struct nf_conn *ct, u8 dir)
{
	struct meshmod_way_key key = meshmod_way_key_of(ct, dir);
	struct meshmod_way *way = meshmod_way_find(mn, &key);

	return way && way->ct == ct ? way : NULL;
}

/* The connection ends, or begins anew: both directions.  Context: RCU. */
void meshmod_way_end(struct meshmod_way *way)
{
	struct meshmod_way *back = meshmod_way_of(way->mn, way->ct, !way->dir);

	if (back)
		meshmod_way_remove(back);
	meshmod_way_remove(way);
}

/* Conntrack has to know that there was a packet; once in a second will do. */
void meshmod_way_refresh(struct meshmod_way *way)
{
	unsigned long now = jiffies;

	if (likely(time_before(now, READ_ONCE(way->refreshed) + HZ)))
		return;
	WRITE_ONCE(way->refreshed, now);
	if (!test_bit(IPS_FIXED_TIMEOUT_BIT, &way->ct->status))
		WRITE_ONCE(way->ct->timeout, nfct_time_stamp + way->timeout);
}

static struct neighbour *find_neighbour(const struct sk_buff *skb,
					struct dst_entry *dst)
{
	struct neighbour *n;
	struct rtable *rt;
	u32 nexthop;

	if (skb->protocol == htons(ETH_P_IPV6)) {
		n = __ipv6_neigh_lookup_noref(dst->dev,
					      rt6_nexthop((struct rt6_info *)dst,
							  &ipv6_hdr(skb)->daddr));
	} else {
		rt = (struct rtable *)dst;
		if (rt->rt_gw_family == AF_INET6) {
			n = __ipv6_neigh_lookup_noref(dst->dev, &rt->rt_gw6);
		} else {
			nexthop = (__force u32)rt_nexthop(rt, ip_hdr(skb)->daddr);
			n = __ipv4_neigh_lookup_noref(dst->dev, nexthop);
		}
	}
	if (!n || !(READ_ONCE(n->nud_state) & NUD_VALID) ||
	    !refcount_inc_not_zero(&n->refcnt))
		return NULL;
	return n;
}

/* The port by which what is for @mac leaves the bridge; else the bridge */
static struct net_device *port_of(struct net_device *bridge, const u8 *mac)
{
	struct net_device_path_stack stack;

	if (dev_fill_forward_path(bridge, mac, &stack) < 0 ||
	    stack.num_paths != 2 ||
	    stack.path[0].type != DEV_PATH_BRIDGE ||
	    stack.path[0].bridge.vlan_mode != DEV_PATH_BR_VLAN_KEEP ||
	    stack.path[1].type != DEV_PATH_ETHERNET)
		return bridge;
	return (struct net_device *)stack.path[1].dev;
}

/* Is it the mesh's, whatever that does there? */
static bool is_meshed(const struct net *net)
{
	return rcu_access_pointer(meshmod_net(net)->table);
}

/*
 * A veth between two namespaces of the mesh can be stepped over, if it does
 * nothing to a packet but hand it over.  One that leads to others is the way out
 * of this host, where its owner may want to see what passes.
 */
static struct net_device *peer_of(struct net_device *dev)
{
	struct net_device *peer = meshmod_veth_peer(dev);

	if (!peer || meshmod_queues(netdev_get_tx_queue(dev, 0)) ||
	    !is_meshed(dev_net(peer)) || dev_xdp_prog_count(dev) ||
	    dev_xdp_prog_count(peer))
		return NULL;
	return peer;
}

/* May @way's packets come in by @port, and pass its bridge by? */
static bool is_allowed(const struct meshmod_way *way,
		       const struct net_device *port)
{
	const struct meshmod_table *t;
	const struct meshmod_binding *b;
	struct meshmod_addr src = {
		.family = way->to.family,
		.ip = way->to.src,
	};

	t = meshmod_table_rcu(meshmod_net(dev_net(port)));
	if (!t || !t->node.overlay || !t->node.offload)
		return false;
	b = meshmod_table_binding(t, port->name);
	return !b || meshmod_binding_has(b, way->route->dev->dev_addr, &src);
}

/*
 * The overlay's bridge, which a veth leads to, can be passed by, from its port
 * @peer to the one that the neighbour is behind.
 */
static void pass_bridge(struct meshmod_way *way)
{
	struct net_device *bridge, *port;

	if (!netif_is_bridge_port(way->peer))
		return;
	bridge = netdev_master_upper_dev_get_rcu(way->peer);
	if (!bridge || ether_addr_equal(bridge->dev_addr, way->mac) ||
	    !is_allowed(way, way->peer))
		return;
	port = port_of(bridge, way->mac);
	if (port == bridge || port == way->peer || port->mtu < way->mtu ||
	    port->type != ARPHRD_ETHER)
		return;
	way->bridge = bridge;
	way->port = port;
}

static void set_devices(struct meshmod_way *way)
{
	struct net_device *port = way->route->dev;

	if (netif_is_bridge_master(port))
		port = port_of(port, way->mac);
	way->peer = peer_of(port);
	way->out = way->peer ? port : way->route->dev;
	if (!way->peer)
		return;
	way->queue = netdev_get_tx_queue(port, 0);
	pass_bridge(way);
}

static __wsum sum_addresses(const struct meshmod_way_key *key)
{
	return csum_partial(&key->src, sizeof(key->src) + sizeof(key->dst), 0);
}

static __wsum sum_ports(const struct meshmod_way_key *key)
{
	return csum_partial(&key->sport, 2 * sizeof(key->sport), 0);
}

/* What has @from in its headers gets @to, and that into its checksums. */
void meshmod_way_translate(struct meshmod_way *way,
			   const struct meshmod_way_key *from,
			   const struct meshmod_way_key *to)
{
	way->from = *from;
	way->to = *to;
	way->addrs = csum_sub(sum_addresses(to), sum_addresses(from));
	way->all = csum_add(way->addrs, csum_sub(sum_ports(to),
						 sum_ports(from)));
}

/* It leaves as the opposite of what the other direction comes in as. */
static void set_translation(struct meshmod_way *way)
{
	struct meshmod_way_key from = meshmod_way_key_of(way->ct, way->dir);
	struct meshmod_way_key back = meshmod_way_key_of(way->ct, !way->dir);
	struct meshmod_way_key to = back;

	to.src = back.dst;
	to.dst = back.src;
	to.sport = back.dport;
	to.dport = back.sport;
	meshmod_way_translate(way, &from, &to);
}

/* What conntrack gives a connection that it has just seen */
static unsigned int timeout_of(struct net *net, const struct nf_conn *ct)
{
	const unsigned int *own = nf_ct_timeout_lookup(ct);

	if (nf_ct_protonum(ct) == IPPROTO_TCP)
		return READ_ONCE((own ?: nf_tcp_pernet(net)->timeouts)
				 [TCP_CONNTRACK_ESTABLISHED]);
	return READ_ONCE((own ?: nf_udp_pernet(net)->timeouts)[UDP_CT_REPLIED]);
}

/* The way of @skb, which is about to be sent on; NULL if there can be none. */
static struct meshmod_way *make_way(struct meshmod_net *mn,
				    const struct sk_buff *skb,
				    struct nf_conn *ct, u8 dir,
				    struct net_device *in)
{
	struct dst_entry *route = skb_dst(skb);
	bool ipv6 = nf_ct_l3num(ct) == AF_INET6;
	struct meshmod_way *way;
	u8 mac[ETH_ALEN + 2];

	way = kzalloc(sizeof(*way), GFP_ATOMIC | __GFP_NOWARN);
	if (!way)
		return NULL;
	way->neigh = find_neighbour(skb, route);
	if (!way->neigh || !dst_hold_safe(route)) {
		if (way->neigh)
			neigh_release(way->neigh);
		kfree(way);
		return NULL;
	}
	way->route = route;
	neigh_ha_snapshot(mac, way->neigh, route->dev);
	ether_addr_copy(way->mac, mac);
	way->mn = mn;
	way->in = in;
	way->cookie = ipv6 ? rt6_get_cookie((struct rt6_info *)route) : 0;
	way->mtu = ipv6 ? ip6_dst_mtu_maybe_forward(route, true) :
			  ip_dst_mtu_maybe_forward(route, true);
	way->ct = ct;
	nf_conntrack_get(&ct->ct_general);
	way->dir = dir;
	way->counted = nf_conn_acct_find(ct);
	way->timeout = timeout_of(mn->net, ct);
	way->refreshed = jiffies;
	set_translation(way);
	set_devices(way);
	return way;
}

static bool is_up(const struct net_device *dev)
{
	return !dev || (dev->flags & IFF_UP &&
			dev->reg_state == NETREG_REGISTERED);
}

static bool add_way(struct meshmod_offload *o, struct meshmod_way *way)
{
	int err = -ENETDOWN;

	spin_lock_bh(&o->lock);
	if (o->ready && is_up(way->in) && is_up(way->out) &&
	    is_up(way->peer) && is_up(way->bridge) && is_up(way->port) &&
	    is_up(way->route->dev))
		err = rhashtable_lookup_insert_fast(&o->ways, &way->node,
						    params);
	spin_unlock_bh(&o->lock);
	return !err;
}

/*
 * While it is offloaded, conntrack does not see what its windows depend on, and
 * must not take the first packet that it sees again for one of somebody else.
 */
static void loosen(struct nf_conn *ct)
{
	if (nf_ct_protonum(ct) != IPPROTO_TCP)
		return;
	spin_lock_bh(&ct->lock);
	ct->proto.tcp.seen[0].flags |= IP_CT_TCP_FLAG_BE_LIBERAL;
	ct->proto.tcp.seen[1].flags |= IP_CT_TCP_FLAG_BE_LIBERAL;
	spin_unlock_bh(&ct->lock);
}

/* A way that is there already can be another connection's, or come by @in no more. */
static bool make_room(struct meshmod_net *mn, const struct nf_conn *ct, u8 dir,
		      const struct net_device *in)
{
	struct meshmod_way_key key = meshmod_way_key_of(ct, dir);
	struct meshmod_way *way = meshmod_way_find(mn, &key);

	if (!way)
		return true;
	if (way->in == in && way->ct == ct)
		return false;
	meshmod_way_remove(way);
	return true;
}

/**
 * meshmod_way_add - let the packets that follow @skb take its way
 * @mn: the namespace
 * @skb: routed, about to be sent on, of an established connection
 * @ct: that connection
 * @dir: the direction of @skb, IP_CT_DIR_*
 * @in: by which it came in
 *
 * Context: RCU read side, BH off.
 */
void meshmod_way_add(struct meshmod_net *mn, const struct sk_buff *skb,
		     struct nf_conn *ct, u8 dir, struct net_device *in)
{
	struct meshmod_way *way;

	if (!make_room(mn, ct, dir, in))
		return;
	way = make_way(mn, skb, ct, dir, in);
	if (!way)
		return;
	loosen(ct);
	/* As soon as it is added, it can go. */
	if (way->port)
		meshmod_ingress_watch_port(way);
	if (!add_way(&mn->offload, way))
		free_way(way);
}

/**
 * meshmod_way_remove_if - remove those ways of a namespace that ...
 * @o: the namespace's
 * @is: says which
 * @data: its second argument
 *
 * Context: may sleep.
 */
void meshmod_way_remove_if(struct meshmod_offload *o, meshmod_way_test is,
			   const void *data)
{
	struct rhashtable_iter iter;
	struct meshmod_way *way;
	unsigned int n = 0;

	if (!atomic_read(&o->ways.nelems))
		return;
	rhashtable_walk_enter(&o->ways, &iter);
	rhashtable_walk_start(&iter);
	while ((way = rhashtable_walk_next(&iter))) {
		if (IS_ERR(way))
			continue;	/* begins again: the table has grown */
		if (is(way, data))
			meshmod_way_remove(way);
		if (!(++n % 1024)) {
			rhashtable_walk_stop(&iter);
			cond_resched();
			rhashtable_walk_start(&iter);
		}
	}
	rhashtable_walk_stop(&iter);
	rhashtable_walk_exit(&iter);
}

/* Is the neighbour behind another port of a bridge now?  Nobody tells us. */
static bool has_moved(const struct meshmod_way *way)
{
	if (way->port)
		return port_of(way->bridge, way->mac) != way->port;
	return way->peer && netif_is_bridge_master(way->route->dev) &&
	       port_of(way->route->dev, way->mac) != way->out;
}

/* What it was made for is over, or has not been seen for long. */
static bool is_over(const struct meshmod_way *way, const void *data)
{
	return nf_ct_is_dying(way->ct) || nf_ct_is_expired(way->ct) ||
	       time_after(jiffies, READ_ONCE(way->refreshed) + IDLE_LIMIT) ||
	       has_moved(way);
}

static void gc(struct work_struct *work)
{
	struct meshmod_offload *o = container_of(to_delayed_work(work),
						 struct meshmod_offload, gc);

	meshmod_way_remove_if(o, is_over, NULL);
	schedule_delayed_work(&o->gc, GC_INTERVAL);
}

/* Context: may sleep.  Return: 0 or -ENOMEM. */
int meshmod_way_init(struct meshmod_offload *o)
{
	spin_lock_init(&o->lock);
	INIT_DELAYED_WORK(&o->gc, gc);
	return rhashtable_init(&o->ways, &params);
}

/* Context: may sleep; no packet can look for a way any more. */
void meshmod_way_exit(struct meshmod_offload *o)
{
	rhashtable_destroy(&o->ways);
}

/* From now on ways are added. */
void meshmod_way_start(struct meshmod_offload *o)
{
	spin_lock_bh(&o->lock);
	WRITE_ONCE(o->ready, true);
	spin_unlock_bh(&o->lock);
	schedule_delayed_work(&o->gc, GC_INTERVAL);
}

static bool any(const struct meshmod_way *way, const void *data)
{
	return true;
}

/* And from now on none, and none is left.  Context: may sleep. */
void meshmod_way_stop(struct meshmod_offload *o)
{
	spin_lock_bh(&o->lock);
	WRITE_ONCE(o->ready, false);
	spin_unlock_bh(&o->lock);
	cancel_delayed_work_sync(&o->gc);
	meshmod_way_remove_if(o, any, NULL);
}
