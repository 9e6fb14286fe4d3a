// SPDX-License-Identifier: GPL-2.0
/*
 * The table: one whole configuration of a namespace, and the hash indexes
 * by which packets find their way in it.  Built in private, then never
 * changed: readers need no lock and see all of a change or nothing of it.
 */
#include <linux/bsearch.h>
#include <linux/etherdevice.h>
#include <linux/slab.h>
#include <linux/sort.h>

#include "core.h"
#include "index.h"

/* Copy @n of @old into a new array with room for @more; NULL without memory. */
static void *grown(const void *old, u32 n, u32 more, size_t size)
{
	void *new = kvcalloc(n + more ?: 1, size, GFP_KERNEL_ACCOUNT);

	if (new && n)
		memcpy(new, old, array_size(n, size));
	return new;
}

/* A namespace before anyone has configured it */
const struct meshmod_table meshmod_table_nothing = {
	.node.mask = MESHMOD_MASK_DEFAULT,
	.node.offload = true,
};

/*
 * Start a new table from @old (may be NULL: nothing configured), with @room
 * (may be NULL) for more.  The services are shared, not copied.
 * Context: may sleep.  Return: the table, or NULL without memory.
 */
struct meshmod_table *meshmod_table_copy(const struct meshmod_table *old,
					 const struct meshmod_room *room)
{
	static const struct meshmod_room none;
	struct meshmod_table *t = kvzalloc(sizeof(*t), GFP_KERNEL_ACCOUNT);
	u32 i;

	if (!t)
		return NULL;
	old = old ?: &meshmod_table_nothing;
	room = room ?: &none;
	t->node = old->node;
	t->peers = grown(old->peers, old->npeers, 0, sizeof(*t->peers));
	t->services = grown(old->services, old->nservices, room->services,
			    sizeof(*t->services));
	t->redirects = grown(old->redirects, old->nredirects, room->redirects,
			     sizeof(*t->redirects));
	t->bindings = grown(old->bindings, old->nbindings, room->bindings,
			    sizeof(*t->bindings));
	t->origins = grown(old->origins, old->norigins, 0, sizeof(*t->origins));
	if (!t->peers || !t->services || !t->redirects || !t->bindings ||
	    !t->origins) {
		meshmod_table_free(t);
		return NULL;
	}
	for (i = 0; i < old->nservices; i++)
		meshmod_service_get(t->services[i]);
	t->norigins = old->norigins;
	meshmod_origins_get(t);
	t->npeers = old->npeers;
	t->nservices = old->nservices;
	t->nredirects = old->nredirects;
	t->nbindings = old->nbindings;
	return t;
}

static void free_port_map(struct meshmod_port_map *map)
{
	u32 i;

	for (i = 0; map && i < ARRAY_SIZE(map->pages); i++)
		kfree(map->pages[i]);
	kfree(map);
}

/* Free a table that no reader can reach any more; NULL is fine. */
void meshmod_table_free(struct meshmod_table *t)
{
	u32 i;

	if (!t)
		return;
	for (i = 0; i < t->nservices; i++)
		meshmod_service_put(t->services[i]);
	for (i = 0; i < MESHMOD_PROTOS; i++)
		free_port_map(t->by_port[i]);
	meshmod_origins_clear(t);
	kvfree(t->origins);
	kvfree(t->peers);
	kvfree(t->services);
	kvfree(t->redirects);
	kvfree(t->bindings);
	kvfree(t->ports);
	kvfree(t->vips);
	kvfree(t->targets);
	kvfree(t->by_vip.slots);
	kvfree(t->by_mark.slots);
	kvfree(t->by_peer.slots);
	kvfree(t->by_dev.slots);
	kvfree(t->by_mac.slots);
	kvfree(t->by_zone.slots);
	kvfree(t);
}

/* Does it hold nothing but what is about a bridge? */
bool meshmod_table_only_binds(const struct meshmod_table *t)
{
	const struct meshmod_node *n = &t->node;

	return !t->nservices && !t->nredirects && !t->npeers && !t->norigins &&
	       !n->tunnel_port && !n->ingress[0].n && !n->ingress[1].n &&
	       !n->nmasquerade && !n->nguards &&
	       n->mask == MESHMOD_MASK_DEFAULT && n->offload;
}

/* Is it what a namespace has before anyone configured it? */
bool meshmod_table_empty(const struct meshmod_table *t)
{
	return !t->nbindings && !t->node.overlay && meshmod_table_only_binds(t);
}

