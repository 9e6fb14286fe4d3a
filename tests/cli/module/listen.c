// SPDX-License-Identifier: GPL-2.0
/*
 * listen: what the module announces to its group "changes", one line each:
 * the command and the object.  Runs until it is killed; exits with 1 if it may
 * not join.
 */
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <linux/meshmod.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const commands[] = {
	[MESHMOD_CMD_NODE_SET] = "NODE_SET",
	[MESHMOD_CMD_SERVICE_NEW] = "SERVICE_NEW",
	[MESHMOD_CMD_SERVICE_SET] = "SERVICE_SET",
	[MESHMOD_CMD_SERVICE_DEL] = "SERVICE_DEL",
	[MESHMOD_CMD_BACKEND_NEW] = "BACKEND_NEW",
	[MESHMOD_CMD_BACKEND_SET] = "BACKEND_SET",
	[MESHMOD_CMD_BACKEND_DEL] = "BACKEND_DEL",
	[MESHMOD_CMD_REDIRECT_NEW] = "REDIRECT_NEW",
	[MESHMOD_CMD_REDIRECT_SET] = "REDIRECT_SET",
	[MESHMOD_CMD_REDIRECT_DEL] = "REDIRECT_DEL",
	[MESHMOD_CMD_BINDING_NEW] = "BINDING_NEW",
	[MESHMOD_CMD_BINDING_SET] = "BINDING_SET",
	[MESHMOD_CMD_BINDING_DEL] = "BINDING_DEL",
	[MESHMOD_CMD_CONFIG_REPLACE] = "CONFIG_REPLACE",
	[MESHMOD_CMD_STATS_ZERO] = "STATS_ZERO",
};

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static const struct nlattr *find(const struct nlattr *nest, int type)
{
	const struct nlattr *a;

	mnl_attr_for_each_nested(a, nest)
		if (mnl_attr_get_type(a) == type)
			return a;
	return NULL;
}

static void print_service(const struct nlattr *nest)
{
	const struct nlattr *a = find(nest, MESHMOD_A_SERVICE_NAME);

	printf(" %s", a ? mnl_attr_get_str(a) : "?");
	a = find(nest, MESHMOD_A_SERVICE_BACKEND);
	if (a)
		a = find(a, MESHMOD_A_BACKEND_NAME);
	if (a)
		printf(" %s", mnl_attr_get_str(a));
}

static void print_redirect(const struct nlattr *nest)
{
	const struct nlattr *from = find(nest, MESHMOD_A_REDIRECT_FROM);
	const struct nlattr *to = find(nest, MESHMOD_A_REDIRECT_TO);

	printf(" %d %d", from ? mnl_attr_get_u16(from) : 0,
	       to ? mnl_attr_get_u16(to) : 0);
}

static void print_binding(const struct nlattr *nest)
{
	const struct nlattr *dev = find(nest, MESHMOD_A_BINDING_DEV);

	printf(" %s", dev ? mnl_attr_get_str(dev) : "?");
}

static int print_event(const struct nlmsghdr *nlh, void *data)
{
	const struct genlmsghdr *g = mnl_nlmsg_get_payload(nlh);
	const struct nlattr *a;

	(void)data;
	printf("%s", g->cmd <= MESHMOD_CMD_MAX && commands[g->cmd] ?
	       commands[g->cmd] : "?");
	mnl_attr_for_each(a, nlh, sizeof(*g)) {
		if (mnl_attr_get_type(a) == MESHMOD_A_SERVICE)
			print_service(a);
		else if (mnl_attr_get_type(a) == MESHMOD_A_REDIRECT)
			print_redirect(a);
		else if (mnl_attr_get_type(a) == MESHMOD_A_BINDING)
			print_binding(a);
	}
	printf("\n");
	return MNL_CB_OK;
}

/* The group's number is in the family's description. */
static int get_group(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *groups = NULL, *group, *a;
	uint32_t *id = data;

	mnl_attr_for_each(a, nlh, sizeof(struct genlmsghdr))
		if (mnl_attr_get_type(a) == CTRL_ATTR_MCAST_GROUPS)
			groups = a;
	if (!groups)
		return MNL_CB_OK;
	mnl_attr_for_each_nested(group, groups) {
		a = find(group, CTRL_ATTR_MCAST_GRP_NAME);
		if (a && !strcmp(mnl_attr_get_str(a), MESHMOD_MCGRP_CHANGES)) {
			a = find(group, CTRL_ATTR_MCAST_GRP_ID);
			*id = mnl_attr_get_u32(a);
		}
	}
	return MNL_CB_OK;
}

static uint32_t group_id(struct mnl_socket *nl, char *buf, size_t size)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buf);
	struct genlmsghdr *g;
	uint32_t id = 0;
	ssize_t n;

	nlh->nlmsg_type = GENL_ID_CTRL;
	nlh->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
	g = mnl_nlmsg_put_extra_header(nlh, sizeof(*g));
	g->cmd = CTRL_CMD_GETFAMILY;
	g->version = 1;
	mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, MESHMOD_GENL_NAME);
	if (mnl_socket_sendto(nl, nlh, nlh->nlmsg_len) < 0)
		die("send");
	do {
		n = mnl_socket_recvfrom(nl, buf, size);
		if (n < 0)
			die("receive");
		n = mnl_cb_run(buf, n, 0, mnl_socket_get_portid(nl), get_group,
			       &id);
	} while (n > 0);
	if (n < 0 || !id)
		die("the family meshmod");
	return id;
}

int main(void)
{
	size_t size = 2 * UINT16_MAX;	/* one attribute, whatever it holds */
	struct mnl_socket *nl = mnl_socket_open(NETLINK_GENERIC);
	char *buf = malloc(size);
	uint32_t id;
	ssize_t n;

	if (!nl || !buf || mnl_socket_bind(nl, 0, MNL_SOCKET_AUTOPID))
		die("socket");
	id = group_id(nl, buf, size);
	if (mnl_socket_setsockopt(nl, NETLINK_ADD_MEMBERSHIP, &id, sizeof(id)))
		die("join");
	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("listening\n");
	while ((n = mnl_socket_recvfrom(nl, buf, size)) >= 0)
		mnl_cb_run(buf, n, 0, 0, print_event, NULL);
	die("receive");
}
