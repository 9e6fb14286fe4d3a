// SPDX-License-Identifier: GPL-2.0
/*
 * Announcements: tell the group "changes" what differs between the table
 * before and the table after.  One walk serves every command.
 *
 * Context, for all: mn->lock held, may sleep.
 */
#include <linux/etherdevice.h>

#include "attrs.h"

#define GROUP_CHANGES	0		/* meshmod_family.mcgrps */

static struct sk_buff *start(u8 cmd, size_t size, void **hdr)
{
	struct sk_buff *skb = genlmsg_new(size, GFP_KERNEL);

	if (!skb)
		return NULL;
	*hdr = genlmsg_put(skb, 0, 0, &meshmod_family, 0, cmd);
	return skb;
}

/* Send what was filled; a listener that misses one is told so. */
static void finish(struct net *net, struct sk_buff *skb, void *hdr, int err)
{
	if (!skb || err) {
		nlmsg_free(skb);
		genl_set_err(&meshmod_family, net, 0, GROUP_CHANGES, -ENOBUFS);
		return;
	}
	genlmsg_end(skb, hdr);
	genlmsg_multicast_netns(&meshmod_family, net, skb, 0, GROUP_CHANGES,
				GFP_KERNEL);
}

static void say_service(struct net *net, u8 cmd,
			const struct meshmod_service *s)
{
	void *hdr;
	struct sk_buff *skb = start(cmd, MESHMOD_FILL_SIZE, &hdr);

	finish(net, skb, hdr, skb ? meshmod_fill_service(skb, s) : 0);
}

static void say_backend(struct net *net, u8 cmd,
			const struct meshmod_service *s,
			const struct meshmod_backend *b)
{
	void *hdr;
	struct sk_buff *skb = start(cmd, MESHMOD_FILL_SIZE, &hdr);

	finish(net, skb, hdr, skb ? meshmod_fill_backend(skb, s, b) : 0);
}

static void say_redirect(struct net *net, u8 cmd,
			 const struct meshmod_redirect *r)
{
	void *hdr;
	struct sk_buff *skb = start(cmd, MESHMOD_FILL_SIZE, &hdr);

	finish(net, skb, hdr, skb ? meshmod_fill_redirect(skb, r) : 0);
}

static void say_binding(struct net *net, u8 cmd,
			const struct meshmod_binding *b)
{
	void *hdr;
	struct sk_buff *skb = start(cmd, MESHMOD_FILL_SIZE, &hdr);

	finish(net, skb, hdr, skb ? meshmod_fill_binding(skb, b) : 0);
}

static void say_node(struct net *net, const struct meshmod_table *t)
{
	void *hdr;
	struct sk_buff *skb = start(MESHMOD_CMD_NODE_SET,
				    meshmod_fill_node_size(t), &hdr);

	finish(net, skb, hdr, skb ? meshmod_fill_node(skb, t) : 0);
}

/* @was and @is are one service before and after; either may be NULL. */
static void compare_backends(struct net *net, const struct meshmod_service *was,
			     const struct meshmod_service *is)
{
	const struct meshmod_backend *b, *o;
	u16 i;

	for (i = 0; was && i < was->nbackends; i++) {
		b = &was->backends[i];
		if (!is || !meshmod_service_backend_near(is, i, b->name))
			say_backend(net, MESHMOD_CMD_BACKEND_DEL, was, b);
	}
	for (i = 0; is && i < is->nbackends; i++) {
		b = &is->backends[i];
		o = was ? meshmod_service_backend_near(was, i, b->name) : NULL;
		if (!o)
			say_backend(net, MESHMOD_CMD_BACKEND_NEW, is, b);
		else if (!meshmod_backend_equal(o, b))
			say_backend(net, MESHMOD_CMD_BACKEND_SET, is, b);
	}
}

static void compare_services(struct net *net,
			     const struct meshmod_service *was,
			     const struct meshmod_service *is)
{
	if (was == is)
		return;
	if (!was)
		say_service(net, MESHMOD_CMD_SERVICE_NEW, is);
	else if (is && !meshmod_service_equal(was, is))
		say_service(net, MESHMOD_CMD_SERVICE_SET, is);
	compare_backends(net, was, is);
	if (!is)
		say_service(net, MESHMOD_CMD_SERVICE_DEL, was);
}

/* Both tables are sorted: walk them side by side. */
static void walk_services(struct net *net, const struct meshmod_table *old,
			  const struct meshmod_table *new)
{
	u32 i = 0, j = 0, ni = old ? old->nservices : 0;
	u32 nj = new ? new->nservices : 0;

	while (i < ni || j < nj) {
		int d = i == ni ? 1 : j == nj ? -1 :
			strcmp(old->services[i]->name, new->services[j]->name);

		compare_services(net, d <= 0 ? old->services[i] : NULL,
				 d >= 0 ? new->services[j] : NULL);
		cond_resched();
		i += d <= 0;
		j += d >= 0;
	}
}

