// SPDX-License-Identifier: GPL-2.0
/*
 * The overlay namespace: a bridge for the local endpoints and a VXLAN device
 * to the others.  Nothing in it learns: who is where follows from the file.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "topology_priv.h"

/*
 * Made through the host's socket, so that its UDP socket stays on the host.
 * The kernel looks for the name on the host first, where a vxlan0 may be
 * somebody's; so it is born under a name of ours and renamed in its place.
 */
static int vxlan_create(struct topo *t)
{
	const struct mesh_overlay *o = &t->m->overlay;
	struct link_new new = { .name = VXLAN_BIRTH, .mtu = t->mtu,
				.netns = t->overlay->fd };
	struct vxlan v = { .vni = o->vni, .port = o->port,
			   .local = &t->self->underlay };

	if (topo_step(t, "create %s in %s (VNI %u, port %u, from %s)",
		      OVERLAY_VXLAN, t->overlay->name, v.vni, v.port,
		      addr_str(v.local, NULL)))
		return 0;
	return topo_done(t, rtnl_vxlan_add(t->host->rtnl, &new, &v));
}

/* Of one that is new, it is not worth a line of its own */
static int vxlan_rename(struct topo *t, bool fresh)
{
	struct link l;
	int ret = topo_link(t, t->overlay, VXLAN_BIRTH, &l);

	if (ret || !l.index)
		return ret;
	if (fresh)
		topo_note(t, "rename %s to %s", VXLAN_BIRTH, OVERLAY_VXLAN);
	else if (topo_step(t, "rename %s to %s in %s", VXLAN_BIRTH,
			   OVERLAY_VXLAN, t->overlay->name))
		return 0;
	return topo_done(t, rtnl_link_rename(t->overlay->rtnl, l.index,
					     OVERLAY_VXLAN));
}

static bool vxlan_fits(const struct topo *t, const struct link *l)
{
	return l->vni == t->m->overlay.vni &&
	       l->vxlan_port == t->m->overlay.port &&
	       l->vxlan_local.family == t->self->underlay.family;
}

static int vxlan_set_local(struct topo *t, const struct link *l)
{
	const struct addr *local = &t->self->underlay;

	if (addr_same(&l->vxlan_local, local) ||
	    topo_step(t, "send from %s on %s", addr_str(local, NULL), l->name))
		return 0;
	return topo_done(t, rtnl_vxlan_local(t->overlay->rtnl, l->index,
					     local));
}

/*
 * The kernel lets VNI and port be chosen once; the source can be corrected.
 *
 * The bridge answers ARP for who is behind the tunnel, from its neighbour
 * entries. VXLAN's own proxy could, but looks the answer up with a hash that
 * reads two bytes more than the MAC it has: harmless, and yet a KASAN report.
 */
static int vxlan_ensure(struct topo *t)
{
	const struct port_flags flags = { .suppress = true };
	struct link_want want = { .mtu = t->mtu, .port = &flags, .up = true };
	struct link l;
	bool fresh;
	int ret = vxlan_rename(t, false);

	if (!ret)
		ret = topo_link(t, t->overlay, OVERLAY_VXLAN, &l);
	if (ret)
		return ret;
	fresh = !vxlan_fits(t, &l);
	if (!fresh)
		ret = vxlan_set_local(t, &l);
	else if (l.index)
		ret = topo_link_del(t, t->overlay, &l);
	if (!ret && fresh)
		ret = vxlan_create(t);
	if (!ret && fresh)
		ret = vxlan_rename(t, true);
	if (!ret)
		ret = topo_master(t, t->overlay, OVERLAY_BRIDGE, &want.master);
	if (ret)
		return ret;
	return topo_tune(t, t->overlay, OVERLAY_VXLAN, &want, fresh);
}

int overlay_ensure(struct topo *t)
{
	int ret = topo_netns_ensure(t, &t->overlay, OVERLAY_NETNS);

	/* Bridged packets would visit our own empty tables, at a price */
	if (!ret)
		ret = topo_set_own(t, t->overlay,
				   "net/bridge/bridge-nf-call-iptables", 0);
	if (!ret)
		ret = topo_bridge(t, t->overlay, OVERLAY_BRIDGE,
				  &t->m->overlay.gateway, t->mtu);
	return ret ? ret : vxlan_ensure(t);
}

/* One endpoint that others reach over the bridge; vtep NULL: local at port */
static void want_endpoint(enum entry_kind k, struct entries *e,
			  const struct addr *ip, const struct addr *vtep,
			  int dev)
{
	struct entry *new;

	if (!vtep && k != ENTRY_PORT)
		return;
	new = entries_add(e);
	new->dev = dev;
	mac_of(ip, new->mac);
	if (k == ENTRY_NEIGH)
		new->ip = *ip;
	else if (k == ENTRY_TUNNEL)
		new->via = *vtep;
}

static void want_backend(const struct topo *t, const struct mesh_backend *b,
			 enum entry_kind k, struct entries *e, int far)
{
	char port[IF_NAMESIZE], gwport[IF_NAMESIZE];

	if (b->node != t->self) {
		want_endpoint(k, e, &b->ip, &b->node->underlay, far);
	} else if (k == ENTRY_PORT) {
		container_ports(&b->ip, port, gwport);
		want_endpoint(k, e, &b->ip, NULL, topo_index(t->overlay, port));
	}
}

void overlay_want(const struct topo *t, enum entry_kind k, struct entries *e)
{
	int br = topo_index(t->overlay, OVERLAY_BRIDGE);
	int far = k == ENTRY_NEIGH ? br : topo_index(t->overlay, OVERLAY_VXLAN);
	const struct mesh_node *n;
	struct entry *new;
	size_t i;

	if (k == ENTRY_ADDR) {
		new = entries_add(e);
		new->dev = br;
		new->ip = t->m->overlay.gateway;
	}
	if (k == ENTRY_ADDR || k == ENTRY_ROUTE)
		return;
	for (n = t->m->nodes; n < t->m->nodes + t->m->nnodes; n++)
		if (n != t->self)
			want_endpoint(k, e, &n->ingress, &n->underlay, far);
		else
			want_endpoint(k, e, &n->ingress, NULL,
				      topo_index(t->overlay, SANDBOX_PORT));
	for (i = 0; i < t->nendpoints; i++)
		want_backend(t, t->endpoints[i], k, e, far);
}

int overlay_prune(struct topo *t)
{
	struct link *l;
	size_t n, i;
	int ret = topo_links(t, t->overlay, &l, &n);

	for (i = 0; !ret && i < n; i++)
		if (link_ours(&l[i]) && !strcmp(l[i].kind, "veth") &&
		    strcmp(l[i].name, SANDBOX_PORT) &&
		    !container_by_port(t, l[i].name))
			ret = topo_link_del(t, t->overlay, &l[i]);
	free(l);
	return ret;
}
