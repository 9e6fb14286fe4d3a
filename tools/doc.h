/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A mesh file as text and as a tree whose every value knows its place.  What
 * a mesh file never needs (anchors, tags, a second document, deep nesting) is
 * refused here, so that the tree is small, finite and free of surprises.
 */
#ifndef DOC_H
#define DOC_H

#include <stdarg.h>
#include <yaml.h>

#include "addr.h"
#include "util.h"

struct doc {
	char *file;		/* as messages name it */
	unsigned char *text;
	size_t len;
	yaml_document_t yaml;
};

/* "-" is standard input.  0, or 1 with the sentence printed and d unused */
int doc_open(struct doc *d, const char *path);
void doc_close(struct doc *d);

yaml_node_t *doc_root(struct doc *d);
yaml_node_t *doc_node(const struct doc *d, int index);
struct loc doc_loc(const yaml_node_t *n);

/* "FILE:LINE:COL: sentence", or "FILE: sentence" for line 0; these return 1 */
__printf(3, 4)
int doc_error(const struct doc *d, struct loc at, const char *fmt, ...);
__printf(3, 0)
int file_error(const char *file, struct loc at, const char *fmt, va_list ap);

/* Foreign text as part of a sentence: no control bytes, not too long */
const char *shown(const char *text);

#endif
