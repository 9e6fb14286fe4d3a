// SPDX-License-Identifier: GPL-2.0
/* service: a name, its published ports, VIPs and mark */
#include <linux/meshmod.h>
#include <string.h>

#include "kind.h"
#include "object.h"
#include "print.h"

#define NAME_WORD { "service", &kind_name, WORD_BARE | WORD_NEEDED, \
		    MESHMOD_A_SERVICE_NAME, "the service's name" }

static const struct word name_words[] = { NAME_WORD };

static const struct word words[] = {
	NAME_WORD,
	{ "publish", &kind_publish, WORD_MANY | WORD_NONE,
	  MESHMOD_A_SERVICE_PORT,
	  "published port, target port and protocol, such as 8080:80/tcp, or ranges" },
	{ "from", &kind_clients, WORD_THEN | WORD_MANY, 0,
	  "only for clients in this subnet; by default for all" },
	{ "listen", &kind_listen, WORD_MANY | WORD_ALL,
	  MESHMOD_A_SERVICE_LISTEN,
	  "local address, subnet of them or device where its ports answer" },
	{ "refuse", &kind_refuse, 0, MESHMOD_A_SERVICE_REFUSE,
	  "what clients hear that it cannot or may not serve" },
	{ "vip", &kind_addr, WORD_MANY | WORD_NONE, MESHMOD_A_SERVICE_VIP,
	  "address that is the service's on any port; one of each family" },
	{ "mark", &kind_mark, 0, MESHMOD_A_SERVICE_MARK,
	  "firewall mark that selects it; by default the next free one" },
	{ "scheduler", &kind_scheduler, 0, MESHMOD_A_SERVICE_SCHEDULER,
	  "how a backend is chosen: in turns (rr)" },
	{ "source", &kind_source, 0, MESHMOD_A_SERVICE_SOURCE,
	  "what backends see: the node's ingress address or the client's own" },
	{ "offload", &kind_switch, 0, MESHMOD_A_SERVICE_OFFLOAD,
	  "whether its established connections may pass by hooks and routes" },
};

size_t put_service_name(struct request *r, const struct arg *name)
{
	size_t nest;

	request_about(r, "service", name->text);
	nest = put_nest(r, MESHMOD_A_SERVICE);
	put_string(r, MESHMOD_A_SERVICE_NAME, name->text);
	return nest;
}

/* The first of a family that has one already, or NULL */
static const struct arg *second_vip(const struct args *args)
{
	bool seen[FAMILIES] = { false };
	const struct arg *a;

	for (a = args->v; a < args->v + args->n; a++) {
		int family = family_index(a->v.addr.family);

		if (a->none || strcmp(a->word->name, "vip"))
			continue;
		if (seen[family])
			return a;
		seen[family] = true;
	}
	return NULL;
}

static int change(const struct args *args)
{
	const struct arg *second = second_vip(args);
	struct request r;
	size_t nest;

	if (second)
		return usage_error(verb_title(args->object, args->verb),
				   "vip %s is a second %s address; give one of each family",
				   second->text,
				   family_str(second->v.addr.family));
	request_init(&r, args->verb->cmd);
	nest = put_service_name(&r, &args->v[0]);
	put_clear(&r, MESHMOD_A_SERVICE_CLEAR, args);
	put_args(&r, args, 1);
	put_end(&r, nest);
	return send_and_close(&r);
}

static int list(const struct args *args)
{
	struct replies services = { 0 }, backends = { 0 };
	int ret;

	ret = get_services(args_get(args, "service"), &services, &backends);
	if (!ret) {
		print_start();
		print_services(&services, &backends, false);
		print_done();
	}
	replies_free(&services);
	replies_free(&backends);
	return ret;
}

static const struct verb verbs[] = {
	{ .name = "list", .help = "print all services and their backends",
	  .run = list },
	{ .name = "show", .help = "print one service and its backends",
	  .words = name_words, .nwords = ARRAY_SIZE(name_words),
	  .run = list },
	{ .name = "add", .help = "create a service, without backends yet",
	  .words = words, .nwords = ARRAY_SIZE(words),
	  .cmd = MESHMOD_CMD_SERVICE_NEW, .run = change },
	{ .name = "set",
	  .help = "change what is named; a list (ports, listen, vip) is replaced whole",
	  .words = words, .nwords = ARRAY_SIZE(words), .flags = VERB_SETS,
	  .cmd = MESHMOD_CMD_SERVICE_SET, .run = change },
	{ .name = "del",
	  .help = "delete a service with its backends; its connections end",
	  .words = name_words, .nwords = ARRAY_SIZE(name_words),
	  .cmd = MESHMOD_CMD_SERVICE_DEL, .run = change },
};

const struct object object_service = {
	.name = "service",
	.help = "published ports, VIPs and marks, each with its backends",
	.verbs = verbs, .nverbs = ARRAY_SIZE(verbs),
};
