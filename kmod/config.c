// SPDX-License-Identifier: GPL-2.0
/*
 * Configuration: the one place that says whether a table makes sense, and
 * the one place that puts a table into force.  Knows nothing of netlink.
 */
#include <linux/bsearch.h>
#include <linux/ctype.h>
#include <linux/etherdevice.h>
#include <linux/inetdevice.h>
#include <linux/slab.h>
#include <linux/sort.h>
#include <net/ipv6.h>

#include "core.h"
#include "index.h"

static int refuse(struct meshmod_refusal *why, int err,
		  enum meshmod_about about, const struct meshmod_service *s,
		  u32 pos, const char *msg)
{
	why->msg = msg;
	why->about = about;
	why->service = s;
	why->pos = pos;
	return err;
}

static bool name_valid(const char *name)
{
	const char *c;

	for (c = name; *c; c++)
		if (!isascii(*c) || (!isalnum(*c) && !strchr("._-", *c)))
			return false;
	return c != name;
}

/* An address that a single host can have and others can reach it by. */
static bool addr_is_host(const struct meshmod_addr *addr)
{
	__be32 ip = addr->ip.ip;
	int type;

	if (addr->family == AF_INET)
		return !ipv4_is_zeronet(ip) && !ipv4_is_loopback(ip) &&
		       !ipv4_is_linklocal_169(ip) &&
		       !ipv4_is_multicast(ip) && !ipv4_is_lbcast(ip);
	type = ipv6_addr_type(&addr->ip.in6);
	return type & IPV6_ADDR_UNICAST &&
	       !(type & (IPV6_ADDR_LOOPBACK | IPV6_ADDR_LINKLOCAL));
}

static bool is_among(const struct meshmod_addr *addr,
		     const struct meshmod_addr *list, u32 n)
{
	u32 i;

	for (i = 0; i < n; i++)
		if (meshmod_addr_equal(addr, &list[i]))
			return true;
	return false;
}

/* @list: the attribute; @i: which of its addresses */
static int refuse_node(struct meshmod_refusal *why, int err, int list, u32 i,
		       const char *msg)
{
	why->nth = i;
	return refuse(why, err, MESHMOD_ABOUT_NODE, NULL, list, msg);
}

/* @before: how many of the attribute stand before these in the message */
static int check_ingress(const struct meshmod_ingress *ingress, u32 before,
			 struct meshmod_refusal *why)
{
	u32 i;

	for (i = 0; i < ingress->n; i++) {
		if (!addr_is_host(&ingress->addrs[i]))
			return refuse_node(why, -EINVAL,
					   MESHMOD_A_NODE_INGRESS, before + i,
					   "an ingress address must be a unicast address that is not loopback or link-local");
		if (is_among(&ingress->addrs[i], ingress->addrs, i))
			return refuse_node(why, -EEXIST,
					   MESHMOD_A_NODE_INGRESS, before + i,
					   "an ingress address is named twice; name each once");
	}
	return 0;
}

/* The index knows one of several that are alike. */
static int check_peers(const struct meshmod_table *t,
		       struct meshmod_refusal *why)
{
	u32 i;

	for (i = 0; i < t->npeers; i++) {
		if (!addr_is_host(&t->peers[i]))
			return refuse_node(why, -EINVAL, MESHMOD_A_NODE_PEER, i,
					   "a peer must be a unicast address that is not loopback or link-local");
		if (meshmod_table_peer(t, &t->peers[i]) != &t->peers[i])
			return refuse_node(why, -EEXIST, MESHMOD_A_NODE_PEER, i,
					   "a peer is named twice; name each once");
	}
	return 0;
}

static int check_origins(const struct meshmod_table *t,
			 struct meshmod_refusal *why)
{
	const struct meshmod_origin *o;
	u32 i, f;

