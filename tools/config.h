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

struct endpoint;

struct config {
	struct doc doc;
	struct mesh *m;
	struct claims overlay;	/* addresses of the overlay subnets */
	struct claims underlay;	/* addresses of nodes */
	struct claims gateway;	/* "NODE ADDRESS": each node has that subnet */
	struct claims tails;	/* "NODE BYTES", and " BYTES" on the overlay */
	struct claims netns;	/* "NODE NAMESPACE" */
	struct claims marks;
	struct claims names;	/* "service web", "backend web.1 of web" */
	struct port_claims ports;
	struct endpoint *endpoints;
	size_t *containers;	/* of each node, how many */
};

/* All of them: 0, or 1 with the sentence printed. n may be NULL: left out. */
int config_overlay(struct config *c, yaml_node_t *n);
int config_gateway(struct config *c, yaml_node_t *n);
int config_nodes(struct config *c, yaml_node_t *n);
int config_services(struct config *c, yaml_node_t *n);
int config_publish(struct config *c, yaml_node_t *n, const char *owner,
		   struct mesh_service *s);
int config_listen(struct config *c, yaml_node_t *n, struct mesh_service *s);
int config_backends(struct config *c, yaml_node_t *n, struct mesh_service *s);

/* One mention of a container by a backend */
struct config_endpoint {
	struct mesh_backend *b;	/* node, ip, netns are there; gateway if given */
	yaml_node_t *ip, *gateway;	/* gateway: NULL when left out */
	yaml_node_t *ip_at[FAMILIES], *gateway_at[FAMILIES];
	const char *owner;	/* "backend web.1 of service web" */
	size_t nredirects;	/* that its service makes for each address */
};

/* Give b its gateway addresses; its addresses and namespace are its own. */
int config_endpoint(struct config *c, struct config_endpoint *in);
void config_endpoints_free(struct config *c);
/* Redirects that publishing these ports makes for an address, at most */
size_t config_redirects(const struct config *c, const struct mesh_service *s);
/* /run/netns/NAME as NAME, because it is the same; anything else as it is */
const char *config_netns_short(const char *text);

/* One subnet of each family at most, of a size and kind for hosts */
int config_subnets(struct config *c, yaml_node_t *n, const char *what,
		   struct dual *out);
/* "10.11.0.0/16", or "10.11.0.0/16 or fd00:11::/64", in a static buffer */
const char *config_subnets_str(const struct dual *subnets);
/* A host of the subnet of its family, whose plen it gets, and not its edge */
int config_in_subnet(struct config *c, yaml_node_t *n, const char *what,
		     struct addr *a, const struct dual *subnets,
		     const char *subnet_name);
/* It has an address of each family that the overlay has. */
int config_has_families(struct config *c, yaml_node_t *n, const char *what,
			const struct dual *have);
/* An overlay address for owner alone; a gets the subnet's plen */
int config_take_overlay(struct config *c, yaml_node_t *n, const char *what,
			struct addr *a, const char *owner);
/* Likewise, those of both families */
int config_take_overlays(struct config *c, yaml_node_t *const at[FAMILIES],
			 const char *what, struct dual *d, const char *owner);
/*
 * The bytes that MAC addresses and device names are made of, for owner alone:
 * on the gateway network of the node, or on the overlay for ""
 */
int config_take_tail(struct config *c, struct loc at, const char *node,
		     const char *what, const struct dual *ip,
		     const char *owner);
/* A name used once */
int config_take_name(struct config *c, yaml_node_t *n, const char *name);

#endif
