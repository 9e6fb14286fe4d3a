// SPDX-License-Identifier: GPL-2.0
/* Saying what is done, and what the kernel thought of it. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "topology_priv.h"

static void set_doing(struct topo *t, const char *fmt, va_list ap)
{
	vsnprintf(t->doing, sizeof(t->doing), fmt, ap);
}

bool topo_step(struct topo *t, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	set_doing(t, fmt, ap);
	va_end(ap);
	t->changes++;
	printf("%s%s\n", t->dry_run ? "would " : "", t->doing);
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

	for (i = 0; i < t->ncontainers; i++)
		netns_close(t->containers[i].ns);
	free(t->containers);
	free(t->endpoints);
	netns_close(t->overlay);
	netns_close(t->sandbox);
	netns_close(t->host);
	state_unlock(t);
}

/* Everyone can tell a container's MAC from its address: no one has to ask. */
void mac_of(const struct addr *a, uint8_t *mac)
{
	size_t last = a->family == AF_INET6 ? 12 : 0;

	mac[0] = 0x02;
	mac[1] = 0x42;
	memcpy(mac + 2, a->bytes + last, 4);
}

int topo_index(const struct netns *ns, const char *name)
{
	struct link l;

	return rtnl_link(ns->rtnl, name, &l) ? 0 : l.index;
}
