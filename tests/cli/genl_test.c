// SPDX-License-Identifier: GPL-2.0
/*
 * A whole configuration as messages, and out of messages again.  In place of
 * the module are a few functions that keep what they are sent; that a kernel
 * takes the same is for module/config_test.c to say.  Prints TAP.
 */
#include <libmnl/libmnl.h>
#include <linux/genetlink.h>

#include "genl.h"
#include "sample.h"

/* What was sent last, and each backend by itself as the module tells them */
static struct replies sent, backends;

static void keep(struct replies *out, const struct nlattr *a)
{
	struct nlattr **slot = array_add(&out->v, &out->n, sizeof(*slot));

	*slot = xcalloc(1, a->nla_len);
	memcpy(*slot, a, a->nla_len);
}

void replies_free(struct replies *replies)
{
	size_t i;

	for (i = 0; i < replies->n; i++)
		free(replies->v[i]);
	free(replies->v);
	memset(replies, 0, sizeof(*replies));
}

/* The module tells a weight that was left out. */
static void put_backend(struct request *r, const struct nlattr *backend)
{
	size_t nest = put_nest(r, MESHMOD_A_SERVICE_BACKEND);
	const struct nlattr *a;

	mnl_attr_for_each_nested(a, backend)
		put_data(r, a->nla_type, mnl_attr_get_payload(a),
			 mnl_attr_get_payload_len(a));
	if (!take_attr(backend, MESHMOD_A_BACKEND_WEIGHT))
		put_u32(r, MESHMOD_A_BACKEND_WEIGHT, MESHMOD_WEIGHT_DEFAULT);
	put_end(r, nest);
}

static void keep_backends(const struct nlattr *service)
{
	const struct nlattr *a;
	struct request r;
	size_t nest;

	mnl_attr_for_each_nested(a, service) {
		if (mnl_attr_get_type(a) != MESHMOD_A_SERVICE_BACKEND)
			continue;
		request_init(&r, MESHMOD_CMD_BACKEND_GET);
		nest = put_nest(&r, MESHMOD_A_SERVICE);
		put_string(&r, MESHMOD_A_SERVICE_NAME,
			   take_string(service, MESHMOD_A_SERVICE_NAME));
		put_backend(&r, a);
		put_end(&r, nest);
		keep(&backends, mnl_nlmsg_get_payload_offset(r.nlh,
							     GENL_HDRLEN));
		request_free(&r);
	}
}

static void forget(void)
{
	replies_free(&sent);
	replies_free(&backends);
}

int genl_talk(struct genl *g, struct request *r)
{
	const struct nlattr *a;
	bool too_long = r->too_long;

	(void)g;
	forget();
	mnl_attr_for_each(a, r->nlh, GENL_HDRLEN) {
		if (too_long)
			break;
		keep(&sent, a);
		if (mnl_attr_get_type(a) == MESHMOD_A_SERVICE)
			keep_backends(a);
	}
	request_free(r);
	return too_long ? 2 : 0;
}

int genl_dump(struct genl *g, struct request *r, struct replies *out)
{
	static const uint16_t types[] = {
		[MESHMOD_CMD_NODE_GET] = MESHMOD_A_NODE,
		[MESHMOD_CMD_SERVICE_GET] = MESHMOD_A_SERVICE,
		[MESHMOD_CMD_BACKEND_GET] = MESHMOD_A_SERVICE,
		[MESHMOD_CMD_REDIRECT_GET] = MESHMOD_A_REDIRECT,
		[MESHMOD_CMD_BINDING_GET] = MESHMOD_A_BINDING,
	};
	const struct genlmsghdr *h = mnl_nlmsg_get_payload(r->nlh);
	const struct replies *from = &sent;
	size_t i;

	(void)g;
	if (h->cmd == MESHMOD_CMD_BACKEND_GET)
		from = &backends;
	for (i = 0; i < from->n; i++)
		if (mnl_attr_get_type(from->v[i]) == types[h->cmd])
			keep(out, from->v[i]);
	request_free(r);
	return 0;
}

int genl_query(struct genl *g, struct request *r, struct replies *out)
{
	return genl_dump(g, r, out);
}

static void comes_back(struct nsconf *c, const char *what)
{
	struct nsconf *have = NULL;

	ok(!genl_config_too_long(c) && !genl_config_replace(NULL, c) &&
	   !genl_config_get(NULL, &have) && nsconf_equal(c, have), what);
	nsconf_free(have);
	nsconf_free(c);
}

/* The first one, and so many behind it */
static struct addr nth(const char *first, uint32_t n)
{
	struct addr a = ip(first);
	size_t last = a.family == AF_INET6 ? 15 : 3;

