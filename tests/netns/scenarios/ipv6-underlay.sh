# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# A tunnel over IPv6: 70 bytes of each packet are its own, both families go
# through it, and nobody but a node is heard in it.

three_dual 6
mtu() {
	in_ "$1" "$2" ip -o link show dev "$3" | sed 's/.* mtu \([0-9]*\) .*/\1/'
}
ping_() {	# ADDRESS BYTES: from web1 on node01
	in_ node01 web1 ping -c 1 -W 5 -M "do" -s "$2" "$1"
}
expect 'the MTU of an overlay leg is that of the underlay less 70' 1430 \
	mtu node01 web1 eth0
holds 'the largest packet of IPv4 to another node' ping_ 10.11.0.13 1402
holds 'and of IPv6' ping_ fd00:11::d 1382
fails 'one byte more does not leave the container' ping_ fd00:11::d 1383
vxlan() {
	in_ node01 meshmod-overlay ip -d link show dev vxlan0
}
holds 'the tunnel sends from the underlay address' tells 'local 2001:db8::11 ' vxlan
for to in 192.0.2.10 2001:db8::10; do
	for proto in 'tcp 8080' 'udp 5353' 'sctp 9000'; do
		# shellcheck disable=SC2086 # words
		set -- $proto
		expect "$1 to $to reaches all three" \
			'web.1 1, web.2 1, web.3 1' spread client 3 "$1" "$to" "$2"
	done
	expect "an upload to $to is whole" '300000 of 300000' \
		on client peer send 300000 "$to" 8080
	expect "a download from it is whole" '300000 of 300000' \
		on client peer fetch 300000 "$to" 8080
done
vxlan_from() {	# MACHINE
	on "$1" peer forge -vxlan "$(address "$1" 6)" 2001:db8::11 4789 4242 \
		udp 02:42:0a:0b:00:0d 10.11.0.13 02:42:0a:0b:00:0c 10.11.0.12 5999 x
}
sniff heard node01 web1 -c eth0 600 port 5999
before=$(reason node01 '' foreign)
must vxlan_from client
one_more() {	# COMMAND...: it prints one more than before, once all is resolved
	[ "$("$@")" = $((before + 1)) ]
}
holds 'VXLAN from a stranger is dropped and counted' \
	within 5 one_more reason node01 '' foreign
must vxlan_from manager
heard_packets() {
	sniffed heard | cut -d, -f1
}
expect 'from a node it is not' '1 packets' heard_packets

# The first address of a subnet is everyone's who routes there.
foreign() {
	total=0
	for m in $nodes; do
		total=$((total + $(reason "$m" '' foreign)))
	done
	echo $total
}
before=$(foreign)
must on client peer forge -vxlan 2001:db8::1 2001:db8:: 4789 4242 \
	udp 02:42:0a:0b:00:0d 10.11.0.13 02:42:0a:0b:00:0c 10.11.0.12 5999 x
holds 'VXLAN from a stranger to the routers'\'' anycast address is dropped, too' \
	within 5 one_more foreign
