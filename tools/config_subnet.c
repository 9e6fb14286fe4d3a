// SPDX-License-Identifier: GPL-2.0
/* Subnets of the mesh, and addresses that have to lie in them. */
#include <stdio.h>
#include <stdlib.h>

#include "config.h"
#include "field.h"

#define PLEN_MIN	8	/* the largest private network */
#define HOST_BITS_MIN	2	/* two hosts at least */

/* Some of it are addresses that addr_parse() takes for no host's */
static bool has_no_hosts(const struct addr *subnet)
{
	static const struct addr ranges[] = {
		{ .family = AF_INET, .plen = 8, .bytes = { 0 } },
		{ .family = AF_INET, .plen = 8, .bytes = { 127 } },
		{ .family = AF_INET, .plen = 16, .bytes = { 169, 254 } },
		{ .family = AF_INET, .plen = 3, .bytes = { 224 } },
		{ .family = AF_INET6, .plen = 127, .bytes = { 0 } },
		{ .family = AF_INET6, .plen = 96,
		  .bytes = { [10] = 0xff, [11] = 0xff } },
		{ .family = AF_INET6, .plen = 10, .bytes = { 0xfe, 0x80 } },
		{ .family = AF_INET6, .plen = 8, .bytes = { 0xff } },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ranges); i++)
		if (addr_overlap(subnet, &ranges[i]))
			return true;
	return false;
}

static int check_subnet(struct config *c, yaml_node_t *n, const char *what,
			const struct addr *subnet)
{
	static const char *const examples[FAMILIES] = {
		"10.11.0.0/16", "fd00:11::/64"
	};
	int max = family_bits(subnet->family) - HOST_BITS_MIN;

	if (subnet->plen < PLEN_MIN || subnet->plen > max)
		return doc_error(&c->doc, doc_loc(n),
				 "%s %s is of no useful size; give it a prefix length from %d to %d",
				 what, prefix_str(subnet, NULL), PLEN_MIN, max);
	if (!has_no_hosts(subnet))
		return 0;
	return doc_error(&c->doc, doc_loc(n),
			 "%s %s holds addresses that no host can have; give a private one, such as %s",
			 what, prefix_str(subnet, NULL),
			 examples[family_index(subnet->family)]);
}

int config_subnets(struct config *c, yaml_node_t *n, const char *what,
		   struct dual *out)
{
	yaml_node_t *at[FAMILIES] = { NULL };
	size_t i;

	if (field_dual_prefix(&c->doc, n, what, out, at))
		return 1;
	for (i = 0; i < FAMILIES; i++)
		if (at[i] && check_subnet(c, at[i], what, &out->v[i]))
			return 1;
	return 0;
}

const char *config_subnets_str(const struct dual *subnets)
{
	static char buf[2 * ADDR_STRLEN + sizeof(" or ")];
	const struct addr *a;
	int len = 0;

	for_each_addr(a, subnets)
		len += snprintf(buf + len, sizeof(buf) - len, "%s%s",
				len ? " or " : "", prefix_str(a, NULL));
	return buf;
}

static int edge_error(struct config *c, yaml_node_t *n, const char *what,
		      const struct addr *a, const struct addr *subnet,
		      const char *subnet_name)
{
	if (a->family == AF_INET)
		return doc_error(&c->doc, doc_loc(n),
				 "%s %s is the network or broadcast address of %s %s; give one in between",
				 what, addr_str(a, NULL), subnet_name,
				 prefix_str(subnet, NULL));
	return doc_error(&c->doc, doc_loc(n),
			 "%s %s is the lowest address of %s %s, which means any router; give a higher one",
			 what, addr_str(a, NULL), subnet_name,
			 prefix_str(subnet, NULL));
}

int config_in_subnet(struct config *c, yaml_node_t *n, const char *what,
		     struct addr *a, const struct dual *subnets,
		     const char *subnet_name)
{
	const struct addr *subnet = &subnets->v[family_index(a->family)];

	if (!subnet->family)
		return doc_error(&c->doc, doc_loc(n),
				 "%s %s is %s, and %s is %s alone; add a subnet there or give an address inside it",
				 what, addr_str(a, NULL), family_str(a->family),
				 subnet_name, config_subnets_str(subnets));
	if (!addr_in(a, subnet))
		return doc_error(&c->doc, doc_loc(n),
				 "%s %s is outside of %s %s; give an address inside it",
				 what, addr_str(a, NULL), subnet_name,
				 prefix_str(subnet, NULL));
	if (addr_is_edge(a, subnet))
		return edge_error(c, n, what, a, subnet, subnet_name);
	a->plen = subnet->plen;
	return 0;
}

int config_has_families(struct config *c, yaml_node_t *n, const char *what,
			const struct dual *have)
{
	const struct addr *subnet;

	for_each_addr(subnet, &c->m->overlay.subnet)
		if (!have->v[family_index(subnet->family)].family)
			return doc_error(&c->doc, doc_loc(n),
					 "%s has no %s address, and overlay.subnet has %s; add one inside it",
					 what, family_str(subnet->family),
					 prefix_str(subnet, NULL));
	return 0;
}

int config_take_overlay(struct config *c, yaml_node_t *n, const char *what,
			struct addr *a, const char *owner)
{
	const struct claim *other;

	if (config_in_subnet(c, n, what, a, &c->m->overlay.subnet,
			     "overlay.subnet"))
		return 1;
	other = claims_take(&c->overlay, addr_str(a, NULL), doc_loc(n), owner);
	if (other)
		return doc_error(&c->doc, doc_loc(n),
				 "%s %s is already the address of %s (line %d); give each its own",
				 what, addr_str(a, NULL), other->owner,
				 other->loc.line);
	return 0;
}

int config_take_overlays(struct config *c, yaml_node_t *const at[FAMILIES],
			 const char *what, struct dual *d, const char *owner)
{
	size_t i;

	for (i = 0; i < FAMILIES; i++)
		if (at[i] &&
		    config_take_overlay(c, at[i], what, &d->v[i], owner))
			return 1;
	return 0;
}

int config_take_tail(struct config *c, struct loc at, const char *node,
		     const char *what, const struct dual *ip,
		     const char *owner)
{
	const char *text = addr_str(dual_first(ip), NULL);
	const struct claim *other;
	char *key, *mine;
	uint8_t b[4];

	addr_tail(ip, b);
	key = xasprintf("%s %02x%02x%02x%02x", node, b[0], b[1], b[2], b[3]);
	mine = xasprintf("%s of %s", text, owner);
	other = claims_take(&c->tails, key, at, mine);
	free(key);
	free(mine);
	if (!other)
		return 0;
	return doc_error(&c->doc, at,
			 "%s %s ends in the same four bytes as %s (line %d), and device names and MAC addresses are made of these; choose another address",
			 what, text, other->owner, other->loc.line);
}
