// SPDX-License-Identifier: GPL-2.0
/*
 * The table: one whole configuration of a namespace, and the hash indexes
 * by which packets find their way in it.  Built in private, then never
 * changed: readers need no lock and see all of a change or nothing of it.
 */
#include <linux/bsearch.h>
#include <linux/jhash.h>
#include <linux/slab.h>

#include "core.h"

/* The settings of a namespace before anyone set them. */
const struct meshmod_node meshmod_node_default = {
	.mask = MESHMOD_MASK_DEFAULT,
};

/*
 * Start a new table from @old (may be NULL: nothing configured), with room for
 * @services and @redirects more.  The services are shared, not copied.
 * Context: may sleep.  Return: the table, or NULL without memory.
 */
struct meshmod_table *meshmod_table_copy(const struct meshmod_table *old,
					 u32 services, u32 redirects)
{
	struct meshmod_table *t = kvzalloc(sizeof(*t), GFP_KERNEL_ACCOUNT);
	u32 i;

	if (!t)
		return NULL;
	services += old ? old->nservices : 0;
	redirects += old ? old->nredirects : 0;
	t->services = kvcalloc(services ?: 1, sizeof(*t->services),
			       GFP_KERNEL_ACCOUNT);
	t->redirects = kvcalloc(redirects ?: 1, sizeof(*t->redirects),
				GFP_KERNEL_ACCOUNT);
	if (!t->services || !t->redirects) {
		meshmod_table_free(t);
		return NULL;
	}
	t->node = old ? old->node : meshmod_node_default;
	if (!old)
		return t;
	for (i = 0; i < old->nservices; i++) {
		t->services[i] = old->services[i];
		meshmod_service_get(t->services[i]);
	}
	t->nservices = old->nservices;
	memcpy(t->redirects, old->redirects,
	       array_size(old->nredirects, sizeof(*t->redirects)));
	t->nredirects = old->nredirects;
	return t;
}

/* Free a table that no reader can reach any more; NULL is fine. */
void meshmod_table_free(struct meshmod_table *t)
{
	u32 i;

	if (!t)
		return;
	for (i = 0; i < t->nservices; i++)
		meshmod_service_put(t->services[i]);
	kvfree(t->services);
	kvfree(t->redirects);
	kvfree(t->ports);
	kvfree(t->vips);
	kvfree(t->by_port.slots);
	kvfree(t->by_vip.slots);
	kvfree(t->by_mark.slots);
	kvfree(t->by_from.slots);
	kvfree(t->by_to.slots);
	kvfree(t);
}

/* Is it what a namespace has before anyone configured it? */
bool meshmod_table_empty(const struct meshmod_table *t)
{
	return !t->nservices && !t->nredirects && !t->node.ningress &&
	       !t->node.nmasquerade && !t->node.nguards &&
	       t->node.mask == MESHMOD_MASK_DEFAULT;
}

static u32 port_key(u8 proto, u16 port)
{
	return proto << 16 | port;
}

static u32 hash_word(u32 word)
{
	return jhash_1word(word, 0);
}

static u32 hash_addr(const struct meshmod_addr *addr, u32 seed)
{
	return jhash2(addr->ip.all, ARRAY_SIZE(addr->ip.all),
		      addr->family ^ seed);
}

static u32 hash_endpoint(const struct meshmod_addr *addr, u8 proto, u16 port)
{
	return hash_addr(addr, port_key(proto, port));
}

/* At most half of the slots are taken, so every probe meets an empty one. */
static int index_alloc(struct meshmod_index *index, u32 entries)
{
	u32 slots = roundup_pow_of_two(max(2 * entries, 2U));

	index->slots = kvcalloc(slots, sizeof(*index->slots),
				GFP_KERNEL_ACCOUNT);
	index->mask = slots - 1;
	return index->slots ? 0 : -ENOMEM;
}

static void index_add(struct meshmod_index *index, u32 hash, u32 pos)
{
	while (index->slots[hash & index->mask])
		hash++;
	index->slots[hash & index->mask] = pos + 1;
}

/* The entry in the slot of @hash: its position, or -1 for an empty slot. */
static s64 index_at(const struct meshmod_index *index, u32 hash)
{
	return (s64)index->slots[hash & index->mask] - 1;
}

/* The positions that may belong to @hash, one after the other. */
#define index_for_each(index, hash, pos)				\
	for (u32 _hash = (hash); ((pos) = index_at(index, _hash)) >= 0; _hash++)

