// SPDX-License-Identifier: GPL-2.0
/* redirect: the port rewrite inside of a container's namespace */
#include <linux/meshmod.h>
#include <stdio.h>

#include "kind.h"
#include "object.h"
#include "print.h"

/* These three name a redirect. */
#define IP_WORD { "ip", &kind_addr, WORD_NEEDED, MESHMOD_A_REDIRECT_ADDR, \
		  "the endpoint's own address" }
#define PROTO_WORD { "proto", &kind_proto, WORD_NEEDED, \
		     MESHMOD_A_REDIRECT_PROTO, "the protocol" }
#define FROM_WORD(kind) { "from", kind, WORD_NEEDED, \
			  MESHMOD_A_REDIRECT_FROM, \
			  "the published port, or a range" }

static const struct word words[] = {
	IP_WORD,
	PROTO_WORD,
	FROM_WORD(&kind_from),
	{ "to", &kind_to, WORD_NEEDED, MESHMOD_A_REDIRECT_TO,
	  "the target port, or one for each; the same as from: let it through the guard" },
};

static const struct word del_words[] = {
	IP_WORD,
	PROTO_WORD,
	FROM_WORD(&kind_from_key),
	/* What list printed can be deleted by adding one word. */
	{ "to", &kind_to, 0, 0, "ignored" },
};

/* A number, or the words for a range */
static void print_ports(const char *key, uint16_t first, uint16_t last)
{
	char text[sizeof("65535-65535")];

	if (first == last) {
		print_number(key, first);
		return;
	}
	snprintf(text, sizeof(text), "%u-%u", first, last);
	print_word(key, text);
}

void print_redirect(const struct nlattr *redirect)
{
	struct nsconf *c = nsconf_new();
	const struct nsconf_redirect *d;

	take_redirect(redirect, c);
	d = &c->redirects[0];
	print_item("redirect", NULL);
	print_word("ip", addr_str(&d->addr, NULL));
	print_word("proto", proto_str(d->proto));
	print_ports("from", d->from, d->from_last);
	print_ports("to", d->to, d->to_last);
	print_end();
	nsconf_free(c);
}

static int list(const struct args *args)
{
	struct replies in = { 0 };
	struct request r;
	size_t i;
	int ret;

	request_init(&r, args->verb->cmd);
	ret = dump_and_close(&r, &in);
	if (!ret) {
		print_start();
		print_list("redirects");
		for (i = 0; i < in.n; i++)
			print_redirect(in.v[i]);
		print_end();
		print_done();
	}
	replies_free(&in);
	return ret;
}

static unsigned int length(const struct arg *a)
{
	return a->v.range.last - a->v.range.first + 1;
}

/* One by one, or all to one */
static int check_lengths(const struct args *args)
{
	const struct arg *from = args_get(args, "from");
	const struct arg *to = args_get(args, "to");

	if (!to || !to->word->attr || length(to) == 1 ||
	    length(to) == length(from))
		return 0;
	return usage_error(verb_title(args->object, args->verb),
			   "from %s and to %s are not of the same length; give as many target ports, or a single one",
			   from->text, to->text);
}

static int change(const struct args *args)
{
	struct request r;
	size_t nest;
	int ret = check_lengths(args);

	if (ret)
		return ret;
	request_init(&r, args->verb->cmd);
	request_about(&r, "redirect", NULL);
	nest = put_nest(&r, MESHMOD_A_REDIRECT);
	put_args(&r, args, 0);
	put_end(&r, nest);
	return send_and_close(&r);
}

static const char set_help[] =
	"change the target port; a range is named by its first, which alone makes it one port";

static const struct verb verbs[] = {
	{ .name = "list", .help = "print the redirects of this namespace",
	  .cmd = MESHMOD_CMD_REDIRECT_GET, .run = list },
	{ .name = "add", .help = "send a published port to its target port",
	  .words = words, .nwords = ARRAY_SIZE(words),
	  .cmd = MESHMOD_CMD_REDIRECT_NEW, .run = change },
	{ .name = "set", .help = set_help,
	  .words = words, .nwords = ARRAY_SIZE(words),
	  .cmd = MESHMOD_CMD_REDIRECT_SET, .run = change },
	{ .name = "del",
	  .help = "delete a redirect, a range by its first port; its connections end",
	  .words = del_words, .nwords = ARRAY_SIZE(del_words),
	  .cmd = MESHMOD_CMD_REDIRECT_DEL, .run = change },
};

const struct object object_redirect = {
	.name = "redirect",
	.help = "published to target ports in a container's namespace",
	.verbs = verbs, .nverbs = ARRAY_SIZE(verbs),
};
