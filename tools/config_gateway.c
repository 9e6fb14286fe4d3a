// SPDX-License-Identifier: GPL-2.0
/* The network between a node, its sandbox and its containers. */
#include <net/if.h>
#include <string.h>

#include "config.h"
#include "field.h"

enum { BRIDGE, SUBNET, ADDRESS, SANDBOX, NKEYS };

static const struct key gateway_keys[NKEYS] = {
	[BRIDGE] = { "bridge", NULL },
	[SUBNET] = { "subnet", NULL },
	[ADDRESS] = { "address", NULL },
	[SANDBOX] = { "sandbox", NULL },
};

/* Names that mean something else where device names are used */
static bool reserved_device(const char *name)
{
	static const char *const words[] = { ".", "..", "lo", "all", "default",
					     "ms-gw", "ms-ovl", "ms-vxlan" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (!strcmp(name, words[i]))
			return true;
	return !strncmp(name, "mg", 2) && strlen(name) == 10 &&
	       strspn(name + 2, "0123456789abcdef") == 8;
}

static int read_bridge(struct config *c, yaml_node_t *n)
{
	const char *text = "mesh_gw", *refusal;

	if (field_text(&c->doc, n, "bridge", &text))
		return 1;
	refusal = name_parse(text);
	if (refusal)
		return doc_error(&c->doc, doc_loc(n), "bridge %s %s",
				 shown(text), refusal);
	if (strlen(text) >= IF_NAMESIZE)
		return doc_error(&c->doc, doc_loc(n),
				 "bridge %s has %zu characters; a device name has at most %d",
				 shown(text), strlen(text), IF_NAMESIZE - 1);
	if (reserved_device(text))
		return doc_error(&c->doc, doc_loc(n),
				 "bridge %s is a reserved device name; choose another, such as mesh_gw",
				 text);
	c->m->gateway.bridge = xstrdup(text);
	return 0;
}

/* Where an overlay has a family and the file names no subnet */
static int default_subnets(struct config *c)
{
	static const char *const defaults[FAMILIES] = {
		"172.18.0.0/16", "fd6d:6573:6800::/64"
	};
	struct mesh *m = c->m;
	size_t i;

	for (i = 0; i < FAMILIES; i++)
		if (m->overlay.subnet.v[i].family &&
		    prefix_parse(defaults[i], &m->gateway.subnet.v[i]))
			return 1;
	return 0;
}

static int read_subnets(struct config *c, yaml_node_t *n, struct loc at)
{
	const struct dual *overlay = &c->m->overlay.subnet;
	struct dual *subnet = &c->m->gateway.subnet;
	size_t i;

	if (n ? config_subnets(c, n, "subnet", subnet) : default_subnets(c))
		return 1;
	for (i = 0; i < FAMILIES; i++)
		if (subnet->v[i].family &&
		    addr_overlap(&subnet->v[i], &overlay->v[i]))
			return doc_error(&c->doc, at,
					 "gateway.subnet %s overlaps overlay.subnet %s; give the two different ranges",
					 prefix_str(&subnet->v[i], NULL),
					 prefix_str(&overlay->v[i], NULL));
	return 0;
}

/* An address of each gateway subnet, the nth of it unless given */
static int read_addrs(struct config *c, yaml_node_t *n, const char *what,
		      uint32_t nth, struct dual *out, yaml_node_t **at)
{
	const struct dual *subnet = &c->m->gateway.subnet;
	size_t i;

	if (field_dual_addr(&c->doc, n, what, out, at))
		return 1;
	for (i = 0; i < FAMILIES; i++) {
		if (at[i] && config_in_subnet(c, at[i], what, &out->v[i],
					      subnet, "gateway.subnet"))
			return 1;
		if (!at[i] && subnet->v[i].family)
			addr_nth(&subnet->v[i], nth, &out->v[i]);
		out->v[i].plen = subnet->v[i].plen;
	}
	return 0;
}

static int read_values(struct config *c, yaml_node_t **v, struct loc at)
{
	yaml_node_t *none[FAMILIES] = { NULL }, *sandbox_at[FAMILIES] = { NULL };
	struct mesh_gateway *g = &c->m->gateway;
	size_t i;

	if (read_bridge(c, v[BRIDGE]) ||
	    read_subnets(c, v[SUBNET], v[SUBNET] ? doc_loc(v[SUBNET]) : at) ||
	    read_addrs(c, v[ADDRESS], "address", 1, &g->address, none) ||
	    read_addrs(c, v[SANDBOX], "sandbox", 2, &g->sandbox, sandbox_at))
		return 1;
	for (i = 0; i < FAMILIES; i++)
		if (g->sandbox.v[i].family &&
		    addr_same(&g->address.v[i], &g->sandbox.v[i]))
			return doc_error(&c->doc, sandbox_at[i] ?
					 doc_loc(sandbox_at[i]) : at,
					 "sandbox %s is also the address of the bridge; give each its own",
					 addr_str(&g->sandbox.v[i], NULL));
	return 0;
}

int config_gateway(struct config *c, yaml_node_t *n)
{
	struct mesh_gateway *g = &c->m->gateway;
	yaml_node_t *v[NKEYS] = { NULL };

	if (n && field_keys(&c->doc, n, "gateway", gateway_keys, NKEYS, v))
		return 1;
	g->loc = n ? doc_loc(n) : c->m->overlay.loc;
	g->bridge_loc = v[BRIDGE] ? doc_loc(v[BRIDGE]) : g->loc;
	return read_values(c, v, g->loc);
}
