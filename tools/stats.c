// SPDX-License-Identifier: GPL-2.0
/* stats: how many packets met which verdict, and why */
#include <assert.h>
#include <libmnl/libmnl.h>
#include <linux/meshmod.h>

#include "object.h"
#include "print.h"

static const struct {
	const char *name, *meaning;
} reasons[] = {
	[MESHMOD_REASON_FLOW] = { "flow",
		"passed: belongs to a known connection" },
	[MESHMOD_REASON_UNMATCHED] = { "unmatched",
		"passed: opens a connection, not to a service" },
	[MESHMOD_REASON_UNTRACKED] = { "untracked",
		"passed: conntrack does not know it" },
	[MESHMOD_REASON_MARKED] = { "marked",
		"passed on: has a service's mark" },
	[MESHMOD_REASON_BALANCED] = { "balanced",
		"passed on: a backend was chosen" },
	[MESHMOD_REASON_NO_BACKEND] = { "no_backend",
		"refused: the service has no usable backend" },
	[MESHMOD_REASON_NO_SOURCE] = { "no_source",
		"refused: the node has no ingress address" },
	[MESHMOD_REASON_NO_PORT] = { "no_port",
		"refused: no free port on the ingress address" },
	[MESHMOD_REASON_STRAY] = { "stray",
		"refused: TCP or SCTP of no known connection" },
	[MESHMOD_REASON_NAT_FAILED] = { "nat_failed",
		"dropped: the kernel could not translate it" },
	[MESHMOD_REASON_REDIRECTED] = { "redirected",
		"passed on: the published port became the target port" },
	[MESHMOD_REASON_ADMITTED] = { "admitted",
		"passed: the guard let it in" },
	[MESHMOD_REASON_GUARDED] = { "guarded",
		"refused: the guard did not let it in" },
	[MESHMOD_REASON_MARTIAN] = { "martian",
		"dropped: 127.0.0.0/8 on a real device" },
	[MESHMOD_REASON_MASQUERADED] = { "masqueraded",
		"passed on: got the outgoing device's address" },
	[MESHMOD_REASON_OUTSIDE] = { "outside",
		"refused: the client is in none of the port's sources" },
	[MESHMOD_REASON_FOREIGN] = { "foreign",
		"dropped: VXLAN from an address that is no peer" },
	[MESHMOD_REASON_SPOOFED] = { "spoofed",
		"dropped: a frame that says it is someone else's" },
	[MESHMOD_REASON_OFFLOADED] = { "offloaded",
		"passed on: past all hooks, its connection is offloaded" },
	[MESHMOD_REASON_RETURNED] = { "returned",
		"passed on: a reply, to the node its connection came through" },
};

static_assert(ARRAY_SIZE(reasons) == MESHMOD_REASON_PAD,
	      "every reason has a name");

static const char *const flows[] = {
	[MESHMOD_A_FLOWS_OFFLOADED] = "offloaded",
	[MESHMOD_A_FLOWS_LOCAL] = "local",
	[MESHMOD_A_FLOWS_PROTOCOL] = "protocol",
	[MESHMOD_A_FLOWS_OFF] = "off",
	[MESHMOD_A_FLOWS_SPECIAL] = "special",
	[MESHMOD_A_FLOWS_OPENING] = "opening",
	[MESHMOD_A_FLOWS_SLOW] = "slow",
};

static_assert(ARRAY_SIZE(flows) == MESHMOD_A_FLOWS_MAX + 1,
	      "every kind of connections has a name");

static void print_reasons(const struct nlattr *nest)
{
	const struct nlattr *a;
	size_t i;

	print_map("stats");
	for (i = MESHMOD_REASON_FLOW; i < ARRAY_SIZE(reasons); i++) {
		a = take_attr(nest, i);
		print_counter(reasons[i].name, a ? mnl_attr_get_u64(a) : 0,
			      reasons[i].meaning);
	}
	print_end();
}

static void print_flows(const struct nlattr *nest)
{
	const struct nlattr *a;
	size_t i;

	print_item("flows", NULL);
	for (i = MESHMOD_A_FLOWS_OFFLOADED; i < ARRAY_SIZE(flows); i++) {
		a = take_attr(nest, i);
		print_number(flows[i], a ? mnl_attr_get_u32(a) : 0);
	}
	print_end();
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
		print_reasons(in.v[0]);
		print_flows(in.beside);
		print_done();
	}
	replies_free(&in);
	return ret;
}

static int zero(const struct args *args)
{
	struct request r;

	request_init(&r, args->verb->cmd);
	return send_and_close(&r);
}

static const struct verb verbs[] = {
	{ .name = "show",
	  .help = "print packets by verdict and reason, and connections by offload",
	  .cmd = MESHMOD_CMD_STATS_GET, .run = show },
	{ .name = "zero", .help = "set every counter of this namespace to 0",
	  .cmd = MESHMOD_CMD_STATS_ZERO, .run = zero },
};

const struct object object_stats = {
	.name = "stats",
	.help = "counters of this namespace, one per reason",
	.verbs = verbs, .nverbs = ARRAY_SIZE(verbs),
};
