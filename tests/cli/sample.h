/* SPDX-License-Identifier: GPL-2.0 */
/* A configuration that the module takes, with something of everything in it */
#ifndef SAMPLE_H
#define SAMPLE_H

#include <linux/meshmod.h>
#include <string.h>

#include "nsconf.h"
#include "tap.h"

static inline struct addr net(const char *text)
{
	struct addr a = { 0 };

	prefix_parse(text, &a);
	return a;
}

/* Of two addresses, or of one for NULL */
static inline struct dual both(const char *v4, const char *v6)
{
	struct dual d = { 0 };

	if (v4)
		d.v[0] = ip(v4);
	if (v6)
		d.v[1] = ip(v6);
	return d;
}

static inline void sample_origin(struct nsconf *c, uint8_t last,
				 const char *v4, const char *v6)
{
	struct nsconf_origin *o = nsconf_add_origin(c);

	memcpy(o->mac, "\x02\x42\x0a\x0b\x00", 5);
	o->mac[5] = last;
	o->addr = both(v4, v6);
}

static inline void sample_node(struct nsconf *c)
{
	static const char *const ingress[] = {
		"10.11.0.9", "10.11.0.4", "fd00:11::9", "fd00:11::4",
	};
	struct nsconf_guard *g;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ingress); i++)
		*nsconf_add_ingress(c) = ip(ingress[i]);
	*nsconf_add_masquerade(c) = net("172.18.0.0/16");
	*nsconf_add_masquerade(c) = net("fd00:18::/64");
	g = nsconf_add_guard(c);
	g->addr = ip("10.11.0.12");
	strcpy(g->dev, "fifteen-letters");
	g = nsconf_add_guard(c);
	g->addr = ip("fd00:11::c");
	strcpy(g->dev, "eth0");
	c->offload = false;
	c->tunnel_port = 4789;
	c->tunnel_vni = 4242;
	*nsconf_add_peer(c) = ip("192.0.2.11");
	*nsconf_add_peer(c) = ip("2001:db8::12");
	sample_origin(c, 9, "10.11.0.9", "fd00:11::9");
	sample_origin(c, 4, "10.11.0.4", NULL);
}

static inline struct publish *sample_port(struct nsconf_service *s,
					  const char *text)
{
	struct publish *p = nsconf_add_port(s);

	port_parse(text, &p->port);
	return p;
}

static inline struct nsconf_backend *sample_backend(struct nsconf_service *s,
						    const char *name,
						    const char *v4,
						    const char *v6)
{
	struct nsconf_backend *b = nsconf_add_backend(s, name);

	b->addr = both(v4, v6);
	return b;
}

static inline void sample_service(struct nsconf_service *s)
{
	static const char *const listen[] = {
		"192.0.2.10", "192.0.2.128/25", "eth0", "2001:db8::/64",
	};
	struct publish *p;
	size_t i;

	sample_port(s, "443:8443/tcp");
	sample_port(s, "8000-8099:8000-8099/tcp");
	sample_port(s, "9000:9000/sctp");
	p = sample_port(s, "9000-9009:90/udp");
	p->sources[p->nsources++] = net("192.0.2.0/24");
	p->sources[p->nsources++] = net("2001:db8::/32");
	for (i = 0; i < ARRAY_SIZE(listen); i++)
		listen_parse(listen[i], nsconf_add_listen(s));
	*nsconf_add_vip(s) = ip("10.11.0.20");
	*nsconf_add_vip(s) = ip("fd00:11::20");
	s->refuse = MESHMOD_REFUSE_DROP;
	s->offload = false;
	sample_backend(s, "web.2", "10.11.0.12", "fd00:11::c")->weight = 0;
	sample_backend(s, "web.1", "10.11.0.13", NULL)->state =
		MESHMOD_STATE_DRAINING;
	sample_backend(s, "web.3", NULL, "fd00:11::d");
}

static inline void sample_redirect(struct nsconf *c, const char *addr,
				   const char *port)
{
	struct nsconf_redirect *r = nsconf_add_redirect(c);
	struct port p = { 0 };

	port_parse(port, &p);
	r->addr = ip(addr);
	r->proto = p.proto;
	r->from = p.published;
	r->from_last = p.last;
	r->to = p.target;
	r->to_last = p.target_last;
}

static inline void sample_binding(struct nsconf *c, const char *dev,
				  uint8_t last)
{
	struct nsconf_binding *b = nsconf_add_binding(c);

	strcpy(b->dev, dev);
	memcpy(b->mac, "\x02\x42\x0a\x0b\x00", 5);
	b->mac[5] = last;
	b->addrs[b->naddrs] = ip("10.11.0.0");
	b->addrs[b->naddrs++].bytes[3] = last;
	b->addrs[b->naddrs] = ip("fd00:11::");
	b->addrs[b->naddrs++].bytes[15] = last;
}

static inline struct nsconf *sample(void)
{
	struct nsconf *c = nsconf_new();
	struct nsconf_service *s;

	sample_node(c);
	sample_service(nsconf_add_service(c, "web"));
	s = nsconf_add_service(c, "shop");
	s->mark = 300;
	s->source = MESHMOD_SOURCE_PRESERVE;
	sample_port(s, "80:80/tcp");
	sample_redirect(c, "10.11.0.12", "443:8443/tcp");
	sample_redirect(c, "10.11.0.12", "8000-8099:8000-8099/tcp");
	sample_redirect(c, "fd00:11::c", "9000-9009:90/sctp");
	sample_binding(c, "c0a0b000c", 12);
	sample_binding(c, "mg0a0b000c", 13);
	return c;
}

#endif
