// SPDX-License-Identifier: GPL-2.0
/*
 * Services: the objects that tables share.
 */
#include <linux/overflow.h>
#include <linux/slab.h>

#include "core.h"

/*
 * A service with room for @nports and @nbackends, all zero, one reference.
 * Context: may sleep.  Return: the service, or NULL without memory.
 */
struct meshmod_service *meshmod_service_alloc(u32 nports, u32 nbackends)
{
	struct meshmod_service *s = kzalloc(sizeof(*s), GFP_KERNEL_ACCOUNT);

	if (!s)
		return NULL;
	refcount_set(&s->ref, 1);
	s->ports = kvcalloc(nports ?: 1, sizeof(*s->ports),
			    GFP_KERNEL_ACCOUNT);
	s->backends = kvcalloc(nbackends ?: 1, sizeof(*s->backends),
			       GFP_KERNEL_ACCOUNT);
	s->usable = kvcalloc(nbackends ?: 1, sizeof(*s->usable),
			     GFP_KERNEL_ACCOUNT);
	if (!s->ports || !s->backends || !s->usable) {
		meshmod_service_put(s);
		return NULL;
	}
	return s;
}

/*
 * An unpublished copy of @old, with room for @nports more published ports and
 * @nbackends more backends, sharing its counters and its turn.
 * Context: may sleep, mn->lock held.  Return: the copy, or NULL.
 */
struct meshmod_service *meshmod_service_copy(const struct meshmod_service *old,
					     u32 nports, u32 nbackends)
{
	struct meshmod_service *s;
	u16 i;

	s = meshmod_service_alloc(old->nports + nports,
				  old->nbackends + nbackends);
	if (!s)
		return NULL;
	strscpy(s->name, old->name, sizeof(s->name));
	s->mark = old->mark;
	s->scheduler = old->scheduler;
	s->source = old->source;
	s->nvips = old->nvips;
	memcpy(s->vips, old->vips, sizeof(s->vips));
	s->nports = old->nports;
	memcpy(s->ports, old->ports,
	       array_size(old->nports, sizeof(*s->ports)));
	s->nbackends = old->nbackends;
	memcpy(s->backends, old->backends,
	       array_size(old->nbackends, sizeof(*s->backends)));
	for (i = 0; i < s->nbackends; i++)
		refcount_inc(&s->backends[i].run->ref);
	s->run = old->run;
	refcount_inc(&s->run->ref);
	return s;
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
	u16 i;

	if (!s->run && old) {
		s->run = old->run;
		refcount_inc(&s->run->ref);
	}
	if (!s->run)
		s->run = meshmod_run_alloc();
	if (!s->run)
		return -ENOMEM;
	for (i = 0; i < s->nbackends; i++) {
		struct meshmod_backend *b = &s->backends[i];
		const struct meshmod_backend *was;

		if (b->run)
			continue;
		was = old ? meshmod_service_backend_near(old, i, b->name) :
			    NULL;
		if (was && meshmod_addr_equal(&was->addr, &b->addr)) {
			b->run = was->run;
			refcount_inc(&b->run->ref);
		} else {
			b->run = meshmod_backend_run_alloc();
		}
		if (!b->run)
			return -ENOMEM;
	}
	return 0;
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
	kvfree(s->ports);
	kvfree(s->backends);
	kvfree(s->usable);
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
	       meshmod_addr_equal(&a->addr, &b->addr) &&
	       a->weight == b->weight && a->state == b->state;
}

static bool ports_equal(const struct meshmod_service *a,
			const struct meshmod_service *b)
{
	u16 i;

	if (a->nports != b->nports)
		return false;
	for (i = 0; i < a->nports; i++)
		if (a->ports[i].proto != b->ports[i].proto ||
		    a->ports[i].published != b->ports[i].published ||
		    a->ports[i].target != b->ports[i].target)
			return false;
	return true;
}

/* Are the settings the same, backends left aside? */
bool meshmod_service_equal(const struct meshmod_service *a,
			   const struct meshmod_service *b)
{
	u16 i;

	if (a->mark != b->mark || a->scheduler != b->scheduler ||
	    a->source != b->source || a->nvips != b->nvips ||
	    !ports_equal(a, b))
		return false;
	for (i = 0; i < a->nvips; i++)
		if (!meshmod_addr_equal(&a->vips[i], &b->vips[i]))
			return false;
	return true;
}
