/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of the module share: objects, state, who may touch it when.
 *
 * Locks and lifetimes
 * -------------------
 * struct meshmod_net	one per network namespace, lives as long as it
 *   .lock		mutex; every writer, and every reader that sleeps, holds
 *			it (meshmod_table_locked() tells lockdep)
 *   .table		RCU.  Hooks read it inside the packet's RCU section
 *			(meshmod_table_rcu()); NULL means nothing configured.
 *   .hooked		.lock
 *
 * struct meshmod_table	one whole configuration with its indexes.  Built in
 *			private, published by one pointer, never changed
 *			afterwards, freed a grace period after the next one
 *			has taken its place.
 * struct meshmod_service	immutable once published; counted, because a table
 *			and its successor share what did not change.  References
 *			are taken and dropped under .lock (or on an unpublished
 *			table); hooks borrow it through their table.
 * struct meshmod_run, struct meshmod_backend_run
 *			what outlives a change of a service's settings: the turn
 *			of the round robin and the counters.  Counted likewise.
 *
 * Nothing of this is ever pointed to from a conntrack: a flow carries its
 * service's mark in the conntrack mark, so unloading is safe at any time.
 */
#ifndef _MESHMOD_CORE_H
#define _MESHMOD_CORE_H

#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/mutex.h>
#include <linux/netfilter.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/rhashtable-types.h>
#include <linux/workqueue.h>
#include <net/net_namespace.h>

#include "../uapi/linux/meshmod.h"

#if BITS_PER_LONG != 64
#error "meshmod counts in 64-bit per-CPU words and needs a 64-bit kernel"
#endif

struct meshmod_addr {
	u8 family;			/* AF_INET, AF_INET6; 0: none */
	u8 prefix;			/* bits; only where a prefix is meant */
	union nf_inet_addr ip;		/* unused bytes are 0 */
};

/* What there is one of for each family: [0] IPv4, [1] IPv6 */
#define MESHMOD_FAMILIES	2

static inline unsigned int meshmod_af(u8 family)
{
	return family == AF_INET6;
}

/* Ports in host order, as everywhere here; one is a range of one */
struct meshmod_port {
	u8 proto;
	u16 first, last;		/* published */
	u16 target, target_last;	/* one by one, or one for all */
	u16 source, nsources;		/* of the service's sources */
};

struct meshmod_listen {
	struct meshmod_addr addr;	/* with prefix; family 0: dev */
	char dev[IFNAMSIZ];
};

struct meshmod_redirect {
	struct meshmod_addr addr;
	u8 proto;
	u16 from, from_last;
	u16 to, to_last;		/* one by one, or one for all */
};

struct meshmod_binding {
	char dev[IFNAMSIZ];
	u8 mac[ETH_ALEN];
	u16 naddrs;
	struct meshmod_addr addrs[MESHMOD_MAX_BINDING_ADDRS];
};

struct meshmod_guard {
	struct meshmod_addr addr;
	char dev[IFNAMSIZ];
};

/* A node that a container's connections come from */
struct meshmod_origin {
	u8 mac[ETH_ALEN] __aligned(2);
	u16 zone;			/* 0 until one is given */
	struct meshmod_addr addr[MESHMOD_FAMILIES];	/* family 0: none */
	struct meshmod_origin_run *run;
};

struct meshmod_ingress {
	u16 n;
	struct meshmod_addr addrs[MESHMOD_MAX_INGRESS];
};

struct meshmod_node {
	u32 mask;
	u32 vni;			/* with tunnel_port */
	u16 tunnel_port;		/* 0: no tunnel to look after */
	bool offload;
	bool overlay;			/* its bridge is here */
	u16 nmasquerade;
	u16 nguards;
	struct meshmod_ingress ingress[MESHMOD_FAMILIES];
	struct meshmod_addr masquerade[MESHMOD_MAX_MASQUERADE];
	struct meshmod_guard guards[MESHMOD_MAX_GUARDS];
};

