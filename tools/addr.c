// SPDX-License-Identifier: GPL-2.0
#include <arpa/inet.h>
#include <assert.h>
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "addr.h"
#include "addr_priv.h"

#define NAME_MAX_LEN	63
#define TURN_STRLEN	ADDR_STRLEN

static_assert(PORT_STRLEN <= TURN_STRLEN && IF_NAMESIZE <= TURN_STRLEN &&
	      MAC_STRLEN <= TURN_STRLEN,
	      "room for whatever is printed");

const char *why(const char *fmt, ...)
{
	static char buf[256];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(buf, sizeof(buf), fmt, ap);
	va_end(ap);
	return buf;
}

char *addr_turn(char *buf)
{
	static char bufs[4][TURN_STRLEN];
	static unsigned int next;

	return buf ? buf : bufs[next++ % ARRAY_SIZE(bufs)];
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
		return why("is out of range; give a number from %u to %u",
			   min, max);
	*out = n;
	return NULL;
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
		return why("has %zu characters; a name has %d at most",
			   len, NAME_MAX_LEN);
	return NULL;
}

/* glibc's takes four decimal numbers or IPv6's form, no octal, no blank. */
static bool read_ip(const char *text, size_t len, struct addr *out)
{
	struct addr a = { .family = AF_INET };
	char buf[INET6_ADDRSTRLEN];

	if (len >= sizeof(buf))
		return false;
	memcpy(buf, text, len);
	buf[len] = '\0';
	if (strchr(buf, ':'))
		a.family = AF_INET6;
	a.plen = family_bits(a.family);
	if (inet_pton(a.family, buf, a.bytes) != 1)
		return false;
	*out = a;
	return true;
}

static bool is_mapped(const struct addr *a)
{
	return a->family == AF_INET6 && IN6_IS_ADDR_V4MAPPED(&a->v6);
}

static const char *mapped_refusal(const struct addr *a)
{
	struct addr v4 = { .family = AF_INET };

	memcpy(v4.bytes, a->bytes + 12, 4);
	return why("is an IPv4 address in IPv6 form; write %s",
			addr_str(&v4, NULL));
}

static bool is_loopback(const struct addr *a)
{
	return a->family == AF_INET6 ? IN6_IS_ADDR_LOOPBACK(&a->v6) :
				       a->bytes[0] == 127;
}

static bool is_link_local_v4(const struct addr *a)
{
	return a->family == AF_INET && a->bytes[0] == 169 &&
	       a->bytes[1] == 254;
}

static bool is_unspecified(const struct addr *a)
{
	return a->family == AF_INET6 ? IN6_IS_ADDR_UNSPECIFIED(&a->v6) :
				       a->bytes[0] == 0;
}

static bool is_multicast(const struct addr *a)
{
	return a->family == AF_INET6 ? IN6_IS_ADDR_MULTICAST(&a->v6) :
				       a->bytes[0] >> 4 == 14;
}

static const char everywhere[] = "give an address that is valid everywhere";

/* Why an address can be no host's, loopback aside; NULL when it can */
static const char *not_a_host(const struct addr *a)
{
	if (is_mapped(a))
		return mapped_refusal(a);
	if (is_unspecified(a))
		return why("stands for no host; give an address of a host");
	if (is_multicast(a))
		return why("is a multicast address; give an address of a host");
	if (a->family == AF_INET && a->bytes[0] >> 4 == 15)
		return why("is a reserved or broadcast address; give an address of a host");
	if (a->family == AF_INET6 && IN6_IS_ADDR_LINKLOCAL(&a->v6))
		return why("is a link-local address, which means a host on one link only; %s",
			   everywhere);
	return NULL;
}

/* An address of a host, perhaps a loopback one */
static const char *read_host(const char *text, struct addr *out)
{
	const char *slash = strchr(text, '/');

	if (strchr(text, '%'))
		return why("names a device after the '%%'; leave it out, and %s",
			   everywhere);
	if (slash && read_ip(text, slash - text, out))
		return why("has a prefix length, and one host has none; write %.*s",
			   (int)(slash - text), text);
	if (!read_ip(text, strlen(text), out))
		return why("is not an IP address; write one such as 10.11.0.4 or fd00:11::4");
	return not_a_host(out);
}

const char *addr_parse(const char *text, struct addr *out)
{
	const char *refusal;
	struct addr a;

	refusal = read_host(text, &a);
	if (!refusal && is_loopback(&a))
		return why("is a loopback address; give one that other hosts can reach");
	if (!refusal && is_link_local_v4(&a))
		return why("is a link-local address; give one that other hosts can reach");
	if (!refusal)
		*out = a;
	return refusal;
}

