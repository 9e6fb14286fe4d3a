// SPDX-License-Identifier: GPL-2.0
/* Links as the kernel shows them. */
#include <errno.h>
#include <net/if.h>
/* After it: IFF_LOWER_UP */
#include <linux/if.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rtnl.h"
#include "util.h"

struct link_list {
	struct link *v;
	size_t n;
};

static void copy_name(char *to, size_t size, const struct nlattr *attr)
{
	snprintf(to, size, "%s", mnl_attr_get_str(attr));
}

bool *port_flag(struct port_flags *f, uint16_t attr)
{
	switch (attr) {
	case IFLA_BRPORT_LEARNING:
		return &f->learning;
	case IFLA_BRPORT_ISOLATED:
		return &f->isolated;
	case IFLA_BRPORT_UNICAST_FLOOD:
		return &f->flood;
	case IFLA_BRPORT_MCAST_FLOOD:
		return &f->mcast_flood;
	case IFLA_BRPORT_BCAST_FLOOD:
		return &f->bcast_flood;
	case IFLA_BRPORT_NEIGH_SUPPRESS:
		return &f->suppress;
	case IFLA_BRPORT_PROXYARP_WIFI:
		return &f->proxy;
	default:
		return NULL;
	}
}

static void read_port(const struct nlattr *data, struct link *l)
{
	const struct nlattr *a;
	bool *flag;

	mnl_attr_for_each_nested(a, data) {
		flag = port_flag(&l->port, mnl_attr_get_type(a));
		if (flag)
			*flag = mnl_attr_get_u8(a);
	}
}

static void read_boolopts(const struct nlattr *a, struct link *l)
{
	struct br_boolopt_multi opts;

	if (mnl_attr_get_payload_len(a) < sizeof(opts))
		return;
	memcpy(&opts, mnl_attr_get_payload(a), sizeof(opts));
	l->ll_learning = !(opts.optval & 1 << BR_BOOLOPT_NO_LL_LEARN);
}

static void read_bridge(const struct nlattr *data, struct link *l)
{
	const struct nlattr *a;

	mnl_attr_for_each_nested(a, data) {
		if (mnl_attr_get_type(a) == IFLA_BR_MCAST_SNOOPING)
			l->snooping = mnl_attr_get_u8(a);
		else if (mnl_attr_get_type(a) == IFLA_BR_MULTI_BOOLOPT)
			read_boolopts(a, l);
	}
}

static void read_vxlan(const struct nlattr *data, struct link *l)
{
	const struct nlattr *a;

	mnl_attr_for_each_nested(a, data) {
		switch (mnl_attr_get_type(a)) {
		case IFLA_VXLAN_ID:
			l->vni = mnl_attr_get_u32(a);
			break;
		case IFLA_VXLAN_PORT:
			l->vxlan_port = ntohs(mnl_attr_get_u16(a));
			break;
		case IFLA_VXLAN_LOCAL:
			rtnl_get_ip(a, AF_INET, &l->vxlan_local);
			break;
		case IFLA_VXLAN_LOCAL6:
			rtnl_get_ip(a, AF_INET6, &l->vxlan_local);
			break;
		}
	}
}

static void read_info(const struct nlattr *info, struct link *l)
{
	const struct nlattr *a, *data = NULL, *port = NULL;
	bool bridged = false;

	mnl_attr_for_each_nested(a, info) {
		switch (mnl_attr_get_type(a)) {
		case IFLA_INFO_KIND:
			copy_name(l->kind, sizeof(l->kind), a);
			break;
		case IFLA_INFO_DATA:
			data = a;
			break;
		case IFLA_INFO_SLAVE_KIND:
			bridged = !strcmp(mnl_attr_get_str(a), "bridge");
			break;
		case IFLA_INFO_SLAVE_DATA:
			port = a;
			break;
		}
	}
	if (data && !strcmp(l->kind, "vxlan"))
		read_vxlan(data, l);
	if (data && !strcmp(l->kind, "bridge"))
		read_bridge(data, l);
	if (port && bridged)
		read_port(port, l);
}

