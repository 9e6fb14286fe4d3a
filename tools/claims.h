/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Who owns what: addresses, ports, marks, names.  The first taker owns a key,
 * and each later one learns who that is, in one step however long the file.
 */
#ifndef CLAIMS_H
#define CLAIMS_H

#include "addr.h"
#include "util.h"

struct claim {
	char *key, *owner;	/* "10.11.0.4", "node manager" */
	struct loc loc;
	void *data;		/* the owner's notes; not freed with the claim */
	struct claim *next;
};

struct claims {
	struct claim **buckets;
	size_t nbuckets, n;
};

/* NULL: key is the caller's now.  Otherwise the claim that stands. */
struct claim *claims_take(struct claims *c, const char *key, struct loc at,
			  const char *owner);
struct claim *claims_find(const struct claims *c, const char *key);
void claims_free(struct claims *c);	/* what c points to, not c */

/* Published ports: a range has one owner, and others may not touch it. */
struct port_claim {
	struct port port;
	char *owner;
	struct port_claim *next;
};

#define PROTOCOLS	3

/* A place for each port of a protocol, there once one is claimed */
struct port_claims {
	struct port_claim **by_port[PROTOCOLS];
	struct port_claim *all;
};

/* NULL: all of the range is the caller's now.  Otherwise who has some of it */
const struct port_claim *port_claims_take(struct port_claims *c,
					  const struct port *p,
					  const char *owner);
void port_claims_free(struct port_claims *c);

#endif
