/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reading a mesh file, section by section: shared between config*.c only.
 * The sections are read in the order of the functions below, whatever their
 * order in the file, because each looks at the ones before it.
 */
#ifndef CONFIG_H
#define CONFIG_H

#include "claims.h"
#include "doc.h"
#include "mesh.h"

struct config {
	struct doc doc;
	struct mesh *m;
	struct claims overlay;	/* addresses of the overlay subnet */
	struct claims underlay;	/* addresses of nodes */
	struct claims gateway;	/* "NODE ADDRESS": each node has that subnet */
	struct claims netns;	/* "NODE NAMESPACE" */
	struct claims ports;	/* "8080/tcp" */
	struct claims marks;
	struct claims names;	/* "service web", "backend web.1 of web" */
};

/* All of them: 0, or 1 with the sentence printed. n may be NULL: left out. */
int config_overlay(struct config *c, yaml_node_t *n);
int config_gateway(struct config *c, yaml_node_t *n);
int config_nodes(struct config *c, yaml_node_t *n);
int config_services(struct config *c, yaml_node_t *n);
int config_backends(struct config *c, yaml_node_t *n, struct mesh_service *s);

/* One mention of a container by a backend */
struct config_endpoint {
	struct mesh_backend *b;	/* node, ip, netns are there; gateway if given */
	yaml_node_t *ip, *gateway;	/* gateway: NULL when left out */
	const char *owner;	/* "backend web.1 of service web" */
	size_t nports;		/* published by its service */
};

/* Give b its gateway address; its addresses and namespace are its own. */
int config_endpoint(struct config *c, const struct config_endpoint *in);
/* /run/netns/NAME as NAME, because it is the same; anything else as it is */
const char *config_netns_short(const char *text);

/* A host of the subnet, and not its network or broadcast address */
int config_in_subnet(struct config *c, yaml_node_t *n, const char *what,
		     const struct addr *a, const struct addr *subnet,
		     const char *subnet_name);
/* An overlay address for owner alone; a gets the subnet's plen */
int config_take_overlay(struct config *c, yaml_node_t *n, const char *what,
			struct addr *a, const char *owner);
/* A name used once */
int config_take_name(struct config *c, yaml_node_t *n, const char *name);

#endif
