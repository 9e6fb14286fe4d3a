// SPDX-License-Identifier: GPL-2.0
/* Addresses, routes, rules, forwarding, neighbour entries: one shape for all. */
#include <errno.h>
#include <linux/fib_rules.h>
#include <linux/if_addr.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>

#include "rtnl.h"
#include "util.h"

struct entry *entries_add(struct entries *list)
{
	return array_add(&list->v, &list->n, sizeof(*list->v));
}

/* Routing tables of others, such as of MPLS, come in the same dumps. */
static bool is_ip(uint8_t family)
{
	return family == AF_INET || family == AF_INET6;
}

static void forget_entries(void *data)
{
	struct entries *list = data;

	free(list->v);
	memset(list, 0, sizeof(*list));
}

static int cmp_int(int a, int b)
{
	return (a > b) - (a < b);
}

static int cmp_ports(const struct entry *a, const struct entry *b)
{
	int d = cmp_int(a->proto, b->proto);

	if (!d)
		d = cmp_int(a->first, b->first);
	return d ? d : cmp_int(a->last, b->last);
}

int entry_cmp_key(enum entry_kind kind, const struct entry *a,
		  const struct entry *b)
{
	int d = 0;

	if (kind == ENTRY_ADDR || kind == ENTRY_TUNNEL || kind == ENTRY_NEIGH)
		d = cmp_int(a->dev, b->dev);
	if (!d && (kind == ENTRY_TUNNEL || kind == ENTRY_PORT))
		d = memcmp(a->mac, b->mac, sizeof(a->mac));
	else if (!d && kind == ENTRY_NEIGH)
		d = addr_cmp(&a->ip, &b->ip);
	else if (!d)
		d = prefix_cmp(&a->ip, &b->ip);
	if (!d && kind == ENTRY_REPLY_RULE)
		d = cmp_ports(a, b);
	return d;
}

bool entry_same(enum entry_kind kind, const struct entry *a,
		const struct entry *b)
{
	switch (kind) {
	case ENTRY_ROUTE:
		return a->dev == b->dev && addr_same(&a->via, &b->via);
	case ENTRY_TUNNEL:
		return addr_same(&a->via, &b->via);
	case ENTRY_PORT:
	case ENTRY_REPLY_ROUTE:
		return a->dev == b->dev;
	case ENTRY_NEIGH:
		return !memcmp(a->mac, b->mac, sizeof(a->mac));
	default:
		return true;
	}
}

static int read_addr(const struct nlmsghdr *nlh, void *data)
{
	const struct ifaddrmsg *ifa = mnl_nlmsg_get_payload(nlh);
	const struct nlattr *a, *local = NULL, *address = NULL;
	struct entry e = { .dev = (int)ifa->ifa_index };

	if (nlh->nlmsg_type != RTM_NEWADDR || !is_ip(ifa->ifa_family))
		return MNL_CB_OK;
	mnl_attr_for_each(a, nlh, sizeof(*ifa)) {
		if (mnl_attr_get_type(a) == IFA_LOCAL)
			local = a;
		else if (mnl_attr_get_type(a) == IFA_ADDRESS)
			address = a;
		else if (mnl_attr_get_type(a) == IFA_PROTO)
			e.ours = mnl_attr_get_u8(a) == RTNL_PROTO;
	}
	rtnl_get_ip(local ? local : address, ifa->ifa_family, &e.ip);
	e.ip.plen = ifa->ifa_prefixlen;
	*entries_add(data) = e;
	return MNL_CB_OK;
}

static int read_route_in(uint32_t wanted, const struct nlmsghdr *nlh,
			 struct entries *out)
{
	const struct rtmsg *rtm = mnl_nlmsg_get_payload(nlh);
	struct entry e = { .ours = rtm->rtm_protocol == RTNL_PROTO };
	uint32_t table = rtm->rtm_table;
	const struct nlattr *a;

	if (nlh->nlmsg_type != RTM_NEWROUTE || !is_ip(rtm->rtm_family) ||
	    rtm->rtm_type != RTN_UNICAST || rtm->rtm_flags & RTM_F_CLONED)
		return MNL_CB_OK;
	e.ip.family = rtm->rtm_family;
	mnl_attr_for_each(a, nlh, sizeof(*rtm)) {
		if (mnl_attr_get_type(a) == RTA_DST)
			rtnl_get_ip(a, rtm->rtm_family, &e.ip);
		else if (mnl_attr_get_type(a) == RTA_GATEWAY)
			rtnl_get_ip(a, rtm->rtm_family, &e.via);
		else if (mnl_attr_get_type(a) == RTA_OIF)
			e.dev = (int)mnl_attr_get_u32(a);
		else if (mnl_attr_get_type(a) == RTA_TABLE)
			table = mnl_attr_get_u32(a);
	}
	e.ip.plen = rtm->rtm_dst_len;
	if (table == wanted)
		*entries_add(out) = e;
	return MNL_CB_OK;
}

