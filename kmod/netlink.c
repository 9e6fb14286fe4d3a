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
 * Run one change under the namespace's lock.  @fresh: start from nothing
 * instead of from what is there.  @services, @redirects: room for that many
 * more.
 */
static int change(struct genl_info *info, edit_fn edit, bool fresh,
		  u32 services, u32 redirects)
{
	struct meshmod_net *mn = meshmod_net(genl_info_net(info));
	struct meshmod_refusal why = {};
	struct meshmod_table *t, *old;
	int err;

	mutex_lock(&mn->lock);
	t = meshmod_table_copy(fresh ? NULL : meshmod_table_locked(mn),
			       services, redirects);
	err = t ? edit(t, info) : -ENOMEM;
	err = err ?: meshmod_config_commit(mn, t, &old, &why);
	if (err) {
		meshmod_refusal_say(&why, err, info->attrs, info->extack);
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
	return meshmod_parse_node(info->attrs[MESHMOD_A_NODE], &t->node,
				  info->extack);
}

static int cmd_node_set(struct sk_buff *skb, struct genl_info *info)
{
	if (!subject(info, MESHMOD_A_NODE))
		return -EINVAL;
	return change(info, edit_node, false, 0, 0);
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
	if (!subject(info, MESHMOD_A_SERVICE))
		return -EINVAL;
	return change(info, edit_service_new, false, 1, 0);
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
	return change(info, edit_service_set, false, 0, 0);
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
	return change(info, edit_service_del, false, 0, 0);
}

/* Put a private copy of the named service, with room to spare, into @t. */
static struct meshmod_service *own_service(struct meshmod_table *t,
					   struct genl_info *info,
					   u32 nbackends)
{
	struct meshmod_service **slot, *s;
	int err;

	err = find_slot(t, info, &slot);
	if (err)
		return ERR_PTR(err);
	s = meshmod_service_copy(*slot, 0, nbackends);
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
	return change(info, edit_backend_new, false, 0, 0);
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
	return change(info, edit_backend_set, false, 0, 0);
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
	return change(info, edit_backend_del, false, 0, 0);
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
	if (!subject(info, MESHMOD_A_REDIRECT))
		return -EINVAL;
	return change(info, edit_redirect_new, false, 0, 1);
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
	return change(info, edit_redirect_set, false, 0, 0);
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
	return change(info, edit_redirect_del, false, 0, 0);
}

static int edit_replace(struct meshmod_table *t, struct genl_info *info)
{
	const struct nlattr *a;
	int err = 0, rem;

	nlmsg_for_each_attr(a, info->nlhdr, GENL_HDRLEN, rem) {
		switch (nla_type(a)) {
		case MESHMOD_A_NODE:
			t->node = meshmod_node_default;
			err = meshmod_parse_node(a, &t->node, info->extack);
			break;
		case MESHMOD_A_SERVICE:
			err = add_service(t, a, info);
			break;
		case MESHMOD_A_REDIRECT:
			err = add_redirect(t, a, info);
			break;
		}
		if (err)
			return err;
	}
	return 0;
}

static int cmd_config_replace(struct sk_buff *skb, struct genl_info *info)
{
	u32 services = 0, redirects = 0;
	const struct nlattr *a;
	int rem;

	nlmsg_for_each_attr(a, info->nlhdr, GENL_HDRLEN, rem) {
		services += nla_type(a) == MESHMOD_A_SERVICE;
		redirects += nla_type(a) == MESHMOD_A_REDIRECT;
	}
	info->attrs[MESHMOD_A_REDIRECT] = NULL;	/* none of many is to blame */
	return change(info, edit_replace, true, services, redirects);
}

/* Answer with one object, filled by @fill under the lock. */
static int answer(struct genl_info *info,
		  int (*fill)(struct sk_buff *msg, struct genl_info *info,
			      const struct meshmod_net *mn))
{
	struct meshmod_net *mn = meshmod_net(genl_info_net(info));
	struct sk_buff *msg;
	void *hdr;
	int err;

	msg = genlmsg_new(2 * GENLMSG_DEFAULT_SIZE, GFP_KERNEL);
	if (!msg)
		return -ENOMEM;
	hdr = genlmsg_put_reply(msg, info, &meshmod_family, 0,
				info->genlhdr->cmd);
	mutex_lock(&mn->lock);
	err = hdr ? fill(msg, info, mn) : -EMSGSIZE;
	mutex_unlock(&mn->lock);
	if (err) {
		nlmsg_free(msg);
		return err;
	}
	genlmsg_end(msg, hdr);
	return genlmsg_reply(msg, info);
}

static int answer_node(struct sk_buff *msg, struct genl_info *info,
		       const struct meshmod_net *mn)
{
	const struct meshmod_table *t = meshmod_table_locked(mn);

	return meshmod_fill_node(msg, t ? &t->node : &meshmod_node_default);
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
			  const struct meshmod_net *mn)
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
			  const struct meshmod_net *mn)
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
			   const struct meshmod_net *mn)
{
	const struct meshmod_table *t = meshmod_table_locked(mn);
	static const struct meshmod_table none;
	struct meshmod_redirect key;
	u32 pos;

	t = t ?: &none;
	return find_redirect(t, false, info, &key, &pos) ?:
	       meshmod_fill_redirect(msg, &t->redirects[pos]);
}

