// SPDX-License-Identifier: GPL-2.0
/* The overlay and the gateway network: what all nodes share. */
#include <ctype.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>

#include "config.h"
#include "field.h"

#define VXLAN_PORT	4789
#define MTU_MIN		576
#define MTU_MAX		(65535 - 50)	/* less the VXLAN overhead */
#define PLEN_MIN	8	/* the largest private network */
#define PLEN_MAX	30	/* two hosts at least */

enum { VNI, PORT, SUBNET, GATEWAY, MTU, ALLOW, OVERLAY_KEYS };

static const struct key overlay_keys[OVERLAY_KEYS] = {
	[VNI] = { "vni", "vni: 4242" },
	[PORT] = { "port", NULL },
	[SUBNET] = { "subnet", "subnet: 10.11.0.0/16" },
	[GATEWAY] = { "gateway", "gateway: 10.11.0.2" },
	[MTU] = { "mtu", NULL },
	[ALLOW] = { "allow", NULL },
};

static int read_subnet(struct config *c, yaml_node_t *n, const char *what,
		       struct addr *out)
{
	struct addr probe;

	if (!n)
		return 0;
	if (field_prefix(&c->doc, n, what, out))
		return 1;
	if (out->plen < PLEN_MIN || out->plen > PLEN_MAX)
		return doc_error(&c->doc, doc_loc(n),
				 "%s %s is of no useful size; give it a prefix length from %d to %d",
				 what, prefix_str(out, NULL), PLEN_MIN,
				 PLEN_MAX);
	if (addr_nth(out, 1, &probe) && !addr_parse(addr_str(&probe, NULL), &probe))
		return 0;
	return doc_error(&c->doc, doc_loc(n),
			 "%s %s holds no addresses for hosts; give a private one, such as 10.11.0.0/16",
			 what, prefix_str(out, NULL));
}

static int read_mtu(struct config *c, yaml_node_t *n)
{
	if (field_is(n, "auto"))
		return 0;
	return field_num(&c->doc, n, "mtu", MTU_MIN, MTU_MAX,
			 &c->m->overlay.mtu);
}

static int read_allowed(struct config *c, yaml_node_t *n)
{
	struct mesh_overlay *o = &c->m->overlay;
	struct port p = { .loc = doc_loc(n) }, *to;
	const char *text, *refusal;
	size_t i;

	if (field_text(&c->doc, n, "an entry of allow", &text))
		return 1;
	refusal = port_parse_single(text, &p);
	if (refusal)
		return doc_error(&c->doc, doc_loc(n), "allow %s %s",
				 shown(text), refusal);
	for (i = 0; i < o->nallow; i++)
		if (o->allow[i].proto == p.proto &&
		    o->allow[i].published == p.published)
			return doc_error(&c->doc, doc_loc(n),
					 "allow names %u/%s twice; remove one",
					 p.published, proto_str(p.proto));
	to = array_add(&o->allow, &o->nallow, sizeof(*to));
	*to = p;
	return 0;
}

static int read_allow(struct config *c, yaml_node_t *n)
{
	yaml_node_item_t *item;
	size_t count;

	if (!n)
		return 0;
	if (field_list(&c->doc, n, "allow", "[\"9100/tcp\"] or [all]"))
		return 1;
	count = n->data.sequence.items.top - n->data.sequence.items.start;
	for (item = n->data.sequence.items.start;
	     item < n->data.sequence.items.top; item++) {
		yaml_node_t *entry = doc_node(&c->doc, *item);

		if (!field_is(entry, "all")) {
			if (read_allowed(c, entry))
				return 1;
			continue;
		}
		if (count > 1)
			return doc_error(&c->doc, doc_loc(entry),
					 "allow all includes every port; remove it or the other entries");
		c->m->overlay.allow_all = true;
	}
	return 0;
}