static int read_route(const struct nlmsghdr *nlh, void *data)
{
	return read_route_in(RT_TABLE_MAIN, nlh, data);
}

static int read_reply_route(const struct nlmsghdr *nlh, void *data)
{
	return read_route_in(RTNL_REPLY_TABLE, nlh, data);
}

static void read_ports(const struct nlattr *attr, struct entry *e)
{
	const struct fib_rule_port_range *range = mnl_attr_get_payload(attr);

	if (mnl_attr_get_payload_len(attr) != sizeof(*range))
		return;
	e->first = range->start;
	e->last = range->end;
}

/* Ours alone: what others have at that place is not in the way */
static int read_reply_rule(const struct nlmsghdr *nlh, void *data)
{
	const struct fib_rule_hdr *h = mnl_nlmsg_get_payload(nlh);
	struct entry e = { .ip.family = h->family };
	uint32_t table = h->table, priority = 0;
	const struct nlattr *a;

	if (nlh->nlmsg_type != RTM_NEWRULE || !is_ip(h->family))
		return MNL_CB_OK;
	mnl_attr_for_each(a, nlh, sizeof(*h)) {
		if (mnl_attr_get_type(a) == FRA_TABLE)
			table = mnl_attr_get_u32(a);
		else if (mnl_attr_get_type(a) == FRA_PRIORITY)
			priority = mnl_attr_get_u32(a);
		else if (mnl_attr_get_type(a) == FRA_PROTOCOL)
			e.ours = mnl_attr_get_u8(a) == RTNL_PROTO;
		else if (mnl_attr_get_type(a) == FRA_IP_PROTO)
			e.proto = mnl_attr_get_u8(a);
		else if (mnl_attr_get_type(a) == FRA_SPORT_RANGE)
			read_ports(a, &e);
	}
	if (e.ours && table == RTNL_REPLY_TABLE &&
	    priority == RTNL_REPLY_PRIORITY)
		*entries_add(data) = e;
	return MNL_CB_OK;
}

/* Neighbours and both kinds of FDB come in the same message. */
static bool read_neigh(const struct nlmsghdr *nlh, struct entry *e)
{
	const struct ndmsg *ndm = mnl_nlmsg_get_payload(nlh);
	const struct nlattr *a;

	if (nlh->nlmsg_type != RTM_NEWNEIGH)
		return false;
	memset(e, 0, sizeof(*e));
	e->dev = ndm->ndm_ifindex;
	e->theirs = ndm->ndm_flags & NTF_EXT_LEARNED;
	e->ours = !e->theirs;
	mnl_attr_for_each(a, nlh, sizeof(*ndm)) {
		if (mnl_attr_get_type(a) == NDA_LLADDR &&
		    mnl_attr_get_payload_len(a) == sizeof(e->mac))
			memcpy(e->mac, mnl_attr_get_payload(a), sizeof(e->mac));
		else if (mnl_attr_get_type(a) == NDA_DST)
			rtnl_get_ip(a, mnl_attr_get_payload_len(a) == 4 ?
				       AF_INET : AF_INET6, &e->ip);
		else if (mnl_attr_get_type(a) == NDA_PROTOCOL)
			e->marked = mnl_attr_get_u8(a) == RTNL_PROTO;
	}
	return true;
}

static int read_ip_neigh(const struct nlmsghdr *nlh, void *data)
{
	const struct ndmsg *ndm = mnl_nlmsg_get_payload(nlh);
	struct entry e;

	if (read_neigh(nlh, &e) &&
	    (e.theirs || ndm->ndm_state & NUD_PERMANENT))
		*entries_add(data) = e;
	return MNL_CB_OK;
}

static int read_tunnel(const struct nlmsghdr *nlh, void *data)
{
	const struct ndmsg *ndm = mnl_nlmsg_get_payload(nlh);
	struct entry e;

	/* Other devices list their own addresses as "self", without remote */
	if (!(ndm->ndm_flags & NTF_SELF) || !read_neigh(nlh, &e) ||
	    (!e.theirs && !e.ip.family))
		return MNL_CB_OK;
	e.via = e.ip;
	memset(&e.ip, 0, sizeof(e.ip));
	*entries_add(data) = e;
	return MNL_CB_OK;
}

