// SPDX-License-Identifier: GPL-2.0
/*
 * Parsing the settings of a namespace.
 */
#include <linux/slab.h>

#include "parse.h"

static const struct nla_policy guard_policy[MESHMOD_A_GUARD_MAX + 1] = {
	[MESHMOD_A_GUARD_ADDR]	= NLA_POLICY_NESTED(meshmod_addr_policy),
	[MESHMOD_A_GUARD_DEV]	= { .type = NLA_NUL_STRING,
				    .len = IFNAMSIZ - 1 },
};

static const struct nla_policy tunnel_policy[MESHMOD_A_TUNNEL_MAX + 1] = {
	[MESHMOD_A_TUNNEL_PORT]	= NLA_POLICY_MIN(NLA_U16, 1),
	[MESHMOD_A_TUNNEL_VNI]	= { .type = NLA_U32 },
};

static const struct nla_policy origin_policy[MESHMOD_A_ORIGIN_MAX + 1] = {
	[MESHMOD_A_ORIGIN_MAC]	= NLA_POLICY_EXACT_LEN(ETH_ALEN),
	[MESHMOD_A_ORIGIN_ADDR]	= NLA_POLICY_NESTED(meshmod_addr_policy),
	[MESHMOD_A_ORIGIN_ZONE]	= { .type = NLA_REJECT },
};

#define NODE_CLEARABLE (BIT(MESHMOD_A_NODE_INGRESS) | \
			BIT(MESHMOD_A_NODE_MASQUERADE) | \
			BIT(MESHMOD_A_NODE_GUARD) | \
			BIT(MESHMOD_A_NODE_TUNNEL) | BIT(MESHMOD_A_NODE_PEER) | \
			BIT(MESHMOD_A_NODE_ORIGIN))

const struct nla_policy meshmod_node_policy[MESHMOD_A_NODE_MAX + 1] = {
	[MESHMOD_A_NODE_MASK]		= { .type = NLA_U32 },
	[MESHMOD_A_NODE_INGRESS]	= NLA_POLICY_NESTED(meshmod_addr_policy),
	[MESHMOD_A_NODE_MASQUERADE]	= NLA_POLICY_NESTED(meshmod_addr_policy),
	[MESHMOD_A_NODE_GUARD]		= NLA_POLICY_NESTED(guard_policy),
	[MESHMOD_A_NODE_CLEAR]		= NLA_POLICY_MASK(NLA_U32,
							  NODE_CLEARABLE),
	[MESHMOD_A_NODE_TUNNEL]		= NLA_POLICY_NESTED(tunnel_policy),
	[MESHMOD_A_NODE_PEER]		= NLA_POLICY_NESTED(meshmod_addr_policy),
	[MESHMOD_A_NODE_OFFLOAD]	= NLA_POLICY_MAX(NLA_U8, 1),
	[MESHMOD_A_NODE_OVERLAY]	= NLA_POLICY_MAX(NLA_U8, 1),
	[MESHMOD_A_NODE_ORIGIN]		= NLA_POLICY_NESTED(origin_policy),
};

static int parse_guard(const struct nlattr *attr, struct meshmod_guard *guard,
		       struct netlink_ext_ack *extack)
{
	struct nlattr *tb[MESHMOD_A_GUARD_MAX + 1];
	int err;

	err = nla_parse_nested(tb, MESHMOD_A_GUARD_MAX, attr, guard_policy,
			       extack);
	if (err)
		return err;
	if (!tb[MESHMOD_A_GUARD_ADDR] || !tb[MESHMOD_A_GUARD_DEV])
		return refuse(extack, attr, -EINVAL,
			      "a guard needs the endpoint's address and its device");
	return meshmod_parse_dev(tb[MESHMOD_A_GUARD_DEV], guard->dev, extack) ?:
	       meshmod_parse_addr(tb[MESHMOD_A_GUARD_ADDR], &guard->addr, PREFIX_NONE,
				  extack);
}

static int parse_tunnel(const struct nlattr *attr, struct meshmod_node *node,
			struct netlink_ext_ack *extack)
{
	struct nlattr *tb[MESHMOD_A_TUNNEL_MAX + 1];
	int err;

