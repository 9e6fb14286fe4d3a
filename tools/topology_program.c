// SPDX-License-Identifier: GPL-2.0
/*
 * Tell the module what each namespace does: the whole of it in one
 * transaction, and only where it differs.
 */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "genl.h"
#include "plan.h"
#include "topology_priv.h"

/* How the host's namespace is named in the state */
#define HOST_REF	"/proc/self/ns/net"

bool module_loaded(void)
{
	return !access("/sys/module/meshmod", F_OK);
}

static bool program_step(struct topo *t, const struct netns *ns,
			 const struct nsconf *want)
{
	return topo_step(t, "%s the module in %s",
			 nsconf_empty(want) ? "clear" : "configure", ns->name);
}

/* A socket is tied to the namespace that it is opened in. */
static int genl_in(struct topo *t, const struct netns *ns, struct genl **g)
{
	int err = netns_enter(ns), left;

	*g = err ? NULL : genl_open();
	left = netns_enter(t->host);
	if (!err && !*g)
		return genl_open_error();
	if (!err && !left)
		return 0;
	topo_note(t, "enter %s", ns->name);
	return topo_done_sys(t, err ? err : left);
}

static int program_with(struct topo *t, struct genl *g, const struct netns *ns,
			const char *ref, const struct nsconf *want)
{
	struct nsconf *have = NULL;
	bool same;
	int ret = genl_config_get(g, &have);

	if (ret)
		return ret;
	same = nsconf_equal(want, have);
	nsconf_free(have);
	if (!same && program_step(t, ns, want))
		return 0;
	if (ref && !t->dry_run)
		ret = state_record(t, ns, ref);
	return ret || same ? ret : genl_config_replace(g, want);
}

/* ref: remember the namespace by it; NULL: do not */
static int program(struct topo *t, const struct netns *ns, const char *ref,
		   struct nsconf *want)
{
	struct genl *g;
	int ret = 0;

	if (ns->fd < 0) {
		if (!nsconf_empty(want))
			program_step(t, ns, want);
	} else {
		ret = genl_in(t, ns, &g);
		if (!ret) {
			ret = program_with(t, g, ns, ref, want);
			genl_close(g);
		}
	}
	nsconf_free(want);
	return ret;
}

/* From the inside out: nothing is sent to where nothing is ready. */
int program_inner(struct topo *t)
{
	const struct container *c;
	int ret = 0;

	/* These are in the state already */
	for (c = t->containers; !ret && c < t->containers + t->ncontainers; c++)
		ret = program(t, c->ns, NULL,
			      plan_container(t->m, t->self, &c->b->ip));
	if (!ret)
		ret = program(t, t->overlay, NULL,
			      plan_overlay(t->m, t->self));
	if (!ret && !topo_flat(t))
		ret = program(t, t->sandbox, NULL,
			      plan_sandbox(t->m, t->self));
	return ret;
}

int program_host(struct topo *t)
{
	return program(t, t->host, HOST_REF, plan_host(t->m, t->self));
}

/* In another namespace the host's devices and services would be out of reach */
int program_check(struct topo *t)
{
	struct state *list;
	size_t n = state_list(&list), i;
	int ret = 0;

	for (i = 0; !ret && i < n; i++)
		if (!strcmp(list[i].ref, HOST_REF) &&
		    list[i].ino != t->host->ino)
			ret = topo_refuse(2,
					  "the mesh was brought up in another network namespace; run this there, without -n, or remove %s/%ju if that namespace is gone",
					  STATE_DIR, (uintmax_t)list[i].ino);
	state_free(list, n);
	return ret;
}

/*
 * Someone may keep a namespace of ours alive after its name is gone.  Where there
 * is no module, the configuration went with it.
 */
int program_off(struct topo *t, const struct netns *ns)
{
	return ns && module_loaded() ? program(t, ns, NULL, nsconf_new()) : 0;
}

/* The namespace may be gone, or another one may have its name by now. */
static int clear_recorded(struct topo *t, const struct state *s)
{
	struct netns *ns;
	int ret = 0;

	if (s->ino == t->host->ino)
		return program_off(t, t->host);
	ns = netns_search(s->ref, s->ino);
	if (ns) {
		ret = program_off(t, ns);
		if (!ret)
			ret = replies_remove(t, ns);
	} else if (errno != ESRCH) {
		ret = -errno;
		topo_note(t, "enter namespace %s", s->ref);
		ret = topo_done_sys(t, ret);
	}
	netns_close(ns);
	return ret;
}

static int clear_one(struct topo *t, const struct state *s)
{
	int ret = clear_recorded(t, s);

	return ret || t->dry_run ? ret : state_forget(t, s->ino);
}

static bool takes_part(const struct topo *t, ino_t ino)
{
	size_t i;

	if (ino == t->host->ino)
		return true;
	for (i = 0; i < t->ncontainers; i++)
		if (t->containers[i].ns->ino == ino)
			return true;
	return false;
}

static int clear_some(struct topo *t, bool all)
{
	struct state *list;
	size_t n = state_list(&list), i;
	int ret = 0;

	for (i = 0; !ret && i < n; i++)
		if (all || !takes_part(t, list[i].ino))
			ret = clear_one(t, &list[i]);
	state_free(list, n);
	return ret;
}

int program_gone(struct topo *t)
{
	return clear_some(t, false);
}

int program_clear(struct topo *t)
{
	int ret = clear_some(t, true);

	if (!ret)
		ret = program_off(t, t->sandbox);
	return ret ? ret : program_off(t, t->overlay);
}
