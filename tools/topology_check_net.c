// SPDX-License-Identifier: GPL-2.0
/* What can be refused is refused before anything is built: the network. */
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "sysctl.h"
#include "topology_priv.h"

/* Outer IP, UDP and VXLAN headers and the inner Ethernet header */
#define OVERHEAD_V4	50
#define OVERHEAD_V6	70
#define MTU_MIN_V4	576	/* what every host can receive */
#define MTU_MAX		65535	/* a veth's and a bridge's limit */

/* How long somebody's tunnel may take to go away before it counts as there */
#define TRY_FOR_MS	3000
#define TRY_PAUSE_MS	50

struct host_view {
	struct link *links;
	size_t nlinks;
	struct entries addrs, routes;
};

static const struct link *by_index(const struct host_view *h, int index)
{
	size_t i;

	for (i = 0; i < h->nlinks; i++)
		if (h->links[i].index == index)
			return &h->links[i];
	return NULL;
}

static uint32_t mtu_min(const struct dual *subnet)
{
	return dual_of(subnet, AF_INET6) ? MTU_MIN_V6 : MTU_MIN_V4;
}

static int set_mtu(struct topo *t, const struct link *l)
{
	const struct mesh_overlay *o = &t->m->overlay;
	uint32_t least = mtu_min(&o->subnet);
	uint32_t gw_least = mtu_min(&t->m->gateway.subnet);
	uint32_t over = t->self->underlay.family == AF_INET6 ? OVERHEAD_V6 :
							       OVERHEAD_V4;
	uint32_t outer = l->mtu < MTU_MAX ? l->mtu : MTU_MAX;

	if (o->mtu && o->mtu < least)
		return mesh_error(t->m, o->mtu_loc,
				  "an overlay MTU of %u is too small for IPv6; use auto or at least %u",
				  o->mtu, least);
	/* Who announces the address on a loopback sends by another device */
	if (l->loopback && !o->mtu)
		return mesh_error(t->m, t->self->underlay_loc,
				  "the underlay address %s is on a loopback device, which does not tell the MTU; set overlay.mtu",
				  addr_str(&t->self->underlay, NULL));
	if (l->loopback)
		outer = o->mtu + over > gw_least ? o->mtu + over : gw_least;
	if (least + over < gw_least)
		least = gw_least - over;
	if (outer < least + over)
		return mesh_error(t->m, t->self->underlay_loc,
				  "the underlay device %s has an MTU of %u, too small for VXLAN; raise it to %u at least",
				  l->name, l->mtu, least + over);
	if (o->mtu + over > outer)
		return mesh_error(t->m, o->mtu_loc,
				  "an overlay MTU of %u does not fit %s (MTU %u, of which VXLAN takes %u); use auto or at most %u",
				  o->mtu, l->name, l->mtu, over, outer - over);
	t->gw_mtu = outer;
	t->mtu = o->mtu ? o->mtu : outer - over;
	return 0;
}

static int check_underlay(struct topo *t, const struct host_view *h)
{
	const struct addr *underlay = &t->self->underlay;
	const struct link *l;
	size_t i;

	for (i = 0; i < h->addrs.n; i++) {
		if (!addr_same(&h->addrs.v[i].ip, underlay))
			continue;
		l = by_index(h, h->addrs.v[i].dev);
		if (l)
			return set_mtu(t, l);
	}
	return mesh_error(t->m, t->self->underlay_loc,
			  "this host does not have the underlay address %s of node %s; name the right node with --node, or correct the address",
			  addr_str(underlay, NULL), t->self->name);
}

/*
 * The halves of the address space are how some VPNs write "default", and so is
 * 2000::/3, all that is global in IPv6.
 */
static bool is_default(const struct addr *a)
{
	return a->plen < (a->family == AF_INET6 ? 4 : 2);
}

static int check_overlap(struct topo *t, const struct host_view *h,
			 const struct entries *list, const char *what,
			 const struct addr *subnet, const char *key,
			 struct loc at)
{
	const struct link *l;
	size_t i;

	for (i = 0; i < list->n; i++) {
		const struct entry *e = &list->v[i];

		l = by_index(h, e->dev);
		if (e->ours || (l && link_ours(l)) || is_default(&e->ip) ||
		    !addr_overlap(&e->ip, subnet))
			continue;
		mesh_error(t->m, at,
			   "%s %s overlaps the %s %s on %s of this host; choose another subnet for the mesh",
			   key, prefix_str(subnet, NULL), what,
			   prefix_str(&e->ip, NULL), l ? l->name : "a device");
		return 2;
	}
	return 0;
}

static int check_subnet(struct topo *t, const struct host_view *h,
			const struct dual *subnet, const char *key,
			struct loc at)
{
	const struct addr *a;
	int ret = 0;

	for_each_addr(a, subnet) {
		if (!ret)
			ret = check_overlap(t, h, &h->addrs, "address", a, key,
					    at);
		if (!ret)
			ret = check_overlap(t, h, &h->routes, "route", a, key,
					    at);
	}
	return ret;
}

