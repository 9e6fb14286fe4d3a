// SPDX-License-Identifier: GPL-2.0
/*
 * Services: the objects that tables share.
 */
#include <linux/overflow.h>
#include <linux/slab.h>

#include "core.h"

static void *zeroed(u32 n, size_t size)
{
	return kvcalloc(n ?: 1, size, GFP_KERNEL_ACCOUNT);
}

/*
 * A service with room for as much as @size says, nothing in it, all settings at
 * their defaults, one reference.
 * Context: may sleep.  Return: the service, or NULL without memory.
 */
struct meshmod_service *
meshmod_service_alloc(const struct meshmod_size *size)
{
	struct meshmod_service *s = kzalloc(sizeof(*s), GFP_KERNEL_ACCOUNT);
	bool failed = false;
	int f;

	if (!s)
		return NULL;
	refcount_set(&s->ref, 1);
	s->offload = true;		/* the others' defaults are 0 */
	s->listen = zeroed(size->listen, sizeof(*s->listen));
	s->ports = zeroed(size->ports, sizeof(*s->ports));
	s->sources = zeroed(size->sources, sizeof(*s->sources));
	s->backends = zeroed(size->backends, sizeof(*s->backends));
	for (f = 0; f < MESHMOD_FAMILIES; f++) {
		s->usable[f] = zeroed(size->backends, sizeof(*s->usable[f]));
		failed |= !s->usable[f];
	}
	if (failed || !s->listen || !s->ports || !s->sources || !s->backends) {
		meshmod_service_put(s);
		return NULL;
	}
	return s;
}

/*
 * An unpublished copy of @old, with room for @more, sharing its counters and
 * its turns.
 * Context: may sleep, mn->lock held.  Return: the copy, or NULL.
 */
struct meshmod_service *meshmod_service_copy(const struct meshmod_service *old,
					     const struct meshmod_size *more)
{
	const struct meshmod_size size = {
		.ports = old->nports + more->ports,
		.sources = old->nsources + more->sources,
		.listen = old->nlisten + more->listen,
		.backends = old->nbackends + more->backends,
	};
	struct meshmod_service *s = meshmod_service_alloc(&size);
	u16 i;

	if (!s)
		return NULL;
	strscpy(s->name, old->name, sizeof(s->name));
	s->mark = old->mark;
	s->scheduler = old->scheduler;
	s->source = old->source;
	s->refuse = old->refuse;
	s->offload = old->offload;
	s->nvips = old->nvips;
	memcpy(s->vips, old->vips, sizeof(s->vips));
	s->nlisten = old->nlisten;
	memcpy(s->listen, old->listen,
	       array_size(old->nlisten, sizeof(*s->listen)));
	s->nports = old->nports;
	memcpy(s->ports, old->ports,
	       array_size(old->nports, sizeof(*s->ports)));
	s->nsources = old->nsources;
	memcpy(s->sources, old->sources,
	       array_size(old->nsources, sizeof(*s->sources)));
	s->nbackends = old->nbackends;
	memcpy(s->backends, old->backends,
	       array_size(old->nbackends, sizeof(*s->backends)));
	for (i = 0; i < s->nbackends; i++)
		refcount_inc(&s->backends[i].run->ref);
	s->run = old->run;
	refcount_inc(&s->run->ref);
	return s;
}

/* Let @b count on as @was did, if there is one and it is the same container. */
static bool inherit_backend(struct meshmod_backend *b,
			    const struct meshmod_backend *was)
{
	if (!was || !meshmod_addrs_equal(was->addr, b->addr, MESHMOD_FAMILIES))
		return false;
	b->run = was->run;
	b->slot = was->slot;
	refcount_inc(&b->run->ref);
	return true;
}

static int inherit_backends(struct meshmod_service *s,
			    const struct meshmod_service *old)
{
	struct meshmod_backend_run *run;
	struct meshmod_backend *b;
	u16 i, fresh = 0;

	for (i = 0; i < s->nbackends; i++) {
		b = &s->backends[i];
		fresh += !b->run &&
			 !inherit_backend(b, old ?
				meshmod_service_backend_near(old, i, b->name) :
				NULL);
	}
	if (!fresh)
		return 0;
	run = meshmod_backend_run_alloc(fresh);
	if (!run)
		return -ENOMEM;
	for (b = s->backends; fresh; b++) {
		if (b->run)
			continue;
		b->run = run;
		b->slot = --fresh;
	}
	return 0;
}

/*
 * Give an unpublished service its running state: that of @old, the service of
 * the same name that it replaces (NULL: none), for itself and for the backends
 * of the same name and address; a new one otherwise.
 * Context: may sleep, mn->lock held.  Return: 0 or -ENOMEM.
 */
int meshmod_service_inherit(struct meshmod_service *s,
			    const struct meshmod_service *old)
{
	if (!s->run && old) {
		s->run = old->run;
		refcount_inc(&s->run->ref);
	}
	if (!s->run)
		s->run = meshmod_run_alloc();
	return s->run ? inherit_backends(s, old) : -ENOMEM;
}

void meshmod_service_get(struct meshmod_service *s)
{
	refcount_inc(&s->ref);
}

