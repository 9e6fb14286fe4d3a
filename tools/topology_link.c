// SPDX-License-Identifier: GPL-2.0
/* One link: look, compare, correct. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "topology_priv.h"

#define SETTLE_FOR_MS	10000
#define SETTLE_PAUSE_MS	20

/* A link in hand; what a new one still lacks is not worth a line of its own */
struct tuning {
	struct topo *t;
	const struct netns *ns;
	struct link l;
	bool fresh;
};

__printf(2, 3)
static bool tune_step(struct tuning *u, const char *fmt, ...)
{
	char text[64];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (!u->fresh)
		return topo_step(u->t, "%s %s in %s", text, u->l.name,
				 u->ns->name);
	topo_note(u->t, "%s %s in %s", text, u->l.name, u->ns->name);
	return u->t->dry_run;
}

/* After a change by which it got other defaults */
static int look_again(struct tuning *u)
{
	topo_note(u->t, "look at %s in %s", u->l.name, u->ns->name);
	return topo_done(u->t, rtnl_link(u->ns->rtnl, u->l.name, &u->l));
}

/* With so much, IPv6 begins anew: with an address, if the device is up */
static int tune_mtu(struct tuning *u, const struct link_want *w)
{
	bool begins = u->l.mtu < MTU_MIN_V6 && w->mtu >= MTU_MIN_V6;
	struct rtnl *r = u->ns->rtnl;
	int ret = 0;

	if (u->l.mtu == w->mtu || tune_step(u, "set mtu %u on", w->mtu))
		return 0;
	if (begins && u->l.up)
		ret = topo_done(u->t, rtnl_link_up(r, u->l.index, false));
	if (!ret)
		ret = topo_done(u->t, rtnl_link_mtu(r, u->l.index, w->mtu));
	return ret || !begins ? ret : look_again(u);
}

static int tune_basics(struct tuning *u, const struct link_want *w)
{
	struct rtnl *r = u->ns->rtnl;
	int ret = tune_mtu(u, w);

	/* No link-local address, no router solicitation from us */
	if (!ret && u->l.autoconf == 1 && !tune_step(u, "silence IPv6 on"))
		ret = topo_done(u->t, rtnl_link_no_autoconf(r, u->l.index));
	if (!ret && w->mac && memcmp(u->l.mac, w->mac, RTNL_MACLEN) &&
	    !tune_step(u, "set the MAC of"))
		ret = topo_done(u->t, rtnl_link_mac(r, u->l.index, w->mac));
	return ret;
}

static int tune_bridge(struct tuning *u, const struct link_want *w)
{
	struct rtnl *r = u->ns->rtnl;
	int ret = 0;

	/* By these frames, which no module sees, a port could take any MAC */
	if (u->l.ll_learning &&
	    !tune_step(u, "set link-local learning off on"))
		ret = topo_done(u->t, rtnl_bridge_no_ll_learning(r, u->l.index));
	if (!ret && w->no_snooping && u->l.snooping &&
	    !tune_step(u, "set multicast snooping off on"))
		ret = topo_done(u->t, rtnl_bridge_snooping(r, u->l.index,
							   false));
	return ret;
}

static int tune_master(struct tuning *u, const struct link_want *w)
{
	int ret;

	if (w->master < 0 || u->l.master == w->master ||
	    tune_step(u, "%s", w->master ? "attach" : "detach"))
		return 0;
	ret = topo_done(u->t, rtnl_link_master(u->ns->rtnl, u->l.index,
					       w->master));
	/* A port that has just become one has the defaults of one */
	return ret ? ret : look_again(u);
}

static int tune_port(struct tuning *u, const struct port_flags *want)
{
	if (!want || !memcmp(&u->l.port, want, sizeof(*want)) ||
	    tune_step(u, "set port flags of"))
		return 0;
	return topo_done(u->t, rtnl_link_port(u->ns->rtnl, u->l.index, want));
}

static int tune_up(struct tuning *u, const struct link_want *w)
{
	if (u->l.up == w->up || tune_step(u, w->up ? "set up" : "set down"))
		return 0;
	return topo_done(u->t, rtnl_link_up(u->ns->rtnl, u->l.index, w->up));
}

int topo_tune(struct topo *t, const struct netns *ns, const char *name,
	      const struct link_want *w, bool fresh)
{
	struct tuning u = { .t = t, .ns = ns, .fresh = fresh };
	int err, ret;

	err = rtnl_link(ns->rtnl, name, &u.l);
	if (err == -ENODEV && t->dry_run)	/* it would have been made by now */
		return 0;
	if (err) {
		topo_note(t, "find %s in %s", name, ns->name);
		return topo_done(t, err);
	}
	ret = tune_basics(&u, w);
	if (!ret)
		ret = tune_bridge(&u, w);
	if (!ret && !w->up)	/* silent before it leaves its bridge */
		ret = tune_up(&u, w);
	if (!ret)
		ret = tune_master(&u, w);
	if (!ret)
		ret = tune_port(&u, w->port);
	if (!ret && w->up)
		ret = tune_up(&u, w);
	return ret;
}

int topo_bridge(struct topo *t, const struct netns *ns, const char *name,
		const struct dual *ip, uint32_t mtu, bool snooping)
{
	uint8_t mac[RTNL_MACLEN];
	struct link_new new = { .name = name, .mac = mac, .mtu = mtu,
				.netns = -1 };
	struct link_want want = { .mtu = mtu, .mac = mac, .master = -1,
				  .no_snooping = !snooping, .up = true };
	struct link l;
	bool fresh;
	int ret = 0;

	/* A fixed MAC: a bridge without one changes it as ports come and go */
	endpoint_mac(ip, mac);
	fresh = rtnl_link(ns->rtnl, name, &l) == -ENODEV;
	if (fresh && !topo_step(t, "create bridge %s in %s", name, ns->name))
		ret = topo_done(t, rtnl_bridge_add(ns->rtnl, &new, snooping));
	if (!ret)
		ret = topo_tune(t, ns, name, &want, fresh);
	return ret ? ret : topo_open_ipv6(t, ns, name, ip);
}

static bool any_settles(const struct link *l, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (link_ours(&l[i]) && l[i].settling)
			return true;
	return false;
}

/*
 * The kernel acts on a new carrier some time later, up to a second where both
 * ends of a veth happen to have one number.  Until then a bridge drops what is for
 * such a port, and who connects waits for TCP to try again.  A host that takes ten
 * times as long is not one to wait for.
 */
int topo_settle(struct topo *t, const struct netns *ns)
{
	const struct timespec pause = {
		.tv_nsec = SETTLE_PAUSE_MS * 1000000L,
	};
	int tries = SETTLE_FOR_MS / SETTLE_PAUSE_MS, ret;
	struct link *l;
	bool settles;
	size_t n;

	do {
		ret = topo_links(t, ns, &l, &n);
		settles = !ret && any_settles(l, n);
		free(l);
		if (!settles)
			return ret;
		nanosleep(&pause, NULL);
	} while (--tries);
	return 0;
}

int topo_link_del(struct topo *t, const struct netns *ns, const struct link *l)
{
	int err;

	if (topo_step(t, "remove %s from %s", l->name, ns->name))
		return 0;
	err = rtnl_link_del(ns->rtnl, l->index);
	/* Gone with its other end in the meantime: as wanted */
	return topo_done(t, err == -ENODEV ? 0 : err);
}
