// SPDX-License-Identifier: GPL-2.0
/* Make links and change one property of a link at a time. */
#include <errno.h>
#include <linux/if_bridge.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/veth.h>
#include <string.h>

#include "rtnl.h"

/*
 * Name, mark, address and MTU are part of the creation: there is no moment in
 * which the device exists and is not recognised as ours.
 */
static void put_new(struct nlmsghdr *req, const struct link_new *l)
{
	mnl_attr_put_strz(req, IFLA_IFNAME, l->name);
	mnl_attr_put_u32(req, IFLA_GROUP, RTNL_GROUP);
	if (l->mtu)
		mnl_attr_put_u32(req, IFLA_MTU, l->mtu);
	if (l->mac)
		mnl_attr_put(req, IFLA_ADDRESS, RTNL_MACLEN, l->mac);
	if (l->master)
		mnl_attr_put_u32(req, IFLA_MASTER, l->master);
	if (l->netns >= 0)
		mnl_attr_put_u32(req, IFLA_NET_NS_FD, l->netns);
}

static struct nlmsghdr *new_request(char *buf, const struct link_new *l)
{
	struct nlmsghdr *req = rtnl_request(buf, RTM_NEWLINK,
					    NLM_F_CREATE | NLM_F_EXCL);

	mnl_nlmsg_put_extra_header(req, sizeof(struct ifinfomsg));
	put_new(req, l);
	return req;
}

/* Link-local groups teach it nothing, ever; NULL: snooping stays as it is */
static void put_bridge(struct nlmsghdr *req, const bool *snooping)
{
	const struct br_boolopt_multi opts = {
		.optval = 1 << BR_BOOLOPT_NO_LL_LEARN,
		.optmask = 1 << BR_BOOLOPT_NO_LL_LEARN,
	};
	struct nlattr *info, *data;

	info = mnl_attr_nest_start(req, IFLA_LINKINFO);
	mnl_attr_put_strz(req, IFLA_INFO_KIND, "bridge");
	data = mnl_attr_nest_start(req, IFLA_INFO_DATA);
	if (snooping)
		mnl_attr_put_u8(req, IFLA_BR_MCAST_SNOOPING, *snooping);
	mnl_attr_put(req, IFLA_BR_MULTI_BOOLOPT, sizeof(opts), &opts);
	mnl_attr_nest_end(req, data);
	mnl_attr_nest_end(req, info);
}

int rtnl_bridge_add(struct rtnl *r, const struct link_new *l, bool snooping)
{
	char buf[MNL_SOCKET_BUFFER_SIZE];
	struct nlmsghdr *req = new_request(buf, l);

	put_bridge(req, &snooping);
	return rtnl_talk(r, req);
}

int rtnl_veth_add(struct rtnl *r, const struct link_new *l,
		  const struct link_new *peer)
{
	char buf[MNL_SOCKET_BUFFER_SIZE];
	struct nlmsghdr *req = new_request(buf, l);
	struct nlattr *info, *data, *other;

	info = mnl_attr_nest_start(req, IFLA_LINKINFO);
	mnl_attr_put_strz(req, IFLA_INFO_KIND, "veth");
	data = mnl_attr_nest_start(req, IFLA_INFO_DATA);
	other = mnl_attr_nest_start(req, VETH_INFO_PEER);
	mnl_nlmsg_put_extra_header(req, sizeof(struct ifinfomsg));
	put_new(req, peer);
	mnl_attr_nest_end(req, other);
	mnl_attr_nest_end(req, data);
	mnl_attr_nest_end(req, info);
	return rtnl_talk(r, req);
}

static void put_local(struct nlmsghdr *req, const struct addr *local)
{
	rtnl_put_ip(req, local->family == AF_INET6 ? IFLA_VXLAN_LOCAL6 :
						     IFLA_VXLAN_LOCAL, local);
}

int rtnl_vxlan_add(struct rtnl *r, const struct link_new *l,
		   const struct vxlan *v)
{
	char buf[MNL_SOCKET_BUFFER_SIZE];
	struct nlmsghdr *req = new_request(buf, l);
	struct nlattr *info, *data;

	info = mnl_attr_nest_start(req, IFLA_LINKINFO);
	mnl_attr_put_strz(req, IFLA_INFO_KIND, "vxlan");
	data = mnl_attr_nest_start(req, IFLA_INFO_DATA);
	mnl_attr_put_u32(req, IFLA_VXLAN_ID, v->vni);
	mnl_attr_put_u16(req, IFLA_VXLAN_PORT, htons(v->port));
	put_local(req, v->local);
	mnl_attr_put_u8(req, IFLA_VXLAN_LEARNING, 0);
	mnl_attr_nest_end(req, data);
	mnl_attr_nest_end(req, info);
	return rtnl_talk(r, req);
}

static struct nlmsghdr *set_request(char *buf, uint16_t type, int index)
{
	struct nlmsghdr *req = rtnl_request(buf, type, 0);
	struct ifinfomsg *ifi;

	ifi = mnl_nlmsg_put_extra_header(req, sizeof(*ifi));
	ifi->ifi_index = index;
	return req;
}

static int set_u32(struct rtnl *r, int index, uint16_t type, uint32_t value)
{
	char buf[MNL_SOCKET_BUFFER_SIZE];
	struct nlmsghdr *req = set_request(buf, RTM_SETLINK, index);

	mnl_attr_put_u32(req, type, value);
	return rtnl_talk(r, req);
}

