// SPDX-License-Identifier: GPL-2.0
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "doc.h"

#define FILE_MAX_LEN	(16U << 20)
#define DEPTH_MAX	16	/* a mesh file needs 5 */

int file_error(const char *file, struct loc at, const char *fmt, va_list ap)
{
	if (at.line)
		fprintf(stderr, "%s:%d:%d: ", file, at.line, at.col);
	else
		fprintf(stderr, "%s: ", file);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
	return 1;
}

int doc_error(const struct doc *d, struct loc at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	file_error(d->file, at, fmt, ap);
	va_end(ap);
	return 1;
}

const char *shown(const char *text)
{
	static char bufs[4][68];
	static unsigned int next;
	char *buf = bufs[next++ % ARRAY_SIZE(bufs)];
	unsigned char before = 0;
	size_t i;

	if (!*text)
		return "\"\"";
	for (i = 0; text[i] && i < 64; i++) {
		unsigned char c = text[i];

		/* ASCII's, and those that UTF-8 writes as c2 80 to c2 9f */
		buf[i] = c < ' ' || c == 0x7f ? '?' : text[i];
		if (before == 0xc2 && c < 0xa0)
			memset(buf + i - 1, '?', 2);
		before = c;
	}
	strcpy(buf + i, text[i] ? "..." : "");
	return buf;
}

static struct loc mark_loc(const yaml_mark_t *mark)
{
	return (struct loc){ .line = mark->line + 1, .col = mark->column + 1 };
}

struct loc doc_loc(const yaml_node_t *n)
{
	return mark_loc(&n->start_mark);
}

yaml_node_t *doc_root(struct doc *d)
{
	return yaml_document_get_root_node(&d->yaml);
}

yaml_node_t *doc_node(const struct doc *d, int index)
{
	return d->yaml.nodes.start + index - 1;
}

static int read_all(struct doc *d, FILE *f)
{
	struct loc none = { 0 };
	size_t room = 0, n;

	do {
		if (d->len == room) {
			room = room ? room * 2 : 4096;
			d->text = realloc(d->text, room);
			if (!d->text)
				return doc_error(d, none,
						 "does not fit into memory; free some and repeat");
		}
		n = fread(d->text + d->len, 1, room - d->len, f);
		d->len += n;
		if (d->len > FILE_MAX_LEN)
			return doc_error(d, none,
					 "is larger than 16 MiB; a mesh file is a few kilobytes, name the right one with -f");
	} while (n);
	if (ferror(f))
		return doc_error(d, none,
				 "cannot be read: %s; name a mesh file with -f",
				 strerror(errno));
	return 0;
}

/* The reader knows only the offset of a byte that it cannot take. */
static struct loc offset_loc(const struct doc *d, size_t offset)
{
	struct loc at = { .line = 1, .col = 1 };
	size_t i;

	for (i = 0; i < offset && i < d->len; i++) {
		if (d->text[i] == '\n') {
			at.line++;
			at.col = 1;
		} else if ((d->text[i] & 0xc0) != 0x80) {
			at.col++;
		}
	}
	return at;
}

static int syntax_error(const struct doc *d, const yaml_parser_t *p)
{
	if (p->error == YAML_MEMORY_ERROR)
		return doc_error(d, (struct loc){ 0 },
				 "does not fit into memory; free some and repeat");
	if (p->error == YAML_READER_ERROR)
		return doc_error(d, offset_loc(d, p->problem_offset),
				 "not text that YAML allows (%s); save the file as plain UTF-8",
				 p->problem);
	return doc_error(d, mark_loc(&p->problem_mark),
			 "not YAML: %s; check indentation, brackets, colons and quotes here and just before",
			 p->problem);
}

static int feature_error(const struct doc *d, const yaml_event_t *e,
			 const void *anchor, const void *tag)
{
	if (anchor)
		return doc_error(d, mark_loc(&e->start_mark),
				 "anchors (&) and aliases (*) are not for mesh files; write the value out");
	if (tag)
		return doc_error(d, mark_loc(&e->start_mark),
				 "tags (!) are not for mesh files; remove it");
	return 0;
}

struct shape {
	int depth, documents;
};

static int check_event(const struct doc *d, const yaml_event_t *e,
		       struct shape *s)
{
	switch (e->type) {
	case YAML_DOCUMENT_START_EVENT:
		if (s->documents++)
			return doc_error(d, mark_loc(&e->start_mark),
					 "a second document starts here; a mesh file is one, remove the other");
		return 0;
	case YAML_ALIAS_EVENT:
		return feature_error(d, e, e->data.alias.anchor, NULL);
	case YAML_SCALAR_EVENT:
		return feature_error(d, e, e->data.scalar.anchor,
				     e->data.scalar.tag);
	case YAML_SEQUENCE_START_EVENT:
	case YAML_MAPPING_START_EVENT:
		if (++s->depth > DEPTH_MAX)
			return doc_error(d, mark_loc(&e->start_mark),
					 "nested deeper than a mesh file ever is; remove brackets or indentation");
		if (e->type == YAML_MAPPING_START_EVENT)
			return feature_error(d, e, e->data.mapping_start.anchor,
					     e->data.mapping_start.tag);
		return feature_error(d, e, e->data.sequence_start.anchor,
				     e->data.sequence_start.tag);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		s->depth--;
		return 0;
	default:
		return 0;
	}
}

/* The document's loader would follow aliases and stop after one document. */
static int check_shape(const struct doc *d)
{
	struct shape shape = { 0 };
	yaml_event_type_t type = YAML_NO_EVENT;
	yaml_parser_t p;
	yaml_event_t e;
	int err = 0;

	if (!yaml_parser_initialize(&p))
		return syntax_error(d, &p);
	yaml_parser_set_input_string(&p, d->text, d->len);
	while (!err && type != YAML_STREAM_END_EVENT) {
		if (!yaml_parser_parse(&p, &e)) {
			err = syntax_error(d, &p);
			break;
		}
		type = e.type;
		err = check_event(d, &e, &shape);
		yaml_event_delete(&e);
	}
	yaml_parser_delete(&p);
	if (!err && !shape.documents)
		err = doc_error(d, (struct loc){ 1, 1 },
				"the file is empty; start it with \"version: 1\"");
	return err;
}

static int load(struct doc *d)
{
	yaml_parser_t p;
	int err = 0;

	if (!yaml_parser_initialize(&p))
		return syntax_error(d, &p);
	yaml_parser_set_input_string(&p, d->text, d->len);
	if (!yaml_parser_load(&p, &d->yaml))
		err = syntax_error(d, &p);
	yaml_parser_delete(&p);
	return err;
}

int doc_open(struct doc *d, const char *path)
{
	bool is_stdin = !strcmp(path, "-");
	FILE *f = is_stdin ? stdin : fopen(path, "re");
	int err;

	*d = (struct doc){ .file = xstrdup(is_stdin ? "<stdin>" : path) };
	if (!f)
		err = doc_error(d, (struct loc){ 0 },
				"cannot be opened: %s; name a mesh file with -f",
				strerror(errno));
	else
		err = read_all(d, f);
	if (f && !is_stdin)
		fclose(f);
	err = err || check_shape(d) || load(d);
	if (err) {
		free(d->text);
		free(d->file);
	}
	return err;
}

void doc_close(struct doc *d)
{
	yaml_document_delete(&d->yaml);
	free(d->text);
	free(d->file);
}
