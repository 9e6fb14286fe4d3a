// SPDX-License-Identifier: GPL-2.0
/* What passes a device */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/icmp6.h>
#include <netinet/if_ether.h>
#include <netinet/ip.h>
#include <netinet/ip6.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "peer.h"

#define MAX_FILTERS	16

/* What of a packet is left to look at: it may be cut off anywhere. */
struct bytes {
	const uint8_t *at;
	size_t len;
};

struct seen {
	size_t len;
	bool out, gso, has_ports;
	uint8_t src_mac[ETH_ALEN], dst_mac[ETH_ALEN];
	int type, vlan;		/* vlan: -1 without a tag */
	char what[24];
	struct endpoint src, dst, target;
	int src_port, dst_port;	/* or the type and the code of ICMP, or -1 */
};

static const void *pull(struct bytes *b, size_t len)
{
	const uint8_t *at = b->at;

	if (len > b->len)
		return NULL;
	b->at += len;
	b->len -= len;
	return at;
}

static void see_arp(struct seen *s, struct bytes b)
{
	const struct ether_arp *arp = pull(&b, sizeof(*arp));

	if (!arp)
		return;
	strcpy(s->what, ntohs(arp->arp_op) == ARPOP_REQUEST ? "arp-request" :
	       "arp-reply");
	set_address(&s->src, AF_INET, arp->arp_spa);
	set_address(&s->dst, AF_INET, arp->arp_tpa);
}

static void see_discovery(struct seen *s, struct bytes b)
{
	static const char * const names[] = { "rs", "ra", "ns", "na",
					      "nd-redirect" };
	const struct nd_neighbor_solicit *nd = (const void *)b.at;

	strcpy(s->what, names[s->src_port - ND_ROUTER_SOLICIT]);
	if (b.len >= sizeof(*nd) && (s->src_port == ND_NEIGHBOR_SOLICIT ||
				     s->src_port == ND_NEIGHBOR_ADVERT))
		set_address(&s->target, AF_INET6, &nd->nd_ns_target);
}

static void see_icmp(struct seen *s, struct bytes b, bool six)
{
	strcpy(s->what, six ? "icmp6" : "icmp");
	if (b.len < 2)
		return;
	s->src_port = b.at[0];
	s->dst_port = b.at[1];
	if (six && s->src_port >= ND_ROUTER_SOLICIT &&
	    s->src_port <= ND_REDIRECT)
		see_discovery(s, b);
}

static void see_ports(struct seen *s, struct bytes b)
{
	const uint16_t *ports = pull(&b, 4);

	if (!ports)
		return;
	s->src_port = ntohs(ports[0]);
	s->dst_port = ntohs(ports[1]);
	s->has_ports = true;
}

/* Of a fragment that is not the first, the protocol alone is known. */
static void see_payload(struct seen *s, struct bytes b, int number, bool later)
{
	if (later)
		b.len = 0;
	switch (number) {
	case IPPROTO_ICMP:
	case IPPROTO_ICMPV6:
		see_icmp(s, b, number == IPPROTO_ICMPV6);
		return;
	case IPPROTO_TCP:
		strcpy(s->what, "tcp");
		break;
	case IPPROTO_UDP:
		strcpy(s->what, "udp");
		break;
	case IPPROTO_SCTP:
		strcpy(s->what, "sctp");
		break;
	default:
		snprintf(s->what, sizeof(s->what), "ip-%d", number);
		return;
	}
	see_ports(s, b);
}

static void see_ip4(struct seen *s, struct bytes b)
{
	const struct iphdr *ip = pull(&b, sizeof(*ip));

	if (!ip || ip->ihl < 5 || !pull(&b, ip->ihl * 4 - sizeof(*ip)))
		return;
	set_address(&s->src, AF_INET, &ip->saddr);
	set_address(&s->dst, AF_INET, &ip->daddr);
	see_payload(s, b, ip->protocol, ntohs(ip->frag_off) & IP_OFFMASK);
}

static void see_ip6(struct seen *s, struct bytes b)
{
	const struct ip6_hdr *ip = pull(&b, sizeof(*ip));
	bool later = false;
	int next;

	if (!ip)
		return;
	set_address(&s->src, AF_INET6, &ip->ip6_src);
	set_address(&s->dst, AF_INET6, &ip->ip6_dst);
	next = ip->ip6_nxt;
	while (!later && (next == IPPROTO_HOPOPTS || next == IPPROTO_ROUTING ||
			  next == IPPROTO_DSTOPTS ||
			  next == IPPROTO_FRAGMENT)) {
		const uint8_t *ext = pull(&b, 8);

		if (!ext)
			return;
		if (next == IPPROTO_FRAGMENT)
			later = (ext[2] << 8 | ext[3]) & 0xfff8;
		else if (!pull(&b, ext[1] * 8))
			return;
		next = ext[0];
	}
	see_payload(s, b, next, later);
}

