// SPDX-License-Identifier: GPL-2.0
/* Does a namespace hold what it should?  Sorted copies answer it quickly. */
#include <stdlib.h>
#include <string.h>

#include <linux/meshmod.h>

#include "nsconf.h"
#include "util.h"

typedef int (*compare)(const void *a, const void *b);

static int cmp_num(uint64_t a, uint64_t b)
{
	return a < b ? -1 : a > b;
}

static int cmp_addr(const void *a, const void *b)
{
	return addr_cmp(a, b);
}

static int cmp_prefix(const void *a, const void *b)
{
	return prefix_cmp(a, b);
}

static int cmp_guard(const void *a, const void *b)
{
	const struct nsconf_guard *l = a, *r = b;
	int d = addr_cmp(&l->addr, &r->addr);

	return d ? d : strcmp(l->dev, r->dev);
}

static int cmp_dual(const struct dual *l, const struct dual *r)
{
	int d = 0, f;

	for (f = 0; !d && f < FAMILIES; f++)
		d = addr_cmp(&l->v[f], &r->v[f]);
	return d;
}

static int cmp_origin(const void *a, const void *b)
{
	const struct nsconf_origin *l = a, *r = b;
	int d = memcmp(l->mac, r->mac, sizeof(l->mac));

	return d ? d : cmp_dual(&l->addr, &r->addr);
}

static int cmp_redirect(const void *a, const void *b)
{
	const struct nsconf_redirect *l = a, *r = b;
	int d = addr_cmp(&l->addr, &r->addr);

	if (!d)
		d = cmp_num(l->proto, r->proto);
	if (!d)
		d = cmp_num(l->from, r->from);
	if (!d)
		d = cmp_num(l->from_last, r->from_last);
	if (!d)
		d = cmp_num(l->to, r->to);
	return d ? d : cmp_num(l->to_last, r->to_last);
}

static int cmp_port(const void *a, const void *b)
{
	const struct port *l = &((const struct publish *)a)->port;
	const struct port *r = &((const struct publish *)b)->port;
	int d = cmp_num(l->proto, r->proto);

	if (!d)
		d = cmp_num(l->published, r->published);
	if (!d)
		d = cmp_num(l->last, r->last);
	if (!d)
		d = cmp_num(l->target, r->target);
	return d ? d : cmp_num(l->target_last, r->target_last);
}

static int cmp_listen(const void *a, const void *b)
{
	const struct listen *l = a, *r = b;
	int d = prefix_cmp(&l->addr, &r->addr);

	return d ? d : strcmp(l->dev, r->dev);
}

static int cmp_backend(const void *a, const void *b)
{
	const struct nsconf_backend *l = a, *r = b;
	int d = strcmp(l->name, r->name);

	if (!d)
		d = cmp_dual(&l->addr, &r->addr);
	if (!d)
		d = cmp_num(l->weight, r->weight);
	return d ? d : cmp_num(l->state, r->state);
}

static int cmp_service_name(const void *a, const void *b)
{
	const struct nsconf_service *l = a, *r = b;

	return strcmp(l->name, r->name);
}

static int cmp_binding_dev(const void *a, const void *b)
{
	const struct nsconf_binding *l = a, *r = b;

	return strcmp(l->dev, r->dev);
}

struct list {
	const void *array;
	size_t n;
};

static bool in_order(struct list a, struct list b, size_t size, compare cmp)
{
	size_t i;

	if (a.n != b.n)
		return false;
	for (i = 0; i < a.n; i++)
		if (cmp((const char *)a.array + i * size,
			(const char *)b.array + i * size))
			return false;
	return true;
}

static void *sorted(struct list l, size_t size, compare cmp)
{
	void *copy = xcalloc(l.n, size);

	if (l.n)
		memcpy(copy, l.array, l.n * size);
	qsort(copy, l.n, size, cmp);
	return copy;
}

/* Alike in some order; same tells the pairs that sort puts side by side */
static bool in_any_order(struct list a, struct list b, size_t size,
			 compare sort, compare same)
{
	struct list l = { .n = a.n }, r = { .n = b.n };
	bool alike;

	if (a.n != b.n)
		return false;
	l.array = sorted(a, size, sort);
	r.array = sorted(b, size, sort);
	alike = in_order(l, r, size, same);
	free((void *)l.array);
	free((void *)r.array);
	return alike;
}

#define LIST(array, n)	((struct list){ array, n })

static int port_differs(const void *a, const void *b)
{
	const struct publish *l = a, *r = b;

	return cmp_port(l, r) ||
	       !in_any_order(LIST(l->sources, l->nsources),
			     LIST(r->sources, r->nsources),
			     sizeof(*l->sources), cmp_prefix, cmp_prefix);
}

