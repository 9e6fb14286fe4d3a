// SPDX-License-Identifier: GPL-2.0
/*
 * peer: what the tests do in other namespaces, and both ends of their traffic.
 * One static program does it all, because starting a process is what takes the
 * time of a test in an emulated or debugging kernel.
 *
 * The usage is below.  An ADDR is an IPv4 or IPv6 address or a name of
 * /etc/hosts, of whose lines the first counts; a PROTO is tcp, udp or sctp.
 *
 * -P enters the network and mount namespaces of a process, -N then a network
 * namespace by its name or path.  machine makes a process with such namespaces
 * of its own, a /run of its own and the file HOSTS as /etc/hosts, and prints
 * its id.  nobody runs a command without any privilege.
 *
 * serve answers until it is killed, from the background: it returns once it
 * listens, having printed its process id.  It listens on all addresses of both
 * families, or on the one that -b names: an SCTP server on all addresses
 * announces all of them to its client, one on -b that one alone.
 *
 * Of the verbs that connect, -b chooses the address and -p the port they come
 * from; an SCTP client with -b announces that address alone.  -t is how long
 * they wait for a connection, and for each answer.  ask prints one line per
 * request: what the server said, or why there is no answer (refused, reset,
 * timeout, unreachable); with -c only which answer came how often.  talk
 * connects, says so, and then sends a request over that one connection for each
 * line that comes through FIFO, which it holds open at both ends.  many opens
 * COUNT connections at once from as many source ports, the first of which is
 * FIRST, and prints how many were answered and how many segments TCP has sent
 * twice.  send and fetch move data that the receiving end verifies.  flood asks
 * until it is killed.  many, send and fetch do it by TCP if no PROTO is named.
 *
 * big sends messages of BYTES (32 to 60000; by UDP, datagrams), one after the
 * other, and prints how many the server has verified and sent back whole, as
 * "N of COUNT whole", with ", N damaged" behind it if any came back otherwise.
 * Nothing is sent again.
 *
 * burst sends the first packets of COUNT connections (UDP: a request; TCP: SYN;
 * SCTP: INIT), as fast as it can, from SRC, which need not be an address of its
 * own, and the ports FIRST and after, without a socket for any of them, and
 * prints "N sent".
 *
 * forge sends one frame, or with -n so many, on DEV; or with -vxlan in a packet
 * of VXLAN that claims to come from the tunnel end SRC, to the end ADDR.  Of
 * arp, SRC_MAC is SENDER_MAC and DST_MAC all ones if they are not given; udp
 * and syn, the first of TCP, come from port 40000 or -p; na has the override
 * flag; ns tells SOURCE_LLADDR, or SRC_MAC; ra says that SRC is a router, for
 * half an hour, and that PREFIX, a /64, is on the link and to be used.  Each
 * vlan puts the frame into a VLAN, the first is the outermost; each ext puts an
 * IPv6 header of destination options in front.
 *
 * sniff says "listening", and then prints a line per frame that passes DEV in
 * either direction, until SECONDS have passed, -n frames have been printed or it
 * is told to terminate:
 *
 *	in|out LENGTH gso|- SRC_MAC DST_MAC ETHERTYPE VLAN WHAT
 *		SRC SRC_PORT DST DST_PORT TARGET
 *
 * gso stands for a frame longer than the MTU of DEV allows, which is going to
 * be cut later.  WHAT is tcp, udp, sctp, icmp, icmp6, rs, ra, ns, na,
 * nd-redirect, arp-request, arp-reply or ip-NUMBER; a fragment after the first
 * has no ports; ICMP has its type and its code in their place; TARGET is what
 * ns and na are about; what there is not is "-".  A frame is looked at if it has
 * every host (SRC, DST or TARGET), port and MAC that is named, and is of one of
 * the kinds that are named.  -c prints, in the end, only
 * "N packets, N bytes, largest N".  "N missed" follows if there were more than
 * it could read.  With -n it fails if it has not seen so many.
 *
 * A request is a line: "who" is answered by NAME, ADDRESS and PORT of the
 * client as the server sees them; "take N" announces N bytes, "give N" asks
 * for them; "big" is told about in peer.h.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <getopt.h>
#include <grp.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "peer.h"

static const char usage_text[] =
"usage:	peer [-P PID] [-N NETNS] VERB ...\n"
"	peer machine HOSTS\n"
"	peer run|nobody COMMAND...\n"
"	peer serve [-b IP] NAME PROTO PORT\n"
"	peer ask [-c] [-n COUNT] [-b IP] [-p PORT] [-t MS] PROTO ADDR PORT\n"
"	peer talk [-b IP] [-p PORT] [-t MS] FIFO PROTO ADDR PORT\n"
"	peer many [-b IP] [-p FIRST] [-t MS] COUNT [PROTO] ADDR PORT\n"
"	peer send [-b IP] [-p PORT] [-t MS] [-r BYTES_PER_SECOND]\n"
"		BYTES [tcp|sctp] ADDR PORT\n"
"	peer fetch [-b IP] [-p PORT] [-t MS] BYTES [tcp|sctp] ADDR PORT\n"
"	peer flood [-b IP] PROTO ADDR PORT\n"
"	peer big [-b IP] [-p PORT] [-t MS] PROTO ADDR PORT BYTES [COUNT]\n"
"	peer burst PROTO SRC FIRST COUNT ADDR PORT\n"
"	peer forge [-n COUNT] [-p SRC_PORT] DEV FRAME\n"
"	peer forge [-n COUNT] [-p SRC_PORT] -vxlan SRC ADDR PORT VNI FRAME\n"
"		FRAME := [vlan ID]... [ext]... KIND\n"
"		KIND := arp SENDER_MAC SENDER TARGET [SRC_MAC [DST_MAC]]\n"
"			arp-reply SENDER_MAC SENDER TARGET [SRC_MAC [DST_MAC]]\n"
"			udp SRC_MAC SRC DST_MAC DST PORT TEXT\n"
"			syn SRC_MAC SRC DST_MAC DST PORT\n"
"			na SRC_MAC SRC DST_MAC DST TARGET TARGET_LLADDR\n"
"			ns SRC_MAC SRC DST_MAC DST TARGET [SOURCE_LLADDR]\n"
"			ra SRC_MAC SRC DST_MAC DST [PREFIX]\n"
"	peer sniff [-c] [-n COUNT] DEV SECONDS [FILTER]...\n"
"		FILTER := host IP | port PORT | mac MAC |\n"
"			arp | nd | tcp | udp | sctp | icmp | icmp6\n";

int timeout_ms = 5000;

void die(const char *what)
{
	perror(what);
	exit(2);
}

void refuse(const char *what, const char *why)
{
	fprintf(stderr, "%s: %s\n", what, why);
	exit(2);
}

long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int read_number(const char *text, int max)
{
	char *end;
	long n = strtol(text, &end, 10);

	if (end == text || *end || n < 0 || n > max)
		refuse(text, "no such number");
	return n;
}

static int usage(void)
{
	fputs(usage_text, stderr);
	return 2;
}

static const struct verb {
	const char *name;
	int least, most;	/* words */
	int (*run)(char **a, const struct options *o);
} verbs[] = {
	{ "machine", 1, 1, machine },
	{ "serve", 3, 3, serve },
	{ "ask", 3, 3, ask },
	{ "talk", 4, 4, talk },
	{ "many", 3, 4, many },
	{ "send", 3, 4, send_data },
	{ "fetch", 3, 4, fetch_data },
	{ "flood", 3, 3, flood },
	{ "big", 4, 5, big },
	{ "burst", 6, 6, burst },
	{ "forge", 2, INT_MAX, forge },
	{ "sniff", 2, INT_MAX, sniff },
};

