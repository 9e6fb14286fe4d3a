// SPDX-License-Identifier: GPL-2.0
/*
 * Endpoints: a container on the overlay, in its namespace, with its gateway
 * addresses.  Several services may name one; its first mention says what it is,
 * and every later one has to say the same.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/meshmod.h>

#include "config.h"
#include "field.h"

/* Notes to the claim of each of its overlay addresses */
struct endpoint {
	struct endpoint *next;
	const struct mesh_node *node;
	char *netns;		/* follows in the same allocation */
	struct dual ip, gateway;
	bool gateway_off;
	size_t nredirects;
	size_t service;		/* that mentioned it last, by number */
};

void config_endpoints_free(struct config *c)
{
	struct endpoint *e = c->endpoints, *next;

	for (; e; e = next) {
		next = e->next;
		free(e);
	}
	free(c->containers);
}

/* Every node has its own bridge, so an address belongs to a node and it. */
static int take_gateway(struct config *c, const struct config_endpoint *in,
			int family, struct loc at, const char *remedy)
{
	const struct mesh_gateway *g = &c->m->gateway;
	const struct addr *a = &in->b->gateway.v[family];
	const struct claim *other;
	const char *taken = NULL;
	char *key;

	if (addr_same(a, &g->address.v[family]))
		taken = "the bridge";
	else if (addr_same(a, &g->sandbox.v[family]))
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

/*
 * The gateway subnet with the host part of the overlay address of that family.
 * An endpoint without one has the last bytes of its other address there.
 */
static bool gateway_from_ip(const struct mesh *m, const struct dual *ip,
			    int family, struct addr *out)
{
	const struct addr *subnet = &m->gateway.subnet.v[family];
	int host_bits = family_bits(subnet->family) - subnet->plen;
	uint32_t host;
	uint8_t tail[4];

	if (ip->v[family].family)
		return addr_graft(subnet, &ip->v[family],
				  m->overlay.subnet.v[family].plen, out);
	addr_tail(ip, tail);
	memcpy(&host, tail, sizeof(host));
	host = ntohl(host);
	if (host_bits < 32)
		host &= (1U << host_bits) - 1;
	return addr_nth(subnet, host, out);
}

static int default_gateway(struct config *c, const struct config_endpoint *in,
			   int family)
{
	const struct addr *subnet = &c->m->gateway.subnet.v[family];
	const struct addr *ip = &in->b->ip.v[family];
	struct mesh_backend *b = in->b;
	char remedy[sizeof("set \"gateway:\" to a free address of ") +
		    ADDR_STRLEN];

	snprintf(remedy, sizeof(remedy), "set \"gateway:\" to a free address of %s",
		 prefix_str(subnet, NULL));
	if (b->gateway_off)
		strcpy(remedy, "give the backend another ip");
	if (!gateway_from_ip(c->m, &b->ip, family, &b->gateway.v[family]))
		return doc_error(&c->doc, doc_loc(in->ip),
				 "%s gets no gateway address from ip %s, whose host part is none in %s; %s",
				 in->owner,
				 addr_str(ip->family ? ip : dual_first(&b->ip),
					  NULL),
				 prefix_str(subnet, NULL), remedy);
	return take_gateway(c, in, family, doc_loc(in->ip), remedy);
}

static int give_gateway(struct config *c, const struct config_endpoint *in)
{
	struct dual *gateway = &in->b->gateway;
	const struct addr *subnet;

	for_each_addr(subnet, &c->m->gateway.subnet) {
		int family = family_index(subnet->family);
		yaml_node_t *given = in->gateway_at[family];

		if (given ? take_gateway(c, in, family, doc_loc(given),
					 "give each its own") :
			    default_gateway(c, in, family))
			return 1;
		gateway->v[family].plen = subnet->plen;
	}
	return config_take_tail(c, doc_loc(in->gateway ? in->gateway : in->ip),
				in->b->node->name, "gateway address", gateway,
				in->owner);
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

/* Each has a port on the node's bridges, and the module a binding for it. */
static int count_container(struct config *c, const struct config_endpoint *in)
{
	const struct mesh_node *node = in->b->node;

	if (++c->containers[node - c->m->nodes] <= MESHMOD_MAX_BINDINGS)
		return 0;
	return doc_error(&c->doc, in->b->loc,
			 "%s is one more than the %d containers that node %s may have; move some to another node",
			 in->owner, MESHMOD_MAX_BINDINGS, node->name);
}

static struct endpoint *add_endpoint(struct config *c,
				     const struct mesh_backend *b)
{
	const char *name = config_netns_short(b->netns);
	struct endpoint *e = xcalloc(1, sizeof(*e) + strlen(name) + 1);
	const struct addr *ip;

	e->node = b->node;
	e->netns = strcpy((char *)(e + 1), name);
	e->ip = b->ip;
	e->gateway = b->gateway;
	e->gateway_off = b->gateway_off;
	e->next = c->endpoints;
	c->endpoints = e;
	for_each_addr(ip, &b->ip) {
		e->nredirects += c->m->overlay.nallow;
		claims_find(&c->overlay, addr_str(ip, NULL))->data = e;
	}
	return e;
}

static int first_mention(struct config *c, const struct config_endpoint *in,
			 struct endpoint **e)
{
	struct dual *ip = &in->b->ip;

	if (config_take_overlays(c, in->ip_at, "ip", ip, in->owner) ||
	    config_take_tail(c, doc_loc(in->ip), "", "ip", ip, in->owner) ||
	    take_netns(c, in) || give_gateway(c, in) || count_container(c, in))
		return 1;
	*e = add_endpoint(c, in->b);
	return 0;
}

/* What it says of the gateway is what the first mention said. */
static bool same_gateway(const struct endpoint *e,
			 const struct config_endpoint *in)
{
	const struct mesh_backend *b = in->b;
	int i;

	if (e->gateway_off || b->gateway_off)
		return e->gateway_off == b->gateway_off;
	for (i = 0; i < FAMILIES; i++)
		if (in->gateway_at[i] &&
		    !addr_same(&e->gateway.v[i], &b->gateway.v[i]))
			return false;
	return true;
}

static int later_mention(struct config *c, const struct config_endpoint *in,
			 const struct claim *first)
{
	const struct endpoint *e = first->data;
	struct mesh_backend *b = in->b;

	if (e->service == c->m->nservices)
		return doc_error(&c->doc, doc_loc(in->ip),
				 "ip %s is already the address of %s (line %d); a service names a container once",
				 first->key, first->owner, first->loc.line);
	if (e->node != b->node)
		return doc_error(&c->doc, doc_loc(in->ip),
				 "ip %s is on node %s as %s (line %d), on node %s here; give each its own",
				 first->key, e->node->name, first->owner,
				 first->loc.line, b->node->name);
	if (strcmp(e->netns, config_netns_short(b->netns)))
		return doc_error(&c->doc, doc_loc(in->ip),
				 "ip %s is in netns %s as %s (line %d), in netns %s here; give each its own",
				 first->key, shown(e->netns), first->owner,
				 first->loc.line, shown(b->netns));
	if (!dual_same(&e->ip, &b->ip))
		return doc_error(&c->doc, doc_loc(in->ip),
				 "ip %s is of %s (line %d), which has other addresses than these; name the same for one container",
				 first->key, first->owner, first->loc.line);
	if (in->gateway && !same_gateway(e, in))
		return doc_error(&c->doc, doc_loc(in->gateway),
				 "gateway of ip %s differs from what %s (line %d) says of the same container; say it once",
				 first->key, first->owner, first->loc.line);
	b->ip = e->ip;
	b->gateway = e->gateway;
	b->gateway_off = e->gateway_off;
	b->again = true;
	return 0;
}

/* The claim of one of its addresses by an endpoint, if there is one */
static const struct claim *mentioned(const struct config *c,
				     const struct dual *ip)
{
	const struct addr *a;

	for_each_addr(a, ip) {
		const struct claim *claim = claims_find(&c->overlay,
							addr_str(a, NULL));

		if (claim && claim->data)
			return claim;
	}
	return NULL;
}

/* An allowed range gets a hole for each published one: two in place of one. */
static bool splits_allowed(const struct mesh_overlay *o, const struct port *p)
{
	const struct port *a;

	for (a = o->allow; a < o->allow + o->nallow; a++)
		if (a->proto == p->proto && a->published < p->published &&
		    p->last < a->last)
			return true;
	return false;
}

size_t config_redirects(const struct config *c, const struct mesh_service *s)
{
	size_t i, n = s->nports;

	for (i = 0; i < s->nports; i++)
		n += splits_allowed(&c->m->overlay, &s->ports[i].port);
	return n;
}

int config_endpoint(struct config *c, struct config_endpoint *in)
{
	const struct claim *claim = mentioned(c, &in->b->ip);
	struct endpoint *e = claim ? claim->data : NULL;
	const struct addr *ip;

	if (e ? later_mention(c, in, claim) : first_mention(c, in, &e))
		return 1;
	e->service = c->m->nservices;
	for_each_addr(ip, &e->ip)
		e->nredirects += in->nredirects;
	if (e->nredirects <= MESHMOD_MAX_REDIRECTS)
		return 0;
	return doc_error(&c->doc, doc_loc(in->ip),
			 "ip %s would serve more than %d ports; use several containers",
			 addr_str(dual_first(&e->ip), NULL),
			 MESHMOD_MAX_REDIRECTS);
}
