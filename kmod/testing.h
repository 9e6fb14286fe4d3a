/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the KUnit suites share: short ways to make objects.  Everything made
 * here is freed when the test ends; services hang in a table and go with it.
 */
#ifndef _MESHMOD_TESTING_H
#define _MESHMOD_TESTING_H

#include <kunit/test.h>
#include <linux/inet.h>
#include <linux/skbuff.h>
#include <net/netfilter/nf_conntrack.h>

#include "core.h"

static inline struct meshmod_addr testing_ip(u8 a, u8 b, u8 c, u8 d)
{
	return (struct meshmod_addr) {
		.family = AF_INET,
		.ip.ip = htonl(a << 24 | b << 16 | c << 8 | d),
	};
}

/* ADDRESS or ADDRESS/PREFIX of either family; family 0 if it is neither */
static inline struct meshmod_addr testing_addr(const char *text)
{
	struct meshmod_addr addr = {};
	const char *end = text;

	if (strchr(text, ':')) {
		if (in6_pton(text, -1, addr.ip.in6.s6_addr, '/', &end))
			addr.family = AF_INET6;
	} else if (in4_pton(text, -1, (u8 *)&addr.ip.ip, '/', &end)) {
		addr.family = AF_INET;
	}
	if (*end == '/' && kstrtou8(end + 1, 10, &addr.prefix))
		addr.family = 0;
	return addr;
}

/* A connection of which only the family is known */
static inline struct nf_conn *testing_conn(struct kunit *test, u8 family)
{
	struct nf_conn *ct = kunit_kzalloc(test, sizeof(*ct), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, ct);
	ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple.src.l3num = family;
	ct->tuplehash[IP_CT_DIR_REPLY].tuple.src.l3num = family;
	return ct;
}

static inline void testing_free_table(struct kunit_resource *res)
{
	meshmod_table_free(res->data);
}

/* A table that starts from @old and is freed with the test. */
static inline struct meshmod_table *
testing_table(struct kunit *test, const struct meshmod_table *old)
{
	const struct meshmod_room room = {
		.services = 64, .redirects = 64, .bindings = 64,
	};
	struct meshmod_table *t = meshmod_table_copy(old, &room);

	KUNIT_ASSERT_NOT_NULL(test, t);
	kunit_alloc_resource(test, NULL, testing_free_table, GFP_KERNEL, t);
	return t;
}

/* Room for @n peers in @t, which has none yet */
static inline void testing_room_for_peers(struct kunit *test,
					  struct meshmod_table *t, u32 n)
{
	kvfree(t->peers);
	t->peers = kvcalloc(n, sizeof(*t->peers), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, t->peers);
}

static inline struct meshmod_port testing_range(u8 proto, u16 first, u16 last)
{
	return (struct meshmod_port) {
		.proto = proto,
		.first = first,
		.last = last,
		.target = first,
		.target_last = last,
	};
}

/*
 * A service in @t with a port (0: none) and @nbackends: 10.0.0.1 and up.
 * There is room for 4 ports, 8 sources and 4 places to listen on.
 */
static inline struct meshmod_service *
testing_service(struct kunit *test, struct meshmod_table *t, const char *name,
		u16 port, u16 nbackends)
{
	const struct meshmod_size size = {
		.ports = 4, .sources = 8, .listen = 4, .backends = nbackends + 1,
	};
	struct meshmod_service *s = meshmod_service_alloc(&size);
	u16 i;

	KUNIT_ASSERT_NOT_NULL(test, s);
	t->services[t->nservices++] = s;
	strscpy(s->name, name, sizeof(s->name));
	if (port)
		s->ports[s->nports++] = testing_range(IPPROTO_TCP, port, port);
	for (i = 0; i < nbackends; i++) {
		struct meshmod_backend *b = &s->backends[s->nbackends++];

		snprintf(b->name, sizeof(b->name), "b%u", i);
		b->addr[0] = testing_ip(10, 0, i / 250, 1 + i % 250);
		b->weight = 1;
	}
	return s;
}

/* Sources of @s, for its port number @i: the last one that has got any. */
static inline void testing_source(struct meshmod_service *s, u16 i,
				  const char *prefix)
{
	struct meshmod_port *port = &s->ports[i];

	if (!port->nsources)
		port->source = s->nsources;
	port->nsources++;
	s->sources[s->nsources++] = testing_addr(prefix);
}

static inline void testing_listen(struct meshmod_service *s, const char *addr,
				  const char *dev)
{
	struct meshmod_listen *l = &s->listen[s->nlisten++];

	if (addr)
		l->addr = testing_addr(addr);
	else if (dev)
		strscpy(l->dev, dev, sizeof(l->dev));
}

/* Not checked: the caller sorts, or gives them in order. */
static inline void testing_redirect(struct meshmod_table *t, const char *addr,
				    u8 proto, u16 from, u16 from_last, u16 to,
				    u16 to_last)
{
	t->redirects[t->nredirects++] = (struct meshmod_redirect) {
		.addr = testing_addr(addr),
		.proto = proto,
		.from = from,
		.from_last = from_last,
		.to = to,
		.to_last = to_last,
	};
}

static inline struct meshmod_binding *
testing_binding(struct meshmod_table *t, const char *dev, const char *addr)
{
	static const u8 mac[ETH_ALEN] = { 0x02, 0x42, 0x0a, 0x0b, 0x00, 0x0c };
	struct meshmod_binding *b = &t->bindings[t->nbindings++];

	strscpy(b->dev, dev, sizeof(b->dev));
	memcpy(b->mac, mac, ETH_ALEN);
	b->addrs[b->naddrs++] = testing_addr(addr);
	return b;
}

/*
 * Check @t as a change of nothing; the sentence, or NULL if it is fine.  It
 * lasts until the next call.
 */
static inline const char *testing_refusal(struct meshmod_table *t, int *err)
{
	static struct meshmod_refusal why;

	memset(&why, 0, sizeof(why));
	*err = meshmod_config_check(t, NULL, &why);
	return why.msg;
}

static inline void testing_free_skb(struct kunit_resource *res)
{
	kfree_skb(res->data);
}

/* An empty packet with room for @size bytes, freed with the test. */
static inline struct sk_buff *testing_skb(struct kunit *test, u32 size)
{
	struct sk_buff *skb = alloc_skb(size, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, skb);
	kunit_alloc_resource(test, NULL, testing_free_skb, GFP_KERNEL, skb);
	return skb;
}

#endif /* _MESHMOD_TESTING_H */