static int check_subnets(struct topo *t, const struct host_view *h)
{
	const struct mesh_gateway *g = &t->m->gateway;
	const struct mesh_overlay *o = &t->m->overlay;
	int ret = check_subnet(t, h, &g->subnet, "gateway.subnet", g->loc);

	return ret ? ret : check_subnet(t, h, &o->subnet, "overlay.subnet",
					o->loc);
}

/* By its loopback a host reaches the addresses that it has on the overlay. */
static bool lacks_loopback(const struct topo *t)
{
	long value;

	return topo_flat(t) && dual_of(&t->m->overlay.subnet, AF_INET6) &&
	       !sysctl_read("net/ipv6/conf/lo/disable_ipv6", &value) && value;
}

/* Without IPv6 there are no settings of it; better now than half way */
static int check_families(struct topo *t)
{
	long value;

	if (!topo_has_family(t, AF_INET6))
		return 0;
	if (sysctl_read("net/ipv6/conf/all/forwarding", &value) == -ENOENT)
		return topo_refuse(2,
				   "the mesh has IPv6 addresses, and this host's kernel runs without IPv6; boot it without ipv6.disable=1, or take them out of %s",
				   t->m->file);
	if (lacks_loopback(t))
		return topo_refuse(2,
				   "the mesh has IPv6 addresses, and this host's loopback device takes none; set net.ipv6.conf.lo.disable_ipv6 to 0, or use topology: sandbox");
	return 0;
}

int check_network(struct topo *t)
{
	struct host_view h = { 0 };
	struct rtnl *r = t->host->rtnl;
	int err, ret = check_families(t);

	if (ret)
		return ret;
	err = rtnl_links(r, &h.links, &h.nlinks);
	if (!err)
		err = rtnl_entries(r, ENTRY_ADDR, &h.addrs);
	if (!err)
		err = rtnl_entries(r, ENTRY_ROUTE, &h.routes);
	if (err) {
		topo_note(t, "look at this host's network");
		ret = topo_done(t, err);
	} else {
		ret = check_underlay(t, &h);
		if (!ret)
			ret = check_subnets(t, &h);
	}
	free(h.links);
	free(h.addrs.v);
	free(h.routes.v);
	return ret;
}

static int tunnel_refused(struct topo *t, int err)
{
	const struct mesh_overlay *o = &t->m->overlay;

	if (err == -EEXIST)
		mesh_error(t->m, o->vni_loc,
			   "VNI %u on UDP port %u is taken by another VXLAN device of this host; choose another overlay.vni",
			   o->vni, o->port);
	else if (err == -EADDRINUSE)
		mesh_error(t->m, o->port_loc,
			   "UDP port %u is taken by another socket of this host; choose another overlay.port",
			   o->port);
	else
		mesh_error(t->m, o->loc,
			   "this kernel makes no VXLAN device: %s; load its vxlan module",
			   strerror(-err));
	return 2;
}

/* Make the device where nobody sees it and have it open its UDP socket. */
static int try_once(struct topo *t, const struct netns *ns)
{
	struct link_new new = { .name = VXLAN_BIRTH, .mtu = t->mtu,
				.netns = ns->fd };
	struct vxlan v = { .vni = t->m->overlay.vni,
			   .port = t->m->overlay.port,
			   .local = &t->self->underlay };
	struct link l;
	int err;

	err = rtnl_vxlan_add(t->host->rtnl, &new, &v);
	if (err)
		return err;
	err = rtnl_link(ns->rtnl, VXLAN_BIRTH, &l);
	if (!err)
		err = rtnl_link_up(ns->rtnl, l.index, true);
	rtnl_link_del(ns->rtnl, l.index);
	return err;
}

/*
 * The kernel takes namespaces down at its leisure: what stands in the way may
 * be on its way out, such as the trial of a command that was killed.
 */
static int try_tunnel(struct topo *t, const struct netns *ns)
{
	const struct timespec pause = { .tv_nsec = TRY_PAUSE_MS * 1000000L };
	int tries = TRY_FOR_MS / TRY_PAUSE_MS, err;

	do {
		err = try_once(t, ns);
		if (!err)
			return 0;
		if (err != -EEXIST &&
		    (err != -EADDRINUSE || udp_port_used(t->m->overlay.port)))
			break;
		nanosleep(&pause, NULL);
	} while (--tries);
	return tunnel_refused(t, err);
}

/*
 * Devices and sockets that stand in the way may be in any namespace: only the
 * kernel can tell, and it is asked in one that has no name and ends with us.
 */
int check_tunnel(struct topo *t)
{
	struct link l = { 0 };
	struct netns *ns;
	int ret = 0, left;

	if (t->overlay)
		ret = topo_link(t, t->overlay, OVERLAY_VXLAN, &l);
	if (!ret && t->overlay && !l.index)
		ret = topo_link(t, t->overlay, VXLAN_BIRTH, &l);
	if (ret || tunnel_fits(t, &l))
		return ret;
	topo_note(t, "make a namespace to try the tunnel in");
	t->changes--;
	if (unshare(CLONE_NEWNET))
		return topo_done_sys(t, -errno);
	ns = netns_current("a trial");
	left = netns_enter(t->host);
	ret = ns ? topo_done_sys(t, left) : topo_done_sys(t, -errno);
	if (!ret)
		ret = try_tunnel(t, ns);
	netns_close(ns);
	return ret;
}
