// SPDX-License-Identifier: GPL-2.0
/* What is an address, a prefix, a port and a number, and what is not. */
#include <string.h>

#include "tap.h"

struct row {
	const char *text, *want;	/* printed again, or why not */
};

typedef const char *(*reader)(const char *text);

static const char *read_addr(const char *text)
{
	struct addr a;
	const char *why = addr_parse(text, &a);

	return why ? why : prefix_str(&a, NULL);
}

static const char *read_prefix(const char *text)
{
	struct addr a;
	const char *why = prefix_parse(text, &a);

	return why ? why : prefix_str(&a, NULL);
}

static const char *read_port(const char *text)
{
	struct port p = { 0 };
	const char *why = port_parse(text, &p);

	return why ? why : port_str(&p, NULL);
}

static const char *read_published(const char *text)
{
	struct port p = { 0 };
	const char *why = port_parse_single(text, &p);

	return why ? why : port_published_str(&p, NULL);
}

static const char *read_conn_end(const char *text)
{
	static char buf[ADDR_STRLEN + sizeof("65535")];
	const char *why;
	struct conn_end e;

	why = conn_end_parse(text, &e);
	if (why)
		return why;
	snprintf(buf, sizeof(buf), "%s %u", prefix_str(&e.addr, NULL), e.port);
	return buf;
}

static const char *read_protocol(const char *text)
{
	const char *why;
	uint8_t proto;

	why = proto_parse(text, &proto);
	return why ? why : proto_str(proto);
}

static const char *read_listen(const char *text)
{
	struct listen l;
	const char *why = listen_parse(text, &l);

	return why ? why : listen_str(&l, NULL);
}

static const char *read_num(const char *text)
{
	static char buf[16];
	uint32_t n;
	const char *why = num_parse(text, 1, 4294967295, &n);

	if (why)
		return why;
	snprintf(buf, sizeof(buf), "%u", n);
	return buf;
}

static const char *read_name(const char *text)
{
	const char *why = name_parse(text);

	return why ? why : text;
}

#define NOT_IP	"is not an IP address; write one such as 10.11.0.4 or fd00:11::4"
#define NO_NUM \
	"is not a plain decimal number; give one from 1 to 4294967295, digits only"
#define NO_NET	"is not an IP subnet; write one such as 10.11.0.0/16 or fd00:11::/64"
#define PLEN	"has a bad prefix length; write a number from 1 to 32 after the slash"
#define PLEN6	"has a bad prefix length; write a number from 1 to 128 after the slash"
#define FORM	"write PUBLISHED:TARGET/PROTOCOL, such as 8080:80/tcp"
#define PROTO	"does not end in a protocol; write /tcp, /udp or /sctp after the port"

#define EVERYWHERE_HERE \
	"is no local address or device; leave listen out (or: listen all) for every local address"
#define NO_HOST	"stands for no host; give an address of a host"
#define LOOPBACK "is a loopback address; give one that other hosts can reach"
#define MULTICAST "is a multicast address; give an address of a host"
#define EVERYWHERE "give an address that is valid everywhere"
#define LINK_LOCAL \
	"is a link-local address, which means a host on one link only; " EVERYWHERE

