// SPDX-License-Identifier: GPL-2.0
/* A container's part of the plan: which ports lead where, and no others in */
#include <stdlib.h>

#include <linux/meshmod.h>

#include "plan.h"

/* The published ports of a protocol, one bit each */
struct port_set {
	uint8_t bits[(UINT16_MAX + 1) / 8];
};

#define PROTO_END	(IPPROTO_SCTP + 1)

/* A container's redirects: its published ports, and by them the allowed */
struct redirects {
	struct nsconf *c;
	const struct addr *ip;
	struct port_set *published[PROTO_END];	/* NULL: none */
};

static bool is_published(const struct redirects *r, uint8_t proto,
			 uint32_t port)
{
	const struct port_set *set = r->published[proto];

	return set && set->bits[port / 8] & 1 << port % 8;
}

static void add_redirect(struct redirects *r, const struct port *p)
{
	struct nsconf_redirect *to = nsconf_add_redirect(r->c);

	to->addr = addr_host(*r->ip);
	to->proto = p->proto;
	to->from = p->published;
	to->from_last = p->last;
	to->to = p->target;
	to->to_last = p->target_last;
}

static void add_published(struct redirects *r, const struct port *p)
{
	struct port_set **set = &r->published[p->proto];
	uint32_t port;

	if (!*set)
		*set = xcalloc(1, sizeof(**set));
	for (port = p->published; port <= p->last; port++)
		(*set)->bits[port / 8] |= 1 << port % 8;
	add_redirect(r, p);
}

/* What is published goes where that says; the rest of the range to itself. */
static void add_allowed(struct redirects *r, const struct port *p)
{
	struct port part = *p;
	uint32_t port = p->published;

	while (port <= p->last) {
		if (is_published(r, p->proto, port)) {
			port++;
			continue;
		}
		part.published = port;
		part.target = port;
		while (port <= p->last && !is_published(r, p->proto, port))
			port++;
		part.last = port - 1;
		part.target_last = port - 1;
		add_redirect(r, &part);
	}
}

static bool serves(const struct mesh_service *s, const struct mesh_node *node,
		   const struct dual *ip)
{
	size_t i;

	for (i = 0; i < s->nbackends; i++)
		if (s->backends[i].node == node &&
		    dual_same(&s->backends[i].ip, ip))
			return true;
	return false;
}

/* All redirects of one address; false: none of the services has it */
static bool add_redirects(struct nsconf *c, const struct mesh *m,
			  const struct mesh_node *self, const struct dual *ip,
			  const struct addr *a)
{
	struct redirects r = { .c = c, .ip = a };
	bool found = false;
	size_t i, j;

	for (i = 0; i < m->nservices; i++) {
		const struct mesh_service *s = &m->services[i];

		if (!serves(s, self, ip))
			continue;
		found = true;
		for (j = 0; j < s->nports; j++)
			add_published(&r, &s->ports[j].port);
	}
	for (i = 0; i < m->overlay.nallow; i++)
		add_allowed(&r, &m->overlay.allow[i]);
	for (i = 0; i < PROTO_END; i++)
		free(r.published[i]);
	return found;
}

static bool preserves(const struct mesh_service *s,
		      const struct mesh_node *self, const struct dual *ip)
{
	return s->source == MESHMOD_SOURCE_PRESERVE && serves(s, self, ip);
}

static bool sees_clients(const struct mesh *m, const struct mesh_node *self,
			 const struct dual *ip)
{
	size_t i;

	for (i = 0; i < m->nservices; i++)
		if (preserves(&m->services[i], self, ip))
			return true;
	return false;
}

/* The first that the node has of each family that the container has too */
static struct dual way_back(const struct mesh_node *n, const struct dual *ip)
{
	struct dual d = { 0 };
	size_t i;

	for (i = 0; i < n->ningress; i++) {
		const struct addr *a = &n->ingress[i];
		int f = family_index(a->family);

		if (ip->v[f].family && !d.v[f].family)
			d.v[f] = addr_host(*a);
	}
	return d;
}

/* A client may come by any node, this one included. */
static void add_origins(struct nsconf *c, const struct mesh *m,
			const struct dual *ip)
{
	struct nsconf_origin *o;
	size_t i;

	for (i = 0; i < m->nnodes; i++) {
		o = nsconf_add_origin(c);
		node_mac(&m->nodes[i], o->mac);
		o->addr = way_back(&m->nodes[i], ip);
	}
}

/* A container turns published ports into its own, and is closed otherwise. */
struct nsconf *plan_container(const struct mesh *m,
			      const struct mesh_node *self,
			      const struct dual *ip)
{
	struct nsconf *c = nsconf_new();
	const struct addr *a;
	bool found = false;

	for_each_addr(a, ip) {
		if (!m->overlay.allow_all)
			plan_guard(c, a, "eth0");
		found = add_redirects(c, m, self, ip, a);
	}
	if (sees_clients(m, self, ip))
		add_origins(c, m, ip);
	if (found)
		return c;
	nsconf_free(c);
	return NULL;
}

static int cmp_target(const void *a, const void *b)
{
	const struct port *l = a, *r = b;

	if (l->proto != r->proto)
		return l->proto - r->proto;
	if (l->target != r->target)
		return l->target - r->target;
	return l->target_last - r->target_last;
}

/* The kernel has no rule about the last port of all. */
static void add_reply_port(struct port **list, size_t *n, const struct port *p)
{
	struct port *to;

	if (p->target == UINT16_MAX)
		return;
	to = array_add(list, n, sizeof(*to));
	*to = *p;
	if (to->target_last == UINT16_MAX)
		to->target_last--;
}

/* One of each; they are sorted. */
static size_t unique(struct port *ports, size_t n)
{
	size_t i, to = 0;

	for (i = 0; i < n; i++)
		if (!to || cmp_target(&ports[to - 1], &ports[i]))
			ports[to++] = ports[i];
	return to;
}

size_t plan_reply_ports(const struct mesh *m, const struct mesh_node *self,
			const struct dual *ip, struct port **out)
{
	const struct mesh_service *s;
	size_t i, n = 0;

	*out = NULL;
	for (s = m->services; s < m->services + m->nservices; s++) {
		if (!preserves(s, self, ip))
			continue;
		for (i = 0; i < s->nports; i++)
			add_reply_port(out, &n, &s->ports[i].port);
	}
	if (n)
		qsort(*out, n, sizeof(**out), cmp_target);
	return unique(*out, n);
}
