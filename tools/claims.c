// SPDX-License-Identifier: GPL-2.0
#include <netinet/in.h>
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
			free(at);
		}
	}
	free(c->buckets);
	*c = (struct claims){ 0 };
}

static size_t protocol_index(uint8_t proto)
{
	return proto == IPPROTO_TCP ? 0 : proto == IPPROTO_UDP ? 1 : 2;
}

const struct port_claim *port_claims_take(struct port_claims *c,
					  const struct port *p,
					  const char *owner)
{
	struct port_claim ***by_port = &c->by_port[protocol_index(p->proto)];
	struct port_claim *claim;
	uint32_t port;

	if (!*by_port)
		*by_port = xcalloc(UINT16_MAX + 1, sizeof(**by_port));
	for (port = p->published; port <= p->last; port++)
		if ((*by_port)[port])
			return (*by_port)[port];
	claim = xcalloc(1, sizeof(*claim));
	claim->port = *p;
	claim->owner = xstrdup(owner);
	claim->next = c->all;
	c->all = claim;
	for (port = p->published; port <= p->last; port++)
		(*by_port)[port] = claim;
	return NULL;
}

void port_claims_free(struct port_claims *c)
{
	struct port_claim *at = c->all, *next;
	size_t i;

	for (; at; at = next) {
		next = at->next;
		free(at->owner);
		free(at);
	}
	for (i = 0; i < PROTOCOLS; i++)
		free(c->by_port[i]);
	*c = (struct port_claims){ 0 };
}
