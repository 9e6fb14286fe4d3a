// SPDX-License-Identifier: GPL-2.0
/*
 * Netlink: the commands.  Each change is the same four steps: copy the table,
 * edit the copy, commit it, announce it.
 */
#include <linux/slab.h>
#include <net/sock.h>

#include "compat.h"
#include "attrs.h"

typedef int (*edit_fn)(struct meshmod_table *t, struct genl_info *info);

/*
 * Tell the sender what config.c refused.  A sentence with names in it ends with
 * this call of ours, so it is sent right now, and the caller's answer, which
 * could only point to it, is called off (-EINTR).
 */
static int say_refusal(struct sk_buff *skb, struct genl_info *info,
		       const struct meshmod_refusal *why, int err)
{
	meshmod_refusal_say(why, info->attrs, info->extack);
	if (why->msg != why->text)
		return err;
	netlink_ack(skb, (struct nlmsghdr *)info->nlhdr, err, info->extack);
	return -EINTR;
}

/*
 * Run one change under the namespace's lock.  @fresh: start from nothing
 * instead of from what is there.  @room: for how much more; NULL: for none.
 */
static int change(struct sk_buff *skb, struct genl_info *info, edit_fn edit,
		  bool fresh, const struct meshmod_room *room)
{
	struct meshmod_net *mn = meshmod_net(genl_info_net(info));
	struct meshmod_refusal why = {};
	struct meshmod_table *t, *old;
	int err;

	mutex_lock(&mn->lock);
	t = meshmod_table_copy(fresh ? NULL : meshmod_table_locked(mn), room);
	err = t ? edit(t, info) : -ENOMEM;
	err = err ?: meshmod_config_commit(mn, t, &old, &why);
	if (err) {
		err = say_refusal(skb, info, &why, err);
		meshmod_table_free(t);
	} else {
		meshmod_announce(mn->net, old, meshmod_table_locked(mn));
		if (fresh)
			meshmod_announce_done(mn->net,
					      MESHMOD_CMD_CONFIG_REPLACE);
		meshmod_table_free(old);
	}
	mutex_unlock(&mn->lock);
	return err;
}

/* The attribute that a command is about. */
static struct nlattr *subject(struct genl_info *info, int type)
{
	if (!info->attrs[type])
		NL_SET_ERR_MSG(info->extack,
			       "the message does not name the object that the command is about; add its attribute");
	return info->attrs[type];
}

static int no_service(struct genl_info *info)
{
	NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[MESHMOD_A_SERVICE],
			    "there is no service of this name in this namespace; list the services");
	return -ENOENT;
}

/* Where the service that the message names stands in @t. */
static int find_slot(struct meshmod_table *t, struct genl_info *info,
		     struct meshmod_service ***slot)
{
	char name[MESHMOD_NAME_MAX + 1];
	u32 i;
	int err;

	err = meshmod_parse_service_name(info->attrs[MESHMOD_A_SERVICE], name,
					 info->extack);
	if (err)
		return err;
	for (i = 0; i < t->nservices; i++)
		if (!strcmp(t->services[i]->name, name)) {
			*slot = &t->services[i];
			return 0;
		}
	return no_service(info);
}

static void replace(struct meshmod_service **slot, struct meshmod_service *s)
{
	meshmod_service_put(*slot);
	*slot = s;
}

static int edit_node(struct meshmod_table *t, struct genl_info *info)
{
	return meshmod_parse_node(info->attrs[MESHMOD_A_NODE], t, info->extack);
}

static int cmd_node_set(struct sk_buff *skb, struct genl_info *info)
{
	if (!subject(info, MESHMOD_A_NODE))
		return -EINVAL;
	return change(skb, info, edit_node, false, NULL);
}

static int add_service(struct meshmod_table *t, const struct nlattr *attr,
		       struct genl_info *info)
{
	struct meshmod_service *s;

	s = meshmod_parse_service(attr, NULL, info->extack);
	if (IS_ERR(s))
		return PTR_ERR(s);
	t->services[t->nservices++] = s;
	return 0;
}

