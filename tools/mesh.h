/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The mesh as its file says it: one struct per noun, all owned by struct mesh.
 *
 * What mesh_load() returns is complete and consistent: every default is filled
 * in, every address lies in its subnet and has one owner, every limit of the
 * module is kept.  Nobody has to check any of it again.
 */
#ifndef MESH_H
#define MESH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "addr.h"
#include "util.h"

/* A node is a Linux host; order of the file */
struct mesh_node {
	char *name;
	struct addr underlay;	/* its VTEP, host address */
	struct addr *ingress;	/* on the overlay, with its plen; IPv4 first */
	size_t ningress;	/* one at least of each family of the overlay */
	struct loc loc, underlay_loc;
};

/* A container endpoint that serves; order of the file, it matters to rr */
struct mesh_backend {
	char *name;
	const struct mesh_node *node;
	struct dual ip;		/* on the overlay, with the overlay's plen */
	char *netns;		/* as written: NAME, /PATH or PID */
	uint32_t weight;
	uint8_t state;		/* enum meshmod_state */
	bool gateway_off;	/* leg made, but detached */
	struct dual gateway;	/* on each gateway subnet, with its plen */
	bool again;		/* the endpoint of an earlier backend */
	struct loc loc, netns_loc;
};

struct mesh_service {
	char *name;
	uint32_t mark;		/* 0: the module gives one */
	uint8_t scheduler;	/* enum meshmod_scheduler */
	uint8_t source;		/* enum meshmod_source */
	uint8_t refuse;		/* enum meshmod_refuse */
	bool offload;
	struct dual vip;	/* host addresses */
	struct listen *listen;	/* none: all local addresses */
	size_t nlisten;
	struct publish *ports;
	size_t nports;
	struct mesh_backend *backends;
	size_t nbackends;
	struct loc loc;
};

struct mesh_overlay {
	uint32_t vni;
	uint16_t port;		/* UDP, of VXLAN */
	uint32_t mtu;		/* 0: the underlay's less the overhead */
	struct dual subnet;
	struct dual gateway;	/* of br0: families and plen of subnet */
	bool allow_all;		/* no guard */
	struct port *allow;	/* ports that the guard lets through */
	size_t nallow;
	struct loc loc, vni_loc, port_loc, mtu_loc;
};

struct mesh_gateway {
	char *bridge;
	struct dual subnet;
	struct dual address;	/* the bridge's: families and plen of subnet */
	struct dual sandbox;	/* the sandbox's: likewise */
	struct loc loc, bridge_loc;
};

/* Where a node balances: in a namespace of its own, or in the host's */
enum mesh_topology {
	TOPOLOGY_SANDBOX,
	TOPOLOGY_FLAT,
};

struct mesh {
	char *file;		/* as messages name it */
	char *name;
	uint8_t topology;	/* enum mesh_topology */
	bool offload;
	struct mesh_overlay overlay;
	struct mesh_gateway gateway;
	struct mesh_node *nodes;
	size_t nnodes;
	struct mesh_service *services;
	size_t nservices;
};

/*
 * Read and validate ("-": standard input).  NULL: one sentence has been
 * printed to stderr, "FILE:LINE:COL: ...", and the exit code is 1.
 */
struct mesh *mesh_load(const char *path);
void mesh_free(struct mesh *m);		/* NULL is fine */

struct mesh_node *mesh_node_find(const struct mesh *m, const char *name);

/* Some of the services leave clients their own addresses */
bool mesh_preserves(const struct mesh *m);
/* The MAC of a node's own leg on the overlay, the sandbox's or the host's */
void node_mac(const struct mesh_node *n, uint8_t mac[6]);

/* Print "FILE:LINE:COL: sentence" to stderr ("FILE: " for line 0); returns 1 */
__printf(3, 4)
int mesh_error(const struct mesh *m, struct loc at, const char *fmt, ...);

#endif
