// SPDX-License-Identifier: GPL-2.0
/*
 * Compare what a namespace must hold with what it holds.  Setting and pruning
 * are two steps, because the module is programmed in between: nothing is
 * chosen before it can be reached, or removed while it can be chosen.
 */
#include <stdlib.h>
#include <string.h>

#include "topology_priv.h"

/* How a kind is told: one line each, or one line for all of them */
static const struct {
	const char *one, *more;
} many[] = {
	[ENTRY_TUNNEL] = { "tunnel entry", "tunnel entries" },
	[ENTRY_PORT] = { "forwarding entry", "forwarding entries" },
	[ENTRY_NEIGH] = { "neighbour entry", "neighbour entries" },
	[ENTRY_REPLY_ROUTE] = { "route for replies", "routes for replies" },
	[ENTRY_REPLY_RULE] = { "rule for replies", "rules for replies" },
};

/* qsort() passes no context, and there is one thread */
static enum entry_kind sorted_kind;

static int cmp_sorted(const void *a, const void *b)
{
	return entry_cmp_key(sorted_kind, a, b);
}

static void entries_sort(enum entry_kind kind, struct entries *list)
{
	sorted_kind = kind;
	if (list->n)
		qsort(list->v, list->n, sizeof(*list->v), cmp_sorted);
}

static const struct entry *entries_find(enum entry_kind kind,
					const struct entries *list,
					const struct entry *key)
{
	sorted_kind = kind;
	if (!list->n)
		return NULL;
	return bsearch(key, list->v, list->n, sizeof(*list->v), cmp_sorted);
}

static bool tell(struct topo *t, const struct netns *ns, enum entry_kind kind,
		 const char *verb, const struct entry *e)
{
	const char *ip = prefix_str(&e->ip, NULL);

	if (kind == ENTRY_ADDR)
		return topo_step(t, "%s address %s in %s", verb, ip, ns->name);
	if (kind == ENTRY_ROUTE)
		return topo_step(t, "%s route %s via %s in %s", verb,
				 e->ip.plen ? ip : "default",
				 addr_str(&e->via, NULL), ns->name);
	topo_note(t, "%s a %s in %s", verb, many[kind].one, ns->name);
	return t->dry_run;
}

static void tell_many(struct topo *t, const struct netns *ns,
		      enum entry_kind kind, const char *verb, size_t n)
{
	if (n && kind != ENTRY_ADDR && kind != ENTRY_ROUTE)
		topo_step(t, "%s %zu %s in %s", verb, n,
			  n == 1 ? many[kind].one : many[kind].more, ns->name);
}

int topo_entries(struct topo *t, const struct netns *ns, enum entry_kind kind,
		 struct entries *have)
{
	int err = rtnl_entries(ns->rtnl, kind, have);

	if (!err)
		return 0;
	topo_note(t, "read what is in %s", ns->name);
	return topo_done(t, err);
}

/* Not knowing what is there, or the device of what must be: that is an end */
static int look(struct topo *t, const struct netns *ns, enum entry_kind kind,
		const struct entries *want, struct entries *have)
{
	int ret = topo_entries(t, ns, kind, have);
	size_t i;

	for (i = 0; !ret && i < want->n; i++)
		if (want->v[i].dev < 0) {
			topo_note(t, "find a device in %s", ns->name);
			ret = topo_done(t, want->v[i].dev);
		}
	if (!ret)
		entries_sort(kind, have);
	return ret;
}

/* There as wanted, or in the care of someone else */
static bool satisfied(enum entry_kind kind, const struct entry *want,
		      const struct entry *have)
{
	return have && (have->theirs || entry_same(kind, want, have));
}

/* The host has neighbours that are none of our business. */
static bool is_ours(const struct topo *t, const struct netns *ns,
		    enum entry_kind kind, const struct entry *e)
{
	return e->ours && (kind != ENTRY_NEIGH || ns != t->host || e->marked);
}

/*
 * The kernel gives no other length to an address that it has.  So the old one
 * goes first, right before the new one comes; a dry run leaves it to prune.
 */
