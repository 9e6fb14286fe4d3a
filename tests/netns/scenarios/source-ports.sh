# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# An ingress address has 64512 source ports to one port of one backend: they are
# given to the last one, by two processors at once and without a clash; then the
# service refuses and says why, until there is a second ingress address.

mesh_file <<-'M'
	  web:
	    publish: ["5353:53/udp"]
	    vip: 10.11.0.20
	    backends:
	      web.1: {node: manager, ip: 10.11.0.12, netns: web1}
M
one_node 1
inside() {
	in_ manager "$balancer" "$@"
}
# What is decided is what counts: nothing needs to arrive.
must inside tc qdisc add dev "$ingress_leg" root netem loss 100%
must inside sh -c 'echo 3600 > /proc/sys/net/netfilter/nf_conntrack_udp_timeout'
max=$(cat /proc/sys/net/netfilter/nf_conntrack_max)
must sh -c 'echo 400000 > /proc/sys/net/netfilter/nf_conntrack_max'
trap 'echo "$max" > /proc/sys/net/netfilter/nf_conntrack_max' EXIT

# COUNT flows from each of two clients at once
flows() {	# FIRST_PORT COUNT
	for c in 1 2; do
		inside peer burst udp "198.51.100.$c" "$1" "$2" 10.11.0.20 5353 &
	done > "$T/burst"
	wait
	awk '{ n += $1 } END { print n }' "$T/burst"
}
# What went wrong between two that were decided at once
clashes() {
	inside conntrack -S | grep -o ' \(insert_failed\|drop\|clash_resolve\)=[0-9]*' |
		awk -F= '{ n += $2 } END { print n + 0 }'
}
half=32256
expect 'as many flows as there are ports' $((2 * half)) flows 1024 $half
expect 'each was given one' $((2 * half)) reason manager "$balancer" balanced
expect 'none was refused' 0 reason manager "$balancer" no_port
expect 'insert_failed, drop and clash_resolve are 0' 0 clashes
entries() {	# the node has others
	inside conntrack -L -p udp 2> /dev/null | grep -c ' dst=10\.11\.0\.20 '
}
expect 'and as many conntracks as flows' $((2 * half)) entries
must flows 40000 5
expect 'ten more are refused, and it is counted' 10 \
	reason manager "$balancer" no_port
line() {
	ctl manager stats show | grep '^no_port'
}
holds 'in one line that says why' tells 'refused: no free port on the ingress address' line
expect 'a client hears it at once' refused \
	inside peer ask -t 2000 udp 10.11.0.20 5353
must inside ip addr add 10.11.0.5/16 dev "$ingress_leg"
holds 'a second ingress address' ctl manager node set ingress 10.11.0.4 ingress 10.11.0.5
must flows 50000 100
expect 'gives 200 more' $((2 * half + 200)) reason manager "$balancer" balanced
expect 'still without a clash' 0 clashes
