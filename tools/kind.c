// SPDX-License-Identifier: GPL-2.0
#include <linux/meshmod.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kind.h"
#include "request.h"

static const char *const schedulers[] = { [MESHMOD_SCHED_RR] = "rr" };

static const char *const sources[] = {
	[MESHMOD_SOURCE_INGRESS] = "ingress",
	[MESHMOD_SOURCE_LOCAL] = "local",
};

static const char *const states[] = {
	[MESHMOD_STATE_UP] = "up",
	[MESHMOD_STATE_DRAINING] = "draining",
	[MESHMOD_STATE_DOWN] = "down",
};

static const char *const switches[] = { "off", "on" };

static const char *pick(const char *const *words, size_t n, size_t i)
{
	return i < n ? words[i] : "unknown";	/* a newer module's */
}

const char *scheduler_name(uint8_t scheduler)
{
	return pick(schedulers, ARRAY_SIZE(schedulers), scheduler);
}

const char *source_name(uint8_t source)
{
	return pick(sources, ARRAY_SIZE(sources), source);
}

const char *state_name(uint8_t state)
{
	return pick(states, ARRAY_SIZE(states), state);
}

static const char *read_word(const char *text, const char *const *words,
			     size_t n, const char *refusal, uint32_t *out)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!strcmp(text, words[i])) {
			*out = i;
			return NULL;
		}
	return refusal;
}

static const char *read_name(const char *text, union value *v)
{
	(void)v;
	return name_parse(text);
}

static const char *read_addr(const char *text, union value *v)
{
	return addr_parse(text, &v->addr);
}

static const char *read_prefix(const char *text, union value *v)
{
	return prefix_parse(text, &v->addr);
}

static const char *read_publish(const char *text, union value *v)
{
	return port_parse(text, &v->port);
}

static const char *read_port(const char *text, union value *v)
{
	return num_parse(text, 1, UINT16_MAX, &v->num);
}

static const char *read_proto(const char *text, union value *v)
{
	uint8_t proto;
	const char *why = proto_parse(text, &proto);

	if (!why)
		v->num = proto;
	return why;
}

/* Decimal, or hexadecimal with its 0x, as marks are written everywhere */
static const char *read_bits(const char *text, uint32_t min, union value *v)
{
	static char why[80];
	size_t len;

	if (strncmp(text, "0x", 2))
		return num_parse(text, min, UINT32_MAX, &v->num);
	len = strspn(text + 2, "0123456789abcdefABCDEF");
	if (!len || text[2 + len])
		return "is not a hexadecimal number; write 0x and its digits, such as 0x100";
	if (len <= 8)
		v->num = strtoul(text, NULL, 16);
	if (len <= 8 && v->num >= min)
		return NULL;
	snprintf(why, sizeof(why),
		 "is out of range; give a number from %#x to 0xffffffff", min);
	return why;
}

static const char *read_mark(const char *text, union value *v)
{
	return read_bits(text, 1, v);
}

/* One run of bits from bit 0 up, so that the first automatic mark fits */
static const char *read_mask(const char *text, union value *v)
{
	const char *why = read_bits(text, 0x1ff, v);

	if (!why && v->num & (v->num + 1))
		return "is not one run of bits from bit 0 up; write a mask such as 0xffffff";
	return why;
}

static const char *read_weight(const char *text, union value *v)
{
	return num_parse(text, 0, MESHMOD_WEIGHT_MAX, &v->num);
}

static const char *read_scheduler(const char *text, union value *v)
{
	return read_word(text, schedulers, ARRAY_SIZE(schedulers),
			 "is not a scheduler; use rr", &v->num);
}

static const char *read_source(const char *text, union value *v)
{
	return read_word(text, sources, ARRAY_SIZE(sources),
			 "is not a source; use ingress or local", &v->num);
}

static const char *read_state(const char *text, union value *v)
{
	return read_word(text, states, ARRAY_SIZE(states),
			 "is not a state; use up, draining or down", &v->num);
}

static const char *read_switch(const char *text, union value *v)
{
	return read_word(text, switches, ARRAY_SIZE(switches),
			 "is neither on nor off; use one of them", &v->num);
}

static const char *read_dev(const char *text, union value *v)
{
	size_t i, len = strlen(text);

	(void)v;
	if (!len || len >= IF_NAMESIZE)
		return "is not a device name; give 1 to 15 characters, such as eth0";
	for (i = 0; i < len; i++)
		if (text[i] <= ' ' || text[i] > '~' || strchr("/:", text[i]))
			return "is not a device name; leave out blanks, slashes and colons";
	return NULL;
}

static const char *read_file(const char *text, union value *v)
{
	(void)v;
	return *text ? NULL : "is empty; give a file, or - for standard input";
}

static void send_string(struct request *r, uint16_t type, const struct arg *a)
{
	put_string(r, type, a->text);
}

static void send_addr(struct request *r, uint16_t type, const struct arg *a)
{
	put_addr(r, type, &a->v.addr);
}

static void send_prefix(struct request *r, uint16_t type, const struct arg *a)
{
	put_prefix(r, type, &a->v.addr);
}

static void send_publish(struct request *r, uint16_t type, const struct arg *a)
{
	(void)type;
	put_port(r, &a->v.port);
}

static void send_u8(struct request *r, uint16_t type, const struct arg *a)
{
	put_u8(r, type, a->v.num);
}

static void send_u16(struct request *r, uint16_t type, const struct arg *a)
{
	put_u16(r, type, a->v.num);
}

static void send_u32(struct request *r, uint16_t type, const struct arg *a)
{
	put_u32(r, type, a->v.num);
}

/* Its device is the argument behind it. */
static void send_guard(struct request *r, uint16_t type, const struct arg *a)
{
	(void)type;
	put_guard(r, &a->v.addr, a[1].text);
}

const struct kind kind_name = { "NAME", read_name, send_string };
const struct kind kind_service = { "SERVICE", read_name, send_string };
const struct kind kind_addr = { "IP", read_addr, send_addr };
const struct kind kind_prefix = { "PREFIX", read_prefix, send_prefix };
const struct kind kind_publish = { "P:T/PROTO", read_publish, send_publish };
const struct kind kind_port = { "PORT", read_port, send_u16 };
const struct kind kind_proto = { "tcp|udp", read_proto, send_u8 };
const struct kind kind_mark = { "MARK", read_mark, send_u32 };
const struct kind kind_mask = { "MASK", read_mask, send_u32 };
const struct kind kind_weight = { "WEIGHT", read_weight, send_u32 };
const struct kind kind_scheduler = { "rr", read_scheduler, send_u8 };
const struct kind kind_source = { "ingress|local", read_source, send_u8 };
const struct kind kind_state = { "up|draining|down", read_state, send_u8 };
const struct kind kind_switch = { "on|off", read_switch, NULL };
const struct kind kind_guard = { "IP", read_addr, send_guard };
const struct kind kind_dev = { "DEV", read_dev, NULL };
const struct kind kind_file = { "FILE", read_file, NULL };
