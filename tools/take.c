// SPDX-License-Identifier: GPL-2.0
/* Attributes of the module's messages to objects. */
#include <libmnl/libmnl.h>
#include <linux/meshmod.h>
#include <stdlib.h>
#include <string.h>

#include "genl.h"
#include "util.h"

const struct nlattr *take_attr(const struct nlattr *nest, uint16_t type)
{
	const struct nlattr *a;

	if (!nest)
		return NULL;
	mnl_attr_for_each_nested(a, nest)
		if (mnl_attr_get_type(a) == type)
			return a;
	return NULL;
}

const char *take_string(const struct nlattr *nest, uint16_t type)
{
	const struct nlattr *a = take_attr(nest, type);

	return a ? mnl_attr_get_str(a) : "";
}

uint32_t take_number(const struct nlattr *nest, uint16_t type)
{
	const struct nlattr *a = take_attr(nest, type);

	switch (a ? mnl_attr_get_payload_len(a) : 0) {
	case 1:
		return mnl_attr_get_u8(a);
	case 2:
		return mnl_attr_get_u16(a);
	case 4:
		return mnl_attr_get_u32(a);
	}
	return 0;
}

/* On where it is not there */
static bool take_switch(const struct nlattr *nest, uint16_t type)
{
	return !take_attr(nest, type) || take_number(nest, type);
}

void take_addr(const struct nlattr *nest, struct addr *a)
{
	const struct nlattr *v4 = take_attr(nest, MESHMOD_A_ADDR_V4);
	const struct nlattr *v6 = take_attr(nest, MESHMOD_A_ADDR_V6);
	const struct nlattr *ip = v4 ? v4 : v6;
	size_t len = v4 ? 4 : 16;

	memset(a, 0, sizeof(*a));
	if (!ip || mnl_attr_get_payload_len(ip) != len)
		return;
	a->family = v4 ? AF_INET : AF_INET6;
	memcpy(a->bytes, mnl_attr_get_payload(ip), len);
	a->plen = take_number(nest, MESHMOD_A_ADDR_PREFIX);
	if (!a->plen)
		a->plen = len * 8;
}

/* The name of a device, into what its owner has zeroed */
static void take_dev(const struct nlattr *nest, uint16_t type,
		     char dev[IF_NAMESIZE])
{
	const char *name = take_string(nest, type);

	memcpy(dev, name, strnlen(name, IF_NAMESIZE - 1));
}

/* A MAC address, into what its owner has zeroed */
static void take_mac(const struct nlattr *nest, uint16_t type, uint8_t mac[6])
{
	const struct nlattr *a = take_attr(nest, type);

	if (a && mnl_attr_get_payload_len(a) == 6)
		memcpy(mac, mnl_attr_get_payload(a), 6);
}

/* One more address, in the place of its family */
static void take_dual(const struct nlattr *nest, struct dual *d)
{
	struct addr a;

	take_addr(nest, &a);
	if (a.family)
		d->v[family_index(a.family)] = a;
}

/* Those of one type in the nest */
static void take_duals(const struct nlattr *nest, uint16_t type,
		       struct dual *d)
{
	const struct nlattr *a;

	mnl_attr_for_each_nested(a, nest)
		if (mnl_attr_get_type(a) == type)
			take_dual(a, d);
}

static void take_guard(const struct nlattr *nest, struct nsconf_guard *g)
{
	take_addr(take_attr(nest, MESHMOD_A_GUARD_ADDR), &g->addr);
	take_dev(nest, MESHMOD_A_GUARD_DEV, g->dev);
}

static void take_origin(const struct nlattr *nest, struct nsconf_origin *o)
{
	take_mac(nest, MESHMOD_A_ORIGIN_MAC, o->mac);
	take_duals(nest, MESHMOD_A_ORIGIN_ADDR, &o->addr);
	o->zone = take_number(nest, MESHMOD_A_ORIGIN_ZONE);
}

static void take_tunnel(const struct nlattr *nest, struct nsconf *c)
{
	c->tunnel_port = take_number(nest, MESHMOD_A_TUNNEL_PORT);
	c->tunnel_vni = take_number(nest, MESHMOD_A_TUNNEL_VNI);
}

void take_node(const struct nlattr *nest, struct nsconf *c)
{
	const struct nlattr *a;

	c->mask = take_number(nest, MESHMOD_A_NODE_MASK);
	c->offload = take_switch(nest, MESHMOD_A_NODE_OFFLOAD);
	c->overlay = take_switch(nest, MESHMOD_A_NODE_OVERLAY);
	mnl_attr_for_each_nested(a, nest) {
		switch (mnl_attr_get_type(a)) {
		case MESHMOD_A_NODE_INGRESS:
			take_addr(a, nsconf_add_ingress(c));
			break;
		case MESHMOD_A_NODE_MASQUERADE:
			take_addr(a, nsconf_add_masquerade(c));
			break;
		case MESHMOD_A_NODE_GUARD:
			take_guard(a, nsconf_add_guard(c));
			break;
		case MESHMOD_A_NODE_TUNNEL:
			take_tunnel(a, c);
			break;
		case MESHMOD_A_NODE_PEER:
			take_addr(a, nsconf_add_peer(c));
			break;
		case MESHMOD_A_NODE_ORIGIN:
			take_origin(a, nsconf_add_origin(c));
			break;
		}
	}
}

