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
	char buf[4096];
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

static void add_port(struct text *t, const struct publish *p)
{
	size_t i;

	add(t, " port %s", port_str(&p->port, NULL));
	for (i = 0; i < p->nsources; i++)
		add(t, " from %s", prefix_str(&p->sources[i], NULL));
	add(t, "\n");
}

static void add_backend(struct text *t, const struct nsconf_backend *b)
{
	const struct addr *a;

	add(t, " backend %s", b->name);
	for_each_addr(a, &b->addr)
		add(t, " %s", prefix_str(a, NULL));
	add(t, " weight %u state %u\n", b->weight, b->state);
}

static void add_service(struct text *t, const struct nsconf_service *s)
{
	size_t i;

	add(t, "service %s mark %u sched %u source %s%s%s\n", s->name, s->mark,
	    s->scheduler,
	    s->source == MESHMOD_SOURCE_PRESERVE ? "preserve" : "ingress",
	    s->refuse == MESHMOD_REFUSE_DROP ? " drop" : "",
	    s->offload ? "" : " offload off");
	for (i = 0; i < s->nvips; i++)
		add(t, " vip %s\n", prefix_str(&s->vips[i], NULL));
	for (i = 0; i < s->nlisten; i++)
		add(t, " listen %s\n", listen_str(&s->listen[i], NULL));
	for (i = 0; i < s->nports; i++)
		add_port(t, &s->ports[i]);
	for (i = 0; i < s->nbackends; i++)
		add_backend(t, &s->backends[i]);
}

static void add_redirect(struct text *t, const struct nsconf_redirect *r)
{
	add(t, "redirect %s %s %u", prefix_str(&r->addr, NULL),
	    proto_str(r->proto), r->from);
	if (r->from_last != r->from)
		add(t, "-%u", r->from_last);
	add(t, " to %u", r->to);
	if (r->to_last != r->to)
		add(t, "-%u", r->to_last);
	add(t, "\n");
}

static void add_binding(struct text *t, const struct nsconf_binding *b)
{
	size_t i;

	add(t, "binding %s mac %s", b->dev, mac_str(b->mac, NULL));
	for (i = 0; i < b->naddrs; i++)
		add(t, " %s", prefix_str(&b->addrs[i], NULL));
	add(t, "\n");
}

static void add_origin(struct text *t, const struct nsconf_origin *o)
{
	const struct addr *a;

	add(t, "origin %s", mac_str(o->mac, NULL));
	for_each_addr(a, &o->addr)
		add(t, " %s", prefix_str(a, NULL));
	add(t, "\n");
}

