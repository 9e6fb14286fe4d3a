/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Netlink: what its three files share.  parse.c turns attributes into plain
 * objects, fill.c objects into attributes, netlink.c answers commands.
 */
#ifndef _MESHMOD_ATTRS_H
#define _MESHMOD_ATTRS_H

#include <net/genetlink.h>

#include "core.h"

/* parse.c */
extern const struct nla_policy meshmod_policy_node[MESHMOD_A_MAX + 1];
extern const struct nla_policy meshmod_policy_service[MESHMOD_A_MAX + 1];
extern const struct nla_policy meshmod_policy_redirect[MESHMOD_A_MAX + 1];
extern const struct nla_policy meshmod_policy_all[MESHMOD_A_MAX + 1];

int meshmod_parse_node(const struct nlattr *attr, struct meshmod_node *node,
		       struct netlink_ext_ack *extack);
struct meshmod_service *
meshmod_parse_service(const struct nlattr *attr,
		      const struct meshmod_service *base,
		      struct netlink_ext_ack *extack);
int meshmod_parse_service_name(const struct nlattr *attr, char *name,
			       struct netlink_ext_ack *extack);
int meshmod_parse_backend(const struct nlattr *service,
			  struct meshmod_service *s, bool new,
			  struct netlink_ext_ack *extack);
int meshmod_parse_backend_name(const struct nlattr *service, char *name,
			       struct netlink_ext_ack *extack);
int meshmod_parse_redirect(const struct nlattr *attr, bool need_to,
			   struct meshmod_redirect *r,
			   struct netlink_ext_ack *extack);
int meshmod_refusal_say(const struct meshmod_refusal *why, int err,
			struct nlattr **attrs,
			struct netlink_ext_ack *extack);

/* fill.c */
int meshmod_fill_node(struct sk_buff *skb, const struct meshmod_node *node);
int meshmod_fill_service(struct sk_buff *skb, const struct meshmod_service *s);
int meshmod_fill_backend(struct sk_buff *skb, const struct meshmod_service *s,
			 const struct meshmod_backend *b);
int meshmod_fill_redirect(struct sk_buff *skb,
			  const struct meshmod_redirect *r);
int meshmod_fill_stats(struct sk_buff *skb, const struct meshmod_net *mn);

/* announce.c */
void meshmod_announce(struct net *net, const struct meshmod_table *old,
		      const struct meshmod_table *new);
void meshmod_announce_done(struct net *net, u8 cmd);

/* netlink.c */
extern struct genl_family meshmod_family;

#endif /* _MESHMOD_ATTRS_H */
