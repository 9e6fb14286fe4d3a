// SPDX-License-Identifier: GPL-2.0
/* The services: what is published, and under which address and mark. */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/meshmod.h>

#include "config.h"
#include "field.h"

enum { PUBLISH, VIP, MARK, SCHEDULER, BACKENDS, NKEYS };

static const struct key service_keys[NKEYS] = {
	[PUBLISH] = { "publish", NULL },
	[VIP] = { "vip", NULL },
	[MARK] = { "mark", NULL },
	[SCHEDULER] = { "scheduler", NULL },
	[BACKENDS] = { "backends", NULL },
};

static int take_port(struct config *c, const struct port *p, const char *owner)
{
	const struct claim *other;
	char key[PORT_STRLEN];

	snprintf(key, sizeof(key), "%u/%s", p->published, proto_str(p->proto));
	if (p->proto == IPPROTO_UDP && p->published == c->m->overlay.port)
		return doc_error(&c->doc, p->loc,
				 "%s publishes %s, which carries the overlay; publish another port or change overlay.port",
				 owner, key);
	other = claims_take(&c->ports, key, p->loc, owner);
	if (!other)
		return 0;
	if (!strcmp(other->owner, owner))
		return doc_error(&c->doc, p->loc,
				 "%s publishes %s twice; remove one", owner,
				 key);
	return doc_error(&c->doc, p->loc,
			 "%s publishes %s, which %s publishes already (line %d); give one of them another port",
			 owner, key, other->owner, other->loc.line);
}

static int read_port(struct config *c, yaml_node_t *n, const char *owner,
		     struct mesh_service *s)
{
	struct port p = { .loc = doc_loc(n) }, *to;
	const char *text, *refusal;

	if (field_text(&c->doc, n, "an entry of publish", &text))
		return 1;
	refusal = port_parse(text, &p);
	if (refusal)
		return doc_error(&c->doc, doc_loc(n), "publish %s %s",
				 shown(text), refusal);
	if (s->nports == MESHMOD_MAX_PORTS)
		return doc_error(&c->doc, doc_loc(n),
				 "%s publishes more than %d ports; move some to another service",
				 owner, MESHMOD_MAX_PORTS);
	if (take_port(c, &p, owner))
		return 1;
	to = array_add(&s->ports, &s->nports, sizeof(*to));
	*to = p;
	return 0;
}

static int read_publish(struct config *c, yaml_node_t *n, const char *owner,
			struct mesh_service *s)
{
	yaml_node_item_t *item;

	if (!n)
		return 0;
	if (field_list(&c->doc, n, "publish", "[\"8080:80/tcp\"]"))
		return 1;
	for (item = n->data.sequence.items.start;
	     item < n->data.sequence.items.top; item++)
		if (read_port(c, doc_node(&c->doc, *item), owner, s))
			return 1;
	return 0;
}

static int read_vip(struct config *c, yaml_node_t *n, const char *owner,
		    struct mesh_service *s)
{
	if (!n)
		return 0;
	return field_addr(&c->doc, n, "vip", &s->vip) ||
	       config_take_overlay(c, n, "vip", &s->vip, owner);
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

static int read_values(struct config *c, yaml_node_t *n, const char *owner,
		       struct mesh_service *s)
{
	static const char *const schedulers[] = { [MESHMOD_SCHED_RR] = "rr" };
	yaml_node_t *v[NKEYS];

	return field_keys(&c->doc, n, owner, service_keys, NKEYS, v) ||
	       read_publish(c, v[PUBLISH], owner, s) ||
	       read_vip(c, v[VIP], owner, s) ||
	       read_mark(c, v[MARK], owner, s) ||
	       field_word(&c->doc, v[SCHEDULER], "scheduler", schedulers,
			  ARRAY_SIZE(schedulers), &s->scheduler) ||
	       config_backends(c, v[BACKENDS], s);
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