	for (i = 0; i < t->norigins; i++) {
		o = &t->origins[i];
		if (!is_valid_ether_addr(o->mac))
			return refuse_node(why, -EINVAL, MESHMOD_A_NODE_ORIGIN,
					   i,
					   "the MAC of an origin must be a unicast address other than 00:00:00:00:00:00");
		for (f = 0; f < MESHMOD_FAMILIES; f++)
			if (o->addr[f].family && !addr_is_host(&o->addr[f]))
				return refuse_node(why, -EINVAL,
						   MESHMOD_A_NODE_ORIGIN, i,
						   "an origin's address must be a unicast address that is not loopback or link-local");
		if (meshmod_table_origin(t, o->mac) != o)
			return refuse_node(why, -EEXIST, MESHMOD_A_NODE_ORIGIN,
					   i,
					   "an origin's MAC is named twice; name each once");
	}
	return 0;
}

static int check_guards(const struct meshmod_node *node,
			struct meshmod_refusal *why)
{
	u32 i, j;

	for (i = 0; i < node->nguards; i++) {
		if (!addr_is_host(&node->guards[i].addr))
			return refuse_node(why, -EINVAL, MESHMOD_A_NODE_GUARD,
					   i,
					   "a guarded address must be a unicast address that is not loopback or link-local");
		for (j = 0; j < i; j++)
			if (meshmod_addr_equal(&node->guards[i].addr,
					       &node->guards[j].addr))
				return refuse_node(why, -EEXIST,
						   MESHMOD_A_NODE_GUARD, i,
						   "a guarded address is named twice; name each once");
	}
	return 0;
}

static int check_node(const struct meshmod_table *t,
		      struct meshmod_refusal *why)
{
	const struct meshmod_node *node = &t->node;

	if (node->mask & (node->mask + 1) || node->mask < 0x1ff)
		return refuse_node(why, -EINVAL, MESHMOD_A_NODE_MASK, 0,
				   "the mark mask must be one run of bits from bit 0 up, at least 0x1ff");
	return check_ingress(&node->ingress[0], 0, why) ?:
	       check_ingress(&node->ingress[1], node->ingress[0].n, why) ?:
	       check_guards(node, why);
}

static int check_bindings(const struct meshmod_table *t,
			  struct meshmod_refusal *why)
{
	u32 i, j;

	for (i = 0; i < t->nbindings; i++) {
		const struct meshmod_binding *b = &t->bindings[i];

		if (!is_valid_ether_addr(b->mac))
			return refuse(why, -EINVAL, MESHMOD_ABOUT_BINDING, NULL,
				      i,
				      "a binding needs a unicast MAC that is not all zero");
		for (j = 0; j < b->naddrs; j++)
			if (!addr_is_host(&b->addrs[j]) ||
			    is_among(&b->addrs[j], b->addrs, j))
				return refuse(why, -EINVAL,
					      MESHMOD_ABOUT_BINDING, NULL, i,
					      "a binding's addresses must be unicast, not loopback or link-local, and each named once");
	}
	return 0;
}

static int check_redirects(const struct meshmod_table *t,
			   struct meshmod_refusal *why)
{
	u32 i;

	for (i = 0; i < t->nredirects; i++)
		if (!addr_is_host(&t->redirects[i].addr))
			return refuse(why, -EINVAL, MESHMOD_ABOUT_REDIRECT,
				      NULL, i,
				      "a redirect's address must be unicast, not loopback or link-local");
	return 0;
}

/* In families of which it has an address, and of one at least */
static bool backend_reachable(const struct meshmod_backend *b)
{
	int f, n = 0;

	for (f = 0; f < MESHMOD_FAMILIES; f++) {
		if (!b->addr[f].family)
			continue;
		if (!addr_is_host(&b->addr[f]))
			return false;
		n++;
	}
	return n;
}

static int check_backend(const struct meshmod_service *s, u16 i,
			 struct meshmod_refusal *why)
{
	const struct meshmod_backend *b = &s->backends[i];

	if (!name_valid(b->name))
		return refuse(why, -EINVAL, MESHMOD_ABOUT_BACKEND, s, i,
			      "a backend's name must be letters, digits, '.', '_' and '-'");
	if (!backend_reachable(b))
		return refuse(why, -EINVAL, MESHMOD_ABOUT_BACKEND, s, i,
			      "a backend needs a unicast address that is not loopback or link-local");
	return 0;
}

