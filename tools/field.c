// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <string.h>

#include "field.h"

#define KEYS_MAX	16

static const char *type_name(const yaml_node_t *n)
{
	switch (n->type) {
	case YAML_SEQUENCE_NODE:
		return "a list";
	case YAML_MAPPING_NODE:
		return "a mapping";
	default:
		return "a single value";
	}
}

static const char *text_of(const yaml_node_t *n)
{
	return (const char *)n->data.scalar.value;
}

static bool is_plain(const yaml_node_t *n)
{
	return n->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
}

static bool is_null(const yaml_node_t *n)
{
	static const char *const words[] = { "", "~", "null", "Null", "NULL" };
	size_t i;

	if (n->type != YAML_SCALAR_NODE || !is_plain(n))
		return false;
	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (!strcmp(text_of(n), words[i]))
			return true;
	return false;
}

/* Of the type that is wanted, or which is it and what to write instead */
static int check_type(const struct doc *d, yaml_node_t *n, const char *what,
		      yaml_node_type_t type, const char *remedy)
{
	if (n->type == type && !is_null(n))
		return 0;
	if (is_null(n))
		return doc_error(d, doc_loc(n),
				 "%s has no value; %s, or remove the key", what,
				 remedy);
	return doc_error(d, doc_loc(n), "%s is %s; %s", what, type_name(n),
			 remedy);
}

int field_map(const struct doc *d, yaml_node_t *n, const char *what)
{
	return check_type(d, n, what, YAML_MAPPING_NODE,
			  "write a mapping, one \"key: value\" per line");
}

int field_list(const struct doc *d, yaml_node_t *n, const char *what,
	       const char *example)
{
	char remedy[80];

	snprintf(remedy, sizeof(remedy), "write a list such as %s", example);
	return check_type(d, n, what, YAML_SEQUENCE_NODE, remedy);
}

int field_text(const struct doc *d, yaml_node_t *n, const char *what,
	       const char **out)
{
	if (!n)
		return 0;
	if (check_type(d, n, what, YAML_SCALAR_NODE, "give it one value"))
		return 1;
	if (strlen(text_of(n)) != n->data.scalar.length)
		return doc_error(d, doc_loc(n),
				 "%s has a zero byte in it; remove it", what);
	*out = text_of(n);
	return 0;
}

int field_values(const struct doc *d, yaml_node_t *n, const char *what,
		 size_t *count)
{
	*count = !!n;
	if (!n || n->type != YAML_SEQUENCE_NODE)
		return 0;
	*count = n->data.sequence.items.top - n->data.sequence.items.start;
	if (*count)
		return 0;
	return doc_error(d, doc_loc(n),
			 "%s is an empty list; give it one value at least, or remove the key",
			 what);
}

yaml_node_t *field_value(const struct doc *d, yaml_node_t *n, size_t i)
{
	if (n->type != YAML_SEQUENCE_NODE)
		return n;
	return doc_node(d, n->data.sequence.items.start[i]);
}

static int check_key(const struct doc *d, yaml_node_t *n, const char *what)
{
	if (n->type != YAML_SCALAR_NODE ||
	    strlen(text_of(n)) != n->data.scalar.length)
		return doc_error(d, doc_loc(n),
				 "a key of %s is %s; write a plain word", what,
				 n->type == YAML_SCALAR_NODE ? "not text" :
				 type_name(n));
	return 0;
}

int field_key_name(const struct doc *d, yaml_node_t *n, const char *what,
		   const char **out)
{
	const char *refusal;
	char full[32];

	snprintf(full, sizeof(full), "%ss", what);
	if (check_key(d, n, full))
		return 1;
	refusal = name_parse(text_of(n));
	if (refusal)
		return doc_error(d, doc_loc(n), "%s name %s %s", what,
				 shown(text_of(n)), refusal);
	*out = text_of(n);
	return 0;
}

static int unknown_key(const struct doc *d, yaml_node_t *n, const char *what,
		       const struct key *keys, size_t count)
{
	const char *names[KEYS_MAX], *near;
	char list[160] = "";
	size_t i, len = 0;

	for (i = 0; i < count; i++) {
		names[i] = keys[i].name;
		len += snprintf(list + len, sizeof(list) - len, "%s%s",
				!i ? "" : i + 1 < count ? ", " : " and ",
				names[i]);
	}
	near = nearest(text_of(n), names, count);
	if (near)
		return doc_error(d, doc_loc(n),
				 "unknown key %s in %s; did you mean %s?",
				 shown(text_of(n)), what, near);
	return doc_error(d, doc_loc(n), "unknown key %s in %s; its keys are %s",
			 shown(text_of(n)), what, list);
}

static int keep_pair(const struct doc *d, const yaml_node_pair_t *pair,
		     const char *what, const struct key *keys, size_t count,
		     yaml_node_t **values)
{
	yaml_node_t *key = doc_node(d, pair->key);
	size_t i;

	if (check_key(d, key, what))
		return 1;
	for (i = 0; i < count; i++)
		if (!strcmp(text_of(key), keys[i].name))
			break;
	if (i == count)
		return unknown_key(d, key, what, keys, count);
	if (values[i])
		return doc_error(d, doc_loc(key),
				 "key %s is given twice in %s; keep one of them",
				 keys[i].name, what);
	values[i] = doc_node(d, pair->value);
	return 0;
}

