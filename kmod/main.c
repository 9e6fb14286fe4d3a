// SPDX-License-Identifier: GPL-2.0
/*
 * meshmod: the module's life, and its state in each network namespace.
 */
#include <linux/module.h>
#include <net/genetlink.h>
#include <net/netfilter/nf_nat_masquerade.h>
#include <net/netns/generic.h>

#include "core.h"

static unsigned int meshmod_net_id __read_mostly;

/* Return: the module's state in @net, which lives as long as @net does. */
struct meshmod_net *meshmod_net(const struct net *net)
{
	return net_generic(net, meshmod_net_id);
}

static int __net_init net_init(struct net *net)
{
	struct meshmod_net *mn = meshmod_net(net);

	mn->net = net;
	mutex_init(&mn->lock);
	meshmod_offload_init(mn);
	return 0;
}

/* Packets may still arrive: take the hooks away; RCU passes before .exit. */
static void __net_exit net_pre_exit(struct net *net)
{
	meshmod_config_drop(meshmod_net(net));
}

static void __net_exit net_exit(struct net *net)
{
	struct meshmod_net *mn = meshmod_net(net);

	meshmod_offload_exit(mn);
	meshmod_stats_exit(mn);
	mutex_destroy(&mn->lock);
}

static struct pernet_operations meshmod_net_ops = {
	.init		= net_init,
	.pre_exit	= net_pre_exit,
	.exit		= net_exit,
	.id		= &meshmod_net_id,
	.size		= sizeof(struct meshmod_net),
};

/* Nobody can reach the module before the last step has worked. */
static int __init meshmod_init(void)
{
	int err;

	err = register_pernet_subsys(&meshmod_net_ops);
	if (err)
		return err;
	err = meshmod_offload_register();
	if (err)
		goto err_pernet;
	err = meshmod_origin_register();
	if (err)
		goto err_offload;
	err = nf_nat_masquerade_inet_register_notifiers();
	if (err)
		goto err_origin;
	err = meshmod_netlink_register();
	if (err)
		goto err_masquerade;
	return 0;

err_masquerade:
	nf_nat_masquerade_inet_unregister_notifiers();
err_origin:
	meshmod_origin_unregister();
err_offload:
	meshmod_offload_unregister();
err_pernet:
	unregister_pernet_subsys(&meshmod_net_ops);
	return err;
}

static void __exit meshmod_exit(void)
{
	meshmod_netlink_unregister();
	nf_nat_masquerade_inet_unregister_notifiers();
	/* It looks at namespaces once more, so these have to be there. */
	meshmod_origin_unregister();
	unregister_pernet_subsys(&meshmod_net_ops);
	meshmod_offload_unregister();
}

module_init(meshmod_init);
module_exit(meshmod_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Routing mesh: published ports to containers on any node");
MODULE_ALIAS_GENL_FAMILY(MESHMOD_GENL_NAME);
