/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the module is told in each namespace of a node.  Pure functions of the
 * mesh: they look at nothing and change nothing.  Free with nsconf_free().
 */
#ifndef PLAN_H
#define PLAN_H

#include "mesh.h"
#include "nsconf.h"

struct nsconf *plan_host(const struct mesh *m, const struct mesh_node *self);
struct nsconf *plan_sandbox(const struct mesh *m, const struct mesh_node *self);
/* NULL when no backend of this node has the address */
struct nsconf *plan_container(const struct mesh *m,
			      const struct mesh_node *self,
			      const struct addr *ip);

#endif