static void see(struct seen *s, const void *data, size_t len)
{
	struct bytes b = { data, len };
	const struct ether_header *eth = pull(&b, sizeof(*eth));
	const uint16_t *tag;

	if (!eth)
		return;
	memcpy(s->src_mac, eth->ether_shost, ETH_ALEN);
	memcpy(s->dst_mac, eth->ether_dhost, ETH_ALEN);
	s->type = ntohs(eth->ether_type);
	/* A tag that the kernel has not taken out, as the inner one of two */
	while (s->type == ETHERTYPE_VLAN && (tag = pull(&b, 4))) {
		if (s->vlan < 0)
			s->vlan = ntohs(tag[0]) & 0xfff;
		s->type = ntohs(tag[1]);
	}
	if (s->type == ETHERTYPE_ARP)
		see_arp(s, b);
	else if (s->type == ETHERTYPE_IP)
		see_ip4(s, b);
	else if (s->type == ETHERTYPE_IPV6)
		see_ip6(s, b);
}

/* --- filters ---------------------------------------------------------------- */

struct filter {
	struct endpoint hosts[MAX_FILTERS];
	uint8_t macs[MAX_FILTERS][ETH_ALEN];
	const char *kinds[MAX_FILTERS];
	int ports[MAX_FILTERS];
	int n_hosts, n_macs, n_kinds, n_ports;
};

static const char * const kinds[] = { "arp", "nd", "tcp", "udp", "sctp",
				      "icmp", "icmp6" };

static bool is_kind(const char *word)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(kinds); i++)
		if (!strcmp(word, kinds[i]))
			return true;
	return false;
}

static void read_filter(struct filter *f, char **a)
{
	int words = 0;

	for (; a[0]; a++) {
		if (++words > MAX_FILTERS)
			refuse(a[0], "too many filters");
		if (is_kind(a[0]))
			f->kinds[f->n_kinds++] = a[0];
		else if (!a[1])
			refuse(a[0], "no such filter");
		else if (!strcmp(a[0], "host"))
			f->hosts[f->n_hosts++] = address(*++a);
		else if (!strcmp(a[0], "port"))
			f->ports[f->n_ports++] = read_number(*++a, 65535);
		else if (!strcmp(a[0], "mac"))
			read_mac(*++a, f->macs[f->n_macs++]);
		else
			refuse(a[0], "no such filter");
	}
}

static bool has_kind(const struct seen *s, const char *kind)
{
	if (!strcmp(kind, "arp"))
		return s->type == ETHERTYPE_ARP;
	if (!strcmp(kind, "nd"))
		return !strcmp(s->what, "rs") || !strcmp(s->what, "ra") ||
		       !strcmp(s->what, "ns") || !strcmp(s->what, "na") ||
		       !strcmp(s->what, "nd-redirect");
	return !strcmp(s->what, kind);
}

static bool has_one_kind(const struct seen *s, const struct filter *f)
{
	int i;

	for (i = 0; i < f->n_kinds; i++)
		if (has_kind(s, f->kinds[i]))
			return true;
	return !f->n_kinds;
}

/* All hosts, ports and MACs that are named, and one of the kinds */
static bool passes(const struct seen *s, const struct filter *f)
{
	int i;

	for (i = 0; i < f->n_hosts; i++)
		if (!same_address(&s->src, &f->hosts[i]) &&
		    !same_address(&s->dst, &f->hosts[i]) &&
		    !same_address(&s->target, &f->hosts[i]))
			return false;
	for (i = 0; i < f->n_ports; i++)
		if (!s->has_ports || (s->src_port != f->ports[i] &&
				      s->dst_port != f->ports[i]))
			return false;
	for (i = 0; i < f->n_macs; i++)
		if (memcmp(s->src_mac, f->macs[i], ETH_ALEN) &&
		    memcmp(s->dst_mac, f->macs[i], ETH_ALEN))
			return false;
	return has_one_kind(s, f);
}

/* --- output ----------------------------------------------------------------- */

static void print_mac(const uint8_t *mac)
{
	printf(" %02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1], mac[2],
	       mac[3], mac[4], mac[5]);
}

static void print_address(const struct endpoint *e)
{
	char text[ADDRESS_TEXT] = "-";

	if (e->sa.sa_family)
		write_address(e, text);
	printf(" %s", text);
}

static void print_number(int n)
{
	if (n < 0)
		printf(" -");
	else
		printf(" %d", n);
}

static void print(const struct seen *s)
{
	printf("%s %zu %s", s->out ? "out" : "in", s->len, s->gso ? "gso" : "-");
	print_mac(s->src_mac);
	print_mac(s->dst_mac);
	printf(" %04x", s->type);
	print_number(s->vlan);
	printf(" %s", s->what);
	print_address(&s->src);
	print_number(s->src_port);
	print_address(&s->dst);
	print_number(s->dst_port);
	print_address(&s->target);
	puts("");
	fflush(stdout);
}