static const struct row addrs[] = {
	{ "10.11.0.4", "10.11.0.4/32" },
	{ "10.11.0.04", NOT_IP },
	{ "10.11.0", NOT_IP },
	{ "10.11.0.4.5", NOT_IP },
	{ "10.11.0.256", NOT_IP },
	{ "10.11.0.4 ", NOT_IP },
	{ " 10.11.0.4", NOT_IP },
	{ "0x0a.11.0.4", NOT_IP },
	{ "168427524", NOT_IP },
	{ "", NOT_IP },
	{ "localhost", NOT_IP },
	{ "10.11.0.4/16", "has a prefix length, and one host has none; write 10.11.0.4" },
	{ "0.0.0.0", NO_HOST },
	{ "127.0.0.1", LOOPBACK },
	{ "169.254.1.1",
	  "is a link-local address; give one that other hosts can reach" },
	{ "169.253.1.1", "169.253.1.1/32" },
	{ "224.0.0.1", MULTICAST },
	{ "255.255.255.255", "is a reserved or broadcast address; give an address of a host" },
	{ "fd00:11::4", "fd00:11::4/128" },
	{ "FD00:0011:0:0:0:0:0:4", "fd00:11::4/128" },
	{ "2001:db8::1", "2001:db8::1/128" },
	{ "64:ff9b::10.11.0.4", "64:ff9b::a0b:4/128" },
	{ "fd00::4::1", NOT_IP },
	{ "fd00:11", NOT_IP },
	{ "fd00::12345", NOT_IP },
	{ "[fd00::4]", NOT_IP },
	{ "fd00::4 ", NOT_IP },
	{ ":", NOT_IP },
	{ "1111:2222:3333:4444:5555:6666:7777:8888:9999", NOT_IP },
	{ "0000000000000000000000000000000000000000000000000000000000::1", NOT_IP },
	{ "fd00:11::4/64", "has a prefix length, and one host has none; write fd00:11::4" },
	{ "fe80::1%eth0", "names a device after the '%'; leave it out, and " EVERYWHERE },
	{ "fe80::1", LINK_LOCAL },
	{ "febf:ffff::1", LINK_LOCAL },
	{ "fec0::1", "fec0::1/128" },
	{ "::", NO_HOST },
	{ "::1", LOOPBACK },
	{ "ff02::1", MULTICAST },
	{ "::ffff:10.11.0.4", "is an IPv4 address in IPv6 form; write 10.11.0.4" },
	{ "::ffff:a0b:4", "is an IPv4 address in IPv6 form; write 10.11.0.4" },
};

#define NO_PLEN \
	"has no prefix length; write a subnet such as 10.11.0.0/16 or fd00:11::/64"

static const struct row prefixes[] = {
	{ "10.11.0.0/16", "10.11.0.0/16" },
	{ "128.0.0.0/1", "128.0.0.0/1" },
	{ "10.11.0.5/32", "10.11.0.5/32" },
	{ "10.11.0.5/16",
	  "is not a network address, bits are set after the prefix; write 10.11.0.0/16" },
	{ "10.11.0.0", NO_PLEN },
	{ "10.11.0.0/", PLEN },
	{ "10.11.0.0/0", PLEN },
	{ "10.11.0.0/33", PLEN },
	{ "10.11.0.0/016", PLEN },
	{ "10.11.0.0/16/16", PLEN },
	{ "10.11/16", NO_NET },
	{ "/16", NO_NET },
	{ "10.11.0.0000000000000/16", NO_NET },
	{ "fd00::/64", "fd00::/64" },
	{ "8000::/1", "8000::/1" },
	{ "2001:DB8::/32", "2001:db8::/32" },
	{ "fd00::5/128", "fd00::5/128" },
	{ "fd00:11::5/64",
	  "is not a network address, bits are set after the prefix; write fd00:11::/64" },
	{ "fd00:11:0:8000::/65", "fd00:11:0:8000::/65" },
	{ "fd00:11:0:0:c000::/65",
	  "is not a network address, bits are set after the prefix; write fd00:11:0:0:8000::/65" },
	{ "fd00::", NO_PLEN },
	{ "fd00::/0", PLEN6 },
	{ "fd00::/129", PLEN6 },
	{ "fd00:::/64", NO_NET },
	{ "fd00::%eth0/64", NO_NET },
	{ "::ffff:10.11.0.0/112",
	  "is an IPv4 subnet in IPv6 form; write it as IPv4" },
};

#define LENGTHS \
	"has a target range of another length than the published one; make both alike, or give one target port"

