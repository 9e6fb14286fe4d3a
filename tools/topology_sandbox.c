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
	if (!ret && topo_has_family(t, AF_INET6))
		ret = topo_set_own(t, t->sandbox, "net/ipv6/conf/all/forwarding",
				   1);
	return ret;
}

int sandbox_ensure(struct topo *t)
{
	/* It has addresses of all the families that the subnet has */
	struct leg overlay = {
		.port_ns = t->overlay, .port = SANDBOX_PORT,
		.bridge = OVERLAY_BRIDGE, .end = OVERLAY_LEG,
		.ip = &t->m->overlay.gateway, .mtu = t->mtu,
		.flags = overlay_port(t),
	};
	/*
	 * Not isolated: where br_netfilter is loaded, what the host's module
	 * sends from a container to the sandbox is bridged, not routed.
	 */
	struct leg gateway = {
		.port_ns = t->host, .port = SANDBOX_GWPORT,
		.bridge = t->m->gateway.bridge, .end = GATEWAY_LEG,
		.ip = &t->m->gateway.sandbox, .mtu = t->gw_mtu,
		.flags = gateway_port(false),
	};
	int ret = topo_netns_ensure(t, &t->sandbox, SANDBOX_NETNS);

	overlay.end_ns = t->sandbox;
	gateway.end_ns = t->sandbox;
	node_mac(t->self, overlay.mac);
	endpoint_mac(gateway.ip, gateway.mac);
	if (!ret)
		ret = topo_leg(t, &overlay);
	if (!ret)
		ret = topo_leg(t, &gateway);
	return ret ? ret : sandbox_sysctls(t);
}

void want_ingress(const struct topo *t, int dev, struct entries *e)
{
	struct entry *new;
	size_t i;

	for (i = 0; i < t->self->ningress; i++) {
		new = entries_add(e);
		new->dev = dev;
		new->ip = t->self->ingress[i];
	}
	for (i = 0; i < t->m->nservices; i++)
		want_addrs(e, dev, &t->m->services[i].vip);
}

/*
 * IPv6 asks for a neighbour by the address that a packet is from, if the leg has
 * it, or by a link-local one, which it has not.  So for whom it sends packets of
 * clients to, nobody has to be asked.
 */
void want_backends(const struct topo *t, int dev, struct entries *e)
{
	const int v6 = family_index(AF_INET6);
	uint8_t mac[RTNL_MACLEN];
	struct dual ip = { 0 };
	size_t i;

	if (!mesh_preserves(t->m))
		return;
	for (i = 0; i < t->nendpoints; i++) {
		endpoint_mac(&t->endpoints[i]->ip, mac);
		ip.v[v6] = t->endpoints[i]->ip.v[v6];
		want_neighbours(e, dev, &ip, mac);
	}
}

void sandbox_want(const struct topo *t, enum entry_kind k, struct entries *e)
{
	const struct mesh_gateway *g = &t->m->gateway;
	int gateway = topo_index(t->sandbox, GATEWAY_LEG);
	uint8_t mac[RTNL_MACLEN];

	if (k == ENTRY_ADDR) {
		want_ingress(t, topo_index(t->sandbox, OVERLAY_LEG), e);
		want_addrs(e, gateway, &g->sandbox);
	} else if (k == ENTRY_ROUTE) {
		want_default(e, gateway, &g->address);
	} else if (k == ENTRY_NEIGH) {
		/* What a VIP answers is not from an address of this leg */
		endpoint_mac(&g->address, mac);
		want_neighbours(e, gateway, &g->address, mac);
		want_backends(t, topo_index(t->sandbox, OVERLAY_LEG), e);
	}
}

/* Its links have gone by then, from their other ends. */
int sandbox_remove(struct topo *t)
{
	int ret = program_off(t, t->sandbox);

	return ret ? ret : topo_netns_remove(t, t->sandbox, SANDBOX_NETNS);
}
