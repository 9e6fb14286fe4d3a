// SPDX-License-Identifier: GPL-2.0
/*
 * Endpoints: a container on the overlay, in its namespace, with its gateway
 * address.  Several services may name one; its first mention says what it is,
 * and every later one has to say the same.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/meshmod.h>

#include "config.h"
#include "field.h"

/* Kept with the claim of the overlay address */
struct endpoint {
	const struct mesh_node *node;
	char *netns;		/* follows in the same allocation */
	struct addr gateway;
	bool gateway_off;
	size_t nredirects;
	size_t service;		/* that mentioned it last, by number */
};

/* Every node has its own bridge, so an address belongs to a node and it. */
static int take_gateway(struct config *c, const struct config_endpoint *in,
			struct loc at, const char *remedy)
{
	const struct mesh_gateway *g = &c->m->gateway;
	const struct addr *a = &in->b->gateway;
	const struct claim *other;
	const char *taken = NULL;
	char *key;

	if (addr_same(a, &g->address))
		taken = "the bridge";
	else if (addr_same(a, &g->sandbox))
		taken = "the sandbox";
	if (!taken) {
		key = xasprintf("%s %s", in->b->node->name, addr_str(a, NULL));
		other = claims_take(&c->gateway, key, at, in->owner);
		taken = other ? other->owner : NULL;
		free(key);
	}
	if (!taken)
		return 0;
	return doc_error(&c->doc, at,
			 "gateway address %s of %s is already the address of %s; %s",
			 addr_str(a, NULL), in->owner, taken, remedy);
}

/* The gateway subnet, with the host part of the overlay address */
static int default_gateway(struct config *c, const struct config_endpoint *in)
{
	const struct addr *subnet = &c->m->gateway.subnet;
	struct mesh_backend *b = in->b;
	uint32_t host = ntohl(b->ip.v4.s_addr ^ c->m->overlay.subnet.v4.s_addr);
	char remedy[80];

	snprintf(remedy, sizeof(remedy), "set \"gateway:\" to a free address of %s",
		 prefix_str(subnet, NULL));
	if (b->gateway_off)
		strcpy(remedy, "give the backend another ip");
	if (!addr_nth(subnet, host, &b->gateway))
		return doc_error(&c->doc, doc_loc(in->ip),
				 "%s gets no gateway address from ip %s, whose host part is none in %s; %s",
				 in->owner, addr_str(&b->ip, NULL),
				 prefix_str(subnet, NULL), remedy);
	return take_gateway(c, in, doc_loc(in->ip), remedy);
}

static int give_gateway(struct config *c, const struct config_endpoint *in)
{
	int err = in->b->gateway.family ?
		  take_gateway(c, in, doc_loc(in->gateway), "give each its own") :
		  default_gateway(c, in);

	in->b->gateway.plen = c->m->gateway.subnet.plen;
	return err;
}

static int take_netns(struct config *c, const struct config_endpoint *in)
{
	const struct mesh_backend *b = in->b;
	const struct claim *other;
	char *key = xasprintf("%s %s", b->node->name,
			      config_netns_short(b->netns));

	other = claims_take(&c->netns, key, b->netns_loc, in->owner);
	free(key);
	if (!other)
		return 0;
	return doc_error(&c->doc, b->netns_loc,
			 "netns %s on node %s has another ip as %s (line %d); give both one ip or each its own netns",
			 shown(b->netns), b->node->name, other->owner,
			 other->loc.line);
}

static int first_mention(struct config *c, const struct config_endpoint *in)
{
	const char *name = config_netns_short(in->b->netns);
	struct endpoint *e;

	if (config_take_overlay(c, in->ip, "ip", &in->b->ip, in->owner) ||
	    take_netns(c, in) || give_gateway(c, in))
		return 1;
	e = xcalloc(1, sizeof(*e) + strlen(name) + 1);
	e->node = in->b->node;
	e->netns = strcpy((char *)(e + 1), name);
	e->gateway = in->b->gateway;
	e->gateway_off = in->b->gateway_off;
	e->nredirects = c->m->overlay.nallow;
	claims_find(&c->overlay, addr_str(&in->b->ip, NULL))->data = e;
	return 0;
}

static bool same_gateway(const struct endpoint *e, const struct mesh_backend *b)
{
	if (e->gateway_off || b->gateway_off)
		return e->gateway_off == b->gateway_off;
	return addr_same(&e->gateway, &b->gateway);
}

static int later_mention(struct config *c, const struct config_endpoint *in,
			 const struct claim *first)
{
	const struct endpoint *e = first->data;
	struct mesh_backend *b = in->b;
	const char *ip = addr_str(&b->ip, NULL);

	if (e->service == c->m->nservices)
		return doc_error(&c->doc, doc_loc(in->ip),
				 "ip %s is already the address of %s (line %d); a service names a container once",
				 ip, first->owner, first->loc.line);
	if (e->node != b->node)
		return doc_error(&c->doc, doc_loc(in->ip),
				 "ip %s is on node %s as %s (line %d), on node %s here; give each its own",
				 ip, e->node->name, first->owner,
				 first->loc.line, b->node->name);
	if (strcmp(e->netns, config_netns_short(b->netns)))
		return doc_error(&c->doc, doc_loc(in->ip),
				 "ip %s is in netns %s as %s (line %d), in netns %s here; give each its own",
				 ip, shown(e->netns), first->owner,
				 first->loc.line, shown(b->netns));
	if (in->gateway && !same_gateway(e, b))
		return doc_error(&c->doc, doc_loc(in->gateway),
				 "gateway of ip %s differs from what %s (line %d) says of the same container; say it once",
				 ip, first->owner, first->loc.line);
	b->gateway = e->gateway;
	b->gateway_off = e->gateway_off;
	b->again = true;
	return 0;
}

int config_endpoint(struct config *c, const struct config_endpoint *in)
{
	const char *ip = addr_str(&in->b->ip, NULL);
	struct claim *claim = claims_find(&c->overlay, ip);
	struct endpoint *e;

	if (claim && claim->data) {
		if (later_mention(c, in, claim))
			return 1;
	} else if (first_mention(c, in)) {
		return 1;
	}
	in->b->ip.plen = c->m->overlay.subnet.plen;
	e = claims_find(&c->overlay, addr_str(&in->b->ip, NULL))->data;
	e->service = c->m->nservices;
	e->nredirects += in->nports;
	if (e->nredirects <= MESHMOD_MAX_REDIRECTS)
		return 0;
	return doc_error(&c->doc, doc_loc(in->ip),
			 "ip %s would serve more than %d ports; use several containers",
			 addr_str(&in->b->ip, NULL), MESHMOD_MAX_REDIRECTS);
}
