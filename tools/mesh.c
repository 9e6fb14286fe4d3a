// SPDX-License-Identifier: GPL-2.0
#include <stdlib.h>
#include <string.h>

#include <linux/meshmod.h>

#include "doc.h"
#include "mesh.h"

struct mesh_node *mesh_node_find(const struct mesh *m, const char *name)
{
	size_t i;

	for (i = 0; i < m->nnodes; i++)
		if (!strcmp(m->nodes[i].name, name))
			return &m->nodes[i];
	return NULL;
}

bool mesh_preserves(const struct mesh *m)
{
	size_t i;

	for (i = 0; i < m->nservices; i++)
		if (m->services[i].source == MESHMOD_SOURCE_PRESERVE)
			return true;
	return false;
}

/* Everyone can tell a MAC from the addresses: no one has to ask. */
void node_mac(const struct mesh_node *n, uint8_t mac[6])
{
	const struct addr *first = &n->ingress[0];
	struct dual ip = { 0 };

	ip.v[family_index(first->family)] = *first;
	endpoint_mac(&ip, mac);
}

int mesh_error(const struct mesh *m, struct loc at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	file_error(m->file, at, fmt, ap);
	va_end(ap);
	return 1;
}

static void free_service(struct mesh_service *s)
{
	size_t i;

	for (i = 0; i < s->nbackends; i++) {
		free(s->backends[i].name);
		free(s->backends[i].netns);
	}
	free(s->backends);
	free(s->listen);
	free(s->ports);
	free(s->name);
}

void mesh_free(struct mesh *m)
{
	size_t i;

	if (!m)
		return;
	for (i = 0; i < m->nservices; i++)
		free_service(&m->services[i]);
	for (i = 0; i < m->nnodes; i++) {
		free(m->nodes[i].ingress);
		free(m->nodes[i].name);
	}
	free(m->services);
	free(m->nodes);
	free(m->overlay.allow);
	free(m->gateway.bridge);
	free(m->name);
	free(m->file);
	free(m);
}