static const struct row ports[] = {
	{ "8080:80/tcp", "8080:80/tcp" },
	{ "8080:80", "8080:80/tcp" },
	{ "53/udp", "53:53/udp" },
	{ "65535", "65535:65535/tcp" },
	{ "0", "has a published port out of range; give a number from 1 to 65535" },
	{ "65536", "has a published port out of range; give a number from 1 to 65535" },
	{ "99999999999999999999",
	  "has a published port out of range; give a number from 1 to 65535" },
	{ "80:0", "has a target port out of range; give a number from 1 to 65535" },
	{ "080", "has a published port that starts with a zero; write the number without it" },
	{ "80:", "lacks the target port; " FORM },
	{ ":80", "lacks the published port; " FORM },
	{ "", "lacks the published port; " FORM },
	{ "/tcp", "lacks the published port; " FORM },
	{ "http", "has a published port that is not a plain decimal number; " FORM },
	{ "80 /tcp", "has a published port that is not a plain decimal number; " FORM },
	{ "-80", "has a published port that is not a plain decimal number; " FORM },
	{ "80:80:80", "has a target port that is not a plain decimal number; " FORM },
	{ "80/", PROTO },
	{ "80/TCP", PROTO },
	{ "80/tcp ", PROTO },
	{ "80/tcp/udp", PROTO },
	{ "80/sctp", "80:80/sctp" },
	{ "8000-8099", "8000-8099:8000-8099/tcp" },
	{ "8000-8099:7000-7099/udp", "8000-8099:7000-7099/udp" },
	{ "8000-8099:80/sctp", "8000-8099:80/sctp" },
	{ "8000-8099:80-80", "8000-8099:80/tcp" },
	{ "80-80:90-90", "80:90/tcp" },
	{ "1-65535:1-65535/sctp", "1-65535:1-65535/sctp" },
	{ "8099-8000", "has a published range that runs backwards; write the smaller port first" },
	{ "80-81:91-90", "has a target range that runs backwards; write the smaller port first" },
	{ "8000-8099:7000-7098", LENGTHS },
	{ "8000-8099:7000-7100", LENGTHS },
	{ "80:90-91", LENGTHS },
	{ "8000-8099:65500-65599",
	  "has a target port out of range; give a number from 1 to 65535" },
	{ "8000-65536", "has a published port out of range; give a number from 1 to 65535" },
	{ "0-80", "has a published port out of range; give a number from 1 to 65535" },
	{ "8000-", "has a published range without an end; write both ports, such as 8000-8099" },
	{ "80-81:90-", "has a target range without an end; write both ports, such as 8000-8099" },
	{ "80-081", "has a published port that starts with a zero; write the number without it" },
	{ "80--81", "has a published port that is not a plain decimal number; " FORM },
	{ "80-81-82", "has a published port that is not a plain decimal number; " FORM },
	{ "80 - 81", "has a published port that is not a plain decimal number; " FORM },
	{ "80/0123456789012345678901234567890123456789012345678901234567890123456789",
	  "is not a port; " FORM },
};

static const struct row published[] = {
	{ "9100", "9100/tcp" },
	{ "9100-9110/sctp", "9100-9110/sctp" },
	{ "9100:9100", "names two ports; write one, such as 9100/tcp" },
};

static const struct row protocols[] = {
	{ "tcp", "tcp" },
	{ "udp", "udp" },
	{ "sctp", "sctp" },
	{ "", "is not a protocol; use tcp, udp or sctp" },
	{ "icmp", "is not a protocol; use tcp, udp or sctp" },
};

#define NOWHERE \
	"is neither an address nor a device; write one such as 192.0.2.10, 192.0.2.0/24 or eth0"

#define END	"write ADDRESS:PORT, such as 10.11.0.4:30940 or [fd00:11::4]:30940"
#define END_PORT \
	"has a port that is not a plain number from 1 to 65535; " END

