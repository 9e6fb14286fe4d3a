# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# The gateway bridge: containers reach the outside with the node's address, not
# each other; detached they reach nothing, and the mesh still reaches them
# (routing-mesh.md row 1).

web_mesh 2
one_node 2
serve_web 1 2
serve client '' outside tcp 9000
serve client '' outside udp 9000

outside() {	# PROTO
	first 2 in_ manager web1 peer ask -t 1500 "$1" 192.0.2.1 9000
}
expect 'a container reaches the outside, with the address of the node' \
	'outside 192.0.2.10' outside tcp
expect 'UDP as well' 'outside 192.0.2.10' outside udp
fails 'a container does not reach another one over the bridge' \
	in_ manager web1 ping -c 1 -W 1 "$(gateway_of manager web2)"
holds 'a container reaches the host over the bridge' \
	in_ manager web1 ping -c 1 -W 5 172.18.0.1
holds 'detach the leg of web.1' \
	on manager meshmod-ctl backend set web web.1 gateway off
fails 'detached, it does not reach the outside' \
	in_ manager web1 peer ask -t 1500 tcp 192.0.2.1 9000
fails 'nor the host' in_ manager web1 ping -c 1 -W 1 172.18.0.1
expect 'the mesh still reaches it' 'web.1 2, web.2 2' \
	spread client 4 tcp 192.0.2.10 8080
holds 'attach it again' \
	on manager meshmod-ctl backend set web web.1 gateway on
# A search for the gateway's neighbour from before may be about to fail
found() {
	in_ manager web1 ping -c 1 -W 1 172.18.0.1
}
holds 'attached, it reaches the host' within 5 found
expect 'and the outside' 'outside 192.0.2.10' outside tcp

# Connections that nobody has answered yet
must on client nft -f - <<-'N'
	table ip t {
		chain in {
			type filter hook input priority 0;
			udp dport 5353 drop
		}
	}
N
expect 'a query that gets no answer' timeout \
	in_ manager web1 peer ask -t 300 udp 192.0.2.1 5353
must on manager meshmod-ctl service add other publish 7000
waiting() {
	on manager conntrack -L -p udp 2> /dev/null |
		grep -c 'dst=192.0.2.1 .*dport=5353 .UNREPLIED'
}
expect 'a change does not end it, though the mesh publishes that port' 1 waiting
must on manager meshmod-ctl service del other
must on manager meshmod-ctl node set masquerade none
from_one_port() {
	in_ manager web1 peer ask -t 500 -p 40000 udp 192.0.2.1 9000
}
expect 'without masquerading no answer finds back' timeout from_one_port
must on manager meshmod-ctl node set masquerade 172.18.0.0/16
expect 'with it one does at once, from the same port too' 'outside 192.0.2.10' \
	first 2 from_one_port
