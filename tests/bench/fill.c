// SPDX-License-Identifier: GPL-2.0
/*
 * fill: a namespace with many services.
 *
 *	fill INGRESS SERVICES BACKENDS [WEB_BACKEND...]
 *
 * In one transaction: the node's ingress address, the service web, 8080 to 80 by
 * TCP and UDP, with the backends that are named, if there are any, and beside it
 * SERVICES others of BACKENDS each, at the TCP ports from 10000 up.  Prints how
 * many nanoseconds the transaction took; making it ready is not in it.  Without
 * a service at all it leaves nothing.  It is a measure if there is no web.
 */
#include <linux/meshmod.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "genl.h"
#include "mark.h"

static struct addr ip(const char *text)
{
	struct addr a;

	if (addr_parse(text, &a))
		exit(1);
	return a;
}

static void add_port(struct nsconf_service *s, uint8_t proto, uint16_t from)
{
	struct port *p = &nsconf_add_port(s)->port;

	p->proto = proto;
	p->published = from;
	p->last = from;
	p->target = 80;
	p->target_last = 80;
}

static void add_backend(struct nsconf_service *s, const char *name,
			struct addr a)
{
	struct nsconf_backend *b = nsconf_add_backend(s, name);

	b->addr.v[0] = a;
	b->weight = 1;
}

static void add_web(struct nsconf *c, char **backends)
{
	struct nsconf_service *s = nsconf_add_service(c, "web");
	char name[16];
	int i;

	add_port(s, IPPROTO_TCP, 8080);
	add_port(s, IPPROTO_UDP, 8080);
	for (i = 0; backends[i]; i++) {
		snprintf(name, sizeof(name), "web.%d", i + 1);
		add_backend(s, name, ip(backends[i]));
	}
}

static void add_other(struct nsconf *c, int n, int backends)
{
	struct nsconf_service *s;
	struct addr a = ip("10.11.1.0");
	char name[32];
	int i;

	snprintf(name, sizeof(name), "service%d", n);
	s = nsconf_add_service(c, name);
	add_port(s, IPPROTO_TCP, 10000 + n);
	for (i = 1; i <= backends; i++) {
		snprintf(name, sizeof(name), "service%d.%d", n, i);
		a.bytes[3] = i;
		add_backend(s, name, a);
	}
}

int main(int argc, char **argv)
{
	struct nsconf *c = nsconf_new();
	struct genl *g = genl_open();
	int i, ret, services;
	struct timespec t0, t1;

	if (argc < 4 || !g)
		return 1;
	services = atoi(argv[2]);
	if (argc > 4)
		add_web(c, argv + 4);
	for (i = 0; i < services; i++)
		add_other(c, i, atoi(argv[3]));
	if (argc > 4 || services)
		*nsconf_add_ingress(c) = ip(argv[1]);
	clock_gettime(CLOCK_MONOTONIC, &t0);
	if (argc == 4)
		mark_begin();
	ret = genl_config_replace(g, c);
	if (argc == 4)
		mark_end();
	clock_gettime(CLOCK_MONOTONIC, &t1);
	printf("%lld\n", (t1.tv_sec - t0.tv_sec) * 1000000000LL +
	       t1.tv_nsec - t0.tv_nsec);
	return ret;
}
