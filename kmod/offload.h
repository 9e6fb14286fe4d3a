/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Offloaded connections, for those files that make them so: offload.c chooses
 * them, way.c keeps what forward.c needs for a packet, ingress.c brings it the
 * packets.
 */
#ifndef _MESHMOD_OFFLOAD_H
#define _MESHMOD_OFFLOAD_H

#include <linux/rhashtable.h>
#include <net/dst.h>
#include <net/sch_generic.h>

#include "core.h"

/* What a packet has in its headers; the rest of the addresses is 0. */
struct meshmod_way_key {
	union nf_inet_addr src, dst;
	__be16 sport, dport;
	u8 family, proto;
	u16 pad;			/* 0 */
};

/*
 * One direction of a connection through one namespace.  Immutable but for
 * @refreshed; freed a grace period after it has left the table.
 *
 * Devices are not held: a device that goes down or away takes all ways with it
 * (ingress.c) before it can be freed, and none is added that
 * names one which is down.
 */
struct meshmod_way {
	struct rhash_head node;
	struct meshmod_way_key from;	/* as it comes in */
	struct net_device *in;		/* where routing sees it come in */

	struct meshmod_way_key to;	/* as it leaves */
	__wsum addrs;			/* what that adds to checksums */
	__wsum all;			/* with the ports */
	u32 mtu;

	struct dst_entry *route;
	u32 cookie;
	struct neighbour *neigh;
	u8 mac[ETH_ALEN];		/* the neighbour's */
	struct net_device *out;		/* the route's, or the veth before @peer */
	struct net_device *peer;	/* what is stepped to; or NULL */
	struct netdev_queue *queue;	/* of @out, with @peer: as good as none */
	struct net_device *bridge;	/* that @peer is a port of, */
	struct net_device *port;	/* and the other that it leads to; or NULL */

	struct meshmod_net *mn;
	struct nf_conn *ct;
	u8 dir;
	bool counted;			/* by conntrack */
	unsigned int timeout;		/* jiffies of @ct */
	unsigned long refreshed;	/* when, in jiffies */
	struct rcu_head rcu;
};

/*
 * A device where packets are looked at as they come in.  RTNL; packets: RCU.
 * Where @leg is set, @dev is a bridge's port, and what comes in there for @leg's
 * address would come out of @leg: over @bridge, its port @leg_port, and the veth
 * that this is one end of.
 */
struct meshmod_watched {
	struct list_head list;
	struct meshmod_net *mn;
	struct net_device *dev;
	struct net_device *leg, *leg_port, *bridge;
	struct nf_hook_ops ops;
	bool works;
	struct rcu_head rcu;
};

/* way.c */
typedef bool (*meshmod_way_test)(const struct meshmod_way *way,
				 const void *data);

struct meshmod_way_key meshmod_way_key_of(const struct nf_conn *ct, u8 dir);
struct meshmod_way *meshmod_way_find(struct meshmod_net *mn,
				     const struct meshmod_way_key *key);
struct meshmod_way *meshmod_way_of(struct meshmod_net *mn,
				   const struct nf_conn *ct, u8 dir);
void meshmod_way_add(struct meshmod_net *mn, const struct sk_buff *skb,
		     struct nf_conn *ct, u8 dir, struct net_device *in);
void meshmod_way_translate(struct meshmod_way *way,
			   const struct meshmod_way_key *from,
			   const struct meshmod_way_key *to);
void meshmod_way_remove(struct meshmod_way *way);
void meshmod_way_end(struct meshmod_way *way);
void meshmod_way_refresh(struct meshmod_way *way);
void meshmod_way_remove_if(struct meshmod_offload *o, meshmod_way_test is,
			   const void *data);
int meshmod_way_init(struct meshmod_offload *o);
void meshmod_way_exit(struct meshmod_offload *o);
void meshmod_way_start(struct meshmod_offload *o);
void meshmod_way_stop(struct meshmod_offload *o);

/* Where nothing is offloaded, this is all that it costs. */
static inline bool meshmod_has_ways(const struct meshmod_net *mn)
{
	return atomic_read(&mn->offload.ways.nelems);
}

/* ingress.c */
bool meshmod_ingress_watched(struct meshmod_offload *o,
			     const struct net_device *dev);
void meshmod_ingress_watch_port(const struct meshmod_way *way);
void meshmod_ingress_init(struct meshmod_offload *o);
void meshmod_ingress_start(struct meshmod_offload *o);
void meshmod_ingress_stop(struct meshmod_offload *o);
void meshmod_ingress_exit(struct meshmod_offload *o);
int meshmod_ingress_register(void);
void meshmod_ingress_unregister(void);

/* The other end of a veth, or NULL.  Context: RCU. */
static inline struct net_device *meshmod_veth_peer(struct net_device *dev)
{
	if (!dev->rtnl_link_ops || strcmp(dev->rtnl_link_ops->kind, "veth"))
		return NULL;
	return dev->netdev_ops->ndo_get_peer_dev(dev);
}

/* Does @queue keep packets, or have them handed on at once?  Context: RCU. */
static inline bool meshmod_queues(const struct netdev_queue *queue)
{
	return READ_ONCE(rcu_dereference_bh(queue->qdisc)->enqueue);
}

/* forward.c */
unsigned int meshmod_forward(void *priv, struct sk_buff *skb,
			     const struct nf_hook_state *state);

#endif /* _MESHMOD_OFFLOAD_H */