static int edit_service_new(struct meshmod_table *t, struct genl_info *info)
{
	return add_service(t, info->attrs[MESHMOD_A_SERVICE], info);
}

static int cmd_service_new(struct sk_buff *skb, struct genl_info *info)
{
	const struct meshmod_room room = { .services = 1 };

	if (!subject(info, MESHMOD_A_SERVICE))
		return -EINVAL;
	return change(skb, info, edit_service_new, false, &room);
}

static int edit_service_set(struct meshmod_table *t, struct genl_info *info)
{
	struct meshmod_service **slot, *s;
	int err;

	err = find_slot(t, info, &slot);
	if (err)
		return err;
	s = meshmod_parse_service(info->attrs[MESHMOD_A_SERVICE], *slot,
				  info->extack);
	if (IS_ERR(s))
		return PTR_ERR(s);
	replace(slot, s);
	return 0;
}

static int cmd_service_set(struct sk_buff *skb, struct genl_info *info)
{
	if (!subject(info, MESHMOD_A_SERVICE))
		return -EINVAL;
	return change(skb, info, edit_service_set, false, NULL);
}

static int edit_service_del(struct meshmod_table *t, struct genl_info *info)
{
	struct meshmod_service **slot;
	int err;

	err = find_slot(t, info, &slot);
	if (err)
		return err;
	replace(slot, t->services[--t->nservices]);
	return 0;
}

static int cmd_service_del(struct sk_buff *skb, struct genl_info *info)
{
	if (!subject(info, MESHMOD_A_SERVICE))
		return -EINVAL;
	return change(skb, info, edit_service_del, false, NULL);
}

/* Put a private copy of the named service, with room to spare, into @t. */
static struct meshmod_service *own_service(struct meshmod_table *t,
					   struct genl_info *info,
					   u32 nbackends)
{
	const struct meshmod_size more = { .backends = nbackends };
	struct meshmod_service **slot, *s;
	int err;

	err = find_slot(t, info, &slot);
	if (err)
		return ERR_PTR(err);
	s = meshmod_service_copy(*slot, &more);
	if (!s)
		return ERR_PTR(-ENOMEM);
	replace(slot, s);
	return s;
}

static int edit_backend_new(struct meshmod_table *t, struct genl_info *info)
{
	struct meshmod_service *s = own_service(t, info, 1);

	if (IS_ERR(s))
		return PTR_ERR(s);
	return meshmod_parse_backend(info->attrs[MESHMOD_A_SERVICE], s, true,
				     info->extack);
}

static int cmd_backend_new(struct sk_buff *skb, struct genl_info *info)
{
	if (!subject(info, MESHMOD_A_SERVICE))
		return -EINVAL;
	return change(skb, info, edit_backend_new, false, NULL);
}

static int edit_backend_set(struct meshmod_table *t, struct genl_info *info)
{
	struct meshmod_service *s = own_service(t, info, 0);

	if (IS_ERR(s))
		return PTR_ERR(s);
	return meshmod_parse_backend(info->attrs[MESHMOD_A_SERVICE], s, false,
				     info->extack);
}

static int cmd_backend_set(struct sk_buff *skb, struct genl_info *info)
{
	if (!subject(info, MESHMOD_A_SERVICE))
		return -EINVAL;
	return change(skb, info, edit_backend_set, false, NULL);
}

static int find_backend(const struct meshmod_service *s,
			struct genl_info *info, struct meshmod_backend **b)
{
	const struct nlattr *attr = info->attrs[MESHMOD_A_SERVICE];
	char name[MESHMOD_NAME_MAX + 1];
	int err;

	err = meshmod_parse_backend_name(attr, name, info->extack);
	if (err)
		return err;
	*b = meshmod_service_backend(s, name);
	if (*b)
		return 0;
	NL_SET_ERR_MSG_ATTR(info->extack, attr,
			    "the service has no backend of this name; list its backends");
	return -ENOENT;
}

static int edit_backend_del(struct meshmod_table *t, struct genl_info *info)
{
	struct meshmod_service *s = own_service(t, info, 0);
	struct meshmod_backend *b;
	int err;

	if (IS_ERR(s))
		return PTR_ERR(s);
	err = find_backend(s, info, &b);
	if (err)
		return err;
	meshmod_backend_run_put(b->run);
	s->nbackends--;
	memmove(b, b + 1,
		(&s->backends[s->nbackends] - b) * sizeof(*b));
	return 0;
}

