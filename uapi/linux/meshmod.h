/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * meshmod: a routing mesh in the kernel.  Generic netlink family "meshmod".
 *
 * This header is the whole interface between the module and its tools.
 *
 * Who may send
 * ------------
 * Every command, dumps included, needs CAP_NET_ADMIN in the user namespace
 * that owns the network namespace of the socket, and acts on that network
 * namespace alone.  Joining the multicast group "changes" needs it too.
 *
 * Refusals
 * --------
 * A refusal is an NLMSG_ERROR with a negative errno, one English sentence in
 * NLMSGERR_ATTR_MSG and, where one attribute is to blame, its offset in
 * NLMSGERR_ATTR_OFFS (set NETLINK_EXT_ACK on the socket).  A refused command
 * has changed nothing.  Errors that every command can return:
 *
 *	EPERM		no CAP_NET_ADMIN; without a sentence
 *	EINVAL		an attribute is missing, malformed, unknown or
 *			contradicts another one
 *	ERANGE		a number is outside the range given below
 *	ENOENT		the object that the command names does not exist
 *	EOPNOTSUPP	this module cannot do it (for example another protocol)
 *	ENOMEM		the kernel, or the caller's memory cgroup, is full;
 *			without a sentence
 *
 * Commands that change something can also return:
 *
 *	EEXIST		a name, address, mark or published port has an owner
 *	ENOSPC		a limit (MESHMOD_MAX_*) is reached, or no mark is free
 *
 * Objects
 * -------
 * A network namespace holds at most one *node* (its settings), and any number
 * of *services*, each with its *backends*, of *redirects* and of *bindings*.  A
 * namespace in which nothing is configured has no hook and costs nothing;
 * deleting the last object returns it to that state.
 *
 * Everything holds for IPv4 and IPv6 alike, and for TCP, UDP and SCTP.  A
 * connection stays in its family: an IPv6 client needs a backend with an IPv6
 * address, and is refused without one.
 *
 * Flows
 * -----
 * A connection is decided once, at its first packet; conntrack and NAT do the
 * rest.  The conntrack's mark carries the service's mark under the node's
 * mask.  What a change no longer allows (a removed service, published port,
 * backend or redirect) has its connections ended before the command returns,
 * except one whose first packet a queue holds for user space at that moment.
 * A backend that is only put in state draining or down keeps the connections
 * that it has.
 *
 * Offload
 * -------
 * A TCP or UDP connection that is balanced or masqueraded here, and passes
 * through, is offloaded once it is established and has lasted for some packets
 * (UDP: for the two seconds after which conntrack calls it assured).  From then
 * on its packets are translated and sent on where they come in, without routing
 * and without any hook, be it the module's or somebody else's, and over a veth
 * that leads into another namespace of the mesh without crossing it; over one to
 * an overlay's bridge they go straight to the port that the neighbour is behind,
 * and what comes in there by the port of the tunnel comes back as directly.  TCP
 * packets with SYN, FIN or RST still take the slow way, as do fragments, whatever
 * does not fit the MTU, and what a bridge has shown to conntrack before
 * (br_netfilter; what comes back by the tunnel is taken before that).  What
 * conntrack knows stays true: timeouts, and counters where they are on; only TCP
 * windows are not held any more.  A connection whose conntrack is deleted is not
 * forwarded.  Rules of others that are to see every packet of a connection need
 * OFFLOAD 0, of the node or of a service.
 *
 * Origins
 * -------
 * A connection whose client has kept its address comes to a container by the
 * overlay, while its routes would send the reply elsewhere.  What arrives with
 * the MAC of an ORIGIN, and not with that node's own address as source, is
 * tracked in a conntrack zone of that node's own (for the direction of the
 * client), and all packets of the connection's other direction are sent to the
 * node, whatever the routes say: of sockets, of the kernel, and forwarded ones.
 * Two clients of one address and port that come by two nodes to one port are
 * told apart: the later one gets another source port.  TCP is told the MTU of the
 * overlay as it opens (MSS).  An answer by UDP or SCTP that its sender has given
 * another of the namespace's addresses than the one asked gets that one.  Removing
 * an origin ends its connections.
 *
 * Messages
 * --------
 * An attribute marked "repeated" may occur any number of times up to its
 * limit, in order; any other attribute at most once (the last one counts).
 * "N" below stands for a nested attribute.  A message from the kernel has up to
 * 64 KiB: receive with as large a buffer.
 *
 *	command			request				reply
 *	NODE_GET  (do)		-				N NODE
 *	NODE_SET  (do)		N NODE				-
 *	SERVICE_GET (do)	SERVICE {NAME}			SERVICE
 *	SERVICE_GET (dump)	-				SERVICE ...
 *	SERVICE_NEW (do)	SERVICE				-
 *	SERVICE_SET (do)	SERVICE {NAME, ...}		-
 *	SERVICE_DEL (do)	SERVICE {NAME}			-
 *	BACKEND_GET (do)	SERVICE {NAME, BACKEND {NAME}}	same, filled
 *	BACKEND_GET (dump)	SERVICE {NAME} or nothing	same, one each
 *	BACKEND_NEW (do)	SERVICE {NAME, BACKEND}		-
 *	BACKEND_SET (do)	SERVICE {NAME, BACKEND {NAME..}} -
 *	BACKEND_DEL (do)	SERVICE {NAME, BACKEND {NAME}}	-
 *	REDIRECT_GET (do)	REDIRECT {ADDR, PROTO, FROM}	REDIRECT
 *	REDIRECT_GET (dump)	-				REDIRECT ...
 *	REDIRECT_NEW (do)	REDIRECT			-
 *	REDIRECT_SET (do)	REDIRECT {ADDR, PROTO, FROM, TO} -
 *	REDIRECT_DEL (do)	REDIRECT {ADDR, PROTO, FROM}	-
 *	BINDING_GET (do)	BINDING {DEV}			BINDING
 *	BINDING_GET (dump)	-				BINDING ...
 *	BINDING_NEW (do)	BINDING				-
 *	BINDING_SET (do)	BINDING				-
 *	BINDING_DEL (do)	BINDING {DEV}			-
 *	CONFIG_REPLACE (do)	[NODE] SERVICE... REDIRECT... BINDING... -
 *	STATS_GET (do)		-				STATS
 *	STATS_ZERO (do)		-				-
 *	FLOW_GET (dump)		FLOW {INGRESS, PROTO or not}	FLOW ...
 *
 * NODE_SET changes the settings that it names and leaves the others; naming
 * a repeated setting replaces the whole list, and MESHMOD_A_NODE_CLEAR empties
 * lists.
 *
 * SERVICE_SET changes what it names and leaves the rest; a list that it names
 * (ports, VIPs, listen, backends) is replaced whole, and
 * MESHMOD_A_SERVICE_CLEAR empties lists.  BACKEND_SET likewise.  A service
 * cannot be renamed.  BINDING_SET replaces the binding of its device.
 *
 * CONFIG_REPLACE replaces everything in the namespace by what the message
 * holds, all or nothing; an empty message removes everything.  Objects that
 * are the same before and after keep their flows, counters and the turn of
 * the round robin.  A service without a mark keeps the one it had.
 *
 * Events: each successful change multicasts, to the group "changes" of the
 * namespace it happened in, one message per object that it added, changed or
 * removed, with the command that names the change (NODE_SET, SERVICE_NEW,
 * SERVICE_SET, SERVICE_DEL, BACKEND_NEW, ...) and the object as GET shows it
 * (for a deletion: as it was last).  The backends of a service that comes or
 * goes are announced one by one.  CONFIG_REPLACE ends with a message of its
 * own, without attributes, that says it is complete; STATS_ZERO is announced
 * by such a message alone.  A command that changes nothing, or the order of
 * backends alone, announces nothing.
 *
 * A SERVICE that the kernel sends never holds BACKENDs, of which there may be
 * more than fit a message: BACKEND_GET has them.
 *
 * Dumps are in the order of the names (redirects: address, protocol, port;
 * bindings: device; the backends of a service: as given), go on after any interruption behind the
 * last object sent, and set NLM_F_DUMP_INTR when the configuration changed in
 * between.
 *
 * FLOW_GET dumps the connections that conntrack knows of in this namespace, of
 * whatever zone, whose replies go to the end INGRESS and whose source was
 * translated, whoever has done it: no object has to be there.  They are looked for
 * once, as the dump begins, among all connections of the host, and come in no order.
 */