static int proto_slot(u8 proto)
{
	switch (proto) {
	case IPPROTO_TCP:
		return MESHMOD_TCP;
	case IPPROTO_UDP:
		return MESHMOD_UDP;
	case IPPROTO_SCTP:
		return MESHMOD_SCTP;
	}
	return -1;
}

/* Where the position of @port stands, in a page that is made if need be. */
static u32 *port_slot(struct meshmod_table *t, u8 proto, u16 port)
{
	struct meshmod_port_map **map = &t->by_port[proto_slot(proto)];
	u32 **page;

	if (!*map)
		*map = kzalloc(sizeof(**map), GFP_KERNEL_ACCOUNT);
	if (!*map)
		return NULL;
	page = &(*map)->pages[port / MESHMOD_PORT_PAGE];
	if (!*page)
		*page = kcalloc(MESHMOD_PORT_PAGE, sizeof(**page),
				GFP_KERNEL_ACCOUNT);
	return *page ? *page + port % MESHMOD_PORT_PAGE : NULL;
}

/* Return: 0; -ENOMEM; -EEXIST for a port that has an owner, noted as a clash */
static int index_port(struct meshmod_table *t, u32 pos)
{
	const struct meshmod_port *port = t->ports[pos].port;
	u32 n, *slot;

	for (n = port->first; n <= port->last; n++) {
		slot = port_slot(t, port->proto, n);
		if (!slot)
			return -ENOMEM;
		if (*slot) {
			t->clash[0] = t->ports[pos];
			t->clash[1] = t->ports[*slot - 1];
			return -EEXIST;
		}
		*slot = pos + 1;
	}
	return 0;
}

static int count_entries(struct meshmod_table *t)
{
	u32 i;

	for (i = 0; i < t->nservices; i++) {
		t->nports += t->services[i]->nports;
		t->nvips += t->services[i]->nvips;
	}
	t->ports = kvcalloc(t->nports ?: 1, sizeof(*t->ports),
			    GFP_KERNEL_ACCOUNT);
	t->vips = kvcalloc(t->nvips ?: 1, sizeof(*t->vips),
			   GFP_KERNEL_ACCOUNT);
	t->targets = kvcalloc(t->nredirects ?: 1, sizeof(*t->targets),
			      GFP_KERNEL_ACCOUNT);
	return t->ports && t->vips && t->targets ? 0 : -ENOMEM;
}

static int index_services(struct meshmod_table *t)
{
	u32 port = 0, vip = 0, i, j;
	int err;

	for (i = 0; i < t->nservices; i++) {
		struct meshmod_service *s = t->services[i];

		index_add(&t->by_mark, hash_word(s->mark), i);
		for (j = 0; j < s->nports; j++, port++) {
			t->ports[port].service = s;
			t->ports[port].port = &s->ports[j];
			err = index_port(t, port);
			if (err)
				return err;
		}
		for (j = 0; j < s->nvips; j++, vip++) {
			t->vips[vip].service = s;
			t->vips[vip].addr = s->vips[j];
			index_add(&t->by_vip, hash_addr(&s->vips[j]), vip);
		}
		cond_resched();
	}
	return 0;
}

static int compare_endpoint(const struct meshmod_addr *a, u8 a_proto,
			    const struct meshmod_addr *b, u8 b_proto)
{
	int d = a->family - b->family;

	d = d ?: memcmp(&a->ip, &b->ip, sizeof(a->ip));
	return d ?: a_proto - b_proto;
}

static int compare_target(const void *a, const void *b)
{
	const struct meshmod_target *l = a, *r = b;
	int d = compare_endpoint(&l->addr, l->proto, &r->addr, r->proto);

	return d ?: l->first - r->first;
}

/*
 * List the target ports in order.  Several published ports may lead to one:
 * what overlaps becomes one entry, so that a search can find only one.
 */
static void index_targets(struct meshmod_table *t)
{
	u32 i, n = 0;

	for (i = 0; i < t->nredirects; i++)
		t->targets[i] = (struct meshmod_target) {
			.addr = t->redirects[i].addr,
			.proto = t->redirects[i].proto,
			.first = t->redirects[i].to,
			.last = t->redirects[i].to_last,
		};
	sort(t->targets, t->nredirects, sizeof(*t->targets), compare_target,
	     NULL);
	for (i = 0; i < t->nredirects; i++) {
		struct meshmod_target *at = &t->targets[i], *to;

		to = n ? &t->targets[n - 1] : NULL;
		if (to && at->first <= to->last &&
		    !compare_endpoint(&at->addr, at->proto, &to->addr,
				      to->proto))
			to->last = max(to->last, at->last);
		else
			t->targets[n++] = *at;
	}
	t->ntargets = n;
}

