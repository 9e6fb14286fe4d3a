// SPDX-License-Identifier: GPL-2.0
/* Is it a mesh file?  What `up` does first, and nothing after it. */
#include <stdio.h>

#include "mesh.h"

int main(int argc, char **argv)
{
	struct mesh *m;

	if (argc != 2) {
		fputs("usage: mesh_check FILE\n", stderr);
		return 2;
	}
	m = mesh_load(argv[1]);
	if (!m)
		return 1;
	puts("accepted");
	mesh_free(m);
	return 0;
}
