# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# The mark: bits of others survive, a mark that someone else has set selects the
# service, and the mask says which bits are the mesh's (routing-mesh.md row 4).

mesh_file <<-'M'
	  web:
	    publish: ["8080:80/tcp"]
	    mark: 600
	    backends:
	      web.1: {node: manager, ip: 10.11.0.12, netns: web1}
M
one_node 1
serve manager web1 web.1 tcp 80
serve manager web1 web.1 tcp 7070
must on manager meshmod-ctl -n web1 redirect add ip 10.11.0.12 proto tcp from 7070 to 7070

# What was balanced shows its mark to nftables there.
rules() {
	in_ manager "$balancer" nft -f - <<-'N'
	table ip t {
		chain pre {
			type filter hook prerouting priority -300;
			tcp dport 8080 meta mark set 0xab000000
			tcp dport 7070 meta mark set 0xab000258
		}
		chain post {
			type filter hook postrouting priority 300;
			tcp flags syn meta mark 0xab000258 counter
		}
	}
	N
}
# To a port that is published nowhere, straight to where it is balanced
straight() {	# [OPTIONS]
	case $topology in
	sandbox) ask manager "$@" tcp 172.18.0.2 7070 ;;
	flat) ask client "$@" tcp 192.0.2.10 7070 ;;
	esac
}
packets() {
	in_ manager "$balancer" nft list chain ip t post |
		sed -n 's/.*packets \([0-9]*\) .*/\1/p'
}
mark() {
	ctl manager service show web | grep -o 'mark [0-9]*'
}
expect 'the service has its mark' 'mark 600' mark
must rules
expect 'a packet with bits of others is balanced' web.1 \
	first 1 ask client tcp 192.0.2.10 8080
holds 'and its bits survive beside the mark' test "$(packets)" -ge 1
before=$(packets)
expect 'a packet that came with the mark is balanced, whatever its port' web.1 \
	first 1 straight
holds 'and keeps its bits too' test "$(packets)" -gt "$before"
must in_ manager "$balancer" nft flush ruleset
in_by=$(in_layout eth1 eth0)
by_tc() {
	in_ manager "$balancer" tc qdisc add dev "$in_by" clsact &&
		in_ manager "$balancer" tc filter add dev "$in_by" ingress \
			matchall action skbedit mark 0xab000258
}
fails 'without the mark this port is nobody'\''s' \
	straight -t 900
must by_tc
expect 'a mark that tc has set selects the service, too' web.1 \
	first 1 straight
must in_ manager "$balancer" tc qdisc del dev "$in_by" clsact

expect 'a mask that does not hold the mark is refused' \
	'the mark does not fit under the node'\''s mark mask; choose a lower one' \
	ctl manager node set mask 0x1ff
must ctl manager service set web mark 300
holds 'a narrower mask' ctl manager node set mask 0xfff
expect 'still balances' web.1 first 1 ask client tcp 192.0.2.10 8080
