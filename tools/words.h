/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The words for what the module has numbers for: the same on the command line, in
 * what is printed and in the mesh file.
 */
#ifndef WORDS_H
#define WORDS_H

#include <stddef.h>

/* v[0] is the word for 0, and so on */
struct words {
	const char *const *v;
	size_t n;
};

extern const struct words scheduler_words;	/* enum meshmod_scheduler */
extern const struct words source_words;		/* enum meshmod_source */
extern const struct words state_words;		/* enum meshmod_state */
extern const struct words refuse_words;		/* enum meshmod_refuse */
extern const struct words switch_words;		/* bool: off, on */

/* Which of them text is; w->n: none */
size_t words_find(const struct words *w, const char *text);
/* "unknown": a newer module's */
const char *words_name(const struct words *w, size_t i);

#endif
