// SPDX-License-Identifier: GPL-2.0
/* Saying what is done, and what the kernel thought of it. */
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "cmd.h"
#include "print.h"
#include "topology_priv.h"

static void set_doing(struct topo *t, const char *fmt, va_list ap)
{
	vsnprintf(t->doing, sizeof(t->doing), fmt, ap);
}

bool topo_step(struct topo *t, const char *fmt, ...)
{
	va_list ap;
	char *line;

	va_start(ap, fmt);
	set_doing(t, fmt, ap);
	va_end(ap);
	t->changes++;
	t->told = true;
	line = xasprintf("%s%s", t->dry_run ? "would " : "", t->doing);
	print_line("change", line);
	free(line);
	return t->dry_run;
}

void topo_note(struct topo *t, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	set_doing(t, fmt, ap);
	va_end(ap);
	t->changes++;
}

void topo_result(struct topo *t, const char *fmt, ...)
{
	char text[256];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	t->told = true;
	print_end();
	print_line("result", text);
}

static int report(struct topo *t, const char *why)
{
	fflush(stdout);
	fprintf(stderr,
		"cannot %s: %s; correct that and repeat the command\n",
		t->doing, why);
	return 2;
}

int topo_done(struct topo *t, int err)
{
	return err ? report(t, rtnl_why(err)) : 0;
}

int topo_done_sys(struct topo *t, int err)
{
	return err ? report(t, strerror(-err)) : 0;
}

int topo_refuse(int code, const char *fmt, ...)
{
	va_list ap;

	fflush(stdout);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	return code;
}

/* Two files per container are open at once, and a host may have hundreds. */
static void raise_file_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit))
		return;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

int topo_begin(struct topo *t, const struct mesh *m,
	       const struct mesh_node *self, bool dry_run)
{
	memset(t, 0, sizeof(*t));
	t->m = m;
	t->self = self;
	t->dry_run = dry_run;
	t->lock = -1;
	print_start();
	print_list("changes");
	raise_file_limit();
	t->host = netns_current("the host namespace");
	if (!t->host)
		return topo_refuse(2,
				   "cannot open this network namespace: %m; mount /proc and repeat the command");
	return 0;
}

void topo_end(struct topo *t)
{
	size_t i;

	/* As text, it is there; a refusal at once leaves no JSON either */
	if (options.json && t->told)
		print_done();
	for (i = 0; i < t->ncontainers; i++)
		netns_close(t->containers[i].ns);
	free(t->containers);
	free(t->endpoints);
	netns_close(t->overlay);
	netns_close(t->sandbox);
	netns_close(t->host);
	state_unlock(t);
}

const struct addr *dual_of(const struct dual *d, uint8_t family)
{
	const struct addr *a = &d->v[family_index(family)];

	return a->family ? a : NULL;
}

bool topo_flat(const struct topo *t)
{
	return t->m->topology == TOPOLOGY_FLAT;
}

bool topo_has_family(const struct topo *t, uint8_t family)
{
	return dual_of(&t->m->overlay.subnet, family) ||
	       dual_of(&t->m->gateway.subnet, family);
}

int topo_link(struct topo *t, const struct netns *ns, const char *name,
	      struct link *l)
{
	int err = rtnl_link(ns->rtnl, name, l);

	if (!err || err == -ENODEV)
		return 0;
	topo_note(t, "look for %s in %s", name, ns->name);
	return topo_done(t, err);
}

int topo_links(struct topo *t, const struct netns *ns, struct link **l,
	       size_t *n)
{
	int err = rtnl_links(ns->rtnl, l, n);

	if (!err)
		return 0;
	topo_note(t, "list the links in %s", ns->name);
	return topo_done(t, err);
}

int topo_index(const struct netns *ns, const char *name)
{
	struct link l;
	int err = rtnl_link(ns->rtnl, name, &l);

	return err == -ENODEV ? 0 : err ? err : l.index;
}

int topo_master(struct topo *t, const struct netns *ns, const char *bridge,
		int *master)
{
	struct link l;
	int ret = topo_link(t, ns, bridge, &l);

	/* In a dry run it may not be made yet: a number that no master has */
	*master = l.index ? l.index : INT_MAX;
	return ret;
}