static int cmd_redirect_get(struct sk_buff *skb, struct genl_info *info)
{
	if (!subject(info, MESHMOD_A_REDIRECT))
		return -EINVAL;
	return answer(info, answer_redirect);
}

static int answer_stats(struct sk_buff *msg, struct genl_info *info,
			const struct meshmod_net *mn)
{
	return meshmod_fill_stats(msg, mn);
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

/*
 * Where a dump goes on: behind the last object that was sent, by its key, so
 * that changes in between neither repeat nor hide the others.  Backends are in
 * the order in which they were given, so that if the last one has gone the dump
 * can only go on where it stood.
 */
struct cursor {
	bool one;			/* the backends of @service alone */
	char service[MESHMOD_NAME_MAX + 1];
	char backend[MESHMOD_NAME_MAX + 1];
	u16 pos;			/* of @backend when it was sent */
	struct meshmod_redirect redirect;
};

/* @service: whose backends alone are asked for, or NULL. */
static int start_at(struct netlink_callback *cb, const struct nlattr *service)
{
	struct cursor *at = kzalloc(sizeof(*at), GFP_KERNEL);
	int err = 0;

	if (!at)
		return -ENOMEM;
	if (service) {
		at->one = true;
		err = meshmod_parse_service_name(service, at->service,
						 cb->extack);
	}
	if (err) {
		kfree(at);
		return err;
	}
	cb->args[0] = (long)at;
	return 0;
}

static int dump_start(struct netlink_callback *cb)
{
	struct nlattr **attrs = meshmod_dump_attrs(cb);

	if (attrs && (attrs[MESHMOD_A_SERVICE] || attrs[MESHMOD_A_REDIRECT])) {
		NL_SET_ERR_MSG(cb->extack,
			       "this dump is of all objects; leave the attribute out");
		return -EINVAL;
	}
	return start_at(cb, NULL);
}

static int dump_start_backends(struct netlink_callback *cb)
{
	struct nlattr **attrs = meshmod_dump_attrs(cb);

	return start_at(cb, attrs ? attrs[MESHMOD_A_SERVICE] : NULL);
}

static int dump_done(struct netlink_callback *cb)
{
	kfree((void *)cb->args[0]);
	return 0;
}

/* Run one step of a dump under the lock. */
static int dump(struct sk_buff *skb, struct netlink_callback *cb,
		int (*step)(struct sk_buff *skb, struct netlink_callback *cb,
			    const struct meshmod_table *t, struct cursor *at))
{
	struct meshmod_net *mn = meshmod_net(sock_net(skb->sk));
	struct cursor *at = (struct cursor *)cb->args[0];
	const struct meshmod_table *t;
	int err = 0;

	mutex_lock(&mn->lock);
	cb->seq = mn->generation + 1;		/* 0 would mean: not checked */
	t = meshmod_table_locked(mn);
	if (t)
		err = step(skb, cb, t, at);
	mutex_unlock(&mn->lock);
	return skb->len ?: err;
}

static void *dump_header(struct sk_buff *skb, struct netlink_callback *cb,
			 u8 cmd)
{
	void *hdr;

	hdr = genlmsg_put(skb, NETLINK_CB(cb->skb).portid, cb->nlh->nlmsg_seq,
			  &meshmod_family, NLM_F_MULTI, cmd);
	if (hdr)
		genl_dump_check_consistent(cb, hdr);
	return hdr;
}

/* Close the message, or take it back if the object did not fit. */
static int dump_end(struct sk_buff *skb, void *hdr, int err)
{
	if (err)
		genlmsg_cancel(skb, hdr);
	else
		genlmsg_end(skb, hdr);
	return err;
}

static int step_services(struct sk_buff *skb, struct netlink_callback *cb,
			 const struct meshmod_table *t, struct cursor *at)
{
	u32 i;

	for (i = 0; i < t->nservices; i++) {
		const struct meshmod_service *s = t->services[i];
		void *hdr;

		if (strcmp(s->name, at->service) <= 0)
			continue;
		hdr = dump_header(skb, cb, MESHMOD_CMD_SERVICE_GET);
		if (!hdr || dump_end(skb, hdr, meshmod_fill_service(skb, s)))
			return -EMSGSIZE;
		strscpy(at->service, s->name, sizeof(at->service));
	}
	return 0;
}

static int cmd_service_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	return dump(skb, cb, step_services);
}

