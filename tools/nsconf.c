// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>
#include <string.h>

#include <linux/meshmod.h>

#include "nsconf.h"
#include "util.h"

struct nsconf *nsconf_new(void)
{
	struct nsconf *c = xcalloc(1, sizeof(*c));

	c->offload = true;
	return c;
}

static void free_service(struct nsconf_service *s)
{
	size_t i;

	for (i = 0; i < s->nbackends; i++)
		free(s->backends[i].name);
	free(s->backends);
	free(s->ports);
	free(s->listen);
	free(s->vips);
	free(s->name);
}

void nsconf_free(struct nsconf *c)
{
	size_t i;

	if (!c)
		return;
	for (i = 0; i < c->nservices; i++)
		free_service(&c->services[i]);
	free(c->services);
	free(c->redirects);
	free(c->bindings);
	free(c->origins);
	free(c->peers);
	free(c->guards);
	free(c->masquerade);
	free(c->ingress);
	free(c);
}

struct addr *nsconf_add_ingress(struct nsconf *c)
{
	return array_add(&c->ingress, &c->ningress, sizeof(*c->ingress));
}

struct addr *nsconf_add_masquerade(struct nsconf *c)
{
	return array_add(&c->masquerade, &c->nmasquerade,
			 sizeof(*c->masquerade));
}

struct nsconf_guard *nsconf_add_guard(struct nsconf *c)
{
	return array_add(&c->guards, &c->nguards, sizeof(*c->guards));
}

struct addr *nsconf_add_peer(struct nsconf *c)
{
	return array_add(&c->peers, &c->npeers, sizeof(*c->peers));
}

struct nsconf_origin *nsconf_add_origin(struct nsconf *c)
{
	return array_add(&c->origins, &c->norigins, sizeof(*c->origins));
}

struct nsconf_redirect *nsconf_add_redirect(struct nsconf *c)
{
	return array_add(&c->redirects, &c->nredirects, sizeof(*c->redirects));
}

struct nsconf_binding *nsconf_add_binding(struct nsconf *c)
{
	return array_add(&c->bindings, &c->nbindings, sizeof(*c->bindings));
}

struct nsconf_service *nsconf_add_service(struct nsconf *c, const char *name)
{
	struct nsconf_service *s = array_add(&c->services, &c->nservices,
					     sizeof(*s));

	s->name = xstrdup(name);
	s->offload = true;
	return s;
}

struct addr *nsconf_add_vip(struct nsconf_service *s)
{
	return array_add(&s->vips, &s->nvips, sizeof(*s->vips));
}

struct listen *nsconf_add_listen(struct nsconf_service *s)
{
	return array_add(&s->listen, &s->nlisten, sizeof(*s->listen));
}

struct publish *nsconf_add_port(struct nsconf_service *s)
{
	return array_add(&s->ports, &s->nports, sizeof(*s->ports));
}

struct nsconf_backend *nsconf_add_backend(struct nsconf_service *s,
					  const char *name)
{
	struct nsconf_backend *b = array_add(&s->backends, &s->nbackends,
					     sizeof(*b));

	b->name = xstrdup(name);
	b->weight = MESHMOD_WEIGHT_DEFAULT;
	return b;
}

bool nsconf_empty(const struct nsconf *c)
{
	return !c->ningress && !c->nmasquerade && !c->nguards &&
	       !c->tunnel_port && !c->npeers && !c->norigins &&
	       !c->nservices && !c->nredirects && !c->nbindings &&
	       (!c->mask || c->mask == MESHMOD_MASK_DEFAULT) && c->offload &&
	       !c->overlay;
}
