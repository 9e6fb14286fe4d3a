// SPDX-License-Identifier: GPL-2.0
/* The socket: send a request, wait for its answer, keep the kernel's sentence. */
#include <errno.h>
#include <linux/net_namespace.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rtnl.h"
#include "util.h"

/* A dump that changes under our hands is read again, but not for ever. */
#define DUMP_RETRIES	64
/* What the kernel likes to fill at once in a dump */
#define DUMP_SIZE	32768

struct rtnl {
	struct mnl_socket *nl;
	unsigned int portid, seq;
};

static char why[256];

struct rtnl *rtnl_open(void)
{
	struct rtnl *r;
	int one = 1;

	r = xcalloc(1, sizeof(*r));
	r->nl = mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC);
	if (!r->nl || mnl_socket_bind(r->nl, 0, MNL_SOCKET_AUTOPID) < 0) {
		rtnl_close(r);
		return NULL;
	}
	r->portid = mnl_socket_get_portid(r->nl);
	/* Kernels that lack one of them still work, with poorer sentences. */
	mnl_socket_setsockopt(r->nl, NETLINK_EXT_ACK, &one, sizeof(one));
	mnl_socket_setsockopt(r->nl, NETLINK_CAP_ACK, &one, sizeof(one));
	return r;
}

void rtnl_close(struct rtnl *r)
{
	int saved = errno;

	if (!r)
		return;
	if (r->nl)
		mnl_socket_close(r->nl);
	free(r);
	errno = saved;
}

const char *rtnl_why(int err)
{
	if (!why[0])
		snprintf(why, sizeof(why), "%s", strerror(-err));
	return why;
}

struct nlmsghdr *rtnl_request(char *buf, uint16_t type, uint16_t flags)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buf);

	nlh->nlmsg_type = type;
	nlh->nlmsg_flags = NLM_F_REQUEST | flags;
	return nlh;
}

static int send_request(struct rtnl *r, struct nlmsghdr *req)
{
	why[0] = '\0';
	req->nlmsg_seq = ++r->seq;
	return mnl_socket_sendto(r->nl, req, req->nlmsg_len) < 0 ? -errno : 0;
}

static int keep_sentence(const struct nlattr *attr, void *data)
{
	(void)data;
	if (mnl_attr_get_type(attr) == NLMSGERR_ATTR_MSG)
		snprintf(why, sizeof(why), "%s", mnl_attr_get_str(attr));
	return MNL_CB_OK;
}

static int answer(const struct nlmsghdr *nlh)
{
	const struct nlmsgerr *e = mnl_nlmsg_get_payload(nlh);
	size_t len = sizeof(*e);

	if (nlh->nlmsg_type == NLMSG_DONE)
		len = sizeof(e->error);
	else if (!(nlh->nlmsg_flags & NLM_F_CAPPED))
		len += mnl_nlmsg_get_payload_len(&e->msg);
	if (e->error && (nlh->nlmsg_flags & NLM_F_ACK_TLVS))
		mnl_attr_parse(nlh, len, keep_sentence, NULL);
	return e->error;
}

/* One reply, or the refusal of it */
static int receive_one(struct rtnl *r, mnl_cb_t cb, void *data)
{
	char buf[DUMP_SIZE];
	struct nlmsghdr *nlh = (struct nlmsghdr *)buf;
	ssize_t len;

	do {
		len = mnl_socket_recvfrom(r->nl, buf, sizeof(buf));
		if (len < 0)
			return -errno;
	} while (nlh->nlmsg_seq != r->seq);

	if (nlh->nlmsg_type == NLMSG_ERROR)
		return answer(nlh);
	if (cb)
		cb(nlh, data);
	return 0;
}

int rtnl_talk(struct rtnl *r, struct nlmsghdr *req)
{
	req->nlmsg_flags |= NLM_F_ACK;
	return rtnl_query(r, req, NULL, NULL);
}

int rtnl_query(struct rtnl *r, struct nlmsghdr *req, mnl_cb_t cb, void *data)
{
	int err;

	if (!r)
		return -ENODEV;
	err = send_request(r, req);
	return err ? err : receive_one(r, cb, data);
}

/* Feed one buffer of a dump to cb; 1: there is more, else how it ended */
static int dump_part(struct rtnl *r, const struct nlmsghdr *nlh, int len,
		     bool *torn, mnl_cb_t cb, void *data)
{
	for (; mnl_nlmsg_ok(nlh, len); nlh = mnl_nlmsg_next(nlh, &len)) {
		if (nlh->nlmsg_seq != r->seq)
			continue;
		if (nlh->nlmsg_flags & NLM_F_DUMP_INTR)
			*torn = true;
		/* A dump that failed says so in the message that ends it. */
		if (nlh->nlmsg_type == NLMSG_ERROR ||
		    nlh->nlmsg_type == NLMSG_DONE)
			return answer(nlh);
		cb(nlh, data);
	}
	return 1;
}

static int dump_once(struct rtnl *r, struct nlmsghdr *req, bool *torn,
		     mnl_cb_t cb, void *data)
{
	char buf[DUMP_SIZE];
	ssize_t len;
	int ret;

	*torn = false;
	ret = send_request(r, req);
	if (ret)
		return ret;
	do {
		len = mnl_socket_recvfrom(r->nl, buf, sizeof(buf));
		if (len < 0)
			return -errno;
		ret = dump_part(r, (struct nlmsghdr *)buf, len, torn, cb, data);
	} while (ret > 0);
	return ret;
}

int rtnl_dump(struct rtnl *r, struct nlmsghdr *req, void (*reset)(void *data),
	      mnl_cb_t cb, void *data)
{
	int tries = DUMP_RETRIES, ret;
	bool torn;

	reset(data);
	if (!r)
		return 0;
	req->nlmsg_flags |= NLM_F_DUMP;
	do {
		reset(data);
		ret = dump_once(r, req, &torn, cb, data);
	} while (!ret && torn && --tries);
	return ret ? ret : torn ? -EBUSY : 0;
}

void rtnl_put_ip(struct nlmsghdr *nlh, uint16_t type, const struct addr *a)
{
	mnl_attr_put(nlh, type, addr_len(a), a->bytes);
}

void rtnl_get_ip(const struct nlattr *attr, uint8_t family, struct addr *a)
{
	size_t len = family_bits(family) / 8;

	memset(a, 0, sizeof(*a));
	if (!attr || mnl_attr_get_payload_len(attr) != len)
		return;
	a->family = family;
	a->plen = len * 8;
	memcpy(a->bytes, mnl_attr_get_payload(attr), len);
}

static int take_nsid(const struct nlmsghdr *nlh, void *data)
{
	const struct nlattr *attr;

	mnl_attr_for_each(attr, nlh, sizeof(struct rtgenmsg))
		if (mnl_attr_get_type(attr) == NETNSA_NSID)
			*(int *)data = (int)mnl_attr_get_u32(attr);
	return MNL_CB_OK;
}

int rtnl_nsid(struct rtnl *r, int fd, int *id)
{
	char buf[MNL_SOCKET_BUFFER_SIZE];
	struct nlmsghdr *req = rtnl_request(buf, RTM_GETNSID, 0);

	*id = -1;
	mnl_nlmsg_put_extra_header(req, sizeof(struct rtgenmsg));
	mnl_attr_put_u32(req, NETNSA_FD, fd);
	return rtnl_query(r, req, take_nsid, id);
}
