/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Hash indexes of arrays: positions by what stands there.  Open addressing; whoever
 * looks something up compares it with what each position has.
 */
#ifndef _MESHMOD_INDEX_H
#define _MESHMOD_INDEX_H

#include <linux/hash.h>
#include <linux/slab.h>
#include <linux/stringhash.h>

#include "core.h"

/*
 * Whoever fills a table cannot gain by collisions, and whoever sends packets
 * cannot make any: what is quick will do.
 */
static inline u32 hash_word(u32 word)
{
	return word * GOLDEN_RATIO_64 >> 32;
}

static inline u32 hash_addr(const struct meshmod_addr *addr)
{
	const __u32 *w = addr->ip.all;

	return hash_word(w[0] ^ w[1] ^ w[2] ^ w[3]);
}

/* The same of the address that has nothing else */
static inline u32 hash_ipv4(__be32 ip)
{
	return hash_word((__force u32)ip);
}

/* The mesh's own MACs differ in their last bytes. */
static inline u32 hash_mac(const u8 *mac)
{
	return hash_word(mac[2] << 24 | mac[3] << 16 | mac[4] << 8 | mac[5]);
}

static inline u32 hash_name(const char *name)
{
	return hashlen_hash(hashlen_string(NULL, name));
}

/* At most half of the slots are taken, so every probe meets an empty one. */
static inline int index_alloc(struct meshmod_index *index, u32 entries)
{
	u32 slots = roundup_pow_of_two(max(2 * entries, 2U));

	index->slots = kvcalloc(slots, sizeof(*index->slots),
				GFP_KERNEL_ACCOUNT);
	index->mask = slots - 1;
	return index->slots ? 0 : -ENOMEM;
}

static inline void index_add(struct meshmod_index *index, u32 hash, u32 pos)
{
	while (index->slots[hash & index->mask])
		hash++;
	index->slots[hash & index->mask] = pos + 1;
}

/* The entry in the slot of @hash: its position, or -1 for an empty slot. */
static inline s64 index_at(const struct meshmod_index *index, u32 hash)
{
	return (s64)index->slots[hash & index->mask] - 1;
}

/* The positions that may belong to @hash, one after the other. */
#define index_for_each(index, hash, pos)				\
	for (u32 _hash = (hash); ((pos) = index_at(index, _hash)) >= 0; _hash++)

#endif /* _MESHMOD_INDEX_H */
