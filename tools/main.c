// SPDX-License-Identifier: GPL-2.0
/* meshmod-ctl: find the command in the tables, and run it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd.h"
#include "field.h"
#include "netns.h"
#include "option.h"

#define VERSION		"0.1"
#define NAMES_MAX	32

#define OBJECT(name)	(&object_##name)
const struct object *const objects[] = {
#include "objects.def"
};

#undef OBJECT

const size_t nobjects = ARRAY_SIZE(objects);

/* Names to choose from; the last is always "help". */
struct names {
	const char *v[NAMES_MAX];
	size_t n;
};

static void join(const struct names *names, const char *start, char *buf,
		 size_t size)
{
	size_t i, len = 0, n = strlen(start);

	buf[0] = '\0';
	for (i = 0; i < names->n && len < size; i++)
		if (!strncmp(names->v[i], start, n))
			len += snprintf(buf + len, size - len, "%s%s",
					len ? ", " : "", names->v[i]);
}

static int no_such(const char *where, const char *text,
		   const struct names *names)
{
	const char *hint = nearest(text, names->v, names->n);
	char list[256];

	if (is_option(text))
		return usage_error(where,
				   "%s is an option; write options first: meshmod-ctl %s %s",
				   shown(text), shown(text), where);
	if (hint)
		return usage_error(where,
				   "%s is not a command; did you mean %s?",
				   shown(text), hint);
	join(names, "", list, sizeof(list));
	return usage_error(where, "%s is not a command; use one of: %s",
			   shown(text), list);
}

/* The name that the text is, or the only one that it starts; -1: printed */
static int choose(const char *where, const char *text,
		  const struct names *names)
{
	size_t i, len = strlen(text), found = 0;
	char list[256];
	int at = -1;

	for (i = 0; i < names->n; i++) {
		if (!len || strncmp(names->v[i], text, len))
			continue;
		at = i;
		if (!names->v[i][len])
			return at;
		found++;
	}
	if (found == 1)
		return at;
	if (!found) {
		no_such(where, text, names);
		return -1;
	}
	join(names, text, list, sizeof(list));
	usage_error(where, "%s can mean any of: %s; write more of it",
		    shown(text), list);
	return -1;
}

static int no_verb(const struct object *o, const struct names *names)
{
	char list[256];

	join(names, "", list, sizeof(list));
	return usage_error(o->name, "a command is missing; use one of: %s",
			   list);
}

/* Of an object that is no command by itself */
static const struct verb *find_verb(const struct object *o, const char *text,
				    bool *help)
{
	struct names names = { .n = 0 };
	size_t i;
	int at;

	for (i = 0; i < o->nverbs; i++)
		names.v[names.n++] = o->verbs[i].name;
	names.v[names.n++] = "help";
	if (!text) {
		no_verb(o, &names);
		return NULL;
	}
	at = choose(o->name, text, &names);
	*help = at == (int)o->nverbs;
	return at < 0 || *help ? NULL : &o->verbs[at];
}

static const struct object *find_object(const char *text, bool *help)
{
	struct names names = { .n = 0 };
	size_t i;
	int at;

	for (i = 0; i < nobjects; i++)
		names.v[names.n++] = objects[i]->name;
	names.v[names.n++] = "help";
	at = choose("meshmod-ctl", text, &names);
	*help = at == (int)nobjects;
	return at < 0 || *help ? NULL : objects[at];
}

static int cannot_enter(const char *ref, int err)
{
	char *path = netns_path(ref);

	if (err == ENOENT)
		usage_error("-n",
			    "namespace %s does not exist (no %s); create it or correct the name",
			    shown(ref), shown(path));
	else if (err == EINVAL)
		usage_error("-n", "%s is not a network namespace; name one of: ip netns list",
			    shown(path));
	else if (err == EPERM || err == EACCES)
		usage_error("-n",
			    "no permission to enter namespace %s: this needs CAP_SYS_ADMIN; run it as root",
			    shown(ref));
	else
		usage_error("-n",
			    "cannot enter namespace %s: %s; correct that and repeat the command",
			    shown(ref), strerror(err));
	free(path);
	return err == ENOENT || err == EINVAL ? EXIT_USAGE : EXIT_REFUSED;
}

