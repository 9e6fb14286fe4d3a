/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the KUnit suites share: short ways to make objects.  Everything made
 * here hangs in a table, and is freed with it when the test ends.
 */
#ifndef _MESHMOD_TESTING_H
#define _MESHMOD_TESTING_H

#include <kunit/test.h>

#include "core.h"

static inline struct meshmod_addr testing_ip(u8 a, u8 b, u8 c, u8 d)
{
	return (struct meshmod_addr) {
		.family = AF_INET,
		.ip.ip = htonl(a << 24 | b << 16 | c << 8 | d),
	};
}

static inline void testing_free_table(struct kunit_resource *res)
{
	meshmod_table_free(res->data);
}

/* A table that starts from @old and is freed with the test. */
static inline struct meshmod_table *
testing_table(struct kunit *test, const struct meshmod_table *old)
{
	struct meshmod_table *t = meshmod_table_copy(old, 64, 64);

	KUNIT_ASSERT_NOT_NULL(test, t);
	kunit_alloc_resource(test, NULL, testing_free_table, GFP_KERNEL, t);
	return t;
}

/* A service in @t with a port (0: none) and @nbackends: 10.0.0.1 and up. */
static inline struct meshmod_service *
testing_service(struct kunit *test, struct meshmod_table *t, const char *name,
		u16 port, u16 nbackends)
{
	struct meshmod_service *s = meshmod_service_alloc(4, nbackends + 1);
	u16 i;

	KUNIT_ASSERT_NOT_NULL(test, s);
	t->services[t->nservices++] = s;
	strscpy(s->name, name, sizeof(s->name));
	if (port)
		s->ports[s->nports++] = (struct meshmod_port) {
			.proto = IPPROTO_TCP,
			.published = port,
			.target = port,
		};
	for (i = 0; i < nbackends; i++) {
		struct meshmod_backend *b = &s->backends[s->nbackends++];

		snprintf(b->name, sizeof(b->name), "b%u", i);
		b->addr = testing_ip(10, 0, i / 250, 1 + i % 250);
		b->weight = 1;
	}
	return s;
}

/* Check @t as a change of nothing; the sentence, or NULL if it is fine. */
static inline const char *testing_refusal(struct meshmod_table *t, int *err)
{
	struct meshmod_refusal why = {};

	*err = meshmod_config_check(t, NULL, &why);
	return why.msg;
}

#endif /* _MESHMOD_TESTING_H */
