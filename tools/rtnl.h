/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Requests to rtnetlink: one socket per network namespace, made in it.
 *
 * A NULL socket stands for a namespace that is not there, as in a dry run:
 * nothing is found in it.  Functions return 0 or a negative errno; the
 * kernel's own sentence about the last refusal is in rtnl_why().
 */
#ifndef RTNL_H
#define RTNL_H

#include <libmnl/libmnl.h>
#include <net/if.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "addr.h"

/* "mesh": the group of every link that is ours, set in what creates it */
#define RTNL_GROUP	0x6d657368
/* Its loopback marks a namespace, with a group apart: it cannot be deleted */
#define RTNL_GROUP_NETNS	(RTNL_GROUP + 1)
/* 'm': the protocol of every address, route, rule and neighbour that is ours */
#define RTNL_PROTO	109

/*
 * Where replies of a container find a route that have no other: a table of its
 * own, and the rules that lead there, behind those of "main" (32766) and
 * "default" (32767)
 */
#define RTNL_REPLY_TABLE	32800
#define RTNL_REPLY_PRIORITY	32800

#define RTNL_MACLEN	6

struct rtnl;

struct rtnl *rtnl_open(void);		/* NULL and errno */
void rtnl_close(struct rtnl *r);	/* NULL is fine */
const char *rtnl_why(int err);		/* the last refusal, as a sentence */

/* A request of one type, to be completed with a header and attributes */
struct nlmsghdr *rtnl_request(char *buf, uint16_t type, uint16_t flags);
int rtnl_talk(struct rtnl *r, struct nlmsghdr *req);
int rtnl_query(struct rtnl *r, struct nlmsghdr *req, mnl_cb_t cb, void *data);
/* reset() forgets what cb() has seen: a torn dump is read again */
int rtnl_dump(struct rtnl *r, struct nlmsghdr *req, void (*reset)(void *data),
	      mnl_cb_t cb, void *data);
void rtnl_put_ip(struct nlmsghdr *nlh, uint16_t type, const struct addr *a);
void rtnl_get_ip(const struct nlattr *attr, uint8_t family, struct addr *a);

/* The number by which this namespace knows the one of fd; -1: by none */
int rtnl_nsid(struct rtnl *r, int fd, int *id);

/* What a bridge does with a port */
struct port_flags {
	bool learning, isolated;
	bool flood, mcast_flood, bcast_flood;	/* what it does not know */
	bool suppress;		/* answer for who is behind it, do not ask */
	bool proxy;		/* so too, of ARP; and for who asks over it */
};

/* The flag that an attribute IFLA_BRPORT_* stands for; NULL: none */
bool *port_flag(struct port_flags *f, uint16_t attr);

struct link {
	int index, master;
	int peer, peer_nsid;	/* the other end; nsid -1: same namespace */
	uint32_t group, mtu;
	bool up, loopback;
	bool settling;		/* it has a carrier, and is no good as yet */
	char name[IF_NAMESIZE], kind[16];
	uint8_t mac[RTNL_MACLEN];
	struct port_flags port;	/* of a bridge's port */
	bool snooping;		/* a bridge that looks into multicast */
	bool ll_learning;	/* and that learns from link-local groups */
	int autoconf;		/* IPv6 gives it a link-local; -1: no IPv6 */
	uint32_t vni;		/* these three of VXLAN */
	uint16_t vxlan_port;
	struct addr vxlan_local;
};

static inline bool link_ours(const struct link *l)
{
	return l->group == RTNL_GROUP;
}

/* What every new device has from its first moment */
struct link_new {
	const char *name;
	const uint8_t *mac;	/* NULL: the kernel's choice */
	uint32_t mtu;
	int master;		/* 0: none */
	int netns;		/* file descriptor; -1: the socket's */
};

struct vxlan {
	uint32_t vni;
	uint16_t port;
	const struct addr *local;
};

int rtnl_link(struct rtnl *r, const char *name, struct link *out);
int rtnl_links(struct rtnl *r, struct link **out, size_t *n);	/* free(*out) */

int rtnl_bridge_add(struct rtnl *r, const struct link_new *l, bool snooping);
/* Both ends in one step */
int rtnl_veth_add(struct rtnl *r, const struct link_new *l,
		  const struct link_new *peer);
int rtnl_vxlan_add(struct rtnl *r, const struct link_new *l,
		   const struct vxlan *v);

int rtnl_link_del(struct rtnl *r, int index);
int rtnl_links_del(struct rtnl *r);	/* all of ours, at once */
int rtnl_link_up(struct rtnl *r, int index, bool up);
int rtnl_link_rename(struct rtnl *r, int index, const char *name);
int rtnl_link_mtu(struct rtnl *r, int index, uint32_t mtu);
int rtnl_link_mac(struct rtnl *r, int index, const uint8_t *mac);
int rtnl_link_group(struct rtnl *r, int index, uint32_t group);
int rtnl_link_master(struct rtnl *r, int index, int master);
int rtnl_link_port(struct rtnl *r, int index, const struct port_flags *f);
int rtnl_link_no_autoconf(struct rtnl *r, int index);
int rtnl_bridge_snooping(struct rtnl *r, int index, bool on);
int rtnl_bridge_no_ll_learning(struct rtnl *r, int index);
int rtnl_vxlan_local(struct rtnl *r, int index, const struct addr *local);

/* What a namespace has many of; each kind has its key and its value. */
enum entry_kind {
	ENTRY_ADDR,	/* key: dev, ip with plen */
	ENTRY_ROUTE,	/* key: ip with plen; value: dev, via */
	ENTRY_TUNNEL,	/* VXLAN's FDB; key: dev, mac; value: via */
	ENTRY_PORT,	/* a bridge's static FDB; key: mac; value: dev */
	ENTRY_NEIGH,	/* key: dev, ip; value: mac */
	ENTRY_REPLY_ROUTE,	/* key: family of ip; value: dev */
	ENTRY_REPLY_RULE,	/* key: family of ip, proto, first, last */
};

struct entry {
	int dev;
	struct addr ip, via;
	uint8_t mac[RTNL_MACLEN];
	uint8_t proto;		/* rules: of replies from these ports, 0: all */
	uint16_t first, last;
	bool ours;	/* by its protocol; FDB, neighbours: not theirs */
	/* FDB, neighbours: of another program, which says extern_learn */
	bool theirs;
	bool marked;	/* neighbours: by their protocol */
};

struct entries {
	struct entry *v;
	size_t n;
};

int rtnl_entries(struct rtnl *r, enum entry_kind kind, struct entries *out);
int rtnl_entry_set(struct rtnl *r, enum entry_kind kind, const struct entry *e);
int rtnl_entry_del(struct rtnl *r, enum entry_kind kind, const struct entry *e);
int entry_cmp_key(enum entry_kind kind, const struct entry *a,
		  const struct entry *b);
bool entry_same(enum entry_kind kind, const struct entry *a,
		const struct entry *b);
struct entry *entries_add(struct entries *list);

#endif
