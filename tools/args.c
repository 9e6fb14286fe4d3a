// SPDX-License-Identifier: GPL-2.0
/* Words of a command line to arguments, as the verb's table says. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd.h"
#include "field.h"
#include "option.h"

#define WORDS_MAX	16

struct parser {
	struct args *args;
	char **argv;
	int argc, at;
	const char *where;	/* for messages: "service add" */
};

int usage_error(const char *where, const char *fmt, ...)
{
	va_list ap;

	fflush(stdout);
	fprintf(stderr, "%s: ", where);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
	return EXIT_USAGE;
}

/* The sentence, and after it how the command is written */
static int synopsis_error(const struct parser *p, const char *text,
			  const char *problem)
{
	char *synopsis = verb_synopsis(p->args->object, p->args->verb);
	int ret = usage_error(p->where, "%s %s; write: %s", shown(text),
			      problem, synopsis);

	free(synopsis);
	return ret;
}

static size_t count_args(const struct args *args, const struct word *w)
{
	size_t i, n = 0;

	for (i = 0; i < args->n; i++)
		n += args->v[i].word == w;
	return n;
}

/* "none", or "all" where that is the word for no limits */
static bool is_none(const struct word *w, const char *text)
{
	return (w->flags & WORD_NONE && !strcmp(text, "none")) ||
	       (w->flags & WORD_ALL && !strcmp(text, "all"));
}

/* The value of a word; its text is at p->at. */
static int take_value(struct parser *p, const struct word *w)
{
	struct arg *a = array_add(&p->args->v, &p->args->n, sizeof(*a));
	const char *why;

	a->word = w;
	if (!w->kind)
		return 0;
	a->text = p->argv[p->at++];
	a->none = is_none(w, a->text);
	why = a->none ? NULL : w->kind->read(a->text, &a->v);
	if (!why)
		return 0;
	if (w->flags & WORD_BARE)
		return usage_error(p->where, "%s %s", shown(a->text), why);
	return usage_error(p->where, "%s %s %s", w->name, shown(a->text), why);
}

static int take_bare(struct parser *p)
{
	const struct verb *verb = p->args->verb;
	const struct word *w;
	int ret = 0;

	for (w = verb->words; !ret && w < verb->words + verb->nwords; w++) {
		if (!(w->flags & WORD_BARE))
			continue;
		if (p->at < p->argc && !is_option(p->argv[p->at]))
			ret = take_value(p, w);
		else if (w->flags & WORD_NEEDED)
			ret = synopsis_error(p, w->kind->form, "is missing");
	}
	return ret;
}

/* The keywords that may stand anywhere */
static size_t list_keywords(const struct verb *verb, const char **names)
{
	size_t i, n = 0;

	for (i = 0; i < verb->nwords && n < WORDS_MAX; i++)
		if (!(verb->words[i].flags & (WORD_BARE | WORD_THEN)))
			names[n++] = verb->words[i].name;
	return n;
}

static const char *abbreviated(const char *text, const char *const *names,
			       size_t n)
{
	size_t i, len = strlen(text);

	for (i = 0; i < n && len; i++)
		if (!strncmp(names[i], text, len))
			return names[i];
	return NULL;
}

/* The word that this one has its place behind; NULL: it is none such */
static const struct word *find_before(const struct verb *verb,
				      const char *text)
{
	size_t i;

	for (i = 1; i < verb->nwords; i++)
		if (verb->words[i].flags & WORD_THEN &&
		    !strcmp(verb->words[i].name, text))
			return &verb->words[i - 1];
	return NULL;
}

static int no_keyword(const struct parser *p, const char *text)
{
	const struct word *before = find_before(p->args->verb, text);
	const char *names[WORDS_MAX], *hint;
	size_t n = list_keywords(p->args->verb, names);
	char list[256] = "";
	size_t i, len = 0;

	if (is_option(text))
		return usage_error(p->where,
				   "%s is an option; write it before the command: meshmod-ctl %s %s",
				   shown(text), shown(text), p->where);
	if (before)
		return usage_error(p->where,
				   "%s has its place right behind %s; write: %s %s %s %s",
				   text, before->name, before->name,
				   before->kind->form, text,
				   before[1].kind->form);
	if (!n)
		return synopsis_error(p, text, "is one word too many");
	hint = abbreviated(text, names, n);
	if (hint)
		return usage_error(p->where,
				   "%s is not a keyword, and keywords are written in full: %s",
				   shown(text), hint);
	hint = nearest(text, names, n);
	if (hint)
		return usage_error(p->where,
				   "%s is not a keyword; did you mean %s?",
				   shown(text), hint);
	for (i = 0; i < n && len < sizeof(list); i++)
		len += snprintf(list + len, sizeof(list) - len, "%s%s",
				i ? ", " : "", names[i]);
	return usage_error(p->where, "%s is not a keyword; use %s%s",
			   shown(text), n > 1 ? "one of: " : "", list);
}

