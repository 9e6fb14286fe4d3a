/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Parsing: what parse.c has for the objects with files of their own.
 */
#ifndef _MESHMOD_PARSE_H
#define _MESHMOD_PARSE_H

#include "attrs.h"

extern const struct nla_policy meshmod_addr_policy[MESHMOD_A_ADDR_MAX + 1];
extern const struct nla_policy meshmod_node_policy[MESHMOD_A_NODE_MAX + 1];
extern const struct nla_policy meshmod_service_policy[MESHMOD_A_SERVICE_MAX + 1];

/* Refuse, with one sentence and the attribute to blame. */
#define refuse(extack, attr, err, msg)				\
({								\
	NL_SET_ERR_MSG_ATTR(extack, attr, msg);			\
	(err);							\
})

/* Does an address stand for a whole subnet? */
enum prefix_use { PREFIX_NONE, PREFIX_OPTIONAL, PREFIX_NEEDED };

u32 meshmod_count_nested(const struct nlattr *nest, int type);
const struct nlattr *meshmod_last_nested(const struct nlattr *nest, int type);
int meshmod_parse_addr(const struct nlattr *attr, struct meshmod_addr *addr,
		       enum prefix_use use, struct netlink_ext_ack *extack);
int meshmod_parse_proto(const struct nlattr *attr, u8 *proto,
			struct netlink_ext_ack *extack);
int meshmod_parse_dev(const struct nlattr *attr, char *dev,
		      struct netlink_ext_ack *extack);
int meshmod_parse_range(const struct nlattr *first, const struct nlattr *last,
			u16 *from, u16 *to, struct netlink_ext_ack *extack);
bool meshmod_range_fits(u16 first, u16 last, u16 target, u16 target_last);

#endif /* _MESHMOD_PARSE_H */
