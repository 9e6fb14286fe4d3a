// SPDX-License-Identifier: GPL-2.0
/* A namespace's whole configuration, to the module and back. */
#include <libmnl/libmnl.h>
#include <linux/meshmod.h>
#include <stdio.h>
#include <string.h>

#include "cmd.h"
#include "genl.h"

/* Services may change between one dump and the next; then look again. */
#define LOOK_RETRIES	16

static void put_origins(struct request *r, const struct nsconf *c)
{
	const struct nsconf_origin *o;
	size_t nest;

	for (o = c->origins; o < c->origins + c->norigins; o++) {
		nest = put_origin(r, o->mac);
		put_dual(r, MESHMOD_A_ORIGIN_ADDR, &o->addr);
		put_end(r, nest);
	}
}

static void put_node(struct request *r, const struct nsconf *c)
{
	size_t nest, i;

	request_about(r, "node", NULL);
	nest = put_nest(r, MESHMOD_A_NODE);
	if (c->mask)
		put_u32(r, MESHMOD_A_NODE_MASK, c->mask);
	put_u8(r, MESHMOD_A_NODE_OFFLOAD, c->offload);
	put_u8(r, MESHMOD_A_NODE_OVERLAY, c->overlay);
	for (i = 0; i < c->ningress; i++)
		put_addr(r, MESHMOD_A_NODE_INGRESS, &c->ingress[i]);
	for (i = 0; i < c->nmasquerade; i++)
		put_prefix(r, MESHMOD_A_NODE_MASQUERADE, &c->masquerade[i]);
	for (i = 0; i < c->nguards; i++)
		put_guard(r, &c->guards[i].addr, c->guards[i].dev);
	if (c->tunnel_port)
		put_tunnel(r, c->tunnel_port, c->tunnel_vni);
	for (i = 0; i < c->npeers; i++)
		put_addr(r, MESHMOD_A_NODE_PEER, &c->peers[i]);
	put_origins(r, c);
	put_end(r, nest);
}

static void put_backend(struct request *r, const struct nsconf_backend *b)
{
	size_t nest = put_nest(r, MESHMOD_A_SERVICE_BACKEND);

	put_string(r, MESHMOD_A_BACKEND_NAME, b->name);
	put_dual(r, MESHMOD_A_BACKEND_ADDR, &b->addr);
	/* What is the default takes no room: a service can have many. */
	if (b->weight != MESHMOD_WEIGHT_DEFAULT)
		put_u32(r, MESHMOD_A_BACKEND_WEIGHT, b->weight);
	if (b->state != MESHMOD_STATE_UP)
		put_u8(r, MESHMOD_A_BACKEND_STATE, b->state);
	put_end(r, nest);
}

static void put_publish(struct request *r, const struct publish *p)
{
	size_t nest = put_port(r, &p->port), i;

	for (i = 0; i < p->nsources; i++)
		put_prefix(r, MESHMOD_A_PORT_SOURCE, &p->sources[i]);
	put_end(r, nest);
}

static void put_service(struct request *r, const struct nsconf_service *s)
{
	size_t nest, i;

	request_about(r, "service", s->name);
	nest = put_nest(r, MESHMOD_A_SERVICE);
	put_string(r, MESHMOD_A_SERVICE_NAME, s->name);
	if (s->mark)
		put_u32(r, MESHMOD_A_SERVICE_MARK, s->mark);
	put_u8(r, MESHMOD_A_SERVICE_SCHEDULER, s->scheduler);
	put_u8(r, MESHMOD_A_SERVICE_SOURCE, s->source);
	put_u8(r, MESHMOD_A_SERVICE_REFUSE, s->refuse);
	put_u8(r, MESHMOD_A_SERVICE_OFFLOAD, s->offload);
	for (i = 0; i < s->nvips; i++)
		put_addr(r, MESHMOD_A_SERVICE_VIP, &s->vips[i]);
	for (i = 0; i < s->nlisten; i++)
		put_listen(r, &s->listen[i]);
	for (i = 0; i < s->nports; i++)
		put_publish(r, &s->ports[i]);
	for (i = 0; i < s->nbackends; i++)
		put_backend(r, &s->backends[i]);
	put_end(r, nest);
}

static void put_redirect(struct request *r, const struct nsconf_redirect *d)
{
	size_t nest;

	request_about(r, "redirect", NULL);
	nest = put_nest(r, MESHMOD_A_REDIRECT);
	put_addr(r, MESHMOD_A_REDIRECT_ADDR, &d->addr);
	put_u8(r, MESHMOD_A_REDIRECT_PROTO, d->proto);
	put_u16(r, MESHMOD_A_REDIRECT_FROM, d->from);
	put_u16(r, MESHMOD_A_REDIRECT_TO, d->to);
	if (d->from_last != d->from) {
		put_u16(r, MESHMOD_A_REDIRECT_FROM_LAST, d->from_last);
		put_u16(r, MESHMOD_A_REDIRECT_TO_LAST, d->to_last);
	}
	put_end(r, nest);
}