static int cmd_backend_del(struct sk_buff *skb, struct genl_info *info)
{
	if (!subject(info, MESHMOD_A_SERVICE))
		return -EINVAL;
	return change(skb, info, edit_backend_del, false, NULL);
}

static int add_redirect(struct meshmod_table *t, const struct nlattr *attr,
			struct genl_info *info)
{
	return meshmod_parse_redirect(attr, true,
				      &t->redirects[t->nredirects++],
				      info->extack);
}

static int edit_redirect_new(struct meshmod_table *t, struct genl_info *info)
{
	return add_redirect(t, info->attrs[MESHMOD_A_REDIRECT], info);
}

static int cmd_redirect_new(struct sk_buff *skb, struct genl_info *info)
{
	const struct meshmod_room room = { .redirects = 1 };

	if (!subject(info, MESHMOD_A_REDIRECT))
		return -EINVAL;
	return change(skb, info, edit_redirect_new, false, &room);
}

/* Where the redirect that the message names stands in @t. */
static int find_redirect(const struct meshmod_table *t, bool need_to,
			 struct genl_info *info, struct meshmod_redirect *key,
			 u32 *pos)
{
	const struct nlattr *attr = info->attrs[MESHMOD_A_REDIRECT];
	u32 i;
	int err;

	err = meshmod_parse_redirect(attr, need_to, key, info->extack);
	if (err)
		return err;
	for (i = 0; i < t->nredirects; i++)
		if (!meshmod_redirect_order(&t->redirects[i], key)) {
			*pos = i;
			return 0;
		}
	NL_SET_ERR_MSG_ATTR(info->extack, attr,
			    "this port of this address is not redirected; list the redirects");
	return -ENOENT;
}

static int edit_redirect_set(struct meshmod_table *t, struct genl_info *info)
{
	struct meshmod_redirect r;
	u32 pos;
	int err;

	err = find_redirect(t, true, info, &r, &pos);
	if (err)
		return err;
	t->redirects[pos] = r;
	return 0;
}

static int cmd_redirect_set(struct sk_buff *skb, struct genl_info *info)
{
	if (!subject(info, MESHMOD_A_REDIRECT))
		return -EINVAL;
	return change(skb, info, edit_redirect_set, false, NULL);
}

static int edit_redirect_del(struct meshmod_table *t, struct genl_info *info)
{
	struct meshmod_redirect r;
	u32 pos;
	int err;

	err = find_redirect(t, false, info, &r, &pos);
	if (err)
		return err;
	t->redirects[pos] = t->redirects[--t->nredirects];
	return 0;
}

static int cmd_redirect_del(struct sk_buff *skb, struct genl_info *info)
{
	if (!subject(info, MESHMOD_A_REDIRECT))
		return -EINVAL;
	return change(skb, info, edit_redirect_del, false, NULL);
}

static int add_binding(struct meshmod_table *t, const struct nlattr *attr,
		       struct genl_info *info)
{
	return meshmod_parse_binding(attr, true, &t->bindings[t->nbindings++],
				     info->extack);
}

static int edit_binding_new(struct meshmod_table *t, struct genl_info *info)
{
	return add_binding(t, info->attrs[MESHMOD_A_BINDING], info);
}

static int cmd_binding_new(struct sk_buff *skb, struct genl_info *info)
{
	const struct meshmod_room room = { .bindings = 1 };

	if (!subject(info, MESHMOD_A_BINDING))
		return -EINVAL;
	return change(skb, info, edit_binding_new, false, &room);
}

/* Where the binding that the message names stands in @t; @b is the message's. */
static int find_binding(const struct meshmod_table *t, bool whole,
			struct genl_info *info, struct meshmod_binding *b,
			u32 *pos)
{
	const struct nlattr *attr = info->attrs[MESHMOD_A_BINDING];
	int err;

	err = meshmod_parse_binding(attr, whole, b, info->extack);
	if (err)
		return err;
	for (*pos = 0; *pos < t->nbindings; ++*pos)
		if (!strcmp(t->bindings[*pos].dev, b->dev))
			return 0;
	NL_SET_ERR_MSG_ATTR(info->extack, attr,
			    "this device is not bound; list the bindings");
	return -ENOENT;
}