/*
 * Build the indexes of a table whose objects are complete and sorted.
 * Context: may sleep; the table is not published.
 * Return: 0; -ENOMEM; -EEXIST if two services publish one port: see @t->clash.
 */
int meshmod_table_index(struct meshmod_table *t)
{
	u32 i;
	int err;

	if (count_entries(t) ||
	    index_alloc(&t->by_vip, t->nvips) ||
	    index_alloc(&t->by_mark, t->nservices) ||
	    index_alloc(&t->by_peer, t->npeers) ||
	    index_alloc(&t->by_dev, t->nbindings) ||
	    index_alloc(&t->by_mac, t->norigins) ||
	    index_alloc(&t->by_zone, t->norigins))
		return -ENOMEM;
	err = index_services(t);
	if (err)
		return err;
	index_targets(t);
	for (i = 0; i < t->npeers; i++)
		index_add(&t->by_peer, hash_addr(&t->peers[i]), i);
	for (i = 0; i < t->nbindings; i++)
		index_add(&t->by_dev, hash_name(t->bindings[i].dev), i);
	for (i = 0; i < t->norigins; i++)
		index_add(&t->by_mac, hash_mac(t->origins[i].mac), i);
	return 0;
}

/* Once each origin has its zone */
void meshmod_table_index_zones(struct meshmod_table *t)
{
	u32 i;

	for (i = 0; i < t->norigins; i++)
		index_add(&t->by_zone, hash_word(t->origins[i].zone), i);
}

static int compare_name(const void *key, const void *elt)
{
	const struct meshmod_service *const *s = elt;

	return strcmp(key, (*s)->name);
}

/* Return: the service called @name, or NULL. */
struct meshmod_service *
meshmod_table_by_name(const struct meshmod_table *t, const char *name)
{
	struct meshmod_service **s;

	s = bsearch(name, t->services, t->nservices, sizeof(*t->services),
		    compare_name);
	return s ? *s : NULL;
}

/* Return: who publishes @port, alone or in a range, or NULL. */
const struct meshmod_port_entry *
meshmod_table_by_port(const struct meshmod_table *t, u8 proto, u16 port)
{
	const struct meshmod_port_map *map;
	int slot = proto_slot(proto);
	const u32 *page;
	u32 pos;

	map = slot < 0 ? NULL : t->by_port[slot];
	page = map ? map->pages[port / MESHMOD_PORT_PAGE] : NULL;
	pos = page ? page[port % MESHMOD_PORT_PAGE] : 0;
	return pos ? &t->ports[pos - 1] : NULL;
}

/* Return: the port or range of @s that holds @port, or NULL. */
const struct meshmod_port *
meshmod_table_port_of(const struct meshmod_table *t,
		      const struct meshmod_service *s, u8 proto, u16 port)
{
	const struct meshmod_port_entry *e;

	e = meshmod_table_by_port(t, proto, port);
	return e && e->service == s ? e->port : NULL;
}

/* Return: the service whose VIP @addr is, or NULL. */
struct meshmod_service *
meshmod_table_by_vip(const struct meshmod_table *t,
		     const struct meshmod_addr *addr)
{
	s64 pos;

	index_for_each(&t->by_vip, hash_addr(addr), pos)
		if (meshmod_addr_equal(&t->vips[pos].addr, addr))
			return t->vips[pos].service;
	return NULL;
}

/* Return: the service with @mark, or NULL. */
struct meshmod_service *
meshmod_table_by_mark(const struct meshmod_table *t, u32 mark)
{
	s64 pos;

	index_for_each(&t->by_mark, hash_word(mark), pos)
		if (t->services[pos]->mark == mark)
			return t->services[pos];
	return NULL;
}

/* Return: the entry of the node whose underlay address is @addr, or NULL. */
const struct meshmod_addr *
meshmod_table_peer(const struct meshmod_table *t,
		   const struct meshmod_addr *addr)
{
	s64 pos;

	index_for_each(&t->by_peer, hash_addr(addr), pos)
		if (meshmod_addr_equal(&t->peers[pos], addr))
			return &t->peers[pos];
	return NULL;
}

