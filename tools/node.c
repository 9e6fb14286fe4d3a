// SPDX-License-Identifier: GPL-2.0
/* node: the settings of a network namespace */
#include <linux/meshmod.h>

#include "kind.h"
#include "object.h"
#include "print.h"
#include "words.h"

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
	{ "tunnel", &kind_tunnel, WORD_NONE, MESHMOD_A_NODE_TUNNEL,
	  "UDP port at which VXLAN is taken from peers only" },
	{ "vni", &kind_vni, WORD_THEN, 0, "the network that this is about" },
	{ "peer", &kind_addr, WORD_MANY | WORD_NONE, MESHMOD_A_NODE_PEER,
	  "another node, by its address on the underlay" },
	{ "origin", &kind_origin, WORD_MANY | WORD_NONE, MESHMOD_A_NODE_ORIGIN,
	  "node that clients come by with addresses of their own" },
	{ "ip", &kind_addr, WORD_THEN | WORD_MANY | WORD_NEEDED, 0,
	  "where replies to them go, one of each family" },
	{ "offload", &kind_switch, 0, MESHMOD_A_NODE_OFFLOAD,
	  "whether established connections may pass by hooks and routes" },
	{ "overlay", &kind_switch, 0, MESHMOD_A_NODE_OVERLAY,
	  "whether they may pass by the bridges here too" },
};

static void print_each(const char *key, const struct addr *v, size_t n,
		       const char *(*str)(const struct addr *a, char *buf))
{
	size_t i;

	print_list(key);
	for (i = 0; i < n; i++)
		print_word(key, str(&v[i], NULL));
	print_end();
}

static void print_guards(const struct nsconf *c)
{
	size_t i;

	print_list("guard");
	for (i = 0; i < c->nguards; i++) {
		print_group("guard");
		print_value("ip", addr_str(&c->guards[i].addr, NULL));
		print_word("dev", c->guards[i].dev);
		print_end();
	}
	print_end();
}

static void print_tunnel(const struct nsconf *c)
{
	if (!c->tunnel_port)
		return;
	print_group("tunnel");
	print_plain("port", c->tunnel_port);
	print_number("vni", c->tunnel_vni);
	print_end();
}

/* Its zone is the module's choice, for who looks into conntrack. */
static void print_origins(const struct nsconf *c)
{
	const struct nsconf_origin *o;

	print_list("origin");
	for (o = c->origins; o < c->origins + c->norigins; o++) {
		print_group("origin");
		print_value("mac", mac_str(o->mac, NULL));
		print_dual("ip", &o->addr);
		if (options.details)
			print_number("zone", o->zone);
		print_end();
	}
	print_end();
}

void print_node(const struct nlattr *node)
{
	struct nsconf *c = nsconf_new();

	take_node(node, c);
	print_item("node", NULL);
	print_bits("mask", c->mask);
	print_each("ingress", c->ingress, c->ningress, addr_str);
	print_each("masquerade", c->masquerade, c->nmasquerade, prefix_str);
	print_guards(c);
	print_tunnel(c);
	print_each("peer", c->peers, c->npeers, addr_str);
	print_origins(c);
	if (!c->offload || options.details)
		print_word("offload", words_name(&switch_words, c->offload));
	if (c->overlay || options.details)
		print_word("overlay", words_name(&switch_words, c->overlay));
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

static int set(const struct args *args)
{
	struct request r;
	size_t nest;

	request_init(&r, args->verb->cmd);
	request_about(&r, "node", NULL);
	nest = put_nest(&r, MESHMOD_A_NODE);
	put_clear(&r, MESHMOD_A_NODE_CLEAR, args);
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
	.help = "settings of a network namespace: ingress addresses, guards, peers",
	.verbs = verbs, .nverbs = ARRAY_SIZE(verbs),
};
