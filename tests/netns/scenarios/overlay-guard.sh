# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# Nobody can be impersonated in the overlay: VXLAN from strangers is dropped, a
# container can send as itself alone, and nothing is flooded.

dual_mesh 3
one_node 3
serve_dual 1 2 3
web1_mac=02:42:0a:0b:00:0c web2_mac=02:42:0a:0b:00:0d
sandbox_mac=02:42:0a:0b:00:04
all=ff:ff:ff:ff:ff:ff

# How many packets are seen at a leg meanwhile
watch() {	# NETNS DEV FILTER...
	ns=$1 dev=$2
	shift 2
	sniff victim manager "$ns" -c "$dev" 600 "$@"
}
watched() {
	sniffed victim | sed 's/ packets.*//'
}
forge() {	# NETNS DEV FRAME...
	ns=$1
	shift
	in_ manager "$ns" peer forge "$@"
}
spoofed() {
	reason manager meshmod-overlay spoofed
}
# One frame from web1 that is dropped and counted
caught() {	# TEXT FRAME...
	text=$1
	shift
	before=$(spoofed)
	must forge web1 eth0 "$@"
	expect "$text" $((before + 1)) spoofed
}
watch web2 eth0 port 5999
must forge web1 eth0 udp "$web1_mac" 10.11.0.12 "$web2_mac" 10.11.0.13 5999 honest
must forge web1 eth0 udp "$web1_mac" fd00:11::c "$web2_mac" fd00:11::d 5999 honest
expect 'what web1 sends as itself is not counted' 0 spoofed
caught 'a foreign MAC' udp "$web2_mac" 10.11.0.12 "$web2_mac" 10.11.0.13 5999 x
caught 'a foreign IPv4 address' \
	udp "$web1_mac" 10.11.0.14 "$web2_mac" 10.11.0.13 5999 x
caught 'the sandbox'\''s address' \
	udp "$web1_mac" 10.11.0.4 "$web2_mac" 10.11.0.13 5999 x
caught 'a VIP' udp "$web1_mac" 10.11.0.20 "$web2_mac" 10.11.0.13 5999 x
caught 'a foreign IPv6 address' \
	udp "$web1_mac" fd00:11::e "$web2_mac" fd00:11::d 5999 x
caught 'its gateway address' \
	udp "$web1_mac" "$(gateway_of manager web1)" "$web2_mac" 10.11.0.13 5999 x
caught 'a tag of a VLAN' \
	vlan 7 udp "$web1_mac" 10.11.0.12 "$web2_mac" 10.11.0.13 5999 x
expect 'of all that, web2 has seen what was honest' 2 watched

watch web2 eth0 arp
caught 'ARP: a question in the name of another' \
	arp "$web1_mac" 10.11.0.14 10.11.0.13
caught 'an answer in the name of another' \
	arp-reply "$web1_mac" 10.11.0.14 10.11.0.13 "$web1_mac" "$web2_mac"
caught 'an answer that gives another MAC' \
	arp-reply "$web2_mac" 10.11.0.12 10.11.0.13 "$web1_mac" "$web2_mac"
expect 'web2 has seen none of them' 0 watched
watch web2 eth0 nd
caught 'ND: an advertisement of another'\''s address' \
	na "$web1_mac" fd00:11::c "$web2_mac" fd00:11::d fd00:11::e "$web1_mac"
caught 'one of its own with another MAC' \
	na "$web1_mac" fd00:11::c "$web2_mac" fd00:11::d fd00:11::c "$web2_mac"
caught 'the same behind an extension header' \
	ext na "$web1_mac" fd00:11::c "$web2_mac" fd00:11::d fd00:11::e "$web1_mac"
caught 'a question with another MAC' \
	ns "$web1_mac" fd00:11::c "$web2_mac" fd00:11::d fd00:11::d "$web2_mac"
caught 'a router'\''s advertisement' \
	ra "$web1_mac" fd00:11::c "$web2_mac" fd00:11::d
expect 'web2 has seen none of them' 0 watched
counted() {
	on manager meshmod-ctl -n meshmod-overlay stats show | grep '^spoofed'
}
holds 'the counter says what it counts' tells 'dropped: a frame that' counted

# The gateway leg
gw1=$(gateway_of manager web1) gw2=$(gateway_of manager web2)
gw_mac=$(mac_of manager web1 eth1) host_mac=$(mac_of manager '' mesh_gw)
before=$(reason manager '' spoofed)
must forge web1 eth1 udp "$gw_mac" "$gw2" "$host_mac" 172.18.0.1 9 x
must forge web1 eth1 arp "$gw_mac" "$gw2" 172.18.0.1
expect 'as another over the gateway leg: caught by the host' $((before + 2)) \
	reason manager '' spoofed

# Nothing is flooded
watch web3 eth0 mac "$web1_mac" udp arp
must forge web1 eth0 udp "$web1_mac" 10.11.0.12 $all 10.11.255.255 53 x
must forge web1 eth0 udp "$web1_mac" 10.11.0.12 02:42:0a:0b:09:09 10.11.9.9 53 x
must forge web1 eth0 arp "$web1_mac" 10.11.0.12 10.11.9.9
fails 'nobody answers for an address that nobody has' \
	in_ manager web1 ping -c 1 -W 1 10.11.9.9