static int edit_binding_set(struct meshmod_table *t, struct genl_info *info)
{
	struct meshmod_binding b;
	u32 pos;
	int err;

	err = find_binding(t, true, info, &b, &pos);
	if (err)
		return err;
	t->bindings[pos] = b;
	return 0;
}

static int cmd_binding_set(struct sk_buff *skb, struct genl_info *info)
{
	if (!subject(info, MESHMOD_A_BINDING))
		return -EINVAL;
	return change(skb, info, edit_binding_set, false, NULL);
}

static int edit_binding_del(struct meshmod_table *t, struct genl_info *info)
{
	struct meshmod_binding b;
	u32 pos;
	int err;

	err = find_binding(t, false, info, &b, &pos);
	if (err)
		return err;
	t->bindings[pos] = t->bindings[--t->nbindings];
	return 0;
}

static int cmd_binding_del(struct sk_buff *skb, struct genl_info *info)
{
	if (!subject(info, MESHMOD_A_BINDING))
		return -EINVAL;
	return change(skb, info, edit_binding_del, false, NULL);
}

static int edit_replace(struct meshmod_table *t, struct genl_info *info)
{
	const struct nlattr *a;
	int err = 0, rem;

	nlmsg_for_each_attr(a, info->nlhdr, GENL_HDRLEN, rem) {
		switch (nla_type(a)) {
		case MESHMOD_A_NODE:
			t->node = meshmod_table_nothing.node;
			t->npeers = 0;
			meshmod_origins_clear(t);
			err = meshmod_parse_node(a, t, info->extack);
			break;
		case MESHMOD_A_SERVICE:
			err = add_service(t, a, info);
			break;
		case MESHMOD_A_REDIRECT:
			err = add_redirect(t, a, info);
			break;
		case MESHMOD_A_BINDING:
			err = add_binding(t, a, info);
			break;
		}
		if (err)
			return err;
	}
	return 0;
}

static int cmd_config_replace(struct sk_buff *skb, struct genl_info *info)
{
	struct meshmod_room room = {};
	const struct nlattr *a;
	int rem;

	nlmsg_for_each_attr(a, info->nlhdr, GENL_HDRLEN, rem) {
		room.services += nla_type(a) == MESHMOD_A_SERVICE;
		room.redirects += nla_type(a) == MESHMOD_A_REDIRECT;
		room.bindings += nla_type(a) == MESHMOD_A_BINDING;
	}
	info->attrs[MESHMOD_A_REDIRECT] = NULL;	/* none of many is to blame */
	info->attrs[MESHMOD_A_BINDING] = NULL;
	return change(skb, info, edit_replace, true, &room);
}

/* Answer with one object, filled by @fill under the lock. */
static int answer(struct genl_info *info,
		  int (*fill)(struct sk_buff *msg, struct genl_info *info,
			      struct meshmod_net *mn))
{
	struct meshmod_net *mn = meshmod_net(genl_info_net(info));
	struct sk_buff *msg;
	void *hdr;
	int err;

	mutex_lock(&mn->lock);
	msg = genlmsg_new(max_t(size_t, MESHMOD_FILL_SIZE,
				meshmod_fill_node_size(meshmod_table_locked(mn))),
			  GFP_KERNEL);
	hdr = msg ? genlmsg_put_reply(msg, info, &meshmod_family, 0,
				      info->genlhdr->cmd) : NULL;
	err = hdr ? fill(msg, info, mn) : -ENOMEM;
	mutex_unlock(&mn->lock);
	if (err) {
		nlmsg_free(msg);
		return err;
	}
	genlmsg_end(msg, hdr);
	return genlmsg_reply(msg, info);
}

static int answer_node(struct sk_buff *msg, struct genl_info *info,
		       struct meshmod_net *mn)
{
	return meshmod_fill_node(msg, meshmod_table_locked(mn));
}

