// SPDX-License-Identifier: GPL-2.0
/* ctnetlink: dumps of the conntrack table in which the kernel leaves out most. */
#include <arpa/inet.h>
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd.h"
#include "conntrack.h"
#include "genl.h"
#include "permission.h"
#include "rtnl.h"

/* What the kernel likes to fill at once in a dump */
#define DUMP_SIZE	32768

/* What a tuple is compared by, in CTA_FILTER_*_FLAGS; in no header */
#define BY_IP_DST	0x02
#define BY_PROTO	0x08
#define BY_PORT_DST	0x20

/* Either side of a tuple, by its attributes */
struct side {
	uint16_t v4, v6, port;
};

static const struct side src = {
	CTA_IP_V4_SRC, CTA_IP_V6_SRC, CTA_PROTO_SRC_PORT
};

static const struct side dst = {
	CTA_IP_V4_DST, CTA_IP_V6_DST, CTA_PROTO_DST_PORT
};

struct search {
	struct mnl_socket *nl;
	const struct conn_end *ingress;
	struct flow *found;
	size_t n;
	unsigned int seq;
};

static int no_ctnetlink(void)
{
	fflush(stdout);
	fprintf(stderr,
		"the kernel does not tell which connections it tracks; load what does with: modprobe nf_conntrack_netlink\n");
	return EXIT_REFUSED;
}

static int refusal(int err)
{
	switch (err) {
	case EPERM:
		return no_permission();
	case EPROTONOSUPPORT:	/* no nfnetlink */
	case EINVAL:		/* nfnetlink without ctnetlink */
		return no_ctnetlink();
	}
	fflush(stdout);
	fprintf(stderr,
		"cannot ask the kernel for the connections it tracks: %s; correct that and repeat the command\n",
		strerror(err));
	return EXIT_REFUSED;
}

/* Whose source is its own is left out by its status. */
static void put_filter(struct nlmsghdr *req, uint32_t flags)
{
	struct nlattr *nest = mnl_attr_nest_start(req, CTA_FILTER);

	mnl_attr_put_u32(req, CTA_FILTER_ORIG_FLAGS, 0);
	mnl_attr_put_u32(req, CTA_FILTER_REPLY_FLAGS, flags);
	mnl_attr_nest_end(req, nest);
	mnl_attr_put_u32(req, CTA_STATUS, htonl(IPS_SRC_NAT));
	mnl_attr_put_u32(req, CTA_STATUS_MASK, htonl(IPS_SRC_NAT));
}

/*
 * The tuple of replies ends where the connection seems to come from.  Kernels
 * (6.1 to 6.18 at least) drop what is equal when they compare addresses of IPv6,
 * and do not compare ports of SCTP.  So IPv6 is asked for by port alone, and all
 * that comes is looked at again.
 */
static void put_reply(struct nlmsghdr *req, const struct conn_end *ingress,
		      uint8_t proto)
{
	struct nlattr *tuple = mnl_attr_nest_start(req, CTA_TUPLE_REPLY);
	bool v4 = ingress->addr.family == AF_INET;
	struct nlattr *nest;

	nest = mnl_attr_nest_start(req, CTA_TUPLE_IP);
	rtnl_put_ip(req, v4 ? dst.v4 : dst.v6, &ingress->addr);
	mnl_attr_nest_end(req, nest);
	nest = mnl_attr_nest_start(req, CTA_TUPLE_PROTO);
	mnl_attr_put_u8(req, CTA_PROTO_NUM, proto);
	mnl_attr_put_u16(req, dst.port, htons(ingress->port));
	mnl_attr_nest_end(req, nest);
	mnl_attr_nest_end(req, tuple);
	put_filter(req, BY_PROTO | BY_PORT_DST | (v4 ? BY_IP_DST : 0));
}

static void take_end(const struct nlattr *tuple, const struct side *side,
		     uint8_t family, struct conn_end *out)
{
	const struct nlattr *ip = take_attr(tuple, CTA_TUPLE_IP);
	const struct nlattr *port;

	port = take_attr(take_attr(tuple, CTA_TUPLE_PROTO), side->port);
	ip = take_attr(ip, family == AF_INET ? side->v4 : side->v6);
	rtnl_get_ip(ip, family, &out->addr);
	out->port = port ? ntohs(mnl_attr_get_u16(port)) : 0;
}

