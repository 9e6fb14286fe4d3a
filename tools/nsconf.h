/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The module's configuration of one network namespace: what CONFIG_REPLACE
 * carries, and what a dump brings back.  The plan makes one, the netlink code
 * makes one, and nsconf_equal() tells whether there is anything to do.
 *
 * Everything in it is owned by it: names are copies.
 */
#ifndef NSCONF_H
#define NSCONF_H

#include <net/if.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "addr.h"

struct nsconf_backend {
	char *name;
	struct dual addr;
	uint32_t weight;
	uint8_t state;		/* enum meshmod_state */
};

struct nsconf_service {
	char *name;
	uint32_t mark;		/* 0: the module gives one */
	uint8_t scheduler;	/* enum meshmod_scheduler */
	uint8_t source;		/* enum meshmod_source */
	uint8_t refuse;		/* enum meshmod_refuse */
	bool offload;
	struct addr *vips;
	size_t nvips;
	struct listen *listen;
	size_t nlisten;
	struct publish *ports;
	size_t nports;
	struct nsconf_backend *backends;
	size_t nbackends;
};

struct nsconf_redirect {
	struct addr addr;
	uint8_t proto;
	uint16_t from, from_last;	/* alike: a single port */
	uint16_t to, to_last;	/* one by one, or all to one */
};

/* Who is behind a port of a bridge */
struct nsconf_binding {
	char dev[IF_NAMESIZE];
	uint8_t mac[6];
	struct addr addrs[4];	/* MESHMOD_MAX_BINDING_ADDRS */
	size_t naddrs;
};

struct nsconf_guard {
	struct addr addr;
	char dev[IF_NAMESIZE];
};

/* A node that a container's clients come by with addresses of their own */
struct nsconf_origin {
	uint8_t mac[6];		/* of its leg on the overlay */
	struct dual addr;	/* where replies go, on that leg */
	uint16_t zone;		/* the module's choice; nobody's wish */
};

struct nsconf {
	uint32_t mask;		/* 0: the module's default */
	bool offload;
	bool overlay;
	struct addr *ingress;
	size_t ningress;
	struct addr *masquerade;	/* plen counts */
	size_t nmasquerade;
	struct nsconf_guard *guards;
	size_t nguards;
	uint16_t tunnel_port;	/* 0: no tunnel to look after */
	uint32_t tunnel_vni;
	struct addr *peers;
	size_t npeers;
	struct nsconf_origin *origins;
	size_t norigins;
	struct nsconf_service *services;
	size_t nservices;
	struct nsconf_redirect *redirects;
	size_t nredirects;
	struct nsconf_binding *bindings;
	size_t nbindings;
};

/* What is new offloads, as in the module. */
struct nsconf *nsconf_new(void);
void nsconf_free(struct nsconf *c);	/* NULL is fine */

/*
 * Each appends one zeroed element and returns it; a pointer returned earlier
 * for the same list is stale then.
 */
struct addr *nsconf_add_ingress(struct nsconf *c);
struct addr *nsconf_add_masquerade(struct nsconf *c);
struct nsconf_guard *nsconf_add_guard(struct nsconf *c);
struct addr *nsconf_add_peer(struct nsconf *c);
struct nsconf_origin *nsconf_add_origin(struct nsconf *c);
struct nsconf_redirect *nsconf_add_redirect(struct nsconf *c);
struct nsconf_binding *nsconf_add_binding(struct nsconf *c);
struct nsconf_service *nsconf_add_service(struct nsconf *c, const char *name);
struct addr *nsconf_add_vip(struct nsconf_service *s);
struct listen *nsconf_add_listen(struct nsconf_service *s);
struct publish *nsconf_add_port(struct nsconf_service *s);
struct nsconf_backend *nsconf_add_backend(struct nsconf_service *s,
					  const char *name);

/* Nothing in it: the namespace needs no configuration and gets no hook */
bool nsconf_empty(const struct nsconf *c);

/*
 * The namespace has what is wanted.  A mark of 0 that is wanted equals any; an
 * origin's zone is not looked at.  The order counts for backends, for ingress
 * addresses of one family, and nowhere else.
 */
bool nsconf_equal(const struct nsconf *want, const struct nsconf *have);

#endif