static int cmd_node_get(struct sk_buff *skb, struct genl_info *info)
{
	return answer(info, answer_node);
}

static int find_service(struct genl_info *info, const struct meshmod_net *mn,
			struct meshmod_service **s)
{
	const struct meshmod_table *t = meshmod_table_locked(mn);
	char name[MESHMOD_NAME_MAX + 1];
	int err;

	err = meshmod_parse_service_name(info->attrs[MESHMOD_A_SERVICE], name,
					 info->extack);
	if (err)
		return err;
	*s = t ? meshmod_table_by_name(t, name) : NULL;
	return *s ? 0 : no_service(info);
}

static int answer_service(struct sk_buff *msg, struct genl_info *info,
			  struct meshmod_net *mn)
{
	struct meshmod_service *s;

	return find_service(info, mn, &s) ?: meshmod_fill_service(msg, s);
}

static int cmd_service_get(struct sk_buff *skb, struct genl_info *info)
{
	if (!subject(info, MESHMOD_A_SERVICE))
		return -EINVAL;
	return answer(info, answer_service);
}

static int answer_backend(struct sk_buff *msg, struct genl_info *info,
			  struct meshmod_net *mn)
{
	struct meshmod_service *s;
	struct meshmod_backend *b;

	return find_service(info, mn, &s) ?: find_backend(s, info, &b) ?:
	       meshmod_fill_backend(msg, s, b);
}

static int cmd_backend_get(struct sk_buff *skb, struct genl_info *info)
{
	if (!subject(info, MESHMOD_A_SERVICE))
		return -EINVAL;
	return answer(info, answer_backend);
}

static int answer_redirect(struct sk_buff *msg, struct genl_info *info,
			   struct meshmod_net *mn)
{
	const struct meshmod_table *t = meshmod_table_locked(mn);
	struct meshmod_redirect key;
	u32 pos;

	t = t ?: &meshmod_table_nothing;
	return find_redirect(t, false, info, &key, &pos) ?:
	       meshmod_fill_redirect(msg, &t->redirects[pos]);
}

static int cmd_redirect_get(struct sk_buff *skb, struct genl_info *info)
{
	if (!subject(info, MESHMOD_A_REDIRECT))
		return -EINVAL;
	return answer(info, answer_redirect);
}

static int answer_binding(struct sk_buff *msg, struct genl_info *info,
			  struct meshmod_net *mn)
{
	const struct meshmod_table *t = meshmod_table_locked(mn);
	struct meshmod_binding key;
	u32 pos;

	t = t ?: &meshmod_table_nothing;
	return find_binding(t, false, info, &key, &pos) ?:
	       meshmod_fill_binding(msg, &t->bindings[pos]);
}

static int cmd_binding_get(struct sk_buff *skb, struct genl_info *info)
{
	if (!subject(info, MESHMOD_A_BINDING))
		return -EINVAL;
	return answer(info, answer_binding);
}

static int answer_stats(struct sk_buff *msg, struct genl_info *info,
			struct meshmod_net *mn)
{
	u32 flows[MESHMOD_A_FLOWS_MAX + 1] = {};

	meshmod_offload_count(mn, flows);
	return meshmod_fill_stats(msg, mn) ?: meshmod_fill_flows(msg, flows);
}

static int cmd_stats_get(struct sk_buff *skb, struct genl_info *info)
{
	return answer(info, answer_stats);
}

static int cmd_stats_zero(struct sk_buff *skb, struct genl_info *info)
{
	struct meshmod_net *mn = meshmod_net(genl_info_net(info));

	mutex_lock(&mn->lock);
	meshmod_stats_zero(mn);
	meshmod_announce_done(mn->net, MESHMOD_CMD_STATS_ZERO);
	mutex_unlock(&mn->lock);
	return 0;
}

/* Commands that take no attribute have no policy: any attribute is refused. */
#define OP(name, handler, attributes)			\
	.cmd	= MESHMOD_CMD_##name,			\
	.doit	= handler,				\
	.policy	= attributes,				\
	.maxattr = MESHMOD_A_MAX,			\
	.flags	= GENL_UNS_ADMIN_PERM

