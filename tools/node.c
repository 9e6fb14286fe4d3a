// SPDX-License-Identifier: GPL-2.0
/* node: the settings of a network namespace */
#include <linux/meshmod.h>

#include "kind.h"
#include "object.h"
#include "print.h"

static const struct word set_words[] = {
	{ "mask", &kind_mask, 0, MESHMOD_A_NODE_MASK,
	  "bits of a packet's mark that hold a service's mark" },
	{ "ingress", &kind_addr, WORD_MANY | WORD_NONE, MESHMOD_A_NODE_INGRESS,
	  "address that balanced connections come from" },
	{ "masquerade", &kind_prefix, WORD_MANY | WORD_NONE,
	  MESHMOD_A_NODE_MASQUERADE,
	  "subnet that leaves with the address of the outgoing device" },
	{ "guard", &kind_guard, WORD_MANY | WORD_NONE, MESHMOD_A_NODE_GUARD,
	  "endpoint that is reachable on its published ports only" },
	{ "dev", &kind_dev, WORD_THEN, 0, "its leg into the mesh" },
};

static void print_addrs(const char *key, const struct addr *v, size_t n,
			const char *(*str)(const struct addr *a, char *buf))
{
	size_t i;

	print_list(key);
	for (i = 0; i < n; i++)
		print_word(key, str(&v[i], NULL));
	print_end();
}

void print_node(const struct nlattr *node)
{
	struct nsconf *c = nsconf_new();
	size_t i;

	take_node(node, c);
	print_item("node", NULL);
	print_bits("mask", c->mask);
	print_addrs("ingress", c->ingress, c->ningress, addr_str);
	print_addrs("masquerade", c->masquerade, c->nmasquerade, prefix_str);
	print_list("guard");
	for (i = 0; i < c->nguards; i++) {
		print_group("guard");
		print_value("ip", addr_str(&c->guards[i].addr, NULL));
		print_word("dev", c->guards[i].dev);
		print_end();
	}
	print_end();
	print_end();
	nsconf_free(c);
}

static int show(const struct args *args)
{
	struct replies in = { 0 };
	struct request r;
	int ret;

	request_init(&r, args->verb->cmd);
	ret = ask_and_close(&r, &in);
	if (!ret && in.n) {
		print_start();
		print_node(in.v[0]);
		print_done();
	}
	replies_free(&in);
	return ret;
}

/* "none" of a list is a bit in CLEAR. */
static void put_clear(struct request *r, const struct args *args)
{
	uint32_t lists = 0;
	size_t i;

	for (i = 0; i < args->n; i++)
		if (args->v[i].none)
			lists |= 1U << args->v[i].word->attr;
	request_about(r, "node", NULL);
	if (lists)
		put_u32(r, MESHMOD_A_NODE_CLEAR, lists);
}

static int set(const struct args *args)
{
	struct request r;
	size_t nest;

	request_init(&r, args->verb->cmd);
	request_about(&r, "node", NULL);
	nest = put_nest(&r, MESHMOD_A_NODE);
	put_clear(&r, args);
	put_args(&r, args, 0);
	put_end(&r, nest);
	return send_and_close(&r);
}

static const struct verb verbs[] = {
	{ .name = "show", .help = "print the settings of this namespace",
	  .cmd = MESHMOD_CMD_NODE_GET, .run = show },
	{ .name = "set",
	  .help = "change the settings that are named; a list is replaced whole",
	  .words = set_words, .nwords = ARRAY_SIZE(set_words),
	  .flags = VERB_SETS, .cmd = MESHMOD_CMD_NODE_SET, .run = set },
};

const struct object object_node = {
	.name = "node",
	.help = "settings of a network namespace: ingress addresses, mask, guards",
	.verbs = verbs, .nverbs = ARRAY_SIZE(verbs),
};
