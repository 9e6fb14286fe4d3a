// SPDX-License-Identifier: GPL-2.0
/*
 * Offload: which connections leave the slow path.
 *
 * A connection of the mesh that lasts gets a way (way.c) for each of its
 * directions, made by the packet that the end of POST_ROUTING sees; forward.c then
 * takes its packets where they come in (ingress.c).  A way is removed when its
 * connection ends or is taken away, when its route, neighbour or devices
 * change, when the configuration wants it no more, or when it is not used for a
 * while: then the slow path has the next packet, and may make a new one.
 */
#include <linux/hash.h>
#include <linux/tcp.h>
#include <net/netfilter/nf_conntrack.h>
#include <net/netfilter/nf_conntrack_core.h>
#include <net/netfilter/nf_conntrack_helper.h>
#include <net/netfilter/nf_conntrack_zones.h>

#include "offload.h"

#define SEEN_SHIFT	11		/* jiffies; 2 to 20 s */

static bool is_masqueraded(const struct meshmod_table *t,
			   const struct nf_conn *ct)
{
	struct meshmod_addr src = {
		.family = nf_ct_l3num(ct),
		.ip = ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple.src.u3,
	};

	return ct->status & IPS_SRC_NAT && meshmod_table_masquerades(t, &src);
}

/*
 * Return: MESHMOD_A_FLOWS_*: why @ct is not offloaded, _SLOW: it may be; or 0:
 * it is none of the mesh's.
 */
static int judge(const struct meshmod_table *t, const struct nf_conn *ct)
{
	const struct meshmod_service *s = meshmod_flow_service(t, ct);
	u8 proto = nf_ct_protonum(ct);

	if (!s && !is_masqueraded(t, ct))
		return 0;
	if (proto != IPPROTO_TCP && proto != IPPROTO_UDP)
		return MESHMOD_A_FLOWS_PROTOCOL;
	if (!t->node.offload || (s && !s->offload))
		return MESHMOD_A_FLOWS_OFF;
	if (ct->status & (IPS_SEQ_ADJUST | IPS_NAT_CLASH | IPS_OFFLOAD) ||
	    nf_ct_ext_exist(ct, NF_CT_EXT_HELPER) ||
	    nf_ct_zone(ct)->id != NF_CT_DEFAULT_ZONE_ID)
		return MESHMOD_A_FLOWS_SPECIAL;
	if (!(ct->status & IPS_ASSURED) || nf_ct_is_dying(ct) ||
	    (proto == IPPROTO_TCP &&
	     READ_ONCE(ct->proto.tcp.state) != TCP_CONNTRACK_ESTABLISHED))
		return MESHMOD_A_FLOWS_OPENING;
	return MESHMOD_A_FLOWS_SLOW;
}

/*
 * Most connections are over before a way has paid for itself: a direction has
 * to show a few packets first.  Those that share a slot hold each other up, but
 * not for long: in a few seconds they have others.
 */
static bool lasts(struct meshmod_offload *o, const struct nf_conn *ct, u8 dir)
{
	const struct nf_conntrack_tuple *orig;
	u64 id, epoch = jiffies;
	u32 hash, *slot, seen;

	orig = &ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple;
	id = (unsigned long)ct ^ (u64)(__force u16)orig->src.u.all << 48 ^ dir;
	hash = hash_64(id * ((epoch >> SEEN_SHIFT) | 1), 32);
	slot = &o->seen[hash % MESHMOD_OFFLOAD_SEEN];
	seen = READ_ONCE(*slot);
	if ((seen ^ hash) & ~3) {
		WRITE_ONCE(*slot, hash & ~3);
		return false;
	}
	if ((seen & 3) == 3)
		return true;
	WRITE_ONCE(*slot, seen + 1);
	return false;
}

/* Not for what has to be encrypted, encapsulated or is only bridged */
static bool is_plain(const struct dst_entry *route)
{
	return !dst_xfrm(route) && !route->lwtstate &&
	       !(route->flags & DST_FAKE_RTABLE) &&
	       route->dev->type == ARPHRD_ETHER &&
	       !(route->dev->flags & IFF_NOARP);
}

static bool ends_or_begins(const struct sk_buff *skb, u8 proto)
{
	const struct tcphdr *th;
	struct tcphdr buf;

	if (proto != IPPROTO_TCP)
		return false;
	th = skb_header_pointer(skb, skb_transport_offset(skb), sizeof(buf),
				&buf);
	return !th || th->syn || th->fin || th->rst;
}

/**
 * meshmod_offload_see - offload the connection of a packet, if it may be
 * @mn: the namespace
 * @t: its table
 * @skb: the packet, tracked, routed and translated
 * @in: by which it came in
 *
 * Context: at the end of POST_ROUTING, softirq or process with BH off, RCU.
 */
void meshmod_offload_see(struct meshmod_net *mn, const struct meshmod_table *t,
			 const struct sk_buff *skb, struct net_device *in)
{
	enum ip_conntrack_info ctinfo;
	struct nf_conn *ct;
	u8 dir;

	ct = nf_ct_get(skb, &ctinfo);
	if (ctinfo != IP_CT_ESTABLISHED && ctinfo != IP_CT_ESTABLISHED_REPLY)
		return;
	dir = CTINFO2DIR(ctinfo);
	if (!lasts(&mn->offload, ct, dir) ||
	    judge(t, ct) != MESHMOD_A_FLOWS_SLOW ||
	    ends_or_begins(skb, nf_ct_protonum(ct)) ||
	    !is_plain(skb_dst(skb)) ||
	    !meshmod_ingress_watched(&mn->offload, in))
		return;
	meshmod_way_add(mn, skb, ct, dir, in);
}

