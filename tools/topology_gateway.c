// SPDX-License-Identifier: GPL-2.0
/*
 * The gateway bridge: where containers and the sandbox meet the host and the
 * outside world, and may not meet each other.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plan.h"
#include "topology.h"
#include "topology_priv.h"

/* As every bridge's ports are: others may attach theirs, of which we know nothing */
struct port_flags gateway_port(bool isolated)
{
	return (struct port_flags){ .learning = true, .isolated = isolated,
				    .flood = true, .mcast_flood = true,
				    .bcast_flood = true };
}

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
	int ret = remove_renamed(t);

	if (!ret)
		ret = topo_bridge(t, t->host, g->bridge, &g->address, t->gw_mtu,
				  true);
	/* Replies to 127.0.0.1 come back over the bridge, from the sandbox */
	if (!ret)
		ret = topo_set_device(t, t->host, "ipv4", g->bridge,
				      "route_localnet", !topo_flat(t));
	/* No container tells this host its routes */
	if (!ret && dual_of(&g->address, AF_INET6))
		ret = topo_set_device(t, t->host, "ipv6", g->bridge,
				      "accept_ra", 0);
	return ret;
}

static void want_vip(const struct topo *t, const struct dual *vip, int dev,
		     struct entries *e)
{
	const struct addr *a, *via;
	struct entry *new;

	for_each_addr(a, vip) {
		via = dual_of(&t->m->gateway.sandbox, a->family);
		if (!via)
			continue;
		new = entries_add(e);
		new->dev = dev;
		new->ip = *a;
		new->via = *via;
	}
}

/*
 * The bridge has no link-local address, and IPv6 asks for the neighbour of
 * what it forwards from no other one: so nobody has to be asked for.  Who is
 * off is to be missed at once, not waited for.
 */
static void want_legs(const struct topo *t, int dev, struct entries *e)
{
	const struct mesh_gateway *g = &t->m->gateway;
	uint8_t mac[RTNL_MACLEN];
	size_t i;

	endpoint_mac(&g->sandbox, mac);
	if (!topo_flat(t))
		want_neighbours(e, dev, &g->sandbox, mac);
	for (i = 0; i < t->ncontainers; i++) {
		const struct dual *ip = &t->containers[i].gateway;

		if (t->containers[i].b->gateway_off)
			continue;
		endpoint_mac(ip, mac);
		want_neighbours(e, dev, ip, mac);
	}
}

void gateway_want(const struct topo *t, enum entry_kind k, struct entries *e)
{
	int dev = topo_index(t->host, t->m->gateway.bridge);
	size_t i;

	if (k == ENTRY_ADDR)
		want_addrs(e, dev, &t->m->gateway.address);
	else if (k == ENTRY_NEIGH)
		want_legs(t, dev, e);
	if (k != ENTRY_ROUTE || topo_flat(t))
		return;
	for (i = 0; i < t->m->nservices; i++)
		want_vip(t, &t->m->services[i].vip, dev, e);
}

/*
 * Gateway ports of containers that are gone, or moved to another node, and the
 * sandbox's where there is none.  The host's own leg has its time.
 */
int gateway_prune(struct topo *t)
{
	struct link *l;
	size_t n, i;
	int ret = topo_links(t, t->host, &l, &n);

	for (i = 0; !ret && i < n; i++)
		if (link_ours(&l[i]) && !strcmp(l[i].kind, "veth") &&
		    (topo_flat(t) || strcmp(l[i].name, SANDBOX_GWPORT)) &&
		    strcmp(l[i].name, HOST_LEG) &&
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

static int no_leg(const char *name)
{
	return topo_refuse(2,
			   "there is no gateway leg %s in this namespace; run this without -n on the backend's node, where the mesh is up",
			   name);
}

/* The binding has the leg's MAC and addresses, and those on the overlay */
static int switch_neighbours(struct topo *t, const struct nsconf_binding *leg,
			     const struct dual *overlay_ip, int dev, bool on)
{
	struct rtnl *r = t->host->rtnl;
	size_t i;
	int err = 0;

	topo_note(t, "%s the neighbour entries of %s", on ? "add" : "remove",
		  leg->dev);
	for (i = 0; !err && i < leg->naddrs; i++) {
		struct entry e = { .dev = dev, .ip = leg->addrs[i] };
		const struct addr *a = dual_of(overlay_ip, e.ip.family);

		if (a && addr_same(a, &e.ip))
			continue;
		memcpy(e.mac, leg->mac, sizeof(e.mac));
		err = on ? rtnl_entry_set(r, ENTRY_NEIGH, &e) :
			   rtnl_entry_del(r, ENTRY_NEIGH, &e);
	}
	return topo_done(t, err);
}

static int switch_leg(struct topo *t, const struct nsconf_binding *leg,
		      const struct dual *overlay_ip, bool on)
{
	const struct port_flags flags = gateway_port(true);
	struct link_want want = { .port = on ? &flags : NULL, .up = on };
	struct link l;
	int bridge, ret = topo_link(t, t->host, leg->dev, &l);

	if (ret)
		return ret;
	if (!link_ours(&l))
		return no_leg(leg->dev);
	want.mtu = l.mtu;
	ret = our_bridge(t, &bridge);
	if (on)
		want.master = bridge;
	if (!ret)
		ret = topo_tune(t, t->host, leg->dev, &want, true);
	return ret ? ret : switch_neighbours(t, leg, overlay_ip, bridge, on);
}

int topology_gateway(const struct nsconf_binding *leg,
		     const struct dual *overlay_ip, bool on)
{
	struct topo t;
	int ret;

	ret = check_permission();
	if (!ret)
		ret = topo_begin(&t, NULL, NULL, false);
	if (ret)
		return ret;
	ret = state_lock(&t);
	if (!ret)
		ret = switch_leg(&t, leg, overlay_ip, on);
	if (!ret)
		ret = topo_settle(&t, t.host);
	topo_end(&t);
	return ret;
}
