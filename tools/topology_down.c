// SPDX-License-Identifier: GPL-2.0
/*
 * Down: what carries the mark goes, and the configuration of the namespaces
 * that the state names.  Host-wide sysctls stay.
 */
#include <stdlib.h>

#include "topology.h"
#include "topology_priv.h"

static int remove_links(struct topo *t, const struct netns *ns)
{
	struct link *l;
	size_t n, i;
	bool any = false;
	int ret = topo_links(t, ns, &l, &n);

	for (i = 0; !ret && i < n; i++)
		if (link_ours(&l[i])) {
			topo_step(t, "remove %s from %s", l[i].name, ns->name);
			any = true;
		}
	free(l);
	if (!any || t->dry_run)
		return ret;
	topo_note(t, "remove the devices of the mesh from %s", ns->name);
	return topo_done(t, rtnl_links_del(ns->rtnl));
}

static int remove_all(struct topo *t)
{
	/* It is not there for a moment without its guard. */
	int ret = t->dry_run ? 0 : host_leg_remove(t);

	if (!ret)
		ret = program_clear(t);
	if (!ret)
		ret = remove_links(t, t->host);
	if (!ret && t->overlay)
		ret = remove_links(t, t->overlay);
	if (!ret)
		ret = topo_netns_remove(t, t->sandbox, SANDBOX_NETNS);
	if (!ret)
		ret = topo_netns_remove(t, t->overlay, OVERLAY_NETNS);
	if (!ret && !t->dry_run)
		state_remove();
	if (!ret && !t->changes)
		topo_result(t, "nothing to remove");
	else if (!ret && !t->dry_run)
		topo_result(t, "the mesh is down on this node");
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
	if (!ret)
		ret = program_check(&t);
	if (!ret)
		ret = topo_netns_open_own(&t, SANDBOX_NETNS, &t.sandbox);
	if (!ret)
		ret = topo_netns_open_own(&t, OVERLAY_NETNS, &t.overlay);
	if (!ret)
		ret = remove_all(&t);
	topo_end(&t);
	return ret;
}
