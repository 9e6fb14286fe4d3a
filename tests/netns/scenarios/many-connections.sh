# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# 200 connections at once from one range of source ports, from two clients with
# the same ports: no clash costs a retry.

web_mesh 2
one_node 2
machine other
plug other
serve_web 1 2
# A slow machine sends a SYN again by itself; that nothing was lost on the way
# is what the kernel's counters say in the end.
many() {	# MACHINE
	on "$1" peer many -p 20000 200 192.0.2.10 8080 | tee "$T/many" |
		cut -d, -f1
}
all_closed() {
	! { on client cat /proc/net/tcp && on other cat /proc/net/tcp &&
		in_ manager web1 cat /proc/net/tcp &&
		in_ manager web2 cat /proc/net/tcp; } | grep -q ' 0[1234589B] '
}
expect 'one client' '200 answered' many client
comment '' < "$T/many"
# A port is free again once both ends have seen each other off.
must within 60 all_closed
spawn other "$T/other" peer many -p 20000 200 192.0.2.10 8080
other=$spawned
expect 'two clients with the same ports at once, the one' '200 answered' \
	many client
other_ends() {
	within 60 gone "$other" && cut -d, -f1 "$T/other"
}
expect 'and the other' '200 answered' other_ends
must within 60 all_closed
expect 'the same ports again' '200 answered' many client
lost() {
	for word in insert_failed drop early_drop clash_resolve; do
		in_ manager "$balancer" conntrack -S |
			grep -o " $word=[0-9]*" |
			awk -F= -v w="$word" '{ n += $2 } END { print w, n + 0 }'
	done
}
expect 'no flow clashed with another, no packet was lost' 'insert_failed 0
drop 0
early_drop 0
clash_resolve 0' lost
expect 'every connection was decided once' 800 \
	reason manager "$balancer" balanced
