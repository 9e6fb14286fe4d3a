// SPDX-License-Identifier: GPL-2.0
/* One frame whose sender may be anybody */
#include <errno.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/icmp6.h>
#include <netinet/if_ether.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "peer.h"

#define MAX_TAGS	4

struct forgery {
	struct frame frame;
	const struct options *options;
	uint8_t src[ETH_ALEN], dst[ETH_ALEN];
	uint16_t type;
	int headers;		/* of destination options */
};

static void forge_arp_op(struct forgery *f, char **a, int op)
{
	struct endpoint sender = address(a[1]), target = address(a[2]);
	bool has_src = a[3], has_dst = a[3] && a[4];
	struct ether_arp *arp = push(&f->frame, sizeof(*arp));

	if (is_ip6(&sender) || is_ip6(&target))
		refuse("arp", "IPv4 addresses only");
	read_mac(has_src ? a[3] : a[0], f->src);
	read_mac(has_dst ? a[4] : "ff:ff:ff:ff:ff:ff", f->dst);
	arp->arp_hrd = htons(ARPHRD_ETHER);
	arp->arp_pro = htons(ETHERTYPE_IP);
	arp->arp_hln = ETH_ALEN;
	arp->arp_pln = sizeof(sender.in.sin_addr);
	arp->arp_op = htons(op);
	read_mac(a[0], arp->arp_sha);
	memcpy(arp->arp_spa, &sender.in.sin_addr, sizeof(arp->arp_spa));
	memcpy(arp->arp_tpa, &target.in.sin_addr, sizeof(arp->arp_tpa));
	if (op == ARPOP_REPLY)
		memcpy(arp->arp_tha, f->dst, ETH_ALEN);
	f->type = ETHERTYPE_ARP;
}

static void forge_arp(struct forgery *f, char **a)
{
	forge_arp_op(f, a, ARPOP_REQUEST);
}

static void forge_arp_reply(struct forgery *f, char **a)
{
	forge_arp_op(f, a, ARPOP_REPLY);
}

/* What all of IP begin with: SRC_MAC SRC_IP DST_MAC DST_IP */
static void ends(struct forgery *f, char **a, struct endpoint *src,
		 struct endpoint *dst)
{
	read_mac(a[0], f->src);
	*src = address(a[1]);
	read_mac(a[2], f->dst);
	*dst = address(a[3]);
}

static void close_ip(struct forgery *f, const struct endpoint *src,
		     const struct endpoint *dst, uint8_t next)
{
	if (f->headers && !is_ip6(dst))
		refuse("ext", "IPv6 only");
	while (f->headers--)
		push_options(&f->frame, &next);
	push_ip(&f->frame, src, dst, next);
	f->type = is_ip6(dst) ? ETHERTYPE_IPV6 : ETHERTYPE_IP;
}

/* The same, and PORT behind */
static void ends_with_ports(struct forgery *f, char **a, struct endpoint *src,
			    struct endpoint *dst)
{
	int port = f->options->port;

	ends(f, a, src, dst);
	set_port(src, port ? port : 40000);
	set_port(dst, read_number(a[4], 65535));
}

static void forge_udp(struct forgery *f, char **a)
{
	struct endpoint src, dst;

	ends_with_ports(f, a, &src, &dst);
	push_bytes(&f->frame, a[5], strlen(a[5]));
	push_udp(&f->frame, &src, &dst);
	close_ip(f, &src, &dst, IPPROTO_UDP);
}

static void forge_syn(struct forgery *f, char **a)
{
	struct endpoint src, dst;

	ends_with_ports(f, a, &src, &dst);
	push_syn(&f->frame, &src, &dst);
	close_ip(f, &src, &dst, IPPROTO_TCP);
}

static void close_discovery(struct forgery *f, const struct endpoint *src,
			    const struct endpoint *dst)
{
	if (!is_ip6(src) || !is_ip6(dst))
		refuse("neighbour discovery", "IPv6 only");
	push_icmp6(&f->frame, src, dst);
	close_ip(f, src, dst, IPPROTO_ICMPV6);
}

static void push_mac_option(struct forgery *f, int type, const uint8_t *mac)
{
	uint8_t *option = push(&f->frame, 8);

	option[0] = type;
	option[1] = 1;
	memcpy(option + 2, mac, ETH_ALEN);
}

static struct in6_addr address6(const char *text)
{
	struct endpoint e = address(text);

	if (!is_ip6(&e))
		refuse(text, "no IPv6 address");
	return e.in6.sin6_addr;
}

static void forge_na(struct forgery *f, char **a)
{
	struct nd_neighbor_advert *na;
	struct endpoint src, dst;
	uint8_t mac[ETH_ALEN];

	ends(f, a, &src, &dst);
	read_mac(a[5], mac);
	push_mac_option(f, ND_OPT_TARGET_LINKADDR, mac);
	na = push(&f->frame, sizeof(*na));
	na->nd_na_type = ND_NEIGHBOR_ADVERT;
	na->nd_na_flags_reserved = ND_NA_FLAG_OVERRIDE;
	na->nd_na_target = address6(a[4]);
	close_discovery(f, &src, &dst);
}

