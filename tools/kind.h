/* SPDX-License-Identifier: GPL-2.0 */
/* Kinds of values: their readers, their senders and the words they use. */
#ifndef KIND_H
#define KIND_H

#include "cmd.h"

extern const struct kind kind_name;
extern const struct kind kind_service;		/* a service's name beside another */
extern const struct kind kind_addr;
extern const struct kind kind_prefix;
extern const struct kind kind_publish;		/* P:T/PROTO */
extern const struct kind kind_port;
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
extern const struct kind kind_file;

const char *scheduler_name(uint8_t scheduler);
const char *source_name(uint8_t source);
const char *state_name(uint8_t state);

#endif