/* The same for every packet of the tunnel: is @ip of a node? */
bool meshmod_table_has_peer(const struct meshmod_table *t, __be32 ip)
{
	s64 pos;

	index_for_each(&t->by_peer, hash_ipv4(ip), pos)
		if (t->peers[pos].family == AF_INET &&
		    t->peers[pos].ip.ip == ip)
			return true;
	return false;
}

/* Return: the origin with @mac, or NULL. */
const struct meshmod_origin *
meshmod_table_origin(const struct meshmod_table *t, const u8 *mac)
{
	s64 pos;

	index_for_each(&t->by_mac, hash_mac(mac), pos)
		if (ether_addr_equal_unaligned(t->origins[pos].mac, mac))
			return &t->origins[pos];
	return NULL;
}

/* Return: the origin whose connections are in @zone, or NULL. */
const struct meshmod_origin *
meshmod_table_by_zone(const struct meshmod_table *t, u16 zone)
{
	s64 pos;

	index_for_each(&t->by_zone, hash_word(zone), pos)
		if (t->origins[pos].zone == zone)
			return &t->origins[pos];
	return NULL;
}

/* Return: the binding of the device called @dev, or NULL. */
const struct meshmod_binding *
meshmod_table_binding(const struct meshmod_table *t, const char *dev)
{
	s64 pos;

	index_for_each(&t->by_dev, hash_name(dev), pos)
		if (!strcmp(t->bindings[pos].dev, dev))
			return &t->bindings[pos];
	return NULL;
}

/* An endpoint's port, to be looked for among ranges */
struct endpoint_key {
	const struct meshmod_addr *addr;
	u8 proto;
	u16 port;
};

static int find_redirect(const void *key, const void *elt)
{
	const struct endpoint_key *k = key;
	const struct meshmod_redirect *r = elt;
	int d = compare_endpoint(k->addr, k->proto, &r->addr, r->proto);

	return d ?: k->port < r->from ? -1 : k->port > r->from_last;
}

static int find_target(const void *key, const void *elt)
{
	const struct endpoint_key *k = key;
	const struct meshmod_target *e = elt;
	int d = compare_endpoint(k->addr, k->proto, &e->addr, e->proto);

	return d ?: k->port < e->first ? -1 : k->port > e->last;
}

/*
 * A container has a handful of redirects, so a search in their sorted list is
 * the cheapest index, and ranges come for nothing.
 * Return: the redirect of published port @port of the endpoint @addr, or NULL.
 */
const struct meshmod_redirect *
meshmod_table_redirect(const struct meshmod_table *t,
		       const struct meshmod_addr *addr, u8 proto, u16 port)
{
	struct endpoint_key key = { addr, proto, port };

	return bsearch(&key, t->redirects, t->nredirects,
		       sizeof(*t->redirects), find_redirect);
}

/* Does a redirect of @addr name @port, as published or as target port? */
bool meshmod_table_admits(const struct meshmod_table *t,
			  const struct meshmod_addr *addr, u8 proto, u16 port)
{
	struct endpoint_key key = { addr, proto, port };

	return meshmod_table_redirect(t, addr, proto, port) ||
	       bsearch(&key, t->targets, t->ntargets, sizeof(*t->targets),
		       find_target);
}

/* Does @subnet, which has a prefix, hold @addr? */
bool meshmod_addr_in(const struct meshmod_addr *addr,
		     const struct meshmod_addr *subnet)
{
	u32 i, bits = subnet->prefix;

	if (addr->family != subnet->family)
		return false;
	for (i = 0; bits; i++, bits -= min(bits, 32U)) {
		u32 mask = bits < 32 ? ~0U << (32 - bits) : ~0U;

		if (((__force u32)addr->ip.all[i] ^
		     (__force u32)subnet->ip.all[i]) &
		    (__force u32)htonl(mask))
			return false;
	}
	return true;
}

/* Is @addr in one of the subnets that this node masquerades? */
bool meshmod_table_masquerades(const struct meshmod_table *t,
			       const struct meshmod_addr *addr)
{
	u32 i;

	for (i = 0; i < t->node.nmasquerade; i++)
		if (meshmod_addr_in(addr, &t->node.masquerade[i]))
			return true;
	return false;
}

/* The order of redirects in a table and in dumps, as strcmp() tells it. */
int meshmod_redirect_order(const struct meshmod_redirect *a,
			   const struct meshmod_redirect *b)
{
	int d = compare_endpoint(&a->addr, a->proto, &b->addr, b->proto);

	return d ?: a->from - b->from;
}

#ifdef MESHMOD_KUNIT
#include "table_test.c"
#endif
