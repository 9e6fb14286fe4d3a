/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the parts of the topology share.
 *
 * Functions return 0 or an exit code, having printed the sentence.  Every
 * change is announced by topo_step(), which says whether it is only a dry run,
 * and finished by topo_done().
 */
#ifndef TOPOLOGY_PRIV_H
#define TOPOLOGY_PRIV_H

#include "mesh.h"
#include "netns.h"
#include "nsconf.h"
#include "rtnl.h"

#define SANDBOX_NETNS	"meshmod-ingress"
#define OVERLAY_NETNS	"meshmod-overlay"
#define OVERLAY_BRIDGE	"br0"
#define OVERLAY_VXLAN	"vxlan0"
#define OVERLAY_LEG	"eth0"	/* in sandbox and containers */
#define GATEWAY_LEG	"eth1"
#define SANDBOX_PORT	"sandbox"	/* the other ends of these two */
#define SANDBOX_GWPORT	"ms-gw"
#define HOST_PORT	"host"	/* in the flat topology that of HOST_LEG */
/* The tunnel's name while it is made; free on the host as well, see there */
#define VXLAN_BIRTH	"ms-vxlan"

/* On a device with less there is no IPv6 */
#define MTU_MIN_V6	1280

/* A container endpoint of this node, once however many services name it */
struct container {
	const struct mesh_backend *b;
	struct netns *ns;
	struct dual gateway;	/* its addresses there, even if it is off */
	char port[IF_NAMESIZE];	/* on br0 */
	char gwport[IF_NAMESIZE];	/* on the gateway bridge */
};

struct topo {
	const struct mesh *m;
	const struct mesh_node *self;
	bool dry_run;
	unsigned int changes;
	bool told;		/* something has been said on stdout */
	char doing[256];	/* the step under way */
	bool repair;		/* the kernel took more than was removed */
	uint32_t mtu, gw_mtu;	/* of the overlay and of the gateway bridge */
	int lock;
	struct netns *host, *sandbox, *overlay;
	const struct mesh_backend **endpoints;	/* of all nodes */
	size_t nendpoints;
	struct container *containers;
	size_t ncontainers;
};

/* topology_step.c */
__printf(2, 3)
bool topo_step(struct topo *t, const char *fmt, ...);
__printf(2, 3)
void topo_note(struct topo *t, const char *fmt, ...);	/* a step not told */
__printf(2, 3)
void topo_result(struct topo *t, const char *fmt, ...);	/* after all steps */
int topo_done(struct topo *t, int err);		/* of a netlink request */
int topo_done_sys(struct topo *t, int err);	/* of a system call */
__printf(2, 3)
int topo_refuse(int code, const char *fmt, ...);	/* returns the code */
int topo_begin(struct topo *t, const struct mesh *m,
	       const struct mesh_node *self, bool dry_run);
void topo_end(struct topo *t);
/* The address of a family; NULL: none */
const struct addr *dual_of(const struct dual *d, uint8_t family);
bool topo_flat(const struct topo *t);
/* Overlay or gateway bridge carry that family */
bool topo_has_family(const struct topo *t, uint8_t family);
/* 0: none; a negative errno is told when an entry with it is looked at */
int topo_index(const struct netns *ns, const char *name);
/* l->index 0: there is none, and that is no error */
int topo_link(struct topo *t, const struct netns *ns, const char *name,
	      struct link *l);
int topo_links(struct topo *t, const struct netns *ns, struct link **l,
	       size_t *n);	/* free(*l), whatever it returns */
int topo_master(struct topo *t, const struct netns *ns, const char *bridge,
		int *master);

/* topology_sysctl.c */
int topo_set_own(struct topo *t, const struct netns *ns, const char *path,
		 long value);
/* In somebody else's: where it is @from, and so may be put back by us */
int topo_swap_own(struct topo *t, const struct netns *ns, const char *path,
		  long from, long to);
/* net/FAMILY/conf/DEV/NAME of a device of ours */
int topo_set_device(struct topo *t, const struct netns *ns, const char *family,
		    const char *dev, const char *name, long value);
int host_sysctls(struct topo *t);
/* A device of ours that is to have one of these addresses takes IPv6 */
int topo_open_ipv6(struct topo *t, const struct netns *ns, const char *dev,
		   const struct dual *ip);

/* topology_link.c */
struct link_want {
	uint32_t mtu;
	const uint8_t *mac;	/* NULL: any */
	int master;		/* 0: none; -1: any */
	bool no_snooping;	/* a bridge */
	const struct port_flags *port;	/* NULL: not a port */
	bool up;
};

int topo_tune(struct topo *t, const struct netns *ns, const char *name,
	      const struct link_want *w, bool fresh);
/* @ip gives it its MAC; without @snooping, multicast is a flood to it */
int topo_bridge(struct topo *t, const struct netns *ns, const char *name,
		const struct dual *ip, uint32_t mtu, bool snooping);
