// SPDX-License-Identifier: GPL-2.0
#include <string.h>

#include <linux/meshmod.h>

#include "plan.h"

/* An address as the module takes it: without the subnet's length */
static struct addr host_of(struct addr a)
{
	a.plen = a.family == AF_INET6 ? 128 : 32;
	return a;
}

static struct nsconf_service *add_service(struct nsconf *c,
					  const struct mesh_service *s,
					  enum meshmod_source source)
{
	struct nsconf_service *to = nsconf_add_service(c, s->name);
	size_t i;

	to->mark = s->mark;
	to->scheduler = s->scheduler;
	to->source = source;
	for (i = 0; i < s->nports; i++)
		*nsconf_add_port(to) = s->ports[i];
	return to;
}

/*
 * The host hands each published port to the sandbox and keeps the client's
 * address, so that the sandbox sees who asks; and it lets the gateway subnet
 * out into the world.
 */
struct nsconf *plan_host(const struct mesh *m, const struct mesh_node *self)
{
	struct nsconf *c = nsconf_new();
	size_t i;

	(void)self;	/* every host has the same bridge */
	*nsconf_add_ingress(c) = host_of(m->gateway.address);
	*nsconf_add_masquerade(c) = m->gateway.subnet;
	for (i = 0; i < m->nservices; i++) {
		const struct mesh_service *s = &m->services[i];
		struct nsconf_service *to;

		if (!s->nports)
			continue;
		to = add_service(c, s, MESHMOD_SOURCE_LOCAL);
		nsconf_add_backend(to, "sandbox")->addr =
			host_of(m->gateway.sandbox);
	}
	return c;
}

/* The sandbox balances: all services over all backends of all nodes. */
struct nsconf *plan_sandbox(const struct mesh *m, const struct mesh_node *self)
{
	struct nsconf *c = nsconf_new();
	size_t i, j;

	*nsconf_add_ingress(c) = host_of(self->ingress);
	for (i = 0; i < m->nservices; i++) {
		const struct mesh_service *s = &m->services[i];
		struct nsconf_service *to;

		to = add_service(c, s, MESHMOD_SOURCE_INGRESS);
		if (s->vip.family)
			*nsconf_add_vip(to) = s->vip;
		for (j = 0; j < s->nbackends; j++) {
			const struct mesh_backend *b = &s->backends[j];
			struct nsconf_backend *tb;

			tb = nsconf_add_backend(to, b->name);
			tb->addr = host_of(b->ip);
			tb->weight = b->weight;
			tb->state = b->state;
		}
	}
	return c;
}

static void add_redirect(struct nsconf *c, const struct addr *ip,
			 const struct port *p)
{
	struct nsconf_redirect *r;
	size_t i;

	/* A port that is published already may be allowed as well. */
	for (i = 0; i < c->nredirects; i++)
		if (c->redirects[i].proto == p->proto &&
		    c->redirects[i].from == p->published)
			return;
	r = nsconf_add_redirect(c);
	r->addr = host_of(*ip);
	r->proto = p->proto;
	r->from = p->published;
	r->to = p->target;
}

static bool serves(const struct mesh_service *s, const struct mesh_node *node,
		   const struct addr *ip)
{
	size_t i;

	for (i = 0; i < s->nbackends; i++)
		if (s->backends[i].node == node &&
		    addr_same(&s->backends[i].ip, ip))
			return true;
	return false;
}

/* A container turns published ports into its own, and is closed otherwise. */
struct nsconf *plan_container(const struct mesh *m,
			      const struct mesh_node *self,
			      const struct addr *ip)
{
	struct nsconf *c = nsconf_new();
	struct nsconf_guard *g;
	bool found = false;
	size_t i, j;

	if (!m->overlay.allow_all) {
		g = nsconf_add_guard(c);
		g->addr = host_of(*ip);
		strcpy(g->dev, "eth0");
	}
	for (i = 0; i < m->nservices; i++) {
		const struct mesh_service *s = &m->services[i];

		if (!serves(s, self, ip))
			continue;
		found = true;
		for (j = 0; j < s->nports; j++)
			add_redirect(c, ip, &s->ports[j]);
	}
	for (i = 0; i < m->overlay.nallow; i++)
		add_redirect(c, ip, &m->overlay.allow[i]);
	if (found)
		return c;
	nsconf_free(c);
	return NULL;
}
