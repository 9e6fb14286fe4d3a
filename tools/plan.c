// SPDX-License-Identifier: GPL-2.0
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include <linux/meshmod.h>

#include "plan.h"

void container_ports(const struct dual *ip, char *port, char *gwport)
{
	uint8_t b[4];

	addr_tail(ip, b);
	snprintf(port, IF_NAMESIZE, "c%02x%02x%02x%02x", b[0], b[1], b[2],
		 b[3]);
	snprintf(gwport, IF_NAMESIZE, "mg%02x%02x%02x%02x", b[0], b[1], b[2],
		 b[3]);
}

static_assert(ARRAY_SIZE(((struct nsconf_binding *)NULL)->addrs) ==
	      MESHMOD_MAX_BINDING_ADDRS, "room for what a binding may have");

static struct dual host_of(struct dual d)
{
	int f;

	for (f = 0; f < FAMILIES; f++)
		if (d.v[f].family)
			d.v[f] = addr_host(d.v[f]);
	return d;
}

void plan_guard(struct nsconf *c, const struct addr *a, const char *dev)
{
	struct nsconf_guard *g = nsconf_add_guard(c);

	g->addr = addr_host(*a);
	strcpy(g->dev, dev);
}

static struct nsconf_binding *add_binding(struct nsconf *c, const char *dev,
					  const struct dual *leg)
{
	struct nsconf_binding *to = nsconf_add_binding(c);

	strcpy(to->dev, dev);
	endpoint_mac(leg, to->mac);
	return to;
}

static void bind_addrs(struct nsconf_binding *to, const struct dual *ip)
{
	const struct addr *a;

	for_each_addr(a, ip)
		to->addrs[to->naddrs++] = addr_host(*a);
}

typedef void (*binder)(struct nsconf *c, const struct mesh_backend *b);

/*
 * There, a container may answer by its overlay address as well, which is no one
 * else's.  In the overlay its gateway address may be somebody's of another node.
 */
static void bind_gateway(struct nsconf *c, const struct mesh_backend *b)
{
	char port[IF_NAMESIZE], gwport[IF_NAMESIZE];
	struct nsconf_binding *to;

	container_ports(&b->ip, port, gwport);
	to = add_binding(c, gwport, &b->gateway);
	bind_addrs(to, &b->gateway);
	bind_addrs(to, &b->ip);
}

static void bind_overlay(struct nsconf *c, const struct mesh_backend *b)
{
	char port[IF_NAMESIZE], gwport[IF_NAMESIZE];

	container_ports(&b->ip, port, gwport);
	bind_addrs(add_binding(c, port, &b->ip), &b->ip);
}

/* Each container of the node once, however many services name it */
static void add_bindings(struct nsconf *c, const struct mesh *m,
			 const struct mesh_node *self, binder add)
{
	const struct mesh_service *s;
	const struct mesh_backend *b;

	for (s = m->services; s < m->services + m->nservices; s++)
		for (b = s->backends; b < s->backends + s->nbackends; b++)
			if (b->node == self && !b->again)
				add(c, b);
}

static void add_tunnel(struct nsconf *c, const struct mesh *m,
		       const struct mesh_node *self)
{
	size_t i;

	c->tunnel_port = m->overlay.port;
	c->tunnel_vni = m->overlay.vni;
	for (i = 0; i < m->nnodes; i++)
		if (&m->nodes[i] != self)
			*nsconf_add_peer(c) = m->nodes[i].underlay;
}

static struct nsconf_service *add_service(struct nsconf *c,
					  const struct mesh_service *s,
					  enum meshmod_source source)
{
	struct nsconf_service *to = nsconf_add_service(c, s->name);
	size_t i;

	to->mark = s->mark;
	to->scheduler = s->scheduler;
	to->refuse = s->refuse;
	to->offload = s->offload;
	to->source = source;
	for (i = 0; i < s->nports; i++)
		*nsconf_add_port(to) = s->ports[i];
	return to;
}

static void add_listen(struct nsconf_service *to, const struct mesh_service *s)
{
	size_t i;

	for (i = 0; i < s->nlisten; i++)
		*nsconf_add_listen(to) = s->listen[i];
}

static void add_masquerade(struct nsconf *c, const struct dual *subnet)
{
	const struct addr *a;

	for_each_addr(a, subnet) {
		*nsconf_add_masquerade(c) = *a;
	}
}

static void add_host_service(struct nsconf *c, const struct mesh *m,
			     const struct mesh_service *s)
{
	struct nsconf_service *to;

	to = add_service(c, s, MESHMOD_SOURCE_PRESERVE);
	add_listen(to, s);
	nsconf_add_backend(to, "sandbox")->addr = host_of(m->gateway.sandbox);
}

/*
 * The host hands each published port to the sandbox and keeps the client's
 * address, so that the sandbox sees who asks; it lets the gateway subnet out
 * into the world; and it takes the overlay's packets from other nodes alone.
 */
