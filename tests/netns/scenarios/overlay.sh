# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# The overlay: containers on three hosts reach each other with the largest
# packet, everything about them is programmed and nothing learned
# (routing-mesh.md rows 3, 7 and 8).

three_nodes
overlay() {
	node=$1
	shift
	in_ "$node" meshmod-overlay "$@"
}
ping_() {	# NODE NETNS ADDRESS BYTES
	in_ "$1" "$2" ping -c 1 -W 5 -M "do" -s "$4" "$3"
}
mtu() {
	in_ "$1" "$2" ip -o link show dev "$3" | sed 's/.* mtu \([0-9]*\) .*/\1/'
}

expect 'the MTU of an overlay leg is that of the underlay less 50' 1450 \
	mtu node01 web1 eth0
holds 'node01 to node02, the largest packet' ping_ node01 web1 10.11.0.13 1422
holds 'node02 to manager, the largest packet' ping_ node02 web2 10.11.0.16 1422
holds 'manager to node01, the largest packet' ping_ manager web3 10.11.0.12 1422
fails 'one byte more does not leave the container' \
	ping_ node01 web1 10.11.0.13 1423

vxlan() {
	overlay node01 ip -d link show dev vxlan0
}
holds 'the tunnel has the VNI of the file' tells 'vxlan id 4242 ' vxlan
holds 'the tunnel sends from the underlay address' tells 'local 192.0.2.11 ' vxlan
holds 'the tunnel does not learn' tells 'nolearning' vxlan
sockets() {
	grep -c ':12B5 ' "/proc/$(cat "$T/node01.pid")/net/udp"
}
expect 'its UDP socket is in the host namespace' 1 sockets
tunnel_entry() {
	overlay node01 bridge fdb show dev vxlan0 | grep "^$1 dst" |
		sed 's/ link-netnsid 0//; s/ *$//'
}
expect 'where a remote container is, is a permanent entry' \
	'02:42:0a:0b:00:0d dst 192.0.2.12 self permanent' \
	tunnel_entry 02:42:0a:0b:00:0d
learned() {
	overlay node01 bridge fdb show | grep -Ev 'permanent|static' || true
}
expect 'no entry was learned after all this traffic' '' learned
neighbour() {
	overlay node01 ip neigh show "$1" | sed 's/ proto 109//; s/ *$//'
}
expect 'a remote container is a permanent neighbour' \
	'10.11.0.13 dev br0 lladdr 02:42:0a:0b:00:0d PERMANENT' \
	neighbour 10.11.0.13
mac() {
	in_ node01 web1 ip -o link show dev eth0 | sed 's/.*ether \([^ ]*\) .*/\1/'
}
expect 'a MAC follows from the address' 02:42:0a:0b:00:0c mac
addresses() {
	in_ "$1" "$balancer" ip -o -4 addr show dev "$2" |
		awk '{ print $4 }' | sort
}
expect 'who balances has the ingress address and the VIP' '10.11.0.20/32
10.11.0.9/16' addresses node01 "$ingress_leg"
namespaces() {
	on node01 ip netns list | cut -d' ' -f1 | sort
}
case $topology in
sandbox)
	expect 'the sandbox has its address on the gateway bridge' \
		172.18.0.2/16 addresses node01 eth1 ;;
flat)
	expect 'there is no sandbox' 'meshmod-overlay
web1' namespaces ;;
esac