static bool is_unwanted(const struct meshmod_way *way, const void *t)
{
	return !t || judge(t, way->ct) != MESHMOD_A_FLOWS_SLOW;
}

/**
 * meshmod_offload_review - take back what a new configuration does not want
 * @mn: the namespace
 * @t: the table in force, or NULL
 *
 * Context: may sleep; after flows have been ended.
 */
void meshmod_offload_review(struct meshmod_net *mn,
			    const struct meshmod_table *t)
{
	if (mn->offload.seen)
		meshmod_way_remove_if(&mn->offload, is_unwanted, t);
}

struct census {
	struct meshmod_net *mn;
	const struct meshmod_table *t;
	u32 *flows;
};

/* Has it an end here?  Such is never forwarded. */
static bool is_ours(struct net *net, const struct nf_conn *ct)
{
	const struct nf_conntrack_tuple *orig, *reply;
	struct meshmod_addr a = { .family = nf_ct_l3num(ct) };

	orig = &ct->tuplehash[IP_CT_DIR_ORIGINAL].tuple;
	reply = &ct->tuplehash[IP_CT_DIR_REPLY].tuple;
	a.ip = orig->src.u3;
	if (meshmod_is_local(net, &a))
		return true;
	a.ip = reply->src.u3;
	return meshmod_is_local(net, &a);
}

static bool is_offloaded(struct meshmod_net *mn, const struct nf_conn *ct)
{
	bool yes;

	rcu_read_lock();
	yes = meshmod_way_of(mn, ct, IP_CT_DIR_ORIGINAL) ||
	      meshmod_way_of(mn, ct, IP_CT_DIR_REPLY);
	rcu_read_unlock();
	return yes;
}

static int count_one(struct nf_conn *ct, void *data)
{
	const struct census *c = data;
	int why = judge(c->t, ct);

	if (!why)
		return 0;
	if (is_ours(c->mn->net, ct))
		why = MESHMOD_A_FLOWS_LOCAL;
	else if (why == MESHMOD_A_FLOWS_SLOW && is_offloaded(c->mn, ct))
		why = MESHMOD_A_FLOWS_OFFLOADED;
	c->flows[why]++;
	return 0;
}

/**
 * meshmod_offload_count - how many connections are offloaded, and why others not
 * @mn: the namespace
 * @flows: set; by enum meshmod_flows
 *
 * Context: mn->lock held, may sleep; looks at all connections of all namespaces.
 */
void meshmod_offload_count(struct meshmod_net *mn, u32 *flows)
{
	struct census c = {
		.mn = mn, .t = meshmod_table_locked(mn), .flows = flows,
	};
	struct nf_ct_iter_data iter = { .net = mn->net, .data = &c };

	memset(flows, 0, (MESHMOD_A_FLOWS_MAX + 1) * sizeof(*flows));
	if (c.t)
		nf_ct_iterate_cleanup_net(count_one, &iter);
}

void meshmod_offload_init(struct meshmod_net *mn)
{
	mn->offload.mn = mn;
	meshmod_ingress_init(&mn->offload);
}

static int alloc_once(struct meshmod_offload *o)
{
	int err;

	if (o->seen)
		return 0;
	o->seen = kvcalloc(MESHMOD_OFFLOAD_SEEN, sizeof(*o->seen),
			   GFP_KERNEL_ACCOUNT);
	if (!o->seen)
		return -ENOMEM;
	err = meshmod_way_init(o);
	if (err) {
		kvfree(o->seen);
		o->seen = NULL;
	}
	return err;
}

/* Context: mn->lock held, may sleep; before its hooks.  Return: 0 or -ENOMEM. */
int meshmod_offload_start(struct meshmod_net *mn)
{
	struct meshmod_offload *o = &mn->offload;
	int err = alloc_once(o);

	if (err)
		return err;
	meshmod_ingress_start(o);
	meshmod_way_start(o);
	return 0;
}

/* Context: mn->lock held, may sleep; packets may still be inside. */
void meshmod_offload_stop(struct meshmod_net *mn)
{
	meshmod_way_stop(&mn->offload);
	meshmod_ingress_stop(&mn->offload);
}

/* Context: may sleep; stopped, and no packet is inside any more. */
void meshmod_offload_exit(struct meshmod_net *mn)
{
	struct meshmod_offload *o = &mn->offload;

	if (!o->seen)
		return;
	meshmod_ingress_exit(o);
	meshmod_way_exit(o);
	kvfree(o->seen);
	o->seen = NULL;
}

int __init meshmod_offload_register(void)
{
	return meshmod_ingress_register();
}

/* Context: all namespaces have exited. */
void meshmod_offload_unregister(void)
{
	meshmod_ingress_unregister();
	rcu_barrier();
}

#ifdef MESHMOD_KUNIT
#include "offload_test.c"
#endif
