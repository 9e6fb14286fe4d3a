// SPDX-License-Identifier: GPL-2.0
/* Services and backends as the module sends them, in the mesh file's words */
#include <assert.h>
#include <libmnl/libmnl.h>
#include <linux/meshmod.h>
#include <string.h>

#include "kind.h"
#include "object.h"
#include "print.h"
#include "words.h"

static const char *const stats[] = {
	[MESHMOD_A_SSTAT_CONNECTIONS] = "connections",
	[MESHMOD_A_SSTAT_NO_BACKEND] = "no_backend",
	[MESHMOD_A_SSTAT_NO_PORT] = "no_port",
	[MESHMOD_A_SSTAT_STRAY] = "stray",
	[MESHMOD_A_SSTAT_OUTSIDE] = "outside",
};

static_assert(ARRAY_SIZE(stats) == MESHMOD_A_SSTAT_PAD,
	      "every counter of a service has a word");

static uint64_t counter(const struct nlattr *nest, uint16_t type)
{
	const struct nlattr *a = take_attr(nest, type);

	return a ? mnl_attr_get_u64(a) : 0;
}

static void print_stats(const struct nlattr *nest)
{
	size_t i;

	print_map("stats");
	for (i = MESHMOD_A_SSTAT_CONNECTIONS; i < ARRAY_SIZE(stats); i++)
		print_number(stats[i], counter(nest, i));
	print_end();
}

void print_addrs(const char *key, const struct addr *v, size_t n)
{
	size_t i;

	if (n > 1)
		print_list(key);
	for (i = 0; i < n; i++)
		print_word(key, addr_str(&v[i], NULL));
	if (n > 1)
		print_end();
}

void print_dual(const char *key, const struct dual *d)
{
	struct addr v[FAMILIES];
	const struct addr *a;
	size_t n = 0;

	for_each_addr(a, d)
		v[n++] = *a;
	print_addrs(key, v, n);
}

/* The port alone is a value in the mesh file; with sources it is a map. */
static void print_publish(const struct publish *p)
{
	const char *port = port_str(&p->port, NULL);
	size_t i;

	if (!p->nsources) {
		print_word("publish", port);
		return;
	}
	print_group("publish");
	print_value("port", port);
	print_list("from");
	for (i = 0; i < p->nsources; i++)
		print_word("from", prefix_str(&p->sources[i], NULL));
	print_end();
	print_end();
}

static void print_ports(const struct nsconf_service *s)
{
	size_t i;

	if (!s->nports && !options.details)
		return;
	print_list("publish");
	for (i = 0; i < s->nports; i++)
		print_publish(&s->ports[i]);
	print_end();
}

static void print_listen(const struct nsconf_service *s)
{
	size_t i;

	if (!s->nlisten && !options.details)
		return;
	print_list("listen");
	for (i = 0; i < s->nlisten; i++)
		print_word("listen", listen_str(&s->listen[i], NULL));
	print_end();
}

static void print_settings(const struct nlattr *service)
{
	struct nsconf *c = nsconf_new();
	const struct nsconf_service *s = take_service(service, c);

	print_ports(s);
	print_listen(s);
	if (s->refuse != MESHMOD_REFUSE_REJECT || options.details)
		print_word("refuse", words_name(&refuse_words, s->refuse));
	print_addrs("vip", s->vips, s->nvips);
	print_number("mark", s->mark);
	print_word("scheduler", words_name(&scheduler_words, s->scheduler));
	if (s->source != MESHMOD_SOURCE_INGRESS || options.details)
		print_word("source", words_name(&source_words, s->source));
	if (!s->offload || options.details)
		print_word("offload", words_name(&switch_words, s->offload));
	if (options.statistics)
		print_stats(take_attr(service, MESHMOD_A_SERVICE_STATS));
	nsconf_free(c);
}

void print_backend(const struct nlattr *backend)
{
	struct nsconf *c = nsconf_new();
	const struct nsconf_backend *b;

	b = take_backend(backend, nsconf_add_service(c, ""));
	print_item("backend", b->name);
	print_dual("ip", &b->addr);
	print_number("weight", b->weight);
	print_word("state", words_name(&state_words, b->state));
	if (options.statistics)
		print_number("connections",
			     counter(backend, MESHMOD_A_BACKEND_CONNECTIONS));
	print_end();
	nsconf_free(c);
}

/* Those of one service, from *at on */
static void print_backends(const char *service, const struct replies *in,
			   size_t *at)
{
	print_map("backends");
	for (; *at < in->n; (*at)++) {
		const char *of = take_string(in->v[*at],
					     MESHMOD_A_SERVICE_NAME);

		if (strcmp(of, service) > 0)
			break;
		/* Less: of a service that came after the services were read */
		if (!strcmp(of, service))
			print_backend(take_attr(in->v[*at],
						MESHMOD_A_SERVICE_BACKEND));
	}
	print_end();
}

void print_services(const struct replies *services,
		    const struct replies *backends, bool bare)
{
	size_t i, at = 0;

	print_map("services");
	for (i = 0; i < services->n; i++) {
		const char *name = take_string(services->v[i],
					       MESHMOD_A_SERVICE_NAME);

		print_item("service", name);
		if (!bare)
			print_settings(services->v[i]);
		print_backends(name, backends, &at);
		print_end();
	}
	print_end();
}

static int read_services(struct genl *g, const struct arg *name,
			 struct replies *out)
{
	struct request r;

	request_init(&r, MESHMOD_CMD_SERVICE_GET);
	if (!name)
		return genl_dump(g, &r, out);
	put_end(&r, put_service_name(&r, name));
	return genl_query(g, &r, out);
}

static int read_backends(struct genl *g, const struct arg *service,
			 struct replies *out)
{
	struct request r;

	request_init(&r, MESHMOD_CMD_BACKEND_GET);
	if (service)
		put_end(&r, put_service_name(&r, service));
	return genl_dump(g, &r, out);
}

int get_services(const struct arg *name, struct replies *services,
		 struct replies *backends)
{
	struct genl *g = genl_open();
	int ret;

	if (!g)
		return genl_open_error();
	ret = read_services(g, name, services);
	if (!ret)
		ret = read_backends(g, name, backends);
	genl_close(g);
	return ret;
}
