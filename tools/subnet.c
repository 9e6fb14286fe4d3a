// SPDX-License-Identifier: GPL-2.0
/* Addresses in relation to each other and to subnets. */
#include <arpa/inet.h>
#include <string.h>

#include "addr.h"

static size_t addr_len(const struct addr *a)
{
	return a->family == AF_INET6 ? 16 : 4;
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

/*
 * The number goes into the last four bytes; no subnet here is so large that
 * its host part could need more.
 */
bool addr_nth(const struct addr *subnet, uint32_t n, struct addr *out)
{
	size_t last = addr_len(subnet) - 4;
	unsigned int host_bits = addr_len(subnet) * 8 - subnet->plen;
	struct addr a = *subnet;
	uint32_t tail;

	if (host_bits < 32 && n >> host_bits)
		return false;
	memcpy(&tail, a.bytes + last, 4);
	tail = htonl(ntohl(tail) | n);
	memcpy(a.bytes + last, &tail, 4);
	if (addr_is_edge(&a, subnet))
		return false;
	a.plen = addr_len(subnet) * 8;
	*out = a;
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
