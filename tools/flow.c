// SPDX-License-Identifier: GPL-2.0
/* flow: the connections that are balanced here */
#include <stdio.h>
#include <stdlib.h>

#include "conntrack.h"
#include "kind.h"
#include "object.h"
#include "print.h"

static const struct word resolve_words[] = {
	{ "INGRESS:PORT", &kind_conn_end, WORD_BARE | WORD_NEEDED, 0,
	  "the node's ingress address and a port of it" },
	{ "proto", &kind_proto, 0, 0,
	  "the protocol; by default all are looked through, one after the other" },
};

static void print_conn_end(const char *key, const struct conn_end *e)
{
	print_group(key);
	print_value("ip", addr_str(&e->addr, NULL));
	print_number("port", e->port);
	print_end();
}

static void print_flow(const struct flow *f)
{
	print_item("flow", NULL);
	print_conn_end("ingress", &f->ingress);
	print_word("proto", proto_str(f->proto));
	print_conn_end("client", &f->client);
	print_conn_end("backend", &f->backend);
	if (f->mark)
		print_number("mark", f->mark);
	print_end();
}

static void print_flows(const struct flow *flows, size_t n)
{
	size_t i;

	print_start();
	print_list("flows");
	for (i = 0; i < n; i++)
		print_flow(&flows[i]);
	print_end();
	print_done();
}

static int not_found(const char *ingress)
{
	fprintf(stderr,
		"no connection comes from %s in this namespace; while it lives, ask on the node that has this ingress address, with -n meshmod-ingress (in the flat topology without -n)\n",
		ingress);
	return EXIT_REFUSED;
}

static int resolve(const struct args *args)
{
	const struct arg *ingress = &args->v[0];
	const struct arg *proto = args_get(args, "proto");
	struct flow *flows;
	size_t n;
	int ret;

	ret = conntrack_find(&ingress->v.conn_end, proto ? proto->v.num : 0,
			     &flows, &n);
	if (!ret && n)
		print_flows(flows, n);
	else if (!ret)
		ret = not_found(ingress->text);
	free(flows);
	return ret;
}

static const struct verb verbs[] = {
	{ .name = "resolve",
	  .help = "print the client behind an address and port that a container names",
	  .words = resolve_words, .nwords = ARRAY_SIZE(resolve_words),
	  .run = resolve },
};

const struct object object_flow = {
	.name = "flow",
	.help = "connections that are balanced in this namespace",
	.verbs = verbs, .nverbs = ARRAY_SIZE(verbs),
};
