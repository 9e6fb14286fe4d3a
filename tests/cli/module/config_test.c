// SPDX-License-Identifier: GPL-2.0
/*
 * A whole configuration goes to the module and comes back the same, up to the
 * limits of what a namespace can hold.  Prints TAP.
 */
#include <linux/meshmod.h>

#include "genl.h"
#include "sample.h"

#define BACKENDS	3

/* The n-th address behind this one */
static struct addr nth(const char *first, uint32_t n)
{
	struct addr a = ip(first);
	size_t i = a.family == AF_INET6 ? sizeof(a.bytes) : sizeof(a.v4);

	for (; n; n >>= 8) {
		n += a.bytes[--i];
		a.bytes[i] = n;
	}
	return a;
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
		/* One family, the other, both */
		if (i % 3)
			b->addr.v[0] = nth("10.11.0.1", i);
		if (i % 3 != 1)
			b->addr.v[1] = nth("fd00:11::1", i);
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
	p = &nsconf_add_port(s)->port;
	p->proto = n % 2 ? IPPROTO_TCP : IPPROTO_UDP;
	p->published = 1 + n;
	p->last = p->published;
	p->target = 65535 - n;
	p->target_last = p->target;
	*nsconf_add_vip(s) = nth("10.12.0.1", n);
	*nsconf_add_vip(s) = nth("fd00:12::1", n);
	s->source = n % 2 ? MESHMOD_SOURCE_PRESERVE : MESHMOD_SOURCE_INGRESS;
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
		r->from_last = r->from;
		r->to = 65535 - i;
		r->to_last = r->to;
	}
}

static void add_bindings(struct nsconf *c, uint32_t n)
{
	struct nsconf_binding *b;
	uint32_t i;

	for (i = 0; i < n; i++) {
		b = nsconf_add_binding(c);
		snprintf(b->dev, sizeof(b->dev), "c%u", n - i);
		memcpy(b->mac, "\x02\x42\x0a\x0b", 4);
		b->mac[4] = i >> 8;
		b->mac[5] = i;
		while (b->naddrs < MESHMOD_MAX_BINDING_ADDRS) {
			b->addrs[b->naddrs] = nth("10.13.0.1",
						  4 * i + b->naddrs);
			b->naddrs++;
		}
	}
}

static struct nsconf *bound(uint32_t n)
{
	struct nsconf *c = nsconf_new();

	add_bindings(c, n);
	return c;
}

static struct nsconf *tunnel(uint32_t peers)
{
	struct nsconf *c = nsconf_new();
	uint32_t i;

	c->tunnel_port = 4789;
	c->tunnel_vni = 0xffffff;
	for (i = 0; i < peers; i++)
		*nsconf_add_peer(c) = nth(i % 2 ? "10.14.0.1" : "fd00:14::1",
					  i);
	return c;
}

/* In both families, so that the answer is as long as it can be */
static struct nsconf *container(uint32_t origins)
{
	struct nsconf *c = nsconf_new();
	struct nsconf_origin *o;
	uint32_t i;

	for (i = 0; i < origins; i++) {
		o = nsconf_add_origin(c);
		o->addr.v[0] = nth("10.16.0.1", i);
		o->addr.v[1] = nth("fd00:16::1", i);
		endpoint_mac(&o->addr, o->mac);
	}
	return c;
}

/* With all ports, sources and listen that a service can have */
static struct nsconf *open_service(uint32_t ports, uint32_t sources,
				   uint32_t listen)
{
	struct nsconf *c = nsconf_new();
	struct nsconf_service *s = nsconf_add_service(c, "web");
	struct publish *p;
	struct addr *a;
	uint32_t i;

	for (i = 0; i < ports; i++) {
		p = nsconf_add_port(s);
		p->port = (struct port){
			.proto = IPPROTO_SCTP,
			.published = 1000 * i + 1, .last = 1000 * i + 1000,
			.target = 1000 * i + 2, .target_last = 1000 * i + 1001,
		};
		while (p->nsources < sources) {
			a = &p->sources[p->nsources];
			*a = nth("fd00:15::1", p->nsources++);
		}
	}
	for (i = 0; i < listen; i++)
		nsconf_add_listen(s)->addr = nth("10.15.0.1", i);
	return c;
}

static struct nsconf *large(uint32_t services, uint32_t redirects)
{
	struct nsconf *c = nsconf_new();
	uint32_t i;

	sample_node(c);
	c->mask = 0xffffff;
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
	accepted(g, sample(), "something of everything");
	accepted(g, large(10, 10), "ten of each");
	accepted(g, large(10, 10), "the same again");
	accepted(g, large(3, 2), "fewer");
	accepted(g, large(MESHMOD_MAX_SERVICES, MESHMOD_MAX_REDIRECTS),
		 "as many services and redirects as there may be");
	refused(g, large(MESHMOD_MAX_SERVICES + 1, 1), "one service too many");
	refused(g, large(1, MESHMOD_MAX_REDIRECTS + 1),
		"one redirect too many");
	accepted(g, bound(MESHMOD_MAX_BINDINGS),
		 "as many bindings as there may be");
	refused(g, bound(MESHMOD_MAX_BINDINGS + 1), "one binding too many");
	accepted(g, tunnel(MESHMOD_MAX_PEERS),
		 "as many peers as there may be");
	refused(g, tunnel(MESHMOD_MAX_PEERS + 1), "one peer too many");
	accepted(g, container(MESHMOD_MAX_ORIGINS),
		 "as many origins as there may be");
	refused(g, container(MESHMOD_MAX_ORIGINS + 1), "one origin too many");
	accepted(g, open_service(MESHMOD_MAX_PORTS,
				 MESHMOD_MAX_SERVICE_SOURCES / MESHMOD_MAX_PORTS,
				 MESHMOD_MAX_LISTEN),
		 "as many ranges, sources and listen as there may be");
	accepted(g, open_service(MESHMOD_MAX_SERVICE_SOURCES /
				 MESHMOD_MAX_SOURCES, MESHMOD_MAX_SOURCES, 0),
		 "as many sources of each range");
	refused(g, open_service(MESHMOD_MAX_SERVICE_SOURCES /
				MESHMOD_MAX_SOURCES + 1, MESHMOD_MAX_SOURCES, 0),
		"a range of sources too many");
	refused(g, open_service(MESHMOD_MAX_PORTS + 1, 1, 1),
		"one range too many");
	refused(g, open_service(1, 1, MESHMOD_MAX_LISTEN + 1),
		"one listen too many");
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
