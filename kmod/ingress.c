// SPDX-License-Identifier: GPL-2.0
/*
 * Ingress: the devices where forward.c looks at what comes in, each from the
 * first connection on that comes in by it, and what becomes of ways when a
 * device changes or goes.
 *
 * RTNL protects the list of devices, which packets read under RCU, and the list
 * of namespaces.
 */
#include <linux/netfilter_netdev.h>
#include <net/rtnetlink.h>

#include "offload.h"

static LIST_HEAD(namespaces);		/* RTNL; struct meshmod_offload.nets */

static struct meshmod_watched *find_watched(struct meshmod_offload *o,
					    const struct net_device *dev)
{
	struct meshmod_watched *w;

	list_for_each_entry_rcu(w, &o->devices, list, lockdep_rtnl_is_held())
		if (w->dev == dev)
			return w;
	return NULL;
}

/*
 * One at a time: whatever else comes meanwhile asks again with its next packet.
 * A grace period after .ready has gone, nobody asks any more.  Context: RCU.
 */
static void want(struct meshmod_offload *o, int dev, int leg_port)
{
	if (!READ_ONCE(o->ready) || cmpxchg(&o->wanted, 0, dev))
		return;
	o->wanted_for = leg_port;
	schedule_work(&o->watch);
}

/* Context: RCU.  Is forward.c there already?  If not, it will be. */
bool meshmod_ingress_watched(struct meshmod_offload *o,
			     const struct net_device *dev)
{
	const struct meshmod_watched *w = find_watched(o, dev);

	if (w)
		return w->works;
	want(o, dev->ifindex, 0);
	return false;
}

/*
 * What goes by @way past a bridge comes back by the port where it leaves.  A
 * bound port is left alone: what comes in there is to be held to its binding,
 * which hooks.c does.  Context: RCU.
 */
void meshmod_ingress_watch_port(const struct meshmod_way *way)
{
	struct meshmod_net *mn = meshmod_net(dev_net(way->port));
	const struct meshmod_table *t = meshmod_table_rcu(mn);
	const struct meshmod_watched *w;

	if (!t || meshmod_table_binding(t, way->port->name))
		return;
	w = find_watched(&mn->offload, way->port);
	if (!w || (w->works && READ_ONCE(w->leg) != way->out))
		want(&mn->offload, way->port->ifindex, way->peer->ifindex);
}

static struct meshmod_watched *add_watched(struct meshmod_offload *o,
					   struct net_device *dev)
{
	struct meshmod_watched *w = kzalloc(sizeof(*w), GFP_KERNEL_ACCOUNT);

	if (!w)
		return NULL;
	w->mn = o->mn;
	w->dev = dev;
	w->ops = (struct nf_hook_ops) {
		.hook		= meshmod_forward,
		.priv		= w,
		.dev		= dev,
		.pf		= NFPROTO_NETDEV,
		.hooknum	= NF_NETDEV_INGRESS,
		.priority	= INT_MAX,	/* after all who filter there */
	};
	w->works = !nf_register_net_hook(o->mn->net, &w->ops);
	list_add_tail_rcu(&w->list, &o->devices);
	return w;
}

static void remove_watched(struct meshmod_offload *o, struct meshmod_watched *w)
{
	ASSERT_RTNL();
	list_del_rcu(&w->list);
	if (w->works)
		nf_unregister_net_hook(o->mn->net, &w->ops);
	kfree_rcu(w, rcu);
}

/* Have what comes in by @w over its bridge looked at for whom it is for. */
static void set_leg(struct meshmod_watched *w, struct net_device *leg_port)
{
	struct net_device *leg = meshmod_veth_peer(leg_port);
	struct net_device *bridge = netdev_master_upper_dev_get(w->dev);

	if (!leg || !bridge || !netif_is_bridge_port(w->dev) ||
	    !netif_is_bridge_port(leg_port) ||
	    netdev_master_upper_dev_get(leg_port) != bridge ||
	    !(leg->flags & leg_port->flags & bridge->flags & w->dev->flags &
	      IFF_UP))
		return;
	w->leg_port = leg_port;
	w->bridge = bridge;
	WRITE_ONCE(w->leg, leg);
}