/* Is @port the target port of a redirect of @addr? */
static bool is_target(const struct meshmod_table *t,
		      const struct meshmod_addr *addr, u8 proto, u16 port)
{
	s64 pos;

	index_for_each(&t->by_to, hash_endpoint(addr, proto, port), pos) {
		const struct meshmod_redirect *r = &t->redirects[pos];

		if (r->to == port && r->proto == proto &&
		    meshmod_addr_equal(&r->addr, addr))
			return true;
	}
	return false;
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
	return t->ports && t->vips ? 0 : -ENOMEM;
}

/*
 * Build the indexes of a table whose services and redirects are complete.
 * Context: may sleep; the table is not published.  Return: 0 or -ENOMEM.
 */
int meshmod_table_index(struct meshmod_table *t)
{
	u32 port = 0, vip = 0, i, j;

	if (count_entries(t) ||
	    index_alloc(&t->by_port, t->nports) ||
	    index_alloc(&t->by_vip, t->nvips) ||
	    index_alloc(&t->by_mark, t->nservices) ||
	    index_alloc(&t->by_from, t->nredirects) ||
	    index_alloc(&t->by_to, t->nredirects))
		return -ENOMEM;
	for (i = 0; i < t->nservices; i++) {
		struct meshmod_service *s = t->services[i];

		index_add(&t->by_mark, hash_word(s->mark), i);
		for (j = 0; j < s->nports; j++, port++) {
			t->ports[port].service = s;
			t->ports[port].key = port_key(s->ports[j].proto,
						      s->ports[j].published);
			index_add(&t->by_port, hash_word(t->ports[port].key),
				  port);
		}
		for (j = 0; j < s->nvips; j++, vip++) {
			t->vips[vip].service = s;
			t->vips[vip].addr = s->vips[j];
			index_add(&t->by_vip, hash_addr(&s->vips[j], 0), vip);
		}
	}
	for (i = 0; i < t->nredirects; i++) {
		struct meshmod_redirect *r = &t->redirects[i];

		index_add(&t->by_from,
			  hash_endpoint(&r->addr, r->proto, r->from), i);
		if (!is_target(t, &r->addr, r->proto, r->to))
			index_add(&t->by_to,
				  hash_endpoint(&r->addr, r->proto, r->to), i);
	}
	return 0;
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

/* Return: the service that publishes @port, or NULL. */
struct meshmod_service *
meshmod_table_by_port(const struct meshmod_table *t, u8 proto, u16 port)
{
	u32 key = port_key(proto, port);
	s64 pos;

	index_for_each(&t->by_port, hash_word(key), pos)
		if (t->ports[pos].key == key)
			return t->ports[pos].service;
	return NULL;
}

/* Return: the service whose VIP @addr is, or NULL. */
struct meshmod_service *
meshmod_table_by_vip(const struct meshmod_table *t,
		     const struct meshmod_addr *addr)
{
	s64 pos;

	index_for_each(&t->by_vip, hash_addr(addr, 0), pos)
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

/* Return: the redirect of port @from of the endpoint @addr, or NULL. */
const struct meshmod_redirect *
meshmod_table_redirect(const struct meshmod_table *t,
		       const struct meshmod_addr *addr, u8 proto, u16 from)
{
	s64 pos;

	index_for_each(&t->by_from, hash_endpoint(addr, proto, from), pos) {
		const struct meshmod_redirect *r = &t->redirects[pos];

		if (r->from == from && r->proto == proto &&
		    meshmod_addr_equal(&r->addr, addr))
			return r;
	}
	return NULL;
}

/* Does a redirect of @addr name @port, as published or as target port? */
bool meshmod_table_admits(const struct meshmod_table *t,
			  const struct meshmod_addr *addr, u8 proto, u16 port)
{
	return meshmod_table_redirect(t, addr, proto, port) ||
	       is_target(t, addr, proto, port);
}

static bool addr_in_prefix(const struct meshmod_addr *addr,
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
		if (addr_in_prefix(addr, &t->node.masquerade[i]))
			return true;
	return false;
}

/* The order of redirects in a table and in dumps, as strcmp() tells it. */
int meshmod_redirect_order(const struct meshmod_redirect *a,
			   const struct meshmod_redirect *b)
{
	int d = a->addr.family - b->addr.family;

	d = d ?: memcmp(&a->addr.ip, &b->addr.ip, sizeof(a->addr.ip));
	d = d ?: a->proto - b->proto;
	return d ?: a->from - b->from;
}

#ifdef MESHMOD_KUNIT
#include "table_test.c"
#endif
