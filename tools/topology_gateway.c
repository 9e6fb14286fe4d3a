// SPDX-License-Identifier: GPL-2.0
/*
 * The gateway bridge: where containers and the sandbox meet the host and the
 * outside world, and may not meet each other.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "topology.h"
#include "topology_priv.h"

/* Bridges of ours with another name: the mesh file has renamed it. */
static int remove_renamed(struct topo *t)
{
	struct link *l;
	size_t n, i;
	int ret = topo_links(t, t->host, &l, &n);

	for (i = 0; !ret && i < n; i++)
		if (link_ours(&l[i]) && !strcmp(l[i].kind, "bridge") &&
		    strcmp(l[i].name, t->m->gateway.bridge))
			ret = topo_link_del(t, t->host, &l[i]);
	free(l);
	return ret;
}

int gateway_ensure(struct topo *t)
{
	const struct mesh_gateway *g = &t->m->gateway;
	char *path;
	int ret;

	ret = remove_renamed(t);
	if (!ret)
		ret = topo_bridge(t, t->host, g->bridge, &g->address,
				  t->gw_mtu);
	if (ret)
		return ret;
	/* Replies to 127.0.0.1 come back over the bridge */
	path = xasprintf("net/ipv4/conf/%s/route_localnet", g->bridge);
	ret = topo_set_own(t, t->host, path, 1);
	free(path);
	return ret;
}

void gateway_want(const struct topo *t, enum entry_kind k, struct entries *e)
{
	const struct mesh_gateway *g = &t->m->gateway;
	int dev = topo_index(t->host, g->bridge);
	struct entry *new;
	size_t i;

	if (k == ENTRY_ADDR) {
		new = entries_add(e);
		new->dev = dev;
		new->ip = g->address;
	}
	for (i = 0; k == ENTRY_ROUTE && i < t->m->nservices; i++) {
		if (!t->m->services[i].vip.family)
			continue;
		new = entries_add(e);
		new->dev = dev;
		new->ip = t->m->services[i].vip;
		new->via = g->sandbox;
	}
}

/* Gateway ports of containers that are gone, or moved to another node */
int gateway_prune(struct topo *t)
{
	struct link *l;
	size_t n, i;
	int ret = topo_links(t, t->host, &l, &n);

	for (i = 0; !ret && i < n; i++)
		if (link_ours(&l[i]) && !strcmp(l[i].kind, "veth") &&
		    strcmp(l[i].name, SANDBOX_GWPORT) &&
		    !container_by_port(t, l[i].name))
			ret = topo_link_del(t, t->host, &l[i]);
	free(l);
	return ret;
}

/* The bridge of this host that is ours */
static int our_bridge(struct topo *t, int *index)
{
	struct link *l;
	size_t n, i;
	int ret = topo_links(t, t->host, &l, &n);

	*index = 0;
	for (i = 0; !ret && i < n && !*index; i++)
		if (link_ours(&l[i]) && !strcmp(l[i].kind, "bridge"))
			*index = l[i].index;
	free(l);
	if (ret || *index)
		return ret;
	return topo_refuse(2, "the gateway bridge is gone; run meshmod-ctl up");
}

static int switch_leg(struct topo *t, const char *name, bool on)
{
	const struct port_flags flags = { .learning = true, .isolated = true };
	struct link_want want = { .port = on ? &flags : NULL, .up = on };
	struct link l;
	int ret = topo_link(t, t->host, name, &l);

	if (ret)
		return ret;
	if (!link_ours(&l))
		return topo_refuse(2,
				   "there is no gateway leg %s in this namespace; run this without -n on the backend's node, where the mesh is up",
				   name);
	want.mtu = l.mtu;
	if (on)
		ret = our_bridge(t, &want.master);
	return ret ? ret : topo_tune(t, t->host, name, &want, true);
}

int topology_gateway(const struct addr *overlay_ip, bool on)
{
	char port[IF_NAMESIZE], gwport[IF_NAMESIZE];
	struct topo t;
	int ret;

	container_ports(overlay_ip, port, gwport);
	ret = check_permission();
	if (!ret)
		ret = topo_begin(&t, NULL, NULL, false);
	if (ret)
		return ret;
	ret = state_lock(&t);
	if (!ret)
		ret = switch_leg(&t, gwport, on);
	topo_end(&t);
	return ret;
}
