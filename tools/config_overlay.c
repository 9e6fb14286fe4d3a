// SPDX-License-Identifier: GPL-2.0
/* The network between the containers. */
#include <stdio.h>

#include "config.h"
#include "field.h"

#define VXLAN_PORT	4789
#define MTU_MIN		576
#define MTU_MIN_V6	1280	/* with less, a device has no IPv6 */
#define MTU_MAX		(65535 - 50)	/* less the VXLAN overhead */

enum { VNI, PORT, SUBNET, GATEWAY, MTU, ALLOW, OVERLAY_KEYS };

static const struct key overlay_keys[OVERLAY_KEYS] = {
	[VNI] = { "vni", "vni: 4242" },
	[PORT] = { "port", NULL },
	[SUBNET] = { "subnet", "subnet: 10.11.0.0/16" },
	[GATEWAY] = { "gateway", "gateway: 10.11.0.2" },
	[MTU] = { "mtu", NULL },
	[ALLOW] = { "allow", NULL },
};

static int read_mtu(struct config *c, yaml_node_t *n)
{
	bool v6 = c->m->overlay.subnet.v[family_index(AF_INET6)].family;

	if (field_is(n, "auto"))
		return 0;
	return field_num(&c->doc, n, "mtu", v6 ? MTU_MIN_V6 : MTU_MIN, MTU_MAX,
			 &c->m->overlay.mtu);
}

static int allowed_twice(struct config *c, const struct port *p,
			 const struct port *before)
{
	const char *text = port_published_str(p, NULL);

	if (p->published == before->published && p->last == before->last)
		return doc_error(&c->doc, p->loc,
				 "allow names %s twice; remove one", text);
	return doc_error(&c->doc, p->loc,
			 "allow names %s, and some of these ports already with %s (line %d); make the ranges separate",
			 text, port_published_str(before, NULL),
			 before->loc.line);
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
		    o->allow[i].published <= p.last &&
		    p.published <= o->allow[i].last)
			return allowed_twice(c, &p, &o->allow[i]);
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

static int read_gateway(struct config *c, yaml_node_t *n)
{
	static const char owner[] = "overlay.gateway";
	struct dual *ip = &c->m->overlay.gateway;
	yaml_node_t *at[FAMILIES] = { NULL };

	return field_dual_addr(&c->doc, n, "gateway", ip, at) ||
	       config_take_overlays(c, at, "gateway", ip, owner) ||
	       config_has_families(c, n, owner, ip) ||
	       config_take_tail(c, doc_loc(n), "", "gateway", ip, owner);
}

int config_overlay(struct config *c, yaml_node_t *n)
{
	struct mesh_overlay *o = &c->m->overlay;
	yaml_node_t *v[OVERLAY_KEYS];
	uint32_t port = VXLAN_PORT;

	if (field_keys(&c->doc, n, "overlay", overlay_keys, OVERLAY_KEYS, v) ||
	    field_num(&c->doc, v[VNI], "vni", 1, (1 << 24) - 1, &o->vni) ||
	    field_num(&c->doc, v[PORT], "port", 1024, 49151, &port) ||
	    config_subnets(c, v[SUBNET], "subnet", &o->subnet) ||
	    read_mtu(c, v[MTU]) ||
	    read_gateway(c, v[GATEWAY]) ||
	    read_allow(c, v[ALLOW]))
		return 1;
	o->port = port;
	o->loc = doc_loc(n);
	o->vni_loc = doc_loc(v[VNI]);
	o->port_loc = v[PORT] ? doc_loc(v[PORT]) : o->loc;
	o->mtu_loc = v[MTU] ? doc_loc(v[MTU]) : o->loc;
	return 0;
}