int field_keys(const struct doc *d, yaml_node_t *map, const char *what,
	       const struct key *keys, size_t n, yaml_node_t **values)
{
	yaml_node_pair_t *pair;
	size_t i;

	if (field_map(d, map, what))
		return 1;
	memset(values, 0, n * sizeof(*values));
	for (pair = map->data.mapping.pairs.start;
	     pair < map->data.mapping.pairs.top; pair++)
		if (keep_pair(d, pair, what, keys, n, values))
			return 1;
	for (i = 0; i < n; i++)
		if (!values[i] && keys[i].example)
			return doc_error(d, doc_loc(map),
					 "%s has no %s; add it, such as \"%s\"",
					 what, keys[i].name, keys[i].example);
	return 0;
}

bool field_is_empty_list(const yaml_node_t *n)
{
	return n && n->type == YAML_SEQUENCE_NODE &&
	       n->data.sequence.items.top == n->data.sequence.items.start;
}

bool field_is(const yaml_node_t *n, const char *word)
{
	return n && n->type == YAML_SCALAR_NODE &&
	       strlen(word) == n->data.scalar.length &&
	       !strcmp(text_of(n), word);
}

static int say(const struct doc *d, const yaml_node_t *n, const char *what,
	       const char *refusal)
{
	return doc_error(d, doc_loc(n), "%s %s %s", what, shown(text_of(n)),
			 refusal);
}

int field_num(const struct doc *d, yaml_node_t *n, const char *what,
	      uint32_t min, uint32_t max, uint32_t *out)
{
	const char *text, *refusal;

	if (!n)
		return 0;
	if (field_text(d, n, what, &text))
		return 1;
	if (!is_plain(n))
		return say(d, n, what,
			   "is in quotes, which makes it text; write the number without them");
	refusal = num_parse(text, min, max, out);
	return refusal ? say(d, n, what, refusal) : 0;
}

int field_addr(const struct doc *d, yaml_node_t *n, const char *what,
	       struct addr *out)
{
	const char *text, *refusal;

	if (!n)
		return 0;
	if (field_text(d, n, what, &text))
		return 1;
	refusal = addr_parse(text, out);
	return refusal ? say(d, n, what, refusal) : 0;
}

static int field_prefix(const struct doc *d, yaml_node_t *n, const char *what,
			struct addr *out)
{
	const char *text, *refusal;

	if (!n)
		return 0;
	if (field_text(d, n, what, &text))
		return 1;
	refusal = prefix_parse(text, out);
	return refusal ? say(d, n, what, refusal) : 0;
}

typedef int (*addr_field)(const struct doc *d, yaml_node_t *n,
			  const char *what, struct addr *out);

static int read_dual(const struct doc *d, yaml_node_t *n, const char *what,
		     addr_field field, struct dual *out,
		     yaml_node_t *at[FAMILIES])
{
	size_t i, count;

	if (field_values(d, n, what, &count))
		return 1;
	for (i = 0; i < count; i++) {
		yaml_node_t *value = field_value(d, n, i);
		struct addr a;
		int family;

		if (field(d, value, what, &a))
			return 1;
		family = family_index(a.family);
		if (at[family])
			return doc_error(d, doc_loc(value),
					 "%s has a second %s value, %s; keep one of each family",
					 what, family_str(a.family),
					 shown(text_of(value)));
		out->v[family] = a;
		at[family] = value;
	}
	return 0;
}

int field_dual_addr(const struct doc *d, yaml_node_t *n, const char *what,
		    struct dual *out, yaml_node_t *at[FAMILIES])
{
	return read_dual(d, n, what, field_addr, out, at);
}

int field_dual_prefix(const struct doc *d, yaml_node_t *n, const char *what,
		      struct dual *out, yaml_node_t *at[FAMILIES])
{
	return read_dual(d, n, what, field_prefix, out, at);
}

int field_word(const struct doc *d, yaml_node_t *n, const char *what,
	       const struct words *words, uint8_t *out)
{
	const char *text;
	char refusal[80];
	size_t i, len;

	if (!n)
		return 0;
	if (field_text(d, n, what, &text))
		return 1;
	i = words_find(words, text);
	if (i < words->n) {
		*out = i;
		return 0;
	}
	len = snprintf(refusal, sizeof(refusal), "is not known; write");
	for (i = 0; i < words->n; i++)
		len += snprintf(refusal + len, sizeof(refusal) - len, "%s%s",
				!i ? " " : i + 1 < words->n ? ", " : " or ",
				words->v[i]);
	return say(d, n, what, refusal);
}

int field_switch(const struct doc *d, yaml_node_t *n, const char *what,
		 bool *out)
{
	uint8_t i = *out;

	if (field_word(d, n, what, &switch_words, &i))
		return 1;
	*out = i;
	return 0;
}
