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

/* Ports before bridges: a port that is gone is not counted as a change. */
static int remove_kind(struct topo *t, const struct netns *ns, const char *kind)
{
	struct link *l;
	size_t n, i;
	int err, ret = 0;

	err = rtnl_links(ns->rtnl, &l, &n);
	if (err) {
		topo_note(t, "list the links in %s", ns->name);
		ret = topo_done(t, err);
	}
	for (i = 0; !ret && i < n; i++)
		if (link_ours(&l[i]) && !strcmp(l[i].kind, kind))
			ret = topo_link_del(t, ns, &l[i]);
	free(l);
	return ret;
}

static int remove_links(struct topo *t, const struct netns *ns)
{
	int ret = remove_kind(t, ns, "veth");

	if (!ret)
		ret = remove_kind(t, ns, "vxlan");
	return ret ? ret : remove_kind(t, ns, "bridge");
}

/*
 * A namespace that is not ours is none of our business here.  A name without
 * a namespace is what an interrupted start or end left.
 */
static int remove_own(struct topo *t, const struct netns *ns, const char *name)
{
	int ret;

	if (!ns && netns_file(name) != NETNS_STALE)
		return 0;
	if (ns) {
		ret = remove_links(t, ns);
		if (ret)
			return ret;
	}
	return topo_netns_delete(t, name);
}

static struct netns *open_own(const char *name)
{
	struct netns *ns = NULL;
	struct link lo;

	if (netns_file(name) == NETNS_THERE)
		ns = netns_open(name);
	if (!ns || (!rtnl_link(ns->rtnl, "lo", &lo) && link_ours(&lo)))
		return ns;
	netns_close(ns);
	return NULL;
}

static int remove_all(struct topo *t)
{
	int ret = program_clear(t);

	if (!ret)
		ret = remove_links(t, t->host);
	if (!ret)
		ret = remove_own(t, t->sandbox, SANDBOX_NETNS);
	if (!ret)
		ret = remove_own(t, t->overlay, OVERLAY_NETNS);
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
