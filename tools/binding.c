// SPDX-License-Identifier: GPL-2.0
/* binding: who is behind a port of a bridge, and may say so */
#include <linux/meshmod.h>

#include "kind.h"
#include "object.h"
#include "print.h"

#define DEV_WORD { "dev", &kind_dev, WORD_BARE | WORD_NEEDED, \
		   MESHMOD_A_BINDING_DEV, "the bridge's port" }

static const struct word dev_words[] = { DEV_WORD };

static const struct word words[] = {
	DEV_WORD,
	{ "mac", &kind_mac, WORD_NEEDED, MESHMOD_A_BINDING_MAC,
	  "the MAC address behind it" },
	{ "ip", &kind_addr, WORD_NEEDED | WORD_MANY, MESHMOD_A_BINDING_ADDR,
	  "the addresses behind it" },
};

void print_binding(const struct nlattr *binding)
{
	struct nsconf *c = nsconf_new();
	const struct nsconf_binding *b;

	take_binding(binding, c);
	b = &c->bindings[0];
	print_item("binding", NULL);
	print_value("dev", b->dev);
	print_word("mac", mac_str(b->mac, NULL));
	print_addrs("ip", b->addrs, b->naddrs);
	print_end();
	nsconf_free(c);
}

static void put_binding(struct request *r, const struct args *args)
{
	size_t nest;

	request_init(r, args->verb->cmd);
	request_about(r, "binding", args->v[0].text);
	nest = put_nest(r, MESHMOD_A_BINDING);
	put_args(r, args, 0);
	put_end(r, nest);
}

/* All of them, or the one that is named */
static int list(const struct args *args)
{
	struct replies in = { 0 };
	struct request r;
	size_t i;
	int ret;

	if (args->n) {
		put_binding(&r, args);
		ret = ask_and_close(&r, &in);
	} else {
		request_init(&r, args->verb->cmd);
		ret = dump_and_close(&r, &in);
	}
	if (!ret) {
		print_start();
		print_list("bindings");
		for (i = 0; i < in.n; i++)
			print_binding(in.v[i]);
		print_end();
		print_done();
	}
	replies_free(&in);
	return ret;
}

static int change(const struct args *args)
{
	struct request r;

	put_binding(&r, args);
	return send_and_close(&r);
}

static const struct verb verbs[] = {
	{ .name = "list", .help = "print the bindings of this namespace",
	  .cmd = MESHMOD_CMD_BINDING_GET, .run = list },
	{ .name = "show", .help = "print the binding of a port",
	  .words = dev_words, .nwords = ARRAY_SIZE(dev_words),
	  .cmd = MESHMOD_CMD_BINDING_GET, .run = list },
	{ .name = "add", .help = "let a port's frames be of these addresses only",
	  .words = words, .nwords = ARRAY_SIZE(words),
	  .cmd = MESHMOD_CMD_BINDING_NEW, .run = change },
	{ .name = "set", .help = "replace the binding of a port",
	  .words = words, .nwords = ARRAY_SIZE(words),
	  .cmd = MESHMOD_CMD_BINDING_SET, .run = change },
	{ .name = "del", .help = "delete a binding; the port's frames are no longer looked at",
	  .words = dev_words, .nwords = ARRAY_SIZE(dev_words),
	  .cmd = MESHMOD_CMD_BINDING_DEL, .run = change },
};

const struct object object_binding = {
	.name = "binding",
	.help = "MAC and addresses behind the ports of a bridge",
	.verbs = verbs, .nverbs = ARRAY_SIZE(verbs),
};
