/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Single values of a mesh file: type, range and the sentence when it is wrong.
 *
 * Every function returns 0, or 1 with the sentence printed.  `what` names the
 * value in it.  A NULL node is a key that was left out: 0, and *out stays as
 * it is, which is the default.
 */
#ifndef FIELD_H
#define FIELD_H

#include "doc.h"
#include "words.h"

struct key {
	const char *name;
	const char *example;	/* of a required key; NULL: it may be absent */
};

/*
 * A mapping with fixed keys: n of them, values[] gets their nodes in the same
 * order, NULL where absent.
 */
int field_keys(const struct doc *d, yaml_node_t *map, const char *what,
	       const struct key *keys, size_t n, yaml_node_t **values);

/* A mapping whose keys are names: is it one, and the name of each pair */
int field_map(const struct doc *d, yaml_node_t *n, const char *what);
int field_key_name(const struct doc *d, yaml_node_t *n, const char *what,
		   const char **out);
int field_list(const struct doc *d, yaml_node_t *n, const char *what,
	       const char *example);

/*
 * A list of values, or one value that stands for a list of one: how many and
 * each of them.  An empty list is refused.
 */
int field_values(const struct doc *d, yaml_node_t *n, const char *what,
		 size_t *count);
yaml_node_t *field_value(const struct doc *d, yaml_node_t *n, size_t i);

/* Text of a scalar, in the document's memory */
int field_text(const struct doc *d, yaml_node_t *n, const char *what,
	       const char **out);
int field_num(const struct doc *d, yaml_node_t *n, const char *what,
	      uint32_t min, uint32_t max, uint32_t *out);
int field_addr(const struct doc *d, yaml_node_t *n, const char *what,
	       struct addr *out);
/*
 * One address or subnet of each family at most; at[] gets the node of each
 * that is given, and the others stay as they are
 */
int field_dual_addr(const struct doc *d, yaml_node_t *n, const char *what,
		    struct dual *out, yaml_node_t *at[FAMILIES]);
int field_dual_prefix(const struct doc *d, yaml_node_t *n, const char *what,
		      struct dual *out, yaml_node_t *at[FAMILIES]);
/* One of the words; *out is its index */
int field_word(const struct doc *d, yaml_node_t *n, const char *what,
	       const struct words *words, uint8_t *out);

/* "on" or "off" */
int field_switch(const struct doc *d, yaml_node_t *n, const char *what,
		 bool *out);

/* Given, and a list without anything in it */
bool field_is_empty_list(const yaml_node_t *n);
/* The value, given and equal to word */
bool field_is(const yaml_node_t *n, const char *word);
/* The candidate that was probably meant, or NULL */
const char *nearest(const char *text, const char *const *words, size_t n);

#endif
