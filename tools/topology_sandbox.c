// SPDX-License-Identifier: GPL-2.0
/* The ingress sandbox: one leg on the overlay, one on the gateway bridge. */
#include "topology_priv.h"

static int sandbox_sysctls(struct topo *t)
{
	static const struct {
		const char *path;
		long value;
	} want[] = {
		{ "net/ipv4/ip_forward", 1 },
		/*
		 * Packets come and go by the same leg when client and backend
		 * are on one side; nobody is to be told of a shorter way.
		 */
		{ "net/ipv4/conf/all/send_redirects", 0 },
		{ "net/ipv4/conf/default/send_redirects", 0 },
		{ "net/ipv4/conf/" OVERLAY_LEG "/send_redirects", 0 },
		{ "net/ipv4/conf/" GATEWAY_LEG "/send_redirects", 0 },
	};
	size_t i;
	int ret = 0;

	for (i = 0; !ret && i < ARRAY_SIZE(want); i++)
		ret = topo_set_own(t, t->sandbox, want[i].path, want[i].value);
	return ret;
}

int sandbox_ensure(struct topo *t)
{
	struct leg overlay = {
		.port_ns = t->overlay, .port = SANDBOX_PORT,
		.bridge = OVERLAY_BRIDGE, .end = OVERLAY_LEG,
		.ip = &t->self->ingress, .mtu = t->mtu,
	};
	/*
	 * Not isolated: where br_netfilter is loaded, what the host's module
	 * sends from a container to the sandbox is bridged, not routed.
	 */
	struct leg gateway = {
		.port_ns = t->host, .port = SANDBOX_GWPORT,
		.bridge = t->m->gateway.bridge, .end = GATEWAY_LEG,
		.ip = &t->m->gateway.sandbox, .mtu = t->gw_mtu,
		.learning = true,
	};
	int ret = topo_netns_ensure(t, &t->sandbox, SANDBOX_NETNS);

	overlay.end_ns = t->sandbox;
	gateway.end_ns = t->sandbox;
	if (!ret)
		ret = topo_leg(t, &overlay);
	if (!ret)
		ret = topo_leg(t, &gateway);
	return ret ? ret : sandbox_sysctls(t);
}

static void want_addr(struct entries *e, int dev, const struct addr *ip)
{
	struct entry *new = entries_add(e);

	new->dev = dev;
	new->ip = *ip;
}

void sandbox_want(const struct topo *t, enum entry_kind k, struct entries *e)
{
	int overlay = topo_index(t->sandbox, OVERLAY_LEG);
	int gateway = topo_index(t->sandbox, GATEWAY_LEG);
	struct entry *new;
	size_t i;

	if (k == ENTRY_ROUTE) {
		new = entries_add(e);
		new->dev = gateway;
		new->ip.family = t->m->gateway.address.family;
		new->via = t->m->gateway.address;
	}
	if (k != ENTRY_ADDR)
		return;
	want_addr(e, overlay, &t->self->ingress);
	want_addr(e, gateway, &t->m->gateway.sandbox);
	for (i = 0; i < t->m->nservices; i++)
		if (t->m->services[i].vip.family)
			want_addr(e, overlay, &t->m->services[i].vip);
}