static void put_binding(struct request *r, const struct nsconf_binding *b)
{
	size_t nest, i;

	request_about(r, "binding", b->dev);
	nest = put_nest(r, MESHMOD_A_BINDING);
	put_string(r, MESHMOD_A_BINDING_DEV, b->dev);
	put_data(r, MESHMOD_A_BINDING_MAC, b->mac, sizeof(b->mac));
	for (i = 0; i < b->naddrs; i++)
		put_addr(r, MESHMOD_A_BINDING_ADDR, &b->addrs[i]);
	put_end(r, nest);
}

static void put_config(struct request *r, const struct nsconf *c)
{
	size_t i;

	request_init(r, MESHMOD_CMD_CONFIG_REPLACE);
	if (!nsconf_empty(c))
		put_node(r, c);
	for (i = 0; i < c->nservices; i++)
		put_service(r, &c->services[i]);
	for (i = 0; i < c->nredirects; i++)
		put_redirect(r, &c->redirects[i]);
	for (i = 0; i < c->nbindings; i++)
		put_binding(r, &c->bindings[i]);
}

int genl_config_replace(struct genl *g, const struct nsconf *c)
{
	struct request r;

	put_config(&r, c);
	return genl_talk(g, &r);
}

const char *genl_config_too_long(const struct nsconf *c)
{
	const char *name;
	struct request r;

	put_config(&r, c);
	name = r.too_long ? request_blame(&r, r.longest)->value : NULL;
	request_free(&r);
	return name;
}

static int dump(struct genl *g, uint8_t cmd, struct replies *out)
{
	struct request r;

	request_init(&r, cmd);
	return genl_dump(g, &r, out);
}

static int get_node(struct genl *g, struct nsconf *c)
{
	struct replies in = { 0 };
	struct request r;
	int ret;

	request_init(&r, MESHMOD_CMD_NODE_GET);
	ret = genl_query(g, &r, &in);
	if (!ret && in.n)
		take_node(in.v[0], c);
	replies_free(&in);
	return ret;
}

static int get_services(struct genl *g, struct nsconf *c)
{
	struct replies in = { 0 };
	int ret = dump(g, MESHMOD_CMD_SERVICE_GET, &in);
	size_t i;

	for (i = 0; !ret && i < in.n; i++)
		take_service(in.v[i], c);
	replies_free(&in);
	return ret;
}

/* Both dumps are in the order of the names; false: they do not match. */
static bool match_backends(const struct replies *in, struct nsconf *c)
{
	size_t i, s = 0;

	for (i = 0; i < in->n; i++) {
		const char *name = take_string(in->v[i],
					       MESHMOD_A_SERVICE_NAME);

		while (s < c->nservices && strcmp(c->services[s].name, name))
			s++;
		if (s == c->nservices)
			return false;
		take_backend(take_attr(in->v[i], MESHMOD_A_SERVICE_BACKEND),
			     &c->services[s]);
	}
	return true;
}

static int get_backends(struct genl *g, struct nsconf *c, bool *matched)
{
	struct replies in = { 0 };
	int ret = dump(g, MESHMOD_CMD_BACKEND_GET, &in);

	*matched = !ret && match_backends(&in, c);
	replies_free(&in);
	return ret;
}

/* What goes into c one by one, whatever else there is */
static int get_each(struct genl *g, uint8_t cmd, struct nsconf *c,
		    void (*take)(const struct nlattr *nest, struct nsconf *c))
{
	struct replies in = { 0 };
	int ret = dump(g, cmd, &in);
	size_t i;

	for (i = 0; !ret && i < in.n; i++)
		take(in.v[i], c);
	replies_free(&in);
	return ret;
}

static int get_once(struct genl *g, struct nsconf *c, bool *matched)
{
	int ret = get_node(g, c);

	if (!ret)
		ret = get_services(g, c);
	if (!ret)
		ret = get_backends(g, c, matched);
	if (!ret)
		ret = get_each(g, MESHMOD_CMD_REDIRECT_GET, c, take_redirect);
	if (!ret)
		ret = get_each(g, MESHMOD_CMD_BINDING_GET, c, take_binding);
	return ret;
}

int genl_config_get(struct genl *g, struct nsconf **out)
{
	int tries = LOOK_RETRIES, ret;
	bool matched = false;
	struct nsconf *c;

	do {
		c = nsconf_new();
		ret = get_once(g, c, &matched);
		if (!ret && matched) {
			*out = c;
			return 0;
		}
		nsconf_free(c);
	} while (!ret && --tries);
	if (ret)
		return ret;
	fflush(stdout);
	fputs("the configuration changes all the time; repeat the command when it has settled\n",
	      stderr);
	return EXIT_REFUSED;
}
