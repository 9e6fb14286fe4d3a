// SPDX-License-Identifier: GPL-2.0
/* The services: what is common to their ports and backends. */
#include <stdio.h>
#include <stdlib.h>

#include <linux/meshmod.h>

#include "config.h"
#include "field.h"

enum {
	PUBLISH, LISTEN, REFUSE, VIP, MARK, SCHEDULER, SOURCE, OFFLOAD,
	BACKENDS, NKEYS
};

static const struct key service_keys[NKEYS] = {
	[PUBLISH] = { "publish", NULL },
	[LISTEN] = { "listen", NULL },
	[REFUSE] = { "refuse", NULL },
	[VIP] = { "vip", NULL },
	[MARK] = { "mark", NULL },
	[SCHEDULER] = { "scheduler", NULL },
	[SOURCE] = { "source", NULL },
	[OFFLOAD] = { "offload", NULL },
	[BACKENDS] = { "backends", NULL },
};

/* A VIP is a host: who balances answers for it alone. */
static int read_vip(struct config *c, yaml_node_t *n, const char *owner,
		    struct mesh_service *s, yaml_node_t *at[FAMILIES])
{
	size_t i;

	if (field_dual_addr(&c->doc, n, "vip", &s->vip, at) ||
	    config_take_overlays(c, at, "vip", &s->vip, owner))
		return 1;
	for (i = 0; i < FAMILIES; i++)
		if (at[i])
			s->vip.v[i] = addr_host(s->vip.v[i]);
	return 0;
}

static bool has_backend(const struct mesh_service *s, int family)
{
	size_t i;

	for (i = 0; i < s->nbackends; i++)
		if (s->backends[i].ip.v[family].family)
			return true;
	return !s->nbackends;
}

static int check_vip(struct config *c, yaml_node_t *const at[FAMILIES],
		     const char *owner, const struct mesh_service *s)
{
	const struct addr *a;

	for_each_addr(a, &s->vip) {
		int family = family_index(a->family);

		if (!has_backend(s, family))
			return doc_error(&c->doc, doc_loc(at[family]),
					 "vip %s is %s, and no backend of %s has an %s address; give one of them such an ip, or remove the vip",
					 addr_str(a, NULL),
					 family_str(a->family), owner,
					 family_str(a->family));
	}
	return 0;
}

/*
 * From a node to the sandbox it is the gateway network's families.  In the flat
 * topology the node is on the overlay itself.
 */
static int check_reach(struct config *c, yaml_node_t *n, const char *owner)
{
	const struct dual *overlay = &c->m->overlay.subnet;
	const struct dual *gateway = &c->m->gateway.subnet;
	size_t i;

	for (i = 0; i < FAMILIES; i++)
		if (overlay->v[i].family && gateway->v[i].family)
			return 0;
	if (!n || c->m->topology == TOPOLOGY_FLAT)
		return 0;
	return doc_error(&c->doc, doc_loc(n),
			 "%s can be reached over no node, because overlay.subnet is %s alone and gateway.subnet %s; add an %s subnet to gateway.subnet",
			 owner, family_str(dual_first(overlay)->family),
			 family_str(dual_first(gateway)->family),
			 family_str(dual_first(overlay)->family));
}

static int read_mark(struct config *c, yaml_node_t *n, const char *owner,
		     struct mesh_service *s)
{
	const struct claim *other;
	char key[16];

	if (!n)
		return 0;
	if (field_num(&c->doc, n, "mark", 1, MESHMOD_MASK_DEFAULT, &s->mark))
		return 1;
	snprintf(key, sizeof(key), "%u", s->mark);
	other = claims_take(&c->marks, key, doc_loc(n), owner);
	if (other)
		return doc_error(&c->doc, doc_loc(n),
				 "mark %s is already the mark of %s (line %d); give each its own",
				 key, other->owner, other->loc.line);
	return 0;
}

/* Each container of such a service is told of all nodes. */
static int read_source(struct config *c, yaml_node_t *n, const char *owner,
		       struct mesh_service *s)
{
	if (field_word(&c->doc, n, "source", &source_words, &s->source))
		return 1;
	if (s->source != MESHMOD_SOURCE_PRESERVE ||
	    c->m->nnodes <= MESHMOD_MAX_ORIGINS)
		return 0;
	return doc_error(&c->doc, doc_loc(n),
			 "source preserve of %s is for a mesh of at most %d nodes, because its containers are told of each; write ingress, or remove nodes",
			 owner, MESHMOD_MAX_ORIGINS);
}

static int read_values(struct config *c, yaml_node_t *n, const char *owner,
		       struct mesh_service *s)
{
	yaml_node_t *v[NKEYS], *vip_at[FAMILIES] = { NULL };

	return field_keys(&c->doc, n, owner, service_keys, NKEYS, v) ||
	       config_publish(c, v[PUBLISH], owner, s) ||
	       config_listen(c, v[LISTEN], s) ||
	       field_word(&c->doc, v[REFUSE], "refuse", &refuse_words,
			  &s->refuse) ||
	       read_vip(c, v[VIP], owner, s, vip_at) ||
	       check_reach(c, s->nports ? v[PUBLISH] : v[VIP], owner) ||
	       read_mark(c, v[MARK], owner, s) ||
	       field_word(&c->doc, v[SCHEDULER], "scheduler",
			  &scheduler_words, &s->scheduler) ||
	       read_source(c, v[SOURCE], owner, s) ||
	       field_switch(&c->doc, v[OFFLOAD], "offload", &s->offload) ||
	       config_backends(c, v[BACKENDS], s) ||
	       check_vip(c, vip_at, owner, s);
}

static int read_service(struct config *c, const yaml_node_pair_t *pair)
{
	yaml_node_t *key = doc_node(&c->doc, pair->key);
	struct mesh_service *s;
	const char *name;
	char *owner;
	int err;

	if (field_key_name(&c->doc, key, "service", &name))
		return 1;
	if (c->m->nservices == MESHMOD_MAX_SERVICES)
		return doc_error(&c->doc, doc_loc(key),
				 "service %s is one more than the %d of a mesh; remove some",
				 name, MESHMOD_MAX_SERVICES);
	s = array_add(&c->m->services, &c->m->nservices, sizeof(*s));
	s->name = xstrdup(name);
	s->offload = true;
	s->loc = doc_loc(key);
	owner = xasprintf("service %s", name);
	err = config_take_name(c, key, owner) ||
	      read_values(c, doc_node(&c->doc, pair->value), owner, s);
	free(owner);
	return err;
}

int config_services(struct config *c, yaml_node_t *n)
{
	yaml_node_pair_t *pair;

	if (!n)
		return 0;
	if (field_map(&c->doc, n, "services"))
		return 1;
	for (pair = n->data.mapping.pairs.start;
	     pair < n->data.mapping.pairs.top; pair++)
		if (read_service(c, pair))
			return 1;
	return 0;
}
