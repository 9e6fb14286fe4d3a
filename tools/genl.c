// SPDX-License-Identifier: GPL-2.0
/* The socket: requests, replies, dumps and the kernel's refusals. */
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <linux/meshmod.h>
#include <netlink/genl/ctrl.h>
#include <netlink/genl/genl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "cmd.h"
#include "genl.h"
#include "permission.h"

/* A dump that changes under our hands is read again, but not for ever. */
#define DUMP_RETRIES	64
/* What the kernel fills at once: an attribute of 64 KiB, and room to spare */
#define RECEIVE_SIZE	131072
/* A request below this fits any send buffer. */
#define SEND_EASY	65536

struct genl {
	struct mnl_socket *nl;
	uint16_t family;
	unsigned int seq;
	char *buf;
};

static int open_error;

int genl_open_error(void)
{
	return open_error;
}

static int refuse(int code, const char *sentence)
{
	fflush(stdout);
	fprintf(stderr, "%s\n", sentence);
	return code;
}

static int no_module(void)
{
	return refuse(EXIT_NO_MODULE,
		      "the module is not loaded; load it with: modprobe meshmod");
}

static int socket_trouble(const char *why)
{
	fflush(stdout);
	fprintf(stderr,
		"cannot talk to the kernel over netlink: %s; correct that and repeat the command\n",
		why);
	return EXIT_REFUSED;
}

/* Ask the kernel for the family's number; an exit code. */
static int resolve(uint16_t *family)
{
	struct nl_sock *sk = nl_socket_alloc();
	int ret;

	ret = sk ? genl_connect(sk) : -NLE_NOMEM;
	if (!ret)
		ret = genl_ctrl_resolve(sk, MESHMOD_GENL_NAME);
	nl_socket_free(sk);
	if (ret == -NLE_OBJ_NOTFOUND)
		return no_module();
	if (ret < 0)
		return socket_trouble(nl_geterror(ret));
	*family = ret;
	return 0;
}

static int open_socket(struct genl *g)
{
	int one = 1;

	g->nl = mnl_socket_open2(NETLINK_GENERIC, SOCK_CLOEXEC);
	if (!g->nl || mnl_socket_bind(g->nl, 0, MNL_SOCKET_AUTOPID) < 0)
		return socket_trouble(strerror(errno));
	/* Kernels that lack one of them still work, with poorer sentences. */
	mnl_socket_setsockopt(g->nl, NETLINK_EXT_ACK, &one, sizeof(one));
	mnl_socket_setsockopt(g->nl, NETLINK_CAP_ACK, &one, sizeof(one));
	mnl_socket_setsockopt(g->nl, NETLINK_GET_STRICT_CHK, &one,
			      sizeof(one));
	return 0;
}

struct genl *genl_open(void)
{
	struct genl *g = xcalloc(1, sizeof(*g));

	g->buf = xcalloc(1, RECEIVE_SIZE);
	open_error = has_capability(CAP_NET_ADMIN) ? 0 : no_permission();
	if (!open_error)
		open_error = resolve(&g->family);
	if (!open_error)
		open_error = open_socket(g);
	if (!open_error)
		return g;
	genl_close(g);
	return NULL;
}

void genl_close(struct genl *g)
{
	if (!g)
		return;
	if (g->nl)
		mnl_socket_close(g->nl);
	free(g->buf);
	free(g);
}

void replies_free(struct replies *replies)
{
	size_t i;

	for (i = 0; i < replies->n; i++)
		free(replies->v[i]);
	free(replies->v);
	free(replies->beside);
	*replies = (struct replies){ 0 };
}

static struct nlattr *copy(const struct nlattr *a)
{
	struct nlattr *to = xcalloc(1, a->nla_len);

	memcpy(to, a, a->nla_len);
	return to;
}

static void keep(const struct nlmsghdr *nlh, struct replies *out)
{
	const struct nlattr *a;
	struct nlattr **slot;
	bool first = true;

	free(out->beside);
	out->beside = NULL;
	mnl_attr_for_each(a, nlh, sizeof(struct genlmsghdr)) {
		if (!first) {
			out->beside = copy(a);
			return;
		}
		slot = array_add(&out->v, &out->n, sizeof(*slot));
		*slot = copy(a);
		first = false;
	}
}

/* What the kernel says about a refusal */
struct verdict {
	const char *sentence;
	uint32_t offset;	/* of the attribute to blame; 0: none */
};

static int take_verdict(const struct nlattr *a, void *data)
{
	struct verdict *v = data;

	if (mnl_attr_get_type(a) == NLMSGERR_ATTR_MSG)
		v->sentence = mnl_attr_get_str(a);
	else if (mnl_attr_get_type(a) == NLMSGERR_ATTR_OFFS)
		v->offset = mnl_attr_get_u32(a);
	return MNL_CB_OK;
}