fails 'by IPv6 neither' in_ manager web1 ping -c 1 -W 1 fd00:11::999
expect 'broadcast and unknown unicast are not flooded' 0 watched
must in_ manager web2 ip neigh flush dev eth0
sniff asked manager web1 eth0 600 arp host 10.11.0.12
holds 'a neighbour is found' in_ manager web2 ping -c 1 -W 5 10.11.0.12
asked() {	# by anybody else
	sniffed asked | grep -c '^in .* arp-request' || true
}
expect 'without a question to it' 0 asked
neighbour() {
	in_ manager web2 ip neigh show "$1" | grep -o 'lladdr [^ ]*'
}
expect 'it is the right one' "lladdr $web1_mac" neighbour 10.11.0.12
holds 'by IPv6, too' in_ manager web2 ping -c 1 -W 5 fd00:11::c
expect 'the right one' "lladdr $web1_mac" neighbour fd00:11::c

# Neighbour entries of a container's own making
refuses() {	# TEXT ADDRESS PORT
	before=$(reason manager "$balancer" guarded)
	expect "$1" refused in_ manager web2 peer ask -t 1500 udp "$2" "$3"
	expect 'and counted' $((before + 1)) reason manager "$balancer" guarded
}
must in_ manager web2 ip neigh replace 10.11.0.14 lladdr $sandbox_mac dev eth0
refuses 'the sandbox does not pass on what a container sends to another by it' \
	10.11.0.14 5353
must on manager ip route add 203.0.113.0/24 via 192.0.2.1
must on manager ip route add 2001:db8:9::/64 via 2001:db8::1
must in_ manager web2 ip route add 203.0.113.0/24 via 10.11.0.4
refuses 'nor to the world' 203.0.113.1 9
must in_ manager web2 ip route add 2001:db8:9::/64 via fd00:11::4
refuses 'nor by IPv6' 2001:db8:9::1 9
serve manager '' host udp 7001
refuses 'the node'\''s own ports are not open to the overlay' 10.11.0.4 7001
must in_ manager web2 ip route add 192.0.2.10/32 via 10.11.0.4
refuses 'nor by another of its addresses' 192.0.2.10 7001
refuses 'nor by IPv6' fd00:11::4 7001
# IPv6 asks for no neighbour in the name of an address of another device: the
# refusal itself may not arrive.
must in_ manager web2 ip route add 2001:db8::10/128 via fd00:11::4
before=$(reason manager "$balancer" guarded)
fails 'nor by another of those' \
	in_ manager web2 peer ask -t 1500 udp 2001:db8::10 7001
expect 'and counted' $((before + 1)) reason manager "$balancer" guarded
serve manager web1 web.1 tcp 7000
must in_ manager web2 ip route add "$gw1/32" via 172.18.0.1
before=$(reason manager '' guarded)
expect 'the host does not, from one gateway leg to another' refused \
	in_ manager web2 peer ask -t 1500 tcp "$gw1" 7000
expect 'and counted' $((before + 1)) reason manager '' guarded

# The gateway legs are no way in, nor is the host's own on the overlay
must on client ip route add 172.18.0.0/16 via 192.0.2.10
must on client ip route add fd6d:6573:6800::/64 via 2001:db8::10
must on client ip route add 10.11.0.0/16 via 192.0.2.10
must on client ip route add fd00:11::/64 via 2001:db8::10
for to in "$gw1 7000" "$(gateway_of manager web1 6) 7000" \
	"$(in_layout '172.18.0.2 8080' '10.11.0.12 8080')" \
	"$(in_layout 'fd6d:6573:6800::2 8080' 'fd00:11::c 8080')" \
	"$(in_layout '172.18.0.2 7001' '10.11.0.4 7001')"; do
	before=$(reason manager '' guarded)
	# shellcheck disable=SC2086 # words
	expect "a stranger is not routed to $to" refused \
		ask client -t 1500 tcp $to
	expect 'and counted' $((before + 1)) reason manager '' guarded
done
expect 'the node itself it may ask' 'web.1 1, web.2 1, web.3 1' \
	spread client 3 tcp 192.0.2.10 8080

# Strangers in the tunnel
vxlan() {	# SOURCE VNI
	on client peer forge -vxlan "$1" 192.0.2.10 4789 "$2" \
		udp 02:42:0a:0b:00:63 10.11.0.99 "$web1_mac" 10.11.0.12 53 x
}
at_most_two() {
	[ "$(reason manager '' foreign)" -le 2 ] && echo yes
}
watch web1 eth0 host 10.11.0.99 udp
must vxlan 192.0.2.1 4242
expect 'VXLAN from a stranger is dropped and counted' 1 reason manager '' foreign
must vxlan 192.0.2.10 4242
expect 'so is what claims to be from the node itself, if the kernel lets it in' \
	'yes' at_most_two
must vxlan 192.0.2.1 99
expect 'another network on the same port is none of its business' 'yes' at_most_two
expect 'web1 has seen nothing of it' 0 watched
holds 'let the stranger be a node' on manager meshmod-ctl node set peer 192.0.2.1
watch web1 eth0 host 10.11.0.99 udp
must vxlan 192.0.2.1 4242
expect 'then it gets through' 1 watched
