// SPDX-License-Identifier: GPL-2.0
#include <arpa/inet.h>
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "addr.h"
#include "util.h"

#define NAME_MAX_LEN	63

static char why_buf[256];

__printf(1, 2)
static const char *why(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(why_buf, sizeof(why_buf), fmt, ap);
	va_end(ap);
	return why_buf;
}

/* A buffer for callers that bring none; a message prints four at most. */
static char *turn(char *buf)
{
	static char bufs[4][ADDR_STRLEN];
	static unsigned int next;

	return buf ? buf : bufs[next++ % ARRAY_SIZE(bufs)];
}

static uint32_t host_order(const struct addr *a)
{
	return ntohl(a->v4.s_addr);
}

static uint32_t v4_mask(uint8_t plen)
{
	return plen ? ~0U << (32 - plen) : 0;
}

const char *num_parse(const char *text, uint32_t min, uint32_t max,
		      uint32_t *out)
{
	size_t len = strspn(text, "0123456789");
	uint64_t n = 0;
	size_t i;

	if (!len || text[len])
		return why("is not a plain decimal number; give one from %u to %u, digits only",
			   min, max);
	if (text[0] == '0' && len > 1)
		return why("starts with a zero; write the number without it");
	for (i = 0; i < len && n <= UINT32_MAX; i++)
		n = n * 10 + (text[i] - '0');
	if (n < min || n > max)
		return why("is out of range; give a number from %u to %u", min,
			   max);
	*out = n;
	return NULL;
}

const char *proto_parse(const char *text, uint8_t *out)
{
	if (!strcmp(text, "tcp"))
		*out = IPPROTO_TCP;
	else if (!strcmp(text, "udp"))
		*out = IPPROTO_UDP;
	else if (!strcmp(text, "sctp"))
		return why("is a protocol that this version does not carry; use tcp or udp");
	else
		return why("is not a protocol; use tcp or udp");
	return NULL;
}

const char *proto_str(uint8_t proto)
{
	return proto == IPPROTO_UDP ? "udp" : "tcp";
}

const char *name_parse(const char *text)
{
	size_t len = strlen(text);
	size_t i;

	if (!len)
		return why("is empty; a name is 1 to %d letters, digits, '.', '_' or '-'",
			   NAME_MAX_LEN);
	if (text[0] == '-')
		return why("starts with '-', as options do; start it with a letter or a digit");
	for (i = 0; i < len; i++)
		if (!isalnum((unsigned char)text[i]) && !strchr("._-", text[i]))
			return why("is not a name; use letters, digits, '.', '_' and '-' only");
	if (len > NAME_MAX_LEN)
		return why("has %zu characters; a name has %d at most", len,
			   NAME_MAX_LEN);
	return NULL;
}

static const char *v6_refusal(void)
{
	return why("is IPv6, which this version does not carry; use an IPv4 address");
}

/* Why an address can be no host's, NULL when it can */
static const char *not_a_host(const struct addr *a)
{
	uint32_t ip = host_order(a);

	if (ip >> 24 == 0)
		return why("stands for no host; give an address of a host");
	if (ip >> 24 == 127)
		return why("is a loopback address; give one that other hosts can reach");
	if (ip >> 28 == 14)
		return why("is a multicast address; give an address of a host");
	if (ip >> 28 == 15)
		return why("is a reserved or broadcast address; give an address of a host");
	return NULL;
}

const char *addr_parse(const char *text, struct addr *out)
{
	struct addr a = { .family = AF_INET, .plen = 32 };
	const char *slash = strchr(text, '/');
	const char *refusal;

	if (strchr(text, ':'))
		return v6_refusal();
	if (slash && strspn(text, "0123456789./") == strlen(text))
		return why("has a prefix length, and one host has none; write %.*s",
			   (int)(slash - text), text);
	/* glibc's takes four decimal numbers, no octal, no blank. */
	if (inet_pton(AF_INET, text, &a.v4) != 1)
		return why("is not an IPv4 address; write one such as 10.11.0.4");
	refusal = not_a_host(&a);
	if (!refusal)
		*out = a;
	return refusal;
}

const char *prefix_parse(const char *text, struct addr *out)
{
	struct addr a = { .family = AF_INET }, net;
	const char *slash = strchr(text, '/');
	char host[INET_ADDRSTRLEN];
	uint32_t plen;

	if (strchr(text, ':'))
		return v6_refusal();
	if (!slash)
		return why("has no prefix length; write a subnet such as 10.11.0.0/16");
	snprintf(host, sizeof(host), "%.*s", (int)(slash - text), text);
	if (slash - text >= (int)sizeof(host) ||
	    inet_pton(AF_INET, host, &a.v4) != 1)
		return why("is not an IPv4 subnet; write one such as 10.11.0.0/16");
	if (num_parse(slash + 1, 1, 32, &plen))
		return why("has a bad prefix length; write a number from 1 to 32 after the slash");
	a.plen = plen;
	net = a;
	net.v4.s_addr &= htonl(v4_mask(a.plen));
	if (net.v4.s_addr != a.v4.s_addr)
		return why("is not a network address, bits are set after the prefix; write %s",
			   prefix_str(&net, NULL));
	*out = a;
	return NULL;
}

static const char port_form[] =
	"write PUBLISHED:TARGET/PROTOCOL, such as 8080:80/tcp";

/* "N" and "/proto", both strictly; text is cut up */
static const char *port_tail(char *text, struct port *p)
{
	char *slash = strchr(text, '/');

	p->proto = IPPROTO_TCP;
	if (!slash)
		return NULL;
	*slash = '\0';
	if (!strcmp(slash + 1, "sctp"))
		return why("asks for sctp, which this version does not carry; use tcp or udp");
	if (proto_parse(slash + 1, &p->proto))
		return why("does not end in a protocol; write /tcp or /udp after the port");
	return NULL;
}

static const char *port_number(const char *text, const char *what,
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

const char *port_parse(const char *text, struct port *out)
{
	struct port p = { .loc = out->loc };
	const char *refusal;
	char buf[64], *colon;

	if (snprintf(buf, sizeof(buf), "%s", text) >= (int)sizeof(buf))
		return why("is not a port; %s", port_form);
	refusal = port_tail(buf, &p);
	if (refusal)
		return refusal;
	colon = strchr(buf, ':');
	if (colon)
		*colon = '\0';
	refusal = port_number(buf, "published", &p.published);
	if (!refusal && colon)
		refusal = port_number(colon + 1, "target", &p.target);
	if (refusal)
		return refusal;
	if (!colon)
		p.target = p.published;
	*out = p;
	return NULL;
}

const char *port_parse_single(const char *text, struct port *out)
{
	if (strchr(text, ':'))
		return why("names two ports; write one, such as 9100/tcp");
	return port_parse(text, out);
}

const char *addr_str(const struct addr *a, char *buf)
{
	buf = turn(buf);
	if (!inet_ntop(a->family, a->bytes, buf, ADDR_STRLEN))
		strcpy(buf, "none");
	return buf;
}

const char *prefix_str(const struct addr *a, char *buf)
{
	size_t len;

	buf = turn(buf);
	addr_str(a, buf);
	len = strlen(buf);
	snprintf(buf + len, ADDR_STRLEN - len, "/%u", a->plen);
	return buf;
}

const char *port_str(const struct port *p, char *buf)
{
	buf = turn(buf);
	snprintf(buf, PORT_STRLEN, "%u:%u/%s", p->published, p->target,
		 proto_str(p->proto));
	return buf;
}
