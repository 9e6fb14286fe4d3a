/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the module is told in each namespace of a node.  Pure functions of the
 * mesh: they look at nothing and change nothing.  Free with nsconf_free().
 */
#ifndef PLAN_H
#define PLAN_H

#include "mesh.h"
#include "nsconf.h"

/* The host's device on the overlay in the flat topology */
#define HOST_LEG	"ms-ovl"

struct nsconf *plan_host(const struct mesh *m, const struct mesh_node *self);
/* Of the sandbox topology alone */
struct nsconf *plan_sandbox(const struct mesh *m, const struct mesh_node *self);
struct nsconf *plan_overlay(const struct mesh *m, const struct mesh_node *self);
/* The one of the two that balances over all backends */
struct nsconf *plan_balancer(const struct mesh *m,
			     const struct mesh_node *self);
/* NULL when no backend of this node has these addresses */
struct nsconf *plan_container(const struct mesh *m,
			      const struct mesh_node *self,
			      const struct dual *ip);

/*
 * The target ports, each once, at which this container sees clients' own
 * addresses, as rules of the kernel can name them; free(*out)
 */
size_t plan_reply_ports(const struct mesh *m, const struct mesh_node *self,
			const struct dual *ip, struct port **out);

/*
 * The names of a container's ports on br0 and on the gateway bridge, from its
 * overlay addresses; IF_NAMESIZE bytes each
 */
void container_ports(const struct dual *ip, char *port, char *gwport);
/* Guard the address, and what comes over the device */
void plan_guard(struct nsconf *c, const struct addr *a, const char *dev);

#endif