/* @seen: the backends before @i, by name and by each address; @i is added. */
static int check_backend_alone(const struct meshmod_service *s, u16 i,
			       struct meshmod_index *seen,
			       struct meshmod_refusal *why)
{
	const struct meshmod_backend *b = &s->backends[i];
	s64 pos;
	int f;

	index_for_each(seen, hash_name(b->name), pos)
		if (!strcmp(s->backends[pos].name, b->name))
			return refuse(why, -EEXIST, MESHMOD_ABOUT_BACKEND, s, i,
				      "the service has a backend of this name; choose another or change that one");
	index_add(seen, hash_name(b->name), i);
	for (f = 0; f < MESHMOD_FAMILIES; f++) {
		if (!b->addr[f].family)
			continue;
		index_for_each(seen, hash_addr(&b->addr[f]), pos)
			if (pos != i &&
			    meshmod_addr_equal(&s->backends[pos].addr[f],
					       &b->addr[f]))
				return refuse(why, -EEXIST,
					      MESHMOD_ABOUT_BACKEND, s, i,
					      "the service has a backend with this address; each needs its own");
		index_add(seen, hash_addr(&b->addr[f]), i);
	}
	return 0;
}

static int check_backends(const struct meshmod_service *s,
			  struct meshmod_refusal *why)
{
	struct meshmod_index seen;
	int err = 0;
	u16 i;

	if (index_alloc(&seen, (1 + MESHMOD_FAMILIES) * s->nbackends))
		return -ENOMEM;
	for (i = 0; !err && i < s->nbackends; i++)
		err = check_backend(s, i, why) ?:
		      check_backend_alone(s, i, &seen, why);
	kvfree(seen.slots);
	return err;
}

static bool ports_overlap(const struct meshmod_port *a,
			  const struct meshmod_port *b)
{
	return a->proto == b->proto && a->first <= b->last &&
	       b->first <= a->last;
}

/*
 * What can be said of a service without looking at the others: of one that was
 * published, only what has changed around it.
 */
static int check_service(const struct meshmod_service *s, u32 mask,
			 struct meshmod_refusal *why)
{
	u16 i, j;

	if (s->mark > mask)
		return refuse(why, -ERANGE, MESHMOD_ABOUT_MARK, s, 0,
			      "the mark does not fit under the node's mark mask; choose a lower one");
	if (s->published)
		return 0;
	if (!name_valid(s->name))
		return refuse(why, -EINVAL, MESHMOD_ABOUT_SERVICE, s, 0,
			      "a service's name must be letters, digits, '.', '_' and '-'");
	for (i = 0; i < s->nvips; i++)
		if (!addr_is_host(&s->vips[i]))
			return refuse(why, -EINVAL, MESHMOD_ABOUT_VIP, s, i,
				      "a VIP must be a unicast address that is not loopback or link-local");
	for (i = 0; i < s->nvips; i++)
		if (is_among(&s->vips[i], s->vips, i))
			return refuse(why, -EEXIST, MESHMOD_ABOUT_VIP, s, i,
				      "a VIP is named twice; name each once");
	for (i = 0; i < s->nports; i++)
		for (j = 0; j < i; j++)
			if (ports_overlap(&s->ports[i], &s->ports[j]))
				return refuse(why, -EEXIST, MESHMOD_ABOUT_PORT,
					      s, i,
					      "a port is published twice; publish each once");
	return check_backends(s, why);
}

static int compare_service(const void *a, const void *b)
{
	const struct meshmod_service *const *l = a, *const *r = b;

	return strcmp((*l)->name, (*r)->name);
}

static int compare_redirect(const void *a, const void *b)
{
	return meshmod_redirect_order(a, b);
}

static int compare_binding(const void *a, const void *b)
{
	const struct meshmod_binding *l = a, *r = b;

	return strcmp(l->dev, r->dev);
}

