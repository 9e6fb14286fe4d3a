/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The connections that the kernel tracks in this network namespace, with or
 * without the module.
 */
#ifndef CONNTRACK_H
#define CONNTRACK_H

#include <stddef.h>
#include <stdint.h>

#include "addr.h"

/* A connection whose source was translated */
struct flow {
	uint8_t proto;
	uint32_t mark;
	struct conn_end client;		/* who opened it */
	struct conn_end ingress;	/* what its server takes the client for */
	struct conn_end backend;	/* the server */
};

/*
 * Those that come from an ingress address and port, by protocol and backend;
 * free(*out).  Of one protocol, or of any for 0: the kernel looks at the whole
 * table for each.  An exit code; the sentence has been printed when it is not 0.
 */
int conntrack_find(const struct conn_end *ingress, uint8_t proto,
		   struct flow **out, size_t *n);

#endif
