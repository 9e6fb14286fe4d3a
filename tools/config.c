// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <stdlib.h>

#include "config.h"
#include "field.h"

int config_take_name(struct config *c, yaml_node_t *n, const char *name)
{
	const struct claim *other = claims_take(&c->names, name, doc_loc(n),
						name);

	if (other)
		return doc_error(&c->doc, doc_loc(n),
				 "%s is already there (line %d); rename or remove one of them",
				 name, other->loc.line);
	return 0;
}

enum { VERSION, MESH, TOPOLOGY, OFFLOAD, OVERLAY, GATEWAY, NODES, SERVICES, NKEYS };

static const struct key root_keys[NKEYS] = {
	[VERSION] = { "version", "version: 1" },
	[MESH] = { "mesh", "mesh: ingress" },
	[TOPOLOGY] = { "topology", NULL },
	[OFFLOAD] = { "offload", NULL },
	[OVERLAY] = { "overlay", "overlay: {vni: 4242, subnet: 10.11.0.0/16, gateway: 10.11.0.2}" },
	[GATEWAY] = { "gateway", NULL },
	[NODES] = { "nodes", "nodes: {manager: {underlay: 192.0.2.10, ingress: 10.11.0.4}}" },
	[SERVICES] = { "services", NULL },
};

/* First of all: another version may have other keys and other types. */
static int check_version(struct config *c, yaml_node_t *root)
{
	yaml_node_pair_t *pair;
	uint32_t version = 1;

	for (pair = root->data.mapping.pairs.start;
	     pair < root->data.mapping.pairs.top; pair++) {
		yaml_node_t *n = doc_node(&c->doc, pair->value);

		if (!field_is(doc_node(&c->doc, pair->key), "version"))
			continue;
		if (field_num(&c->doc, n, "version", 0, UINT32_MAX, &version))
			return 1;
		if (version != 1)
			return doc_error(&c->doc, doc_loc(n),
					 "version %u is not known to this meshmod-ctl; write version: 1",
					 version);
	}
	return 0;
}

static int read_name(struct config *c, yaml_node_t *n)
{
	const char *text, *refusal;

	if (field_text(&c->doc, n, "mesh", &text))
		return 1;
	refusal = name_parse(text);
	if (refusal)
		return doc_error(&c->doc, doc_loc(n), "mesh %s %s", shown(text),
				 refusal);
	c->m->name = xstrdup(text);
	return 0;
}

static int read_topology(struct config *c, yaml_node_t *n)
{
	static const char *const names[] = {
		[TOPOLOGY_SANDBOX] = "sandbox",
		[TOPOLOGY_FLAT] = "flat",
	};
	static const struct words words = { names, ARRAY_SIZE(names) };

	return field_word(&c->doc, n, "topology", &words, &c->m->topology);
}

static int read_root(struct config *c)
{
	yaml_node_t *root = doc_root(&c->doc), *v[NKEYS];

	if (field_is(root, ""))
		return doc_error(&c->doc, doc_loc(root),
				 "the file is empty; start it with \"version: 1\"");
	if (field_map(&c->doc, root, "the file") || check_version(c, root) ||
	    field_keys(&c->doc, root, "the file", root_keys, NKEYS, v))
		return 1;
	return read_name(c, v[MESH]) ||
	       read_topology(c, v[TOPOLOGY]) ||
	       field_switch(&c->doc, v[OFFLOAD], "offload", &c->m->offload) ||
	       config_overlay(c, v[OVERLAY]) ||
	       config_gateway(c, v[GATEWAY]) ||
	       config_nodes(c, v[NODES]) ||
	       config_services(c, v[SERVICES]);
}

struct mesh *mesh_load(const char *path)
{
	struct config c = { 0 };
	int err;

	if (doc_open(&c.doc, path))
		return NULL;
	c.m = xcalloc(1, sizeof(*c.m));
	c.m->file = xstrdup(c.doc.file);
	c.m->offload = true;
	err = read_root(&c);
	claims_free(&c.overlay);
	claims_free(&c.underlay);
	claims_free(&c.gateway);
	claims_free(&c.tails);
	claims_free(&c.netns);
	claims_free(&c.marks);
	claims_free(&c.names);
	port_claims_free(&c.ports);
	config_endpoints_free(&c);
	doc_close(&c.doc);
	if (err) {
		mesh_free(c.m);
		return NULL;
	}
	return c.m;
}
