// SPDX-License-Identifier: GPL-2.0
/*
 * A leg: a veth with its port on a bridge in one namespace and its end in the
 * sandbox, in a container or on the host.  Both ends come into being in one step.
 */
#include <errno.h>
#include <string.h>

#include "topology_priv.h"

/* The two are each other's other end, and not by chance of their numbers */
static int look_paired(struct topo *t, const struct leg *leg,
		       const struct link *port, const struct link *end,
		       bool *paired)
{
	int id, err;

	*paired = false;
	if (!port->index || port->peer != end->index ||
	    end->peer != port->index)
		return 0;
	err = rtnl_nsid(leg->port_ns->rtnl, leg->end_ns->fd, &id);
	*paired = !err && port->peer_nsid == id;
	if (!err)
		return 0;
	topo_note(t, "look from %s for %s", leg->port_ns->name,
		  leg->end_ns->name);
	return topo_done(t, err);
}

static int leg_create(struct topo *t, const struct leg *leg)
{
	struct link_new port = { .name = leg->port, .mtu = leg->mtu,
				 .netns = -1 };
	struct link_new end = { .name = leg->end, .mac = leg->mac,
				.mtu = leg->mtu, .netns = leg->end_ns->fd };

	if (topo_step(t, "create %s in %s with its port %s in %s", leg->end,
		      leg->end_ns->name, leg->port, leg->port_ns->name))
		return 0;
	return topo_done(t, rtnl_veth_add(leg->port_ns->rtnl, &port, &end));
}

/*
 * Remove what stands in the way: a port whose end is elsewhere (the container
 * got a new namespace) and an end whose port is (it got a new address).
 */
static int leg_clear(struct topo *t, const struct leg *leg, bool *there)
{
	struct link port, end;
	int ret = topo_link(t, leg->port_ns, leg->port, &port);

	if (!ret)
		ret = topo_link(t, leg->end_ns, leg->end, &end);
	if (!ret)
		ret = look_paired(t, leg, &port, &end, there);
	if (ret || *there)
		return ret;
	if (port.index)
		ret = topo_link_del(t, leg->port_ns, &port);
	if (!ret && end.index)
		ret = topo_link_del(t, leg->end_ns, &end);
	return ret;
}

/* Is the port up as it is?  In a dry run it may not be made yet. */
static int look_up(struct topo *t, const struct leg *leg, bool *up)
{
	struct link l;
	int ret = topo_link(t, leg->port_ns, leg->port, &l);

	*up = l.up;
	return ret;
}

int topo_leg(struct topo *t, const struct leg *leg)
{
	struct link_want port = { .mtu = leg->mtu, .up = !leg->detached };
	struct link_want end = { .mtu = leg->mtu, .mac = leg->mac,
				 .master = -1, .up = true };
	bool there = false;
	int ret;

	ret = leg_clear(t, leg, &there);
	if (!ret && !there)
		ret = leg_create(t, leg);
	if (!ret)
		ret = topo_tune(t, leg->end_ns, leg->end, &end, !there);
	if (!ret)
		ret = topo_open_ipv6(t, leg->end_ns, leg->end, leg->ip);
	/* By this a namespace reaches its own addresses; the host's is not ours */
	if (!ret && leg->end_ns != t->host)
		ret = topo_open_ipv6(t, leg->end_ns, "lo", leg->ip);
	if (!ret && !leg->detached) {
		port.port = &leg->flags;
		ret = topo_master(t, leg->port_ns, leg->bridge, &port.master);
	}
	if (!ret && leg->closed)
		ret = look_up(t, leg, &port.up);
	if (ret)
		return ret;
	return topo_tune(t, leg->port_ns, leg->port, &port, !there);
}
