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

struct ports {
	bool used[2][65536];	/* TCP, UDP */
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
		    (!state || st == state) && inode && port < 65536)
			used[port] = true;
	if (f)
		fclose(f);
}

bool udp_port_used(uint16_t port)
{
	static bool used[65536];

	memset(used, 0, sizeof(used));
	read_sockets("/proc/self/net/udp", used, 0);
	read_sockets("/proc/self/net/udp6", used, 0);
	return used[port];
}

void warn_ports(const struct topo *t)
{
	static struct ports p;
	const struct mesh_service *s;
	const struct port *q;

	memset(&p, 0, sizeof(p));
	read_sockets("/proc/self/net/tcp", p.used[0], SHOWN_LISTEN);
	read_sockets("/proc/self/net/tcp6", p.used[0], SHOWN_LISTEN);
	read_sockets("/proc/self/net/udp", p.used[1], SHOWN_UNCONNECTED);
	read_sockets("/proc/self/net/udp6", p.used[1], SHOWN_UNCONNECTED);
	for (s = t->m->services; s < t->m->services + t->m->nservices; s++)
		for (q = s->ports; q < s->ports + s->nports; q++)
			if (p.used[q->proto == IPPROTO_UDP][q->published])
				mesh_error(t->m, q->loc,
					   "warning: a process of this host listens on port %u/%s; the mesh gets its connections now",
					   q->published, proto_str(q->proto));
}
