// SPDX-License-Identifier: GPL-2.0
/*
 * Up and apply: the same work from the same file.  In order: check, build and
 * add, program the module, remove what is left over, which may be the other
 * topology.
 */
#include <stdlib.h>

#include "plan.h"
#include "topology.h"
#include "topology_priv.h"

typedef int (*entries_fn)(struct topo *t, const struct netns *ns,
			  enum entry_kind kind, struct entries *want);
typedef void (*want_fn)(const struct topo *t, enum entry_kind k,
			struct entries *e);

static int with_entries(struct topo *t, const struct netns *ns,
			enum entry_kind kind, want_fn want, entries_fn fn)
{
	struct entries e = { 0 };
	int ret;

	want(t, kind, &e);
	ret = fn(t, ns, kind, &e);
	free(e.v);
	return ret;
}

static int with_container(struct topo *t, const struct container *c,
			  enum entry_kind kind, entries_fn fn)
{
	struct entries e = { 0 };
	int ret;

	container_want(t, c, kind, &e);
	ret = fn(t, c->ns, kind, &e);
	free(e.v);
	return ret;
}

static int all_entries(struct topo *t, entries_fn fn)
{
	const struct netns *sandbox = topo_flat(t) ? NULL : t->sandbox;
	const struct {
		const struct netns *ns;
		enum entry_kind kind;
		want_fn want;
	} rows[] = {
		{ t->host, ENTRY_ADDR, host_want },
		{ t->host, ENTRY_ROUTE, host_want },
		{ t->host, ENTRY_NEIGH, host_want },
		{ t->overlay, ENTRY_ADDR, overlay_want },
		{ t->overlay, ENTRY_TUNNEL, overlay_want },
		{ t->overlay, ENTRY_PORT, overlay_want },
		{ t->overlay, ENTRY_NEIGH, overlay_want },
		{ sandbox, ENTRY_ADDR, sandbox_want },
		{ sandbox, ENTRY_ROUTE, sandbox_want },
		{ sandbox, ENTRY_NEIGH, sandbox_want },
	};
	static const enum entry_kind inside[] = {
		ENTRY_ADDR, ENTRY_ROUTE, ENTRY_REPLY_ROUTE, ENTRY_REPLY_RULE,
	};
	const struct container *c;
	size_t i;
	int ret = 0;

	for (i = 0; !ret && i < ARRAY_SIZE(rows); i++)
		if (rows[i].ns)
			ret = with_entries(t, rows[i].ns, rows[i].kind,
					   rows[i].want, fn);
	for (c = t->containers; !ret && c < t->containers + t->ncontainers;
	     c++)
		for (i = 0; !ret && i < ARRAY_SIZE(inside); i++)
			ret = with_container(t, c, inside[i], fn);
	return ret;
}

static int build(struct topo *t)
{
	int ret = host_sysctls(t);

	if (!ret)
		ret = gateway_ensure(t);
	if (!ret)
		ret = overlay_ensure(t);
	if (!ret)
		ret = topo_flat(t) ? host_leg_ensure(t) : sandbox_ensure(t);
	if (!ret)
		ret = containers_ensure(t);
	return ret ? ret : all_entries(t, topo_entries_set);
}

/* The host's leg is open only while the module guards it. */
static int program_all(struct topo *t)
{
	int ret = program_inner(t);

	if (!ret && !topo_flat(t))
		ret = host_leg_remove(t);
	if (!ret)
		ret = program_host(t);
	if (!ret && topo_flat(t))
		ret = host_leg_open(t);
	return ret;
}

static int clean(struct topo *t)
{
	int ret = program_gone(t);

	if (!ret)
		ret = overlay_prune(t);
	if (!ret)
		ret = gateway_prune(t);
	if (!ret && topo_flat(t))
		ret = sandbox_remove(t);
	if (!ret)
		ret = all_entries(t, topo_entries_prune);
	if (!ret && t->repair && !t->dry_run)
		ret = all_entries(t, topo_entries_set);
	return ret;
}

/* Whoever connects when this has been said to be up is to be served at once. */
static int settle(struct topo *t)
{
	const struct container *c;
	int ret;

	if (t->dry_run || !t->changes)
		return 0;
	ret = topo_settle(t, t->host);
	if (!ret)
		ret = topo_settle(t, t->overlay);
	if (!ret && !topo_flat(t))
		ret = topo_settle(t, t->sandbox);
	for (c = t->containers; !ret && c < t->containers + t->ncontainers;
	     c++)
		ret = topo_settle(t, c->ns);
	return ret;
}

static void conclude(struct topo *t)
{
	if (!t->changes)
		topo_result(t, "nothing to change");
	else if (!t->dry_run)
		topo_result(t, "mesh %s is up on node %s", t->m->name,
			    t->self->name);
}

static int reconcile(struct topo *t)
{
	int ret = build(t);

	if (!ret)
		ret = program_all(t);
	if (!ret)
		ret = clean(t);
	if (!ret)
		ret = settle(t);
	if (!ret)
		conclude(t);
	return ret;
}

int topology_up(const struct mesh *m, const struct mesh_node *self,
		bool dry_run)
{
	struct topo t;
	int ret = check_permission();

	if (!ret)
		ret = topo_begin(&t, m, self, dry_run);
	if (ret)
		return ret;
	if (!dry_run)
		ret = state_lock(&t);
	if (!ret)
		ret = check_all(&t);
	if (!ret)
		ret = reconcile(&t);
	topo_end(&t);
	return ret;
}

static int look_ours(struct topo *t, const char *name, bool *ours)
{
	struct link l;
	int ret = topo_link(t, t->host, name, &l);

	*ours = link_ours(&l);
	return ret;
}

/* The other topology would end all connections: that takes an up. */
static int is_up(struct topo *t)
{
	bool flat, sandbox;
	int ret = look_ours(t, HOST_LEG, &flat);

	if (!ret)
		ret = look_ours(t, SANDBOX_GWPORT, &sandbox);
	if (ret || (t->overlay && (topo_flat(t) ? flat :
				   sandbox && t->sandbox)))
		return ret;
	if (t->overlay && (flat || sandbox))
		return topo_refuse(2,
				   "the mesh is up on this node in the %s topology; run meshmod-ctl up to change that, which ends its connections",
				   flat ? "flat" : "sandbox");
	return topo_refuse(2,
			   "the mesh is not up on this node; run meshmod-ctl up first");
}

int topology_apply(const struct mesh *m, const struct mesh_node *self,
		   bool dry_run)
{
	struct topo t;
	int ret = check_permission();

	if (!ret)
		ret = topo_begin(&t, m, self, dry_run);
	if (ret)
		return ret;
	if (!dry_run)
		ret = state_lock(&t);
	if (!ret)
		ret = check_all(&t);
	if (!ret)
		ret = is_up(&t);
	if (!ret)
		ret = reconcile(&t);
	topo_end(&t);
	return ret;
}
