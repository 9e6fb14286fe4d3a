// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "cmd.h"
#include "doc.h"
#include "option.h"

struct options options;

struct option {
	const char *name;	/* its first letter is the short form */
	const char *value;
	const char *help;
};

static const struct option table[] = {
	{ "json", NULL, "print JSON instead of text" },
	{ "pretty", NULL, "print JSON that is indented for people" },
	{ "statistics", NULL, "print what the module has counted, too" },
	{ "details", NULL, "print what is at its default, too" },
	{ "netns", "NAME|PATH|PID", "work in that network namespace" },
	{ "Version", NULL, "print the version and end" },
	{ "help", NULL, "print help and end" },
};

/*
 * Long forms may be abbreviated, in either case; a single letter means what
 * it says.
 */
static const struct option *find(const char *text)
{
	size_t i, len;

	if (text[0] != '-')
		return NULL;
	text += text[1] == '-' ? 2 : 1;
	len = strlen(text);
	for (i = 0; i < ARRAY_SIZE(table) && len; i++)
		if (text[0] == table[i].name[0] &&
		    !strncasecmp(text, table[i].name, len))
			return &table[i];
	if (!strcmp(text, "version"))
		return find("-V");
	return NULL;
}

bool is_option(const char *text)
{
	return find(text);
}

static void set(char letter, const char *value)
{
	switch (letter) {
	case 'j':
		options.json = true;
		break;
	case 'p':
		options.json = true;
		options.pretty = true;
		break;
	case 's':
		options.statistics = true;
		break;
	case 'd':
		options.details = true;
		break;
	case 'n':
		options.netns = value;
		break;
	}
}

enum option_action options_parse(int argc, char **argv, int *at)
{
	const struct option *o;
	int i;

	for (i = 1; i < argc && argv[i][0] == '-'; i++) {
		const char *text = argv[i];

		o = find(text);
		if (!o)
			usage_error(shown(text),
				    "no such option; see: meshmod-ctl help");
		else if (o->value && (i + 1 == argc || !*argv[i + 1]))
			usage_error(shown(text), "a value is missing; write: -%c %s",
				    o->name[0], o->value);
		if (!o || (o->value && (i + 1 == argc || !*argv[i + 1])))
			return OPTION_WRONG;
		if (o->name[0] == 'h')
			return OPTION_HELP;
		if (o->name[0] == 'V')
			return OPTION_VERSION;
		set(o->name[0], o->value ? argv[++i] : NULL);
	}
	*at = i;
	return OPTION_GO_ON;
}

void options_help(void)
{
	char left[40];
	size_t i;

	puts("\noptions, before the command:");
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		snprintf(left, sizeof(left), "-%c, --%s%s%s", table[i].name[0],
			 table[i].name, table[i].value ? " " : "",
			 table[i].value ? table[i].value : "");
		printf("  %-26s %s\n", left, table[i].help);
	}
}
