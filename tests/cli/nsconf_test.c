// SPDX-License-Identifier: GPL-2.0
/* When a namespace holds what it should, and need not be told again; TAP. */
#include "sample.h"

/* A change that makes two configurations differ, or does not */
struct change {
	const char *name;
	void (*make)(struct nsconf *c);
	bool equal;
};

/* Two elements of a list, one for the other */
static void swap(void *list, size_t size, size_t a, size_t b)
{
	char *left = (char *)list + a * size, *right = (char *)list + b * size;
	char tmp[sizeof(struct nsconf_service) + sizeof(struct publish)];

	memcpy(tmp, left, size);
	memcpy(left, right, size);
	memcpy(right, tmp, size);
}

#define SWAP(list, a, b)	swap(list, sizeof((list)[0]), a, b)

#define CHANGE(name, code) \
	static void name(struct nsconf *c) { code; }

CHANGE(nothing, (void)c)
CHANGE(give_mask, c->mask = MESHMOD_MASK_DEFAULT)
CHANGE(give_mark, c->services[0].mark = 256)
CHANGE(swap_services, SWAP(c->services, 0, 1))
CHANGE(swap_ports, SWAP(c->services[0].ports, 0, 3))
CHANGE(swap_sources, SWAP(c->services[0].ports[3].sources, 0, 1))
CHANGE(swap_vips, SWAP(c->services[0].vips, 0, 1))
CHANGE(swap_listen, SWAP(c->services[0].listen, 0, 2))
CHANGE(swap_families, SWAP(c->ingress, 0, 3); SWAP(c->ingress, 1, 2);
	SWAP(c->ingress, 0, 1); SWAP(c->ingress, 2, 3))
CHANGE(swap_peers, SWAP(c->peers, 0, 1))
CHANGE(swap_origins, SWAP(c->origins, 0, 1))
CHANGE(give_zone, c->origins[0].zone = 9)
CHANGE(swap_guards, SWAP(c->guards, 0, 1))
CHANGE(swap_redirects, SWAP(c->redirects, 0, 2))
CHANGE(swap_bindings, SWAP(c->bindings, 0, 1))
CHANGE(swap_bound, SWAP(c->bindings[0].addrs, 0, 1))

CHANGE(swap_backends, SWAP(c->services[0].backends, 0, 1))
CHANGE(swap_ingress, SWAP(c->ingress, 2, 3))
CHANGE(other_mask, c->mask = 0xffff)
CHANGE(other_mark, c->services[1].mark = 256)
CHANGE(other_last, c->services[0].ports[1].port.last++)
CHANGE(other_target, c->services[0].ports[0].port.target++)
CHANGE(other_target_last, c->services[0].ports[1].port.target_last++)
CHANGE(other_proto, c->services[0].ports[2].port.proto = IPPROTO_UDP)
CHANGE(other_client, c->services[0].ports[3].sources[0].plen++)
CHANGE(lose_client, c->services[0].ports[3].nsources--)
CHANGE(more_client, c->services[0].ports[0].nsources++)
CHANGE(other_source, c->services[0].source = MESHMOD_SOURCE_PRESERVE)
CHANGE(other_refuse, c->services[0].refuse = MESHMOD_REFUSE_REJECT)
CHANGE(offload, c->offload = true)
CHANGE(no_offload, c->offload = false)
CHANGE(overlay, c->overlay = true)
CHANGE(offload_one, c->services[0].offload = true)
CHANGE(no_offload_one, c->services[1].offload = false)
CHANGE(other_listen, c->services[0].listen[1].addr.plen--)
CHANGE(other_listen_dev, strcpy(c->services[0].listen[2].dev, "eth1"))
CHANGE(lose_listen, c->services[0].nlisten--)
CHANGE(lose_vip, c->services[0].nvips--)
CHANGE(other_weight, c->services[0].backends[0].weight++)
CHANGE(other_state, c->services[0].backends[0].state = MESHMOD_STATE_DOWN)
CHANGE(other_v4, c->services[0].backends[0].addr.v[0].bytes[3]++)
CHANGE(other_v6, c->services[0].backends[0].addr.v[1].bytes[15]++)
CHANGE(lose_v6, c->services[0].backends[0].addr.v[1].family = 0)
CHANGE(other_ingress, c->ingress[3].bytes[15]++)
CHANGE(more_ingress, *nsconf_add_ingress(c) = ip("10.0.0.99"))
CHANGE(lose_ingress, c->ningress--)
CHANGE(more_guard, nsconf_add_guard(c)->addr = ip("10.0.0.99"))
CHANGE(more_masquerade, *nsconf_add_masquerade(c) = net("10.0.0.0/8"))
CHANGE(other_tunnel, c->tunnel_port++)
CHANGE(other_vni, c->tunnel_vni++)
CHANGE(lose_tunnel, c->tunnel_port = 0)
CHANGE(other_peer, c->peers[1].bytes[15]++)
CHANGE(more_peer, *nsconf_add_peer(c) = ip("192.0.2.99"))
CHANGE(other_origin, c->origins[1].mac[5]++)
CHANGE(other_way_back, c->origins[0].addr.v[1].bytes[15]++)
CHANGE(lose_way_back, c->origins[0].addr.v[1].family = 0)
CHANGE(lose_origin, c->norigins--)
CHANGE(more_origin, nsconf_add_origin(c)->addr.v[0] = ip("10.11.0.4"))
CHANGE(other_from_last, c->redirects[2].from_last++)
CHANGE(other_to_last, c->redirects[2].to_last++)
CHANGE(more_redirect, sample_redirect(c, "10.0.0.99", "1:1/tcp"))
CHANGE(other_mac, c->bindings[1].mac[5]++)
CHANGE(other_bound, c->bindings[1].addrs[1].bytes[15]++)
CHANGE(lose_bound, c->bindings[1].naddrs--)
CHANGE(more_binding, sample_binding(c, "more", 14))
CHANGE(more_service, nsconf_add_service(c, "more"))

