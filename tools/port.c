// SPDX-License-Identifier: GPL-2.0
/* Protocols, ports and ranges of them. */
#include <stdio.h>
#include <string.h>

#include "addr.h"
#include "addr_priv.h"

static const struct {
	uint8_t number;
	const char *name;
} protocols[] = {
	{ IPPROTO_TCP, "tcp" },
	{ IPPROTO_UDP, "udp" },
	{ IPPROTO_SCTP, "sctp" },
};

const char *proto_parse(const char *text, uint8_t *out)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(protocols); i++) {
		if (strcmp(text, protocols[i].name))
			continue;
		*out = protocols[i].number;
		return NULL;
	}
	return why("is not a protocol; use tcp, udp or sctp");
}

const char *proto_str(uint8_t proto)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(protocols); i++)
		if (protocols[i].number == proto)
			return protocols[i].name;
	return "none";
}

static const char port_form[] =
	"write PUBLISHED:TARGET/PROTOCOL, such as 8080:80/tcp";

/* What stands behind the slash; text ends before it then */
static const char *read_proto(char *text, struct port *p)
{
	char *slash = strchr(text, '/');

	p->proto = IPPROTO_TCP;
	if (!slash)
		return NULL;
	*slash = '\0';
	if (proto_parse(slash + 1, &p->proto))
		return why("does not end in a protocol; write /tcp, /udp or /sctp after the port");
	return NULL;
}

static const char *read_number(const char *text, const char *what,
			       uint16_t *out)
{
	uint32_t n;

	if (!*text)
		return why("lacks the %s port; %s", what, port_form);
	if (text[strspn(text, "0123456789")])
		return why("has a %s port that is not a plain decimal number; %s",
			   what, port_form);
	if (text[0] == '0' && text[1])
		return why("has a %s port that starts with a zero; write the number without it",
			   what);
	if (num_parse(text, 1, 65535, &n))
		return why("has a %s port out of range; give a number from 1 to 65535",
			   what);
	*out = n;
	return NULL;
}

/* "N" or "N-N"; text is cut up */
static const char *read_range(char *text, const char *what, uint16_t *first,
			      uint16_t *last)
{
	char *dash = *text ? strchr(text + 1, '-') : NULL;
	const char *refusal;

	if (dash)
		*dash++ = '\0';
	refusal = read_number(text, what, first);
	*last = *first;
	if (refusal || !dash)
		return refusal;
	if (!*dash)
		return why("has a %s range without an end; write both ports, such as 8000-8099",
			   what);
	refusal = read_number(dash, what, last);
	if (!refusal && *last < *first)
		return why("has a %s range that runs backwards; write the smaller port first",
			   what);
	return refusal;
}

const char *port_parse(const char *text, struct port *out)
{
	struct port p = { .loc = out->loc };
	const char *refusal;
	char buf[64], *colon;

	if (snprintf(buf, sizeof(buf), "%s", text) >= (int)sizeof(buf))
		return why("is not a port; %s", port_form);
	refusal = read_proto(buf, &p);
	if (refusal)
		return refusal;
	colon = strchr(buf, ':');
	if (colon)
		*colon++ = '\0';
	refusal = read_range(buf, "published", &p.published, &p.last);
	if (refusal)
		return refusal;
	p.target = p.published;
	p.target_last = p.last;
	if (colon)
		refusal = read_range(colon, "target", &p.target,
				     &p.target_last);
	if (!refusal && p.target_last != p.target &&
	    p.target_last - p.target != p.last - p.published)
		return why("has a target range of another length than the published one; %s",
			   "make both alike, or give one target port");
	if (!refusal)
		*out = p;
	return refusal;
}

const char *port_parse_single(const char *text, struct port *out)
{
	if (strchr(text, ':'))
		return why("names two ports; write one, such as 9100/tcp");
	return port_parse(text, out);
}

static const char conn_end_form[] =
	"write ADDRESS:PORT, such as 10.11.0.4:30940 or [fd00:11::4]:30940";

/* An IPv6 address has brackets: its own last number could be the port. */
static const char *cut_bracketed(char *text, char **addr, char **port)
{
	char *close = strchr(text, ']');

	if (close && !close[1])
		return why("lacks the port; %s", conn_end_form);
	if (!close || close[1] != ':' || !memchr(text, ':', close - text))
		return why("is not an address and a port; %s", conn_end_form);
	*close = '\0';
	*addr = text + 1;
	*port = close + 2;
	return NULL;
}

/* Both parts of an end; text is cut up */
static const char *cut_conn_end(char *text, char **addr, char **port)
{
	char *colon = strchr(text, ':');

	if (text[0] == '[')
		return cut_bracketed(text, addr, port);
	if (!colon)
		return why("lacks the port; %s", conn_end_form);
	if (strchr(colon + 1, ':'))
		return why("lacks the brackets of an IPv6 address; %s",
			   conn_end_form);
	*colon = '\0';
	*addr = text;
	*port = colon + 1;
	return NULL;
}

const char *conn_end_parse(const char *text, struct conn_end *out)
{
	char buf[sizeof("[]:65535") + INET6_ADDRSTRLEN];
	char *addr = buf, *port = buf;
	struct conn_end e = { 0 };
	const char *refusal;
	uint32_t n;

	if (snprintf(buf, sizeof(buf), "%s", text) >= (int)sizeof(buf))
		return why("is not an address and a port; %s", conn_end_form);
	refusal = cut_conn_end(buf, &addr, &port);
	if (!refusal)
		refusal = addr_parse(addr, &e.addr);
	if (!refusal && num_parse(port, 1, 65535, &n))
		return why("has a port that is not a plain number from 1 to 65535; %s",
			   conn_end_form);
	if (refusal)
		return refusal;
	e.port = n;
	*out = e;
	return NULL;
}

static int print_range(char *buf, size_t len, uint16_t first, uint16_t last)
{
	if (first == last)
		return snprintf(buf, len, "%u", first);
	return snprintf(buf, len, "%u-%u", first, last);
}

const char *port_published_str(const struct port *p, char *buf)
{
	int len;

	buf = addr_turn(buf);
	len = print_range(buf, PORT_STRLEN, p->published, p->last);
	snprintf(buf + len, PORT_STRLEN - len, "/%s", proto_str(p->proto));
	return buf;
}

const char *port_str(const struct port *p, char *buf)
{
	int len;

	buf = addr_turn(buf);
	len = print_range(buf, PORT_STRLEN, p->published, p->last);
	buf[len++] = ':';
	len += print_range(buf + len, PORT_STRLEN - len, p->target,
			   p->target_last);
	snprintf(buf + len, PORT_STRLEN - len, "/%s", proto_str(p->proto));
	return buf;
}