static int enter_netns(const char *ref)
{
	struct netns *ns = netns_open(ref);
	int err;

	if (!ns)
		return cannot_enter(ref, errno);
	err = netns_enter(ns);
	netns_close(ns);
	return err ? cannot_enter(ref, -err) : 0;
}

/* No name starts with '-', but "help" may be one. */
static bool asks_help(int argc, char **argv, bool names)
{
	return argc == 1 && ((!names && !strcmp(argv[0], "help")) ||
			     !strcmp(argv[0], "-h") ||
			     !strcmp(argv[0], "-help") ||
			     !strcmp(argv[0], "--help"));
}

static bool takes_bare(const struct verb *v)
{
	return v->nwords && v->words[0].flags & WORD_BARE;
}

static int run_verb(const struct object *o, const struct verb *v, int argc,
		    char **argv)
{
	struct args args = { .object = o, .verb = v };
	int ret;

	if (asks_help(argc, argv, takes_bare(v))) {
		help_verb(o, v);
		return EXIT_DONE;
	}
	ret = args_parse(&args, argc, argv);
	if (!ret && options.netns)
		ret = enter_netns(options.netns);
	if (!ret)
		ret = v->run(&args);
	free(args.v);
	return ret;
}

static int one_too_many(const char *text)
{
	return usage_error("help",
			   "%s is one word too many; write: meshmod-ctl help [OBJECT [COMMAND]]",
			   shown(text));
}

static int run_object(const struct object *o, int argc, char **argv)
{
	const struct verb *v = NULL;
	bool help = false;

	if (!o->verbs[0].name)
		return run_verb(o, &o->verbs[0], argc, argv);
	if (asks_help(argc, argv, false))
		help = true;
	else
		v = find_verb(o, argc ? argv[0] : NULL, &help);
	if (v)
		return run_verb(o, v, argc - 1, argv + 1);
	if (!help)
		return EXIT_USAGE;
	if (argc > 1)
		return one_too_many(argv[1]);
	help_object(o);
	return EXIT_DONE;
}

/* "help", "help OBJECT", "help OBJECT COMMAND" */
static int run_help(int argc, char **argv)
{
	const struct object *o;
	const struct verb *v = NULL;
	bool help = false;
	int at = 1;

	o = argc ? find_object(argv[0], &help) : NULL;
	if (argc && !o && !help)
		return EXIT_USAGE;
	if (o && o->verbs[0].name && argc > 1) {
		v = find_verb(o, argv[at++], &help);
		if (!v && !help)
			return EXIT_USAGE;
	}
	if (argc > at)
		return one_too_many(argv[at]);
	if (v)
		help_verb(o, v);
	else if (o)
		help_object(o);
	else
		help_all();
	return EXIT_DONE;
}

static int run(int argc, char **argv)
{
	const struct object *o;
	bool help = false;
	int at = 1;

	switch (options_parse(argc, argv, &at)) {
	case OPTION_WRONG:
		return EXIT_USAGE;
	case OPTION_HELP:
		return run_help(0, NULL);
	case OPTION_VERSION:
		puts("meshmod-ctl " VERSION);
		return EXIT_DONE;
	case OPTION_GO_ON:
		break;
	}
	if (at == argc)
		return usage_error("meshmod-ctl",
				   "a command is missing; see: meshmod-ctl help");
	o = find_object(argv[at], &help);
	if (o)
		return run_object(o, argc - at - 1, argv + at + 1);
	return help ? run_help(argc - at - 1, argv + at + 1) : EXIT_USAGE;
}

int main(int argc, char **argv)
{
	int ret = run(argc, argv);

	if (fflush(stdout) || ferror(stdout)) {
		fprintf(stderr,
			"cannot write the output: %m; make room for it and repeat the command\n");
		return ret ? ret : EXIT_REFUSED;
	}
	return ret;
}
