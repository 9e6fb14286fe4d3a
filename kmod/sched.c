// SPDX-License-Identifier: GPL-2.0
/*
 * Schedulers: which backend a new connection gets.
 */
#include "core.h"

/*
 * Note which backends can be given connections.
 * Context: @s is not published yet.
 */
void meshmod_sched_prepare(struct meshmod_service *s)
{
	u16 i;

	s->nusable = 0;
	for (i = 0; i < s->nbackends; i++)
		if (s->backends[i].state == MESHMOD_STATE_UP &&
		    s->backends[i].weight)
			s->usable[s->nusable++] = i;
}

/*
 * Take the next turn.  One atomic increment is the whole decision: two CPUs
 * can neither skip a turn nor take the same one.  The count goes on when the
 * backends change; in 64 bits it does not wrap.
 *
 * Context: RCU read side, any context a packet can be in.
 * Return: a usable backend of @family, or NULL if there is none.
 */
const struct meshmod_backend *
meshmod_sched_pick(const struct meshmod_service *s, u8 family)
{
	const struct meshmod_backend *b;
	u64 turn;

	if (!s->nusable)
		return NULL;
	turn = atomic64_fetch_inc(&s->run->turn);
	b = &s->backends[s->usable[turn % s->nusable]];
	return b->addr.family == family ? b : NULL;
}

#ifdef MESHMOD_KUNIT
#include "sched_test.c"
#endif