/* One end of a connection */
struct meshmod_end {
	struct meshmod_addr addr;
	u16 port;
};

/* A connection whose source was translated, or (the first two) what it is found by */
struct meshmod_flow {
	struct meshmod_end ingress;	/* what its server takes the client for */
	u8 proto;			/* 0: any */
	u32 mark;
	struct meshmod_end client;
	struct meshmod_end asked;	/* where the client has sent it to */
	struct meshmod_end backend;
};

/* What a dump has found, to be told from sent on; the dump's own */
struct meshmod_flow_list {
	size_t n, sent;
	struct meshmod_flow v[];
};

/* Counters: per CPU, summed by readers; zeroing moves the base. */
struct meshmod_service_counts {
	u64 n[MESHMOD_A_SSTAT_MAX + 1];
};

struct meshmod_reason_counts {
	u64 n[MESHMOD_REASON_MAX + 1];
};

struct meshmod_run {
	refcount_t ref;
	atomic64_t turn[MESHMOD_FAMILIES];	/* decided so far */
	struct meshmod_service_counts __percpu *counts;
	struct meshmod_service_counts base;
};

/* Of backends that came together, each of which has a slot and a reference */
struct meshmod_backend_run {
	refcount_t ref;
	u64 __percpu *connections;	/* by slot */
	u64 base[];			/* likewise */
};

struct meshmod_backend {
	char name[MESHMOD_NAME_MAX + 1];
	struct meshmod_addr addr[MESHMOD_FAMILIES];	/* family 0: none */
	u32 weight;
	u8 state;
	u16 slot;			/* in .run */
	struct meshmod_backend_run *run;
};

struct meshmod_service {
	refcount_t ref;
	char name[MESHMOD_NAME_MAX + 1];
	u32 mark;			/* 0 until one is given */
	u8 scheduler;
	u8 source;
	u8 refuse;
	bool offload;
	u16 nvips;
	u16 nlisten;
	u16 nports;
	u16 nsources;
	u16 nbackends;
	u16 nusable[MESHMOD_FAMILIES];
	bool published;			/* from then on, nothing above changes */
	struct meshmod_addr vips[MESHMOD_MAX_VIPS];
	struct meshmod_listen *listen;
	struct meshmod_port *ports;
	struct meshmod_addr *sources;	/* prefixes, of all ports */
	struct meshmod_backend *backends;
	u16 *usable[MESHMOD_FAMILIES];	/* positions in backends */
	struct meshmod_run *run;
	const void *origin;		/* netlink.c's, until published */
};

/* Hash index: open addressing; a slot holds a position + 1, or 0. */
struct meshmod_index {
	u32 mask;
	u32 *slots;
};

/*
 * Ports by number, so that a range costs a packet no more than a port: a page
 * holds 256 positions + 1, or 0, and is there if one of them is.
 */
#define MESHMOD_PORT_PAGE	256

struct meshmod_port_map {
	u32 *pages[65536 / MESHMOD_PORT_PAGE];
};

enum {
	MESHMOD_TCP,
	MESHMOD_UDP,
	MESHMOD_SCTP,
	MESHMOD_PROTOS
};

struct meshmod_port_entry {
	struct meshmod_service *service;
	const struct meshmod_port *port;
};

struct meshmod_vip_entry {
	struct meshmod_addr addr;
	struct meshmod_service *service;
};

/* Target ports of one endpoint, next to each other */
struct meshmod_target {
	struct meshmod_addr addr;
	u8 proto;
	u16 first, last;
};

struct meshmod_table {
	struct meshmod_node node;
	u32 npeers;
	struct meshmod_addr *peers;
	u32 norigins;
	struct meshmod_origin *origins;

	u32 nservices;			/* sorted by name */
	struct meshmod_service **services;
	u32 nredirects;			/* sorted by address, proto, from */
	struct meshmod_redirect *redirects;
	u32 nbindings;			/* sorted by device */
	struct meshmod_binding *bindings;