static int compare_mark(const void *a, const void *b)
{
	u32 l = *(const u32 *)a, r = *(const u32 *)b;

	return l < r ? -1 : l > r;
}

/*
 * Give a mark to each service that has none: the one it had in @old, if that
 * is still free, or the lowest free one.  @taken has room for them all.
 */
static int give_marks(struct meshmod_table *t, const struct meshmod_table *old,
		      u32 *taken, struct meshmod_refusal *why)
{
	u32 next = MESHMOD_MARK_FIRST, fixed = 0, i;

	for (i = 0; i < t->nservices; i++)
		if (t->services[i]->mark)
			taken[fixed++] = t->services[i]->mark;
	sort(taken, fixed, sizeof(*taken), compare_mark, NULL);
	for (i = 0; old && i < t->nservices; i++) {
		struct meshmod_service *s = t->services[i];
		const struct meshmod_service *was;

		was = s->mark ? NULL : meshmod_table_by_name(old, s->name);
		if (was && was->mark <= t->node.mask &&
		    !bsearch(&was->mark, taken, fixed, sizeof(*taken),
			     compare_mark))
			s->mark = was->mark;
	}
	for (fixed = 0, i = 0; i < t->nservices; i++)
		if (t->services[i]->mark)
			taken[fixed++] = t->services[i]->mark;
	sort(taken, fixed, sizeof(*taken), compare_mark, NULL);
	for (i = 0; i < t->nservices; i++) {
		if (t->services[i]->mark)
			continue;
		while (bsearch(&next, taken, fixed, sizeof(*taken),
			       compare_mark))
			next++;
		if (next > t->node.mask)
			return refuse(why, -ENOSPC, MESHMOD_ABOUT_SERVICE,
				      t->services[i], 0,
				      "no mark is free under the node's mark mask; widen the mask, or give the service a mark below 256");
		t->services[i]->mark = next++;
	}
	static_assert(MESHMOD_MARK_FIRST == 256);
	return 0;
}

/* Of neighbours in the order of redirects */
static bool redirects_overlap(const struct meshmod_redirect *a,
			      const struct meshmod_redirect *b)
{
	return meshmod_addr_equal(&a->addr, &b->addr) &&
	       a->proto == b->proto && b->from <= a->from_last;
}

static int check_order(struct meshmod_table *t, struct meshmod_refusal *why)
{
	u32 i;

	sort(t->services, t->nservices, sizeof(*t->services), compare_service,
	     NULL);
	for (i = 1; i < t->nservices; i++)
		if (!strcmp(t->services[i - 1]->name, t->services[i]->name))
			return refuse(why, -EEXIST, MESHMOD_ABOUT_SERVICE,
				      t->services[i]->published ?
				      t->services[i - 1] : t->services[i], 0,
				      "a service of this name exists; choose another name or change that one");
	sort(t->redirects, t->nredirects, sizeof(*t->redirects),
	     compare_redirect, NULL);
	for (i = 1; i < t->nredirects; i++)
		if (redirects_overlap(&t->redirects[i - 1], &t->redirects[i]))
			return refuse(why, -EEXIST, MESHMOD_ABOUT_REDIRECT,
				      NULL, 0,
				      "this port of this address is redirected already; change or delete that redirect");
	sort(t->bindings, t->nbindings, sizeof(*t->bindings), compare_binding,
	     NULL);
	for (i = 1; i < t->nbindings; i++)
		if (!compare_binding(&t->bindings[i - 1], &t->bindings[i]))
			return refuse(why, -EEXIST, MESHMOD_ABOUT_BINDING, NULL,
				      i,
				      "this device is bound already; change or delete that binding");
	return 0;
}

#define PORT_TEXT	sizeof("65535-65535/sctp")

static const char *port_text(const struct meshmod_port *port, char *buf)
{
	const char *proto = port->proto == IPPROTO_TCP ? "tcp" :
			    port->proto == IPPROTO_UDP ? "udp" : "sctp";

	if (port->first == port->last)
		snprintf(buf, PORT_TEXT, "%u/%s", port->first, proto);
	else
		snprintf(buf, PORT_TEXT, "%u-%u/%s", port->first, port->last,
			 proto);
	return buf;
}

