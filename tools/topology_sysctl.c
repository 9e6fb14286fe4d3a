// SPDX-License-Identifier: GPL-2.0
/*
 * The host's settings are others' too: they are only ever raised, it is said,
 * and they stay.  Those of our own namespaces and devices go with them.
 */
#include <errno.h>
#include <stdlib.h>

#include "sysctl.h"
#include "topology_priv.h"

static int raise_sysctl(struct topo *t, const char *path, long value)
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

/* @from: only where it is that; -1: whatever it is */
static int set_here(struct topo *t, const struct netns *ns, const char *path,
		    long from, long value)
{
	long old;
	int err = sysctl_read(path, &old);

	if (err == -ENOENT ||
	    (!err && (old == value || (from >= 0 && old != from))))
		return 0;
	if (topo_step(t, "set %s to %ld in %s", path, value, ns->name))
		return 0;
	return topo_done_sys(t, err ? err : sysctl_write(path, value));
}

int topo_swap_own(struct topo *t, const struct netns *ns, const char *path,
		  long from, long to)
{
	int ret, left;

	if (ns->fd < 0)
		return 0;
	topo_note(t, "enter %s", ns->name);
	t->changes--;
	ret = topo_done_sys(t, netns_enter(ns));
	if (!ret)
		ret = set_here(t, ns, path, from, to);
	left = netns_enter(t->host);
	return ret ? ret : topo_done_sys(t, left);
}

int topo_set_own(struct topo *t, const struct netns *ns, const char *path,
		 long value)
{
	return topo_swap_own(t, ns, path, -1, value);
}

int topo_set_device(struct topo *t, const struct netns *ns, const char *family,
		    const char *dev, const char *name, long value)
{
	char *path = xasprintf("net/%s/conf/%s/%s", family, dev, name);
	int ret = topo_set_own(t, ns, path, value);

	free(path);
	return ret;
}

int topo_open_ipv6(struct topo *t, const struct netns *ns, const char *dev,
		   const struct dual *ip)
{
	if (!dual_of(ip, AF_INET6))
		return 0;
	return topo_set_device(t, ns, "ipv6", dev, "disable_ipv6", 0);
}

static int keep_learning(struct topo *t, const char *dev)
{
	char *path = xasprintf("net/ipv6/conf/%s/accept_ra", dev);
	long value;
	int ret = 0;

	if (!sysctl_read(path, &value) && value == 1)
		ret = raise_sysctl(t, path, 2);
	free(path);
	return ret;
}

/*
 * A host that begins to forward IPv6 forgets the routes that it has learned
 * from routers, and hears of no others, where accept_ra is not 2.
 */
static int forward_ipv6(struct topo *t)
{
	static const char path[] = "net/ipv6/conf/all/forwarding";
	struct link *l;
	size_t n, i;
	long value;
	int ret;

	if (!sysctl_read(path, &value) && value)
		return 0;
	ret = topo_links(t, t->host, &l, &n);
	for (i = 0; !ret && i < n; i++)
		if (!link_ours(&l[i]) && !l[i].loopback)
			ret = keep_learning(t, l[i].name);
	if (!ret)	/* those to come */
		ret = keep_learning(t, "default");
	free(l);
	return ret ? ret : raise_sysctl(t, path, 1);
}

/* From the top down: the kernel wants them in order */
static int raise_thresholds(struct topo *t, const char *family)
{
	static const long value[] = { 8192, 49152, 65536 };
	size_t i;
	int ret = 0;

	for (i = ARRAY_SIZE(value); !ret && i; i--) {
		char *path = xasprintf("net/%s/neigh/default/gc_thresh%zu",
				       family, i);

		ret = raise_sysctl(t, path, value[i - 1]);
		free(path);
	}
	return ret;
}

/* What the host's own bridges and legs carry of IPv6 is to be forwarded. */
static bool forwards_ipv6(const struct topo *t)
{
	return dual_of(&t->m->gateway.subnet, AF_INET6) ||
	       (topo_flat(t) && dual_of(&t->m->overlay.subnet, AF_INET6));
}

int host_sysctls(struct topo *t)
{
	int ret = raise_sysctl(t, "net/ipv4/ip_forward", 1);

	if (!ret)
		ret = raise_thresholds(t, "ipv4");
	if (!ret && forwards_ipv6(t))
		ret = forward_ipv6(t);
	if (!ret && topo_has_family(t, AF_INET6))
		ret = raise_thresholds(t, "ipv6");
	return ret;
}
