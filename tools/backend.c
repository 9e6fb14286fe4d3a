// SPDX-License-Identifier: GPL-2.0
/* backend: one container endpoint of a service */
#include <errno.h>
#include <linux/meshmod.h>
#include <stdio.h>
#include <string.h>

#include "kind.h"
#include "netns.h"
#include "object.h"
#include "plan.h"
#include "print.h"
#include "topology.h"

/* Where a node's services and their backends are */
#define SANDBOX		"meshmod-ingress"
/* The service and the backend come before the keywords. */
#define KEYWORDS	2

#define SERVICE_WORD { "service", &kind_service, WORD_BARE | WORD_NEEDED, \
		       MESHMOD_A_SERVICE_NAME, "the service's name" }
#define NAME_WORD { "backend", &kind_name, WORD_BARE | WORD_NEEDED, \
		    MESHMOD_A_BACKEND_NAME, "the backend's name in it" }
#define WEIGHT_WORD { "weight", &kind_weight, 0, MESHMOD_A_BACKEND_WEIGHT, \
		      "0 to 65535; 0: no new connections" }
#define STATE_WORD { "state", &kind_state, 0, MESHMOD_A_BACKEND_STATE, \
		     "draining and down keep the connections that it has" }

static const struct word list_words[] = {
	{ "service", &kind_service, WORD_BARE, MESHMOD_A_SERVICE_NAME,
	  "of this service only" },
};

static const struct word add_words[] = {
	SERVICE_WORD,
	NAME_WORD,
	{ "ip", &kind_addr, WORD_NEEDED | WORD_MANY, MESHMOD_A_BACKEND_ADDR,
	  "its address on the overlay, one of each family" },
	WEIGHT_WORD,
	STATE_WORD,
};

static const struct word set_words[] = {
	SERVICE_WORD,
	NAME_WORD,
	{ "ip", &kind_addr, WORD_MANY, MESHMOD_A_BACKEND_ADDR,
	  "its address on the overlay; those that are named replace all it had" },
	WEIGHT_WORD,
	STATE_WORD,
	{ "gateway", &kind_switch, 0, 0,
	  "attach or detach its container's gateway leg, on its own node" },
};

static const struct word del_words[] = { SERVICE_WORD, NAME_WORD };

static int list(const struct args *args)
{
	struct replies services = { 0 }, backends = { 0 };
	int ret;

	ret = get_services(args_get(args, "service"), &services, &backends);
	if (!ret) {
		print_start();
		print_services(&services, &backends, true);
		print_done();
	}
	replies_free(&services);
	replies_free(&backends);
	return ret;
}

static void request_backend(struct request *r, uint8_t cmd,
			    const struct args *args)
{
	const struct arg *name = args_get(args, "backend");
	size_t service, backend;

	request_init(r, cmd);
	service = put_service_name(r, args_get(args, "service"));
	request_about(r, "backend", name->text);
	backend = put_nest(r, MESHMOD_A_SERVICE_BACKEND);
	put_string(r, MESHMOD_A_BACKEND_NAME, name->text);
	put_args(r, args, KEYWORDS);
	put_end(r, backend);
	put_end(r, service);
}

static int change(const struct args *args)
{
	struct request r;

	request_backend(&r, args->verb->cmd, args);
	return send_and_close(&r);
}

/* What this namespace's module knows about the backend */
static int read_backend(const struct args *args, struct replies *out)
{
	struct request r;

	request_backend(&r, MESHMOD_CMD_BACKEND_GET, args);
	return ask_and_close(&r, out);
}

static int no_sandbox(int err)
{
	if (err == ENOENT)
		return usage_error("gateway",
				   "the mesh is not up on this node (no namespace %s); run meshmod-ctl up first",
				   SANDBOX);
	if (err == EINVAL)
		return usage_error("gateway",
				   "%s/%s is what a namespace has left behind; run meshmod-ctl up first",
				   NETNS_DIR, SANDBOX);
	return usage_error("gateway", "cannot enter namespace %s: %s; %s",
			   SANDBOX, strerror(err),
			   err == EPERM || err == EACCES ? "run it as root" :
			   "correct that and repeat the command");
}

