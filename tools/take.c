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

/* A number of whatever width; 0 if it is not there */
static uint32_t take_number(const struct nlattr *nest, uint16_t type)
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

static void take_guard(const struct nlattr *nest, struct nsconf_guard *g)
{
	const char *dev = take_string(nest, MESHMOD_A_GUARD_DEV);
	size_t len = strnlen(dev, sizeof(g->dev) - 1);

	take_addr(take_attr(nest, MESHMOD_A_GUARD_ADDR), &g->addr);
	memcpy(g->dev, dev, len);	/* zeroed by who made it */
}

void take_node(const struct nlattr *nest, struct nsconf *c)
{
	const struct nlattr *a;

	c->mask = take_number(nest, MESHMOD_A_NODE_MASK);
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
		}
	}
}

static void take_port(const struct nlattr *nest, struct port *p)
{
	p->proto = take_number(nest, MESHMOD_A_PORT_PROTO);
	p->published = take_number(nest, MESHMOD_A_PORT_PUBLISHED);
	p->target = take_number(nest, MESHMOD_A_PORT_TARGET);
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
	mnl_attr_for_each_nested(a, nest) {
		if (mnl_attr_get_type(a) == MESHMOD_A_SERVICE_VIP)
			take_addr(a, nsconf_add_vip(s));
		else if (mnl_attr_get_type(a) == MESHMOD_A_SERVICE_PORT)
			take_port(a, nsconf_add_port(s));
	}
	return s;
}

struct nsconf_backend *take_backend(const struct nlattr *nest,
				    struct nsconf_service *s)
{
	struct nsconf_backend *b;

	b = nsconf_add_backend(s, take_string(nest, MESHMOD_A_BACKEND_NAME));
	take_addr(take_attr(nest, MESHMOD_A_BACKEND_ADDR), &b->addr);
	b->weight = take_number(nest, MESHMOD_A_BACKEND_WEIGHT);
	b->state = take_number(nest, MESHMOD_A_BACKEND_STATE);
	return b;
}

void take_redirect(const struct nlattr *nest, struct nsconf *c)
{
	struct nsconf_redirect *r = nsconf_add_redirect(c);

	take_addr(take_attr(nest, MESHMOD_A_REDIRECT_ADDR), &r->addr);
	r->proto = take_number(nest, MESHMOD_A_REDIRECT_PROTO);
	r->from = take_number(nest, MESHMOD_A_REDIRECT_FROM);
	r->to = take_number(nest, MESHMOD_A_REDIRECT_TO);
}