/* Of two with the same key */
static bool same_redirect(const struct meshmod_redirect *a,
			  const struct meshmod_redirect *b)
{
	return a->from_last == b->from_last && a->to == b->to &&
	       a->to_last == b->to_last;
}

static void walk_redirects(struct net *net, const struct meshmod_table *old,
			   const struct meshmod_table *new)
{
	u32 i = 0, j = 0, ni = old ? old->nredirects : 0;
	u32 nj = new ? new->nredirects : 0;

	while (i < ni || j < nj) {
		int d = i == ni ? 1 : j == nj ? -1 :
			meshmod_redirect_order(&old->redirects[i],
					       &new->redirects[j]);

		if (d < 0)
			say_redirect(net, MESHMOD_CMD_REDIRECT_DEL,
				     &old->redirects[i]);
		else if (d > 0)
			say_redirect(net, MESHMOD_CMD_REDIRECT_NEW,
				     &new->redirects[j]);
		else if (!same_redirect(&old->redirects[i], &new->redirects[j]))
			say_redirect(net, MESHMOD_CMD_REDIRECT_SET,
				     &new->redirects[j]);
		i += d <= 0;
		j += d >= 0;
	}
}

static bool same_binding(const struct meshmod_binding *a,
			 const struct meshmod_binding *b)
{
	return ether_addr_equal_unaligned(a->mac, b->mac) &&
	       a->naddrs == b->naddrs &&
	       meshmod_addrs_equal(a->addrs, b->addrs, a->naddrs);
}

static void walk_bindings(struct net *net, const struct meshmod_table *old,
			  const struct meshmod_table *new)
{
	u32 i = 0, j = 0, ni = old ? old->nbindings : 0;
	u32 nj = new ? new->nbindings : 0;

	while (i < ni || j < nj) {
		int d = i == ni ? 1 : j == nj ? -1 :
			strcmp(old->bindings[i].dev, new->bindings[j].dev);

		if (d < 0)
			say_binding(net, MESHMOD_CMD_BINDING_DEL,
				    &old->bindings[i]);
		else if (d > 0)
			say_binding(net, MESHMOD_CMD_BINDING_NEW,
				    &new->bindings[j]);
		else if (!same_binding(&old->bindings[i], &new->bindings[j]))
			say_binding(net, MESHMOD_CMD_BINDING_SET,
				    &new->bindings[j]);
		i += d <= 0;
		j += d >= 0;
	}
}

static bool same_ingress(const struct meshmod_ingress *a,
			 const struct meshmod_ingress *b)
{
	return a->n == b->n && meshmod_addrs_equal(a->addrs, b->addrs, a->n);
}

static bool same_guards(const struct meshmod_node *a,
			const struct meshmod_node *b)
{
	u16 i;

	if (a->nguards != b->nguards)
		return false;
	for (i = 0; i < a->nguards; i++)
		if (!meshmod_addrs_equal(&a->guards[i].addr, &b->guards[i].addr, 1) ||
		    strcmp(a->guards[i].dev, b->guards[i].dev))
			return false;
	return true;
}

static bool same_node(const struct meshmod_table *old,
		      const struct meshmod_table *new)
{
	const struct meshmod_node *a = &old->node, *b = &new->node;

	return a->mask == b->mask && a->tunnel_port == b->tunnel_port &&
	       a->vni == b->vni && a->offload == b->offload &&
	       a->nmasquerade == b->nmasquerade &&
	       old->npeers == new->npeers &&
	       meshmod_origins_equal(old, new) &&
	       same_ingress(&a->ingress[0], &b->ingress[0]) &&
	       same_ingress(&a->ingress[1], &b->ingress[1]) &&
	       meshmod_addrs_equal(a->masquerade, b->masquerade, a->nmasquerade) &&
	       same_guards(a, b) &&
	       meshmod_addrs_equal(old->peers, new->peers, old->npeers);
}

/**
 * meshmod_announce - tell listeners what a change changed
 * @net: the namespace
 * @old: the table before, or NULL
 * @new: the table after, or NULL
 */
void meshmod_announce(struct net *net, const struct meshmod_table *old,
		      const struct meshmod_table *new)
{
	const struct meshmod_table *was = old ?: &meshmod_table_nothing;
	const struct meshmod_table *is = new ?: &meshmod_table_nothing;

	if (!genl_has_listeners(&meshmod_family, net, GROUP_CHANGES))
		return;
	if (!same_node(was, is))
		say_node(net, is);
	walk_services(net, old, new);
	walk_redirects(net, old, new);
	walk_bindings(net, old, new);
}

/* Tell listeners that a command without an object of its own is complete. */
void meshmod_announce_done(struct net *net, u8 cmd)
{
	void *hdr;
	struct sk_buff *skb;

	if (!genl_has_listeners(&meshmod_family, net, GROUP_CHANGES))
		return;
	skb = start(cmd, MESHMOD_FILL_SIZE, &hdr);
	finish(net, skb, hdr, 0);
}