static const struct row conn_ends[] = {
	{ "10.11.0.4:30940", "10.11.0.4/32 30940" },
	{ "10.11.0.4:1", "10.11.0.4/32 1" },
	{ "10.11.0.4:65535", "10.11.0.4/32 65535" },
	{ "[fd00:11::4]:30940", "fd00:11::4/128 30940" },
	{ "[FD00:11:0::4]:1", "fd00:11::4/128 1" },
	{ "[fd00:11:1111:2222:3333:4444:5555:6666]:65535",
	  "fd00:11:1111:2222:3333:4444:5555:6666/128 65535" },
	{ "", "lacks the port; " END },
	{ "10.11.0.4", "lacks the port; " END },
	{ "[fd00:11::4]", "lacks the port; " END },
	{ "10.11.0.4:", END_PORT },
	{ "[fd00:11::4]:", END_PORT },
	{ "10.11.0.4:0", END_PORT },
	{ "10.11.0.4:65536", END_PORT },
	{ "10.11.0.4:030940", END_PORT },
	{ "10.11.0.4:+1", END_PORT },
	{ "10.11.0.4:http", END_PORT },
	{ "10.11.0.4:80 ", END_PORT },
	{ "fd00:11::4:30940", "lacks the brackets of an IPv6 address; " END },
	{ "10.11.0.4:1:2", "lacks the brackets of an IPv6 address; " END },
	{ "[10.11.0.4]:30940", "is not an address and a port; " END },
	{ "[fd00:11::4:30940", "is not an address and a port; " END },
	{ "[fd00:11::4]30940", "is not an address and a port; " END },
	{ "[]:30940", "is not an address and a port; " END },
	{ "[fd00:11:1111:2222:3333:4444:5555:6666:7777:8888]:65535555555555555555",
	  "is not an address and a port; " END },
	{ ":30940", NOT_IP },
	{ "web.1:30940", NOT_IP },
	{ "[::g]:30940", NOT_IP },
	{ "0.0.0.0:30940", NO_HOST },
	{ "[::1]:30940", LOOPBACK },
	{ "10.11.0.4/16:30940",
	  "has a prefix length, and one host has none; write 10.11.0.4" },
};

static const struct row listens[] = {
	{ "192.0.2.10", "192.0.2.10" },
	{ "192.0.2.10/32", "192.0.2.10" },
	{ "192.0.2.0/25", "192.0.2.0/25" },
	{ "2001:DB8::10", "2001:db8::10" },
	{ "2001:db8::10/128", "2001:db8::10" },
	{ "2001:db8::/64", "2001:db8::/64" },
	{ "127.0.0.1", "127.0.0.1" },
	{ "::1", "::1" },
	{ "eth0", "eth0" },
	{ "lo", "lo" },
	{ "eth0.100", "eth0.100" },
	{ "br-0123456789ab", "br-0123456789ab" },
	{ "br-0123456789abc", "has 16 characters; a device name has at most 15" },
	{ "all", "is no device; leave listen out for all local addresses" },
	{ "", NOWHERE },
	{ ".", NOT_IP },
	{ "-eth0", NOWHERE },
	{ "eth 0", NOWHERE },
	{ "eth/0", NOWHERE },
	{ "eth\t0", NOWHERE },
	{ "\303\251th0", NOWHERE },
	{ "eth0:1", NOT_IP },
	{ "192.0.2", NOT_IP },
	{ "192.0.2.1/24",
	  "is not a network address, bits are set after the prefix; write 192.0.2.0/24" },
	{ "0.0.0.0", EVERYWHERE_HERE },
	{ "::", EVERYWHERE_HERE },
	{ "any", EVERYWHERE_HERE },
	{ "none", EVERYWHERE_HERE },
	{ "0::0", NO_HOST },
	{ "224.0.0.1", MULTICAST },
	{ "fe80::1", LINK_LOCAL },
};

