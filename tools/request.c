// SPDX-License-Identifier: GPL-2.0
#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <linux/meshmod.h>
#include <stdlib.h>
#include <string.h>

#include "request.h"
#include "util.h"

#define ROOM_FIRST	4096
/* What the 16 bits of an attribute's own length can say */
#define NEST_MAX	UINT16_MAX

void request_init(struct request *r, uint8_t cmd)
{
	struct genlmsghdr *genl;

	memset(r, 0, sizeof(*r));
	r->room = ROOM_FIRST;
	r->nlh = xcalloc(1, r->room);
	mnl_nlmsg_put_header(r->nlh);
	r->nlh->nlmsg_flags = NLM_F_REQUEST;
	genl = mnl_nlmsg_put_extra_header(r->nlh, sizeof(*genl));
	genl->cmd = cmd;
	genl->version = MESHMOD_GENL_VERSION;
}

void request_free(struct request *r)
{
	free(r->nlh);
	free(r->subjects);
}

void request_about(struct request *r, const char *word, const char *value)
{
	struct subject *s = array_add(&r->subjects, &r->nsubjects, sizeof(*s));

	s->offset = r->nlh->nlmsg_len;
	s->word = word;
	s->value = value;
}

const struct subject *request_blame(const struct request *r, size_t offset)
{
	size_t i;

	if (offset >= r->nlh->nlmsg_len)
		return NULL;
	for (i = r->nsubjects; i-- > 0;)
		if (r->subjects[i].offset <= offset)
			return &r->subjects[i];
	return NULL;
}

static void grow(struct request *r, size_t need)
{
	struct nlmsghdr *old = r->nlh;

	while (r->room < need)
		r->room *= 2;
	r->nlh = xcalloc(1, r->room);
	memcpy(r->nlh, old, old->nlmsg_len);
	free(old);
}

void put_data(struct request *r, uint16_t type, const void *data, size_t len)
{
	size_t need = r->nlh->nlmsg_len + MNL_ATTR_HDRLEN + MNL_ALIGN(len);

	if (need > r->room)
		grow(r, need);
	mnl_attr_put(r->nlh, type, len, data);
}

void put_u8(struct request *r, uint16_t type, uint8_t n)
{
	put_data(r, type, &n, sizeof(n));
}

void put_u16(struct request *r, uint16_t type, uint16_t n)
{
	put_data(r, type, &n, sizeof(n));
}

void put_u32(struct request *r, uint16_t type, uint32_t n)
{
	put_data(r, type, &n, sizeof(n));
}

void put_string(struct request *r, uint16_t type, const char *s)
{
	put_data(r, type, s, strlen(s) + 1);
}

size_t put_nest(struct request *r, uint16_t type)
{
	size_t at = r->nlh->nlmsg_len;

	put_data(r, type | NLA_F_NESTED, NULL, 0);
	return at;
}

void put_end(struct request *r, size_t nest)
{
	struct nlattr *a = (void *)((char *)r->nlh + nest);
	size_t len = r->nlh->nlmsg_len - nest;

	if (len <= NEST_MAX) {
		a->nla_len = len;
		return;
	}
	r->too_long = true;
	r->longest = nest;
}

static void put_ip(struct request *r, const struct addr *a)
{
	put_data(r, a->family == AF_INET6 ? MESHMOD_A_ADDR_V6 :
					    MESHMOD_A_ADDR_V4,
		 a->bytes, addr_len(a));
}

void put_addr(struct request *r, uint16_t type, const struct addr *a)
{
	size_t nest = put_nest(r, type);

	put_ip(r, a);
	put_end(r, nest);
}

void put_prefix(struct request *r, uint16_t type, const struct addr *a)
{
	size_t nest = put_nest(r, type);

	put_ip(r, a);
	put_u8(r, MESHMOD_A_ADDR_PREFIX, a->plen);
	put_end(r, nest);
}

void put_conn_end(struct request *r, uint16_t type, const struct conn_end *e)
{
	size_t nest = put_nest(r, type);

	put_addr(r, MESHMOD_A_END_ADDR, &e->addr);
	put_u16(r, MESHMOD_A_END_PORT, e->port);
	put_end(r, nest);
}

void put_dual(struct request *r, uint16_t type, const struct dual *d)
{
	const struct addr *a;

	for_each_addr(a, d)
		put_addr(r, type, a);
}

size_t put_port(struct request *r, const struct port *p)
{
	size_t nest = put_nest(r, MESHMOD_A_SERVICE_PORT);

	put_u8(r, MESHMOD_A_PORT_PROTO, p->proto);
	put_u16(r, MESHMOD_A_PORT_PUBLISHED, p->published);
	put_u16(r, MESHMOD_A_PORT_TARGET, p->target);
	if (p->last != p->published) {
		put_u16(r, MESHMOD_A_PORT_PUBLISHED_LAST, p->last);
		put_u16(r, MESHMOD_A_PORT_TARGET_LAST, p->target_last);
	}
	return nest;
}

void put_listen(struct request *r, const struct listen *l)
{
	bool host = l->addr.plen == family_bits(l->addr.family);
	size_t nest = put_nest(r, MESHMOD_A_SERVICE_LISTEN);

	if (!l->addr.family)
		put_string(r, MESHMOD_A_LISTEN_DEV, l->dev);
	else if (host)
		put_addr(r, MESHMOD_A_LISTEN_ADDR, &l->addr);
	else
		put_prefix(r, MESHMOD_A_LISTEN_ADDR, &l->addr);
	put_end(r, nest);
}

void put_guard(struct request *r, const struct addr *a, const char *dev)
{
	size_t nest = put_nest(r, MESHMOD_A_NODE_GUARD);

	put_addr(r, MESHMOD_A_GUARD_ADDR, a);
	put_string(r, MESHMOD_A_GUARD_DEV, dev);
	put_end(r, nest);
}

void put_tunnel(struct request *r, uint16_t port, uint32_t vni)
{
	size_t nest = put_nest(r, MESHMOD_A_NODE_TUNNEL);

	put_u16(r, MESHMOD_A_TUNNEL_PORT, port);
	put_u32(r, MESHMOD_A_TUNNEL_VNI, vni);
	put_end(r, nest);
}

size_t put_origin(struct request *r, const uint8_t mac[6])
{
	size_t nest = put_nest(r, MESHMOD_A_NODE_ORIGIN);

	put_data(r, MESHMOD_A_ORIGIN_MAC, mac, 6);
	return nest;
}
