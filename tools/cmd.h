/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The command line as data.  An object has verbs, a verb has words, a word has
 * a kind of value.  These tables are all there is: the parser, help and the
 * requests to the module are made from them.
 *
 * A new command is one file that defines object_NAME, and one row in
 * objects.def.
 */
#ifndef CMD_H
#define CMD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "addr.h"
#include "util.h"

/* What every command may end with */
enum exit_code {
	EXIT_DONE = 0,
	EXIT_USAGE = 1,		/* the command line or a file is wrong */
	EXIT_REFUSED = 2,	/* the kernel or the host refused */
	EXIT_NO_MODULE = 3,	/* the module is not loaded */
};

struct options {
	bool json, pretty, statistics, details;
	const char *netns;	/* as written; NULL: the current one */
};

extern struct options options;

struct arg;
struct request;

struct range {
	uint16_t first, last;	/* alike: a single port */
};

union value {
	struct addr addr;
	struct port port;
	struct range range;
	struct listen listen;
	struct conn_end conn_end;
	uint8_t mac[6];
	uint32_t num;
};

/* A kind of value */
struct kind {
	const char *form;	/* in synopses */
	/* NULL, or the rest of a sentence that starts with the text (addr.h) */
	const char *(*read)(const char *text, union value *v);
	void (*put)(struct request *r, uint16_t type, const struct arg *a);
};

enum word_flags {
	WORD_BARE = 1,		/* comes first, in order, without its keyword */
	WORD_NEEDED = 2,	/* once at least; implied behind another, unless MANY */
	WORD_MANY = 4,		/* any number of times */
	WORD_NONE = 8,		/* "none" empties the list */
	WORD_ALL = 16,		/* "all" does, as a list without limits */
	WORD_THEN = 32,		/* has its place right behind the word before */
};

struct word {
	const char *name;	/* the keyword, or in messages a bare word's */
	const struct kind *kind;	/* NULL: it stands alone */
	unsigned int flags;
	uint16_t attr;		/* in its object's nest; 0: not to be sent */
	const char *help;
};

struct arg {
	const struct word *word;
	const char *text;	/* of its value; NULL: it has none */
	union value v;
	bool none;		/* the list is to be empty */
	size_t nthen;		/* arguments right behind it that belong to it */
};

struct args;

enum verb_flags {
	VERB_SETS = 1,		/* pointless without at least one keyword */
};

struct verb {
	const char *name;	/* NULL: the object is a command by itself */
	const char *help;
	const struct word *words;
	size_t nwords;
	unsigned int flags;
	uint8_t cmd;		/* enum meshmod_cmd, for run() */
	int (*run)(const struct args *args);	/* an exit code */
};

struct object {
	const char *name, *help;
	const struct verb *verbs;
	size_t nverbs;
};

struct args {
	const struct object *object;
	const struct verb *verb;
	struct arg *v;
	size_t n;
};

#define OBJECT(name)	object_##name
extern const struct object
#include "objects.def"
;
#undef OBJECT

extern const struct object *const objects[];
extern const size_t nobjects;

/* Words to arguments; a refusal has been printed.  Free args->v after it. */
int args_parse(struct args *args, int argc, char **argv);
/* The only argument of this name; NULL: not given */
const struct arg *args_get(const struct args *args, const char *name);

/* "service add", "up" */
const char *verb_title(const struct object *o, const struct verb *v);
/* "meshmod-ctl service add NAME [vip IP]", to be freed */
char *verb_synopsis(const struct object *o, const struct verb *v);

void help_all(void);
void help_object(const struct object *o);
void help_verb(const struct object *o, const struct verb *v);

/* Print "WHERE: sentence" to stderr; returns EXIT_USAGE */
__printf(2, 3)
int usage_error(const char *where, const char *fmt, ...);

#endif