#define DUMP(handler, begin)				\
	.start	= begin,				\
	.dumpit	= handler,				\
	.done	= meshmod_dump_done

static const struct genl_ops meshmod_ops[] = {
	{ .cmd = MESHMOD_CMD_NODE_GET, .doit = cmd_node_get,
	  .flags = GENL_UNS_ADMIN_PERM },
	{ OP(NODE_SET, cmd_node_set, meshmod_policy_node) },
	{ OP(SERVICE_GET, cmd_service_get, meshmod_policy_service),
	  DUMP(meshmod_dump_services, meshmod_dump_start) },
	{ OP(SERVICE_NEW, cmd_service_new, meshmod_policy_service) },
	{ OP(SERVICE_SET, cmd_service_set, meshmod_policy_service) },
	{ OP(SERVICE_DEL, cmd_service_del, meshmod_policy_service) },
	{ OP(BACKEND_GET, cmd_backend_get, meshmod_policy_service),
	  DUMP(meshmod_dump_backends, meshmod_dump_start_backends) },
	{ OP(BACKEND_NEW, cmd_backend_new, meshmod_policy_service) },
	{ OP(BACKEND_SET, cmd_backend_set, meshmod_policy_service) },
	{ OP(BACKEND_DEL, cmd_backend_del, meshmod_policy_service) },
	{ OP(REDIRECT_GET, cmd_redirect_get, meshmod_policy_redirect),
	  DUMP(meshmod_dump_redirects, meshmod_dump_start) },
	{ OP(REDIRECT_NEW, cmd_redirect_new, meshmod_policy_redirect) },
	{ OP(REDIRECT_SET, cmd_redirect_set, meshmod_policy_redirect) },
	{ OP(REDIRECT_DEL, cmd_redirect_del, meshmod_policy_redirect) },
	{ OP(BINDING_GET, cmd_binding_get, meshmod_policy_binding),
	  DUMP(meshmod_dump_bindings, meshmod_dump_start) },
	{ OP(BINDING_NEW, cmd_binding_new, meshmod_policy_binding) },
	{ OP(BINDING_SET, cmd_binding_set, meshmod_policy_binding) },
	{ OP(BINDING_DEL, cmd_binding_del, meshmod_policy_binding) },
	{ OP(CONFIG_REPLACE, cmd_config_replace, meshmod_policy_all) },
	{ .cmd = MESHMOD_CMD_STATS_GET, .doit = cmd_stats_get,
	  .flags = GENL_UNS_ADMIN_PERM },
	{ .cmd = MESHMOD_CMD_STATS_ZERO, .doit = cmd_stats_zero,
	  .flags = GENL_UNS_ADMIN_PERM },
	{ OP(FLOW_GET, NULL, meshmod_policy_flow),
	  .start = meshmod_dump_start_flows, .dumpit = meshmod_dump_flows,
	  .done = meshmod_dump_done_flows },
};

static const struct genl_multicast_group meshmod_groups[] = {
	{ .name = MESHMOD_MCGRP_CHANGES, .flags = GENL_MCAST_CAP_NET_ADMIN },
};

struct genl_family meshmod_family __ro_after_init = {
	.name		= MESHMOD_GENL_NAME,
	.version	= MESHMOD_GENL_VERSION,
	.maxattr	= MESHMOD_A_MAX,
	.netnsok	= true,
	.parallel_ops	= true,			/* mn->lock serialises */
	.module		= THIS_MODULE,
	.ops		= meshmod_ops,
	.n_ops		= ARRAY_SIZE(meshmod_ops),
	.resv_start_op	= MESHMOD_CMD_NODE_GET,
	.mcgrps		= meshmod_groups,
	.n_mcgrps	= ARRAY_SIZE(meshmod_groups),
};

/* Open for business: the last step of loading the module. */
int meshmod_netlink_register(void)
{
	return genl_register_family(&meshmod_family);
}

/* Waits for commands that are running; none can start afterwards. */
void meshmod_netlink_unregister(void)
{
	genl_unregister_family(&meshmod_family);
}
