/* SPDX-License-Identifier: GPL-2.0 */
/* What the C tests of this folder share: one TAP line per claim. */
#ifndef TAP_H
#define TAP_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "mesh.h"

static int tap_count, tap_failed;

static inline void ok(bool pass, const char *name)
{
	printf("%sok %d - %s\n", pass ? "" : "not ", ++tap_count, name);
	tap_failed += !pass;
}

static inline int tap_end(void)
{
	printf("1..%d\n", tap_count);
	return tap_failed ? 1 : 0;
}

static inline struct addr ip(const char *text)
{
	struct addr a = { 0 };

	addr_parse(text, &a);
	return a;
}

/* The mesh of a file of tests/data, or of the folder that dir names */
static inline void with(const char *dir, const char *file,
			void (*test)(const struct mesh *m))
{
	char *path = xasprintf("%s/%s", dir ? dir : "tests/data", file);
	struct mesh *m = mesh_load(path);

	ok(m, file);
	if (m)
		test(m);
	mesh_free(m);
	free(path);
}

#endif