#ifndef _UAPI_LINUX_MESHMOD_H
#define _UAPI_LINUX_MESHMOD_H

#include <linux/types.h>

#define MESHMOD_GENL_NAME	"meshmod"
#define MESHMOD_GENL_VERSION	1
#define MESHMOD_MCGRP_CHANGES	"changes"

/* Limits, per network namespace unless said otherwise. */
#define MESHMOD_NAME_MAX	63	/* bytes of a name, without the NUL */
#define MESHMOD_MAX_SERVICES	16384
#define MESHMOD_MAX_PORTS	64	/* published ports or ranges of a service */
#define MESHMOD_MAX_SOURCES	16	/* source prefixes of one of them */
#define MESHMOD_MAX_SERVICE_SOURCES 256	/* and of all of a service's */
#define MESHMOD_MAX_LISTEN	16	/* addresses and devices of one service */
#define MESHMOD_MAX_VIPS	2	/* VIPs of one service */
#define MESHMOD_MAX_BACKENDS	1024	/* backends of one service */
#define MESHMOD_MAX_REDIRECTS	16384
#define MESHMOD_MAX_INGRESS	16	/* ingress addresses of each family */
#define MESHMOD_MAX_MASQUERADE	8	/* masqueraded subnets */
#define MESHMOD_MAX_GUARDS	64	/* guarded endpoint addresses */
#define MESHMOD_MAX_PEERS	1024	/* nodes that a tunnel may come from */
#define MESHMOD_MAX_ORIGINS	1024	/* nodes that a container is asked by */
#define MESHMOD_MAX_BINDINGS	4096
#define MESHMOD_MAX_BINDING_ADDRS 4	/* addresses of one binding */

#define MESHMOD_MARK_FIRST	256	/* the first mark given by the module */
#define MESHMOD_MASK_DEFAULT	0x00ffffffU
#define MESHMOD_WEIGHT_MAX	65535
#define MESHMOD_WEIGHT_DEFAULT	1

