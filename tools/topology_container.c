// SPDX-License-Identifier: GPL-2.0
/* Containers: namespaces of others, in which we have two legs each. */
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "plan.h"
#include "topology_priv.h"

const struct container *container_by_port(const struct topo *t,
					  const char *port)
{
	const struct container *c;

	for (c = t->containers; c < t->containers + t->ncontainers; c++)
		if (!strcmp(c->port, port) || !strcmp(c->gwport, port))
			return c;
	return NULL;
}

static void add_endpoint(struct topo *t, const struct mesh_backend *b)
{
	const struct mesh_backend **endpoint;
	struct container *c;

	endpoint = array_add(&t->endpoints, &t->nendpoints, sizeof(*endpoint));
	*endpoint = b;
	if (b->node != t->self)
		return;
	c = array_add(&t->containers, &t->ncontainers, sizeof(*c));
	c->b = b;
	c->gateway = b->gateway;
	container_ports(&b->ip, c->port, c->gwport);
}

/* Each endpoint once, however many services name it */
void endpoints_find(struct topo *t)
{
	const struct mesh_service *s;
	size_t i, j;

	for (i = 0; i < t->m->nservices; i++) {
		s = &t->m->services[i];
		for (j = 0; j < s->nbackends; j++)
			if (!s->backends[j].again)
				add_endpoint(t, &s->backends[j]);
	}
}

/*
 * By the kernel's default, an end of SCTP that talks to an address of the outside
 * has none of its own private ones in the association, and so not the one on the
 * overlay that it was asked at: refused as out of the blue.
 */
#define SCOPE_POLICY "net/sctp/addr_scope_policy"

enum { SCOPE_DRAFT = 1, SCOPE_PRIVATE = 2 };

static bool answers_sctp(const struct topo *t, const struct container *c)
{
	struct port *ports;
	size_t n = plan_reply_ports(t->m, t->self, &c->b->ip, &ports), i;
	bool is = false;

	for (i = 0; i < n; i++)
		is |= ports[i].proto == IPPROTO_SCTP;
	free(ports);
	return is;
}

static int allow_private(struct topo *t, const struct container *c)
{
	int fd;

	if (!answers_sctp(t, c))
		return topo_swap_own(t, c->ns, SCOPE_POLICY, SCOPE_PRIVATE,
				     SCOPE_DRAFT);
	/* The setting is there once the kernel has SCTP, which this loads. */
	fd = t->dry_run ? -1 : socket(AF_INET, SOCK_STREAM, IPPROTO_SCTP);
	if (fd >= 0)
		close(fd);
	return topo_swap_own(t, c->ns, SCOPE_POLICY, SCOPE_DRAFT,
			     SCOPE_PRIVATE);
}

static int container_ensure(struct topo *t, const struct container *c)
{
	struct leg overlay = {
		.port_ns = t->overlay, .port = c->port,
		.bridge = OVERLAY_BRIDGE, .end_ns = c->ns, .end = OVERLAY_LEG,
		.ip = &c->b->ip, .mtu = t->mtu, .flags = overlay_port(t),
	};
	struct leg gateway = {
		.port_ns = t->host, .port = c->gwport,
		.bridge = t->m->gateway.bridge, .end_ns = c->ns,
		.end = GATEWAY_LEG, .ip = &c->gateway, .mtu = t->gw_mtu,
		.flags = gateway_port(true), .detached = c->b->gateway_off,
	};
	/* Before the first change in it: what stays when its devices go */
	int ret = t->dry_run ? 0 : state_record(t, c->ns, c->b->netns);

	endpoint_mac(&c->b->ip, overlay.mac);
	endpoint_mac(dual_first(&c->gateway) ? &c->gateway : &c->b->ip,
		     gateway.mac);
	if (!ret)
		ret = topo_leg(t, &overlay);
	if (!ret)
		ret = topo_leg(t, &gateway);
	return ret ? ret : allow_private(t, c);
}

int containers_ensure(struct topo *t)
{
	size_t i;
	int ret = 0;

	for (i = 0; !ret && i < t->ncontainers; i++)
		ret = container_ensure(t, &t->containers[i]);
	return ret;
}

/*
 * The module sends replies to clients with addresses of their own back to the
 * node, but only once the kernel has made them, for which it needs some route.
 * A container may have none to the outside; where it has one, that one counts.
 */
static void want_replies(const struct topo *t, const struct container *c,
			 enum entry_kind k, struct entries *e)
{
	const struct dual *ip = &c->b->ip;
	struct port *ports;
	size_t n = plan_reply_ports(t->m, t->self, ip, &ports), i;

	if (n && k == ENTRY_REPLY_ROUTE)
		want_reply_route(e, topo_index(c->ns, OVERLAY_LEG), ip);
	for (i = 0; i < n && k == ENTRY_REPLY_RULE; i++)
		want_reply_rule(e, ip, &ports[i]);
	/* The kernel may have to say that nobody listens, or what fits. */
	if (n && k == ENTRY_REPLY_RULE)
		want_error_rule(e, ip);
	free(ports);
}

int replies_remove(struct topo *t, const struct netns *ns)
{
	struct entries none = { 0 };
	int ret = topo_entries_prune(t, ns, ENTRY_REPLY_RULE, &none);

	if (!ret)
		ret = topo_entries_prune(t, ns, ENTRY_REPLY_ROUTE, &none);
	return ret ? ret : topo_swap_own(t, ns, SCOPE_POLICY, SCOPE_PRIVATE,
					 SCOPE_DRAFT);
}

void container_want(const struct topo *t, const struct container *c,
		    enum entry_kind k, struct entries *e)
{
	int gateway = topo_index(c->ns, GATEWAY_LEG);
	struct dual via = { 0 };
	size_t i;

	if (k == ENTRY_ADDR) {
		want_addrs(e, topo_index(c->ns, OVERLAY_LEG), &c->b->ip);
		want_addrs(e, gateway, &c->gateway);
		return;
	}
	if (k != ENTRY_ROUTE) {
		want_replies(t, c, k, e);
		return;
	}
	for (i = 0; i < FAMILIES; i++)
		if (c->gateway.v[i].family)
			via.v[i] = t->m->gateway.address.v[i];
	want_default(e, gateway, &via);
}