	a.bytes[last] = n;
	a.bytes[last - 1] = n >> 8;
	return a;
}

/* As large as a node can be: its nest must hold it */
static struct nsconf *full_node(void)
{
	struct nsconf *c = nsconf_new();
	uint32_t i;

	for (i = 0; i < MESHMOD_MAX_INGRESS; i++) {
		*nsconf_add_ingress(c) = nth("10.11.0.0", i);
		*nsconf_add_ingress(c) = nth("fd00:11::", i);
	}
	for (i = 0; i < MESHMOD_MAX_MASQUERADE; i++)
		*nsconf_add_masquerade(c) = nth("fd00:18::", i);
	for (i = 0; i < MESHMOD_MAX_GUARDS; i++) {
		struct nsconf_guard *g = nsconf_add_guard(c);

		g->addr = nth("fd00:11::", i);
		strcpy(g->dev, "fifteen-letters");
	}
	c->tunnel_port = 65535;
	c->tunnel_vni = 0xffffff;
	for (i = 0; i < MESHMOD_MAX_PEERS; i++)
		*nsconf_add_peer(c) = nth("2001:db8::", i);
	return c;
}

/* And a container, whose clients come by as many nodes as there may be */
static struct nsconf *full_container(void)
{
	struct nsconf *c = nsconf_new();
	struct nsconf_origin *o;
	struct nsconf_guard *g;
	uint32_t i;

	for (i = 0; i < FAMILIES; i++) {
		g = nsconf_add_guard(c);
		g->addr = ip(i ? "fd00:11::c" : "10.11.0.12");
		strcpy(g->dev, "fifteen-letters");
	}
	for (i = 0; i < MESHMOD_MAX_ORIGINS; i++) {
		o = nsconf_add_origin(c);
		o->addr.v[0] = nth("10.11.0.0", i);
		o->addr.v[1] = nth("fd00:11::", i);
		endpoint_mac(&o->addr, o->mac);
	}
	return c;
}

/* All that a service can have but for its backends */
static struct nsconf *full_service(void)
{
	struct nsconf *c = nsconf_new();
	struct nsconf_service *s = nsconf_add_service(c, "web");
	struct publish *p;
	uint32_t i;

	for (i = 0; i < MESHMOD_MAX_PORTS; i++) {
		p = nsconf_add_port(s);
		p->port = (struct port){
			.proto = IPPROTO_SCTP,
			.published = 1000 * i + 1, .last = 1000 * i + 1000,
			.target = 1000 * i + 2, .target_last = 1000 * i + 1001,
		};
		for (; p->nsources < SOURCES_MAX; p->nsources++)
			p->sources[p->nsources] = nth("2001:db8::",
						      p->nsources);
	}
	for (i = 0; i < MESHMOD_MAX_LISTEN; i++)
		listen_parse("fifteen-letters", nsconf_add_listen(s));
	return c;
}

static struct nsconf *many_backends(uint32_t n, const char *v4, const char *v6)
{
	struct nsconf *c = nsconf_new();
	struct nsconf_service *s = nsconf_add_service(c, "web");
	char name[24];
	uint32_t i;

	for (i = 0; i < n; i++) {
		struct nsconf_backend *b;

		snprintf(name, sizeof(name), "web.%019u", i);
		b = nsconf_add_backend(s, name);
		if (v4)
			b->addr.v[0] = nth(v4, i);
		if (v6)
			b->addr.v[1] = nth(v6, i);
	}
	return c;
}

static void too_long(struct nsconf *c, const char *what)
{
	const char *name = genl_config_too_long(c);

	ok(name && !strcmp(name, "web") && genl_config_replace(NULL, c), what);
	nsconf_free(c);
}

int main(void)
{
	comes_back(nsconf_new(), "nothing at all");
	comes_back(sample(), "something of everything");
	comes_back(full_node(), "a node with all that it can have");
	comes_back(full_container(), "a container with all its origins");
	comes_back(full_service(), "a service with all its ports and sources");
	comes_back(many_backends(MESHMOD_MAX_BACKENDS, "10.11.0.0", NULL),
		   "as many backends as there may be, IPv4");
	comes_back(many_backends(MESHMOD_MAX_BACKENDS, NULL, "fd00:11::"),
		   "as many backends as there may be, IPv6");
	too_long(many_backends(MESHMOD_MAX_BACKENDS, "10.11.0.0", "fd00:11::"),
		 "with both they are too long");
	comes_back(many_backends(900, "10.11.0.0", "fd00:11::"),
		   "fewer with both are not");
	forget();
	return tap_end();
}
