// SPDX-License-Identifier: GPL-2.0
/*
 * Down: what carries the mark goes, and the configuration of the namespaces
 * that the state names.  Host-wide sysctls stay.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "topology.h"
#include "topology_priv.h"

static int remove_links(struct topo *t, const struct netns *ns)
{
	struct link *l;
	size_t n, i;
	bool any = false;
	int err;

	err = rtnl_links(ns->rtnl, &l, &n);
	if (err) {
		free(l);
		topo_note(t, "list the links in %s", ns->name);
		return topo_done(t, err);
	}
	for (i = 0; i < n; i++)
		if (link_ours(&l[i])) {
			topo_step(t, "remove %s from %s", l[i].name, ns->name);
			any = true;
		}
	free(l);
	if (!any || t->dry_run)
		return 0;
	topo_note(t, "remove the devices of the mesh from %s", ns->name);
	return topo_done(t, rtnl_links_del(ns->rtnl));
}

/* A name without a namespace is what an interrupted start or end left. */
static int remove_netns(struct topo *t, const struct netns *ns,
			const char *name)
{
	if (!ns && netns_file(name) != NETNS_STALE)
		return 0;
	return topo_netns_delete(t, name);
}

/* A namespace that is not ours is none of our business here. */
static struct netns *open_own(const char *name)
{
	struct netns *ns = NULL;

	if (netns_file(name) == NETNS_THERE)
		ns = netns_open(name);
	if (!ns || topo_netns_ours(ns))
		return ns;
	netns_close(ns);
	return NULL;
}

static int remove_all(struct topo *t)
{
	int ret = program_clear(t);

	if (!ret)
		ret = remove_links(t, t->host);
	if (!ret && t->overlay)
		ret = remove_links(t, t->overlay);
	if (!ret)
		ret = remove_netns(t, t->sandbox, SANDBOX_NETNS);
	if (!ret)
		ret = remove_netns(t, t->overlay, OVERLAY_NETNS);
	if (!ret && !t->dry_run)
		state_remove();
	if (!ret && !t->changes)
		printf("nothing to remove\n");
	else if (!ret && !t->dry_run)
		printf("the mesh is down on this node\n");
	return ret;
}

int topology_down(const struct mesh *m, bool dry_run)
{
	struct topo t;
	int ret = check_permission();

	if (!ret)
		ret = topo_begin(&t, m, NULL, dry_run);
	if (ret)
		return ret;
	if (!dry_run)
		ret = state_lock(&t);
	if (!ret) {
		t.sandbox = open_own(SANDBOX_NETNS);
		t.overlay = open_own(OVERLAY_NETNS);
		ret = remove_all(&t);
	}
	topo_end(&t);
	return ret;
}
