// SPDX-License-Identifier: GPL-2.0
/* The nodes: two addresses each. */
#include <stdio.h>
#include <stdlib.h>

#include "config.h"
#include "field.h"

enum { UNDERLAY, INGRESS, NKEYS };

static const struct key node_keys[NKEYS] = {
	[UNDERLAY] = { "underlay", "underlay: 192.0.2.10" },
	[INGRESS] = { "ingress", "ingress: 10.11.0.4" },
};

/* Reached outside of the mesh, or the overlay would have to carry itself. */
static int check_underlay(struct config *c, yaml_node_t *n,
			  const struct addr *a, const char *owner)
{
	const struct mesh *m = c->m;
	const struct claim *other;
	bool in_overlay = addr_in(a, &m->overlay.subnet);

	if (in_overlay || addr_in(a, &m->gateway.subnet))
		return doc_error(&c->doc, doc_loc(n),
				 "underlay %s lies in %s.subnet %s; give the node's address outside of the mesh",
				 addr_str(a, NULL),
				 in_overlay ? "overlay" : "gateway",
				 prefix_str(in_overlay ? &m->overlay.subnet :
					    &m->gateway.subnet, NULL));
	other = claims_take(&c->underlay, addr_str(a, NULL), doc_loc(n), owner);
	if (other)
		return doc_error(&c->doc, doc_loc(n),
				 "underlay %s is already the underlay of %s (line %d); give each its own",
				 addr_str(a, NULL), other->owner,
				 other->loc.line);
	return 0;
}

static int read_values(struct config *c, yaml_node_t *n, const char *owner,
		       struct mesh_node *to)
{
	yaml_node_t *v[NKEYS];

	if (field_keys(&c->doc, n, owner, node_keys, NKEYS, v) ||
	    field_addr(&c->doc, v[UNDERLAY], "underlay", &to->underlay) ||
	    check_underlay(c, v[UNDERLAY], &to->underlay, owner) ||
	    field_addr(&c->doc, v[INGRESS], "ingress", &to->ingress) ||
	    config_take_overlay(c, v[INGRESS], "ingress", &to->ingress, owner))
		return 1;
	to->ingress.plen = c->m->overlay.subnet.plen;
	to->underlay_loc = doc_loc(v[UNDERLAY]);
	return 0;
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
	return 0;
}
