// SPDX-License-Identifier: GPL-2.0
#include <linux/meshmod.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kind.h"
#include "request.h"
#include "words.h"

#define VNI_MAX		0xffffff	/* 24 bits of a VXLAN header */

static const char *read_word(const char *text, const struct words *words,
			     const char *refusal, uint32_t *out)
{
	size_t i = words_find(words, text);

	if (i == words->n)
		return refusal;
	*out = i;
	return NULL;
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

static const char *read_clients(const char *text, union value *v)
{
	return clients_parse(text, &v->addr);
}

static const char *read_publish(const char *text, union value *v)
{
	return port_parse(text, &v->port);
}

/* "8080" or "8000-8099" */
static const char *read_range(const char *text, union value *v)
{
	static const char no_range[] =
		"is not a range of ports; write two numbers from 1 to 65535, such as 8000-8099";
	const char *dash = strchr(text, '-');
	char left[sizeof("65535")];
	uint32_t first, last;
	const char *why;

	if (!dash || dash == text) {
		why = num_parse(text, 1, UINT16_MAX, &first);
		last = first;
	} else {
		snprintf(left, sizeof(left), "%.*s", (int)(dash - text), text);
		why = num_parse(left, 1, UINT16_MAX, &first);
		if (why || dash - text >= (int)sizeof(left) ||
		    num_parse(dash + 1, 1, UINT16_MAX, &last))
			why = no_range;
		else if (last < first)
			why = "ends before it starts; write the lower port first";
	}
	if (!why)
		v->range = (struct range){ first, last };
	return why;
}

static const char *read_port(const char *text, union value *v)
{
	return num_parse(text, 1, UINT16_MAX, &v->num);
}

static const char *read_vni(const char *text, union value *v)
{
	return num_parse(text, 0, VNI_MAX, &v->num);
}

static const char *read_listen(const char *text, union value *v)
{
	return listen_parse(text, &v->listen);
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
	return read_word(text, &scheduler_words,
			 "is not a scheduler; use rr", &v->num);
}

static const char *read_source(const char *text, union value *v)
{
	return read_word(text, &source_words,
			 "is not a source; use ingress or preserve", &v->num);
}

static const char *read_state(const char *text, union value *v)
{
	return read_word(text, &state_words,
			 "is not a state; use up, draining or down", &v->num);
}

static const char *read_refuse(const char *text, union value *v)
{
	return read_word(text, &refuse_words,
			 "is not a way to refuse; use reject or drop", &v->num);
}

static const char *read_switch(const char *text, union value *v)
{
	return read_word(text, &switch_words,
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

/* Two hexadecimal digits */
static bool read_byte(const char *text, uint8_t *out)
{
	if (strspn(text, "0123456789abcdefABCDEF") != 2)
		return false;
	*out = strtoul(text, NULL, 16);
	return true;
}

static const char *read_mac(const char *text, union value *v)
{
	static const uint8_t none[sizeof(v->mac)];
	size_t i, n = sizeof(v->mac);
	uint8_t mac[sizeof(v->mac)];

	for (i = 0; i < n; i++, text += 3)
		if (!read_byte(text, &mac[i]) ||
		    text[2] != (i + 1 < n ? ':' : '\0'))
			return "is not a MAC address; write six bytes such as 02:42:0a:0b:00:0c";
	if (mac[0] & 1)
		return "is a multicast MAC address; give the one of a device";
	if (!memcmp(mac, none, n))
		return "stands for no device; give the MAC address of one";
	memcpy(v->mac, mac, n);
	return NULL;
}

static const char *read_conn_end(const char *text, union value *v)
{
	return conn_end_parse(text, &v->conn_end);
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

/* Its sources are the arguments behind it. */
static void send_publish(struct request *r, uint16_t type, const struct arg *a)
{
	size_t nest = put_port(r, &a->v.port), i;

	(void)type;
	for (i = 1; i <= a->nthen; i++) {
		request_about(r, a[i].word->name, a[i].text);
		put_prefix(r, MESHMOD_A_PORT_SOURCE, &a[i].v.addr);
	}
	put_end(r, nest);
}

static void send_listen(struct request *r, uint16_t type, const struct arg *a)
{
	(void)type;
	put_listen(r, &a->v.listen);
}

static void send_mac(struct request *r, uint16_t type, const struct arg *a)
{
	put_data(r, type, a->v.mac, sizeof(a->v.mac));
}

static void put_range(struct request *r, uint16_t first, uint16_t last,
		      const struct range *range)
{
	put_u16(r, first, range->first);
	if (range->last != range->first)
		put_u16(r, last, range->last);
}

static void send_conn_end(struct request *r, uint16_t type, const struct arg *a)
{
	put_conn_end(r, type, &a->v.conn_end);
}

static void send_from(struct request *r, uint16_t type, const struct arg *a)
{
	put_range(r, type, MESHMOD_A_REDIRECT_FROM_LAST, &a->v.range);
}

static void send_to(struct request *r, uint16_t type, const struct arg *a)
{
	put_range(r, type, MESHMOD_A_REDIRECT_TO_LAST, &a->v.range);
}

/* The first port of a range names it. */
static void send_first(struct request *r, uint16_t type, const struct arg *a)
{
	put_u16(r, type, a->v.range.first);
}

static void send_u8(struct request *r, uint16_t type, const struct arg *a)
{
	put_u8(r, type, a->v.num);
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

/* Its addresses are the arguments behind it. */
static void send_origin(struct request *r, uint16_t type, const struct arg *a)
{
	size_t nest = put_origin(r, a->v.mac), i;

	(void)type;
	for (i = 1; i <= a->nthen; i++) {
		request_about(r, a[i].word->name, a[i].text);
		put_addr(r, MESHMOD_A_ORIGIN_ADDR, &a[i].v.addr);
	}
	put_end(r, nest);
}

/* Its network is the argument behind it. */
static void send_tunnel(struct request *r, uint16_t type, const struct arg *a)
{
	(void)type;
	put_tunnel(r, a->v.num, a[1].v.num);
}

const struct kind kind_name = { "NAME", read_name, send_string };
const struct kind kind_service = { "SERVICE", read_name, send_string };
const struct kind kind_addr = { "IP", read_addr, send_addr };
const struct kind kind_clients = { "PREFIX", read_clients, send_prefix };
const struct kind kind_prefix = { "PREFIX", read_prefix, send_prefix };
const struct kind kind_publish = {
	"P[-P]:T[-T]/PROTO", read_publish, send_publish
};

const struct kind kind_listen = { "IP|PREFIX|DEV", read_listen, send_listen };
const struct kind kind_refuse = { "reject|drop", read_refuse, send_u8 };
const struct kind kind_from = { "P[-P]", read_range, send_from };
const struct kind kind_from_key = { "P[-P]", read_range, send_first };
const struct kind kind_to = { "T[-T]", read_range, send_to };
const struct kind kind_proto = { "tcp|udp|sctp", read_proto, send_u8 };
const struct kind kind_mark = { "MARK", read_mark, send_u32 };
const struct kind kind_mask = { "MASK", read_mask, send_u32 };
const struct kind kind_weight = { "WEIGHT", read_weight, send_u32 };
const struct kind kind_scheduler = { "rr", read_scheduler, send_u8 };
const struct kind kind_source = { "ingress|preserve", read_source, send_u8 };
const struct kind kind_state = { "up|draining|down", read_state, send_u8 };
const struct kind kind_switch = { "on|off", read_switch, send_u8 };
const struct kind kind_guard = { "IP", read_addr, send_guard };
const struct kind kind_origin = { "MAC", read_mac, send_origin };
const struct kind kind_dev = { "DEV", read_dev, send_string };
const struct kind kind_tunnel = { "PORT", read_port, send_tunnel };
const struct kind kind_vni = { "VNI", read_vni, NULL };
const struct kind kind_mac = { "MAC", read_mac, send_mac };
const struct kind kind_conn_end = {
	"INGRESS:PORT", read_conn_end, send_conn_end
};

const struct kind kind_file = { "FILE", read_file, NULL };