static void take_port(const struct nlattr *nest, struct port *p)
{
	p->proto = take_number(nest, MESHMOD_A_PORT_PROTO);
	p->published = take_number(nest, MESHMOD_A_PORT_PUBLISHED);
	p->target = take_number(nest, MESHMOD_A_PORT_TARGET);
	p->last = take_number(nest, MESHMOD_A_PORT_PUBLISHED_LAST);
	p->target_last = take_number(nest, MESHMOD_A_PORT_TARGET_LAST);
	if (!p->last)
		p->last = p->published;
	if (!p->target_last)
		p->target_last = p->target;
}

static void take_publish(const struct nlattr *nest, struct publish *p)
{
	const struct nlattr *a;

	take_port(nest, &p->port);
	mnl_attr_for_each_nested(a, nest)
		if (mnl_attr_get_type(a) == MESHMOD_A_PORT_SOURCE &&
		    p->nsources < SOURCES_MAX)
			take_addr(a, &p->sources[p->nsources++]);
}

static void take_listen(const struct nlattr *nest, struct listen *l)
{
	take_addr(take_attr(nest, MESHMOD_A_LISTEN_ADDR), &l->addr);
	take_dev(nest, MESHMOD_A_LISTEN_DEV, l->dev);
}

struct nsconf_service *take_service(const struct nlattr *nest,
				    struct nsconf *c)
{
	struct nsconf_service *s;
	const struct nlattr *a;

	s = nsconf_add_service(c, take_string(nest, MESHMOD_A_SERVICE_NAME));
	s->mark = take_number(nest, MESHMOD_A_SERVICE_MARK);
	s->scheduler = take_number(nest, MESHMOD_A_SERVICE_SCHEDULER);
	s->source = take_number(nest, MESHMOD_A_SERVICE_SOURCE);
	s->refuse = take_number(nest, MESHMOD_A_SERVICE_REFUSE);
	s->offload = take_switch(nest, MESHMOD_A_SERVICE_OFFLOAD);
	mnl_attr_for_each_nested(a, nest) {
		switch (mnl_attr_get_type(a)) {
		case MESHMOD_A_SERVICE_VIP:
			take_addr(a, nsconf_add_vip(s));
			break;
		case MESHMOD_A_SERVICE_LISTEN:
			take_listen(a, nsconf_add_listen(s));
			break;
		case MESHMOD_A_SERVICE_PORT:
			take_publish(a, nsconf_add_port(s));
			break;
		}
	}
	return s;
}

struct nsconf_backend *take_backend(const struct nlattr *nest,
				    struct nsconf_service *s)
{
	struct nsconf_backend *b;

	b = nsconf_add_backend(s, take_string(nest, MESHMOD_A_BACKEND_NAME));
	b->weight = take_number(nest, MESHMOD_A_BACKEND_WEIGHT);
	b->state = take_number(nest, MESHMOD_A_BACKEND_STATE);
	if (nest)
		take_duals(nest, MESHMOD_A_BACKEND_ADDR, &b->addr);
	return b;
}

void take_redirect(const struct nlattr *nest, struct nsconf *c)
{
	struct nsconf_redirect *r = nsconf_add_redirect(c);

	take_addr(take_attr(nest, MESHMOD_A_REDIRECT_ADDR), &r->addr);
	r->proto = take_number(nest, MESHMOD_A_REDIRECT_PROTO);
	r->from = take_number(nest, MESHMOD_A_REDIRECT_FROM);
	r->to = take_number(nest, MESHMOD_A_REDIRECT_TO);
	r->from_last = take_number(nest, MESHMOD_A_REDIRECT_FROM_LAST);
	r->to_last = take_number(nest, MESHMOD_A_REDIRECT_TO_LAST);
	if (!r->from_last)
		r->from_last = r->from;
	if (!r->to_last)
		r->to_last = r->to;
}

void take_binding(const struct nlattr *nest, struct nsconf *c)
{
	struct nsconf_binding *b = nsconf_add_binding(c);
	const struct nlattr *a;

	take_dev(nest, MESHMOD_A_BINDING_DEV, b->dev);
	take_mac(nest, MESHMOD_A_BINDING_MAC, b->mac);
	mnl_attr_for_each_nested(a, nest)
		if (mnl_attr_get_type(a) == MESHMOD_A_BINDING_ADDR &&
		    b->naddrs < ARRAY_SIZE(b->addrs))
			take_addr(a, &b->addrs[b->naddrs++]);
}
