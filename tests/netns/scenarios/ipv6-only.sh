# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# A mesh without IPv4: IPv6 clients have all of it, and those of IPv4 are refused
# at once.

mesh_file fd00:11::/64 fd00:11::2 fd00:11::4 <<-'M'
	  web:
	    publish: ["8080:80/tcp", "5353:53/udp", "9000:90/sctp"]
	    vip: fd00:11::20
	    backends:
	      web.1: {node: manager, ip: "fd00:11::c", netns: web1}
	      web.2: {node: manager, ip: "fd00:11::d", netns: web2}
M
one_node 2
serve_dual 1 2
serve client '' outside tcp 7000
for proto in 'tcp 8080' 'udp 5353' 'sctp 9000'; do
	# shellcheck disable=SC2086 # words
	set -- $proto
	expect "$1 by IPv6" 'web.1 1, web.2 1' spread client 2 "$1" 2001:db8::10 "$2"
	expect "$1 by IPv4 is refused at once" refused \
		ask client -t 2000 "$1" 192.0.2.10 "$2"
done
expect 'the node itself by ::1' 'web.1 1, web.2 1' spread manager 2 tcp ::1 8080
expect 'and by 127.0.0.1' refused ask manager -t 900 tcp 127.0.0.1 8080
expect 'a container by the VIP' 'web.1 1, web.2 1' \
	spread_in manager web1 2 tcp fd00:11::20 8080
expect 'a container reaches the outside' 'outside 2001:db8::10' \
	first 2 in_ manager web1 peer ask -t 2000 tcp 2001:db8::1 7000
addresses() {
	in_ manager web1 ip -o -4 addr show | wc -l
}
expect 'a container has no address of IPv4' 0 addresses
last() {
	"$@" | tail -n 1
}
expect 'up again' 'nothing to change' \
	on manager meshmod-ctl up --node manager -f "$T/mesh.yaml"
expect 'down' 'the mesh is down on this node' last on manager meshmod-ctl down
