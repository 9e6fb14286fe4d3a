/* SPDX-License-Identifier: GPL-2.0 */
/* Memory that is there or ends the command: a tool has nothing to salvage. */
#ifndef UTIL_H
#define UTIL_H

#include <stdbool.h>
#include <stddef.h>

#define __printf(a, b)	__attribute((format(printf, a, b)))
#define ARRAY_SIZE(a)	(sizeof(a) / sizeof((a)[0]))

void *xcalloc(size_t n, size_t size);
char *xstrdup(const char *s);
__printf(1, 2)
char *xasprintf(const char *fmt, ...);

/*
 * Append one zeroed element to *array, which has *n of the given size, and
 * return it.  Capacity doubles, so only this may add to the array.
 */
void *array_add(void *array, size_t *n, size_t size);

#endif
