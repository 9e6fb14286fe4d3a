// SPDX-License-Identifier: GPL-2.0
#include <linux/meshmod.h>

#include "object.h"

void put_args(struct request *r, const struct args *args, size_t first)
{
	const struct arg *a;

	for (a = args->v + first; a < args->v + args->n; a++) {
		if (!a->word->attr || a->none)
			continue;
		request_about(r, a->word->name, a->text);
		a->word->kind->put(r, a->word->attr, a);
	}
}

void put_clear(struct request *r, uint16_t type, const struct args *args)
{
	const struct arg *a;
	uint32_t lists = 0;

	for (a = args->v; a < args->v + args->n; a++)
		if (a->none)
			lists |= 1U << a->word->attr;
	/* What is new has nothing to be emptied. */
	if (lists && args->verb->flags & VERB_SETS)
		put_u32(r, type, lists);
}

static int with_socket(struct request *r, struct replies *out,
		       int (*send)(struct genl *g, struct request *r,
				   struct replies *out))
{
	struct genl *g = genl_open();
	int ret;

	if (!g) {
		request_free(r);
		return genl_open_error();
	}
	ret = send(g, r, out);
	genl_close(g);
	return ret;
}

int send_and_close(struct request *r)
{
	return with_socket(r, NULL, genl_query);
}

int ask_and_close(struct request *r, struct replies *out)
{
	return with_socket(r, out, genl_query);
}

int dump_and_close(struct request *r, struct replies *out)
{
	return with_socket(r, out, genl_dump);
}
