// SPDX-License-Identifier: GPL-2.0
/* Which node of the mesh is this host? */
#include <ifaddrs.h>
#include <string.h>

#include "field.h"
#include "self.h"

static bool is_addr(const struct sockaddr *sa, const struct addr *a)
{
	const void *ip;

	if (!sa || sa->sa_family != a->family)
		return false;
	if (a->family == AF_INET6)
		ip = &((const struct sockaddr_in6 *)sa)->sin6_addr;
	else
		ip = &((const struct sockaddr_in *)sa)->sin_addr;
	return !memcmp(ip, a->bytes, addr_len(a));
}

static bool have_addr(const struct ifaddrs *list, const struct addr *a)
{
	for (; list; list = list->ifa_next)
		if (is_addr(list->ifa_addr, a))
			return true;
	return false;
}

static const struct mesh_node *by_underlay(const struct mesh *m,
					   const struct ifaddrs *list)
{
	const struct mesh_node *self = NULL, *n;

	for (n = m->nodes; n < m->nodes + m->nnodes; n++) {
		if (!have_addr(list, &n->underlay))
			continue;
		if (self) {
			usage_error(m->file,
				    "this host has the underlay addresses of %s and %s; choose one with --node NAME",
				    self->name, n->name);
			return NULL;
		}
		self = n;
	}
	if (!self)
		usage_error(m->file,
			    "this host has no node's underlay address; correct the file or name the node with --node NAME");
	return self;
}

static const struct mesh_node *by_name(const struct mesh *m, const char *name)
{
	const struct mesh_node *self = mesh_node_find(m, name);
	const char *hint = NULL;
	size_t i;

	for (i = 0; i < m->nnodes && !self && !hint; i++)
		hint = nearest(name, (const char *const *)&m->nodes[i].name, 1);
	if (!self && hint)
		usage_error("--node", "%s is not a node of %s; did you mean %s?",
			    shown(name), m->file, hint);
	else if (!self)
		usage_error("--node",
			    "%s is not a node of %s; name one that stands under nodes",
			    shown(name), m->file);
	return self;
}

const struct mesh_node *self_find(const struct mesh *m,
				  const struct args *args)
{
	const struct arg *node = args_get(args, "--node");
	const struct mesh_node *self;
	struct ifaddrs *list;

	if (node)
		return by_name(m, node->text);
	if (getifaddrs(&list)) {
		usage_error("--node",
			    "cannot read this host's addresses: %m; name the node with --node NAME");
		return NULL;
	}
	self = by_underlay(m, list);
	freeifaddrs(list);
	return self;
}

int with_mesh(const struct args *args,
	      int (*run)(const struct mesh *m, const struct mesh_node *self,
			 bool dry_run))
{
	struct mesh *m = mesh_load(args_get(args, "-f")->text);
	const struct mesh_node *self = m ? self_find(m, args) : NULL;
	int ret = EXIT_USAGE;

	if (self)
		ret = run(m, self, args_get(args, "--dry-run"));
	mesh_free(m);
	return ret;
}
