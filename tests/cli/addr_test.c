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

#define V6	"is IPv6, which this version does not carry; use an IPv4 address"
#define NOT_V4	"is not an IPv4 address; write one such as 10.11.0.4"
#define NO_NUM \
	"is not a plain decimal number; give one from 1 to 4294967295, digits only"
#define NO_NET	"is not an IPv4 subnet; write one such as 10.11.0.0/16"
#define PLEN	"has a bad prefix length; write a number from 1 to 32 after the slash"
#define FORM	"write PUBLISHED:TARGET/PROTOCOL, such as 8080:80/tcp"
#define PROTO	"does not end in a protocol; write /tcp or /udp after the port"

static const struct row addrs[] = {
	{ "10.11.0.4", "10.11.0.4/32" },
	{ "10.11.0.04", NOT_V4 },
	{ "10.11.0", NOT_V4 },
	{ "10.11.0.4.5", NOT_V4 },
	{ "10.11.0.256", NOT_V4 },
	{ "10.11.0.4 ", NOT_V4 },
	{ " 10.11.0.4", NOT_V4 },
	{ "0x0a.11.0.4", NOT_V4 },
	{ "168427524", NOT_V4 },
	{ "", NOT_V4 },
	{ "localhost", NOT_V4 },
	{ "10.11.0.4/16", "has a prefix length, and one host has none; write 10.11.0.4" },
	{ "::1", V6 },
	{ "::ffff:10.11.0.4", V6 },
	{ "0.0.0.0", "stands for no host; give an address of a host" },
	{ "127.0.0.1", "is a loopback address; give one that other hosts can reach" },
	{ "224.0.0.1", "is a multicast address; give an address of a host" },
	{ "255.255.255.255", "is a reserved or broadcast address; give an address of a host" },
};

static const struct row prefixes[] = {
	{ "10.11.0.0/16", "10.11.0.0/16" },
	{ "128.0.0.0/1", "128.0.0.0/1" },
	{ "10.11.0.5/32", "10.11.0.5/32" },
	{ "10.11.0.5/16",
	  "is not a network address, bits are set after the prefix; write 10.11.0.0/16" },
	{ "10.11.0.0", "has no prefix length; write a subnet such as 10.11.0.0/16" },
	{ "10.11.0.0/", PLEN },
	{ "10.11.0.0/0", PLEN },
	{ "10.11.0.0/33", PLEN },
	{ "10.11.0.0/016", PLEN },
	{ "10.11.0.0/16/16", PLEN },
	{ "10.11/16", NO_NET },
	{ "/16", NO_NET },
	{ "10.11.0.0000000000000/16", NO_NET },
	{ "fd00::/64", V6 },
};

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
	{ "80/sctp", "asks for sctp, which this version does not carry; use tcp or udp" },
	{ "80/0123456789012345678901234567890123456789012345678901234567890123456789",
	  "is not a port; " FORM },
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

int main(void)
{
	table("address", read_addr, addrs, ARRAY_SIZE(addrs));
	table("prefix", read_prefix, prefixes, ARRAY_SIZE(prefixes));
	table("port", read_port, ports, ARRAY_SIZE(ports));
	table("number", read_num, nums, ARRAY_SIZE(nums));
	table("name", read_name, names, ARRAY_SIZE(names));
	test_relations();
	return tap_end();
}
