// SPDX-License-Identifier: GPL-2.0
/*
 * Schedulers: which backend a new connection gets.
 */
#include "core.h"

/*
 * Note which backends can be given connections, by family.
 * Context: @s is not published yet.
 */
void meshmod_sched_prepare(struct meshmod_service *s)
{
	u16 i, f;

	for (f = 0; f < MESHMOD_FAMILIES; f++) {
		s->nusable[f] = 0;
		for (i = 0; i < s->nbackends; i++)
			if (s->backends[i].state == MESHMOD_STATE_UP &&
			    s->backends[i].weight &&
			    s->backends[i].addr[f].family)
				s->usable[f][s->nusable[f]++] = i;
	}
}

/*
 * Take the next turn.  One atomic increment is the whole decision: two CPUs
 * can neither skip a turn nor take the same one.  Each family counts for
 * itself, so that turns stay exact in both.  The count goes on when the
 * backends change; in 64 bits it does not wrap.
 *
 * Context: RCU read side, any context a packet can be in.
 * Return: a usable backend with an address of @family, or NULL.
 */
const struct meshmod_backend *
meshmod_sched_pick(const struct meshmod_service *s, u8 family)
{
	unsigned int f = meshmod_af(family);
	u64 turn;

	if (!s->nusable[f])
		return NULL;
	turn = atomic64_fetch_inc(&s->run->turn[f]);
	return &s->backends[s->usable[f][turn % s->nusable[f]]];
}

#ifdef MESHMOD_KUNIT
#include "sched_test.c"
#endif