/* The same, read in the sandbox; back in the host's namespace afterwards */
static int read_in_sandbox(const struct args *args, struct replies *out)
{
	struct netns *host = netns_current("the host namespace");
	struct netns *sandbox = host ? netns_open(SANDBOX) : NULL;
	int err = sandbox ? -netns_enter(sandbox) : errno, ret = 0;

	if (!err) {
		ret = read_backend(args, out);
		err = -netns_enter(host);
	}
	if (err) {
		no_sandbox(err);
		ret = EXIT_REFUSED;
	}
	netns_close(sandbox);
	netns_close(host);
	return ret;
}

/* Its addresses, which name its devices; none: family 0 of both */
static struct dual addrs_of(const struct nlattr *service)
{
	struct nsconf *c = nsconf_new();
	const struct nsconf_backend *b;
	struct dual ip;

	b = take_backend(take_attr(service, MESHMOD_A_SERVICE_BACKEND),
			 nsconf_add_service(c, ""));
	ip = b->addr;
	nsconf_free(c);
	return ip;
}

/*
 * What is behind its port on the gateway bridge, as this namespace's module
 * knows it; no MAC and no addresses if it knows nothing.
 */
static int find_leg(const struct dual *ip, struct nsconf_binding *leg)
{
	struct nsconf *c = nsconf_new();
	struct replies in = { 0 };
	char port[IF_NAMESIZE];
	struct request r;
	size_t i;
	int ret;

	container_ports(ip, port, leg->dev);
	request_init(&r, MESHMOD_CMD_BINDING_GET);
	ret = dump_and_close(&r, &in);
	for (i = 0; i < in.n; i++) {
		take_binding(in.v[i], c);
		if (!strcmp(c->bindings[i].dev, leg->dev))
			*leg = c->bindings[i];
	}
	replies_free(&in);
	nsconf_free(c);
	return ret;
}

static int switch_gateway(const struct args *args, bool on)
{
	struct nsconf_binding leg = { .naddrs = 0 };
	struct replies in = { 0 };
	struct dual ip = { 0 };
	int ret;

	/* In the flat topology the host knows all of it. */
	ret = if_nametoindex(HOST_LEG) ? read_backend(args, &in) :
					 read_in_sandbox(args, &in);
	if (!ret && in.n)
		ip = addrs_of(in.v[0]);
	replies_free(&in);
	if (!ret)
		ret = find_leg(&ip, &leg);
	return ret ? ret : topology_gateway(&leg, &ip, on);
}

static int set(const struct args *args)
{
	const struct arg *gateway = args_get(args, "gateway");

	if (!gateway)
		return change(args);
	/* It is the host's link, and the rest is the module's. */
	if (args->n > KEYWORDS + 1)
		return usage_error(verb_title(args->object, args->verb),
				   "gateway is switched alone; give ip, weight and state in a command of their own");
	return switch_gateway(args, gateway->v.num);
}

static const struct verb verbs[] = {
	{ .name = "list", .help = "print the backends of one or all services",
	  .words = list_words, .nwords = ARRAY_SIZE(list_words), .run = list },
	{ .name = "add", .help = "add a backend behind the others",
	  .words = add_words, .nwords = ARRAY_SIZE(add_words),
	  .cmd = MESHMOD_CMD_BACKEND_NEW, .run = change },
	{ .name = "set", .help = "change what is named",
	  .words = set_words, .nwords = ARRAY_SIZE(set_words),
	  .flags = VERB_SETS, .cmd = MESHMOD_CMD_BACKEND_SET, .run = set },
	{ .name = "del", .help = "delete a backend; its connections end",
	  .words = del_words, .nwords = ARRAY_SIZE(del_words),
	  .cmd = MESHMOD_CMD_BACKEND_DEL, .run = change },
};

const struct object object_backend = {
	.name = "backend",
	.help = "container endpoints that serve a service",
	.verbs = verbs, .nverbs = ARRAY_SIZE(verbs),
};