/* Until the devices that are ours there work */
int topo_settle(struct topo *t, const struct netns *ns);
int topo_link_del(struct topo *t, const struct netns *ns,
		  const struct link *l);

/* topology_leg.c: a veth from a namespace to a port of a bridge */
struct leg {
	const struct netns *port_ns, *end_ns;
	const char *port, *end, *bridge;
	const struct dual *ip;	/* the end's, or some of them */
	uint8_t mac[RTNL_MACLEN];	/* the end's */
	uint32_t mtu;
	struct port_flags flags;	/* the port's */
	bool detached;
	bool closed;		/* a port that is down stays down */
};

int topo_leg(struct topo *t, const struct leg *leg);

/* topology_entries.c */
int topo_entries(struct topo *t, const struct netns *ns, enum entry_kind kind,
		 struct entries *have);	/* free(have->v), whatever it returns */
int topo_entries_set(struct topo *t, const struct netns *ns,
		     enum entry_kind kind, struct entries *want);
int topo_entries_prune(struct topo *t, const struct netns *ns,
		       enum entry_kind kind, struct entries *want);
/* Of each family that is there: addresses, a default route, neighbours */
void want_addrs(struct entries *e, int dev, const struct dual *ip);
void want_default(struct entries *e, int dev, const struct dual *via);
void want_neighbours(struct entries *e, int dev, const struct dual *ip,
		     const uint8_t *mac);
/* And what replies from a port find a route by that have no other */
void want_reply_route(struct entries *e, int dev, const struct dual *ip);
void want_reply_rule(struct entries *e, const struct dual *ip,
		     const struct port *p);
void want_error_rule(struct entries *e, const struct dual *ip);

/*
 * The nouns.  *_ensure() makes devices, *_want() lists what they must hold,
 * *_prune() removes the devices that nobody wants any more.
 */
struct port_flags gateway_port(bool isolated);
int gateway_ensure(struct topo *t);
void gateway_want(const struct topo *t, enum entry_kind k, struct entries *e);
int gateway_prune(struct topo *t);
struct port_flags overlay_port(const struct topo *t);
/* It can stay; what does not fit is made anew */
bool tunnel_fits(const struct topo *t, const struct link *l);
int overlay_ensure(struct topo *t);
void overlay_want(const struct topo *t, enum entry_kind k, struct entries *e);
int overlay_prune(struct topo *t);
int sandbox_ensure(struct topo *t);
void sandbox_want(const struct topo *t, enum entry_kind k, struct entries *e);
int sandbox_remove(struct topo *t);
/* The addresses of a node on the overlay, the VIPs among them */
void want_ingress(const struct topo *t, int dev, struct entries *e);
/* The containers, as neighbours of it */
void want_backends(const struct topo *t, int dev, struct entries *e);
int host_leg_ensure(struct topo *t);
int host_leg_open(struct topo *t);
int host_leg_remove(struct topo *t);
/* All that the host must hold, the gateway bridge's included */
void host_want(const struct topo *t, enum entry_kind k, struct entries *e);
int containers_ensure(struct topo *t);
void container_want(const struct topo *t, const struct container *c,
		    enum entry_kind k, struct entries *e);
void endpoints_find(struct topo *t);
/* The rules that stay when the devices go */
int replies_remove(struct topo *t, const struct netns *ns);
const struct container *container_by_port(const struct topo *t,
					  const char *port);

/* topology_netns.c: the two namespaces of our own */
int topo_netns_find(struct topo *t);
/* One that is not ours is none of our business here; *ns is NULL then */
int topo_netns_open_own(struct topo *t, const char *name, struct netns **ns);
int topo_netns_ensure(struct topo *t, struct netns **ns, const char *name);
/* A name that leads to nothing goes as well; ns: where it leads, or NULL */
int topo_netns_remove(struct topo *t, const struct netns *ns,
		      const char *name);

/* topology_check*.c: everything that can be refused before anything is built */
int check_permission(void);
int check_all(struct topo *t);
int check_network(struct topo *t);
int check_tunnel(struct topo *t);
bool udp_port_used(uint16_t port);	/* by a process */
void warn_ports(const struct topo *t);

/* topology_program.c */
int program_check(struct topo *t);	/* are we where the mesh was brought up? */
int program_inner(struct topo *t);	/* all but the host */
int program_host(struct topo *t);
int program_off(struct topo *t, const struct netns *ns);
int program_gone(struct topo *t);	/* namespaces that no longer take part */
int program_clear(struct topo *t);	/* all of them */
bool module_loaded(void);

/* topology_state.c: which namespaces we programmed, by inode */
#define STATE_DIR	"/run/meshmod"

struct state {
	ino_t ino;
	char *ref;
};

int state_lock(struct topo *t);
void state_unlock(struct topo *t);
int state_record(struct topo *t, const struct netns *ns, const char *ref);
size_t state_list(struct state **out);
void state_free(struct state *list, size_t n);
int state_forget(struct topo *t, ino_t ino);
void state_remove(void);

#endif