	err = nla_parse_nested(tb, MESHMOD_A_TUNNEL_MAX, attr, tunnel_policy,
			       extack);
	if (err)
		return err;
	if (!tb[MESHMOD_A_TUNNEL_PORT] || !tb[MESHMOD_A_TUNNEL_VNI])
		return refuse(extack, attr, -EINVAL,
			      "a tunnel is named by its UDP port and its VNI; give both");
	node->tunnel_port = nla_get_u16(tb[MESHMOD_A_TUNNEL_PORT]);
	node->vni = nla_get_u32(tb[MESHMOD_A_TUNNEL_VNI]);
	if (node->vni >> 24)
		return refuse(extack, tb[MESHMOD_A_TUNNEL_VNI], -ERANGE,
			      "a VNI is 0 to 16777215");
	return 0;
}

static int parse_origin(const struct nlattr *attr, struct meshmod_origin *o,
			struct netlink_ext_ack *extack)
{
	struct meshmod_addr addr;
	const struct nlattr *a;
	int err, rem, n = 0;

	a = meshmod_last_nested(attr, MESHMOD_A_ORIGIN_MAC);
	if (!a)
		return refuse(extack, attr, -EINVAL,
			      "an origin is named by its MAC; give it");
	nla_memcpy(o->mac, a, ETH_ALEN);
	nla_for_each_nested(a, attr, rem) {
		if (nla_type(a) != MESHMOD_A_ORIGIN_ADDR)
			continue;
		err = meshmod_parse_addr(a, &addr, PREFIX_NONE, extack);
		if (err)
			return err;
		if (o->addr[meshmod_af(addr.family)].family)
			return refuse(extack, a, -EINVAL,
				      "an origin has one address of each family; name one");
		o->addr[meshmod_af(addr.family)] = addr;
		n++;
	}
	if (!n)
		return refuse(extack, attr, -EINVAL,
			      "an origin needs an address to send replies to");
	return 0;
}

/* Into the list of its family, which keeps the order */
static int parse_ingress(const struct nlattr *attr, struct meshmod_node *node,
			 struct netlink_ext_ack *extack)
{
	struct meshmod_ingress *ingress;
	struct meshmod_addr addr;
	int err;

	err = meshmod_parse_addr(attr, &addr, PREFIX_NONE, extack);
	if (err)
		return err;
	ingress = &node->ingress[meshmod_af(addr.family)];
	if (ingress->n == MESHMOD_MAX_INGRESS)
		return refuse(extack, attr, -ENOSPC,
			      "a node can have 16 ingress addresses of each family; name fewer");
	ingress->addrs[ingress->n++] = addr;
	return 0;
}

static int parse_node_list(const struct nlattr *a, struct meshmod_table *t,
			   struct netlink_ext_ack *extack)
{
	struct meshmod_node *node = &t->node;

	switch (nla_type(a)) {
	case MESHMOD_A_NODE_INGRESS:
		return parse_ingress(a, node, extack);
	case MESHMOD_A_NODE_MASQUERADE:
		if (node->nmasquerade == MESHMOD_MAX_MASQUERADE)
			return refuse(extack, a, -ENOSPC,
				      "a node can masquerade 8 subnets; name fewer");
		return meshmod_parse_addr(a, &node->masquerade[node->nmasquerade++],
				  PREFIX_NEEDED, extack);
	case MESHMOD_A_NODE_GUARD:
		if (node->nguards == MESHMOD_MAX_GUARDS)
			return refuse(extack, a, -ENOSPC,
				      "a node can guard 64 addresses; name fewer");
		return parse_guard(a, &node->guards[node->nguards++], extack);
	case MESHMOD_A_NODE_ORIGIN:
		return parse_origin(a, &t->origins[t->norigins++], extack);
	case MESHMOD_A_NODE_PEER:
		return meshmod_parse_addr(a, &t->peers[t->npeers++], PREFIX_NONE,
				  extack);
	}
	return 0;
}