static int make_way(struct topo *t, const struct netns *ns,
		    const struct entries *have, const struct entry *e)
{
	const struct entry *old;
	int ret = 0;

	for (old = have->v; !ret && old < have->v + have->n; old++) {
		if (!old->ours || old->dev != e->dev ||
		    !addr_same(&old->ip, &e->ip) || t->dry_run)
			continue;
		t->repair = true;
		tell(t, ns, ENTRY_ADDR, "remove", old);
		ret = topo_done(t, rtnl_entry_del(ns->rtnl, ENTRY_ADDR, old));
	}
	return ret;
}

int topo_entries_set(struct topo *t, const struct netns *ns,
		     enum entry_kind kind, struct entries *want)
{
	struct entries have;
	size_t i, n = 0;
	int ret = look(t, ns, kind, want, &have);

	for (i = 0; !ret && i < want->n; i++) {
		const struct entry *e = &want->v[i];

		if (satisfied(kind, e, entries_find(kind, &have, e)))
			continue;
		n++;
		if (kind == ENTRY_ADDR)
			ret = make_way(t, ns, &have, e);
		if (!ret && !tell(t, ns, kind, "add", e))
			ret = topo_done(t, rtnl_entry_set(ns->rtnl, kind, e));
	}
	tell_many(t, ns, kind, "add", n);
	free(have.v);
	return ret;
}

int topo_entries_prune(struct topo *t, const struct netns *ns,
		       enum entry_kind kind, struct entries *want)
{
	struct entries have;
	size_t i, n = 0;
	int ret = look(t, ns, kind, want, &have);

	entries_sort(kind, want);
	for (i = 0; !ret && i < have.n; i++) {
		const struct entry *e = &have.v[i];

		if (!is_ours(t, ns, kind, e) || entries_find(kind, want, e))
			continue;
		n++;
		/* Secondary addresses and routes may go with an address */
		t->repair |= kind == ENTRY_ADDR;
		if (!tell(t, ns, kind, "remove", e))
			ret = topo_done(t, rtnl_entry_del(ns->rtnl, kind, e));
	}
	tell_many(t, ns, kind, "remove", n);
	free(have.v);
	return ret;
}

static struct entry *want_entry(struct entries *e, int dev)
{
	struct entry *new = entries_add(e);

	new->dev = dev;
	return new;
}

void want_addrs(struct entries *e, int dev, const struct dual *ip)
{
	const struct addr *a;

	for_each_addr(a, ip)
		want_entry(e, dev)->ip = *a;
}

void want_default(struct entries *e, int dev, const struct dual *via)
{
	const struct addr *a;
	struct entry *new;

	for_each_addr(a, via) {
		new = want_entry(e, dev);
		new->ip.family = a->family;
		new->via = *a;
	}
}

void want_neighbours(struct entries *e, int dev, const struct dual *ip,
		     const uint8_t *mac)
{
	const struct addr *a;
	struct entry *new;

	for_each_addr(a, ip) {
		new = want_entry(e, dev);
		new->ip = *a;
		memcpy(new->mac, mac, sizeof(new->mac));
	}
}

void want_reply_route(struct entries *e, int dev, const struct dual *ip)
{
	const struct addr *a;

	for_each_addr(a, ip)
		want_entry(e, dev)->ip.family = a->family;
}

void want_reply_rule(struct entries *e, const struct dual *ip,
		     const struct port *p)
{
	const struct addr *a;
	struct entry *new;

	for_each_addr(a, ip) {
		new = want_entry(e, 0);
		new->ip.family = a->family;
		new->proto = p->proto;
		new->first = p->target;
		new->last = p->target_last;
	}
}

void want_error_rule(struct entries *e, const struct dual *ip)
{
	const struct addr *a;
	struct entry *new;

	for_each_addr(a, ip) {
		new = want_entry(e, 0);
		new->ip.family = a->family;
		new->proto = a->family == AF_INET ? IPPROTO_ICMP :
						    IPPROTO_ICMPV6;
	}
}
