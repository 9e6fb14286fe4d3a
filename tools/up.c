// SPDX-License-Identifier: GPL-2.0
/* up: build the mesh on this node, or repair it */
#include "self.h"
#include "topology.h"

static const struct word words[] = {
	FILE_WORD,
	NODE_WORD,
	DRY_RUN_WORD,
};

static int run(const struct args *args)
{
	return with_mesh(args, topology_up);
}

static const struct verb verbs[] = {
	{ .help = "build what is missing, correct what differs, program the module",
	  .words = words, .nwords = ARRAY_SIZE(words), .run = run },
};

const struct object object_up = {
	.name = "up", .help = "build the mesh on this node, or repair it",
	.verbs = verbs, .nverbs = ARRAY_SIZE(verbs),
};
