// SPDX-License-Identifier: GPL-2.0
/* The two namespaces of our own, known by the mark on their loopback. */
#include <errno.h>
#include <string.h>

#include "topology_priv.h"

/* Done before the namespace has a name: it never shows up unmarked. */
static int mark_loopback(struct rtnl *r)
{
	struct link lo;
	int err = rtnl_link(r, "lo", &lo);

	if (!err)
		err = rtnl_link_group(r, lo.index, RTNL_GROUP_NETNS);
	return err ? err : rtnl_link_up(r, lo.index, true);
}

static int not_ours(const char *name)
{
	return topo_refuse(2,
			   "namespace %s exists and is not meshmod's; delete or rename %s/%s",
			   name, NETNS_DIR, name);
}

static int open_ns(struct topo *t, const char *name, struct netns **ns,
		   bool *ours)
{
	struct link lo;
	int ret;

	*ns = netns_open(name);
	if (!*ns)
		return topo_refuse(2,
				   "cannot enter namespace %s: %m; correct that and repeat the command",
				   name);
	ret = topo_link(t, *ns, "lo", &lo);
	*ours = lo.group == RTNL_GROUP_NETNS;
	return ret;
}

/* NULL in *ns: it is not there, and the name is free */
static int find_own(struct topo *t, struct netns **ns, const char *name)
{
	enum netns_file what = netns_file(name);
	bool ours = false;
	int ret;

	if (what == NETNS_ABSENT || what == NETNS_STALE)
		return 0;
	if (what == NETNS_OTHER)
		return not_ours(name);
	ret = open_ns(t, name, ns, &ours);
	return ret || ours ? ret : not_ours(name);
}

int topo_netns_open_own(struct topo *t, const char *name, struct netns **out)
{
	struct netns *ns;
	bool ours = false;
	int ret;

	if (netns_file(name) != NETNS_THERE)
		return 0;
	ret = open_ns(t, name, &ns, &ours);
	if (ours)
		*out = ns;
	else
		netns_close(ns);
	return ret;
}

/* Where there is no sandbox, what has its name may be anyone's. */
int topo_netns_find(struct topo *t)
{
	int ret = topo_flat(t) ?
		  topo_netns_open_own(t, SANDBOX_NETNS, &t->sandbox) :
		  find_own(t, &t->sandbox, SANDBOX_NETNS);

	return ret ? ret : find_own(t, &t->overlay, OVERLAY_NETNS);
}

int topo_netns_ensure(struct topo *t, struct netns **ns, const char *name)
{
	int ret;

	if (*ns)
		return 0;
	if (topo_step(t, "create namespace %s", name)) {
		*ns = netns_absent(name);
		return 0;
	}
	ret = topo_done_sys(t, netns_create(name, t->host, mark_loopback));
	if (ret)
		return ret;
	*ns = netns_open(name);
	return *ns ? 0 : topo_done_sys(t, -errno);
}

int topo_netns_remove(struct topo *t, const struct netns *ns,
		      const char *name)
{
	/* A name alone is what an interrupted start or end left. */
	if (!ns && netns_file(name) != NETNS_STALE)
		return 0;
	if (topo_step(t, "remove namespace %s", name))
		return 0;
	return topo_done_sys(t, netns_delete(name));
}
