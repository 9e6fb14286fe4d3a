// SPDX-License-Identifier: GPL-2.0
#include <linux/meshmod.h>
#include <string.h>

#include "util.h"
#include "words.h"

static const char *const schedulers[] = { [MESHMOD_SCHED_RR] = "rr" };

static const char *const sources[] = {
	[MESHMOD_SOURCE_INGRESS] = "ingress",
	[MESHMOD_SOURCE_PRESERVE] = "preserve",
};

static const char *const states[] = {
	[MESHMOD_STATE_UP] = "up",
	[MESHMOD_STATE_DRAINING] = "draining",
	[MESHMOD_STATE_DOWN] = "down",
};

static const char *const refusals[] = {
	[MESHMOD_REFUSE_REJECT] = "reject",
	[MESHMOD_REFUSE_DROP] = "drop",
};

static const char *const switches[] = { "off", "on" };

const struct words scheduler_words = { schedulers, ARRAY_SIZE(schedulers) };
const struct words source_words = { sources, ARRAY_SIZE(sources) };
const struct words state_words = { states, ARRAY_SIZE(states) };
const struct words refuse_words = { refusals, ARRAY_SIZE(refusals) };
const struct words switch_words = { switches, ARRAY_SIZE(switches) };

size_t words_find(const struct words *w, const char *text)
{
	size_t i;

	for (i = 0; i < w->n && strcmp(text, w->v[i]); i++)
		;
	return i;
}

const char *words_name(const struct words *w, size_t i)
{
	return i < w->n ? w->v[i] : "unknown";
}
