// SPDX-License-Identifier: GPL-2.0
/* What a service publishes, where it listens and who may ask it. */
#include <assert.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include <linux/meshmod.h>

#include "config.h"
#include "field.h"

static_assert(SOURCES_MAX == MESHMOD_MAX_SOURCES, "one limit of sources");

/* The module is told of as many more: the bridge's addresses, or the VIPs. */
#define FROM_MAX	(MESHMOD_MAX_SOURCES - FAMILIES)

static int overlay_port(struct config *c, const struct port *p,
			const char *owner)
{
	const char *text = port_published_str(p, NULL);

	if (p->published == p->last)
		return doc_error(&c->doc, p->loc,
				 "%s publishes %s, which carries the overlay; publish another port or change overlay.port",
				 owner, text);
	return doc_error(&c->doc, p->loc,
			 "%s publishes %s, and %u of these carries the overlay; publish other ports or change overlay.port",
			 owner, text, c->m->overlay.port);
}

static int port_taken(struct config *c, const struct port *p,
		      const struct port_claim *other, const char *owner)
{
	const char *text = port_published_str(p, NULL);
	bool own = !strcmp(other->owner, owner);
	char with[PORT_STRLEN + sizeof(" with ")] = "";

	if (p->published != other->port.published ||
	    p->last != other->port.last)
		snprintf(with, sizeof(with), " with %s",
			 port_published_str(&other->port, NULL));
	else if (own)
		return doc_error(&c->doc, p->loc,
				 "%s publishes %s twice; remove one", owner,
				 text);
	return doc_error(&c->doc, p->loc,
			 "%s publishes %s, which %s publishes already%s (line %d); give one of them another port",
			 owner, text, own ? "it" : other->owner, with,
			 other->port.loc.line);
}

static int take_port(struct config *c, const struct port *p, const char *owner)
{
	const struct port_claim *other;

	if (p->proto == IPPROTO_UDP && p->published <= c->m->overlay.port &&
	    c->m->overlay.port <= p->last)
		return overlay_port(c, p, owner);
	other = port_claims_take(&c->ports, p, owner);
	return other ? port_taken(c, p, other, owner) : 0;
}

static int add_source(struct config *c, yaml_node_t *n, struct publish *to)
{
	const char *text, *refusal;
	struct addr a;
	size_t i;

	if (field_text(&c->doc, n, "from", &text))
		return 1;
	refusal = clients_parse(text, &a);
	if (refusal)
		return doc_error(&c->doc, doc_loc(n), "from %s %s",
				 shown(text), refusal);
	for (i = 0; i < to->nsources; i++)
		if (!prefix_cmp(&to->sources[i], &a))
			return doc_error(&c->doc, doc_loc(n),
					 "from names %s twice; remove one",
					 prefix_str(&a, NULL));
	if (to->nsources == FROM_MAX)
		return doc_error(&c->doc, doc_loc(n),
				 "from names more than %d subnets; write larger ones",
				 FROM_MAX);
	to->sources[to->nsources++] = a;
	return 0;
}

static int read_from(struct config *c, yaml_node_t *n, struct publish *to)
{
	size_t i, count;

	if (field_values(&c->doc, n, "from", &count))
		return 1;
	for (i = 0; i < count; i++)
		if (add_source(c, field_value(&c->doc, n, i), to))
			return 1;
	return 0;
}

enum { PORT, FROM, NKEYS };

static const struct key publish_keys[NKEYS] = {
	[PORT] = { "port", "port: 8080:80/tcp" },
	[FROM] = { "from", NULL },
};

/* Just the port, or a mapping with it and who may ask */
static int read_entry(struct config *c, yaml_node_t *n, struct publish *to)
{
	static const char what[] = "an entry of publish";
	yaml_node_t *v[NKEYS] = { [PORT] = n };
	const char *text, *refusal;

	if (n->type == YAML_MAPPING_NODE &&
	    field_keys(&c->doc, n, what, publish_keys, NKEYS, v))
		return 1;
	if (field_text(&c->doc, v[PORT], what, &text))
		return 1;
	to->port.loc = doc_loc(v[PORT]);
	refusal = port_parse(text, &to->port);
	if (refusal)
		return doc_error(&c->doc, to->port.loc, "publish %s %s",
				 shown(text), refusal);
	return read_from(c, v[FROM], to);
}

