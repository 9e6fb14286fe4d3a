# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# Datagrams larger than any MTU go through whole in both families, to a container
# of the node and to others behind the tunnel; who sends too large packets into
# it is told.

three_dual
# A flow each: three of them have their turn at the three replicas.
big() {		# ADDRESS BYTES
	for _ in 1 2 3; do
		on client peer big -t 3000 udp "$1" 5353 "$2"
	done | sort | uniq -c | awk '{ print $1, "times", $2, $3, $4, $5 }'
}
# Whose first datagram does not fit the tunnel hears it; so does IPv6 always,
# which has no one but the sender to cut it.
learns() {
	[ "$(big "$@")" = '3 times 1 of 1 whole' ]
}
holds '1460 bytes by IPv4, once the client has learned the path'\''s MTU' \
	within 3 learns 192.0.2.10 1460
for bytes in 4000 20000; do
	expect "$bytes bytes by IPv4" '3 times 1 of 1 whole' big 192.0.2.10 "$bytes"
done
for bytes in 1460 4000 20000; do
	holds "$bytes bytes by IPv6, once it has learned that" \
		within 3 learns 2001:db8::10 "$bytes"
done
path() {
	on client ip -6 route get 2001:db8::10 | grep -o 'mtu [0-9]*'
}
expect 'it has learned it' 'mtu 1450' path
home() {
	[ "$(on manager peer big -t 2000 udp ::1 5353 4000)" = '1 of 1 whole' ]
}
holds 'from the node itself by ::1, once it has learned it' within 3 home
expect 'by 127.0.0.1' '1 of 1 whole' \
	on manager peer big -t 5000 udp 127.0.0.1 5353 4000
expect 'from a container to the VIP' '1 of 1 whole' \
	in_ manager web3 peer big -t 5000 udp fd00:11::20 5353 4000
