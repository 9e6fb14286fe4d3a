// SPDX-License-Identifier: GPL-2.0
/*
 * A leg: a veth with its port on a bridge in one namespace and its end in the
 * sandbox or in a container.  Both ends come into being in one step.
 */
#include <errno.h>
#include <string.h>

#include "topology_priv.h"

/* The two are each other's other end, and not by chance of their numbers */
static bool paired(const struct leg *leg, const struct link *port,
		   const struct link *end)
{
	return port->peer == end->index && end->peer == port->index &&
	       port->peer_nsid == rtnl_nsid(leg->port_ns->rtnl,
					    leg->end_ns->fd);
}

static int leg_create(struct topo *t, const struct leg *leg)
{
	uint8_t mac[RTNL_MACLEN];
	struct link_new port = { .name = leg->port, .mtu = leg->mtu,
				 .netns = -1 };
	struct link_new end = { .name = leg->end, .mac = mac, .mtu = leg->mtu,
				.netns = leg->end_ns->fd };

	if (topo_step(t, "create %s in %s with its port %s in %s", leg->end,
		      leg->end_ns->name, leg->port, leg->port_ns->name))
		return 0;
	mac_of(leg->ip, mac);
	return topo_done(t, rtnl_veth_add(leg->port_ns->rtnl, &port, &end));
}

/*
 * Remove what stands in the way: a port whose end is elsewhere (the container
 * got a new namespace) and an end whose port is (it got a new address).
 */
static int leg_clear(struct topo *t, const struct leg *leg, bool *there)
{
	struct link port, end;
	bool has_port = !rtnl_link(leg->port_ns->rtnl, leg->port, &port);
	bool has_end = !rtnl_link(leg->end_ns->rtnl, leg->end, &end);
	int ret = 0;

	*there = has_port && has_end && paired(leg, &port, &end);
	if (*there)
		return 0;
	if (has_port)
		ret = topo_link_del(t, leg->port_ns, &port);
	if (!ret && has_end)
		ret = topo_link_del(t, leg->end_ns, &end);
	return ret;
}

int topo_leg(struct topo *t, const struct leg *leg)
{
	uint8_t mac[RTNL_MACLEN];
	const struct port_flags flags = { .learning = leg->learning,
					  .isolated = leg->isolated };
	struct link_want port = { .mtu = leg->mtu, .up = !leg->detached };
	struct link_want end = { .mtu = leg->mtu, .mac = mac, .master = -1,
				 .up = true };
	bool there;
	int ret;

	mac_of(leg->ip, mac);
	ret = leg_clear(t, leg, &there);
	if (!ret && !there)
		ret = leg_create(t, leg);
	if (!ret)
		ret = topo_tune(t, leg->end_ns, leg->end, &end, !there);
	if (ret)
		return ret;
	if (!leg->detached) {
		port.port = &flags;
		port.master = topo_index(leg->port_ns, leg->bridge);
	}
	return topo_tune(t, leg->port_ns, leg->port, &port, !there);
}
