// SPDX-License-Identifier: GPL-2.0
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util.h"

/*
 * Ending here leaves nothing half done: the kernel takes each message whole
 * or not at all, and repeating the command finishes the work.
 */
static void *check(void *p)
{
	if (!p) {
		fputs("out of memory; free some and repeat the command\n",
		      stderr);
		exit(2);
	}
	return p;
}

void *xcalloc(size_t n, size_t size)
{
	return check(calloc(n ? n : 1, size));
}

char *xstrdup(const char *s)
{
	return check(strdup(s));
}

char *xasprintf(const char *fmt, ...)
{
	va_list ap, again;
	char *s;
	int len;

	va_start(ap, fmt);
	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, ap);
	s = xcalloc(1, len < 0 ? 1 : (size_t)len + 1);
	vsnprintf(s, len < 0 ? 1 : (size_t)len + 1, fmt, again);
	va_end(again);
	va_end(ap);
	return s;
}

void *array_add(void *array, size_t *n, size_t size)
{
	void **base = array;
	char *p;

	/* Full at 0, 1, 2, 4, 8, ...: the capacity need not be kept. */
	if (!(*n & (*n - 1)))
		*base = check(reallocarray(*base, *n ? *n * 2 : 1, size));
	p = (char *)*base + *n * size;
	memset(p, 0, size);
	(*n)++;
	return p;
}