static struct nsconf *plan_doorman(const struct mesh *m,
				   const struct mesh_node *self)
{
	struct nsconf *c = nsconf_new();
	const struct addr *a;
	size_t i;

	c->offload = m->offload;
	for_each_addr(a, &m->gateway.address) {
		*nsconf_add_ingress(c) = addr_host(*a);
	}
	add_masquerade(c, &m->gateway.subnet);
	add_tunnel(c, m, self);
	for (i = 0; i < m->nservices; i++)
		if (m->services[i].nports)
			add_host_service(c, m, &m->services[i]);
	add_bindings(c, m, self, bind_gateway);
	return c;
}

static bool has_source(const struct publish *p, const struct addr *host)
{
	size_t i;

	for (i = 0; i < p->nsources; i++)
		if (!prefix_cmp(&p->sources[i], host))
			return true;
	return false;
}

static void let_in(struct publish *p, const struct dual *ip)
{
	const struct addr *a;

	if (!p->nsources)
		return;
	for_each_addr(a, ip) {
		struct addr host = addr_host(*a);

		if (!has_source(p, &host))
			p->sources[p->nsources++] = host;
	}
}

/* A service as who balances has it; the addresses @known are let in as well. */
static struct nsconf_service *add_balanced(struct nsconf *c,
					   const struct mesh_service *s,
					   const struct dual *known)
{
	struct nsconf_service *to;
	const struct addr *a;
	size_t i;

	to = add_service(c, s, s->source);
	for (i = 0; i < to->nports; i++)
		let_in(&to->ports[i], known);
	for_each_addr(a, &s->vip) {
		*nsconf_add_vip(to) = *a;
	}
	for (i = 0; i < s->nbackends; i++) {
		const struct mesh_backend *b = &s->backends[i];
		struct nsconf_backend *tb = nsconf_add_backend(to, b->name);

		tb->addr = host_of(b->ip);
		tb->weight = b->weight;
		tb->state = b->state;
	}
	return to;
}

/* It has nothing to offer at its own addresses, and is closed. */
static void add_ingress(struct nsconf *c, const struct mesh_node *self,
			const char *leg)
{
	size_t i;

	for (i = 0; i < self->ningress; i++) {
		*nsconf_add_ingress(c) = addr_host(self->ingress[i]);
		plan_guard(c, &self->ingress[i], leg);
	}
}

/*
 * The sandbox balances: all services over all backends of all nodes.  A client
 * on the node itself comes to it with the bridge's address, and the host has
 * looked at its own before that.
 *
 * Who keeps its address is answered by way of this node.  The bridge's is each
 * node's own, and containers, which ask a VIP, have one to which containers send
 * themselves: both get the ingress address as ever, and masqueraded subnets are
 * how the module is told so.  It has more hooks then, so not without need.
 */
struct nsconf *plan_sandbox(const struct mesh *m, const struct mesh_node *self)
{
	struct nsconf *c = nsconf_new();
	const struct addr *a;
	size_t i;

	c->offload = m->offload;
	add_ingress(c, self, "eth0");
	for_each_addr(a, &m->gateway.sandbox)
		plan_guard(c, a, "eth1");
	if (mesh_preserves(m)) {
		add_masquerade(c, &m->gateway.subnet);
		add_masquerade(c, &m->overlay.subnet);
	}
	for (i = 0; i < m->nservices; i++)
		add_balanced(c, &m->services[i], &m->gateway.address);
	return c;
}

/*
 * The host does all of it.  Like the gateway subnet, the overlay is nothing that
 * it forwards to, but what it has balanced.  A process of the node that asks a
 * VIP does so from that same address.
 */
static struct nsconf *plan_flat(const struct mesh *m,
				const struct mesh_node *self)
{
	struct nsconf *c = nsconf_new();
	size_t i;

	c->offload = m->offload;
	add_ingress(c, self, HOST_LEG);
	add_masquerade(c, &m->gateway.subnet);
	add_masquerade(c, &m->overlay.subnet);
	add_tunnel(c, m, self);
	for (i = 0; i < m->nservices; i++) {
		const struct mesh_service *s = &m->services[i];

		add_listen(add_balanced(c, s, &s->vip), s);
	}
	add_bindings(c, m, self, bind_gateway);
	return c;
}

struct nsconf *plan_host(const struct mesh *m, const struct mesh_node *self)
{
	return m->topology == TOPOLOGY_FLAT ? plan_flat(m, self) :
					      plan_doorman(m, self);
}

struct nsconf *plan_balancer(const struct mesh *m,
			     const struct mesh_node *self)
{
	return m->topology == TOPOLOGY_FLAT ? plan_flat(m, self) :
					      plan_sandbox(m, self);
}

/*
 * The overlay's bridge takes from each container what is its own, and is in no
 * offloaded connection's way.
 */
struct nsconf *plan_overlay(const struct mesh *m, const struct mesh_node *self)
{
	struct nsconf *c = nsconf_new();

	c->overlay = true;
	add_bindings(c, m, self, bind_overlay);
	return c;
}
