// SPDX-License-Identifier: GPL-2.0
/* flow: the connections that are balanced here */
#include <linux/meshmod.h>
#include <stdio.h>
#include <stdlib.h>

#include "kind.h"
#include "object.h"
#include "print.h"

static const struct word resolve_words[] = {
	{ "INGRESS:PORT", &kind_conn_end, WORD_BARE | WORD_NEEDED,
	  MESHMOD_A_FLOW_INGRESS, "the node's ingress address and a port of it" },
	{ "proto", &kind_proto, 0, MESHMOD_A_FLOW_PROTO,
	  "the protocol; by default any of them" },
};

/* A connection whose source was translated */
struct flow {
	uint8_t proto;
	uint32_t mark;
	struct conn_end client;		/* who opened it */
	struct conn_end ingress;	/* what its server takes the client for */
	struct conn_end backend;	/* the server */
};

static void take_conn_end(const struct nlattr *nest, struct conn_end *e)
{
	take_addr(take_attr(nest, MESHMOD_A_END_ADDR), &e->addr);
	e->port = take_number(nest, MESHMOD_A_END_PORT);
}

static void take_flow(const struct nlattr *nest, struct flow *f)
{
	f->proto = take_number(nest, MESHMOD_A_FLOW_PROTO);
	f->mark = take_number(nest, MESHMOD_A_FLOW_MARK);
	take_conn_end(take_attr(nest, MESHMOD_A_FLOW_CLIENT), &f->client);
	take_conn_end(take_attr(nest, MESHMOD_A_FLOW_INGRESS), &f->ingress);
	take_conn_end(take_attr(nest, MESHMOD_A_FLOW_BACKEND), &f->backend);
}

static int cmp_conn_end(const struct conn_end *a, const struct conn_end *b)
{
	int d = addr_cmp(&a->addr, &b->addr);

	return d ? d : a->port - b->port;
}

/* By protocol and backend; zones can tell apart what has both the same. */
static int cmp_flow(const void *a, const void *b)
{
	const struct flow *x = a, *y = b;
	int d = x->proto - y->proto;

	if (!d)
		d = cmp_conn_end(&x->backend, &y->backend);
	return d ? d : cmp_conn_end(&x->client, &y->client);
}

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

static void print_flows(const struct replies *in)
{
	struct flow *flows = xcalloc(in->n, sizeof(*flows));
	size_t i;

	for (i = 0; i < in->n; i++)
		take_flow(in->v[i], &flows[i]);
	qsort(flows, in->n, sizeof(*flows), cmp_flow);
	print_start();
	print_list("flows");
	for (i = 0; i < in->n; i++)
		print_flow(&flows[i]);
	print_end();
	print_done();
	free(flows);
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
	struct replies in = { 0 };
	struct request r;
	size_t nest;
	int ret;

	request_init(&r, args->verb->cmd);
	nest = put_nest(&r, MESHMOD_A_FLOW);
	put_args(&r, args, 0);
	put_end(&r, nest);
	ret = dump_and_close(&r, &in);
	if (!ret && in.n)
		print_flows(&in);
	else if (!ret)
		ret = not_found(args->v[0].text);
	replies_free(&in);
	return ret;
}

static const struct verb verbs[] = {
	{ .name = "resolve",
	  .help = "print the client behind an address and port that a container names",
	  .words = resolve_words, .nwords = ARRAY_SIZE(resolve_words),
	  .cmd = MESHMOD_CMD_FLOW_GET, .run = resolve },
};

const struct object object_flow = {
	.name = "flow",
	.help = "connections that are balanced in this namespace",
	.verbs = verbs, .nverbs = ARRAY_SIZE(verbs),
};
