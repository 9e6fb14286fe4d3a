// SPDX-License-Identifier: GPL-2.0
/* The nodes: where they are, and what they are on the overlay. */
#include <stdio.h>
#include <stdlib.h>

#include <linux/meshmod.h>

#include "config.h"
#include "field.h"

enum { UNDERLAY, INGRESS, NKEYS };

static const struct key node_keys[NKEYS] = {
	[UNDERLAY] = { "underlay", "underlay: 192.0.2.10" },
	[INGRESS] = { "ingress", "ingress: 10.11.0.4" },
};

#define NODES_MAX	(MESHMOD_MAX_PEERS + 1)

/* Reached outside of the mesh, or the overlay would have to carry itself. */
static int check_outside(struct config *c, yaml_node_t *n, const struct addr *a,
			 const char *name, const struct dual *subnets)
{
	const struct addr *subnet = &subnets->v[family_index(a->family)];

	if (!addr_in(a, subnet))
		return 0;
	return doc_error(&c->doc, doc_loc(n),
			 "underlay %s lies in %s %s; give the node's address outside of the mesh",
			 addr_str(a, NULL), name, prefix_str(subnet, NULL));
}

static int check_underlay(struct config *c, yaml_node_t *n,
			  const struct addr *a, const char *owner)
{
	const struct mesh *m = c->m;
	const struct mesh_node *first = &m->nodes[0];
	const struct claim *other;

	if (check_outside(c, n, a, "overlay.subnet", &m->overlay.subnet) ||
	    check_outside(c, n, a, "gateway.subnet", &m->gateway.subnet))
		return 1;
	if (a->family != first->underlay.family)
		return doc_error(&c->doc, doc_loc(n),
				 "underlay %s of %s is %s, and that of node %s (line %d) is %s; give all nodes the same family",
				 addr_str(a, NULL), owner,
				 family_str(a->family), first->name,
				 first->loc.line,
				 family_str(first->underlay.family));
	other = claims_take(&c->underlay, addr_str(a, NULL), doc_loc(n), owner);
	if (other)
		return doc_error(&c->doc, doc_loc(n),
				 "underlay %s is already the underlay of %s (line %d); give each its own",
				 addr_str(a, NULL), other->owner,
				 other->loc.line);
	return 0;
}

/* Behind the others of its family */
static int add_ingress(struct config *c, yaml_node_t *n, struct mesh_node *to,
		       const struct addr *a)
{
	struct addr *at;
	size_t i, count = 0;

	for (i = 0; i < to->ningress; i++)
		count += to->ingress[i].family == a->family;
	if (count == MESHMOD_MAX_INGRESS)
		return doc_error(&c->doc, doc_loc(n),
				 "ingress %s is one more than the %d %s addresses that a node may have; remove some",
				 addr_str(a, NULL), MESHMOD_MAX_INGRESS,
				 family_str(a->family));
	at = array_add(&to->ingress, &to->ningress, sizeof(*at));
	for (; at > to->ingress && at[-1].family > a->family; at--)
		*at = at[-1];
	*at = *a;
	return 0;
}

static int read_ingress(struct config *c, yaml_node_t *n, const char *owner,
			struct mesh_node *to)
{
	struct dual first = { 0 };
	size_t i, count;

	if (field_values(&c->doc, n, "ingress", &count))
		return 1;
	for (i = 0; i < count; i++) {
		yaml_node_t *value = field_value(&c->doc, n, i);
		struct addr a;

		if (field_addr(&c->doc, value, "ingress", &a) ||
		    config_take_overlay(c, value, "ingress", &a, owner) ||
		    add_ingress(c, value, to, &a))
			return 1;
		if (!first.v[family_index(a.family)].family)
			first.v[family_index(a.family)] = a;
	}
	return config_has_families(c, n, "ingress", &first) ||
	       config_take_tail(c, doc_loc(n), "", "ingress", &first, owner);
}

/* Each node has the same two on its own gateway network. */
static int take_gateway(struct config *c, const char *node)
{
	const struct mesh_gateway *g = &c->m->gateway;

	return config_take_tail(c, g->loc, node, "address", &g->address,
				"the bridge") ||
	       config_take_tail(c, g->loc, node, "sandbox", &g->sandbox,
				"the sandbox");
}

static int read_values(struct config *c, yaml_node_t *n, const char *owner,
		       struct mesh_node *to)
{
	yaml_node_t *v[NKEYS];

	if (field_keys(&c->doc, n, owner, node_keys, NKEYS, v) ||
	    field_addr(&c->doc, v[UNDERLAY], "underlay", &to->underlay) ||
	    check_underlay(c, v[UNDERLAY], &to->underlay, owner) ||
	    read_ingress(c, v[INGRESS], owner, to))
		return 1;
	to->underlay_loc = doc_loc(v[UNDERLAY]);
	return take_gateway(c, to->name);
}

static int read_node(struct config *c, const yaml_node_pair_t *pair)
{
	yaml_node_t *key = doc_node(&c->doc, pair->key);
	struct mesh_node *to;
	const char *name;
	char *owner;
	int err;

	if (field_key_name(&c->doc, key, "node", &name))
		return 1;
	if (c->m->nnodes == NODES_MAX)
		return doc_error(&c->doc, doc_loc(key),
				 "node %s is one more than the %d of a mesh; remove some",
				 name, NODES_MAX);
	to = array_add(&c->m->nodes, &c->m->nnodes, sizeof(*to));
	to->name = xstrdup(name);
	to->loc = doc_loc(key);
	owner = xasprintf("node %s", name);
	err = config_take_name(c, key, owner) ||
	      read_values(c, doc_node(&c->doc, pair->value), owner, to);
	free(owner);
	return err;
}

int config_nodes(struct config *c, yaml_node_t *n)
{
	yaml_node_pair_t *pair;

	if (field_map(&c->doc, n, "nodes"))
		return 1;
	for (pair = n->data.mapping.pairs.start;
	     pair < n->data.mapping.pairs.top; pair++)
		if (read_node(c, pair))
			return 1;
	if (!c->m->nnodes)
		return doc_error(&c->doc, doc_loc(n),
				 "nodes is empty; name one node at least");
	c->containers = xcalloc(c->m->nnodes, sizeof(*c->containers));
	return 0;
}
