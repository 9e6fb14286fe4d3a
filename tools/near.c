// SPDX-License-Identifier: GPL-2.0
/* Which word did they mean? */
#include <ctype.h>
#include <string.h>

#include "field.h"

#define WORD_MAX	24

static size_t min3(size_t a, size_t b, size_t c)
{
	size_t m = a < b ? a : b;

	return m < c ? m : c;
}

static bool same_letter(char a, char b)
{
	return tolower((unsigned char)a) == tolower((unsigned char)b);
}

/*
 * Edits between two words, but for case; a swap of neighbours counts as one.  Three rows of
 * the usual table are enough for that.
 */
static size_t distance(const char *a, const char *b)
{
	size_t rows[3][WORD_MAX + 1];
	size_t *prev2 = rows[0], *prev = rows[1], *row = rows[2], *tmp;
	size_t i, j, la = strlen(a), lb = strlen(b);

	if (la > WORD_MAX || lb > WORD_MAX)
		return WORD_MAX;
	for (j = 0; j <= lb; j++)
		prev[j] = j;
	for (i = 1; i <= la; i++) {
		row[0] = i;
		for (j = 1; j <= lb; j++) {
			row[j] = min3(row[j - 1] + 1, prev[j] + 1,
				      prev[j - 1] + !same_letter(a[i - 1], b[j - 1]));
			if (i > 1 && j > 1 && same_letter(a[i - 1], b[j - 2]) &&
			    same_letter(a[i - 2], b[j - 1]) &&
			    prev2[j - 2] + 1 < row[j])
				row[j] = prev2[j - 2] + 1;
		}
		tmp = prev2;
		prev2 = prev;
		prev = row;
		row = tmp;
	}
	return prev[lb];
}

const char *nearest(const char *text, const char *const *words, size_t n)
{
	const char *best = NULL;
	size_t i, best_d = 3;

	for (i = 0; i < n; i++) {
		size_t d = distance(text, words[i]);

		if (d < best_d && d < (strlen(words[i]) + 1) / 2) {
			best = words[i];
			best_d = d;
		}
	}
	return best;
}