static void read_families(const struct nlattr *spec, struct link *l)
{
	const struct nlattr *family, *a;

	mnl_attr_for_each_nested(family, spec) {
		if (mnl_attr_get_type(family) != AF_INET6)
			continue;
		mnl_attr_for_each_nested(a, family)
			if (mnl_attr_get_type(a) == IFLA_INET6_ADDR_GEN_MODE)
				l->autoconf = mnl_attr_get_u8(a) !=
					      IN6_ADDR_GEN_MODE_NONE;
	}
}

static void read_attr(const struct nlattr *a, struct link *l)
{
	switch (mnl_attr_get_type(a)) {
	case IFLA_IFNAME:
		copy_name(l->name, sizeof(l->name), a);
		break;
	case IFLA_ADDRESS:
		if (mnl_attr_get_payload_len(a) == sizeof(l->mac))
			memcpy(l->mac, mnl_attr_get_payload(a), sizeof(l->mac));
		break;
	case IFLA_MASTER:
		l->master = (int)mnl_attr_get_u32(a);
		break;
	case IFLA_LINK:
		l->peer = (int)mnl_attr_get_u32(a);
		break;
	case IFLA_LINK_NETNSID:
		l->peer_nsid = (int)mnl_attr_get_u32(a);
		break;
	case IFLA_GROUP:
		l->group = mnl_attr_get_u32(a);
		break;
	case IFLA_MTU:
		l->mtu = mnl_attr_get_u32(a);
		break;
	case IFLA_LINKINFO:
		read_info(a, l);
		break;
	case IFLA_AF_SPEC:
		read_families(a, l);
		break;
	}
}

static int read_link(const struct nlmsghdr *nlh, void *data)
{
	const struct ifinfomsg *ifi = mnl_nlmsg_get_payload(nlh);
	struct link *l = data;
	const struct nlattr *a;

	memset(l, 0, sizeof(*l));
	l->index = ifi->ifi_index;
	l->up = ifi->ifi_flags & IFF_UP;
	l->loopback = ifi->ifi_flags & IFF_LOOPBACK;
	l->settling = (ifi->ifi_flags & (IFF_LOWER_UP | IFF_RUNNING)) ==
		      IFF_LOWER_UP;
	l->peer_nsid = -1;
	l->autoconf = -1;
	mnl_attr_for_each(a, nlh, sizeof(*ifi))
		read_attr(a, l);
	return MNL_CB_OK;
}

static int list_link(const struct nlmsghdr *nlh, void *data)
{
	struct link_list *list = data;

	if (nlh->nlmsg_type != RTM_NEWLINK)
		return MNL_CB_OK;
	return read_link(nlh, array_add(&list->v, &list->n, sizeof(*list->v)));
}

static void forget_links(void *data)
{
	struct link_list *list = data;

	free(list->v);
	memset(list, 0, sizeof(*list));
}

static struct nlmsghdr *get_request(char *buf)
{
	struct nlmsghdr *req = rtnl_request(buf, RTM_GETLINK, 0);

	mnl_nlmsg_put_extra_header(req, sizeof(struct ifinfomsg));
	mnl_attr_put_u32(req, IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
	return req;
}

int rtnl_link(struct rtnl *r, const char *name, struct link *out)
{
	char buf[MNL_SOCKET_BUFFER_SIZE];
	struct nlmsghdr *req = get_request(buf);

	/* First the name: it may be the one in *out */
	mnl_attr_put_strz(req, IFLA_IFNAME, name);
	memset(out, 0, sizeof(*out));
	return rtnl_query(r, req, read_link, out);
}

int rtnl_links(struct rtnl *r, struct link **out, size_t *n)
{
	char buf[MNL_SOCKET_BUFFER_SIZE];
	struct nlmsghdr *req = get_request(buf);
	struct link_list list = { 0 };
	int err;

	err = rtnl_dump(r, req, forget_links, list_link, &list);
	*out = list.v;
	*n = list.n;
	return err;
}