static const struct row nums[] = {
	{ "1", "1" },
	{ "4294967295", "4294967295" },
	{ "4294967296", "is out of range; give a number from 1 to 4294967295" },
	{ "18446744073709551617", "is out of range; give a number from 1 to 4294967295" },
	{ "0", "is out of range; give a number from 1 to 4294967295" },
	{ "01", "starts with a zero; write the number without it" },
	{ "", NO_NUM },
	{ "-1", NO_NUM },
	{ "+1", NO_NUM },
	{ "0x10", NO_NUM },
	{ "1_000", NO_NUM },
	{ "1e3", NO_NUM },
	{ "1 ", NO_NUM },
	{ "1.0", NO_NUM },
};

#define NAME_40	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define NAME_23	"bbbbbbbbbbbbbbbbbbbbbbb"
#define NO_NAME	"is not a name; use letters, digits, '.', '_' and '-' only"

static const struct row names[] = {
	{ "web.1_a-B", "web.1_a-B" },
	{ NAME_40 NAME_23, NAME_40 NAME_23 },
	{ NAME_40 NAME_23 "c", "has 64 characters; a name has 63 at most" },
	{ "", "is empty; a name is 1 to 63 letters, digits, '.', '_' or '-'" },
	{ "-web", "starts with '-', as options do; start it with a letter or a digit" },
	{ "a b", NO_NAME },
	{ "a/b", NO_NAME },
	{ "w\303\251b", NO_NAME },
};

static void table(const char *kind, reader read, const struct row *rows,
		  size_t n)
{
	char name[128];
	size_t i;

	for (i = 0; i < n; i++) {
		const char *have = read(rows[i].text);

		snprintf(name, sizeof(name), "%s \"%s\"", kind, rows[i].text);
		ok(!strcmp(have, rows[i].want), name);
		if (strcmp(have, rows[i].want))
			fprintf(stderr, "# have: %s\n# want: %s\n", have,
				rows[i].want);
	}
}

static struct addr net(const char *text)
{
	struct addr a = { 0 };

	prefix_parse(text, &a);
	return a;
}

static void test_relations(void)
{
	struct addr n16 = net("10.11.0.0/16"), n20 = net("10.11.16.0/20");
	struct addr other = net("10.12.0.0/16"), n30 = net("10.0.0.4/30");
	struct addr a = ip("10.11.16.1"), out;

	ok(addr_in(&a, &n16) && addr_in(&a, &n20), "in both subnets");
	ok(!addr_in(&a, &other), "outside of the other subnet");
	ok(addr_overlap(&n16, &n20) && addr_overlap(&n20, &n16),
	   "one subnet in another overlaps, either way round");
	ok(!addr_overlap(&n16, &other), "neighbours do not overlap");
	ok(addr_nth(&n30, 2, &out) && !strcmp(prefix_str(&out, NULL), "10.0.0.6/32"),
	   "the second host of a /30");
	ok(!addr_nth(&n30, 3, &out) && !addr_nth(&n30, 0, &out) &&
	   !addr_nth(&n30, 4, &out), "a /30 has no third host");
	a = ip("10.11.255.255");
	ok(addr_is_edge(&a, &n16), "the broadcast address is an edge");
	a = ip("10.11.16.0");
	ok(addr_is_edge(&a, &n20) && !addr_is_edge(&a, &n16),
	   "a network address is an edge of its own subnet only");
	ok(addr_cmp(&n16, &n20) < 0 && addr_cmp(&n20, &n16) > 0 &&
	   !addr_cmp(&a, &n20), "addresses are ordered by their bytes");
	ok(addr_same(&a, &n20), "the prefix length makes no other address");
}