static int read_port_fdb(const struct nlmsghdr *nlh, void *data)
{
	const struct ndmsg *ndm = mnl_nlmsg_get_payload(nlh);
	/* Static is NOARP; PERMANENT is a port's own address */
	bool fixed = ndm->ndm_state & NUD_NOARP &&
		     !(ndm->ndm_state & NUD_PERMANENT);
	struct entry e;

	if (!(ndm->ndm_flags & NTF_SELF) && read_neigh(nlh, &e) &&
	    (e.theirs || fixed))
		*entries_add(data) = e;
	return MNL_CB_OK;
}

int rtnl_entries(struct rtnl *r, enum entry_kind kind, struct entries *out)
{
	static const struct {
		uint16_t type, header;
		uint8_t family;
		mnl_cb_t read;
	} dump[] = {
		[ENTRY_ADDR] = { RTM_GETADDR, sizeof(struct ifaddrmsg),
				 AF_UNSPEC, read_addr },
		[ENTRY_ROUTE] = { RTM_GETROUTE, sizeof(struct rtmsg),
				  AF_UNSPEC, read_route },
		[ENTRY_TUNNEL] = { RTM_GETNEIGH, sizeof(struct ifinfomsg),
				   AF_BRIDGE, read_tunnel },
		[ENTRY_PORT] = { RTM_GETNEIGH, sizeof(struct ifinfomsg),
				 AF_BRIDGE, read_port_fdb },
		[ENTRY_NEIGH] = { RTM_GETNEIGH, sizeof(struct ndmsg),
				  AF_UNSPEC, read_ip_neigh },
		[ENTRY_REPLY_ROUTE] = { RTM_GETROUTE, sizeof(struct rtmsg),
					AF_UNSPEC, read_reply_route },
		[ENTRY_REPLY_RULE] = { RTM_GETRULE,
				       sizeof(struct fib_rule_hdr),
				       AF_UNSPEC, read_reply_rule },
	};
	char buf[MNL_SOCKET_BUFFER_SIZE];
	struct nlmsghdr *req = rtnl_request(buf, dump[kind].type, 0);
	uint8_t *family;
	int err;

	/* Every one of these headers starts with the family */
	family = mnl_nlmsg_put_extra_header(req, dump[kind].header);
	*family = dump[kind].family;
	memset(out, 0, sizeof(*out));
	err = rtnl_dump(r, req, forget_entries, dump[kind].read, out);
	/* A kernel that knows no rules has none */
	return kind == ENTRY_REPLY_RULE && err == -EOPNOTSUPP ? 0 : err;
}

static void put_addr(struct nlmsghdr *req, const struct entry *e)
{
	struct ifaddrmsg *ifa = mnl_nlmsg_put_extra_header(req, sizeof(*ifa));

	ifa->ifa_family = e->ip.family;
	ifa->ifa_prefixlen = e->ip.plen;
	ifa->ifa_index = e->dev;
	/* The file gives it one owner: no need to ask, it is there at once */
	if (e->ip.family == AF_INET6)
		mnl_attr_put_u32(req, IFA_FLAGS, IFA_F_NODAD);
	rtnl_put_ip(req, IFA_LOCAL, &e->ip);
	rtnl_put_ip(req, IFA_ADDRESS, &e->ip);
	mnl_attr_put_u8(req, IFA_PROTO, RTNL_PROTO);
}

static void put_route(struct nlmsghdr *req, const struct entry *e)
{
	struct rtmsg *rtm = mnl_nlmsg_put_extra_header(req, sizeof(*rtm));

	rtm->rtm_family = e->ip.family;
	rtm->rtm_dst_len = e->ip.plen;
	rtm->rtm_table = RT_TABLE_MAIN;
	rtm->rtm_protocol = RTNL_PROTO;
	rtm->rtm_scope = RT_SCOPE_UNIVERSE;
	rtm->rtm_type = RTN_UNICAST;
	if (e->ip.plen)
		rtnl_put_ip(req, RTA_DST, &e->ip);
	rtnl_put_ip(req, RTA_GATEWAY, &e->via);
	mnl_attr_put_u32(req, RTA_OIF, e->dev);
}

static void put_reply_route(struct nlmsghdr *req, const struct entry *e)
{
	struct rtmsg *rtm = mnl_nlmsg_put_extra_header(req, sizeof(*rtm));

	rtm->rtm_family = e->ip.family;
	rtm->rtm_protocol = RTNL_PROTO;
	/* There is no gateway: the module knows better where to send */
	rtm->rtm_scope = RT_SCOPE_LINK;
	rtm->rtm_type = RTN_UNICAST;
	mnl_attr_put_u32(req, RTA_TABLE, RTNL_REPLY_TABLE);
	mnl_attr_put_u32(req, RTA_OIF, e->dev);
}