	u32 nports;
	struct meshmod_port_entry *ports;
	struct meshmod_port_entry clash[2];	/* why it has no index */
	u32 nvips;
	struct meshmod_vip_entry *vips;
	u32 ntargets;			/* sorted, apart from each other */
	struct meshmod_target *targets;

	struct meshmod_port_map *by_port[MESHMOD_PROTOS];
	struct meshmod_index by_vip;
	struct meshmod_index by_mark;
	struct meshmod_index by_peer;
	struct meshmod_index by_dev;
	struct meshmod_index by_mac;	/* origins */
	struct meshmod_index by_zone;	/* likewise */
};

/* Slots for connections that have shown a packet or two: 64 KiB */
#define MESHMOD_OFFLOAD_SEEN	16384

struct meshmod_offload {
	struct meshmod_net *mn;
	struct rhashtable ways;		/* once started */
	bool ready;			/* .lock; ways may be added */
	spinlock_t lock;		/* adding a way, against devices */
	u32 *seen;			/* hashes; racy, a hint */
	struct list_head devices;	/* RTNL; packets: RCU */
	struct list_head nets;		/* RTNL */
	int wanted;			/* a device to be watched; 0: none */
	int wanted_for;			/* the leg's port, where it is a port */
	struct work_struct watch;
	struct delayed_work gc;
};

/* Groups of hooks, each for what a configuration can ask for */
#define MESHMOD_HOOKS_INET	BIT(0)	/* anything about IP */
#define MESHMOD_HOOKS_BRIDGE	BIT(1)	/* bindings */
#define MESHMOD_HOOKS_TUNNEL	BIT(2)	/* the overlay's port */
#define MESHMOD_HOOKS_GUARD	BIT(3)	/* guards, or a gateway */
#define MESHMOD_HOOKS_GATEWAY	BIT(4)	/* masquerade, and what local clients need */
#define MESHMOD_HOOKS_OFFLOAD	BIT(5)	/* a fast path, and what it is for */
#define MESHMOD_HOOKS_LOCAL	BIT(6)	/* what a socket of this namespace can be in */
#define MESHMOD_HOOKS_ORIGIN	BIT(7)	/* connections with clients' own addresses */
#define MESHMOD_HOOKS		20	/* how many there are in all */

struct meshmod_net {
	struct net *net;
	struct mutex lock;		/* writers, and readers that sleep */
	struct meshmod_table __rcu *table;
	struct meshmod_reason_counts __percpu *reasons;	/* once configured */
	struct meshmod_reason_counts reasons_base;	/* .lock */
	atomic_t snat_turn[MESHMOD_FAMILIES];
	u32 generation;			/* .lock; counts commits */
	u8 hooked;			/* .lock; MESHMOD_HOOKS_* */
	bool doubts;			/* tunnel.c; once set it stays */
	struct nf_hook_ops hooks[MESHMOD_HOOKS];	/* .lock; of .hooked */
	struct meshmod_offload offload;
};

/* main.c */
struct meshmod_net *meshmod_net(const struct net *net);

/**
 * meshmod_table_rcu - the configuration that packets see
 * @mn: the namespace
 *
 * Context: RCU read side.  Return: the table, or NULL if there is none.
 */
static inline const struct meshmod_table *
meshmod_table_rcu(const struct meshmod_net *mn)
{
	return rcu_dereference(mn->table);
}

/**
 * meshmod_table_locked - the configuration, for whoever holds the lock
 * @mn: the namespace
 *
 * Context: mn->lock held.  Return: the table, or NULL if there is none.
 */
static inline const struct meshmod_table *
meshmod_table_locked(const struct meshmod_net *mn)
{
	return rcu_dereference_protected(mn->table,
					 lockdep_is_held(&mn->lock));
}

static inline bool meshmod_addr_equal(const struct meshmod_addr *a,
				      const struct meshmod_addr *b)
{
	return a->family == b->family && nf_inet_addr_cmp(&a->ip, &b->ip);
}

