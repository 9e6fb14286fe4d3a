// SPDX-License-Identifier: GPL-2.0
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd.h"
#include "doc.h"
#include "print.h"

#define DEPTH_MAX	8
#define INDENT		4

/* Where we are; the containers exist in JSON alone. */
static struct {
	json_t *json;
	bool item;		/* text has begun a line for it */
} stack[DEPTH_MAX];

static unsigned int depth, items;
static bool line_open;

static json_t *checked(json_t *j)
{
	if (!j) {
		fputs("out of memory; free some and repeat the command\n",
		      stderr);
		exit(EXIT_REFUSED);
	}
	return j;
}

/* A device's name may be any bytes, and JSON is UTF-8. */
static json_t *json_text(const char *text)
{
	json_t *j = json_string(text);
	char *plain, *c;

	if (j)
		return j;
	plain = xstrdup(text);
	for (c = plain; *c; c++)
		if (*c & 0x80)
			*c = '?';
	j = checked(json_string(plain));
	free(plain);
	return j;
}

static void add(const char *key, json_t *value)
{
	json_t *in = stack[depth].json;

	if (json_is_array(in))
		json_array_append_new(in, value);
	else
		json_object_set_new(in, key, value);
}

static void enter(const char *key, json_t *container, bool item)
{
	if (options.json)
		add(key, checked(container));
	if (depth + 1 == DEPTH_MAX)
		abort();
	depth++;
	stack[depth].json = container;
	stack[depth].item = item;
	items += item;
}

void print_start(void)
{
	if (options.json)
		stack[0].json = checked(json_object());
}

void print_done(void)
{
	if (!options.json) {
		if (line_open)
			putchar('\n');
		return;
	}
	json_dumpf(stack[0].json, stdout,
		   options.pretty ? JSON_INDENT(INDENT) : JSON_COMPACT);
	putchar('\n');
	json_decref(stack[0].json);
}

void print_map(const char *key)
{
	enter(key, options.json ? json_object() : NULL, false);
}

void print_list(const char *key)
{
	enter(key, options.json ? json_array() : NULL, false);
}

static void new_line(void)
{
	if (line_open)
		putchar('\n');
	line_open = true;
}

void print_item(const char *word, const char *name)
{
	if (!options.json) {
		new_line();
		printf("%*s%s", items * INDENT, "", word);
		if (name)
			printf(" %s", name);
	}
	enter(name ? name : word, options.json ? json_object() : NULL, true);
}

void print_group(const char *word)
{
	if (!options.json)
		printf(" %s", word);
	enter(word, options.json ? json_object() : NULL, false);
}

void print_end(void)
{
	items -= stack[depth].item;
	depth--;
}

void print_word(const char *key, const char *value)
{
	if (options.json)
		add(key, json_text(value));
	else
		printf(" %s %s", key, shown(value));
}

void print_value(const char *key, const char *value)
{
	if (options.json)
		add(key, json_text(value));
	else
		printf(" %s", shown(value));
}

void print_number(const char *key, uint64_t n)
{
	if (options.json)
		add(key, checked(json_integer(n)));
	else
		printf(" %s %llu", key, (unsigned long long)n);
}

void print_plain(const char *key, uint64_t n)
{
	if (options.json)
		add(key, checked(json_integer(n)));
	else
		printf(" %llu", (unsigned long long)n);
}

void print_bits(const char *key, uint32_t n)
{
	if (options.json)
		add(key, checked(json_integer(n)));
	else
		printf(" %s 0x%08x", key, n);
}

void print_line(const char *key, const char *value)
{
	if (options.json)
		add(key, json_text(value));
	else
		puts(value);
}

void print_counter(const char *key, uint64_t n, const char *meaning)
{
	if (options.json) {
		add(key, checked(json_integer(n)));
		return;
	}
	new_line();
	printf("%-12s %12llu  %s", key, (unsigned long long)n, meaning);
}