/* Commands, see the table above. */
enum meshmod_cmd {
	MESHMOD_CMD_UNSPEC,
	MESHMOD_CMD_NODE_GET,
	MESHMOD_CMD_NODE_SET,
	MESHMOD_CMD_SERVICE_GET,
	MESHMOD_CMD_SERVICE_NEW,
	MESHMOD_CMD_SERVICE_SET,
	MESHMOD_CMD_SERVICE_DEL,
	MESHMOD_CMD_BACKEND_GET,
	MESHMOD_CMD_BACKEND_NEW,
	MESHMOD_CMD_BACKEND_SET,
	MESHMOD_CMD_BACKEND_DEL,
	MESHMOD_CMD_REDIRECT_GET,
	MESHMOD_CMD_REDIRECT_NEW,
	MESHMOD_CMD_REDIRECT_SET,
	MESHMOD_CMD_REDIRECT_DEL,
	MESHMOD_CMD_CONFIG_REPLACE,
	MESHMOD_CMD_STATS_GET,
	MESHMOD_CMD_STATS_ZERO,
	MESHMOD_CMD_BINDING_GET,
	MESHMOD_CMD_BINDING_NEW,
	MESHMOD_CMD_BINDING_SET,
	MESHMOD_CMD_BINDING_DEL,
	MESHMOD_CMD_FLOW_GET,

	__MESHMOD_CMD_LAST,
	MESHMOD_CMD_MAX = __MESHMOD_CMD_LAST - 1
};

/**
 * enum meshmod_attr - top level of every message
 * @MESHMOD_A_NODE: nested &enum meshmod_node_attr
 * @MESHMOD_A_SERVICE: nested &enum meshmod_service_attr; repeated in
 *	CONFIG_REPLACE
 * @MESHMOD_A_REDIRECT: nested &enum meshmod_redirect_attr; repeated in
 *	CONFIG_REPLACE
 * @MESHMOD_A_STATS: nested &enum meshmod_reason, one u64 per reason; kernel
 * @MESHMOD_A_PAD: alignment of u64; kernel
 * @MESHMOD_A_BINDING: nested &enum meshmod_binding_attr; repeated in
 *	CONFIG_REPLACE
 * @MESHMOD_A_FLOWS: nested &enum meshmod_flows, one u32 each; beside STATS;
 *	kernel
 * @MESHMOD_A_FLOW: nested &enum meshmod_flow_attr
 */
enum meshmod_attr {
	MESHMOD_A_UNSPEC,
	MESHMOD_A_NODE,
	MESHMOD_A_SERVICE,
	MESHMOD_A_REDIRECT,
	MESHMOD_A_STATS,
	MESHMOD_A_PAD,
	MESHMOD_A_BINDING,
	MESHMOD_A_FLOWS,
	MESHMOD_A_FLOW,

	__MESHMOD_A_LAST,
	MESHMOD_A_MAX = __MESHMOD_A_LAST - 1
};

/**
 * enum meshmod_addr_attr - an IP address, wherever one is needed
 * @MESHMOD_A_ADDR_V4: binary, 4 bytes, network order; exactly one of V4, V6
 * @MESHMOD_A_ADDR_V6: binary, 16 bytes; not an IPv4 address in its IPv6 form
 * @MESHMOD_A_ADDR_PREFIX: u8, prefix length in bits, 1..32 (V4) or 1..128
 *	(V6), with no address bit set behind it; required in
 *	MESHMOD_A_NODE_MASQUERADE and MESHMOD_A_PORT_SOURCE, allowed in
 *	MESHMOD_A_LISTEN_ADDR (absent: that address alone), refused elsewhere
 */
enum meshmod_addr_attr {
	MESHMOD_A_ADDR_UNSPEC,
	MESHMOD_A_ADDR_V4,
	MESHMOD_A_ADDR_V6,
	MESHMOD_A_ADDR_PREFIX,

	__MESHMOD_A_ADDR_LAST,
	MESHMOD_A_ADDR_MAX = __MESHMOD_A_ADDR_LAST - 1
};

