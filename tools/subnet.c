// SPDX-License-Identifier: GPL-2.0
/* Addresses in relation to each other and to subnets. */
#include <arpa/inet.h>
#include <string.h>

#include "addr.h"

int family_index(uint8_t family)
{
	return family == AF_INET6;
}

uint8_t family_bits(uint8_t family)
{
	return family == AF_INET6 ? 128 : 32;
}

const char *family_str(uint8_t family)
{
	return family == AF_INET6 ? "IPv6" : "IPv4";
}

size_t addr_len(const struct addr *a)
{
	return family_bits(a->family) / 8;
}

const struct addr *dual_from(const struct dual *d, int *f)
{
	while (*f < FAMILIES && !d->v[*f].family)
		++*f;
	return *f < FAMILIES ? &d->v[*f] : NULL;
}

const struct addr *dual_first(const struct dual *d)
{
	int f = 0;

	return dual_from(d, &f);
}

bool dual_same(const struct dual *a, const struct dual *b)
{
	size_t i;

	for (i = 0; i < FAMILIES; i++)
		if (!addr_same(&a->v[i], &b->v[i]))
			return false;
	return true;
}

void addr_tail(const struct dual *ip, uint8_t tail[4])
{
	const struct addr *a = dual_first(ip);

	if (a)
		memcpy(tail, a->bytes + addr_len(a) - 4, 4);
	else
		memset(tail, 0, 4);
}

void endpoint_mac(const struct dual *ip, uint8_t mac[6])
{
	mac[0] = 0x02;
	mac[1] = 0x42;
	addr_tail(ip, mac + 2);
}

struct addr addr_host(struct addr a)
{
	a.plen = family_bits(a.family);
	return a;
}

bool addr_same(const struct addr *a, const struct addr *b)
{
	return a->family == b->family && !memcmp(a->bytes, b->bytes, addr_len(a));
}

int addr_cmp(const struct addr *a, const struct addr *b)
{
	if (a->family != b->family)
		return a->family < b->family ? -1 : 1;
	return memcmp(a->bytes, b->bytes, addr_len(a));
}

int prefix_cmp(const struct addr *a, const struct addr *b)
{
	int d = addr_cmp(a, b);

	return d ? d : a->plen - b->plen;
}

/* The first plen bits of both are alike */
static bool bits_same(const struct addr *a, const struct addr *b, uint8_t plen)
{
	uint8_t rest = plen % 8;

	if (memcmp(a->bytes, b->bytes, plen / 8))
		return false;
	return !rest ||
	       !((a->bytes[plen / 8] ^ b->bytes[plen / 8]) >> (8 - rest));
}

bool addr_in(const struct addr *a, const struct addr *subnet)
{
	return a->family == subnet->family && bits_same(a, subnet, subnet->plen);
}

bool addr_overlap(const struct addr *a, const struct addr *b)
{
	return a->family == b->family &&
	       bits_same(a, b, a->plen < b->plen ? a->plen : b->plen);
}

/* The number goes into the last four bytes, however many more there are. */
bool addr_nth(const struct addr *subnet, uint32_t n, struct addr *out)
{
	size_t last = addr_len(subnet) - 4;
	unsigned int host_bits = family_bits(subnet->family) - subnet->plen;
	struct addr a = *subnet;
	uint32_t tail;

	if (host_bits < 32 && n >> host_bits)
		return false;
	memcpy(&tail, a.bytes + last, 4);
	tail = htonl(ntohl(tail) | n);
	memcpy(a.bytes + last, &tail, 4);
	if (addr_is_edge(&a, subnet))
		return false;
	*out = addr_host(a);
	return true;
}

bool addr_graft(const struct addr *subnet, const struct addr *a,
		uint8_t a_plen, struct addr *out)
{
	struct addr new = *subnet;
	int bit;

	for (bit = a_plen; bit < family_bits(a->family); bit++) {
		uint8_t set = a->bytes[bit / 8] & 0x80 >> bit % 8;

		if (set && bit < subnet->plen)
			return false;
		new.bytes[bit / 8] |= set;
	}
	if (addr_is_edge(&new, subnet))
		return false;
	*out = addr_host(new);
	return true;
}

bool addr_is_edge(const struct addr *a, const struct addr *subnet)
{
	size_t i, len = addr_len(subnet);
	bool low = true, high = a->family == AF_INET;

	for (i = 0; i < len; i++) {
		unsigned int net_bits = subnet->plen > i * 8 ?
					subnet->plen - i * 8 : 0;
		uint8_t mask = net_bits >= 8 ? 0 : 0xff >> net_bits;

		if (a->bytes[i] & mask)
			low = false;
		if ((a->bytes[i] & mask) != mask)
			high = false;
	}
	return low || high;
}