/* Empty what CLEAR says, and each list that will be set. */
static void clear_lists(struct meshmod_table *t, struct nlattr **tb)
{
	u32 lists = tb[MESHMOD_A_NODE_CLEAR] ?
		    nla_get_u32(tb[MESHMOD_A_NODE_CLEAR]) : 0;

	if (lists & BIT(MESHMOD_A_NODE_INGRESS) || tb[MESHMOD_A_NODE_INGRESS])
		memset(t->node.ingress, 0, sizeof(t->node.ingress));
	if (lists & BIT(MESHMOD_A_NODE_MASQUERADE) ||
	    tb[MESHMOD_A_NODE_MASQUERADE])
		t->node.nmasquerade = 0;
	if (lists & BIT(MESHMOD_A_NODE_GUARD) || tb[MESHMOD_A_NODE_GUARD])
		t->node.nguards = 0;
	if (lists & BIT(MESHMOD_A_NODE_PEER) || tb[MESHMOD_A_NODE_PEER])
		t->npeers = 0;
	if (lists & BIT(MESHMOD_A_NODE_ORIGIN) || tb[MESHMOD_A_NODE_ORIGIN])
		meshmod_origins_clear(t);
	if (lists & BIT(MESHMOD_A_NODE_TUNNEL)) {
		t->node.tunnel_port = 0;
		t->node.vni = 0;
	}
}

/* Room for as many peers as the message names, instead of those there were */
static int make_room_for_peers(const struct nlattr *attr,
			       struct meshmod_table *t,
			       struct netlink_ext_ack *extack)
{
	u32 n = meshmod_count_nested(attr, MESHMOD_A_NODE_PEER);

	if (!n)
		return 0;
	if (n > MESHMOD_MAX_PEERS)
		return refuse(extack, attr, -ENOSPC,
			      "a node can have 1024 peers; name fewer");
	kvfree(t->peers);
	t->peers = kvcalloc(n, sizeof(*t->peers), GFP_KERNEL_ACCOUNT);
	return t->peers ? 0 : -ENOMEM;
}

static int make_room_for_origins(const struct nlattr *attr,
				 struct meshmod_table *t,
				 struct netlink_ext_ack *extack)
{
	u32 n = meshmod_count_nested(attr, MESHMOD_A_NODE_ORIGIN);

	if (!n)
		return 0;
	if (n > MESHMOD_MAX_ORIGINS)
		return refuse(extack, attr, -ENOSPC,
			      "a container can have 1024 origins; name fewer");
	kvfree(t->origins);
	t->origins = kvcalloc(n, sizeof(*t->origins), GFP_KERNEL_ACCOUNT);
	return t->origins ? 0 : -ENOMEM;
}

/**
 * meshmod_parse_node - change settings by what a message names
 * @attr: MESHMOD_A_NODE, valid by policy
 * @t: the table whose settings they are, not published; undefined after a
 *	refusal
 * @extack: gets the sentence
 *
 * Return: 0, -EINVAL, -ERANGE, -ENOSPC, -EOPNOTSUPP or -ENOMEM.
 */
int meshmod_parse_node(const struct nlattr *attr, struct meshmod_table *t,
		       struct netlink_ext_ack *extack)
{
	struct nlattr *tb[MESHMOD_A_NODE_MAX + 1];
	const struct nlattr *a;
	int err, rem;

	err = nla_parse_nested(tb, MESHMOD_A_NODE_MAX, attr, meshmod_node_policy,
			       extack);
	if (err)
		return err;
	clear_lists(t, tb);
	err = make_room_for_peers(attr, t, extack) ?:
	      make_room_for_origins(attr, t, extack);
	if (!err && tb[MESHMOD_A_NODE_TUNNEL])
		err = parse_tunnel(tb[MESHMOD_A_NODE_TUNNEL], &t->node, extack);
	if (err)
		return err;
	if (tb[MESHMOD_A_NODE_MASK])
		t->node.mask = nla_get_u32(tb[MESHMOD_A_NODE_MASK]);
	if (tb[MESHMOD_A_NODE_OFFLOAD])
		t->node.offload = nla_get_u8(tb[MESHMOD_A_NODE_OFFLOAD]);
	if (tb[MESHMOD_A_NODE_OVERLAY])
		t->node.overlay = nla_get_u8(tb[MESHMOD_A_NODE_OVERLAY]);
	nla_for_each_nested(a, attr, rem) {
		err = parse_node_list(a, t, extack);
		if (err)
			return err;
	}
	return 0;
}
