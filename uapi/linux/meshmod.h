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
 *	EOPNOTSUPP	this kernel's module cannot do it (for example IPv6)
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
 * of *services*, each with its *backends*, and of *redirects*.  A namespace in
 * which nothing is configured has no hook and costs nothing; deleting the last
 * object returns it to that state.
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
 * Messages
 * --------
 * An attribute marked "repeated" may occur any number of times up to its
 * limit, in order; any other attribute at most once (the last one counts).
 * "N" below stands for a nested attribute.
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
 *	CONFIG_REPLACE (do)	[NODE] SERVICE... REDIRECT...	-
 *	STATS_GET (do)		-				STATS
 *	STATS_ZERO (do)		-				-
 *
 * NODE_SET changes the settings that it names and leaves the others; naming
 * a repeated setting replaces the whole list, and MESHMOD_A_NODE_CLEAR empties
 * lists.
 *
 * SERVICE_SET changes what it names and leaves the rest; a list that it names
 * (ports, VIPs, backends) is replaced whole.  BACKEND_SET likewise.  A service
 * cannot be renamed.
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
 * the backends of a service: as given), go on after any interruption behind the
 * last object sent, and set NLM_F_DUMP_INTR when the configuration changed in
 * between.
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
#define MESHMOD_MAX_PORTS	64	/* published ports of one service */
#define MESHMOD_MAX_VIPS	2	/* VIPs of one service */
#define MESHMOD_MAX_BACKENDS	1024	/* backends of one service */
#define MESHMOD_MAX_REDIRECTS	16384
#define MESHMOD_MAX_INGRESS	16	/* ingress addresses */
#define MESHMOD_MAX_MASQUERADE	8	/* masqueraded subnets */
#define MESHMOD_MAX_GUARDS	64	/* guarded endpoint addresses */

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
 */
enum meshmod_attr {
	MESHMOD_A_UNSPEC,
	MESHMOD_A_NODE,
	MESHMOD_A_SERVICE,
	MESHMOD_A_REDIRECT,
	MESHMOD_A_STATS,
	MESHMOD_A_PAD,

	__MESHMOD_A_LAST,
	MESHMOD_A_MAX = __MESHMOD_A_LAST - 1
};

/**
 * enum meshmod_addr_attr - an IP address, wherever one is needed
 * @MESHMOD_A_ADDR_V4: binary, 4 bytes, network order; exactly one of V4, V6
 * @MESHMOD_A_ADDR_V6: binary, 16 bytes (EOPNOTSUPP in this version)
 * @MESHMOD_A_ADDR_PREFIX: u8, prefix length in bits, 1..32 (V4) or 1..128
 *	(V6); only in MESHMOD_A_NODE_MASQUERADE, and required there
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
 *	addresses that balanced connections get as their source; must be
 *	addresses of this namespace, or no reply will find its way back
 * @MESHMOD_A_NODE_MASQUERADE: nested &enum meshmod_addr_attr with PREFIX,
 *	repeated; connections from these subnets to anywhere outside of them
 *	leave with the address of the outgoing device; but for those from an
 *	address of this namespace
 * @MESHMOD_A_NODE_GUARD: nested &enum meshmod_guard_attr, repeated
 * @MESHMOD_A_NODE_CLEAR: u32, bit mask of lists to empty before the others
 *	are set: 1 << MESHMOD_A_NODE_INGRESS, _MASQUERADE, _GUARD; never in a
 *	reply
 */
enum meshmod_node_attr {
	MESHMOD_A_NODE_UNSPEC,
	MESHMOD_A_NODE_MASK,
	MESHMOD_A_NODE_INGRESS,
	MESHMOD_A_NODE_MASQUERADE,
	MESHMOD_A_NODE_GUARD,
	MESHMOD_A_NODE_CLEAR,

	__MESHMOD_A_NODE_LAST,
	MESHMOD_A_NODE_MAX = __MESHMOD_A_NODE_LAST - 1
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
 * (TCP: reset, UDP: port unreachable, others: dropped) and counted.  So is what
 * arrives over the device for someone else and would be forwarded.
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
 * @MESHMOD_SOURCE_LOCAL: the client's own address and port, except for a
 *	client on this node or in a masqueraded subnet: it gets the ingress
 *	address, because a reply could not find it otherwise
 */
enum meshmod_source {
	MESHMOD_SOURCE_INGRESS,
	MESHMOD_SOURCE_LOCAL,

	__MESHMOD_SOURCE_LAST,
	MESHMOD_SOURCE_MAX = __MESHMOD_SOURCE_LAST - 1
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