/* A whole configuration as lines, so that nothing in it escapes a test */
static const char *lines(const struct nsconf *c)
{
	static struct text t;
	size_t i;

	t.len = 0;
	t.buf[0] = '\0';
	if (!c->offload)
		add(&t, "offload off\n");
	if (c->overlay)
		add(&t, "overlay on\n");
	for (i = 0; i < c->ningress; i++)
		add(&t, "ingress %s\n", prefix_str(&c->ingress[i], NULL));
	for (i = 0; i < c->nmasquerade; i++)
		add(&t, "masquerade %s\n", prefix_str(&c->masquerade[i], NULL));
	for (i = 0; i < c->nguards; i++)
		add(&t, "guard %s dev %s\n",
		    prefix_str(&c->guards[i].addr, NULL), c->guards[i].dev);
	if (c->tunnel_port)
		add(&t, "tunnel %u vni %u\n", c->tunnel_port, c->tunnel_vni);
	for (i = 0; i < c->npeers; i++)
		add(&t, "peer %s\n", prefix_str(&c->peers[i], NULL));
	for (i = 0; i < c->norigins; i++)
		add_origin(&t, &c->origins[i]);
	for (i = 0; i < c->nservices; i++)
		add_service(&t, &c->services[i]);
	for (i = 0; i < c->nredirects; i++)
		add_redirect(&t, &c->redirects[i]);
	for (i = 0; i < c->nbindings; i++)
		add_binding(&t, &c->bindings[i]);
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

/* One of them may be NULL */
static struct dual both(const char *v4, const char *v6)
{
	struct dual d = { 0 };

	if (v4)
		d.v[0] = ip(v4);
	if (v6)
		d.v[1] = ip(v6);
	return d;
}

static struct nsconf *container(const struct mesh *m, const char *node,
				const char *v4, const char *v6)
{
	struct dual d = both(v4, v6);

	return plan_container(m, mesh_node_find(m, node), &d);
}

static void test_example(const struct mesh *m)
{
	static const struct {
		const char *name, *ingress, *peers, *host, *overlay;
	} nodes[] = {
		{ "manager", "10.11.0.4",
		  "peer 192.0.2.11/32\npeer 192.0.2.12/32\n",
		  "binding mg0a0b0010 mac 02:42:ac:12:00:10 172.18.0.16/32 10.11.0.16/32\n",
		  "overlay on\nbinding c0a0b0010 mac 02:42:0a:0b:00:10 10.11.0.16/32\n" },
		{ "node01", "10.11.0.9",
		  "peer 192.0.2.10/32\npeer 192.0.2.12/32\n",
		  "binding mg0a0b000c mac 02:42:ac:12:00:0c 172.18.0.12/32 10.11.0.12/32\n",
		  "overlay on\nbinding c0a0b000c mac 02:42:0a:0b:00:0c 10.11.0.12/32\n" },
		{ "node02", "10.11.0.10",
		  "peer 192.0.2.10/32\npeer 192.0.2.11/32\n",
		  "binding mg0a0b000d mac 02:42:ac:12:00:0d 172.18.0.13/32 10.11.0.13/32\n",
		  "overlay on\nbinding c0a0b000d mac 02:42:0a:0b:00:0d 10.11.0.13/32\n" },
	};
	char want[1024], name[64];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(nodes); i++) {
		const struct mesh_node *n = mesh_node_find(m, nodes[i].name);

		snprintf(want, sizeof(want),
			 "ingress 172.18.0.1/32\nmasquerade 172.18.0.0/16\n"
			 "tunnel 4789 vni 4242\n"
			 "%sservice web mark 0 sched 0 source preserve\n"
			 " port 8080:80/tcp\n"
			 " backend sandbox 172.18.0.2/32 weight 1 state 0\n%s",
			 nodes[i].peers, nodes[i].host);
		snprintf(name, sizeof(name), "example: host of %s", n->name);
		is(plan_host(m, n), want, name);
		snprintf(want, sizeof(want),
			 "ingress %s/32\nguard %s/32 dev eth0\nguard 172.18.0.2/32 dev eth1\n"
			 "service web mark 0 sched 0 source ingress\n vip 10.11.0.20/32\n port 8080:80/tcp\n"
			 " backend web.1 10.11.0.12/32 weight 1 state 0\n"
			 " backend web.2 10.11.0.13/32 weight 1 state 0\n"
			 " backend web.3 10.11.0.16/32 weight 1 state 0\n",
			 nodes[i].ingress, nodes[i].ingress);
		snprintf(name, sizeof(name), "example: sandbox of %s", n->name);
		is(plan_sandbox(m, n), want, name);
		snprintf(name, sizeof(name), "example: overlay of %s", n->name);
		is(plan_overlay(m, n), nodes[i].overlay, name);
	}
	is(container(m, "node01", "10.11.0.12", NULL),
	   "guard 10.11.0.12/32 dev eth0\nredirect 10.11.0.12/32 tcp 8080 to 80\n",
	   "example: container web.1");
	is(container(m, "manager", "10.11.0.16", NULL),
	   "guard 10.11.0.16/32 dev eth0\nredirect 10.11.0.16/32 tcp 8080 to 80\n",
	   "example: container web.3");
	is(container(m, "manager", "10.11.0.12", NULL), "nothing\n",
	   "example: a container of another node is none of ours");
	is(container(m, "manager", "10.11.0.99", NULL), "nothing\n",
	   "example: an address of no container");
}