int config_overlay(struct config *c, yaml_node_t *n)
{
	struct mesh_overlay *o = &c->m->overlay;
	yaml_node_t *v[OVERLAY_KEYS];
	uint32_t port = VXLAN_PORT;

	if (field_keys(&c->doc, n, "overlay", overlay_keys, OVERLAY_KEYS, v) ||
	    field_num(&c->doc, v[VNI], "vni", 1, (1 << 24) - 1, &o->vni) ||
	    field_num(&c->doc, v[PORT], "port", 1024, 49151, &port) ||
	    read_mtu(c, v[MTU]) ||
	    read_subnet(c, v[SUBNET], "subnet", &o->subnet) ||
	    field_addr(&c->doc, v[GATEWAY], "gateway", &o->gateway) ||
	    config_take_overlay(c, v[GATEWAY], "gateway", &o->gateway,
				"overlay.gateway") ||
	    read_allow(c, v[ALLOW]))
		return 1;
	o->gateway.plen = o->subnet.plen;
	o->port = port;
	o->loc = doc_loc(n);
	o->vni_loc = doc_loc(v[VNI]);
	o->port_loc = v[PORT] ? doc_loc(v[PORT]) : o->loc;
	o->mtu_loc = v[MTU] ? doc_loc(v[MTU]) : o->loc;
	return 0;
}

enum { BRIDGE, GW_SUBNET, ADDRESS, SANDBOX, GATEWAY_KEYS };

static const struct key gateway_keys[GATEWAY_KEYS] = {
	[BRIDGE] = { "bridge", NULL },
	[GW_SUBNET] = { "subnet", NULL },
	[ADDRESS] = { "address", NULL },
	[SANDBOX] = { "sandbox", NULL },
};

/* Names that mean something else where device names are used */
static bool reserved_device(const char *name)
{
	static const char *const words[] = { ".", "..", "lo", "all", "default",
					     "ms-gw", "ms-vxlan" };
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

/* An address of the gateway subnet, the nth of it unless given */
static int read_gateway_addr(struct config *c, yaml_node_t *n, const char *what,
			     uint32_t nth, struct addr *out)
{
	const struct addr *subnet = &c->m->gateway.subnet;

	addr_nth(subnet, nth, out);
	if (field_addr(&c->doc, n, what, out))
		return 1;
	if (n && config_in_subnet(c, n, what, out, subnet, "gateway.subnet"))
		return 1;
	out->plen = subnet->plen;
	return 0;
}

static int read_gateway(struct config *c, yaml_node_t **v, struct loc at)
{
	struct mesh_gateway *g = &c->m->gateway;
	struct addr *overlay = &c->m->overlay.subnet;

	if (read_bridge(c, v[BRIDGE]) ||
	    read_subnet(c, v[GW_SUBNET], "subnet", &g->subnet))
		return 1;
	if (addr_overlap(&g->subnet, overlay))
		return doc_error(&c->doc, at,
				 "gateway.subnet %s overlaps overlay.subnet %s; give the two different ranges",
				 prefix_str(&g->subnet, NULL),
				 prefix_str(overlay, NULL));
	if (read_gateway_addr(c, v[ADDRESS], "address", 1, &g->address) ||
	    read_gateway_addr(c, v[SANDBOX], "sandbox", 2, &g->sandbox))
		return 1;
	if (addr_same(&g->address, &g->sandbox))
		return doc_error(&c->doc, v[SANDBOX] ? doc_loc(v[SANDBOX]) : at,
				 "sandbox %s is also the address of the bridge; give each its own",
				 addr_str(&g->sandbox, NULL));
	return 0;
}

int config_gateway(struct config *c, yaml_node_t *n)
{
	struct mesh_gateway *g = &c->m->gateway;
	yaml_node_t *v[GATEWAY_KEYS] = { NULL };
	struct loc at = n ? doc_loc(n) : c->m->overlay.loc;

	if (prefix_parse("172.18.0.0/16", &g->subnet) ||
	    (n && field_keys(&c->doc, n, "gateway", gateway_keys, GATEWAY_KEYS,
			     v)))
		return 1;
	g->loc = at;
	g->bridge_loc = v[BRIDGE] ? doc_loc(v[BRIDGE]) : at;
	return read_gateway(c, v, v[GW_SUBNET] ? doc_loc(v[GW_SUBNET]) : at);
}
