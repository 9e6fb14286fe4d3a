// SPDX-License-Identifier: GPL-2.0
/*
 * A whole configuration goes to the module and comes back the same, up to the
 * limits of what a namespace can hold.  Prints TAP.
 */
#include <arpa/inet.h>
#include <linux/meshmod.h>
#include <string.h>

#include "genl.h"
#include "tap.h"

#define BACKENDS	3

static struct addr nth(const char *first, uint32_t n)
{
	struct addr a = ip(first);

	a.v4.s_addr = htonl(ntohl(a.v4.s_addr) + n);
	return a;
}

static void add_node(struct nsconf *c)
{
	struct nsconf_guard *guard = nsconf_add_guard(c);
	struct addr *subnet = nsconf_add_masquerade(c);

	*nsconf_add_ingress(c) = ip("10.11.0.9");
	*nsconf_add_ingress(c) = ip("10.11.0.4");
	*subnet = ip("172.18.0.0");
	subnet->plen = 16;
	guard->addr = ip("10.11.0.12");
	strcpy(guard->dev, "fifteen-letters");
	c->mask = 0xffffff;
}

static void add_backends(struct nsconf_service *s, uint32_t n, int width)
{
	char name[MESHMOD_NAME_MAX + 1];
	struct nsconf_backend *b;
	uint32_t i;

	for (i = 0; i < n; i++) {
		/* Turned around: the order is the caller's, not the names' */
		snprintf(name, sizeof(name), "b%0*u", width, n - i);
		b = nsconf_add_backend(s, name);
		b->addr = nth("10.11.0.1", i);
		b->weight = i % 3 * 1000;
		b->state = i % 3;
	}
}

static struct nsconf_service *add_service(struct nsconf *c, uint32_t n)
{
	struct nsconf_service *s;
	struct port *p;
	char name[16];

	snprintf(name, sizeof(name), "s%u", n);
	s = nsconf_add_service(c, name);
	p = nsconf_add_port(s);
	p->proto = n % 2 ? IPPROTO_TCP : IPPROTO_UDP;
	p->published = 1 + n;
	p->target = 65535 - n;
	*nsconf_add_vip(s) = nth("10.12.0.1", n);
	s->source = n % 2 ? MESHMOD_SOURCE_LOCAL : MESHMOD_SOURCE_INGRESS;
	return s;
}

static void add_redirects(struct nsconf *c, uint32_t n)
{
	struct nsconf_redirect *r;
	uint32_t i;

	for (i = 0; i < n; i++) {
		r = nsconf_add_redirect(c);
		r->addr = ip("10.11.0.12");
		r->proto = i % 2 ? IPPROTO_TCP : IPPROTO_UDP;
		r->from = 1 + i;
		r->to = 65535 - i;
	}
}

static struct nsconf *large(uint32_t services, uint32_t redirects)
{
	struct nsconf *c = nsconf_new();
	uint32_t i;

	add_node(c);
	for (i = 0; i < services; i++)
		add_backends(add_service(c, i), BACKENDS, 1);
	add_redirects(c, redirects);
	return c;
}

static bool holds(struct genl *g, const struct nsconf *want)
{
	struct nsconf *have = NULL;
	bool same = !genl_config_get(g, &have) && nsconf_equal(want, have);

	nsconf_free(have);
	return same;
}

static void accepted(struct genl *g, struct nsconf *c, const char *what)
{
	ok(!genl_config_replace(g, c) && holds(g, c), what);
	nsconf_free(c);
}

/* Refused whole: what was there before is there afterwards. */
static void refused(struct genl *g, struct nsconf *c, const char *what)
{
	struct nsconf *before = NULL;

	genl_config_get(g, &before);
	ok(genl_config_replace(g, c) == 2 && holds(g, before), what);
	nsconf_free(before);
	nsconf_free(c);
}

static struct nsconf *one_service(uint32_t backends, int width)
{
	struct nsconf *c = nsconf_new();

	add_backends(add_service(c, 0), backends, width);
	return c;
}

int main(void)
{
	struct genl *g = genl_open();

	if (!g)
		return genl_open_error();
	accepted(g, large(10, 10), "ten of each");
	accepted(g, large(10, 10), "the same again");
	accepted(g, large(3, 2), "fewer");
	accepted(g, large(MESHMOD_MAX_SERVICES, MESHMOD_MAX_REDIRECTS),
		 "as many services and redirects as there may be");
	refused(g, large(MESHMOD_MAX_SERVICES + 1, 1), "one service too many");
	refused(g, large(1, MESHMOD_MAX_REDIRECTS + 1),
		"one redirect too many");
	accepted(g, one_service(MESHMOD_MAX_BACKENDS, 1),
		 "as many backends as there may be");
	refused(g, one_service(MESHMOD_MAX_BACKENDS + 1, 1),
		"one backend too many");
	refused(g, one_service(MESHMOD_MAX_BACKENDS, MESHMOD_NAME_MAX - 1),
		"more backends than one attribute can hold");
	accepted(g, nsconf_new(), "nothing at all");
	genl_close(g);
	return tap_end();
}
