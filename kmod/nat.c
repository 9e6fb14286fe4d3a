// SPDX-License-Identifier: GPL-2.0
/*
 * Translations: what a decision looks like in a conntrack.  The NAT core
 * rewrites the packets, ICMP errors included; nothing here touches one.
 */
#include <net/netfilter/nf_conntrack.h>
#include <net/netfilter/nf_conntrack_tuple.h>
#include <net/netfilter/nf_nat.h>

#include "core.h"

#define FIRST_PORT	1024		/* what SNAT may use: 1024..65535 */
#define MAX_PROBES	1024

/**
 * meshmod_nat_port - the source port of a turn
 * @turn: any number; 65,536 turns in a row give each port once
 *
 * Return: the port in host order, or 0 for a turn that has none because it
 * fell on a port below 1024.
 */
u16 meshmod_nat_port(u32 turn)
{
	u16 port = turn * 40503U;	/* odd: a permutation of 16 bits */

	return port < FIRST_PORT ? 0 : port;
}

/*
 * The turn of the ingress addresses in the port's @turn: one further with each
 * round of the ports, so that N rounds give each port of all N addresses (up
 * to 16: 65,537 is a prime) once.
 */
static u32 address_turn(u32 turn)
{
	return turn + (turn >> 16);
}

/*
 * Find a free source for the connection @ct to @b.  Every probe of every CPU
 * takes a turn of its own, so two connections that are decided at once never
 * even look at the same port: it cannot be taken between this look and
 * conntrack's confirmation, short of 65,536 probes in between.  For the same
 * reason a port is used again as late as possible, which spares the backend's
 * TIME_WAIT sockets.
 *
 * Return: 0; -EADDRNOTAVAIL without an ingress address; -EADDRINUSE.
 */
static int find_source(struct meshmod_net *mn, const struct meshmod_node *node,
		       const struct nf_conn *ct,
		       const struct meshmod_backend *b,
		       struct nf_nat_range2 *range)
{
	struct nf_conntrack_tuple reply = ct->tuplehash[IP_CT_DIR_REPLY].tuple;
	unsigned int f = meshmod_af(nf_ct_l3num(ct));
	const struct meshmod_ingress *ingress = &node->ingress[f];
	const struct meshmod_addr *addr;
	u32 probe, turn;
	u16 port;

	if (!ingress->n)
		return -EADDRNOTAVAIL;
	reply.src.u3 = b->addr[f].ip;
	for (probe = 0; probe < MAX_PROBES; probe++) {
		turn = atomic_fetch_inc(&mn->snat_turn[f]);
		port = meshmod_nat_port(turn);
		if (!port)
			continue;
		addr = &ingress->addrs[address_turn(turn) % ingress->n];
		reply.dst.u3 = addr->ip;
		reply.dst.u.all = htons(port);
		if (nf_conntrack_tuple_taken(&reply, ct))
			continue;
		range->flags = NF_NAT_RANGE_MAP_IPS |
			       NF_NAT_RANGE_PROTO_SPECIFIED;
		range->min_addr = addr->ip;
		range->max_addr = addr->ip;
		range->min_proto.all = htons(port);
		range->max_proto.all = htons(port);
		return 0;
	}
	return -EADDRINUSE;
}

static void set_mark(struct nf_conn *ct, u32 mask, u32 mark)
{
#if IS_ENABLED(CONFIG_NF_CONNTRACK_MARK)
	WRITE_ONCE(ct->mark, (READ_ONCE(ct->mark) & ~mask) | mark);
#else
#error "meshmod keeps a flow's service in the conntrack mark: enable CONFIG_NF_CONNTRACK_MARK"
#endif
}

/**
 * meshmod_nat_balance - send a new connection to a backend
 * @mn: the namespace
 * @t: the table that decided
 * @ct: unconfirmed, not translated, owned by this packet
 * @s: the service; its mark goes into @ct's
 * @b: the backend, with an address of @ct's family; the destination port is
 *	kept
 * @snat: give it one of the node's ingress addresses as source
 *
 * Context: RCU read side, in a NAT lookup hook at PRE_ROUTING or LOCAL_OUT.
 * Return: 0; -EADDRNOTAVAIL: no ingress address; -EADDRINUSE: no free port;
 * -ENOMEM: the NAT core refused.  @ct is untouched but for the last.
 */
int meshmod_nat_balance(struct meshmod_net *mn, const struct meshmod_table *t,
			struct nf_conn *ct, const struct meshmod_service *s,
			const struct meshmod_backend *b, bool snat)
{
	const struct nf_conntrack_tuple *orig =
		&ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple;
	unsigned int f = meshmod_af(nf_ct_l3num(ct));
	struct nf_nat_range2 source = {}, dest = {
		.flags = NF_NAT_RANGE_MAP_IPS,
		.min_addr = b->addr[f].ip,
		.max_addr = b->addr[f].ip,
	};
	int err;

	if (snat) {
		err = find_source(mn, &t->node, ct, b, &source);
		if (err)
			return err;
		/* The source makes it unique: the NAT core need not look. */
		dest.flags |= NF_NAT_RANGE_PROTO_SPECIFIED;
		dest.min_proto.all = orig->dst.u.all;
		dest.max_proto.all = orig->dst.u.all;
	}
	if (nf_nat_setup_info(ct, &dest, NF_NAT_MANIP_DST) != NF_ACCEPT)
		return -ENOMEM;
	if (snat &&
	    nf_nat_setup_info(ct, &source, NF_NAT_MANIP_SRC) != NF_ACCEPT)
		return -ENOMEM;
	set_mark(ct, t->node.mask, s->mark);
	return 0;
}

/**
 * meshmod_nat_redirect - send a new connection to another port
 * @ct: unconfirmed, not translated, owned by this packet
 * @to: the port, in host order; the address is kept
 *
 * Context: as meshmod_nat_balance().  Return: 0 or -ENOMEM.
 */
int meshmod_nat_redirect(struct nf_conn *ct, u16 to)
{
	const struct nf_conntrack_tuple *orig;
	struct nf_nat_range2 dest = {
		.flags = NF_NAT_RANGE_MAP_IPS | NF_NAT_RANGE_PROTO_SPECIFIED,
		.min_proto.all = htons(to),
		.max_proto.all = htons(to),
	};

	orig = &ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple;
	dest.min_addr = orig->dst.u3;
	dest.max_addr = orig->dst.u3;
	if (nf_nat_setup_info(ct, &dest, NF_NAT_MANIP_DST) != NF_ACCEPT)
		return -ENOMEM;
	return 0;
}

#ifdef MESHMOD_KUNIT
#include "nat_test.c"
#endif