/* As many as the module is told of for it */
static size_t count_sources(const struct publish *p)
{
	return p->nsources ? p->nsources + FAMILIES : 0;
}

static int check_sources(struct config *c, const struct publish *p,
			 const char *owner, const struct mesh_service *s)
{
	size_t i, n = count_sources(p);

	for (i = 0; i < s->nports; i++)
		n += count_sources(&s->ports[i]);
	if (n <= MESHMOD_MAX_SERVICE_SOURCES)
		return 0;
	return doc_error(&c->doc, p->port.loc,
			 "%s names more subnets to publish to than the %d of a service, %d of which go with each port that has some; write larger ones, or move ports to another service",
			 owner, MESHMOD_MAX_SERVICE_SOURCES, FAMILIES);
}

static int add_port(struct config *c, yaml_node_t *n, const char *owner,
		    struct mesh_service *s)
{
	struct publish *to, entry = { .nsources = 0 };

	if (read_entry(c, n, &entry))
		return 1;
	if (s->nports == MESHMOD_MAX_PORTS)
		return doc_error(&c->doc, entry.port.loc,
				 "%s publishes more than %d ports; move some to another service",
				 owner, MESHMOD_MAX_PORTS);
	if (check_sources(c, &entry, owner, s) ||
	    take_port(c, &entry.port, owner))
		return 1;
	to = array_add(&s->ports, &s->nports, sizeof(*to));
	*to = entry;
	return 0;
}

int config_publish(struct config *c, yaml_node_t *n, const char *owner,
		   struct mesh_service *s)
{
	yaml_node_item_t *item;

	if (!n)
		return 0;
	if (field_list(&c->doc, n, "publish", "[\"8080:80/tcp\"]"))
		return 1;
	for (item = n->data.sequence.items.start;
	     item < n->data.sequence.items.top; item++)
		if (add_port(c, doc_node(&c->doc, *item), owner, s))
			return 1;
	return 0;
}

static bool same_listen(const struct listen *a, const struct listen *b)
{
	return !prefix_cmp(&a->addr, &b->addr) && !strcmp(a->dev, b->dev);
}

static int add_listen(struct config *c, yaml_node_t *n, struct mesh_service *s)
{
	struct listen l, *to;
	const char *text, *refusal;
	size_t i;

	if (field_text(&c->doc, n, "listen", &text))
		return 1;
	refusal = listen_parse(text, &l);
	if (refusal)
		return doc_error(&c->doc, doc_loc(n), "listen %s %s",
				 shown(text), refusal);
	for (i = 0; i < s->nlisten; i++)
		if (same_listen(&s->listen[i], &l))
			return doc_error(&c->doc, doc_loc(n),
					 "listen names %s twice; remove one",
					 listen_str(&l, NULL));
	if (s->nlisten == MESHMOD_MAX_LISTEN)
		return doc_error(&c->doc, doc_loc(n),
				 "listen names more than %d addresses and devices; write larger subnets",
				 MESHMOD_MAX_LISTEN);
	to = array_add(&s->listen, &s->nlisten, sizeof(*to));
	*to = l;
	return 0;
}

int config_listen(struct config *c, yaml_node_t *n, struct mesh_service *s)
{
	size_t i, count;

	/* So -d prints the default */
	if (field_is_empty_list(n))
		return 0;
	if (field_is(n, "all"))
		return 0;
	if (field_values(&c->doc, n, "listen", &count))
		return 1;
	for (i = 0; i < count; i++)
		if (add_listen(c, field_value(&c->doc, n, i), s))
			return 1;
	return 0;
}