static const struct change changes[] = {
	{ "the same", nothing, true },
	{ "the default mask said aloud", give_mask, true },
	{ "a mark given by the module", give_mark, true },
	{ "services in another order", swap_services, true },
	{ "ports in another order", swap_ports, true },
	{ "sources in another order", swap_sources, true },
	{ "VIPs in another order", swap_vips, true },
	{ "listen in another order", swap_listen, true },
	{ "IPv6 ingress addresses before IPv4", swap_families, true },
	{ "peers in another order", swap_peers, true },
	{ "origins in another order", swap_origins, true },
	{ "a zone given by the module", give_zone, true },
	{ "guards in another order", swap_guards, true },
	{ "redirects in another order", swap_redirects, true },
	{ "bindings in another order", swap_bindings, true },
	{ "a binding's addresses in another order", swap_bound, true },
	{ "backends in another order", swap_backends, false },
	{ "ingress addresses of a family in another order", swap_ingress,
	  false },
	{ "another mask", other_mask, false },
	{ "another mark than the wanted one", other_mark, false },
	{ "another end of a range", other_last, false },
	{ "another target port", other_target, false },
	{ "another end of a target range", other_target_last, false },
	{ "another protocol", other_proto, false },
	{ "another source prefix", other_client, false },
	{ "a lost source prefix", lose_client, false },
	{ "one more source prefix", more_client, false },
	{ "another source", other_source, false },
	{ "another refusal", other_refuse, false },
	{ "offload", offload, false },
	{ "overlay", overlay, false },
	{ "offload of a service", offload_one, false },
	{ "no offload of a service", no_offload_one, false },
	{ "another listen prefix", other_listen, false },
	{ "another listen device", other_listen_dev, false },
	{ "a lost listen", lose_listen, false },
	{ "a lost VIP", lose_vip, false },
	{ "another weight", other_weight, false },
	{ "another state", other_state, false },
	{ "another IPv4 address of a backend", other_v4, false },
	{ "another IPv6 address of a backend", other_v6, false },
	{ "a lost IPv6 address of a backend", lose_v6, false },
	{ "another ingress address", other_ingress, false },
	{ "one more ingress address", more_ingress, false },
	{ "a lost ingress address", lose_ingress, false },
	{ "one more guard", more_guard, false },
	{ "one more masquerade", more_masquerade, false },
	{ "another tunnel port", other_tunnel, false },
	{ "another tunnel network", other_vni, false },
	{ "a lost tunnel", lose_tunnel, false },
	{ "another peer", other_peer, false },
	{ "one more peer", more_peer, false },
	{ "another MAC of an origin", other_origin, false },
	{ "another address of an origin", other_way_back, false },
	{ "a lost address of an origin", lose_way_back, false },
	{ "a lost origin", lose_origin, false },
	{ "one more origin", more_origin, false },
	{ "another end of a redirect", other_from_last, false },
	{ "another end of a redirect's target", other_to_last, false },
	{ "one more redirect", more_redirect, false },
	{ "another MAC", other_mac, false },
	{ "another address of a binding", other_bound, false },
	{ "a lost address of a binding", lose_bound, false },
	{ "one more binding", more_binding, false },
	{ "one more service", more_service, false },
};

static void test_equal(const struct change *change)
{
	struct nsconf *want = sample(), *have = sample();
	char name[80];

	change->make(have);
	snprintf(name, sizeof(name), "%s: %s",
		 change->equal ? "equal" : "differs", change->name);
	ok(nsconf_equal(want, have) == change->equal, name);
	nsconf_free(want);
	nsconf_free(have);
}

static void test_empty(const char *what, void (*make)(struct nsconf *c))
{
	struct nsconf *c = nsconf_new();

	make(c);
	ok(nsconf_empty(c) == (make == nothing || make == give_mask), what);
	nsconf_free(c);
}

int main(void)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(changes); i++)
		test_equal(&changes[i]);
	test_empty("nothing is empty", nothing);
	test_empty("so is the default mask", give_mask);
	test_empty("another mask is not", other_mask);
	test_empty("no offload is not", no_offload);
	test_empty("an overlay is not", overlay);
	test_empty("an ingress address is not", more_ingress);
	test_empty("a peer is not", more_peer);
	test_empty("an origin is not", more_origin);
	test_empty("a tunnel is not", other_tunnel);
	test_empty("a binding is not", more_binding);
	return tap_end();
}
