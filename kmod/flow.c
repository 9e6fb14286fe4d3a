// SPDX-License-Identifier: GPL-2.0
/*
 * Flows: ending the connections that a change no longer allows.
 */
#include <net/netfilter/nf_conntrack.h>
#include <net/netfilter/nf_conntrack_core.h>

#include "core.h"

struct change {
	struct net *net;
	const struct meshmod_table *old, *new;	/* either may be NULL */
};

/* The part of a conntrack that tells whose it is. */
struct flow {
	struct meshmod_addr src;
	struct meshmod_addr dst;	/* where the client went */
	struct meshmod_addr backend;	/* who answers */
	u8 proto;
	u16 port;			/* the client's choice */
	u32 mark;
	bool dnat;
	bool snat;
	bool answered;
};

static struct flow flow_of(const struct nf_conn *ct)
{
	const struct nf_conntrack_tuple *orig, *reply;
	struct flow f = {};

	orig = &ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple;
	reply = &ct->tuplehash[IP_CT_DIR_REPLY].tuple;
	f.src.family = nf_ct_l3num(ct);
	f.src.ip = orig->src.u3;
	f.dst.family = nf_ct_l3num(ct);
	f.dst.ip = orig->dst.u3;
	f.backend.family = nf_ct_l3num(ct);
	f.backend.ip = reply->src.u3;
	f.proto = orig->dst.protonum;
	f.port = ntohs(orig->dst.u.all);
	f.mark = READ_ONCE(ct->mark);
	f.dnat = ct->status & IPS_DST_NAT;
	f.snat = ct->status & IPS_SRC_NAT;
	f.answered = ct->status & IPS_SEEN_REPLY;
	return f;
}

static bool has_backend(const struct meshmod_service *s,
			const struct meshmod_addr *addr)
{
	unsigned int f = meshmod_af(addr->family);
	u16 i;

	for (i = 0; i < s->nbackends; i++)
		if (meshmod_addr_equal(&s->backends[i].addr[f], addr))
			return true;
	return false;
}

static const struct meshmod_service *
sent_by(const struct meshmod_table *t, bool dnat, u32 mark)
{
	mark &= t->node.mask;
	return dnat && mark ? meshmod_table_by_mark(t, mark) : NULL;
}

/* The service that @ct's mark names as who sent it on, or NULL.  Context: any. */
const struct meshmod_service *
meshmod_flow_service(const struct meshmod_table *t, const struct nf_conn *ct)
{
	return sent_by(t, ct->status & IPS_DST_NAT, READ_ONCE(ct->mark));
}

/* The service by whose decision @f goes where it goes, or NULL. */
static const struct meshmod_service *
owner(const struct meshmod_table *t, const struct flow *f)
{
	const struct meshmod_service *s;

	s = t ? sent_by(t, f->dnat, f->mark) : NULL;
	return s && has_backend(s, &f->backend) ? s : NULL;
}

static bool entered_by_vip(const struct meshmod_table *t, const struct flow *f,
			   const struct meshmod_service *s)
{
	return meshmod_table_by_vip(t, &f->dst) == s;
}

static bool service_flow_ends(const struct change *c, const struct flow *f)
{
	const struct meshmod_service *was = owner(c->old, f);
	const struct meshmod_service *is;
	const struct meshmod_port *port;

	if (!was)
		return false;
	is = owner(c->new, f);
	if (!is || strcmp(is->name, was->name))
		return true;
	port = meshmod_table_port_of(c->new, is, f->proto, f->port);
	if (port && !meshmod_service_admits(is, port, &f->src))
		return true;
	/* How did it come: by VIP, by port, or else by a mark? */
	if (entered_by_vip(c->old, f, was))
		return !entered_by_vip(c->new, f, is);
	if (!meshmod_table_port_of(c->old, was, f->proto, f->port))
		return false;
	return !port || !meshmod_service_keeps(was, is, &f->dst);
}

static bool redirect_flow_ends(const struct change *c, const struct flow *f)
{
	const struct meshmod_redirect *was, *is;

	if (!c->old || !meshmod_table_admits(c->old, &f->dst, f->proto,
					     f->port))
		return false;
	if (!c->new || !meshmod_table_admits(c->new, &f->dst, f->proto,
					     f->port))
		return f->dnat || (c->new && c->new->node.nguards);
	was = meshmod_table_redirect(c->old, &f->dst, f->proto, f->port);
	is = meshmod_table_redirect(c->new, &f->dst, f->proto, f->port);
	if (!was || (!f->dnat && meshmod_redirect_port(was, f->port) != f->port))
		return false;
	return !is || meshmod_redirect_port(is, f->port) !=
		      meshmod_redirect_port(was, f->port);
}

/* Would @t (may be NULL) send what opens @f somewhere else? */
static bool sends_on(const struct change *c, const struct meshmod_table *t,
		     const struct flow *f)
{
	const struct meshmod_redirect *r;

	if (!t)
		return false;
	r = meshmod_table_redirect(t, &f->dst, f->proto, f->port);
	return (r && meshmod_redirect_port(r, f->port) != f->port) ||
	       meshmod_find_service(c->net, t, &f->dst, f->proto, f->port,
				    NULL);
}

static bool masquerades(const struct change *c, const struct meshmod_table *t,
			const struct flow *f)
{
	return t && meshmod_masquerades(c->net, t, &f->src, &f->backend);
}

/*
 * Who knocked before the port was published, or the subnet masqueraded, and
 * was not answered, must not stay bound to that: the next packet is to be
 * decided.
 */
static bool stale(const struct change *c, const struct flow *f)
{
	if (f->answered)
		return false;
	if (!f->dnat && sends_on(c, c->new, f) && !sends_on(c, c->old, f))
		return true;
	return !f->snat && masquerades(c, c->new, f) &&
	       !masquerades(c, c->old, f);
}

static int ends(struct nf_conn *ct, void *data)
{
	const struct change *c = data;
	struct flow f = flow_of(ct);

	if (meshmod_origin_gone(c->old, c->new, ct))
		return 1;
	if (!meshmod_has_ports(f.proto))
		return 0;
	return service_flow_ends(c, &f) || redirect_flow_ends(c, &f) ||
	       stale(c, &f);
}

/**
 * meshmod_flow_end - end the connections that a change no longer allows
 * @net: the namespace
 * @old: the table before, not seen by packets any more, or NULL
 * @new: the table in force, or NULL
 *
 * Context: may sleep; both tables are kept alive by the caller.
 */
void meshmod_flow_end(struct net *net, const struct meshmod_table *old,
		      const struct meshmod_table *new)
{
	struct change c = { .net = net, .old = old, .new = new };
	struct nf_ct_iter_data iter = { .net = net, .data = &c };

	nf_ct_iterate_cleanup_net(ends, &iter);
}

#ifdef MESHMOD_KUNIT
#include "flow_test.c"
#endif
