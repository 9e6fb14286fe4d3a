// SPDX-License-Identifier: GPL-2.0
/*
 * A process of the host that listens on a published port will see no more
 * connections: say so, it may be what its owner wants.
 */
#include <inttypes.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "topology_priv.h"

/* As /proc/net shows it */
#define SHOWN_LISTEN	0x0a
#define SHOWN_UNCONNECTED	0x07

#define PORTS	65536

struct ports {
	bool tcp[PORTS], udp[PORTS], sctp[PORTS];
};

/* Ports with a socket in a state, or in any state for 0 */
static void read_sockets(const char *path, bool *used, unsigned int state)
{
	FILE *f = fopen(path, "re");
	unsigned int port, st;
	unsigned long inode;
	char line[512];

	while (f && fgets(line, sizeof(line), f))
		/* Sockets of the kernel itself have no inode */
		if (sscanf(line,
			   " %*d: %*[0-9A-Fa-f]:%x %*[0-9A-Fa-f]:%*x %x %*s %*s %*s %*s %*s %lu",
			   &port, &st, &inode) == 3 &&
		    (!state || st == state) && inode && port < PORTS)
			used[port] = true;
	if (f)
		fclose(f);
}

/* SCTP has a list of its own, all in decimal, or none if it is not loaded */
static void read_sctp(bool *used)
{
	FILE *f = fopen("/proc/self/net/sctp/eps", "re");
	unsigned int port, st;
	char line[512];

	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, " %*s %*s %*d %u %*d %u", &st, &port) == 2 &&
		    st == SHOWN_LISTEN && port < PORTS)
			used[port] = true;
	if (f)
		fclose(f);
}

bool udp_port_used(uint16_t port)
{
	static bool used[PORTS];

	memset(used, 0, sizeof(used));
	read_sockets("/proc/self/net/udp", used, 0);
	read_sockets("/proc/self/net/udp6", used, 0);
	return used[port];
}

static const bool *used_of(const struct ports *p, uint8_t proto)
{
	return proto == IPPROTO_TCP ? p->tcp :
	       proto == IPPROTO_UDP ? p->udp : p->sctp;
}

static void warn_service(const struct topo *t, const struct mesh_service *s,
			 const struct ports *used)
{
	const char *where = s->nlisten ? " where the service listens" : "";
	const struct port *p;
	unsigned int port;
	size_t i;

	for (i = 0; i < s->nports; i++) {
		p = &s->ports[i].port;
		for (port = p->published; port <= p->last; port++)
			if (used_of(used, p->proto)[port])
				mesh_error(t->m, p->loc,
					   "warning: a process of this host listens on port %u/%s; the mesh gets its connections now%s",
					   port, proto_str(p->proto), where);
	}
}

void warn_ports(const struct topo *t)
{
	static struct ports used;
	size_t i;

	memset(&used, 0, sizeof(used));
	read_sockets("/proc/self/net/tcp", used.tcp, SHOWN_LISTEN);
	read_sockets("/proc/self/net/tcp6", used.tcp, SHOWN_LISTEN);
	read_sockets("/proc/self/net/udp", used.udp, SHOWN_UNCONNECTED);
	read_sockets("/proc/self/net/udp6", used.udp, SHOWN_UNCONNECTED);
	read_sctp(used.sctp);
	for (i = 0; i < t->m->nservices; i++)
		warn_service(t, &t->m->services[i], &used);
}