/**
 * enum meshmod_node_attr - settings of a network namespace
 * @MESHMOD_A_NODE_MASK: u32, bits of the packet mark and of the conntrack
 *	mark that hold a service's mark; contiguous from bit 0, at least 0x1ff
 *	so that mark 256 fits; default MESHMOD_MASK_DEFAULT.  Bits outside of
 *	it are never changed.  The default leaves the top byte to others.
 * @MESHMOD_A_NODE_INGRESS: nested &enum meshmod_addr_attr, repeated; the
 *	addresses that balanced connections get as their source, those of the
 *	client's family in turns, so that each adds its 64512 ports; must be
 *	addresses of this namespace, or no reply will find its way back.  Told
 *	back IPv4 first.
 * @MESHMOD_A_NODE_MASQUERADE: nested &enum meshmod_addr_attr with PREFIX,
 *	repeated; connections from these subnets to anywhere outside of them
 *	leave with the address of the outgoing device; but for those from an
 *	address of this namespace.  Into these subnets nothing is forwarded,
 *	from wherever, but replies and what was balanced.
 * @MESHMOD_A_NODE_GUARD: nested &enum meshmod_guard_attr, repeated
 * @MESHMOD_A_NODE_CLEAR: u32, bit mask of what to empty before the others
 *	are set: 1 << MESHMOD_A_NODE_INGRESS, _MASQUERADE, _GUARD, _PEER,
 *	_TUNNEL, _ORIGIN; never in a reply
 * @MESHMOD_A_NODE_TUNNEL: nested &enum meshmod_tunnel_attr; VXLAN packets of
 *	this network that arrive for this namespace from an address that is no
 *	peer are dropped and counted: before connection tracking sees them, or
 *	where that is not certain yet, before any other hook of LOCAL_IN.  Those
 *	from and to peers are not tracked.
 * @MESHMOD_A_NODE_PEER: nested &enum meshmod_addr_attr, repeated, unique; the
 *	underlay addresses of the other nodes, for TUNNEL
 * @MESHMOD_A_NODE_OFFLOAD: u8, 0 or 1, default 1; 0: no connection of this
 *	namespace is offloaded, see Offload
 * @MESHMOD_A_NODE_OVERLAY: u8, 0 or 1, default 0; 1: the overlay's bridge is in
 *	this namespace, and offloaded connections pass it by, see Offload
 * @MESHMOD_A_NODE_ORIGIN: nested &enum meshmod_origin_attr, repeated; in a
 *	container, the nodes that send it connections with the client's own
 *	address, see Origins
 */
enum meshmod_node_attr {
	MESHMOD_A_NODE_UNSPEC,
	MESHMOD_A_NODE_MASK,
	MESHMOD_A_NODE_INGRESS,
	MESHMOD_A_NODE_MASQUERADE,
	MESHMOD_A_NODE_GUARD,
	MESHMOD_A_NODE_CLEAR,
	MESHMOD_A_NODE_TUNNEL,
	MESHMOD_A_NODE_PEER,
	MESHMOD_A_NODE_OFFLOAD,
	MESHMOD_A_NODE_OVERLAY,
	MESHMOD_A_NODE_ORIGIN,

	__MESHMOD_A_NODE_LAST,
	MESHMOD_A_NODE_MAX = __MESHMOD_A_NODE_LAST - 1
};

/**
 * enum meshmod_tunnel_attr - which VXLAN packets are this mesh's
 * @MESHMOD_A_TUNNEL_PORT: u16, host order, 1..65535, required; UDP port
 * @MESHMOD_A_TUNNEL_VNI: u32, 0..16777215, required; those of other networks
 *	on the same port are left alone
 */
enum meshmod_tunnel_attr {
	MESHMOD_A_TUNNEL_UNSPEC,
	MESHMOD_A_TUNNEL_PORT,
	MESHMOD_A_TUNNEL_VNI,

	__MESHMOD_A_TUNNEL_LAST,
	MESHMOD_A_TUNNEL_MAX = __MESHMOD_A_TUNNEL_LAST - 1
};

/**
 * enum meshmod_guard_attr - one guarded endpoint of a container
 * @MESHMOD_A_GUARD_ADDR: nested &enum meshmod_addr_attr, required, unique;
 *	the endpoint's address on the overlay
 * @MESHMOD_A_GUARD_DEV: string, 1..15 bytes, required; the device of the
 *	ingress leg
 *
 * New connections that arrive over the device, or over any other device but
 * loopback for the address, are let in only to a port that a redirect of that
 * address names (FROM or TO), and for ICMP echo; anything else is refused
 * (TCP: reset, SCTP: abort, UDP: port unreachable, others: dropped) and counted.
 * So is what arrives over the device for someone else and would be forwarded,
 * unless it was balanced.  The device is guarded for both families, whatever
 * the address's; neighbour discovery passes.
 * What the container opens itself, what belongs to it, and what it exempts from
 * connection tracking, passes.
 */
enum meshmod_guard_attr {
	MESHMOD_A_GUARD_UNSPEC,
	MESHMOD_A_GUARD_ADDR,
	MESHMOD_A_GUARD_DEV,

	__MESHMOD_A_GUARD_LAST,
	MESHMOD_A_GUARD_MAX = __MESHMOD_A_GUARD_LAST - 1
};

/**
 * enum meshmod_origin_attr - a node that connections come from
 * @MESHMOD_A_ORIGIN_MAC: binary, 6 bytes, unicast, required, unique; of the
 *	node's leg on the overlay
 * @MESHMOD_A_ORIGIN_ADDR: nested &enum meshmod_addr_attr, repeated, one at
 *	least, one for each family at most; the leg's address, to which replies
 *	are sent.  Told back IPv4 first.
 * @MESHMOD_A_ORIGIN_ZONE: u16, 1..65535; the conntrack zone that the node's
 *	connections are in; kernel
 */
enum meshmod_origin_attr {
	MESHMOD_A_ORIGIN_UNSPEC,
	MESHMOD_A_ORIGIN_MAC,
	MESHMOD_A_ORIGIN_ADDR,
	MESHMOD_A_ORIGIN_ZONE,

	__MESHMOD_A_ORIGIN_LAST,
	MESHMOD_A_ORIGIN_MAX = __MESHMOD_A_ORIGIN_LAST - 1
};

/**
 * enum meshmod_scheduler - how a service picks a backend
 * @MESHMOD_SCHED_RR: round robin: exact turns over the usable backends, in
 *	the order in which they were given
 */