static int binding_differs(const void *a, const void *b)
{
	const struct nsconf_binding *l = a, *r = b;

	return strcmp(l->dev, r->dev) ||
	       memcmp(l->mac, r->mac, sizeof(l->mac)) ||
	       !in_any_order(LIST(l->addrs, l->naddrs),
			     LIST(r->addrs, r->naddrs), sizeof(*l->addrs),
			     cmp_addr, cmp_addr);
}

/* a is the wanted one: in_order() keeps its arguments' sides */
static int service_differs(const void *a, const void *b)
{
	const struct nsconf_service *want = a, *have = b;

	if (strcmp(want->name, have->name) ||
	    (want->mark && want->mark != have->mark) ||
	    want->scheduler != have->scheduler ||
	    want->source != have->source || want->refuse != have->refuse ||
	    want->offload != have->offload)
		return 1;
	return !in_any_order(LIST(want->vips, want->nvips),
			     LIST(have->vips, have->nvips),
			     sizeof(*want->vips), cmp_addr, cmp_addr) ||
	       !in_any_order(LIST(want->listen, want->nlisten),
			     LIST(have->listen, have->nlisten),
			     sizeof(*want->listen), cmp_listen, cmp_listen) ||
	       !in_any_order(LIST(want->ports, want->nports),
			     LIST(have->ports, have->nports),
			     sizeof(*want->ports), cmp_port, port_differs) ||
	       !in_order(LIST(want->backends, want->nbackends),
			 LIST(have->backends, have->nbackends),
			 sizeof(*want->backends), cmp_backend);
}

static uint32_t mask_of(const struct nsconf *c)
{
	return c->mask ? c->mask : MESHMOD_MASK_DEFAULT;
}

/* The first from i on that is of the family; n: none */
static size_t next_of(const struct addr *v, size_t n, size_t i, uint8_t family)
{
	while (i < n && v[i].family != family)
		i++;
	return i;
}

/* The turns go around within a family, so the order counts there alone. */
static bool ingress_equal(const struct nsconf *a, const struct nsconf *b,
			  uint8_t family)
{
	size_t i = next_of(a->ingress, a->ningress, 0, family);
	size_t j = next_of(b->ingress, b->ningress, 0, family);

	while (i < a->ningress && j < b->ningress) {
		if (!addr_same(&a->ingress[i], &b->ingress[j]))
			return false;
		i = next_of(a->ingress, a->ningress, i + 1, family);
		j = next_of(b->ingress, b->ningress, j + 1, family);
	}
	return i == a->ningress && j == b->ningress;
}

static bool tunnel_equal(const struct nsconf *a, const struct nsconf *b)
{
	return a->tunnel_port == b->tunnel_port &&
	       (!a->tunnel_port || a->tunnel_vni == b->tunnel_vni) &&
	       in_any_order(LIST(a->peers, a->npeers),
			    LIST(b->peers, b->npeers), sizeof(*a->peers),
			    cmp_addr, cmp_addr);
}

static bool node_equal(const struct nsconf *want, const struct nsconf *have)
{
	return mask_of(want) == mask_of(have) &&
	       want->offload == have->offload &&
	       want->overlay == have->overlay &&
	       ingress_equal(want, have, AF_INET) &&
	       ingress_equal(want, have, AF_INET6) &&
	       tunnel_equal(want, have) &&
	       in_any_order(LIST(want->masquerade, want->nmasquerade),
			    LIST(have->masquerade, have->nmasquerade),
			    sizeof(*want->masquerade), cmp_prefix,
			    cmp_prefix) &&
	       in_any_order(LIST(want->guards, want->nguards),
			    LIST(have->guards, have->nguards),
			    sizeof(*want->guards), cmp_guard, cmp_guard) &&
	       in_any_order(LIST(want->origins, want->norigins),
			    LIST(have->origins, have->norigins),
			    sizeof(*want->origins), cmp_origin, cmp_origin);
}

bool nsconf_equal(const struct nsconf *want, const struct nsconf *have)
{
	return node_equal(want, have) &&
	       in_any_order(LIST(want->redirects, want->nredirects),
			    LIST(have->redirects, have->nredirects),
			    sizeof(*want->redirects), cmp_redirect,
			    cmp_redirect) &&
	       in_any_order(LIST(want->bindings, want->nbindings),
			    LIST(have->bindings, have->nbindings),
			    sizeof(*want->bindings), cmp_binding_dev,
			    binding_differs) &&
	       in_any_order(LIST(want->services, want->nservices),
			    LIST(have->services, have->nservices),
			    sizeof(*want->services), cmp_service_name,
			    service_differs);
}
