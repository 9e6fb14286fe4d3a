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

/* One of them */
struct watched {
	struct list_head list;
	struct net_device *dev;
	struct nf_hook_ops ops;
	bool works;
	struct rcu_head rcu;
};

static LIST_HEAD(namespaces);		/* RTNL; struct meshmod_offload.nets */

static struct watched *find_watched(struct meshmod_offload *o,
				    const struct net_device *dev)
{
	struct watched *w;

	list_for_each_entry_rcu(w, &o->devices, list, lockdep_rtnl_is_held())
		if (w->dev == dev)
			return w;
	return NULL;
}

/* Context: RCU.  Is forward.c there already?  If not, it will be. */
bool meshmod_ingress_watched(struct meshmod_offload *o,
			     const struct net_device *dev)
{
	const struct watched *w = find_watched(o, dev);

	if (w)
		return w->works;
	if (!cmpxchg(&o->wanted, 0, dev->ifindex))
		schedule_work(&o->watch);
	return false;
}

static void add_watched(struct meshmod_offload *o, struct net_device *dev)
{
	struct watched *w = kzalloc(sizeof(*w), GFP_KERNEL_ACCOUNT);

	if (!w)
		return;
	w->dev = dev;
	w->ops = (struct nf_hook_ops) {
		.hook		= meshmod_forward,
		.priv		= o->mn,
		.dev		= dev,
		.pf		= NFPROTO_NETDEV,
		.hooknum	= NF_NETDEV_INGRESS,
		.priority	= INT_MAX,	/* after all who filter there */
	};
	w->works = !nf_register_net_hook(o->mn->net, &w->ops);
	list_add_tail_rcu(&w->list, &o->devices);
}

static void remove_watched(struct meshmod_offload *o, struct watched *w)
{
	ASSERT_RTNL();
	list_del_rcu(&w->list);
	if (w->works)
		nf_unregister_net_hook(o->mn->net, &w->ops);
	kfree_rcu(w, rcu);
}

static void watch(struct work_struct *work)
{
	struct meshmod_offload *o = container_of(work, struct meshmod_offload,
						 watch);
	struct net_device *dev;

	rtnl_lock();
	dev = __dev_get_by_index(o->mn->net, READ_ONCE(o->wanted));
	if (dev && !list_empty(&o->nets) && !find_watched(o, dev))
		add_watched(o, dev);
	WRITE_ONCE(o->wanted, 0);
	rtnl_unlock();
}

static bool leads_over(const struct meshmod_way *way, const void *dev)
{
	return way->in == dev || way->out == dev || way->peer == dev ||
	       way->route->dev == dev || way->neigh->dev == dev;
}

/* A device is not what it was, or goes: no way may lead over it. */
static void forget(struct meshmod_offload *o, struct net_device *dev,
		   bool gone)
{
	struct watched *w;

	/* Who has seen it up has added the way by now. */
	spin_lock_bh(&o->lock);
	spin_unlock_bh(&o->lock);
	meshmod_way_remove_if(o, leads_over, dev);
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
	struct watched *w, *next;

	rtnl_lock();
	list_del_init(&o->nets);
	list_for_each_entry_safe(w, next, &o->devices, list)
		remove_watched(o, w);
	rtnl_unlock();
	cancel_work_sync(&o->watch);
	o->wanted = 0;
}

int meshmod_ingress_register(void)
{
	return register_netdevice_notifier(&device_notifier);
}

void meshmod_ingress_unregister(void)
{
	unregister_netdevice_notifier(&device_notifier);
}
