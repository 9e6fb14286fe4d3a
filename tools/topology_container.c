// SPDX-License-Identifier: GPL-2.0
/* Containers: namespaces of others, in which we have two legs each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "topology_priv.h"

/* The last four bytes of the overlay address, which are unique in a subnet */
void container_ports(const struct addr *ip, char *port, char *gwport)
{
	const uint8_t *b = ip->bytes + (ip->family == AF_INET6 ? 12 : 0);

	snprintf(port, IF_NAMESIZE, "c%02x%02x%02x%02x", b[0], b[1], b[2],
		 b[3]);
	snprintf(gwport, IF_NAMESIZE, "mg%02x%02x%02x%02x", b[0], b[1], b[2],
		 b[3]);
}

const struct container *container_by_port(const struct topo *t,
					  const char *port)
{
	const struct container *c;

	for (c = t->containers; c < t->containers + t->ncontainers; c++)
		if (!strcmp(c->port, port) || !strcmp(c->gwport, port))
			return c;
	return NULL;
}

static int cmp_endpoint(const void *a, const void *b)
{
	const struct mesh_backend *const *x = a, *const *y = b;

	return addr_cmp(&(*x)->ip, &(*y)->ip);
}

static void list_backends(struct topo *t, const struct mesh_service *s)
{
	const struct mesh_backend **b;
	size_t i;

	for (i = 0; i < s->nbackends; i++) {
		b = array_add(&t->endpoints, &t->nendpoints, sizeof(*b));
		*b = &s->backends[i];
	}
}

static bool gateway_taken(const struct topo *t, const struct addr *ip)
{
	size_t i;

	if (addr_same(ip, &t->m->gateway.address) ||
	    addr_same(ip, &t->m->gateway.sandbox))
		return true;
	for (i = 0; i < t->nendpoints; i++)
		if (addr_same(ip, &t->endpoints[i]->gateway))
			return true;
	return false;
}

/*
 * A leg that is off has no address in the file, but is to work when someone
 * attaches it: the default, if that is free.
 */
static void off_gateway(const struct topo *t, struct container *c)
{
	const struct mesh_overlay *o = &t->m->overlay;
	const struct addr *subnet = &t->m->gateway.subnet;
	struct addr ip = *subnet;
	int bit, len = subnet->family == AF_INET6 ? 128 : 32;

	for (bit = o->subnet.plen; bit < len; bit++)
		if (bit >= subnet->plen)
			ip.bytes[bit / 8] |= c->b->ip.bytes[bit / 8] &
					     0x80 >> bit % 8;
	if (!addr_is_edge(&ip, subnet) && !gateway_taken(t, &ip))
		c->gateway = ip;
}

static void add_container(struct topo *t, const struct mesh_backend *b)
{
	struct container *c;

	c = array_add(&t->containers, &t->ncontainers, sizeof(*c));
	c->b = b;
	c->gateway = b->gateway;
	if (!c->gateway.family)
		off_gateway(t, c);
	container_ports(&b->ip, c->port, c->gwport);
}

/* Each endpoint once, however many services name it */
void endpoints_find(struct topo *t)
{
	const struct mesh *m = t->m;
	size_t i, n = 0;

	for (i = 0; i < m->nservices; i++)
		list_backends(t, &m->services[i]);
	if (t->nendpoints)
		qsort(t->endpoints, t->nendpoints, sizeof(*t->endpoints),
		      cmp_endpoint);
	for (i = 0; i < t->nendpoints; i++)
		if (!n || cmp_endpoint(&t->endpoints[n - 1], &t->endpoints[i]))
			t->endpoints[n++] = t->endpoints[i];
	t->nendpoints = n;
	for (i = 0; i < n; i++)
		if (t->endpoints[i]->node == t->self)
			add_container(t, t->endpoints[i]);
}

static int container_ensure(struct topo *t, const struct container *c)
{
	struct leg overlay = {
		.port_ns = t->overlay, .port = c->port,
		.bridge = OVERLAY_BRIDGE, .end_ns = c->ns, .end = OVERLAY_LEG,
		.ip = &c->b->ip, .mtu = t->mtu,
	};
	struct leg gateway = {
		.port_ns = t->host, .port = c->gwport,
		.bridge = t->m->gateway.bridge, .end_ns = c->ns,
		.end = GATEWAY_LEG, .mtu = t->gw_mtu,
		.learning = true, .isolated = true, .detached = c->b->gateway_off,
		.ip = c->gateway.family ? &c->gateway : &c->b->ip,
	};
	int ret = topo_leg(t, &overlay);

	return ret ? ret : topo_leg(t, &gateway);
}

int containers_ensure(struct topo *t)
{
	size_t i;
	int ret = 0;

	for (i = 0; !ret && i < t->ncontainers; i++)
		ret = container_ensure(t, &t->containers[i]);
	return ret;
}

void container_want(const struct topo *t, const struct container *c,
		    enum entry_kind k, struct entries *e)
{
	int gateway = topo_index(c->ns, GATEWAY_LEG);
	struct entry *new;

	if (k == ENTRY_ADDR) {
		new = entries_add(e);
		new->dev = topo_index(c->ns, OVERLAY_LEG);
		new->ip = c->b->ip;
	}
	if (!c->gateway.family)
		return;
	new = entries_add(e);
	new->dev = gateway;
	if (k == ENTRY_ADDR) {
		new->ip = c->gateway;
		return;
	}
	new->ip.family = t->m->gateway.address.family;
	new->via = t->m->gateway.address;
}
