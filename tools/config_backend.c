// SPDX-License-Identifier: GPL-2.0
/* The backends of a service: which container, where, and how much it gets. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/meshmod.h>

#include "config.h"
#include "field.h"

#define PID_MAX		4194304

enum { NODE, IP, NETNS, WEIGHT, STATE, GATEWAY, NKEYS };

static const struct key backend_keys[NKEYS] = {
	[NODE] = { "node", "node: node01" },
	[IP] = { "ip", "ip: 10.11.0.12" },
	[NETNS] = { "netns", "netns: web1" },
	[WEIGHT] = { "weight", NULL },
	[STATE] = { "state", NULL },
	[GATEWAY] = { "gateway", NULL },
};

static int read_node(struct config *c, yaml_node_t *n, struct mesh_backend *b)
{
	const char *text, *near, **names;
	size_t i;

	if (field_text(&c->doc, n, "node", &text))
		return 1;
	b->node = mesh_node_find(c->m, text);
	if (b->node)
		return 0;
	names = xcalloc(c->m->nnodes, sizeof(*names));
	for (i = 0; i < c->m->nnodes; i++)
		names[i] = c->m->nodes[i].name;
	near = nearest(text, names, c->m->nnodes);
	free(names);
	if (near)
		return doc_error(&c->doc, doc_loc(n),
				 "node %s is not among the nodes; did you mean %s?",
				 shown(text), near);
	return doc_error(&c->doc, doc_loc(n),
			 "node %s is not among the nodes; add it there or name one of them",
			 shown(text));
}

const char *config_netns_short(const char *text)
{
	static const char *const dirs[] = { "/run/netns/", "/var/run/netns/" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(dirs); i++) {
		size_t len = strlen(dirs[i]);

		if (!strncmp(text, dirs[i], len) && text[len] &&
		    !strchr(text + len, '/'))
			return text + len;
	}
	return text;
}

/* It is printed as it is, and is a line of the state */
static bool has_control(const char *text)
{
	while (*text && !iscntrl((unsigned char)*text))
		text++;
	return *text;
}

static const char *netns_refusal(const char *text)
{
	const char *name = config_netns_short(text);
	uint32_t pid;

	if (has_control(text))
		return "has a control character in it; remove it";
	if (strlen(text) > 255)
		return "is too long for a namespace; 255 characters is the most";
	if (!strcmp(name, "meshmod-ingress") || !strcmp(name, "meshmod-overlay"))
		return "is a namespace of the mesh itself; name a container's";
	if (text[0] == '/')
		return NULL;
	if (!*text || strchr(text, '/') || !strcmp(text, ".") ||
	    !strcmp(text, ".."))
		return "is not a namespace; give a name in /run/netns, a path from / or a pid";
	if (text[strspn(text, "0123456789")])
		return NULL;
	return num_parse(text, 1, PID_MAX, &pid);
}

static int read_netns(struct config *c, yaml_node_t *n, struct mesh_backend *b)
{
	const char *text, *refusal;

	if (field_text(&c->doc, n, "netns", &text))
		return 1;
	refusal = netns_refusal(text);
	if (refusal)
		return doc_error(&c->doc, doc_loc(n), "netns %s %s",
				 shown(text), refusal);
	b->netns = xstrdup(text);
	b->netns_loc = doc_loc(n);
	return 0;
}

/* One word in place of addresses */
static int read_gateway_word(struct config *c, struct config_endpoint *in,
			     const char *text)
{
	in->b->gateway_off = !strcmp(text, "off");
	if (in->b->gateway_off)
		return 0;
	return doc_error(&c->doc, doc_loc(in->gateway),
			 "gateway %s is not known; write off or an address of %s",
			 shown(text), config_subnets_str(&c->m->gateway.subnet));
}

/* The addresses that are given; the defaults are the endpoint's to find. */
static int read_gateway(struct config *c, struct config_endpoint *in)
{
	struct dual *gateway = &in->b->gateway;
	yaml_node_t *n = in->gateway;
	const char *text;
	size_t i;

	if (n && n->type == YAML_SCALAR_NODE) {
		if (field_text(&c->doc, n, "gateway", &text))
			return 1;
		if (!strpbrk(text, ".:"))
			return read_gateway_word(c, in, text);
	}
	if (field_dual_addr(&c->doc, n, "gateway", gateway, in->gateway_at))
		return 1;
	for (i = 0; i < FAMILIES; i++)
		if (in->gateway_at[i] &&
		    config_in_subnet(c, in->gateway_at[i], "gateway",
				     &gateway->v[i], &c->m->gateway.subnet,
				     "gateway.subnet"))
			return 1;
	return 0;
}

static int read_values(struct config *c, yaml_node_t *n,
		       struct config_endpoint *in)
{
	struct mesh_backend *b = in->b;
	yaml_node_t *v[NKEYS];

	if (field_keys(&c->doc, n, in->owner, backend_keys, NKEYS, v))
		return 1;
	in->ip = v[IP];
	in->gateway = v[GATEWAY];
	return read_node(c, v[NODE], b) ||
	       field_dual_addr(&c->doc, v[IP], "ip", &b->ip, in->ip_at) ||
	       read_netns(c, v[NETNS], b) ||
	       field_num(&c->doc, v[WEIGHT], "weight", 0, MESHMOD_WEIGHT_MAX,
			 &b->weight) ||
	       field_word(&c->doc, v[STATE], "state", &state_words, &b->state) ||
	       read_gateway(c, in) ||
	       config_endpoint(c, in);
}

static int read_backend(struct config *c, const yaml_node_pair_t *pair,
			struct mesh_service *s, size_t nredirects)
{
	struct config_endpoint in = { .nredirects = nredirects };
	yaml_node_t *key = doc_node(&c->doc, pair->key);
	struct mesh_backend *b;
	const char *name;
	char *owner;
	int err;

	if (field_key_name(&c->doc, key, "backend", &name))
		return 1;
	if (s->nbackends == MESHMOD_MAX_BACKENDS)
		return doc_error(&c->doc, doc_loc(key),
				 "backend %s is one more than the %d of a service; remove some",
				 name, MESHMOD_MAX_BACKENDS);
	b = array_add(&s->backends, &s->nbackends, sizeof(*b));
	b->name = xstrdup(name);
	b->loc = doc_loc(key);
	b->weight = MESHMOD_WEIGHT_DEFAULT;
	owner = xasprintf("backend %s of service %s", name, s->name);
	in.b = b;
	in.owner = owner;
	err = config_take_name(c, key, owner) ||
	      read_values(c, doc_node(&c->doc, pair->value), &in);
	free(owner);
	return err;
}

int config_backends(struct config *c, yaml_node_t *n, struct mesh_service *s)
{
	size_t nredirects = config_redirects(c, s);
	yaml_node_pair_t *pair;

	if (!n)
		return 0;
	if (field_map(&c->doc, n, "backends"))
		return 1;
	for (pair = n->data.mapping.pairs.start;
	     pair < n->data.mapping.pairs.top; pair++)
		if (read_backend(c, pair, s, nredirects))
			return 1;
	return 0;
}
