// SPDX-License-Identifier: GPL-2.0
/* down: remove what up made */
#include "self.h"
#include "topology.h"

static const struct word words[] = {
	FILE_WORD(0),
	NODE_WORD,
	DRY_RUN_WORD,
};

/* What is here is known by its marks; the file is only held against typos. */
static int take_down(const struct args *args)
{
	const struct arg *file = args_get(args, "-f");
	struct mesh *m = file ? mesh_load(file->text) : NULL;
	int ret = EXIT_USAGE;

	if (file && !m)
		return ret;
	if (!m || !args_get(args, "--node") || self_find(m, args))
		ret = topology_down(m, args_get(args, "--dry-run"));
	mesh_free(m);
	return ret;
}

static const struct verb verbs[] = {
	{ .help = "remove exactly what up made on this node",
	  .words = words, .nwords = ARRAY_SIZE(words), .run = take_down },
};

const struct object object_down = {
	.name = "down", .help = "remove the mesh from this node",
	.verbs = verbs, .nverbs = ARRAY_SIZE(verbs),
};