static void read_verdict(const struct nlmsghdr *nlh, struct verdict *v)
{
	const struct nlmsgerr *e = mnl_nlmsg_get_payload(nlh);
	size_t skip = sizeof(*e);

	if (!(nlh->nlmsg_flags & NLM_F_ACK_TLVS))
		return;
	if (nlh->nlmsg_type == NLMSG_DONE)
		skip = sizeof(e->error);
	else if (!(nlh->nlmsg_flags & NLM_F_CAPPED))
		skip += mnl_nlmsg_get_payload_len(&e->msg);
	mnl_attr_parse(nlh, skip, take_verdict, v);
}

static void print_subject(const struct subject *s)
{
	if (s && s->value)
		fprintf(stderr, "%s %s: ", s->word, s->value);
	else if (s)
		fprintf(stderr, "%s: ", s->word);
}

/* The kernel's sentence, with the words on the command line that it blames */
static int print_refusal(const struct nlmsghdr *nlh, const struct request *r)
{
	const struct nlmsgerr *e = mnl_nlmsg_get_payload(nlh);
	struct verdict v = { 0 };

	read_verdict(nlh, &v);
	if (e->error == -EPERM)
		return no_permission();
	if (e->error == -ENOENT && !v.sentence)
		return no_module();	/* unloaded a moment ago */
	fflush(stdout);
	print_subject(v.offset ? request_blame(r, v.offset) : NULL);
	if (v.sentence)
		fprintf(stderr, "%s\n", v.sentence);
	else
		fprintf(stderr,
			"the kernel refused: %s; correct that and repeat the command\n",
			strerror(-e->error));
	return EXIT_REFUSED;
}

/* A large transaction needs a send buffer that holds it. */
static void make_room(struct genl *g, int len)
{
	int fd = mnl_socket_get_fd(g->nl);

	if (len > SEND_EASY &&
	    setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &len, sizeof(len)))
		setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &len, sizeof(len));
}

static int send_request(struct genl *g, struct request *r, uint16_t flags)
{
	struct nlmsghdr *nlh = r->nlh;

	if (r->too_long) {
		fflush(stdout);
		print_subject(request_blame(r, r->longest));
		return refuse(EXIT_REFUSED,
			      "its backends and ports are more than one message to the kernel can hold (64 KiB); use fewer of them or shorter names");
	}
	nlh->nlmsg_type = g->family;
	nlh->nlmsg_flags = NLM_F_REQUEST | flags;
	nlh->nlmsg_seq = ++g->seq;
	make_room(g, nlh->nlmsg_len);
	if (mnl_socket_sendto(g->nl, nlh, nlh->nlmsg_len) >= 0)
		return 0;
	if (errno == EMSGSIZE)
		return refuse(EXIT_REFUSED,
			      "the configuration is larger than this process may send at once; run it with CAP_NET_ADMIN of the host, or raise net.core.wmem_max");
	return socket_trouble(strerror(errno));
}

/* How an answer goes on */
enum progress {
	MORE = -1,		/* otherwise it is over, with an exit code */
};

static int take_message(struct genl *g, const struct request *r,
			const struct nlmsghdr *nlh, bool *torn,
			struct replies *out)
{
	const struct nlmsgerr *e = mnl_nlmsg_get_payload(nlh);

	if (nlh->nlmsg_seq != g->seq)
		return MORE;
	if (nlh->nlmsg_flags & NLM_F_DUMP_INTR)
		*torn = true;
	/* A dump that failed says so in the message that ends it. */
	if (nlh->nlmsg_type == NLMSG_ERROR || nlh->nlmsg_type == NLMSG_DONE)
		return e->error ? print_refusal(nlh, r) : 0;
	if (out)
		keep(nlh, out);
	return MORE;
}

/* Receive until the acknowledgment or the end of the dump. */
static int receive(struct genl *g, const struct request *r, bool *torn,
		   struct replies *out)
{
	const struct nlmsghdr *nlh;
	int len, ret = MORE;

	while (ret == MORE) {
		len = mnl_socket_recvfrom(g->nl, g->buf, RECEIVE_SIZE);
		if (len < 0 && errno == EINTR)
			continue;
		if (len < 0)
			return socket_trouble(strerror(errno));
		nlh = (const struct nlmsghdr *)g->buf;
		for (; ret == MORE && mnl_nlmsg_ok(nlh, len);
		     nlh = mnl_nlmsg_next(nlh, &len))
			ret = take_message(g, r, nlh, torn, out);
	}
	return ret;
}

int genl_query(struct genl *g, struct request *r, struct replies *out)
{
	bool torn;
	int ret = send_request(g, r, NLM_F_ACK);

	if (!ret)
		ret = receive(g, r, &torn, out);
	request_free(r);
	return ret;
}

int genl_talk(struct genl *g, struct request *r)
{
	return genl_query(g, r, NULL);
}

int genl_dump(struct genl *g, struct request *r, struct replies *out)
{
	int tries = DUMP_RETRIES, ret;
	bool torn;

	do {
		replies_free(out);
		torn = false;
		ret = send_request(g, r, NLM_F_DUMP);
		if (!ret)
			ret = receive(g, r, &torn, out);
	} while (!ret && torn && --tries);
	request_free(r);
	if (!ret && torn)
		return refuse(EXIT_REFUSED,
			      "the configuration changes all the time; repeat the command when it has settled");
	return ret;
}
