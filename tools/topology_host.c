// SPDX-License-Identifier: GPL-2.0
/*
 * The host's own leg on the overlay, in the flat topology: it has what the
 * sandbox has otherwise.  Whatever else the host offers is behind it, so it
 * is closed before the module guards it and gone before the module stops.
 */
#include "plan.h"
#include "topology_priv.h"

static int leg_sysctls(struct topo *t)
{
	const struct dual *subnet = &t->m->overlay.subnet;
	int ret = 0;

	/* Replies to 127.0.0.1 come back over it */
	if (dual_of(subnet, AF_INET))
		ret = topo_set_device(t, t->host, "ipv4", HOST_LEG,
				      "route_localnet", 1);
	/*
	 * Client and backend may both be on the overlay; nobody is to be told
	 * of a shorter way, for which he would hear of no refusal.  A device
	 * sends if its own value or that of "all" says so; the others' own are
	 * left as they are.
	 */
	if (!ret && dual_of(subnet, AF_INET))
		ret = topo_set_device(t, t->host, "ipv4", HOST_LEG,
				      "send_redirects", 0);
	if (!ret && dual_of(subnet, AF_INET))
		ret = topo_set_device(t, t->host, "ipv4", "all",
				      "send_redirects", 0);
	/* Nobody there tells this host its routes */
	if (!ret && dual_of(subnet, AF_INET6))
		ret = topo_set_device(t, t->host, "ipv6", HOST_LEG,
				      "accept_ra", 0);
	return ret;
}

int host_leg_ensure(struct topo *t)
{
	struct leg leg = {
		.port_ns = t->overlay, .port = HOST_PORT,
		.bridge = OVERLAY_BRIDGE, .end_ns = t->host, .end = HOST_LEG,
		.ip = &t->m->overlay.gateway, .mtu = t->mtu,
		.flags = overlay_port(t), .closed = true,
	};
	int ret;

	node_mac(t->self, leg.mac);
	ret = topo_leg(t, &leg);
	return ret ? ret : leg_sysctls(t);
}

int host_leg_open(struct topo *t)
{
	struct link l;
	int ret = topo_link(t, t->overlay, HOST_PORT, &l);

	if (ret || l.up ||
	    topo_step(t, "set up %s in %s", HOST_PORT, t->overlay->name))
		return ret;
	return topo_done(t, rtnl_link_up(t->overlay->rtnl, l.index, true));
}

int host_leg_remove(struct topo *t)
{
	struct link l;
	int ret = topo_link(t, t->host, HOST_LEG, &l);

	return ret || !link_ours(&l) ? ret : topo_link_del(t, t->host, &l);
}

void host_want(const struct topo *t, enum entry_kind k, struct entries *e)
{
	gateway_want(t, k, e);
	if (topo_flat(t) && k == ENTRY_ADDR)
		want_ingress(t, topo_index(t->host, HOST_LEG), e);
	else if (topo_flat(t) && k == ENTRY_NEIGH)
		want_backends(t, topo_index(t->host, HOST_LEG), e);
}