/*
 * Two services publish one port.  The one that the message has brought is to
 * blame, and its owner hears who the other one is.
 */
static int refuse_port(const struct meshmod_table *t,
		       struct meshmod_refusal *why)
{
	bool first = !t->clash[0].service->published;
	const struct meshmod_port_entry *mine = &t->clash[first ? 0 : 1];
	const struct meshmod_port_entry *owner = &t->clash[first ? 1 : 0];
	char a[PORT_TEXT], b[PORT_TEXT];

	snprintf(why->text, sizeof(why->text),
		 "service %s cannot publish %s, because service %s publishes %s; choose another port, or unpublish it there",
		 mine->service->name, port_text(mine->port, a),
		 owner->service->name, port_text(owner->port, b));
	return refuse(why, -EEXIST, MESHMOD_ABOUT_PORT, mine->service,
		      mine->port - mine->service->ports, why->text);
}

static u32 find_vip(const struct meshmod_service *s,
		    const struct meshmod_addr *vip)
{
	u32 i;

	for (i = 0; i < s->nvips; i++)
		if (meshmod_addr_equal(&s->vips[i], vip))
			break;
	return i;
}

/*
 * What services may not share; the indexes are there.  Of two that clash, the
 * one that the message has brought is to blame.
 */
static int check_owners(const struct meshmod_table *t,
			struct meshmod_refusal *why)
{
	const struct meshmod_service *s, *o, *to_blame;
	u32 i, j;

	for (i = 0; i < t->nservices; i++) {
		s = t->services[i];
		o = meshmod_table_by_mark(t, s->mark);
		if (o != s)
			return refuse(why, -EEXIST, MESHMOD_ABOUT_MARK,
				      s->published ? o : s, 0,
				      "another service has this mark; choose another, or none to be given one");
		for (j = 0; j < s->nvips; j++) {
			o = meshmod_table_by_vip(t, &s->vips[j]);
			if (o == s)
				continue;
			to_blame = s->published ? o : s;
			return refuse(why, -EEXIST, MESHMOD_ABOUT_VIP,
				      to_blame, find_vip(to_blame, &s->vips[j]),
				      "another service has this VIP; each service needs its own");
		}
	}
	return 0;
}

static int check_limits(const struct meshmod_table *t,
			struct meshmod_refusal *why)
{
	if (t->nservices > MESHMOD_MAX_SERVICES)
		return refuse(why, -ENOSPC, MESHMOD_ABOUT_ALL, NULL, 0,
			      "this namespace would have more than 16384 services; delete some first");
	if (t->nredirects > MESHMOD_MAX_REDIRECTS)
		return refuse(why, -ENOSPC, MESHMOD_ABOUT_ALL, NULL, 0,
			      "this namespace would have more than 16384 redirects; delete some first");
	if (t->nbindings > MESHMOD_MAX_BINDINGS)
		return refuse(why, -ENOSPC, MESHMOD_ABOUT_ALL, NULL, 0,
			      "this namespace would have more than 4096 bindings; delete some first");
	static_assert(MESHMOD_MAX_BINDINGS == 4096);
	static_assert(MESHMOD_MAX_SERVICES == 16384);
	static_assert(MESHMOD_MAX_REDIRECTS == 16384);
	return 0;
}

/**
 * meshmod_config_check - finish a new table, or say why it makes no sense
 * @t: the table, not published; sorted, marked and indexed on success
 * @old: the table that it is to replace, or NULL
 * @why: filled on a refusal
 *
 * Context: may sleep; whatever keeps @old alive is held.
 * Return: 0; -EINVAL, -ERANGE, -EEXIST, -ENOSPC with @why filled; -ENOMEM.
 */
int meshmod_config_check(struct meshmod_table *t,
			 const struct meshmod_table *old,
			 struct meshmod_refusal *why)
{
	u32 *taken, i;
	int err;

