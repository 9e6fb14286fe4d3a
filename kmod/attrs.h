/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Netlink: what its files share.  parse*.c turn attributes into plain objects,
 * fill.c objects into attributes; netlink.c answers commands, dump.c those for
 * lists, and announce.c tells listeners what has changed.
 */
#ifndef _MESHMOD_ATTRS_H
#define _MESHMOD_ATTRS_H

#include <net/genetlink.h>

#include "core.h"

/* parse.c */
extern const struct nla_policy meshmod_policy_node[MESHMOD_A_MAX + 1];
extern const struct nla_policy meshmod_policy_service[MESHMOD_A_MAX + 1];
extern const struct nla_policy meshmod_policy_redirect[MESHMOD_A_MAX + 1];
extern const struct nla_policy meshmod_policy_binding[MESHMOD_A_MAX + 1];
extern const struct nla_policy meshmod_policy_flow[MESHMOD_A_MAX + 1];
extern const struct nla_policy meshmod_policy_all[MESHMOD_A_MAX + 1];

int meshmod_parse_node(const struct nlattr *attr, struct meshmod_table *t,
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
int meshmod_parse_binding(const struct nlattr *attr, bool whole,
			  struct meshmod_binding *b,
			  struct netlink_ext_ack *extack);
int meshmod_parse_flow(const struct nlattr *attr, struct meshmod_flow *f,
		       struct netlink_ext_ack *extack);
void meshmod_refusal_say(const struct meshmod_refusal *why,
			 struct nlattr **attrs,
			 struct netlink_ext_ack *extack);

/* Bytes that are enough for a message with any object but a node's settings */
#define MESHMOD_FILL_SIZE	16384

/* fill.c */
size_t meshmod_fill_node_size(const struct meshmod_table *t);
int meshmod_fill_node(struct sk_buff *skb, const struct meshmod_table *t);
int meshmod_fill_service(struct sk_buff *skb, const struct meshmod_service *s);
int meshmod_fill_backend(struct sk_buff *skb, const struct meshmod_service *s,
			 const struct meshmod_backend *b);
int meshmod_fill_redirect(struct sk_buff *skb,
			  const struct meshmod_redirect *r);
int meshmod_fill_binding(struct sk_buff *skb, const struct meshmod_binding *b);
int meshmod_fill_stats(struct sk_buff *skb, const struct meshmod_net *mn);
int meshmod_fill_flows(struct sk_buff *skb, const u32 *flows);
int meshmod_fill_flow(struct sk_buff *skb, const struct meshmod_flow *f);

/* announce.c */
void meshmod_announce(struct net *net, const struct meshmod_table *old,
		      const struct meshmod_table *new);
void meshmod_announce_done(struct net *net, u8 cmd);

/* dump.c */
int meshmod_dump_start(struct netlink_callback *cb);
int meshmod_dump_start_backends(struct netlink_callback *cb);
int meshmod_dump_done(struct netlink_callback *cb);
int meshmod_dump_services(struct sk_buff *skb, struct netlink_callback *cb);
int meshmod_dump_backends(struct sk_buff *skb, struct netlink_callback *cb);
int meshmod_dump_redirects(struct sk_buff *skb, struct netlink_callback *cb);
int meshmod_dump_bindings(struct sk_buff *skb, struct netlink_callback *cb);
int meshmod_dump_start_flows(struct netlink_callback *cb);
int meshmod_dump_done_flows(struct netlink_callback *cb);
int meshmod_dump_flows(struct sk_buff *skb, struct netlink_callback *cb);

/* netlink.c */
extern struct genl_family meshmod_family;

#endif /* _MESHMOD_ATTRS_H */