static void put_reply_rule(struct nlmsghdr *req, const struct entry *e)
{
	struct fib_rule_hdr *h = mnl_nlmsg_put_extra_header(req, sizeof(*h));
	struct fib_rule_port_range range = { e->first, e->last };

	h->family = e->ip.family;
	h->action = FR_ACT_TO_TBL;
	mnl_attr_put_u32(req, FRA_PRIORITY, RTNL_REPLY_PRIORITY);
	mnl_attr_put_u32(req, FRA_TABLE, RTNL_REPLY_TABLE);
	mnl_attr_put_u8(req, FRA_PROTOCOL, RTNL_PROTO);
	mnl_attr_put_u8(req, FRA_IP_PROTO, e->proto);
	if (e->first)
		mnl_attr_put(req, FRA_SPORT_RANGE, sizeof(range), &range);
}

static void put_neigh(struct nlmsghdr *req, enum entry_kind kind,
		      const struct entry *e)
{
	struct ndmsg *ndm = mnl_nlmsg_put_extra_header(req, sizeof(*ndm));

	ndm->ndm_family = kind == ENTRY_NEIGH ? e->ip.family : AF_BRIDGE;
	ndm->ndm_ifindex = e->dev;
	ndm->ndm_state = kind == ENTRY_PORT ? NUD_NOARP : NUD_PERMANENT;
	if (kind == ENTRY_PORT)
		ndm->ndm_flags = NTF_MASTER;
	else if (kind == ENTRY_TUNNEL)
		ndm->ndm_flags = NTF_SELF;
	mnl_attr_put(req, NDA_LLADDR, sizeof(e->mac), e->mac);
	if (kind == ENTRY_NEIGH) {
		rtnl_put_ip(req, NDA_DST, &e->ip);
		mnl_attr_put_u8(req, NDA_PROTOCOL, RTNL_PROTO);
	} else if (kind == ENTRY_TUNNEL) {
		rtnl_put_ip(req, NDA_DST, &e->via);
	}
}

static int send_entry(struct rtnl *r, uint16_t type, uint16_t flags,
		      enum entry_kind kind, const struct entry *e)
{
	char buf[MNL_SOCKET_BUFFER_SIZE];
	struct nlmsghdr *req = rtnl_request(buf, type, flags);

	if (kind == ENTRY_ADDR)
		put_addr(req, e);
	else if (kind == ENTRY_ROUTE)
		put_route(req, e);
	else if (kind == ENTRY_REPLY_ROUTE)
		put_reply_route(req, e);
	else if (kind == ENTRY_REPLY_RULE)
		put_reply_rule(req, e);
	else
		put_neigh(req, kind, e);
	return rtnl_talk(r, req);
}

int rtnl_entry_set(struct rtnl *r, enum entry_kind kind, const struct entry *e)
{
	static const uint16_t type[] = {
		[ENTRY_ADDR] = RTM_NEWADDR, [ENTRY_ROUTE] = RTM_NEWROUTE,
		[ENTRY_TUNNEL] = RTM_NEWNEIGH, [ENTRY_PORT] = RTM_NEWNEIGH,
		[ENTRY_NEIGH] = RTM_NEWNEIGH,
		[ENTRY_REPLY_ROUTE] = RTM_NEWROUTE,
		[ENTRY_REPLY_RULE] = RTM_NEWRULE,
	};
	/* Of rules, without NLM_F_EXCL there would be one more each time */
	uint16_t instead = kind == ENTRY_REPLY_RULE ? NLM_F_EXCL :
						      NLM_F_REPLACE;

	return send_entry(r, type[kind], NLM_F_CREATE | instead, kind, e);
}

int rtnl_entry_del(struct rtnl *r, enum entry_kind kind, const struct entry *e)
{
	static const uint16_t type[] = {
		[ENTRY_ADDR] = RTM_DELADDR, [ENTRY_ROUTE] = RTM_DELROUTE,
		[ENTRY_TUNNEL] = RTM_DELNEIGH, [ENTRY_PORT] = RTM_DELNEIGH,
		[ENTRY_NEIGH] = RTM_DELNEIGH,
		[ENTRY_REPLY_ROUTE] = RTM_DELROUTE,
		[ENTRY_REPLY_RULE] = RTM_DELRULE,
	};
	int err = send_entry(r, type[kind], 0, kind, e);

	/* It went with something else: what we wanted */
	return err == -ENOENT || err == -ESRCH || err == -EADDRNOTAVAIL ? 0 :
									  err;
}
