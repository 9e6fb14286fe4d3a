# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# Whether a host's netfilter looks into its bridges (br_netfilter, which others
# load) or not: all ways into the mesh are the same.

dual_mesh 2
one_node 2
serve_dual 1 2
modprobe br_netfilter 2> /dev/null || true
call() {	# 0|1
	for what in iptables ip6tables; do
		on manager sh -c "echo $1 > /proc/sys/net/bridge/bridge-nf-call-$what" ||
			return
	done
}
both='web.1 1, web.2 1'
for state in 1 0; do
	must call $state
	for to in 192.0.2.10 2001:db8::10; do
		for proto in 'tcp 8080' 'udp 5353' 'sctp 9000'; do
			# shellcheck disable=SC2086 # words
			set -- $proto
			expect "call $state: $1 to $to" "$both" \
				spread client 2 "$1" "$to" "$2"
		done
	done
	for to in 127.0.0.1 ::1 192.0.2.10 2001:db8::10; do
		expect "call $state: the node itself by $to" "$both" \
			spread manager 2 tcp "$to" 8080
		expect "call $state: by UDP" "$both" spread manager 2 udp "$to" 5353
	done
	for to in 192.0.2.10 172.18.0.1 10.11.0.20 2001:db8::10 fd6d:6573:6800::1 fd00:11::20; do
		expect "call $state: a container by $to" "$both" \
			spread_in manager web1 2 tcp "$to" 8080
	done
	expect "call $state: a large datagram" '1 of 1 whole' \
		on client peer big -t 5000 udp 192.0.2.10 5353 4000
	expect "call $state: a container to the outside" refused \
		in_ manager web1 peer ask -t 3000 tcp 192.0.2.1 9
done
