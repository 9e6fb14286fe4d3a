// SPDX-License-Identifier: GPL-2.0
/* What can be refused is refused before anything is built: names and places. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "genl.h"
#include "permission.h"
#include "plan.h"
#include "topology_priv.h"

int check_permission(void)
{
	if (has_capability(CAP_NET_ADMIN) && has_capability(CAP_SYS_ADMIN))
		return 0;
	return topo_refuse(2,
			   "no permission: this needs CAP_NET_ADMIN and CAP_SYS_ADMIN; run it as root");
}

static int check_module(void)
{
	struct genl *g = genl_open();

	if (!g)
		return genl_open_error();
	genl_close(g);
	return 0;
}

static int check_host_name(struct topo *t, const char *name, struct loc at)
{
	struct link l;
	int ret = topo_link(t, t->host, name, &l);

	if (ret || !l.index || link_ours(&l))
		return ret;
	mesh_error(t->m, at,
		   "device %s exists on this host and is not meshmod's; rename or remove it",
		   name);
	return 2;
}

static int check_bridge(struct topo *t)
{
	const char *name = t->m->gateway.bridge;
	struct link l;
	int ret = topo_link(t, t->host, name, &l);

	if (ret || !l.index || link_ours(&l))
		return ret;
	mesh_error(t->m, t->m->gateway.bridge_loc,
		   "%s exists on this host and is not meshmod's; remove it or choose another gateway.bridge",
		   name);
	return 2;
}

static int check_host_names(struct topo *t)
{
	const struct loc nowhere = { 0 };
	size_t i;
	int ret = check_bridge(t);

	if (!ret)
		ret = check_host_name(t, topo_flat(t) ? HOST_LEG :
				      SANDBOX_GWPORT, nowhere);
	if (!ret)
		ret = check_host_name(t, VXLAN_BIRTH, nowhere);
	for (i = 0; !ret && i < t->ncontainers; i++)
		ret = check_host_name(t, t->containers[i].gwport,
				      t->containers[i].b->loc);
	return ret;
}

static int open_container(struct topo *t, struct container *c)
{
	const struct mesh_backend *b = c->b;
	char *path;

	c->ns = netns_open(b->netns);
	if (c->ns)
		return 0;
	path = netns_path(b->netns);
	if (errno == ENOENT)
		mesh_error(t->m, b->netns_loc,
			   "namespace %s of backend %s does not exist (no %s); start the container first",
			   b->netns, b->name, path);
	else
		mesh_error(t->m, b->netns_loc,
			   "%s is no network namespace that can be entered: %m; correct netns of backend %s",
			   path, b->name);
	free(path);
	return 1;
}

static bool same_ns(const struct netns *a, const struct netns *b)
{
	return a && b && a->ino == b->ino;
}

static int check_whose(struct topo *t, const struct container *c)
{
	const struct container *d;

	if (same_ns(c->ns, t->host))
		return mesh_error(t->m, c->b->netns_loc,
				  "namespace %s is the host's own; give the container one of its own",
				  c->b->netns);
	if (same_ns(c->ns, t->sandbox) || same_ns(c->ns, t->overlay))
		return mesh_error(t->m, c->b->netns_loc,
				  "namespace %s is meshmod's own; give the container another one",
				  c->b->netns);
	for (d = t->containers; d < c; d++)
		if (same_ns(c->ns, d->ns))
			return mesh_error(t->m, c->b->netns_loc,
					  "namespace %s has the endpoint %s already; give each endpoint a namespace of its own",
					  c->b->netns,
					  addr_str(dual_first(&d->b->ip), NULL));
	return 0;
}

static int check_inside(struct topo *t, const struct container *c)
{
	static const char *const names[] = { OVERLAY_LEG, GATEWAY_LEG };
	struct link l;
	size_t i;
	int ret;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		ret = topo_link(t, c->ns, names[i], &l);
		if (ret)
			return ret;
		if (!l.index || link_ours(&l))
			continue;
		mesh_error(t->m, c->b->netns_loc,
			   "namespace %s has a device %s that is not meshmod's; rename or remove it",
			   c->b->netns, names[i]);
		return 2;
	}
	return 0;
}

/* A default route of the container's own, where the mesh brings one */
static bool is_rival(const struct topo *t, const struct entry *r)
{
	const struct addr *via = dual_of(&t->m->gateway.address, r->ip.family);

	return !r->ours && !r->ip.plen && via && !addr_same(&r->via, via);
}

/* It would be replaced: ask first. */
static int check_default_route(struct topo *t, const struct container *c)
{
	struct entries e;
	size_t i;
	int ret = topo_entries(t, c->ns, ENTRY_ROUTE, &e);

	for (i = 0; !ret && i < e.n; i++) {
		if (!is_rival(t, &e.v[i]))
			continue;
		mesh_error(t->m, c->b->netns_loc,
			   "namespace %s has an %s default route already; remove it, the mesh brings one over its gateway bridge",
			   c->b->netns, family_str(e.v[i].ip.family));
		ret = 2;
	}
	free(e.v);
	return ret;
}

static int check_containers(struct topo *t)
{
	struct container *c;
	int ret = 0;

	for (c = t->containers; !ret && c < t->containers + t->ncontainers;
	     c++) {
		ret = open_container(t, c);
		if (!ret)
			ret = check_whose(t, c);
		if (!ret)
			ret = check_inside(t, c);
		if (!ret)
			ret = check_default_route(t, c);
	}
	return ret;
}

static const struct mesh_service *find_service(const struct mesh *m,
					       const char *name)
{
	const struct mesh_service *s = m->services;

	while (strcmp(s->name, name))
		s++;
	return s;
}

/* One namespace alone is told of every backend. */
static int check_size(struct topo *t)
{
	struct nsconf *c = plan_balancer(t->m, t->self);
	const char *name = genl_config_too_long(c);
	int ret = 0;

	if (name)
		ret = mesh_error(t->m, find_service(t->m, name)->loc,
				 "the backends of service %s are more than one message to the kernel can hold (64 KiB); use fewer or shorter names",
				 name);
	nsconf_free(c);
	return ret;
}

int check_all(struct topo *t)
{
	int ret = check_size(t);

	if (!ret)
		ret = check_module();
	if (!ret)
		ret = program_check(t);
	if (!ret)
		ret = check_network(t);
	if (!ret)
		ret = topo_netns_find(t);
	endpoints_find(t);
	if (!ret)
		ret = check_host_names(t);
	if (!ret)
		ret = check_containers(t);
	if (!ret)
		ret = check_tunnel(t);
	if (!ret)
		warn_ports(t);
	return ret;
}
