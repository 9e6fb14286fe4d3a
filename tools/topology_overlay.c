// SPDX-License-Identifier: GPL-2.0
/*
 * The overlay namespace: a bridge for the local endpoints and a VXLAN device
 * to the others.  Nothing in it learns: who is where follows from the file.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "plan.h"
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

/*
 * Nothing is learned, and nothing that is unknown goes anywhere. IPv4's ARP is
 * answered by the bridge for everyone, from its neighbour entries. For IPv6 it
 * can only do so between a port that asks and another kind of port that is
 * asked for: so it answers for those behind the tunnel, and those at hand hear
 * the question themselves.
 */
struct port_flags overlay_port(const struct topo *t)
{
	bool ask = dual_of(&t->m->overlay.subnet, AF_INET6);

	return (struct port_flags){ .proxy = true, .mcast_flood = ask };
}

bool tunnel_fits(const struct topo *t, const struct link *l)
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
 * VXLAN's own proxy could answer for who is behind it, but looks the answer up
 * with a hash that reads two bytes more than the MAC it has: harmless, and yet
 * a KASAN report.
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
	fresh = !tunnel_fits(t, &l);
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
	if (!ret && dual_of(&t->m->overlay.subnet, AF_INET6))
		ret = topo_set_own(t, t->overlay,
				   "net/bridge/bridge-nf-call-ip6tables", 0);
	if (!ret)
		ret = topo_bridge(t, t->overlay, OVERLAY_BRIDGE,
				  &t->m->overlay.gateway, t->mtu, false);
	return ret ? ret : vxlan_ensure(t);
}

/* Who is on the overlay: a MAC on a node, there at a port of its bridge */
struct station {
	const struct mesh_node *node;
	const char *port;
	uint8_t mac[RTNL_MACLEN];
};

static void want_station(const struct topo *t, const struct station *s,
			 enum entry_kind k, struct entries *e, int far)
{
	bool here = s->node == t->self;
	struct entry *new;

	if (k != ENTRY_PORT && (k != ENTRY_TUNNEL || here))
		return;
	new = entries_add(e);
	new->dev = here ? topo_index(t->overlay, s->port) : far;
	memcpy(new->mac, s->mac, sizeof(new->mac));
	if (k == ENTRY_TUNNEL)
		new->via = s->node->underlay;
}

/* The group in which an IPv6 address is asked for */
static void group_mac(const struct addr *ip, uint8_t *mac)
{
	static const uint8_t start[] = { 0x33, 0x33, 0xff };

	memcpy(mac, start, sizeof(start));
	memcpy(mac + sizeof(start), ip->bytes + 13, 3);
}

/*
 * What the bridge answers.  Not IPv6 at hand: where it knows the port behind
 * the MAC it takes the question for answered, and nobody hears it.  A MAC that
 * is no one's keeps it from that, and from finding out the true one when it is
 * pinged itself; its answers reach them by their group.
 */
static void want_answer(const struct topo *t, const struct station *s,
			const struct addr *ip, struct entries *e, int br)
{
	struct entry *new = entries_add(e);

	new->dev = br;
	new->ip = *ip;
	if (s->node == t->self && ip->family == AF_INET6)
		group_mac(ip, new->mac);
	else
		memcpy(new->mac, s->mac, sizeof(new->mac));
}

static void want_node(const struct topo *t, const struct mesh_node *n,
		      enum entry_kind k, struct entries *e, int dev)
{
	struct station s = {
		.node = n, .port = topo_flat(t) ? HOST_PORT : SANDBOX_PORT,
	};
	const struct addr *a;
	size_t i;

	node_mac(n, s.mac);
	want_station(t, &s, k, e, dev);
	if (k != ENTRY_NEIGH)
		return;
	for (i = 0; i < n->ningress; i++)
		want_answer(t, &s, &n->ingress[i], e, dev);
	for (i = 0; n == t->self && i < t->m->nservices; i++)
		for_each_addr(a, &t->m->services[i].vip)
			want_answer(t, &s, a, e, dev);
}

static void want_backend(const struct topo *t, const struct mesh_backend *b,
			 enum entry_kind k, struct entries *e, int dev)
{
	char port[IF_NAMESIZE], gwport[IF_NAMESIZE];
	struct station s = { .node = b->node, .port = port };
	const struct addr *a;

	container_ports(&b->ip, port, gwport);
	endpoint_mac(&b->ip, s.mac);
	want_station(t, &s, k, e, dev);
	if (k != ENTRY_NEIGH)
		return;
	for_each_addr(a, &b->ip)
		want_answer(t, &s, a, e, dev);
}

void overlay_want(const struct topo *t, enum entry_kind k, struct entries *e)
{
	bool far = k == ENTRY_TUNNEL || k == ENTRY_PORT;
	int dev = topo_index(t->overlay, far ? OVERLAY_VXLAN : OVERLAY_BRIDGE);
	const struct mesh *m = t->m;
	size_t i;

	if (k == ENTRY_ADDR)
		want_addrs(e, dev, &m->overlay.gateway);
	for (i = 0; i < m->nnodes; i++)
		want_node(t, &m->nodes[i], k, e, dev);
	for (i = 0; i < t->nendpoints; i++)
		want_backend(t, t->endpoints[i], k, e, dev);
}

/* The host's port goes with its leg. */
static bool is_port(const struct topo *t, const char *name)
{
	return (!topo_flat(t) && !strcmp(name, SANDBOX_PORT)) ||
	       !strcmp(name, HOST_PORT) || container_by_port(t, name);
}

int overlay_prune(struct topo *t)
{
	struct link *l;
	size_t n, i;
	int ret = topo_links(t, t->overlay, &l, &n);

	for (i = 0; !ret && i < n; i++)
		if (link_ours(&l[i]) && !strcmp(l[i].kind, "veth") &&
		    !is_port(t, l[i].name))
			ret = topo_link_del(t, t->overlay, &l[i]);
	free(l);
	return ret;
}