int rtnl_link_mtu(struct rtnl *r, int index, uint32_t mtu)
{
	return set_u32(r, index, IFLA_MTU, mtu);
}

int rtnl_link_group(struct rtnl *r, int index, uint32_t group)
{
	return set_u32(r, index, IFLA_GROUP, group);
}

int rtnl_link_master(struct rtnl *r, int index, int master)
{
	return set_u32(r, index, IFLA_MASTER, master);
}

int rtnl_link_del(struct rtnl *r, int index)
{
	char buf[MNL_SOCKET_BUFFER_SIZE];

	return rtnl_talk(r, set_request(buf, RTM_DELLINK, index));
}

/* One request: hundreds one by one would each wait for the kernel to be idle */
int rtnl_links_del(struct rtnl *r)
{
	char buf[MNL_SOCKET_BUFFER_SIZE];
	struct nlmsghdr *req = set_request(buf, RTM_DELLINK, 0);

	mnl_attr_put_u32(req, IFLA_GROUP, RTNL_GROUP);
	return rtnl_talk(r, req);
}

int rtnl_link_up(struct rtnl *r, int index, bool up)
{
	char buf[MNL_SOCKET_BUFFER_SIZE];
	struct nlmsghdr *req = set_request(buf, RTM_SETLINK, index);
	struct ifinfomsg *ifi = mnl_nlmsg_get_payload(req);

	ifi->ifi_change = IFF_UP;
	ifi->ifi_flags = up ? IFF_UP : 0;
	return rtnl_talk(r, req);
}

int rtnl_link_rename(struct rtnl *r, int index, const char *name)
{
	char buf[MNL_SOCKET_BUFFER_SIZE];
	struct nlmsghdr *req = set_request(buf, RTM_SETLINK, index);

	mnl_attr_put_strz(req, IFLA_IFNAME, name);
	return rtnl_talk(r, req);
}

int rtnl_link_mac(struct rtnl *r, int index, const uint8_t *mac)
{
	char buf[MNL_SOCKET_BUFFER_SIZE];
	struct nlmsghdr *req = set_request(buf, RTM_SETLINK, index);

	mnl_attr_put(req, IFLA_ADDRESS, RTNL_MACLEN, mac);
	return rtnl_talk(r, req);
}

int rtnl_bridge_snooping(struct rtnl *r, int index, bool on)
{
	char buf[MNL_SOCKET_BUFFER_SIZE];
	struct nlmsghdr *req = set_request(buf, RTM_NEWLINK, index);

	put_bridge(req, &on);
	return rtnl_talk(r, req);
}

int rtnl_bridge_no_ll_learning(struct rtnl *r, int index)
{
	char buf[MNL_SOCKET_BUFFER_SIZE];
	struct nlmsghdr *req = set_request(buf, RTM_NEWLINK, index);

	put_bridge(req, NULL);
	return rtnl_talk(r, req);
}

int rtnl_link_port(struct rtnl *r, int index, const struct port_flags *f)
{
	char buf[MNL_SOCKET_BUFFER_SIZE];
	struct nlmsghdr *req = set_request(buf, RTM_NEWLINK, index);
	struct port_flags flags = *f;
	struct nlattr *info, *data;
	const bool *flag;
	uint16_t attr;

	info = mnl_attr_nest_start(req, IFLA_LINKINFO);
	mnl_attr_put_strz(req, IFLA_INFO_SLAVE_KIND, "bridge");
	data = mnl_attr_nest_start(req, IFLA_INFO_SLAVE_DATA);
	for (attr = 0; attr <= IFLA_BRPORT_MAX; attr++) {
		flag = port_flag(&flags, attr);
		if (flag)
			mnl_attr_put_u8(req, attr, *flag);
	}
	mnl_attr_nest_end(req, data);
	mnl_attr_nest_end(req, info);
	return rtnl_talk(r, req);
}

int rtnl_link_no_autoconf(struct rtnl *r, int index)
{
	char buf[MNL_SOCKET_BUFFER_SIZE];
	struct nlmsghdr *req = set_request(buf, RTM_SETLINK, index);
	struct nlattr *spec, *family;

	spec = mnl_attr_nest_start(req, IFLA_AF_SPEC);
	family = mnl_attr_nest_start(req, AF_INET6);
	mnl_attr_put_u8(req, IFLA_INET6_ADDR_GEN_MODE,
			IN6_ADDR_GEN_MODE_NONE);
	mnl_attr_nest_end(req, family);
	mnl_attr_nest_end(req, spec);
	return rtnl_talk(r, req);
}

int rtnl_vxlan_local(struct rtnl *r, int index, const struct addr *local)
{
	char buf[MNL_SOCKET_BUFFER_SIZE];
	struct nlmsghdr *req = set_request(buf, RTM_NEWLINK, index);
	struct nlattr *info, *data;

	info = mnl_attr_nest_start(req, IFLA_LINKINFO);
	mnl_attr_put_strz(req, IFLA_INFO_KIND, "vxlan");
	data = mnl_attr_nest_start(req, IFLA_INFO_DATA);
	put_local(req, local);
	mnl_attr_nest_end(req, data);
	mnl_attr_nest_end(req, info);
	return rtnl_talk(r, req);
}
