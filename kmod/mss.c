// SPDX-License-Identifier: GPL-2.0
/*
 * MSS: what an end of a TCP connection says of the segments that it takes.
 */
#include <linux/tcp.h>
#include <net/ip.h>
#include <net/ipv6.h>
#include <net/tcp.h>

#include "core.h"

/* Where in the options the MSS stands, or -1; @len: of header and options */
static int find_mss(const u8 *head, int len)
{
	int at = sizeof(struct tcphdr), size;

	while (at < len) {
		if (head[at] == TCPOPT_EOL)
			break;
		if (head[at] == TCPOPT_NOP) {
			at++;
			continue;
		}
		size = at + 1 < len ? head[at + 1] : 0;
		if (size < 2 || at + size > len)
			break;
		if (head[at] == TCPOPT_MSS && size == TCPOLEN_MSS)
			return at + 2;
		at += size;
	}
	return -1;
}

/* Room for the segment in a packet of @mtu bytes */
static u16 room(u8 family, u32 mtu)
{
	u32 heads = sizeof(struct tcphdr) + (family == NFPROTO_IPV4 ?
		    sizeof(struct iphdr) : sizeof(struct ipv6hdr));

	return mtu > heads ? min(mtu - heads, 65535U) : 0;
}

/**
 * meshmod_mss_clamp - let the other end of a connection know a path's MTU
 * @skb: any packet of a TCP connection; a SYN has its MSS lowered
 * @family: NFPROTO_*
 * @mtu: bytes that the path takes
 *
 * Without an MSS a SYN stands for 536 or 1220 bytes, which fit.
 *
 * Context: an IP hook.
 * Return: false if there was no memory to change it.
 */
bool meshmod_mss_clamp(struct sk_buff *skb, u8 family, u32 mtu)
{
	struct meshmod_packet p;
	struct tcphdr *th, buf;
	u16 mss = room(family, mtu), was;
	int len, at;
	u8 *head;

	meshmod_packet_read(skb, family, &p);
	if (p.proto != IPPROTO_TCP || p.offset < 0)
		return true;
	th = skb_header_pointer(skb, p.offset, sizeof(buf), &buf);
	if (!th || !th->syn)
		return true;
	len = __tcp_hdrlen(th);
	if (len <= (int)sizeof(*th) || p.offset + len > skb->len)
		return true;
	if (skb_ensure_writable(skb, p.offset + len))
		return false;
	head = skb->data + p.offset;
	at = find_mss(head, len);
	if (at < 0)
		return true;
	was = get_unaligned_be16(&head[at]);
	if (was <= mss)
		return true;
	put_unaligned_be16(mss, &head[at]);
	th = (struct tcphdr *)head;
	/* The sum is of words, in which an odd place is the other byte. */
	if (at % 2)
		inet_proto_csum_replace2(&th->check, skb, htons(swab16(was)),
					 htons(swab16(mss)), false);
	else
		inet_proto_csum_replace2(&th->check, skb, htons(was),
					 htons(mss), false);
	return true;
}

#ifdef MESHMOD_KUNIT
#include "mss_test.c"
#endif