enum meshmod_scheduler {
	MESHMOD_SCHED_RR,

	__MESHMOD_SCHED_LAST,
	MESHMOD_SCHED_MAX = __MESHMOD_SCHED_LAST - 1
};

/**
 * enum meshmod_source - the source address that a backend sees
 * @MESHMOD_SOURCE_INGRESS: always one of the node's ingress addresses, with a
 *	port of the module's choice (1024..65535)
 * @MESHMOD_SOURCE_PRESERVE: the client's own address and port, except for a
 *	client on this node or in a masqueraded subnet: it gets the ingress
 *	address, because a reply could not find it otherwise.  The backend has to
 *	send its replies back to this node: a container that has it as an ORIGIN
 *	does.
 */
enum meshmod_source {
	MESHMOD_SOURCE_INGRESS,
	MESHMOD_SOURCE_PRESERVE,

	__MESHMOD_SOURCE_LAST,
	MESHMOD_SOURCE_MAX = __MESHMOD_SOURCE_LAST - 1
};

/**
 * enum meshmod_refuse - what a client hears whom a service cannot or may not
 *	serve
 * @MESHMOD_REFUSE_REJECT: TCP: reset, SCTP: abort, UDP: port unreachable
 * @MESHMOD_REFUSE_DROP: nothing
 */
enum meshmod_refuse {
	MESHMOD_REFUSE_REJECT,
	MESHMOD_REFUSE_DROP,

	__MESHMOD_REFUSE_LAST,
	MESHMOD_REFUSE_MAX = __MESHMOD_REFUSE_LAST - 1
};

/**
 * enum meshmod_listen_attr - where a service takes connections to its ports
 * @MESHMOD_A_LISTEN_ADDR: nested &enum meshmod_addr_attr, with or without
 *	PREFIX: the local address, or any local address in the prefix; exactly
 *	one of ADDR, DEV
 * @MESHMOD_A_LISTEN_DEV: string, 1..15 bytes; any local address, for what
 *	arrives over this device; "lo" is what this host's own clients use
 */
enum meshmod_listen_attr {
	MESHMOD_A_LISTEN_UNSPEC,
	MESHMOD_A_LISTEN_ADDR,
	MESHMOD_A_LISTEN_DEV,

	__MESHMOD_A_LISTEN_LAST,
	MESHMOD_A_LISTEN_MAX = __MESHMOD_A_LISTEN_LAST - 1
};

/**
 * enum meshmod_service_attr - one service
 * @MESHMOD_A_SERVICE_NAME: string, 1..MESHMOD_NAME_MAX bytes of letters,
 *	digits, '.', '_' and '-'; the key
 * @MESHMOD_A_SERVICE_MARK: u32, 1..mask, unique; absent: the lowest free one
 *	from MESHMOD_MARK_FIRST up.  A packet that arrives with this mark under
 *	the mask, set by nftables or tc, is balanced whatever its port.
 * @MESHMOD_A_SERVICE_SCHEDULER: u8, &enum meshmod_scheduler; default RR
 * @MESHMOD_A_SERVICE_SOURCE: u8, &enum meshmod_source; default INGRESS
 * @MESHMOD_A_SERVICE_VIP: nested &enum meshmod_addr_attr, repeated, unique;
 *	packets to it on any port belong to the service
 * @MESHMOD_A_SERVICE_PORT: nested &enum meshmod_port_attr, repeated
 * @MESHMOD_A_SERVICE_BACKEND: nested &enum meshmod_backend_attr, repeated; as
 *	many as fit the 64 KiB of this nest, BACKEND_NEW adds others
 * @MESHMOD_A_SERVICE_STATS: nested &enum meshmod_service_stat; kernel
 * @MESHMOD_A_SERVICE_LISTEN: nested &enum meshmod_listen_attr, repeated: a
 *	published port is one on these local addresses and devices only; none:
 *	on every local address but link-local ones, from which nothing can be
 *	forwarded
 * @MESHMOD_A_SERVICE_REFUSE: u8, &enum meshmod_refuse; default REJECT
 * @MESHMOD_A_SERVICE_CLEAR: u32, bit mask of lists to empty before the others
 *	are set: 1 << MESHMOD_A_SERVICE_VIP, _PORT, _LISTEN; never in a reply
 * @MESHMOD_A_SERVICE_OFFLOAD: u8, 0 or 1, default 1; 0: connections to it are
 *	not offloaded, see Offload
 */
enum meshmod_service_attr {
	MESHMOD_A_SERVICE_UNSPEC,
	MESHMOD_A_SERVICE_NAME,
	MESHMOD_A_SERVICE_MARK,
	MESHMOD_A_SERVICE_SCHEDULER,
	MESHMOD_A_SERVICE_SOURCE,
	MESHMOD_A_SERVICE_VIP,
	MESHMOD_A_SERVICE_PORT,
	MESHMOD_A_SERVICE_BACKEND,
	MESHMOD_A_SERVICE_STATS,
	MESHMOD_A_SERVICE_LISTEN,
	MESHMOD_A_SERVICE_REFUSE,
	MESHMOD_A_SERVICE_CLEAR,
	MESHMOD_A_SERVICE_OFFLOAD,

