/* SPDX-License-Identifier: GPL-2.0 */
/* Kinds of values: their readers, their senders and the words they use. */
#ifndef KIND_H
#define KIND_H

#include "cmd.h"

extern const struct kind kind_name;
extern const struct kind kind_service;		/* a service's name beside another */
extern const struct kind kind_addr;
extern const struct kind kind_clients, kind_prefix;
extern const struct kind kind_publish;		/* sources may follow */
extern const struct kind kind_listen;
extern const struct kind kind_refuse;
extern const struct kind kind_from;		/* of a redirect */
extern const struct kind kind_from_key;		/* its first port alone is sent */
extern const struct kind kind_to;
extern const struct kind kind_proto;
extern const struct kind kind_mark;		/* also 0x... */
extern const struct kind kind_mask;
extern const struct kind kind_weight;
extern const struct kind kind_scheduler;
extern const struct kind kind_source;
extern const struct kind kind_state;
extern const struct kind kind_switch;		/* on, off */
extern const struct kind kind_guard;		/* an address; a device follows */
extern const struct kind kind_dev;
extern const struct kind kind_origin;		/* a MAC; addresses follow */
extern const struct kind kind_tunnel;		/* a port; a network follows */
extern const struct kind kind_vni;
extern const struct kind kind_mac;
extern const struct kind kind_conn_end;		/* an address and its port */
extern const struct kind kind_file;

#endif