/* From ::, which asks whether an address is in use, without an option */
static void forge_ns(struct forgery *f, char **a)
{
	struct nd_neighbor_solicit *ns;
	struct endpoint src, dst;
	uint8_t mac[ETH_ALEN];

	ends(f, a, &src, &dst);
	read_mac(a[5] ? a[5] : a[0], mac);
	if (strcmp(a[1], "::"))
		push_mac_option(f, ND_OPT_SOURCE_LINKADDR, mac);
	ns = push(&f->frame, sizeof(*ns));
	ns->nd_ns_type = ND_NEIGHBOR_SOLICIT;
	ns->nd_ns_target = address6(a[4]);
	close_discovery(f, &src, &dst);
}

static void push_prefix(struct forgery *f, const char *prefix)
{
	struct nd_opt_prefix_info *info = push(&f->frame, sizeof(*info));

	info->nd_opt_pi_type = ND_OPT_PREFIX_INFORMATION;
	info->nd_opt_pi_len = sizeof(*info) / 8;
	info->nd_opt_pi_prefix_len = 64;
	info->nd_opt_pi_flags_reserved = ND_OPT_PI_FLAG_ONLINK |
					 ND_OPT_PI_FLAG_AUTO;
	info->nd_opt_pi_valid_time = htonl(3600);
	info->nd_opt_pi_preferred_time = htonl(3600);
	info->nd_opt_pi_prefix = address6(prefix);
}

static void forge_ra(struct forgery *f, char **a)
{
	struct nd_router_advert *ra;
	struct endpoint src, dst;

	ends(f, a, &src, &dst);
	if (a[4])
		push_prefix(f, a[4]);
	push_mac_option(f, ND_OPT_SOURCE_LINKADDR, f->src);
	ra = push(&f->frame, sizeof(*ra));
	ra->nd_ra_type = ND_ROUTER_ADVERT;
	ra->nd_ra_curhoplimit = 64;
	ra->nd_ra_router_lifetime = htons(1800);
	close_discovery(f, &src, &dst);
}

static const struct kind {
	const char *name;
	int least, most;	/* words */
	void (*forge)(struct forgery *f, char **a);
} kinds[] = {
	{ "arp", 3, 5, forge_arp },
	{ "arp-reply", 3, 5, forge_arp_reply },
	{ "udp", 6, 6, forge_udp },
	{ "syn", 5, 5, forge_syn },
	{ "na", 6, 6, forge_na },
	{ "ns", 5, 6, forge_ns },
	{ "ra", 4, 5, forge_ra },
};

static const struct kind *kind_of(char **a)
{
	const struct kind *k = kinds, *end = kinds + ARRAY_SIZE(kinds);
	int n = 0;

	if (!a[0])
		refuse("forge", "which kind of frame?");
	while (a[n + 1])
		n++;
	for (; k < end; k++) {
		if (strcmp(k->name, a[0]))
			continue;
		if (n < k->least || n > k->most)
			refuse(a[0], "too many words, or too few");
		return k;
	}
	refuse(a[0], "no such kind of frame");
}

/* [vlan ID]... [ext]... KIND ... */
static void make(struct forgery *f, char **a)
{
	int tags[MAX_TAGS], n = 0;

	clear(&f->frame);
	for (; a[0]; a++) {
		if (!strcmp(a[0], "vlan") && a[1] && n < MAX_TAGS)
			tags[n++] = read_number(*++a, 4095);
		else if (!strcmp(a[0], "ext"))
			f->headers++;
		else
			break;
	}
	kind_of(a)->forge(f, a + 1);
	if (f->headers > 0)
		refuse("ext", "IPv6 only");
	while (n--)
		push_vlan(&f->frame, tags[n], &f->type);
	push_ether(&f->frame, f->src, f->dst, f->type);
}

static int send_frame(const struct forgery *f, const char *dev)
{
	struct sockaddr_ll to = {
		.sll_family = AF_PACKET,
		.sll_ifindex = if_nametoindex(dev),
		.sll_halen = ETH_ALEN,
	};
	int fd = socket(AF_PACKET, SOCK_RAW, 0);
	size_t len = length(&f->frame);

	if (!to.sll_ifindex || fd < 0)
		die(dev);
	memcpy(to.sll_addr, f->dst, ETH_ALEN);
	if (sendto(fd, start(&f->frame), len, 0, (struct sockaddr *)&to,
		   sizeof(to)) != (ssize_t)len)
		die("send");
	close(fd);
	return 0;
}

static void send_in_tunnel(struct forgery *f, char **outer)
{
	struct endpoint src = address(outer[0]);
	struct endpoint dst = endpoint(outer[1], outer[2]);
	int fd = raw_socket(&dst);

	set_port(&src, 50000);
	push_vxlan(&f->frame, read_number(outer[3], 0xffffff));
	push_udp(&f->frame, &src, &dst);
	push_ip(&f->frame, &src, &dst, IPPROTO_UDP);
	if (!send_raw(fd, &f->frame, &dst))
		die("send");
	close(fd);
}

int forge(char **a, const struct options *o)
{
	int words = o->vxlan ? 4 : 1, times = o->count ? o->count : 1, i;
	struct forgery f;

	for (i = 0; i < words; i++)
		if (!a[i])
			refuse("forge", "too few words");
	while (times--) {
		memset(&f, 0, sizeof(f));
		f.options = o;
		make(&f, a + words);
		if (o->vxlan)
			send_in_tunnel(&f, a);
		else
			send_frame(&f, a[0]);
	}
	return 0;
}