static void watch(struct work_struct *work)
{
	struct meshmod_offload *o = container_of(work, struct meshmod_offload,
						 watch);
	struct net_device *dev, *leg_port;
	struct meshmod_watched *w;

	rtnl_lock();
	dev = __dev_get_by_index(o->mn->net, READ_ONCE(o->wanted));
	if (dev && !list_empty(&o->nets)) {
		w = find_watched(o, dev) ?: add_watched(o, dev);
		leg_port = o->wanted_for ?
			   __dev_get_by_index(o->mn->net, o->wanted_for) : NULL;
		rcu_read_lock();		/* the veth's */
		if (w && leg_port)
			set_leg(w, leg_port);
		rcu_read_unlock();
	}
	WRITE_ONCE(o->wanted, 0);
	rtnl_unlock();
}

static bool leads_over(const struct meshmod_way *way, const void *dev)
{
	return way->in == dev || way->out == dev || way->peer == dev ||
	       way->bridge == dev || way->port == dev ||
	       way->route->dev == dev || way->neigh->dev == dev;
}

/* A device is not what it was, or goes: no way may lead over it. */
static void forget(struct meshmod_offload *o, struct net_device *dev,
		   bool gone)
{
	struct meshmod_watched *w;

	/* Who has seen it up has added the way by now. */
	spin_lock_bh(&o->lock);
	spin_unlock_bh(&o->lock);
	meshmod_way_remove_if(o, leads_over, dev);
	list_for_each_entry(w, &o->devices, list)
		if (w->dev == dev || w->leg == dev || w->leg_port == dev ||
		    w->bridge == dev)
			WRITE_ONCE(w->leg, NULL);
	w = gone ? find_watched(o, dev) : NULL;
	if (w)
		remove_watched(o, w);
}

static int device_event(struct notifier_block *nb, unsigned long event,
			void *ptr)
{
	struct net_device *dev = netdev_notifier_info_to_dev(ptr);
	struct meshmod_offload *o;

	switch (event) {
	case NETDEV_DOWN:
	case NETDEV_UNREGISTER:
	case NETDEV_CHANGEADDR:
	case NETDEV_CHANGEMTU:
	case NETDEV_CHANGEUPPER:
		list_for_each_entry(o, &namespaces, nets)
			forget(o, dev, event == NETDEV_UNREGISTER);
		break;
	}
	return NOTIFY_DONE;
}

static struct notifier_block device_notifier = {
	.notifier_call = device_event,
};

void meshmod_ingress_init(struct meshmod_offload *o)
{
	INIT_LIST_HEAD(&o->devices);
	INIT_LIST_HEAD(&o->nets);
	INIT_WORK(&o->watch, watch);
}

/* Context: may sleep, as for all that follow. */
void meshmod_ingress_start(struct meshmod_offload *o)
{
	rtnl_lock();
	list_add_tail(&o->nets, &namespaces);
	rtnl_unlock();
}

/* Packets may still be in forward.c on return. */
void meshmod_ingress_stop(struct meshmod_offload *o)
{
	struct meshmod_watched *w, *next;

	rtnl_lock();
	list_del_init(&o->nets);
	list_for_each_entry_safe(w, next, &o->devices, list)
		remove_watched(o, w);
	rtnl_unlock();
	cancel_work_sync(&o->watch);
	o->wanted = 0;
}

/* Context: may sleep; a grace period after the last stop. */
void meshmod_ingress_exit(struct meshmod_offload *o)
{
	cancel_work_sync(&o->watch);
}

int meshmod_ingress_register(void)
{
	return register_netdevice_notifier(&device_notifier);
}

void meshmod_ingress_unregister(void)
{
	unregister_netdevice_notifier(&device_notifier);
}
