// SPDX-License-Identifier: GPL-2.0
/* apply: bring a mesh that is up to what the file says now */
#include "self.h"
#include "topology.h"

static const struct word words[] = {
	FILE_WORD,
	NODE_WORD,
	DRY_RUN_WORD,
};

static int run(const struct args *args)
{
	return with_mesh(args, topology_apply);
}

static const struct verb verbs[] = {
	{ .help = "change only what differs; refuses when the mesh is not up on this node",
	  .words = words, .nwords = ARRAY_SIZE(words), .run = run },
};

const struct object object_apply = {
	.name = "apply", .help = "bring a mesh that is up to what the file says now",
	.verbs = verbs, .nverbs = ARRAY_SIZE(verbs),
};