	__MESHMOD_A_SERVICE_LAST,
	MESHMOD_A_SERVICE_MAX = __MESHMOD_A_SERVICE_LAST - 1
};

/**
 * enum meshmod_port_attr - one published port
 * @MESHMOD_A_PORT_PROTO: u8, IPPROTO_TCP or IPPROTO_UDP, required
 * @MESHMOD_A_PORT_PUBLISHED: u16, host order, 1..65535, required; unique in
 *	the namespace together with PROTO
 * @MESHMOD_A_PORT_TARGET: u16, host order, 1..65535, default PUBLISHED; told
 *	back to readers, used nowhere: the rewrite is a redirect's work
 */
enum meshmod_port_attr {
	MESHMOD_A_PORT_UNSPEC,
	MESHMOD_A_PORT_PROTO,
	MESHMOD_A_PORT_PUBLISHED,
	MESHMOD_A_PORT_TARGET,

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
 * @MESHMOD_A_BACKEND_ADDR: nested &enum meshmod_addr_attr, unique in the
 *	service; required to create one
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
 * @MESHMOD_A_REDIRECT_PROTO: u8, IPPROTO_TCP or IPPROTO_UDP; key
 * @MESHMOD_A_REDIRECT_FROM: u16, host order, 1..65535, the published port; key
 * @MESHMOD_A_REDIRECT_TO: u16, host order, 1..65535, the target port; equal
 *	to FROM, it rewrites nothing and only lets the port through the guard
 */
enum meshmod_redirect_attr {
	MESHMOD_A_REDIRECT_UNSPEC,
	MESHMOD_A_REDIRECT_ADDR,
	MESHMOD_A_REDIRECT_PROTO,
	MESHMOD_A_REDIRECT_FROM,
	MESHMOD_A_REDIRECT_TO,

	__MESHMOD_A_REDIRECT_LAST,
	MESHMOD_A_REDIRECT_MAX = __MESHMOD_A_REDIRECT_LAST - 1
};

/**
 * enum meshmod_service_stat - counters of one service; u64, connections
 * @MESHMOD_A_SSTAT_CONNECTIONS: given to a backend
 * @MESHMOD_A_SSTAT_NO_BACKEND: refused, no usable backend
 * @MESHMOD_A_SSTAT_NO_PORT: refused, no free source port
 * @MESHMOD_A_SSTAT_STRAY: TCP packets refused because they belong to no known
 *	connection and do not open one
 * @MESHMOD_A_SSTAT_PAD: alignment of u64
 */
enum meshmod_service_stat {
	MESHMOD_A_SSTAT_UNSPEC,
	MESHMOD_A_SSTAT_CONNECTIONS,
	MESHMOD_A_SSTAT_NO_BACKEND,
	MESHMOD_A_SSTAT_NO_PORT,
	MESHMOD_A_SSTAT_STRAY,
	MESHMOD_A_SSTAT_PAD,

	__MESHMOD_A_SSTAT_LAST,
	MESHMOD_A_SSTAT_MAX = __MESHMOD_A_SSTAT_LAST - 1
};

/**
 * enum meshmod_reason - why a packet met its verdict; u64 packets
 * @MESHMOD_REASON_FLOW: passed: belongs to a known connection
 * @MESHMOD_REASON_UNMATCHED: passed: opens a connection, not to a service
 * @MESHMOD_REASON_UNTRACKED: passed: conntrack does not know it (notrack,
 *	invalid, template)
 * @MESHMOD_REASON_MARKED: passed on: got a service's mark by port or VIP, or
 *	came with one
 * @MESHMOD_REASON_BALANCED: passed on: a backend was chosen
 * @MESHMOD_REASON_NO_BACKEND: refused: the service has no usable backend
 * @MESHMOD_REASON_NO_SOURCE: refused: the node has no ingress address
 * @MESHMOD_REASON_NO_PORT: refused: no free port on the ingress address
 * @MESHMOD_REASON_STRAY: refused: TCP, no known connection, no SYN
 * @MESHMOD_REASON_NAT_FAILED: dropped: the NAT core refused (out of memory, or
 *	no address on the device to masquerade with)
 * @MESHMOD_REASON_REDIRECTED: passed on: the published port became the target
 * @MESHMOD_REASON_ADMITTED: passed: the guard let it in
 * @MESHMOD_REASON_GUARDED: refused: the guard did not let it in
 * @MESHMOD_REASON_MARTIAN: dropped: to or from 127.0.0.0/8 on a real device
 * @MESHMOD_REASON_MASQUERADED: passed on: got the outgoing device's address
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
	MESHMOD_REASON_PAD,

	__MESHMOD_REASON_LAST,
	MESHMOD_REASON_MAX = __MESHMOD_REASON_LAST - 1
};

#endif /* _UAPI_LINUX_MESHMOD_H */