	__MESHMOD_A_SERVICE_LAST,
	MESHMOD_A_SERVICE_MAX = __MESHMOD_A_SERVICE_LAST - 1
};

/**
 * enum meshmod_port_attr - one published port, or a range of them
 * @MESHMOD_A_PORT_PROTO: u8, IPPROTO_TCP, IPPROTO_UDP or IPPROTO_SCTP, required
 * @MESHMOD_A_PORT_PUBLISHED: u16, host order, 1..65535, required; each port of
 *	a range is unique in the namespace together with PROTO
 * @MESHMOD_A_PORT_TARGET: u16, host order, 1..65535, default PUBLISHED; told
 *	back to readers, used nowhere: the rewrite is a redirect's work
 * @MESHMOD_A_PORT_PUBLISHED_LAST: u16, host order, PUBLISHED..65535, default
 *	PUBLISHED; the last port of the range; in a reply only if it is one
 * @MESHMOD_A_PORT_TARGET_LAST: u16, host order; equal to TARGET: the whole range
 *	leads to one target port; TARGET + PUBLISHED_LAST - PUBLISHED: one by
 *	one.  Default: one by one without TARGET, else TARGET; in a reply only
 *	with PUBLISHED_LAST
 * @MESHMOD_A_PORT_SOURCE: nested &enum meshmod_addr_attr with PREFIX, repeated;
 *	only clients in one of these prefixes are served at these ports, by VIP
 *	too, others refused and counted; none: any client
 */
enum meshmod_port_attr {
	MESHMOD_A_PORT_UNSPEC,
	MESHMOD_A_PORT_PROTO,
	MESHMOD_A_PORT_PUBLISHED,
	MESHMOD_A_PORT_TARGET,
	MESHMOD_A_PORT_PUBLISHED_LAST,
	MESHMOD_A_PORT_TARGET_LAST,
	MESHMOD_A_PORT_SOURCE,

	__MESHMOD_A_PORT_LAST,
	MESHMOD_A_PORT_MAX = __MESHMOD_A_PORT_LAST - 1
};

/**
 * enum meshmod_state - what a backend is given
 * @MESHMOD_STATE_UP: new connections, if its weight is above 0
 * @MESHMOD_STATE_DRAINING: no new connections; the ones it has go on
 * @MESHMOD_STATE_DOWN: the same as draining, said of a backend that failed
 */
enum meshmod_state {
	MESHMOD_STATE_UP,
	MESHMOD_STATE_DRAINING,
	MESHMOD_STATE_DOWN,

	__MESHMOD_STATE_LAST,
	MESHMOD_STATE_MAX = __MESHMOD_STATE_LAST - 1
};

/**
 * enum meshmod_backend_attr - one backend of a service
 * @MESHMOD_A_BACKEND_NAME: string, as MESHMOD_A_SERVICE_NAME; the key within
 *	the service
 * @MESHMOD_A_BACKEND_ADDR: nested &enum meshmod_addr_attr, repeated, one for
 *	each family at most, unique in the service; required to create one.
 *	Told back IPv4 first.
 * @MESHMOD_A_BACKEND_WEIGHT: u32, 0..MESHMOD_WEIGHT_MAX, default 1; 0 means
 *	no new connections.  Round robin treats all others alike.
 * @MESHMOD_A_BACKEND_STATE: u8, &enum meshmod_state; default UP
 * @MESHMOD_A_BACKEND_CONNECTIONS: u64, connections given to it since it was
 *	created or since STATS_ZERO; kernel
 * @MESHMOD_A_BACKEND_PAD: alignment of u64; kernel
 */
enum meshmod_backend_attr {
	MESHMOD_A_BACKEND_UNSPEC,
	MESHMOD_A_BACKEND_NAME,
	MESHMOD_A_BACKEND_ADDR,
	MESHMOD_A_BACKEND_WEIGHT,
	MESHMOD_A_BACKEND_STATE,
	MESHMOD_A_BACKEND_CONNECTIONS,
	MESHMOD_A_BACKEND_PAD,

	__MESHMOD_A_BACKEND_LAST,
	MESHMOD_A_BACKEND_MAX = __MESHMOD_A_BACKEND_LAST - 1
};

/**
 * enum meshmod_redirect_attr - the port rewrite of one endpoint address
 * @MESHMOD_A_REDIRECT_ADDR: nested &enum meshmod_addr_attr; key
 * @MESHMOD_A_REDIRECT_PROTO: u8, IPPROTO_TCP, IPPROTO_UDP or IPPROTO_SCTP; key
 * @MESHMOD_A_REDIRECT_FROM: u16, host order, 1..65535, the published port, or
 *	the first of a range; key
 * @MESHMOD_A_REDIRECT_TO: u16, host order, 1..65535, the target port, or the
 *	first; equal to FROM, it rewrites nothing and only lets the port through
 *	the guard
 * @MESHMOD_A_REDIRECT_FROM_LAST: u16, host order, FROM..65535, default FROM; the
 *	last published port of a range, which overlaps no other of this address
 *	and protocol; in a reply only if it is one
 * @MESHMOD_A_REDIRECT_TO_LAST: u16, host order; equal to TO: the whole range
 *	becomes one port; TO + FROM_LAST - FROM: one by one.  Default TO; in a
 *	reply only with FROM_LAST
 */
