// SPDX-License-Identifier: GPL-2.0
/*
 * When a namespace holds what it should, and need not be told again.  Prints
 * TAP; the first argument is the directory of the mesh files.
 */
#include <string.h>

#include <linux/meshmod.h>

#include "plan.h"
#include "tap.h"

/* A change that makes two configurations differ, or does not */
struct change {
	const char *name;
	void (*make)(struct nsconf *c);
	bool equal;
};

static void swap(void *a, void *b, size_t size)
{
	char tmp[256];

	memcpy(tmp, a, size);
	memcpy(a, b, size);
	memcpy(b, tmp, size);
}

static void nothing(struct nsconf *c)
{
	(void)c;
}

static void give_mask(struct nsconf *c)
{
	c->mask = MESHMOD_MASK_DEFAULT;
}

static void other_mask(struct nsconf *c)
{
	c->mask = 0xffff;
}

static void give_mark(struct nsconf *c)
{
	c->services[1].mark = 256;
}

static void other_mark(struct nsconf *c)
{
	c->services[0].mark = 256;
}

static void swap_services(struct nsconf *c)
{
	swap(&c->services[0], &c->services[1], sizeof(*c->services));
}

static void swap_ports(struct nsconf *c)
{
	swap(&c->services[0].ports[0], &c->services[0].ports[1],
	     sizeof(struct port));
}

static void swap_backends(struct nsconf *c)
{
	swap(&c->services[0].backends[0], &c->services[0].backends[1],
	     sizeof(struct nsconf_backend));
}

static void other_target(struct nsconf *c)
{
	c->services[0].ports[0].target++;
}

static void other_source(struct nsconf *c)
{
	c->services[0].source = MESHMOD_SOURCE_LOCAL;
}

static void other_weight(struct nsconf *c)
{
	c->services[0].backends[0].weight++;
}

static void other_state(struct nsconf *c)
{
	c->services[0].backends[0].state = MESHMOD_STATE_DOWN;
}

static void other_backend_addr(struct nsconf *c)
{
	c->services[0].backends[0].addr.bytes[3]++;
}

static void lose_vip(struct nsconf *c)
{
	c->services[1].nvips = 0;
}

static void other_ingress(struct nsconf *c)
{
	c->ingress[0].bytes[3]++;
}

static void more_ingress(struct nsconf *c)
{
	*nsconf_add_ingress(c) = ip("10.0.0.99");
}

static void more_redirect(struct nsconf *c)
{
	nsconf_add_redirect(c)->addr = ip("10.0.0.99");
}

static void more_guard(struct nsconf *c)
{
	nsconf_add_guard(c)->addr = ip("10.0.0.99");
}

static void more_masquerade(struct nsconf *c)
{
	*nsconf_add_masquerade(c) = ip("10.0.0.99");
}

static void more_service(struct nsconf *c)
{
	nsconf_add_service(c, "more");
}

static void test_equal(const struct mesh *m)
{
	static const struct change changes[] = {
		{ "the same", nothing, true },
		{ "the default mask said aloud", give_mask, true },
		{ "a mark given by the module", give_mark, true },
		{ "services in another order", swap_services, true },
		{ "ports in another order", swap_ports, true },
		{ "backends in another order", swap_backends, false },
		{ "another mask", other_mask, false },
		{ "another mark than the wanted one", other_mark, false },
		{ "another target port", other_target, false },
		{ "another source", other_source, false },
		{ "another weight", other_weight, false },
		{ "another state", other_state, false },
		{ "another backend address", other_backend_addr, false },
		{ "a lost VIP", lose_vip, false },
		{ "another ingress address", other_ingress, false },
		{ "one more ingress address", more_ingress, false },
		{ "one more redirect", more_redirect, false },
		{ "one more guard", more_guard, false },
		{ "one more masquerade", more_masquerade, false },
		{ "one more service", more_service, false },
	};
	const struct mesh_node *n = &m->nodes[0];
	char name[80];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(changes); i++) {
		struct nsconf *want = plan_sandbox(m, n);
		struct nsconf *have = plan_sandbox(m, n);

		changes[i].make(have);
		snprintf(name, sizeof(name), "%s: %s",
			 changes[i].equal ? "equal" : "differs",
			 changes[i].name);
		ok(nsconf_equal(want, have) == changes[i].equal, name);
		nsconf_free(want);
		nsconf_free(have);
	}
}

int main(int argc, char **argv)
{
	with(argc > 1 ? argv[1] : NULL, "rich.yaml", test_equal);
	return tap_end();
}
