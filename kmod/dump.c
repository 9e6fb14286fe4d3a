// SPDX-License-Identifier: GPL-2.0
/*
 * Dumps: lists of objects, longer than a message.
 */
#include <linux/slab.h>
#include <net/sock.h>

#include "compat.h"
#include "attrs.h"

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
	char dev[IFNAMSIZ];
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
	cb->min_dump_alloc = MESHMOD_FILL_SIZE;	/* or one would never fit */
	return 0;
}

int meshmod_dump_start(struct netlink_callback *cb)
{
	struct nlattr **attrs = meshmod_dump_attrs(cb);

	if (attrs && (attrs[MESHMOD_A_SERVICE] || attrs[MESHMOD_A_REDIRECT] ||
		      attrs[MESHMOD_A_BINDING])) {
		NL_SET_ERR_MSG(cb->extack,
			       "this dump is of all objects; leave the attribute out");
		return -EINVAL;
	}
	return start_at(cb, NULL);
}

int meshmod_dump_start_backends(struct netlink_callback *cb)
{
	struct nlattr **attrs = meshmod_dump_attrs(cb);

	return start_at(cb, attrs ? attrs[MESHMOD_A_SERVICE] : NULL);
}

int meshmod_dump_done(struct netlink_callback *cb)
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

int meshmod_dump_services(struct sk_buff *skb, struct netlink_callback *cb)
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

int meshmod_dump_backends(struct sk_buff *skb, struct netlink_callback *cb)
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

int meshmod_dump_redirects(struct sk_buff *skb, struct netlink_callback *cb)
{
	return dump(skb, cb, step_redirects);
}

static int step_bindings(struct sk_buff *skb, struct netlink_callback *cb,
			 const struct meshmod_table *t, struct cursor *at)
{
	u32 i;

	for (i = 0; i < t->nbindings; i++) {
		const struct meshmod_binding *b = &t->bindings[i];
		void *hdr;

		if (strcmp(b->dev, at->dev) <= 0)
			continue;
		hdr = dump_header(skb, cb, MESHMOD_CMD_BINDING_GET);
		if (!hdr || dump_end(skb, hdr, meshmod_fill_binding(skb, b)))
			return -EMSGSIZE;
		strscpy(at->dev, b->dev, sizeof(at->dev));
	}
	return 0;
}

int meshmod_dump_bindings(struct sk_buff *skb, struct netlink_callback *cb)
{
	return dump(skb, cb, step_bindings);
}

/* The connections are all found here, and what has to be told kept to the end. */
int meshmod_dump_start_flows(struct netlink_callback *cb)
{
	struct nlattr **attrs = meshmod_dump_attrs(cb);
	struct meshmod_flow_list *found;
	struct meshmod_flow key;
	int err;

	if (!attrs || !attrs[MESHMOD_A_FLOW]) {
		NL_SET_ERR_MSG(cb->extack,
			       "the message does not say which connections the dump is of; add the attribute");
		return -EINVAL;
	}
	err = meshmod_parse_flow(attrs[MESHMOD_A_FLOW], &key, cb->extack);
	if (err)
		return err;
	found = meshmod_resolve(sock_net(cb->skb->sk), &key);
	if (IS_ERR(found))
		return PTR_ERR(found);
	cb->args[0] = (long)found;
	return 0;
}

int meshmod_dump_done_flows(struct netlink_callback *cb)
{
	kvfree((void *)cb->args[0]);
	return 0;
}

/* No lock: nobody else has these. */
int meshmod_dump_flows(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct meshmod_flow_list *found = (struct meshmod_flow_list *)cb->args[0];

	for (; found->sent < found->n; found->sent++) {
		void *hdr = dump_header(skb, cb, MESHMOD_CMD_FLOW_GET);

		if (!hdr || dump_end(skb, hdr,
				     meshmod_fill_flow(skb, &found->v[found->sent])))
			return skb->len ?: -EMSGSIZE;
	}
	return skb->len;
}