/* The backends of @s from where @at stands, or from the first. */
static int step_service_backends(struct sk_buff *skb,
				 struct netlink_callback *cb,
				 const struct meshmod_service *s,
				 struct cursor *at)
{
	const struct meshmod_backend *last;
	u16 i = at->pos;

	last = at->backend[0] ? meshmod_service_backend(s, at->backend) : NULL;
	if (last)
		i = last - s->backends + 1;
	for (; i < s->nbackends; i++) {
		const struct meshmod_backend *b = &s->backends[i];
		void *hdr = dump_header(skb, cb, MESHMOD_CMD_BACKEND_GET);

		if (!hdr || dump_end(skb, hdr, meshmod_fill_backend(skb, s, b)))
			return -EMSGSIZE;
		strscpy(at->backend, b->name, sizeof(at->backend));
		at->pos = i;
	}
	return 0;
}

static int step_backends(struct sk_buff *skb, struct netlink_callback *cb,
			 const struct meshmod_table *t, struct cursor *at)
{
	u32 i;

	for (i = 0; i < t->nservices; i++) {
		const struct meshmod_service *s = t->services[i];
		int d = strcmp(s->name, at->service);

		if (d < 0 || (at->one && d))
			continue;
		if (d) {
			strscpy(at->service, s->name, sizeof(at->service));
			at->backend[0] = '\0';
			at->pos = 0;
		}
		if (step_service_backends(skb, cb, s, at))
			return -EMSGSIZE;
	}
	return 0;
}

static int cmd_backend_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	return dump(skb, cb, step_backends);
}

static int step_redirects(struct sk_buff *skb, struct netlink_callback *cb,
			  const struct meshmod_table *t, struct cursor *at)
{
	u32 i;

	for (i = 0; i < t->nredirects; i++) {
		const struct meshmod_redirect *r = &t->redirects[i];
		void *hdr;

		if (meshmod_redirect_order(r, &at->redirect) <= 0)
			continue;
		hdr = dump_header(skb, cb, MESHMOD_CMD_REDIRECT_GET);
		if (!hdr || dump_end(skb, hdr, meshmod_fill_redirect(skb, r)))
			return -EMSGSIZE;
		at->redirect = *r;
	}
	return 0;
}

static int cmd_redirect_dump(struct sk_buff *skb, struct netlink_callback *cb)
{
	return dump(skb, cb, step_redirects);
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
	.done	= dump_done

static const struct genl_ops meshmod_ops[] = {
	{ .cmd = MESHMOD_CMD_NODE_GET, .doit = cmd_node_get,
	  .flags = GENL_UNS_ADMIN_PERM },
	{ OP(NODE_SET, cmd_node_set, meshmod_policy_node) },
	{ OP(SERVICE_GET, cmd_service_get, meshmod_policy_service),
	  DUMP(cmd_service_dump, dump_start) },
	{ OP(SERVICE_NEW, cmd_service_new, meshmod_policy_service) },
	{ OP(SERVICE_SET, cmd_service_set, meshmod_policy_service) },
	{ OP(SERVICE_DEL, cmd_service_del, meshmod_policy_service) },
	{ OP(BACKEND_GET, cmd_backend_get, meshmod_policy_service),
	  DUMP(cmd_backend_dump, dump_start_backends) },
	{ OP(BACKEND_NEW, cmd_backend_new, meshmod_policy_service) },
	{ OP(BACKEND_SET, cmd_backend_set, meshmod_policy_service) },
	{ OP(BACKEND_DEL, cmd_backend_del, meshmod_policy_service) },
	{ OP(REDIRECT_GET, cmd_redirect_get, meshmod_policy_redirect),
	  DUMP(cmd_redirect_dump, dump_start) },
	{ OP(REDIRECT_NEW, cmd_redirect_new, meshmod_policy_redirect) },
	{ OP(REDIRECT_SET, cmd_redirect_set, meshmod_policy_redirect) },
	{ OP(REDIRECT_DEL, cmd_redirect_del, meshmod_policy_redirect) },
	{ OP(CONFIG_REPLACE, cmd_config_replace, meshmod_policy_all) },
	{ .cmd = MESHMOD_CMD_STATS_GET, .doit = cmd_stats_get,
	  .flags = GENL_UNS_ADMIN_PERM },
	{ .cmd = MESHMOD_CMD_STATS_ZERO, .doit = cmd_stats_zero,
	  .flags = GENL_UNS_ADMIN_PERM },
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
