// SPDX-License-Identifier: GPL-2.0
/* down: remove what up made */
#include "self.h"
#include "topology.h"

/* What is here is known by its marks; the file is only held against typos. */
static const struct word words[] = {
	{ "-f", &kind_file, 0, 0,
	  "a mesh file that has to be right; what is removed does not depend on it" },
	{ "--node", &kind_name, 0, 0, "a node that has to be in that file" },
	DRY_RUN_WORD,
};

static int take_down(const struct args *args)
{
	const struct arg *file = args_get(args, "-f");
	const struct arg *node = args_get(args, "--node");
	struct mesh *m;
	int ret = EXIT_USAGE;

	if (node && !file)
		return usage_error("down",
				   "--node %s needs the mesh file that names it; add -f FILE or leave out --node",
				   node->text);
	m = file ? mesh_load(file->text) : NULL;
	if (file && !m)
		return ret;
	if (!node || self_find(m, args))
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