/* @n addresses, with what prefixes they have */
static inline bool meshmod_addrs_equal(const struct meshmod_addr *a,
				       const struct meshmod_addr *b, u32 n)
{
	while (n--)
		if (!meshmod_addr_equal(&a[n], &b[n]) ||
		    a[n].prefix != b[n].prefix)
			return false;
	return true;
}

/* The target port of @port, which is one of @r's */
static inline u16 meshmod_redirect_port(const struct meshmod_redirect *r,
					u16 port)
{
	return r->to == r->to_last ? r->to : r->to + (port - r->from);
}

/* A refusal by config.c: one sentence, and what it is about. */
#define MESHMOD_SENTENCE	320
enum meshmod_about {
	MESHMOD_ABOUT_ALL,
	MESHMOD_ABOUT_NODE,		/* pos: an attribute of the node, nth */
	MESHMOD_ABOUT_SERVICE,
	MESHMOD_ABOUT_MARK,
	MESHMOD_ABOUT_VIP,		/* pos: which of the service's */
	MESHMOD_ABOUT_PORT,
	MESHMOD_ABOUT_BACKEND,
	MESHMOD_ABOUT_REDIRECT,
	MESHMOD_ABOUT_BINDING,
};

struct meshmod_refusal {
	const char *msg;
	char text[MESHMOD_SENTENCE];	/* msg, if it tells who else */
	enum meshmod_about about;
	const struct meshmod_service *service;
	u32 pos;
	u32 nth;
};

/* How many objects more a copy has room for */
struct meshmod_room {
	u32 services, redirects, bindings;
};

/* The same within a service */
struct meshmod_size {
	u32 ports, sources, listen, backends;
};

/* table.c */
extern const struct meshmod_table meshmod_table_nothing;
struct meshmod_table *meshmod_table_copy(const struct meshmod_table *old,
					 const struct meshmod_room *room);
void meshmod_table_free(struct meshmod_table *t);
int meshmod_table_index(struct meshmod_table *t);
bool meshmod_table_empty(const struct meshmod_table *t);
bool meshmod_table_only_binds(const struct meshmod_table *t);
struct meshmod_service *
meshmod_table_by_name(const struct meshmod_table *t, const char *name);
const struct meshmod_port_entry *
meshmod_table_by_port(const struct meshmod_table *t, u8 proto, u16 port);
const struct meshmod_port *
meshmod_table_port_of(const struct meshmod_table *t,
		      const struct meshmod_service *s, u8 proto, u16 port);
struct meshmod_service *
meshmod_table_by_vip(const struct meshmod_table *t,
		     const struct meshmod_addr *addr);
struct meshmod_service *
meshmod_table_by_mark(const struct meshmod_table *t, u32 mark);
const struct meshmod_redirect *
meshmod_table_redirect(const struct meshmod_table *t,
		       const struct meshmod_addr *addr, u8 proto, u16 port);
bool meshmod_table_admits(const struct meshmod_table *t,
			  const struct meshmod_addr *addr, u8 proto, u16 port);
bool meshmod_table_masquerades(const struct meshmod_table *t,
			       const struct meshmod_addr *addr);
const struct meshmod_addr *
meshmod_table_peer(const struct meshmod_table *t,
		   const struct meshmod_addr *addr);
bool meshmod_table_has_peer(const struct meshmod_table *t, __be32 ip);
const struct meshmod_origin *
meshmod_table_origin(const struct meshmod_table *t, const u8 *mac);
const struct meshmod_origin *
meshmod_table_by_zone(const struct meshmod_table *t, u16 zone);
void meshmod_table_index_zones(struct meshmod_table *t);
const struct meshmod_binding *
meshmod_table_binding(const struct meshmod_table *t, const char *dev);
int meshmod_redirect_order(const struct meshmod_redirect *a,
			   const struct meshmod_redirect *b);
bool meshmod_addr_in(const struct meshmod_addr *addr,
		     const struct meshmod_addr *subnet);

/* service.c */
struct meshmod_service *
meshmod_service_alloc(const struct meshmod_size *size);
struct meshmod_service *meshmod_service_copy(const struct meshmod_service *old,
					     const struct meshmod_size *more);
