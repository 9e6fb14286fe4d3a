// SPDX-License-Identifier: GPL-2.0
/*
 * Resolve: the connections that come from an address and port, in the eyes of
 * their servers.  conntrack's table is by whole tuples, of which an end is half:
 * all of it has to be looked at, which takes as long as there are connections.
 */
#include <linux/slab.h>
#include <net/netfilter/nf_conntrack.h>
#include <net/netfilter/nf_conntrack_core.h>

#include "core.h"

/* Most have one, or one for each protocol. */
#define ROOM_FIRST	32

struct search {
	const struct meshmod_flow *key;
	struct meshmod_flow_list *found;
	size_t room;
	size_t n;			/* may be more than there is room for */
};

/* What is the least likely comes first. */
static bool is_wanted(const struct nf_conn *ct, const struct meshmod_flow *key)
{
	const struct nf_conntrack_tuple *reply;
	u8 proto;

	reply = &ct->tuplehash[IP_CT_DIR_REPLY].tuple;
	proto = reply->dst.protonum;
	return reply->dst.u.all == htons(key->ingress.port) &&
	       nf_inet_addr_cmp(&reply->dst.u3, &key->ingress.addr.ip) &&
	       reply->src.l3num == key->ingress.addr.family &&
	       (key->proto ? proto == key->proto : meshmod_has_ports(proto)) &&
	       ct->status & IPS_SRC_NAT && !nf_ct_is_expired(ct);
}

static struct meshmod_end end_of(u8 family, const union nf_inet_addr *ip,
				 __be16 port)
{
	return (struct meshmod_end) {
		.addr.family = family,
		.addr.ip = *ip,
		.port = ntohs(port),
	};
}

static void read_flow(const struct nf_conn *ct, struct meshmod_flow *f)
{
	const struct nf_conntrack_tuple *orig, *reply;
	u8 family;

	orig = &ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple;
	reply = &ct->tuplehash[IP_CT_DIR_REPLY].tuple;
	family = reply->src.l3num;
	f->ingress = end_of(family, &reply->dst.u3, reply->dst.u.all);
	f->proto = reply->dst.protonum;
	f->mark = READ_ONCE(ct->mark);
	f->client = end_of(family, &orig->src.u3, orig->src.u.all);
	f->asked = end_of(family, &orig->dst.u3, orig->dst.u.all);
	f->backend = end_of(family, &reply->src.u3, reply->src.u.all);
}

/*
 * Context: the lock of the connection's bucket held, BH off.
 * Return: 0, or it would be deleted.
 */
static int note(struct nf_conn *ct, void *data)
{
	struct search *s = data;

	if (!is_wanted(ct, s->key))
		return 0;
	if (s->n < s->room)
		read_flow(ct, &s->found->v[s->n]);
	s->n++;
	return 0;
}

/**
 * meshmod_resolve - find the connections that come from an address and port
 * @net: the namespace, configured or not
 * @key: whose ingress they have, and its protocol, unless that is 0
 *
 * Where nothing may sleep it is only counted what there is no room for; then all
 * is looked at again with twice the room that it would have taken.  That ends:
 * conntrack has a limit.
 *
 * Context: may sleep; looks at all connections of all namespaces.
 * Return: all that there are, to be freed with kvfree(), or -ENOMEM.
 */
struct meshmod_flow_list *
meshmod_resolve(struct net *net, const struct meshmod_flow *key)
{
	struct search s = { .key = key, .room = ROOM_FIRST };
	struct nf_ct_iter_data iter = { .net = net, .data = &s };

	for (;;) {
		s.found = kvmalloc(struct_size(s.found, v, s.room),
				   GFP_KERNEL_ACCOUNT | __GFP_NOWARN);
		if (!s.found)
			return ERR_PTR(-ENOMEM);
		s.n = 0;
		nf_ct_iterate_cleanup_net(note, &iter);
		if (s.n <= s.room)
			break;
		kvfree(s.found);
		s.room = 2 * s.n;
	}
	s.found->n = s.n;
	s.found->sent = 0;
	return s.found;
}

#ifdef MESHMOD_KUNIT
#include "resolve_test.c"
#endif
