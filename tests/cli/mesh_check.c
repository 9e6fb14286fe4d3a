// SPDX-License-Identifier: GPL-2.0
/*
 * Is it a mesh file?  Takes the place of meshmod-ctl for the tables about mesh
 * files: of the words of its command line it looks at the one after -f.
 */
#include <stdio.h>
#include <string.h>

#include "mesh.h"

int main(int argc, char **argv)
{
	struct mesh *m;
	int i;

	for (i = 1; i < argc - 1; i++)
		if (!strcmp(argv[i], "-f"))
			break;
	if (i >= argc - 1) {
		fputs("usage: mesh_check ... -f FILE ...\n", stderr);
		return 2;
	}
	m = mesh_load(argv[i + 1]);
	if (!m)
		return 1;
	puts("accepted");
	mesh_free(m);
	return 0;
}