int meshmod_service_inherit(struct meshmod_service *s,
			    const struct meshmod_service *old);
void meshmod_service_get(struct meshmod_service *s);
void meshmod_service_put(struct meshmod_service *s);
struct meshmod_backend *
meshmod_service_backend(const struct meshmod_service *s, const char *name);
struct meshmod_backend *
meshmod_service_backend_near(const struct meshmod_service *s, u16 pos,
			     const char *name);
bool meshmod_service_equal(const struct meshmod_service *a,
			   const struct meshmod_service *b);
bool meshmod_backend_equal(const struct meshmod_backend *a,
			   const struct meshmod_backend *b);
bool meshmod_service_keeps(const struct meshmod_service *was,
			   const struct meshmod_service *is,
			   const struct meshmod_addr *dst);
bool meshmod_service_listens(const struct meshmod_service *s,
			     const struct meshmod_addr *dst, const char *dev);
bool meshmod_service_admits(const struct meshmod_service *s,
			    const struct meshmod_port *port,
			    const struct meshmod_addr *src);

/* config.c */
int meshmod_config_check(struct meshmod_table *t,
			 const struct meshmod_table *old,
			 struct meshmod_refusal *why);
int meshmod_config_commit(struct meshmod_net *mn, struct meshmod_table *t,
			  struct meshmod_table **old,
			  struct meshmod_refusal *why);
void meshmod_config_drop(struct meshmod_net *mn);

/* sched.c */
const struct meshmod_backend *
meshmod_sched_pick(const struct meshmod_service *s, u8 family);
void meshmod_sched_prepare(struct meshmod_service *s);

/* reject.c */
struct meshmod_packet;
unsigned int meshmod_reject(struct sk_buff *skb,
			    const struct nf_hook_state *state,
			    const struct meshmod_packet *p);

/* packet.c */

/* What a packet says of itself, in either family */
struct meshmod_packet {
	struct meshmod_addr src, dst;
	u8 proto;
	int offset;			/* of the transport's header; < 0: none */
};

struct meshmod_ports {
	__be16 source, dest;
};

bool meshmod_has_ports(u8 proto);
void meshmod_packet_read(const struct sk_buff *skb, u8 family,
			 struct meshmod_packet *p);
bool meshmod_packet_ports(const struct sk_buff *skb,
			  const struct meshmod_packet *p,
			  struct meshmod_ports *ports);
bool meshmod_packet_opens(const struct sk_buff *skb,
			  const struct meshmod_packet *p);
bool meshmod_packet_pings(const struct sk_buff *skb,
			  const struct meshmod_packet *p);
bool meshmod_packet_error(const struct sk_buff *skb,
			  const struct meshmod_packet *p,
			  struct meshmod_addr *to);
s64 meshmod_packet_vni(const struct sk_buff *skb, u8 family, u16 port);

/* frame.c */
bool meshmod_binding_has(const struct meshmod_binding *b, const u8 *mac,
			 const struct meshmod_addr *addr);
bool meshmod_frame_honest(const struct sk_buff *skb,
			  const struct meshmod_binding *b);

/* nat.c */
struct nf_conn;
int meshmod_nat_balance(struct meshmod_net *mn, const struct meshmod_table *t,
			struct nf_conn *ct, const struct meshmod_service *s,
			const struct meshmod_backend *b, bool snat);
int meshmod_nat_redirect(struct nf_conn *ct, u16 to);
u16 meshmod_nat_port(u32 turn);

/* flow.c */
const struct meshmod_service *
meshmod_flow_service(const struct meshmod_table *t, const struct nf_conn *ct);
void meshmod_flow_end(struct net *net, const struct meshmod_table *old,
		      const struct meshmod_table *new);

/* resolve.c */
struct meshmod_flow_list *
meshmod_resolve(struct net *net, const struct meshmod_flow *key);