enum meshmod_redirect_attr {
	MESHMOD_A_REDIRECT_UNSPEC,
	MESHMOD_A_REDIRECT_ADDR,
	MESHMOD_A_REDIRECT_PROTO,
	MESHMOD_A_REDIRECT_FROM,
	MESHMOD_A_REDIRECT_TO,
	MESHMOD_A_REDIRECT_FROM_LAST,
	MESHMOD_A_REDIRECT_TO_LAST,

	__MESHMOD_A_REDIRECT_LAST,
	MESHMOD_A_REDIRECT_MAX = __MESHMOD_A_REDIRECT_LAST - 1
};

/**
 * enum meshmod_binding_attr - who is behind a port of a bridge
 * @MESHMOD_A_BINDING_DEV: string, 1..15 bytes; the port's device; key
 * @MESHMOD_A_BINDING_MAC: binary, 6 bytes, unicast, required
 * @MESHMOD_A_BINDING_ADDR: nested &enum meshmod_addr_attr, repeated, one at
 *	least
 *
 * Frames that come into a bridge by the device are dropped and counted unless
 * they are IPv4, IPv6 or ARP, untagged, and say of themselves only this MAC and
 * these addresses: as source, as the sender in ARP, and as source or target,
 * with the link-layer address, in neighbour discovery, whose router
 * advertisements and redirects are dropped always.  What goes to the bridges
 * themselves (01:80:c2:00:00:00 to 0f) is not looked at: let no bridge learn
 * from it (no_linklocal_learn).  A device that gets another name is not bound.
 */
enum meshmod_binding_attr {
	MESHMOD_A_BINDING_UNSPEC,
	MESHMOD_A_BINDING_DEV,
	MESHMOD_A_BINDING_MAC,
	MESHMOD_A_BINDING_ADDR,

	__MESHMOD_A_BINDING_LAST,
	MESHMOD_A_BINDING_MAX = __MESHMOD_A_BINDING_LAST - 1
};

/**
 * enum meshmod_service_stat - counters of one service; u64, connections
 * @MESHMOD_A_SSTAT_CONNECTIONS: given to a backend
 * @MESHMOD_A_SSTAT_NO_BACKEND: refused, no usable backend
 * @MESHMOD_A_SSTAT_NO_PORT: refused, no free source port
 * @MESHMOD_A_SSTAT_STRAY: TCP and SCTP packets refused because they belong to
 *	no known connection and do not open one
 * @MESHMOD_A_SSTAT_OUTSIDE: refused, the client is in none of the port's source
 *	prefixes
 * @MESHMOD_A_SSTAT_PAD: alignment of u64
 */
enum meshmod_service_stat {
	MESHMOD_A_SSTAT_UNSPEC,
	MESHMOD_A_SSTAT_CONNECTIONS,
	MESHMOD_A_SSTAT_NO_BACKEND,
	MESHMOD_A_SSTAT_NO_PORT,
	MESHMOD_A_SSTAT_STRAY,
	MESHMOD_A_SSTAT_OUTSIDE,
	MESHMOD_A_SSTAT_PAD,

	__MESHMOD_A_SSTAT_LAST,
	MESHMOD_A_SSTAT_MAX = __MESHMOD_A_SSTAT_LAST - 1
};

/**
 * enum meshmod_reason - why a packet met its verdict; u64 packets
 * @MESHMOD_REASON_FLOW: passed: belongs to a known connection
 * @MESHMOD_REASON_UNMATCHED: passed: opens a connection, not to a service
 * @MESHMOD_REASON_UNTRACKED: passed: conntrack does not know it (notrack,
 *	invalid, template, the mesh's own tunnel)
 * @MESHMOD_REASON_MARKED: passed on: got a service's mark by port or VIP, or
 *	came with one
 * @MESHMOD_REASON_BALANCED: passed on: a backend was chosen
 * @MESHMOD_REASON_NO_BACKEND: refused: the service has no usable backend
 * @MESHMOD_REASON_NO_SOURCE: refused: the node has no ingress address
 * @MESHMOD_REASON_NO_PORT: refused: no free port on the ingress address
 * @MESHMOD_REASON_STRAY: refused: TCP or SCTP that opens no connection and
 *	belongs to none
 * @MESHMOD_REASON_NAT_FAILED: dropped: the NAT core refused (out of memory, or
 *	no address on the device to masquerade with)
 * @MESHMOD_REASON_REDIRECTED: passed on: the published port became the target
 * @MESHMOD_REASON_ADMITTED: passed: the guard let it in
 * @MESHMOD_REASON_GUARDED: refused: the guard did not let it in
 * @MESHMOD_REASON_MARTIAN: dropped: to or from 127.0.0.0/8 on a real device
 * @MESHMOD_REASON_MASQUERADED: passed on: got the outgoing device's address
 * @MESHMOD_REASON_OUTSIDE: refused: the client is in none of the port's source
 *	prefixes
 * @MESHMOD_REASON_FOREIGN: dropped: VXLAN from an address that is no peer
 * @MESHMOD_REASON_SPOOFED: dropped: a frame that says it is someone else's than
 *	its binding's
 * @MESHMOD_REASON_OFFLOADED: forwarded without any hook: belongs to a
 *	connection that is offloaded; not in FLOW
 * @MESHMOD_REASON_RETURNED: sent on: a reply to the node that its connection
 *	came through, see Origins; in FLOW as well
 * @MESHMOD_REASON_PAD: alignment of u64
 */
