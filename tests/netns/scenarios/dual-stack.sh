# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# Both families in one mesh: a published port answers IPv6 clients on every
# address of the node as it answers IPv4's, in exact turns for each, and a client
# of a family that no backend speaks is refused at once.

dual_mesh 3
cat >> "$T/mesh.yaml" <<-'M'
	  four:
	    publish: ["8081:80/tcp", "5354:53/udp", "9001:90/sctp"]
	    backends:
	      four.1: {node: manager, ip: 10.11.0.22, netns: four}
M
one_host 3
container manager four
up manager "$T/mesh.yaml"
serve_dual 1 2 3
serve manager four four.1 tcp 80

for to in 192.0.2.10 2001:db8::10; do
	for proto in 'tcp 8080' 'udp 5353' 'sctp 9000'; do
		# shellcheck disable=SC2086 # words
		set -- $proto
		expect "$1 to $to: exact turns" 'web.1 2, web.2 2, web.3 2' \
			spread client 6 "$1" "$to" "$2"
	done
done
seen_by() {	# PROTO ADDRESS PORT: whom a replica takes the node for
	ask manager "$@" | cut -d' ' -f2
}
for to in ::1 2001:db8::10 fd6d:6573:6800::1 localhost-6; do
	expect "the node itself by $to" fd00:11::4 seen_by tcp "$to" 8080
	expect 'and by UDP' fd00:11::4 seen_by udp "$to" 5353
	expect 'and by SCTP' fd00:11::4 seen_by sctp "$to" 9000
done
both_take_turns() {
	for _ in 1 2 3 4 5 6; do
		ask client tcp 2001:db8::10 8080
		ask client tcp 192.0.2.10 8080 > /dev/null
	done | cut -d' ' -f1 | sort | uniq -c | awk '{ print $2, $1 }'
}
expect 'the VIP of IPv6, from a container' 'web.1 2, web.2 2, web.3 2' \
	spread_in manager web1 6 tcp fd00:11::20 8080
expect 'and from the node' 'web.1 2, web.2 2, web.3 2' \
	spread manager 6 tcp fd00:11::20 8080
expect 'clients of both families do not disturb each other'\''s turns' \
	'web.1 2
web.2 2
web.3 2' both_take_turns

for from in client manager; do
	expect "no backend speaks IPv6: TCP from $from" refused \
		ask "$from" -t 900 tcp 2001:db8::10 8081
	expect "UDP from $from" refused ask "$from" -t 900 udp 2001:db8::10 5354
	expect "SCTP from $from" refused ask "$from" -t 900 sctp 2001:db8::10 9001
done
expect 'by ::1 too' refused ask manager -t 900 tcp ::1 8081
expect 'IPv4 is served' four.1 first 1 ask client tcp 192.0.2.10 8081
expect 'a link-local address is a link'\''s and no service'\''s' refused \
	on client peer ask -t 900 tcp fe80::10%eth0 8080

# The container's side
from2() {
	first 1 in_ manager web2 peer ask -t 1500 "$1" fd00:11::c "$2"
}
serve manager web1 web.1 tcp 9999
expect 'IPv6 to the published port of a container' web.1 from2 tcp 8080
expect 'and to the target port' web.1 from2 tcp 80
expect 'any other is refused' refused from2 tcp 9999
expect 'UDP as well' refused from2 udp 9999
holds 'ping is answered' in_ manager web2 ping -c 1 -W 5 fd00:11::c

# What the overlay's own bridge has learned by that must not silence web1.
in_ manager web1 ping -c 1 -W 1 fd00:11::2 > /dev/null 2>&1 || true
must in_ manager web2 ip -6 neigh flush dev eth0
holds 'after web1 has asked the overlay'\''s bridge for something, too' \
	in_ manager web2 ping -c 1 -W 5 fd00:11::c

# The way out
serve client '' outside tcp 7000
expect 'a container reaches the outside by IPv6 with the address of the node' \
	'outside 2001:db8::10' \
	first 2 in_ manager web1 peer ask -t 2000 tcp 2001:db8::1 7000
fails 'but no other container over the gateway bridge' \
	in_ manager web1 ping -c 1 -W 1 "$(gateway_of manager web2 6)"

talk held client tcp 2001:db8::10 8080
replica=$(first 1 say held)
must ctl manager backend del web "$replica"
expect 'an IPv6 connection to a removed backend is reset' reset say held
