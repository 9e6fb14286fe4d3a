# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# Big packets (GSO) stay whole from the device through host, sandbox, bridge and
# tunnel into the container, and back: at no hop are there more of them than
# where they came from.

three_dual
must ctl manager backend set web web.2 state down
must ctl manager backend set web web.3 state down

# Every hop of a connection to web.1 on node01, in the order of the way there
hops="manager||eth0 $(in_layout \
	'manager||ms-gw manager|meshmod-ingress|eth1 manager|meshmod-ingress|eth0
	manager|meshmod-overlay|sandbox' \
	'manager||ms-ovl manager|meshmod-overlay|host')
	manager|meshmod-overlay|vxlan0 node01|meshmod-overlay|vxlan0
	node01|meshmod-overlay|c0a0b000c node01|web1|eth0"
# Those that see the packets of an offloaded one
short="manager||eth0 manager|meshmod-overlay|vxlan0 node01|meshmod-overlay|vxlan0
	node01|meshmod-overlay|c0a0b000c node01|web1|eth0"
offload() {	# on|off
	must ctl manager node set offload "$1"
	must on manager meshmod-ctl node set offload "$1"
}
look() {
	n=0
	for hop in $hops; do
		n=$((n + 1))
		old=$IFS
		IFS='|'
		# shellcheck disable=SC2086 # words
		set -- $hop
		IFS=$old
		sniff "hop$n" "$1" "$2" -c "$3" 600 tcp
	done
}
# How big the packets are is up to the sender, moment by moment: some are big
# everywhere, and no hop has more of them than the one where they set out.
whole() {	# HOP: that one
	n=0
	for hop in $hops; do
		n=$((n + 1))
		echo "$hop: $(sniffed "hop$n")" >> "$T/hops"
	done
	awk -F ': |[ ,]+' -v first="$1" '
		{ line[NR] = $0; packets[NR] = $2; largest[NR] = $NF }
		$1 == first { most = $2 }
		END {
			for (i = 1; i <= NR; i++)
				if (packets[i] < 1 || packets[i] > most ||
				    largest[i] <= 1600)
					print line[i]
		}' "$T/hops"
}
both_ways() {	# ADDRESS
	: > "$T/hops"
	look
	expect "an upload to $1" '2000000 of 2000000' \
		on client peer send 2000000 "$1" 8080
	expect 'stays in big packets at every hop' '' whole 'manager||eth0'
	comment '' < "$T/hops"
	: > "$T/hops"
	look
	expect "a download from $1" '2000000 of 2000000' \
		on client peer fetch 2000000 "$1" 8080
	expect 'stays in big packets at every hop' '' whole 'node01|web1|eth0'
	comment '' < "$T/hops"
}
offload off
both_ways 192.0.2.10
both_ways 2001:db8::10
offload on
hops=$short
both_ways 192.0.2.10
both_ways 2001:db8::10
inner_and_outer() {
	inner=$(first 1 sniffed inner)
	sniffed outer | awk -F '[ ,]+' -v inner="$inner" '{
		print ($1 <= inner && $NF > 1600) ? "whole" : $0
	}'
}
# The overlay's bridge has seen the beginning, and sees the end.
passed_by() {
	past=$(first 1 sniffed past)
	all=$(first 1 sniffed both)
	[ $((2 * past)) -lt "$all" ] || {
		echo "$past of $all"
		return 1
	}
}
sniff past manager meshmod-overlay -c "$(in_layout sandbox host)" 600 tcp
sniff both manager meshmod-overlay -c vxlan0 600 tcp
expect 'and again' '2000000 of 2000000' on client peer fetch 2000000 192.0.2.10 8080
holds "most of it passes the overlay's bridge by" passed_by
sniff inner manager meshmod-overlay -c vxlan0 600 tcp
sniff outer manager '' -c eth0 600 port 4789
expect 'once more' '2000000 of 2000000' on client peer send 2000000 192.0.2.10 8080
expect 'as a packet of the tunnel it leaves the node whole' whole inner_and_outer