enum meshmod_reason {
	MESHMOD_REASON_UNSPEC,
	MESHMOD_REASON_FLOW,
	MESHMOD_REASON_UNMATCHED,
	MESHMOD_REASON_UNTRACKED,
	MESHMOD_REASON_MARKED,
	MESHMOD_REASON_BALANCED,
	MESHMOD_REASON_NO_BACKEND,
	MESHMOD_REASON_NO_SOURCE,
	MESHMOD_REASON_NO_PORT,
	MESHMOD_REASON_STRAY,
	MESHMOD_REASON_NAT_FAILED,
	MESHMOD_REASON_REDIRECTED,
	MESHMOD_REASON_ADMITTED,
	MESHMOD_REASON_GUARDED,
	MESHMOD_REASON_MARTIAN,
	MESHMOD_REASON_MASQUERADED,
	MESHMOD_REASON_OUTSIDE,
	MESHMOD_REASON_FOREIGN,
	MESHMOD_REASON_SPOOFED,
	MESHMOD_REASON_OFFLOADED,
	MESHMOD_REASON_RETURNED,
	MESHMOD_REASON_PAD,

	__MESHMOD_REASON_LAST,
	MESHMOD_REASON_MAX = __MESHMOD_REASON_LAST - 1
};

/**
 * enum meshmod_flows - what the connections are of that the mesh has balanced
 *	or masqueraded here and that conntrack knows at this moment; u32, each
 *	connection under one heading, the first that holds
 * @MESHMOD_A_FLOWS_OFFLOADED: offloaded, at least in one direction
 * @MESHMOD_A_FLOWS_LOCAL: not, one of its ends is in this namespace
 * @MESHMOD_A_FLOWS_PROTOCOL: not, it is neither TCP nor UDP
 * @MESHMOD_A_FLOWS_OFF: not, the node or its service has OFFLOAD 0
 * @MESHMOD_A_FLOWS_SPECIAL: not, it has a helper, other sequence numbers, a
 *	conntrack zone of its own
 * @MESHMOD_A_FLOWS_OPENING: not, it is not established yet or not any more
 * @MESHMOD_A_FLOWS_SLOW: not, although it may be: nothing has passed for a
 *	while, or its route is not one for it (IPsec, no neighbour, no Ethernet)
 */
enum meshmod_flows {
	MESHMOD_A_FLOWS_UNSPEC,
	MESHMOD_A_FLOWS_OFFLOADED,
	MESHMOD_A_FLOWS_LOCAL,
	MESHMOD_A_FLOWS_PROTOCOL,
	MESHMOD_A_FLOWS_OFF,
	MESHMOD_A_FLOWS_SPECIAL,
	MESHMOD_A_FLOWS_OPENING,
	MESHMOD_A_FLOWS_SLOW,

	__MESHMOD_A_FLOWS_LAST,
	MESHMOD_A_FLOWS_MAX = __MESHMOD_A_FLOWS_LAST - 1
};

/**
 * enum meshmod_end_attr - one end of a connection
 * @MESHMOD_A_END_ADDR: nested &enum meshmod_addr_attr, required
 * @MESHMOD_A_END_PORT: u16, host order, 1..65535, required; from the kernel also
 *	0, which UDP allows
 */
enum meshmod_end_attr {
	MESHMOD_A_END_UNSPEC,
	MESHMOD_A_END_ADDR,
	MESHMOD_A_END_PORT,

	__MESHMOD_A_END_LAST,
	MESHMOD_A_END_MAX = __MESHMOD_A_END_LAST - 1
};

/**
 * enum meshmod_flow_attr - one connection whose source was translated
 * @MESHMOD_A_FLOW_INGRESS: nested &enum meshmod_end_attr, required; what its
 *	server takes the client for
 * @MESHMOD_A_FLOW_PROTO: u8, IPPROTO_TCP, IPPROTO_UDP or IPPROTO_SCTP; absent in
 *	a request: any of them
 * @MESHMOD_A_FLOW_CLIENT: nested &enum meshmod_end_attr; who has opened it; kernel
 * @MESHMOD_A_FLOW_ASKED: nested &enum meshmod_end_attr; where the client has sent
 *	it to; kernel
 * @MESHMOD_A_FLOW_BACKEND: nested &enum meshmod_end_attr; its server; kernel
 * @MESHMOD_A_FLOW_MARK: u32, the conntrack mark, bits outside of the mask
 *	included; kernel
 */
enum meshmod_flow_attr {
	MESHMOD_A_FLOW_UNSPEC,
	MESHMOD_A_FLOW_INGRESS,
	MESHMOD_A_FLOW_PROTO,
	MESHMOD_A_FLOW_CLIENT,
	MESHMOD_A_FLOW_ASKED,
	MESHMOD_A_FLOW_BACKEND,
	MESHMOD_A_FLOW_MARK,

	__MESHMOD_A_FLOW_LAST,
	MESHMOD_A_FLOW_MAX = __MESHMOD_A_FLOW_LAST - 1
};

#endif /* _UAPI_LINUX_MESHMOD_H */
