// SPDX-License-Identifier: GPL-2.0
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "claims.h"

/* FNV-1a: short keys, and nobody gains by making his own file slow. */
static size_t hash(const char *key)
{
	uint64_t h = 0xcbf29ce484222325;

	for (; *key; key++)
		h = (h ^ (unsigned char)*key) * 0x100000001b3;
	return h ^ h >> 32;
}

static void grow(struct claims *c)
{
	size_t i, n = c->nbuckets ? c->nbuckets * 2 : 64;
	struct claim **buckets = xcalloc(n, sizeof(*buckets));

	for (i = 0; i < c->nbuckets; i++) {
		struct claim *at = c->buckets[i], *next;

		for (; at; at = next) {
			struct claim **to = &buckets[hash(at->key) & (n - 1)];

			next = at->next;
			at->next = *to;
			*to = at;
		}
	}
	free(c->buckets);
	c->buckets = buckets;
	c->nbuckets = n;
}

struct claim *claims_find(const struct claims *c, const char *key)
{
	struct claim *at;

	if (!c->nbuckets)
		return NULL;
	at = c->buckets[hash(key) & (c->nbuckets - 1)];
	while (at && strcmp(at->key, key))
		at = at->next;
	return at;
}

struct claim *claims_take(struct claims *c, const char *key, struct loc at,
			  const char *owner)
{
	struct claim *claim = claims_find(c, key), **bucket;

	if (claim)
		return claim;
	if (c->n == c->nbuckets)
		grow(c);
	claim = xcalloc(1, sizeof(*claim));
	claim->key = xstrdup(key);
	claim->owner = xstrdup(owner);
	claim->loc = at;
	bucket = &c->buckets[hash(key) & (c->nbuckets - 1)];
	claim->next = *bucket;
	*bucket = claim;
	c->n++;
	return NULL;
}

void claims_free(struct claims *c)
{
	size_t i;

	for (i = 0; i < c->nbuckets; i++) {
		struct claim *at = c->buckets[i], *next;

		for (; at; at = next) {
			next = at->next;
			free(at->key);
			free(at->owner);
			free(at->data);
			free(at);
		}
	}
	free(c->buckets);
	*c = (struct claims){ 0 };
}
