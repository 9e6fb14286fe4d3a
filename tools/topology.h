/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The plumbing of one node: what `up`, `apply` and `down` do to this host.
 *
 * Each function looks first and changes only what differs, so that it can be
 * killed at any instruction and repeated.  Each says on stdout what it
 * changed, on stderr why it refuses, and returns an exit code: 0 done, 1 the
 * mesh file does not fit this host, 2 the kernel or the host refused, 3 the
 * module is not loaded.
 */
#ifndef TOPOLOGY_H
#define TOPOLOGY_H

#include <stdbool.h>

#include "mesh.h"
#include "nsconf.h"

/* Build what is missing, correct what differs, program the module. */
int topology_up(const struct mesh *m, const struct mesh_node *self,
		bool dry_run);

/* The same for a mesh that is up already; refuses when it is not. */
int topology_apply(const struct mesh *m, const struct mesh_node *self,
		   bool dry_run);

/* Remove what up made; finds it by its marks, so @m may be NULL. */
int topology_down(const struct mesh *m, bool dry_run);

/*
 * Attach or detach the gateway leg of the container that has @overlay_ip, all
 * its addresses there.  @leg is what the host's module binds its port to; of a
 * port without a binding only the device is named.
 * Acts on the current network namespace, which must be the host's.
 */
int topology_gateway(const struct nsconf_binding *leg,
		     const struct dual *overlay_ip, bool on);

#endif /* TOPOLOGY_H */
