// SPDX-License-Identifier: GPL-2.0
/*
 * What the module would be told in each namespace of a node.  Prints TAP; the
 * first argument is the directory of the mesh files.
 */
#include <stdarg.h>
#include <string.h>

#include <linux/meshmod.h>

#include "plan.h"
#include "tap.h"

struct text {
	char buf[2048];
	size_t len;
};

__printf(2, 3)
static void add(struct text *t, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	t->len += vsnprintf(t->buf + t->len, sizeof(t->buf) - t->len, fmt, ap);
	va_end(ap);
}

static void add_service(struct text *t, const struct nsconf_service *s)
{
	size_t i;

	add(t, "service %s mark %u sched %u source %s\n", s->name, s->mark,
	    s->scheduler,
	    s->source == MESHMOD_SOURCE_LOCAL ? "local" : "ingress");
	for (i = 0; i < s->nvips; i++)
		add(t, " vip %s\n", prefix_str(&s->vips[i], NULL));
	for (i = 0; i < s->nports; i++)
		add(t, " port %s\n", port_str(&s->ports[i], NULL));
	for (i = 0; i < s->nbackends; i++)
		add(t, " backend %s %s weight %u state %u\n",
		    s->backends[i].name,
		    prefix_str(&s->backends[i].addr, NULL),
		    s->backends[i].weight, s->backends[i].state);
}

/* A whole configuration as lines, so that nothing in it escapes a test */
static const char *lines(const struct nsconf *c)
{
	static struct text t;
	size_t i;

	t.len = 0;
	t.buf[0] = '\0';
	for (i = 0; i < c->ningress; i++)
		add(&t, "ingress %s\n", prefix_str(&c->ingress[i], NULL));
	for (i = 0; i < c->nmasquerade; i++)
		add(&t, "masquerade %s\n", prefix_str(&c->masquerade[i], NULL));
	for (i = 0; i < c->nguards; i++)
		add(&t, "guard %s dev %s\n",
		    prefix_str(&c->guards[i].addr, NULL), c->guards[i].dev);
	for (i = 0; i < c->nservices; i++)
		add_service(&t, &c->services[i]);
	for (i = 0; i < c->nredirects; i++)
		add(&t, "redirect %s %s %u to %u\n",
		    prefix_str(&c->redirects[i].addr, NULL),
		    proto_str(c->redirects[i].proto), c->redirects[i].from,
		    c->redirects[i].to);
	return t.buf;
}

static void is(struct nsconf *c, const char *want, const char *name)
{
	const char *have = c ? lines(c) : "nothing\n";

	ok(!strcmp(have, want), name);
	if (strcmp(have, want))
		fprintf(stderr, "# have:\n%s# want:\n%s", have, want);
	nsconf_free(c);
}

static struct nsconf *container(const struct mesh *m, const char *node,
				const char *text)
{
	struct addr a = ip(text);

	return plan_container(m, mesh_node_find(m, node), &a);
}

static void test_example(const struct mesh *m)
{
	const char *backends =
		" backend web.1 10.11.0.12/32 weight 1 state 0\n"
		" backend web.2 10.11.0.13/32 weight 1 state 0\n"
		" backend web.3 10.11.0.16/32 weight 1 state 0\n";
	static const char *const nodes[][2] = {
		{ "manager", "10.11.0.4" },
		{ "node01", "10.11.0.9" },
		{ "node02", "10.11.0.10" },
	};
	char want[512], name[64];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(nodes); i++) {
		const struct mesh_node *n = mesh_node_find(m, nodes[i][0]);

		snprintf(name, sizeof(name), "example: host of %s", n->name);
		is(plan_host(m, n),
		   "ingress 172.18.0.1/32\nmasquerade 172.18.0.0/16\n"
		   "service web mark 0 sched 0 source local\n"
		   " port 8080:80/tcp\n"
		   " backend sandbox 172.18.0.2/32 weight 1 state 0\n", name);
		snprintf(want, sizeof(want),
			 "ingress %s/32\nservice web mark 0 sched 0 source ingress\n vip 10.11.0.20/32\n port 8080:80/tcp\n%s",
			 nodes[i][1], backends);
		snprintf(name, sizeof(name), "example: sandbox of %s", n->name);
		is(plan_sandbox(m, n), want, name);
	}
	is(container(m, "node01", "10.11.0.12"),
	   "guard 10.11.0.12/32 dev eth0\nredirect 10.11.0.12/32 tcp 8080 to 80\n",
	   "example: container web.1");
	is(container(m, "manager", "10.11.0.16"),
	   "guard 10.11.0.16/32 dev eth0\nredirect 10.11.0.16/32 tcp 8080 to 80\n",
	   "example: container web.3");
	is(container(m, "manager", "10.11.0.12"), "nothing\n",
	   "example: a container of another node is none of ours");
	is(container(m, "manager", "10.11.0.99"), "nothing\n",
	   "example: an address of no container");
}