/* --- the device -------------------------------------------------------------- */

static int open_device(const char *dev, int *mtu)
{
	struct packet_mreq promiscuous = {
		.mr_ifindex = if_nametoindex(dev),
		.mr_type = PACKET_MR_PROMISC,
	};
	struct sockaddr_ll at = {
		.sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_ALL),
		.sll_ifindex = promiscuous.mr_ifindex,
	};
	int fd = socket(AF_PACKET, SOCK_RAW, 0), on = 1, room = 8 << 20;
	struct ifreq ifr = { 0 };

	snprintf(ifr.ifr_name, sizeof(ifr.ifr_name), "%s", dev);
	if (fd < 0 || !at.sll_ifindex || ioctl(fd, SIOCGIFMTU, &ifr) ||
	    setsockopt(fd, SOL_PACKET, PACKET_AUXDATA, &on, sizeof(on)) ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room)) ||
	    setsockopt(fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &promiscuous,
		       sizeof(promiscuous)) ||
	    bind(fd, (struct sockaddr *)&at, sizeof(at)))
		die(dev);
	*mtu = ifr.ifr_mtu;
	return fd;
}

/* The kernel has taken the outer tag out of the frame. */
static int tag_of(struct msghdr *msg)
{
	struct cmsghdr *c;

	for (c = CMSG_FIRSTHDR(msg); c; c = CMSG_NXTHDR(msg, c)) {
		const struct tpacket_auxdata *aux = (void *)CMSG_DATA(c);

		if (c->cmsg_level == SOL_PACKET &&
		    c->cmsg_type == PACKET_AUXDATA &&
		    aux->tp_status & TP_STATUS_VLAN_VALID)
			return aux->tp_vlan_tci & 0xfff;
	}
	return -1;
}

static bool receive(int fd, int mtu, struct seen *s)
{
	static uint8_t data[2048];
	char control[256];
	struct sockaddr_ll from = { 0 };
	struct iovec iov = { data, sizeof(data) };
	struct msghdr msg = {
		.msg_name = &from, .msg_namelen = sizeof(from),
		.msg_iov = &iov, .msg_iovlen = 1,
		.msg_control = control, .msg_controllen = sizeof(control),
	};
	ssize_t len = recvmsg(fd, &msg, MSG_TRUNC | MSG_DONTWAIT);

	if (len < 0)
		return false;
	*s = (struct seen) {
		.len = len, .src_port = -1, .dst_port = -1, .what = "-",
		.vlan = tag_of(&msg),
		.out = from.sll_pkttype == PACKET_OUTGOING,
		/* A tag comes on top of the MTU. */
		.gso = len > (ssize_t)sizeof(struct ether_header) + 4 + mtu,
	};
	see(s, data, (size_t)len < sizeof(data) ? (size_t)len : sizeof(data));
	return true;
}

static volatile sig_atomic_t stopped;

static void stop(int sig)
{
	(void)sig;
	stopped = 1;
}

static void print_missed(int fd)
{
	struct tpacket_stats stats = { 0 };
	socklen_t len = sizeof(stats);

	getsockopt(fd, SOL_PACKET, PACKET_STATISTICS, &stats, &len);
	if (stats.tp_drops)
		printf("%u missed\n", stats.tp_drops);
}

struct totals {
	unsigned long packets, bytes, largest;
};

static void count(struct totals *t, const struct seen *s)
{
	t->packets++;
	t->bytes += s->len;
	if (s->len > t->largest)
		t->largest = s->len;
}

static bool enough(const struct totals *t, const struct options *o)
{
	return o->count && t->packets >= (unsigned long)o->count;
}

int sniff(char **a, const struct options *o)
{
	long end = now_ms() + 1000L * read_number(a[1], 1000000);
	struct filter filter = { 0 };
	struct totals totals = { 0 };
	struct pollfd p = { .events = POLLIN };
	struct seen s;
	int mtu, fd;

	read_filter(&filter, a + 2);
	fd = open_device(a[0], &mtu);
	p.fd = fd;
	signal(SIGTERM, stop);
	tell(0, "listening");
	while (!enough(&totals, o) && now_ms() < end) {
		if (!receive(fd, mtu, &s)) {
			if (stopped)
				break;
			poll(&p, 1, 100);
			continue;
		}
		if (!passes(&s, &filter))
			continue;
		count(&totals, &s);
		if (!o->tally)
			print(&s);
	}
	if (o->tally)
		printf("%lu packets, %lu bytes, largest %lu\n", totals.packets,
		       totals.bytes, totals.largest);
	print_missed(fd);
	return o->count && !enough(&totals, o) ? 1 : 0;
}
