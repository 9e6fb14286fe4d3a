/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One request to the module, which grows as attributes are put into it.  It
 * knows for each attribute what the user called it, so that a refusal, which
 * tells an offset, can be told about that.
 */
#ifndef REQUEST_H
#define REQUEST_H

#include <linux/netlink.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "addr.h"

/* What attributes are about, those from its offset up to the next one's */
struct subject {
	size_t offset;
	const char *word, *value;	/* "publish", "8080:80/tcp" or NULL */
};

struct request {
	struct nlmsghdr *nlh;	/* genlmsghdr and attributes follow */
	size_t room;
	struct subject *subjects;	/* in the order of their offsets */
	size_t nsubjects;
	bool too_long;		/* the nest at "longest" outgrew its length */
	size_t longest;
};

void request_init(struct request *r, uint8_t cmd);
void request_free(struct request *r);

/* What the attributes that follow are about; the strings must live on */
void request_about(struct request *r, const char *word, const char *value);
/* What the attribute at this offset is about; NULL: unknown */
const struct subject *request_blame(const struct request *r, size_t offset);

void put_data(struct request *r, uint16_t type, const void *data, size_t len);
void put_u8(struct request *r, uint16_t type, uint8_t n);
void put_u16(struct request *r, uint16_t type, uint16_t n);
void put_u32(struct request *r, uint16_t type, uint32_t n);
void put_string(struct request *r, uint16_t type, const char *s);
/* Returns what put_end() takes */
size_t put_nest(struct request *r, uint16_t type);
void put_end(struct request *r, size_t nest);

void put_addr(struct request *r, uint16_t type, const struct addr *a);
void put_prefix(struct request *r, uint16_t type, const struct addr *a);
void put_conn_end(struct request *r, uint16_t type, const struct conn_end *e);
/* Each address that it has, as a repeated attribute */
void put_dual(struct request *r, uint16_t type, const struct dual *d);
/* To be completed with its sources, and closed with put_end() */
size_t put_port(struct request *r, const struct port *p);
void put_listen(struct request *r, const struct listen *l);
void put_guard(struct request *r, const struct addr *a, const char *dev);
void put_tunnel(struct request *r, uint16_t port, uint32_t vni);
/* To be completed with its addresses, and closed with put_end() */
size_t put_origin(struct request *r, const uint8_t mac[6]);

#endif