	err = check_limits(t, why) ?: check_node(t, why) ?:
	      check_redirects(t, why) ?: check_bindings(t, why);
	for (i = 0; !err && i < t->nservices; i++) {
		err = check_service(t->services[i], t->node.mask, why);
		cond_resched();
	}
	err = err ?: check_order(t, why);
	if (err)
		return err;
	taken = kvcalloc(t->nservices + 1, sizeof(*taken), GFP_KERNEL_ACCOUNT);
	if (!taken)
		return -ENOMEM;
	err = give_marks(t, old, taken, why);
	kvfree(taken);
	if (err)
		return err;
	for (i = 0; i < t->nservices; i++) {
		struct meshmod_service *s = t->services[i];

		if (s->published)
			continue;
		err = meshmod_service_inherit(s, old ?
				meshmod_table_by_name(old, s->name) : NULL);
		if (err)
			return err;
		meshmod_sched_prepare(s);
	}
	err = meshmod_table_index(t);
	if (err == -EEXIST)
		return refuse_port(t, why);
	return err ?: check_owners(t, why) ?: check_peers(t, why) ?:
	       check_origins(t, why);
}

/**
 * meshmod_config_commit - put a table into force
 * @mn: the namespace
 * @t: the table; belongs to the namespace on success, to the caller otherwise
 * @old: on success the table it replaced (or NULL), which no packet sees any
 *	more, for the caller to free
 * @why: filled on a refusal
 *
 * The flows that @t no longer allows have ended on return.  If @t says nothing
 * at all, the namespace is left without table and hooks.
 *
 * Context: mn->lock held; sleeps for a grace period.
 * Return: as meshmod_config_check(); or the error of registering the hooks.
 */
int meshmod_config_commit(struct meshmod_net *mn, struct meshmod_table *t,
			  struct meshmod_table **old,
			  struct meshmod_refusal *why)
{
	u8 hooks;
	u32 i;
	int err;

	lockdep_assert_held(&mn->lock);
	err = meshmod_config_check(t, meshmod_table_locked(mn), why);
	if (err)
		return err;
	hooks = meshmod_hooks_needed(t);
	if (!hooks) {
		meshmod_table_free(t);
		t = NULL;
	} else {
		err = meshmod_origins_prepare(mn->net, t,
					      meshmod_table_locked(mn)) ?:
		      meshmod_stats_init(mn) ?:
		      meshmod_hooks_register(mn, hooks & ~mn->hooked);
		if (err)
			return err;
		mn->hooked |= hooks;
	}
	for (i = 0; t && i < t->nservices; i++) {
		t->services[i]->origin = NULL;
		t->services[i]->published = true;
	}
	*old = rcu_replace_pointer(mn->table, t, lockdep_is_held(&mn->lock));
	mn->generation++;
	meshmod_hooks_unregister(mn, mn->hooked & ~hooks);
	mn->hooked = hooks;
	/*
	 * A packet that was decided by the old table has met conntrack's
	 * confirmation by then, so the flows to end can all be found; all but
	 * those of packets that a queue holds for user space (NFQUEUE).
	 */
	synchronize_rcu();
	meshmod_flow_end(mn->net, *old, t);
	meshmod_offload_review(mn, t);
	return 0;
}

/*
 * Forget everything, as the namespace or the module goes away.
 * Context: may sleep.
 */
void meshmod_config_drop(struct meshmod_net *mn)
{
	struct meshmod_table *old;

	mutex_lock(&mn->lock);
	old = rcu_replace_pointer(mn->table, NULL, lockdep_is_held(&mn->lock));
	meshmod_hooks_unregister(mn, mn->hooked);
	mn->hooked = 0;
	if (old) {
		synchronize_rcu();
		if (check_net(mn->net))		/* else all flows end anyway */
			meshmod_flow_end(mn->net, old, NULL);
	}
	meshmod_table_free(old);
	mutex_unlock(&mn->lock);
}

#ifdef MESHMOD_KUNIT
#include "config_test.c"
#endif