/* offload.c */
void meshmod_offload_init(struct meshmod_net *mn);
int meshmod_offload_start(struct meshmod_net *mn);
void meshmod_offload_stop(struct meshmod_net *mn);
void meshmod_offload_exit(struct meshmod_net *mn);
int meshmod_offload_register(void);
void meshmod_offload_unregister(void);
void meshmod_offload_see(struct meshmod_net *mn, const struct meshmod_table *t,
			 const struct sk_buff *skb, struct net_device *in);
void meshmod_offload_review(struct meshmod_net *mn,
			    const struct meshmod_table *t);
void meshmod_offload_count(struct meshmod_net *mn, u32 *flows);

/* tunnel.c */
unsigned int meshmod_tunnel_in(void *priv, struct sk_buff *skb,
			       const struct nf_hook_state *state);
unsigned int meshmod_tunnel_out(void *priv, struct sk_buff *skb,
				const struct nf_hook_state *state);

/* origin.c */
struct nf_conn;
void meshmod_origins_get(const struct meshmod_table *t);
void meshmod_origins_clear(struct meshmod_table *t);
bool meshmod_origins_equal(const struct meshmod_table *a,
			   const struct meshmod_table *b);
int meshmod_origins_prepare(struct net *net, struct meshmod_table *t,
			    const struct meshmod_table *old);
bool meshmod_origin_gone(const struct meshmod_table *old,
			 const struct meshmod_table *new,
			 const struct nf_conn *ct);
int meshmod_origin_register(void);
void meshmod_origin_unregister(void);
unsigned int meshmod_origin_hook(void *priv, struct sk_buff *skb,
				 const struct nf_hook_state *state);
unsigned int meshmod_arrival_hook(void *priv, struct sk_buff *skb,
				  const struct nf_hook_state *state);
unsigned int meshmod_answer_hook(void *priv, struct sk_buff *skb,
				 const struct nf_hook_state *state);
unsigned int meshmod_return_hook(void *priv, struct sk_buff *skb,
				 const struct nf_hook_state *state);

/* mss.c */
bool meshmod_mss_clamp(struct sk_buff *skb, u8 family, u32 mtu);

/* hooks.c */
struct meshmod_service *
meshmod_find_service(struct net *net, const struct meshmod_table *t,
		     const struct meshmod_addr *dst, u8 proto, u16 port,
		     const char *dev);
bool meshmod_masquerades(struct net *net, const struct meshmod_table *t,
			 const struct meshmod_addr *src,
			 const struct meshmod_addr *dst);
bool meshmod_is_local(struct net *net, const struct meshmod_addr *addr);
u8 meshmod_hooks_needed(const struct meshmod_table *t);
int meshmod_hooks_register(struct meshmod_net *mn, u8 groups);
void meshmod_hooks_unregister(struct meshmod_net *mn, u8 groups);

/* stats.c */
int meshmod_stats_init(struct meshmod_net *mn);
void meshmod_stats_exit(struct meshmod_net *mn);
struct meshmod_run *meshmod_run_alloc(void);
void meshmod_run_put(struct meshmod_run *run);
struct meshmod_backend_run *meshmod_backend_run_alloc(u16 slots);
void meshmod_backend_run_put(struct meshmod_backend_run *run);
u64 meshmod_stats_reason(const struct meshmod_net *mn, int reason);
u64 meshmod_stats_service(const struct meshmod_service *s, int stat);
u64 meshmod_stats_backend(const struct meshmod_backend *b);
void meshmod_stats_zero(struct meshmod_net *mn);

static inline void meshmod_count(const struct meshmod_net *mn,
				 enum meshmod_reason reason)
{
	this_cpu_inc(mn->reasons->n[reason]);
}

static inline void meshmod_count_service(const struct meshmod_service *s,
					 enum meshmod_service_stat stat)
{
	this_cpu_inc(s->run->counts->n[stat]);
}

/* netlink.c */
int meshmod_netlink_register(void);
void meshmod_netlink_unregister(void);

#endif /* _MESHMOD_CORE_H */