/* The address with nothing behind its prefix */
static struct addr network_of(const struct addr *a)
{
	struct addr net = { .family = a->family, .plen = a->plen };

	memcpy(net.bytes, a->bytes, (a->plen + 7) / 8);
	if (a->plen % 8)
		net.bytes[a->plen / 8] &= 0xff << (8 - a->plen % 8);
	return net;
}

const char *prefix_parse(const char *text, struct addr *out)
{
	static const char subnets[] = "10.11.0.0/16 or fd00:11::/64";
	const char *slash = strchr(text, '/');
	struct addr a, net;
	uint32_t plen;

	if (!slash)
		return why("has no prefix length; write a subnet such as %s",
			   subnets);
	if (!read_ip(text, slash - text, &a))
		return why("is not an IP subnet; write one such as %s",
			   subnets);
	if (num_parse(slash + 1, 1, family_bits(a.family), &plen))
		return why("has a bad prefix length; write a number from 1 to %u after the slash",
			   family_bits(a.family));
	if (is_mapped(&a))
		return why("is an IPv4 subnet in IPv6 form; write it as IPv4");
	a.plen = plen;
	net = network_of(&a);
	if (!addr_same(&net, &a))
		return why("is not a network address, bits are set after the prefix; write %s",
			   prefix_str(&net, NULL));
	*out = a;
	return NULL;
}

const char *clients_parse(const char *text, struct addr *out)
{
	const char *slash = strchr(text, '/');
	struct addr a;

	if (slash && !strcmp(slash, "/0") && read_ip(text, slash - text, &a) &&
	    is_unspecified(&a))
		return why("is everyone; leave from out to let anyone in");
	if (!slash && read_ip(text, strlen(text), &a) && !is_mapped(&a))
		return why("has no prefix length; write %s",
			   prefix_str(&a, NULL));
	return prefix_parse(text, out);
}

/* What other programs call every local address */
static bool is_everywhere(const char *text)
{
	static const char *const words[] = { "none", "any", "0.0.0.0", "::",
					     "0.0.0.0/0", "::/0" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(words); i++)
		if (!strcmp(text, words[i]))
			return true;
	return false;
}

static const char *device_refusal(const char *text)
{
	const char *at;

	if (!strcmp(text, "all"))
		return why("is no device; leave listen out for all local addresses");
	for (at = text; *at > ' ' && *at < 0x7f && *at != '/'; at++)
		;
	if (!*text || *at || *text == '-' || !strcmp(text, ".") ||
	    !strcmp(text, ".."))
		return why("is neither an address nor a device; write one such as %s",
			   "192.0.2.10, 192.0.2.0/24 or eth0");
	if (strlen(text) >= IF_NAMESIZE)
		return why("has %zu characters; a device name has at most %d",
			   strlen(text), IF_NAMESIZE - 1);
	return NULL;
}

/* This host's own clients come to a loopback address; so it may be one. */
const char *listen_parse(const char *text, struct listen *out)
{
	struct listen l = { .dev = "" };
	const char *refusal;

	if (is_everywhere(text))
		return why("is no local address or device; %s",
			   "leave listen out (or: listen all) for every local address");
	if (!*text || (!strchr(text, ':') &&
		       text[strspn(text, "0123456789./")])) {
		refusal = device_refusal(text);
		if (!refusal)
			strcpy(l.dev, text);
	} else if (strchr(text, '/')) {
		refusal = prefix_parse(text, &l.addr);
	} else {
		refusal = read_host(text, &l.addr);
	}
	if (!refusal)
		*out = l;
	return refusal;
}

const char *addr_str(const struct addr *a, char *buf)
{
	buf = addr_turn(buf);
	if (!inet_ntop(a->family, a->bytes, buf, ADDR_STRLEN))
		strcpy(buf, "none");
	return buf;
}

const char *prefix_str(const struct addr *a, char *buf)
{
	size_t len;

	buf = addr_turn(buf);
	addr_str(a, buf);
	len = strlen(buf);
	snprintf(buf + len, ADDR_STRLEN - len, "/%u", a->plen);
	return buf;
}

const char *listen_str(const struct listen *l, char *buf)
{
	if (l->addr.family && l->addr.plen < family_bits(l->addr.family))
		return prefix_str(&l->addr, buf);
	if (l->addr.family)
		return addr_str(&l->addr, buf);
	return strcpy(addr_turn(buf), l->dev);
}

const char *mac_str(const uint8_t mac[6], char *buf)
{
	buf = addr_turn(buf);
	snprintf(buf, MAC_STRLEN, "%02x:%02x:%02x:%02x:%02x:%02x", mac[0],
		 mac[1], mac[2], mac[3], mac[4], mac[5]);
	return buf;
}
