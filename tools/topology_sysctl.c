// SPDX-License-Identifier: GPL-2.0
/*
 * The host's settings are others' too: they are only ever raised, it is said,
 * and they stay.  Those of our own namespaces and devices go with them.
 */
#include <errno.h>
#include <stdlib.h>

#include "sysctl.h"
#include "topology_priv.h"

int topo_raise(struct topo *t, const char *path, long value)
{
	long old;
	int err = sysctl_read(path, &old);

	/* Not shown here, so not ours to raise: the first namespace has it */
	if (err == -ENOENT || (!err && old >= value))
		return 0;
	if (err) {
		topo_note(t, "read /proc/sys/%s", path);
		return topo_done_sys(t, err);
	}
	if (topo_step(t, "raise %s from %ld to %ld", path, old, value))
		return 0;
	return topo_done_sys(t, sysctl_write(path, value));
}

static int set_here(struct topo *t, const struct netns *ns, const char *path,
		    long value)
{
	long old;
	int err = sysctl_read(path, &old);

	if (err == -ENOENT || (!err && old == value))
		return 0;
	if (topo_step(t, "set %s to %ld in %s", path, value, ns->name))
		return 0;
	return topo_done_sys(t, err ? err : sysctl_write(path, value));
}

int topo_set_own(struct topo *t, const struct netns *ns, const char *path,
		 long value)
{
	int ret, left;

	if (ns->fd < 0)
		return 0;
	topo_note(t, "enter %s", ns->name);
	t->changes--;
	ret = topo_done_sys(t, netns_enter(ns));
	if (!ret)
		ret = set_here(t, ns, path, value);
	left = netns_enter(t->host);
	return ret ? ret : topo_done_sys(t, left);
}

int host_sysctls(struct topo *t)
{
	static const struct {
		const char *path;
		long value;
	} want[] = {
		{ "net/ipv4/ip_forward", 1 },
		/* From the top down: the kernel wants them in order */
		{ "net/ipv4/neigh/default/gc_thresh3", 65536 },
		{ "net/ipv4/neigh/default/gc_thresh2", 49152 },
		{ "net/ipv4/neigh/default/gc_thresh1", 8192 },
	};
	size_t i;
	int ret = 0;

	for (i = 0; !ret && i < ARRAY_SIZE(want); i++)
		ret = topo_raise(t, want[i].path, want[i].value);
	return ret;
}
