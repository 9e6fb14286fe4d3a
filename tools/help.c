// SPDX-License-Identifier: GPL-2.0
/* Help at every level, out of the tables that the parser reads. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd.h"
#include "option.h"

const char *verb_title(const struct object *o, const struct verb *v)
{
	static char buf[64];

	snprintf(buf, sizeof(buf), "%s%s%s", o->name, v->name ? " " : "",
		 v->name ? v->name : "");
	return buf;
}

/* What a value can be */
static char *value_form(const struct word *w)
{
	return xasprintf("%s%s%s", w->kind->form,
			 w->flags & WORD_NONE ? "|none" : "",
			 w->flags & WORD_ALL ? "|all" : "");
}

static char *append(char *text, char *form, unsigned int flags)
{
	bool needed = flags & WORD_NEEDED, many = flags & WORD_MANY;
	char *longer;

	if (needed && many)
		longer = xasprintf("%s %s [%s]...", text, form, form);
	else if (needed)
		longer = xasprintf("%s %s", text, form);
	else
		longer = xasprintf("%s [%s]%s", text, form, many ? "..." : "");
	free(text);
	free(form);
	return longer;
}

/* "vip IP", and of a guard "guard {IP dev DEV|none}" */
static char *word_form(const struct word *w, const struct word *end)
{
	unsigned int flags = WORD_NEEDED;
	char *form, *rest;

	if (!w->kind)
		return xstrdup(w->name);
	if (w->flags & WORD_BARE)
		return xstrdup(w->kind->form);
	if (w + 1 == end || !(w[1].flags & WORD_THEN)) {
		rest = value_form(w);
		form = xasprintf("%s %s", w->name, rest);
	} else {
		if (w[1].flags & WORD_MANY)
			flags = w[1].flags;
		rest = append(xstrdup(w->kind->form), word_form(w + 1, end),
			      flags);
		form = xasprintf("%s %s%s%s", w->name,
				 w->flags & WORD_NONE ? "{" : "", rest,
				 w->flags & WORD_NONE ? "|none}" : "");
	}
	free(rest);
	return form;
}

char *verb_synopsis(const struct object *o, const struct verb *v)
{
	char *text = xasprintf("meshmod-ctl %s", verb_title(o, v));
	const struct word *w, *end = v->words + v->nwords;

	for (w = v->words; w < end; w++)
		if (!(w->flags & WORD_THEN))
			text = append(text, word_form(w, end), w->flags);
	return text;
}

/* A word behind another is set in; what is long has a line of its own. */
static void help_word(const struct word *w, const struct word *end)
{
	int in = w->flags & WORD_THEN ? 4 : 2, width = 26 - in;
	char *form = word_form(w, end);

	if (strlen(form) > (size_t)width)
		printf("%*s%s\n%*s%s\n", in, "", form, in + width + 1, "",
		       w->help);
	else
		printf("%*s%-*s %s\n", in, "", width, form, w->help);
	free(form);
}

void help_verb(const struct object *o, const struct verb *v)
{
	const struct word *w, *end = v->words + v->nwords;
	char *synopsis = verb_synopsis(o, v);

	printf("usage: %s\n%s: %s\n", synopsis, verb_title(o, v), v->help);
	for (w = v->words; w < end; w++)
		help_word(w, end);
	free(synopsis);
}

static bool is_plain(const struct object *o)
{
	return !o->verbs[0].name;
}

void help_object(const struct object *o)
{
	size_t i;

	if (is_plain(o)) {
		help_verb(o, &o->verbs[0]);
		return;
	}
	printf("%s: %s\n", o->name, o->help);
	for (i = 0; i < o->nverbs; i++) {
		char *synopsis = verb_synopsis(o, &o->verbs[i]);

		printf("usage: %s\n    %s\n", synopsis, o->verbs[i].help);
		free(synopsis);
	}
}

static void list_verbs(const struct object *o)
{
	size_t i;

	for (i = 0; i < o->nverbs; i++)
		printf("%s%s", i ? "|" : "", o->verbs[i].name);
}

void help_all(void)
{
	size_t i;

	puts("usage: meshmod-ctl [OPTIONS] OBJECT COMMAND ...\n"
	     "       meshmod-ctl [OPTIONS] {up|down|apply} ...\n"
	     "       meshmod-ctl help [OBJECT [COMMAND]]\n"
	     "\ncommands and objects, which can be abbreviated:");
	for (i = 0; i < nobjects; i++) {
		printf("  %-9s %s\n", objects[i]->name, objects[i]->help);
		if (is_plain(objects[i]))
			continue;
		printf("  %9s ", "");
		list_verbs(objects[i]);
		putchar('\n');
	}
	options_help();
	puts("\nexit codes: 0 done; 1 the command line or a file is wrong; 2 the kernel refused;\n"
	     "            3 the module is not loaded");
}
