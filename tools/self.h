/* SPDX-License-Identifier: GPL-2.0 */
/* Commands that take a mesh file: reading it, and finding this host in it */
#ifndef SELF_H
#define SELF_H

#include "cmd.h"
#include "kind.h"
#include "mesh.h"

/*
 * The node that --node names, or the one whose underlay address this host has.
 * NULL: the sentence has been printed, and the exit code is 1.
 */
const struct mesh_node *self_find(const struct mesh *m,
				  const struct args *args);

/* What a command that takes a mesh file says */
#define FILE_WORD \
	{ "-f", &kind_file, WORD_NEEDED, 0, \
	  "the mesh file, the same on every node; - for standard input" }
#define NODE_WORD \
	{ "--node", &kind_name, 0, 0, \
	  "which node this is; by default the one whose underlay address it has" }
#define DRY_RUN_WORD \
	{ "--dry-run", NULL, 0, 0, "say what would be done, and do nothing" }

/* Read the mesh file, find this node in it, do it; an exit code */
int with_mesh(const struct args *args,
	      int (*run)(const struct mesh *m, const struct mesh_node *self,
			 bool dry_run));

#endif