static void test_rich(const struct mesh *m)
{
	const struct mesh_node *one = mesh_node_find(m, "one");

	is(plan_host(m, one),
	   "ingress 192.168.50.9/32\nmasquerade 192.168.50.0/24\n"
	   "tunnel 49151 vni 16777215\npeer 192.0.2.2/32\n"
	   "service web mark 300 sched 0 source preserve\n"
	   " port 8080:80/tcp\n port 9090:9090/tcp\n"
	   " backend sandbox 192.168.50.8/32 weight 1 state 0\n"
	   "service dns mark 0 sched 0 source preserve\n port 53:5353/udp\n"
	   " backend sandbox 192.168.50.8/32 weight 1 state 0\n"
	   "binding mg0a00000b mac 02:42:c0:a8:32:64 192.168.50.100/32 10.0.0.11/32\n",
	   "rich: the host publishes what has a port, and nothing else");
	is(plan_sandbox(m, one),
	   "ingress 10.0.0.4/32\n"
	   "guard 10.0.0.4/32 dev eth0\nguard 192.168.50.8/32 dev eth1\n"
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
	is(container(m, "one", "10.0.0.11", NULL),
	   "guard 10.0.0.11/32 dev eth0\n"
	   "redirect 10.0.0.11/32 tcp 8080 to 80\n"
	   "redirect 10.0.0.11/32 tcp 9090 to 9090\n"
	   "redirect 10.0.0.11/32 udp 53 to 5353\n"
	   "redirect 10.0.0.11/32 tcp 9100 to 9100\n"
	   "redirect 10.0.0.11/32 udp 9100 to 9100\n",
	   "rich: a container of two services has the ports of both");
	is(container(m, "two", "10.0.0.12", NULL),
	   "guard 10.0.0.12/32 dev eth0\n"
	   "redirect 10.0.0.12/32 tcp 8080 to 80\n"
	   "redirect 10.0.0.12/32 tcp 9090 to 9090\n"
	   "redirect 10.0.0.12/32 tcp 9100 to 9100\n"
	   "redirect 10.0.0.12/32 udp 9100 to 9100\n"
	   "redirect 10.0.0.12/32 udp 53 to 53\n",
	   "rich: an allowed port is redirected to itself");
}

static void test_off(const struct mesh *m)
{
	const struct mesh_node *two = mesh_node_find(m, "two");
	struct nsconf *c = plan_host(m, two);

	ok(c->nbindings == 1 && !strcmp(c->bindings[0].dev, "mg0a00000c") &&
	   !strcmp(prefix_str(&c->bindings[0].addrs[0], NULL),
		   "192.168.50.12/32"),
	   "rich: a leg that is off is bound as if it were on");
	nsconf_free(c);
	is(plan_overlay(m, two),
	   "overlay on\nbinding c0a00000c mac 02:42:0a:00:00:0c 10.0.0.12/32\n",
	   "rich: a container of two services is bound once");
}

#define WEB_PORTS \
	" port 8080:80/tcp\n port 8100-8199:7000-7099/tcp\n" \
	" port 9000-9009:90/udp\n port 9000:9000/sctp\n"

static void test_dual_host(const struct mesh *m)
{
	is(plan_host(m, mesh_node_find(m, "manager")),
	   "offload off\ningress 172.18.0.1/32\ningress fd00:18::1/128\n"
	   "masquerade 172.18.0.0/16\nmasquerade fd00:18::/64\n"
	   "tunnel 4789 vni 4242\npeer 192.0.2.11/32\npeer 192.0.2.12/32\n"
	   "service web mark 0 sched 0 source preserve drop\n" WEB_PORTS
	   " backend sandbox 172.18.0.2/32 fd00:18::2/128 weight 1 state 0\n"
	   "service db mark 0 sched 0 source preserve offload off\n"
	   " listen 192.0.2.10\n listen 192.0.2.0/25\n listen eth0\n"
	   " listen lo\n listen 2001:db8::10\n listen ::1\n"
	   " port 5432:5432/tcp from 192.0.2.0/24 from 2001:db8::/32\n"
	   " port 9105:80/tcp from 198.51.100.7/32\n"
	   " backend sandbox 172.18.0.2/32 fd00:18::2/128 weight 1 state 0\n"
	   "binding mg0a0b0010 mac 02:42:ac:12:00:63 172.18.0.99/32 fd00:18::99/128 10.11.0.16/32 fd00:11::10/128\n"
	   "binding mg0a0b0011 mac 02:42:ac:12:00:11 172.18.0.17/32 fd00:18::a0b:11/128 10.11.0.17/32\n"
	   "binding mg0a0b0012 mac 02:42:ac:12:00:12 172.18.0.18/32 fd00:18::77/128 fd00:11::a0b:12/128\n",
	   "dual: the host knows who may ask, and binds each gateway leg");
}

static void test_origins(const struct mesh *m)
{
	is(container(m, "manager", "10.11.0.17", NULL),
	   "guard 10.11.0.17/32 dev eth0\n"
	   "origin 02:42:0a:0b:00:04 10.11.0.4/32\n"
	   "origin 02:42:0a:0b:00:09 10.11.0.9/32\n"
	   "origin 02:42:0a:0b:00:0a 10.11.0.10/32\n"
	   "redirect 10.11.0.17/32 tcp 5432 to 5432\n"
	   "redirect 10.11.0.17/32 tcp 9105 to 80\n"
	   "redirect 10.11.0.17/32 tcp 9100-9104 to 9100-9104\n"
	   "redirect 10.11.0.17/32 tcp 9106-9109 to 9106-9109\n",
	   "dual: who sees clients as they are knows all nodes, in its family");
	is(container(m, "manager", NULL, "fd00:11::a0b:12"),
	   "guard fd00:11::a0b:12/128 dev eth0\n"
	   "origin 02:42:0a:0b:00:04 fd00:11::4/128\n"
	   "origin 02:42:0a:0b:00:09 fd00:11::9/128\n"
	   "origin 02:42:0a:0b:00:0a fd00:11::a/128\n"
	   "redirect fd00:11::a0b:12/128 tcp 5432 to 5432\n"
	   "redirect fd00:11::a0b:12/128 tcp 9105 to 80\n"
	   "redirect fd00:11::a0b:12/128 tcp 9100-9104 to 9100-9104\n"
	   "redirect fd00:11::a0b:12/128 tcp 9106-9109 to 9106-9109\n",
	   "dual: with IPv6 alone, by the same MAC addresses");
	is(container(m, "node02", "10.11.0.13", "fd00:11::d"),
	   "guard 10.11.0.13/32 dev eth0\nguard fd00:11::d/128 dev eth0\n"
	   "redirect 10.11.0.13/32 tcp 8080 to 80\n"
	   "redirect 10.11.0.13/32 tcp 8100-8199 to 7000-7099\n"
	   "redirect 10.11.0.13/32 udp 9000-9009 to 90\n"
	   "redirect 10.11.0.13/32 sctp 9000 to 9000\n"
	   "redirect 10.11.0.13/32 tcp 9100-9109 to 9100-9109\n"
	   "redirect fd00:11::d/128 tcp 8080 to 80\n"
	   "redirect fd00:11::d/128 tcp 8100-8199 to 7000-7099\n"
	   "redirect fd00:11::d/128 udp 9000-9009 to 90\n"
	   "redirect fd00:11::d/128 sctp 9000 to 9000\n"
	   "redirect fd00:11::d/128 tcp 9100-9109 to 9100-9109\n",
	   "dual: who sees ingress addresses needs to know none");
}

static void test_dual(const struct mesh *m)
{
	const struct mesh_node *manager = mesh_node_find(m, "manager");

	test_dual_host(m);
	is(plan_sandbox(m, manager),
	   "offload off\ningress 10.11.0.4/32\ningress 10.11.0.5/32\ningress fd00:11::4/128\n"
	   "masquerade 172.18.0.0/16\nmasquerade fd00:18::/64\n"
	   "masquerade 10.11.0.0/16\nmasquerade fd00:11::/64\n"
	   "guard 10.11.0.4/32 dev eth0\nguard 10.11.0.5/32 dev eth0\n"
	   "guard fd00:11::4/128 dev eth0\n"
	   "guard 172.18.0.2/32 dev eth1\nguard fd00:18::2/128 dev eth1\n"
	   "service web mark 0 sched 0 source ingress drop\n"
	   " vip 10.11.0.20/32\n vip fd00:11::20/128\n" WEB_PORTS
	   " backend web.1 10.11.0.12/32 fd00:11::c/128 weight 1 state 0\n"
	   " backend web.2 10.11.0.13/32 fd00:11::d/128 weight 1 state 0\n"
	   " backend web.3 10.11.0.16/32 fd00:11::10/128 weight 1 state 0\n"
	   "service db mark 0 sched 0 source preserve offload off\n vip fd00:11::21/128\n"
	   " port 5432:5432/tcp from 192.0.2.0/24 from 2001:db8::/32 from 172.18.0.1/32 from fd00:18::1/128\n"
	   " port 9105:80/tcp from 198.51.100.7/32 from 172.18.0.1/32 from fd00:18::1/128\n"
	   " backend db.1 10.11.0.16/32 fd00:11::10/128 weight 1 state 0\n"
	   " backend db.2 10.11.0.17/32 weight 1 state 0\n"
	   " backend db.3 fd00:11::a0b:12/128 weight 1 state 0\n",
	   "dual: the sandbox does not listen, lets the bridge in as well, and hides who asks inside");
	is(plan_overlay(m, manager), "overlay on\n"
	   "binding c0a0b0010 mac 02:42:0a:0b:00:10 10.11.0.16/32 fd00:11::10/128\n"
	   "binding c0a0b0011 mac 02:42:0a:0b:00:11 10.11.0.17/32\n"
	   "binding c0a0b0012 mac 02:42:0a:0b:00:12 fd00:11::a0b:12/128\n",
	   "dual: names and MAC addresses come of the last four bytes");
	is(container(m, "manager", "10.11.0.16", "fd00:11::10"),
	   "guard 10.11.0.16/32 dev eth0\nguard fd00:11::10/128 dev eth0\n"
	   "origin 02:42:0a:0b:00:04 10.11.0.4/32 fd00:11::4/128\n"
	   "origin 02:42:0a:0b:00:09 10.11.0.9/32 fd00:11::9/128\n"
	   "origin 02:42:0a:0b:00:0a 10.11.0.10/32 fd00:11::a/128\n"
	   "redirect 10.11.0.16/32 tcp 8080 to 80\n"
	   "redirect 10.11.0.16/32 tcp 8100-8199 to 7000-7099\n"
	   "redirect 10.11.0.16/32 udp 9000-9009 to 90\n"
	   "redirect 10.11.0.16/32 sctp 9000 to 9000\n"
	   "redirect 10.11.0.16/32 tcp 5432 to 5432\n"
	   "redirect 10.11.0.16/32 tcp 9105 to 80\n"
	   "redirect 10.11.0.16/32 tcp 9100-9104 to 9100-9104\n"
	   "redirect 10.11.0.16/32 tcp 9106-9109 to 9106-9109\n"
	   "redirect fd00:11::10/128 tcp 8080 to 80\n"
	   "redirect fd00:11::10/128 tcp 8100-8199 to 7000-7099\n"
	   "redirect fd00:11::10/128 udp 9000-9009 to 90\n"
	   "redirect fd00:11::10/128 sctp 9000 to 9000\n"
	   "redirect fd00:11::10/128 tcp 5432 to 5432\n"
	   "redirect fd00:11::10/128 tcp 9105 to 80\n"
	   "redirect fd00:11::10/128 tcp 9100-9104 to 9100-9104\n"
	   "redirect fd00:11::10/128 tcp 9106-9109 to 9106-9109\n",
	   "dual: an allowed range goes around a published port");
	test_origins(m);
	is(container(m, "node02", "10.11.0.13", NULL), "nothing\n",
	   "dual: half a container is none");
}

static void reply_ports(const struct mesh *m, const char *v4, const char *v6,
			const char *want, const char *name)
{
	const struct mesh_node *manager = mesh_node_find(m, "manager");
	static struct text t;
	struct dual d = both(v4, v6);
	struct port *ports;
	size_t n = plan_reply_ports(m, manager, &d, &ports), i;

	t.len = 0;
	t.buf[0] = '\0';
	for (i = 0; i < n; i++)
		add(&t, "%s %u-%u ", proto_str(ports[i].proto),
		    ports[i].target, ports[i].target_last);
	free(ports);
	ok(!strcmp(t.buf, want), name);
	if (strcmp(t.buf, want))
		fprintf(stderr, "# have: %s\n# want: %s\n", t.buf, want);
}

/* With web as db is, and another port of db's */
static void test_reply_ports(const struct mesh *m)
{
	struct mesh_service services[2];
	struct publish ports[4] = { 0 };
	struct mesh more = *m;
	size_t i;

	reply_ports(m, "10.11.0.16", "fd00:11::10",
		    "tcp 80-80 tcp 5432-5432 ",
		    "dual: replies are from the ports of what preserves");
	reply_ports(m, "10.11.0.12", "fd00:11::c", "",
		    "dual: and of this node's containers");
	memcpy(services, m->services, sizeof(services));
	services[0].source = MESHMOD_SOURCE_PRESERVE;
	more.services = services;
	reply_ports(&more, "10.11.0.16", "fd00:11::10",
		    "tcp 80-80 tcp 5432-5432 tcp 7000-7099 udp 90-90 sctp 9000-9000 ",
		    "dual: a port of two services is there once");
	for (i = 0; i < ARRAY_SIZE(ports); i++)
		ports[i].port = (struct port){
			.proto = IPPROTO_TCP, .published = 1000 * i + 1,
			.last = 1000 * i + 1, .target = 65534,
			.target_last = 65534 + i % 2,
		};
	ports[2].port.target = 65535;
	ports[2].port.target_last = 65535;
	services[1].ports = ports;
	services[1].nports = ARRAY_SIZE(ports);
	services[0].source = MESHMOD_SOURCE_INGRESS;
	reply_ports(&more, "10.11.0.16", "fd00:11::10", "tcp 65534-65534 ",
		    "dual: no rule can be about the last port");
}

/* The same mesh, as it would be with topology: flat */
static void test_flat(const struct mesh *m)
{
	struct mesh flat = *m;

	flat.topology = TOPOLOGY_FLAT;
	is(plan_host(&flat, mesh_node_find(m, "manager")),
	   "offload off\ningress 10.11.0.4/32\ningress 10.11.0.5/32\ningress fd00:11::4/128\n"
	   "masquerade 172.18.0.0/16\nmasquerade fd00:18::/64\n"
	   "masquerade 10.11.0.0/16\nmasquerade fd00:11::/64\n"
	   "guard 10.11.0.4/32 dev ms-ovl\nguard 10.11.0.5/32 dev ms-ovl\n"
	   "guard fd00:11::4/128 dev ms-ovl\n"
	   "tunnel 4789 vni 4242\npeer 192.0.2.11/32\npeer 192.0.2.12/32\n"
	   "service web mark 0 sched 0 source ingress drop\n"
	   " vip 10.11.0.20/32\n vip fd00:11::20/128\n" WEB_PORTS
	   " backend web.1 10.11.0.12/32 fd00:11::c/128 weight 1 state 0\n"
	   " backend web.2 10.11.0.13/32 fd00:11::d/128 weight 1 state 0\n"
	   " backend web.3 10.11.0.16/32 fd00:11::10/128 weight 1 state 0\n"
	   "service db mark 0 sched 0 source preserve offload off\n vip fd00:11::21/128\n"
	   " listen 192.0.2.10\n listen 192.0.2.0/25\n listen eth0\n"
	   " listen lo\n listen 2001:db8::10\n listen ::1\n"
	   " port 5432:5432/tcp from 192.0.2.0/24 from 2001:db8::/32 from fd00:11::21/128\n"
	   " port 9105:80/tcp from 198.51.100.7/32 from fd00:11::21/128\n"
	   " backend db.1 10.11.0.16/32 fd00:11::10/128 weight 1 state 0\n"
	   " backend db.2 10.11.0.17/32 weight 1 state 0\n"
	   " backend db.3 fd00:11::a0b:12/128 weight 1 state 0\n"
	   "binding mg0a0b0010 mac 02:42:ac:12:00:63 172.18.0.99/32 fd00:18::99/128 10.11.0.16/32 fd00:11::10/128\n"
	   "binding mg0a0b0011 mac 02:42:ac:12:00:11 172.18.0.17/32 fd00:18::a0b:11/128 10.11.0.17/32\n"
	   "binding mg0a0b0012 mac 02:42:ac:12:00:12 172.18.0.18/32 fd00:18::77/128 fd00:11::a0b:12/128\n",
	   "flat: the host balances, guards its leg and keeps the rest of its part");
	is(plan_overlay(&flat, mesh_node_find(m, "node02")),
	   "overlay on\nbinding c0a0b000d mac 02:42:0a:0b:00:0d 10.11.0.13/32 fd00:11::d/128\n",
	   "flat: the overlay is the same");
}

static void test_open(const struct mesh *m)
{
	const struct mesh_node *n = &m->nodes[0];

	is(container(m, n->name, "10.11.0.12", NULL),
	   "redirect 10.11.0.12/32 tcp 8080 to 80\n",
	   "open: allow all takes the guard away");
	is(container(m, n->name, "10.11.0.13", NULL), "",
	   "open: nothing published, nothing to configure");
}

int main(int argc, char **argv)
{
	const char *dir = argc > 1 ? argv[1] : NULL;

	with(dir, "mesh.yaml", test_example);
	with(dir, "mesh.json", test_example);
	with(dir, "rich.yaml", test_rich);
	with(dir, "rich.yaml", test_off);
	with(dir, "open.yaml", test_open);
	with(dir, "dual.yaml", test_dual);
	with(dir, "dual.yaml", test_reply_ports);
	with(dir, "dual.yaml", test_flat);
	return tap_end();
}