static void test_rich(const struct mesh *m)
{
	const struct mesh_node *one = mesh_node_find(m, "one");

	is(plan_host(m, one),
	   "ingress 192.168.50.9/32\nmasquerade 192.168.50.0/24\n"
	   "service web mark 300 sched 0 source local\n"
	   " port 8080:80/tcp\n port 9090:9090/tcp\n"
	   " backend sandbox 192.168.50.8/32 weight 1 state 0\n"
	   "service dns mark 0 sched 0 source local\n port 53:5353/udp\n"
	   " backend sandbox 192.168.50.8/32 weight 1 state 0\n",
	   "rich: the host publishes what has a port, and nothing else");
	is(plan_sandbox(m, one),
	   "ingress 10.0.0.4/32\n"
	   "service web mark 300 sched 0 source ingress\n"
	   " port 8080:80/tcp\n port 9090:9090/tcp\n"
	   " backend b 10.0.0.12/32 weight 0 state 1\n"
	   " backend a 10.0.0.11/32 weight 65535 state 2\n"
	   "service dns mark 0 sched 0 source ingress\n"
	   " vip 10.0.0.20/32\n port 53:5353/udp\n"
	   " backend a 10.0.0.11/32 weight 1 state 0\n"
	   "service marked mark 301 sched 0 source ingress\n"
	   " backend c 10.0.0.12/32 weight 1 state 0\n"
	   "service idle mark 0 sched 0 source ingress\n vip 10.0.0.21/32\n",
	   "rich: the sandbox has all services, backends in the file's order");
	is(container(m, "one", "10.0.0.11"),
	   "guard 10.0.0.11/32 dev eth0\n"
	   "redirect 10.0.0.11/32 tcp 8080 to 80\n"
	   "redirect 10.0.0.11/32 tcp 9090 to 9090\n"
	   "redirect 10.0.0.11/32 udp 53 to 5353\n"
	   "redirect 10.0.0.11/32 tcp 9100 to 9100\n"
	   "redirect 10.0.0.11/32 udp 9100 to 9100\n",
	   "rich: a container of two services has the ports of both");
	is(container(m, "two", "10.0.0.12"),
	   "guard 10.0.0.12/32 dev eth0\n"
	   "redirect 10.0.0.12/32 tcp 8080 to 80\n"
	   "redirect 10.0.0.12/32 tcp 9090 to 9090\n"
	   "redirect 10.0.0.12/32 tcp 9100 to 9100\n"
	   "redirect 10.0.0.12/32 udp 9100 to 9100\n"
	   "redirect 10.0.0.12/32 udp 53 to 53\n",
	   "rich: an allowed port is redirected to itself");
}

static void test_open(const struct mesh *m)
{
	const struct mesh_node *n = &m->nodes[0];

	is(container(m, n->name, "10.11.0.12"),
	   "redirect 10.11.0.12/32 tcp 8080 to 80\n",
	   "open: allow all takes the guard away");
	is(container(m, n->name, "10.11.0.13"), "",
	   "open: nothing published, nothing to configure");
}

int main(int argc, char **argv)
{
	const char *dir = argc > 1 ? argv[1] : NULL;

	with(dir, "mesh.yaml", test_example);
	with(dir, "mesh.json", test_example);
	with(dir, "rich.yaml", test_rich);
	with(dir, "open.yaml", test_open);
	return tap_end();
}