static void take_proto(const struct nlattr *tuple, struct flow *f)
{
	const struct nlattr *num;

	num = take_attr(take_attr(tuple, CTA_TUPLE_PROTO), CTA_PROTO_NUM);
	f->proto = num ? mnl_attr_get_u8(num) : 0;
}

static void take_flow(const struct nlmsghdr *nlh, struct flow *f)
{
	const struct nfgenmsg *head = mnl_nlmsg_get_payload(nlh);
	uint8_t family = head->nfgen_family;
	const struct nlattr *a;

	mnl_attr_for_each(a, nlh, sizeof(*head)) {
		switch (mnl_attr_get_type(a)) {
		case CTA_TUPLE_ORIG:
			take_proto(a, f);
			take_end(a, &src, family, &f->client);
			break;
		case CTA_TUPLE_REPLY:
			take_end(a, &src, family, &f->backend);
			take_end(a, &dst, family, &f->ingress);
			break;
		case CTA_MARK:
			f->mark = ntohl(mnl_attr_get_u32(a));
			break;
		}
	}
}

static bool same_end(const struct conn_end *a, const struct conn_end *b)
{
	return a->port == b->port && addr_same(&a->addr, &b->addr);
}

/* Whose source is its own has nobody behind it. */
static int take_match(const struct nlmsghdr *nlh, void *data)
{
	struct search *s = data;
	struct flow f = { 0 };

	take_flow(nlh, &f);
	if (same_end(&f.ingress, s->ingress) &&
	    !same_end(&f.ingress, &f.client))
		*(struct flow *)array_add(&s->found, &s->n, sizeof(f)) = f;
	return MNL_CB_OK;
}

static int receive(struct search *s)
{
	unsigned int portid = mnl_socket_get_portid(s->nl);
	char buf[DUMP_SIZE];
	ssize_t len;
	int more;

	do {
		len = mnl_socket_recvfrom(s->nl, buf, sizeof(buf));
		more = len < 0 ? -1 : mnl_cb_run(buf, len, s->seq, portid,
						 take_match, s);
	} while (more > 0);
	return more;
}

/* The kernel compares ports only of a protocol that is named. */
static int search_proto(struct search *s, uint8_t proto)
{
	char buf[MNL_SOCKET_BUFFER_SIZE];
	struct nlmsghdr *req = mnl_nlmsg_put_header(buf);
	struct nfgenmsg *head;

	req->nlmsg_type = NFNL_SUBSYS_CTNETLINK << 8 | IPCTNL_MSG_CT_GET;
	req->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
	req->nlmsg_seq = ++s->seq;
	head = mnl_nlmsg_put_extra_header(req, sizeof(*head));
	head->nfgen_family = s->ingress->addr.family;
	head->version = NFNETLINK_V0;
	put_reply(req, s->ingress, proto);
	if (mnl_socket_sendto(s->nl, req, req->nlmsg_len) < 0)
		return -1;
	return receive(s);
}

static int search_all(struct search *s, uint8_t proto)
{
	static const uint8_t protos[] = { IPPROTO_TCP, IPPROTO_UDP,
					  IPPROTO_SCTP };
	size_t i;

	if (mnl_socket_bind(s->nl, 0, MNL_SOCKET_AUTOPID) < 0)
		return -1;
	for (i = 0; i < ARRAY_SIZE(protos); i++)
		if ((!proto || proto == protos[i]) &&
		    search_proto(s, protos[i]))
			return -1;
	return 0;
}

static int cmp_flow(const void *a, const void *b)
{
	const struct flow *x = a, *y = b;
	int d = x->proto - y->proto;

	if (!d)
		d = addr_cmp(&x->backend.addr, &y->backend.addr);
	return d ? d : x->backend.port - y->backend.port;
}

int conntrack_find(const struct conn_end *ingress, uint8_t proto,
		   struct flow **out, size_t *n)
{
	struct search s = { .ingress = ingress };
	int ret = 0;

	*out = NULL;
	*n = 0;
	/* Without it the answer would depend on which modules are loaded. */
	if (!has_capability(CAP_NET_ADMIN))
		return no_permission();
	s.nl = mnl_socket_open2(NETLINK_NETFILTER, SOCK_CLOEXEC);
	if (!s.nl || search_all(&s, proto))
		ret = refusal(errno);
	if (s.nl)
		mnl_socket_close(s.nl);
	if (s.n)
		qsort(s.found, s.n, sizeof(*s.found), cmp_flow);
	*out = s.found;
	*n = s.n;
	return ret;
}