static const struct verb *verb_of(const char *name, int words)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(verbs); i++)
		if (!strcmp(verbs[i].name, name) && words >= verbs[i].least &&
		    words <= verbs[i].most)
			return &verbs[i];
	return NULL;
}

static bool read_options(int argc, char **argv, struct options *o)
{
	static const struct option words[] = {
		{ "vxlan", no_argument, NULL, 'V' },
		{ 0 },
	};
	int opt;

	while ((opt = getopt_long_only(argc, argv, "+cn:b:p:t:r:", words,
				       NULL)) != -1) {
		switch (opt) {
		case 'c':
			o->tally = true;
			break;
		case 'n':
			o->count = read_number(optarg, INT_MAX);
			break;
		case 'b':
			o->from = optarg;
			break;
		case 'p':
			o->port = read_number(optarg, 65535);
			break;
		case 't':
			timeout_ms = read_number(optarg, INT_MAX);
			break;
		case 'r':
			o->rate = read_number(optarg, INT_MAX);
			break;
		case 'V':
			o->vxlan = true;
			break;
		default:
			return false;
		}
	}
	return true;
}

static bool enter(int argc, char **argv)
{
	int opt;

	while ((opt = getopt(argc, argv, "+P:N:")) != -1) {
		if (opt == 'P')
			enter_process(optarg);
		else if (opt == 'N')
			enter_netns(optarg);
		else
			return false;
	}
	return optind < argc;
}

static void run(const char *verb, char **command)
{
	if (!strcmp(verb, "nobody") &&
	    (setgroups(0, NULL) || setgid(65534) || setuid(65534)))
		die("become nobody");
	execvp(command[0], command);
	die(command[0]);
}

int main(int argc, char **argv)
{
	struct options o = { 0 };
	const struct verb *verb;
	const char *name;

	if (!enter(argc, argv))
		return usage();
	name = argv[optind++];
	if ((!strcmp(name, "run") || !strcmp(name, "nobody")) && optind < argc)
		run(name, argv + optind);
	if (!read_options(argc, argv, &o))
		return usage();
	verb = verb_of(name, argc - optind);
	if (!verb)
		return usage();
	signal(SIGPIPE, SIG_IGN);
	return verb->run(argv + optind, &o);
}