void meshmod_service_put(struct meshmod_service *s)
{
	u16 i;

	if (!s || !refcount_dec_and_test(&s->ref))
		return;
	for (i = 0; s->backends && i < s->nbackends; i++)
		meshmod_backend_run_put(s->backends[i].run);
	meshmod_run_put(s->run);
	kvfree(s->listen);
	kvfree(s->ports);
	kvfree(s->sources);
	kvfree(s->backends);
	for (i = 0; i < MESHMOD_FAMILIES; i++)
		kvfree(s->usable[i]);
	kfree(s);
}

/* Return: the backend of @s called @name, or NULL. */
struct meshmod_backend *
meshmod_service_backend(const struct meshmod_service *s, const char *name)
{
	u16 i;

	for (i = 0; i < s->nbackends; i++)
		if (!strcmp(s->backends[i].name, name))
			return &s->backends[i];
	return NULL;
}

/*
 * The same for a @name that another version of the service has at @pos, which
 * is where it stands here as well if little has changed.
 */
struct meshmod_backend *
meshmod_service_backend_near(const struct meshmod_service *s, u16 pos,
			     const char *name)
{
	if (pos < s->nbackends && !strcmp(s->backends[pos].name, name))
		return &s->backends[pos];
	return meshmod_service_backend(s, name);
}

bool meshmod_backend_equal(const struct meshmod_backend *a,
			   const struct meshmod_backend *b)
{
	return !strcmp(a->name, b->name) &&
	       meshmod_addrs_equal(a->addr, b->addr, MESHMOD_FAMILIES) &&
	       a->weight == b->weight && a->state == b->state;
}

static bool port_equal(const struct meshmod_service *a,
		       const struct meshmod_service *b, u16 i)
{
	const struct meshmod_port *p = &a->ports[i], *q = &b->ports[i];

	return p->proto == q->proto && p->first == q->first &&
	       p->last == q->last && p->target == q->target &&
	       p->target_last == q->target_last &&
	       p->nsources == q->nsources &&
	       meshmod_addrs_equal(&a->sources[p->source],
				   &b->sources[q->source], p->nsources);
}

static bool ports_equal(const struct meshmod_service *a,
			const struct meshmod_service *b)
{
	u16 i;

	if (a->nports != b->nports)
		return false;
	for (i = 0; i < a->nports; i++)
		if (!port_equal(a, b, i))
			return false;
	return true;
}

static bool listen_equal(const struct meshmod_service *a,
			 const struct meshmod_service *b)
{
	u16 i;

	if (a->nlisten != b->nlisten)
		return false;
	for (i = 0; i < a->nlisten; i++)
		if (!meshmod_addrs_equal(&a->listen[i].addr, &b->listen[i].addr, 1) ||
		    strcmp(a->listen[i].dev, b->listen[i].dev))
			return false;
	return true;
}

/* Are the settings the same, backends left aside? */
bool meshmod_service_equal(const struct meshmod_service *a,
			   const struct meshmod_service *b)
{
	return a->mark == b->mark && a->scheduler == b->scheduler &&
	       a->source == b->source && a->refuse == b->refuse &&
	       a->offload == b->offload &&
	       a->nvips == b->nvips && meshmod_addrs_equal(a->vips, b->vips, a->nvips) &&
	       listen_equal(a, b) && ports_equal(a, b);
}

/**
 * meshmod_service_listens - does a service take connections there?
 * @s: the service
 * @dst: an address of this host
 * @dev: the device over which they come; NULL: any that it listens on; "": by
 *	address alone
 *
 * Return: for ports alone; packets to a VIP are taken everywhere.
 */
bool meshmod_service_listens(const struct meshmod_service *s,
			     const struct meshmod_addr *dst, const char *dev)
{
	u16 i;

	for (i = 0; i < s->nlisten; i++)
		if (s->listen[i].addr.family ?
		    meshmod_addr_in(dst, &s->listen[i].addr) :
		    !dev || !strcmp(s->listen[i].dev, dev))
			return true;
	return !s->nlisten;
}

static bool has_device(const struct meshmod_service *s, const char *dev)
{
	u16 i;

	for (i = 0; i < s->nlisten; i++)
		if (!strcmp(s->listen[i].dev, dev))
			return true;
	return false;
}

/**
 * meshmod_service_keeps - does it still listen where a connection has come in?
 * @was: the service when that came
 * @is: the service now
 * @dst: the address that was asked for
 *
 * By which device it came is not known any more, only by which it can have.
 * Return: true if all of them are listened on now.
 */
bool meshmod_service_keeps(const struct meshmod_service *was,
			   const struct meshmod_service *is,
			   const struct meshmod_addr *dst)
{
	u16 i;

	if (meshmod_service_listens(is, dst, ""))
		return true;
	if (meshmod_service_listens(was, dst, ""))
		return false;
	for (i = 0; i < was->nlisten; i++)
		if (!was->listen[i].addr.family &&
		    !has_device(is, was->listen[i].dev))
			return false;
	return true;
}

/* May @src use @port, which is one of @s's? */
bool meshmod_service_admits(const struct meshmod_service *s,
			    const struct meshmod_port *port,
			    const struct meshmod_addr *src)
{
	u16 i;

	for (i = 0; i < port->nsources; i++)
		if (meshmod_addr_in(src, &s->sources[port->source + i]))
			return true;
	return !port->nsources;
}

#ifdef MESHMOD_KUNIT
#include "service_test.c"
#endif