static void test_v6_relations(void)
{
	struct addr n64 = net("fd00:11::/64"), n126 = net("fd00::4/126");
	struct addr v4 = net("10.11.0.0/16"), a = ip("fd00:11::a0b:c"), out;

	ok(addr_in(&a, &n64) && !addr_in(&a, &n126), "in its IPv6 subnet only");
	ok(!addr_in(&a, &v4) && !addr_overlap(&n64, &v4),
	   "families have nothing in common");
	ok(addr_nth(&n64, 0xffffffff, &out) &&
	   !strcmp(prefix_str(&out, NULL), "fd00:11::ffff:ffff/128"),
	   "the number goes into the last four bytes");
	ok(addr_nth(&n126, 3, &out) && !strcmp(addr_str(&out, NULL), "fd00::7"),
	   "the highest IPv6 address is one like others");
	ok(!addr_nth(&n126, 0, &out) && !addr_nth(&n126, 4, &out),
	   "the lowest is not, and outside is outside");
}

static void test_graft(void)
{
	struct addr to64 = net("fd00:18::/64"), to112 = net("fd00:18::/112");
	struct addr to30 = net("172.18.0.4/30"), to16 = net("172.18.0.0/16");
	struct addr a = ip("fd00:11::1:c"), b = ip("10.11.0.13"), out;

	ok(addr_graft(&to64, &a, 64, &out) &&
	   !strcmp(prefix_str(&out, NULL), "fd00:18::1:c/128"),
	   "the host part moves to another subnet");
	ok(!addr_graft(&to112, &a, 64, &out), "unless it is too long for it");
	ok(addr_graft(&to112, &a, 112, &out) &&
	   !strcmp(addr_str(&out, NULL), "fd00:18::c"),
	   "what is not of the host stays behind");
	ok(addr_graft(&to16, &b, 16, &out) &&
	   !strcmp(addr_str(&out, NULL), "172.18.0.13"), "likewise for IPv4");
	ok(!addr_graft(&to30, &b, 16, &out), "no bits over bits of the subnet");
	b = ip("10.11.0.3");
	ok(!addr_graft(&to30, &b, 30, &out), "no broadcast address");
}

static void test_dual(void)
{
	struct dual both = { { ip("10.11.0.12"), ip("fd00:11::c") } };
	struct dual four = { { ip("10.11.0.12") } }, six = { 0 }, none = { 0 };
	uint8_t mac[6], tail[4];

	six.v[family_index(AF_INET6)] = ip("fd00:11::1.2.3.4");
	ok(dual_first(&both)->family == AF_INET &&
	   dual_first(&six)->family == AF_INET6 && !dual_first(&none),
	   "IPv4 is the first of two");
	ok(dual_same(&both, &both) && !dual_same(&both, &four) &&
	   !dual_same(&four, &six) && dual_same(&none, &none),
	   "two are the same if both addresses are");
	four.v[0].plen = 16;
	both.v[1] = none.v[1];
	ok(dual_same(&both, &four), "whatever their prefix lengths");
	addr_tail(&six, tail);
	ok(!memcmp(tail, "\1\2\3\4", 4), "the last four bytes of IPv6");
	endpoint_mac(&both, mac);
	ok(!memcmp(mac, "\2\102\12\13\0\14", 6), "the MAC of an address");
}

int main(void)
{
	table("address", read_addr, addrs, ARRAY_SIZE(addrs));
	table("prefix", read_prefix, prefixes, ARRAY_SIZE(prefixes));
	table("port", read_port, ports, ARRAY_SIZE(ports));
	table("published", read_published, published, ARRAY_SIZE(published));
	table("end", read_conn_end, conn_ends, ARRAY_SIZE(conn_ends));
	table("protocol", read_protocol, protocols, ARRAY_SIZE(protocols));
	table("listen", read_listen, listens, ARRAY_SIZE(listens));
	table("number", read_num, nums, ARRAY_SIZE(nums));
	table("name", read_name, names, ARRAY_SIZE(names));
	test_relations();
	test_v6_relations();
	test_graft();
	test_dual();
	return tap_end();
}