static const struct word *find_keyword(const struct verb *verb,
				       const char *text)
{
	const struct word *w;

	for (w = verb->words; w < verb->words + verb->nwords; w++)
		if (!(w->flags & (WORD_BARE | WORD_THEN)) &&
		    !strcmp(w->name, text))
			return w;
	return NULL;
}

static int take_keyword_value(struct parser *p, const struct word *w)
{
	if (w->kind && p->at == p->argc)
		return usage_error(p->where, "%s lacks its value; write: %s %s",
				   w->name, w->name, w->kind->form);
	return take_value(p, w);
}

/* "publish P:T" may go on with "from PREFIX", again and again. */
static int take_many(struct parser *p, const struct word *then)
{
	int ret = 0;

	while (!ret && p->at < p->argc && !strcmp(p->argv[p->at], then->name)) {
		p->at++;
		ret = take_keyword_value(p, then);
	}
	return ret;
}

/* "guard IP" goes on with "dev DEV", "origin MAC" with an "ip IP" or more. */
static int take_one(struct parser *p, const struct word *w)
{
	const struct word *then = w + 1;

	if (p->at == p->argc || strcmp(p->argv[p->at], then->name))
		return usage_error(p->where,
				   "%s %s lacks %s; write: %s %s %s %s",
				   w->name, shown(p->argv[p->at - 1]),
				   then->name, w->name, w->kind->form,
				   then->name, then->kind->form);
	p->at++;
	return take_keyword_value(p, then);
}

static int take_then(struct parser *p, const struct word *w)
{
	const struct word *then = w + 1;
	size_t at = p->args->n - 1;
	int ret = 0;

	if (then == p->args->verb->words + p->args->verb->nwords ||
	    !(then->flags & WORD_THEN) || p->args->v[at].none)
		return 0;
	if (!(then->flags & WORD_MANY) || then->flags & WORD_NEEDED)
		ret = take_one(p, w);
	if (!ret && then->flags & WORD_MANY)
		ret = take_many(p, then);
	p->args->v[at].nthen = p->args->n - 1 - at;
	return ret;
}

static int take_keyword(struct parser *p)
{
	const char *text = p->argv[p->at];
	const struct word *w = find_keyword(p->args->verb, text);
	int ret;

	if (!w)
		return no_keyword(p, text);
	if (!(w->flags & WORD_MANY) && count_args(p->args, w))
		return usage_error(p->where,
				   "%s is given twice; give it once", w->name);
	p->at++;
	ret = take_keyword_value(p, w);
	return ret ? ret : take_then(p, w);
}

static int check_needed(const struct parser *p)
{
	const struct verb *verb = p->args->verb;
	const struct word *w;
	size_t bare = 0, i;

	for (w = verb->words; w < verb->words + verb->nwords; w++)
		if (w->flags & WORD_NEEDED && !(w->flags & WORD_THEN) &&
		    !count_args(p->args, w))
			return synopsis_error(p, w->name, "is missing");
	for (i = 0; i < p->args->n; i++)
		bare += !!(p->args->v[i].word->flags & WORD_BARE);
	if (verb->flags & VERB_SETS && bare == p->args->n)
		return synopsis_error(p, "nothing",
				      "is named that should change");
	return 0;
}

static int check_none(const struct parser *p)
{
	const struct args *args = p->args;
	const struct arg *a;

	for (a = args->v; a < args->v + args->n; a++)
		if (a->none && count_args(args, a->word) > 1)
			return usage_error(p->where,
					   "%s %s empties the list; leave out the other %s",
					   a->word->name, a->text,
					   a->word->name);
	return 0;
}

int args_parse(struct args *args, int argc, char **argv)
{
	struct parser p = {
		.args = args, .argv = argv, .argc = argc,
		.where = verb_title(args->object, args->verb),
	};
	int ret = take_bare(&p);

	while (!ret && p.at < argc)
		ret = take_keyword(&p);
	if (!ret)
		ret = check_needed(&p);
	return ret ? ret : check_none(&p);
}

const struct arg *args_get(const struct args *args, const char *name)
{
	size_t i;

	for (i = 0; i < args->n; i++)
		if (!strcmp(args->v[i].word->name, name))
			return &args->v[i];
	return NULL;
}
