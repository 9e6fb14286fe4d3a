# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154,SC2034 # guest sets and uses what is not here
# The networks that packets cross, for every datapath the same.  To be sourced
# after tests/netns/lib.sh.  $far is the machine that the replicas web1, web2 and
# web3 are on.
#
#	alone	client -- manager -- bridge -- replicas
#	sandbox	client -- manager -- mesh_gw -- meshmod-ingress -- meshmod-overlay
#		 -- VXLAN -- node01 -- meshmod-overlay -- replicas
#	flat	client -- manager -- meshmod-overlay -- VXLAN -- as above
#
# The last two are as meshmod-ctl builds them, device by device.

client_ip=198.51.100.1
ingress_ip=198.51.100.10	# where clients come in
node_ip=10.11.0.4		# what replicas see as their client
replica_ips='10.11.0.12 10.11.0.13 10.11.0.14'

mac() {		# IP: the MAC that follows from it
	# shellcheck disable=SC2046,SC2183 # words
	printf '02:42:%02x:%02x:%02x:%02x\n' $(echo "$1" | tr . ' ')
}

batch() {	# MACHINE NETNS, lines for ip on stdin
	must in_ "$1" "$2" ip -batch -
}

# Between two machines a cable, and both know each other's MAC
wire() {	# MACHINE DEV IP MACHINE DEV IP
	read -r one < "$T/$1.pid"
	read -r two < "$T/$4.pid"
	must ip link add "$2" netns "$one" address "$(mac "$3")" type veth \
		peer name "$5" netns "$two" address "$(mac "$6")"
	wire_end "$1" "$2" "$3" "$6"
	wire_end "$4" "$5" "$6" "$3"
}

wire_end() {	# MACHINE DEV IP PEER_IP
	batch "$1" '' <<-B
	addr add $3/24 dev $2
	link set $2 up
	neigh replace $4 dev $2 lladdr $(mac "$4") nud permanent
	B
}

bridge() {	# MACHINE NETNS NAME
	batch "$1" "$2" <<-B
	link add $3 type bridge mcast_snooping 0
	link set $3 up
	B
}

# An end in one namespace with its port on a bridge in another
leg() {		# MACHINE BRIDGE_NETNS BRIDGE PORT END_NETNS END IP/LENGTH MTU
	mac=$(mac "${7%/*}")
	must on "$1" ip link add "$4" mtu "$8" ${2:+netns "$2"} type veth \
		peer name "$6" mtu "$8" address "$mac" ${5:+netns "$5"}
	batch "$1" "$2" <<-B
	link set $4 master $3 up
	B
	must in_ "$1" "$2" bridge fdb replace "$mac" dev "$4" master static
	batch "$1" "$5" <<-B
	addr add $7 dev $6
	link set $6 up
	B
}

knows() {	# MACHINE NETNS DEV IP...: permanent neighbours
	m=$1 ns=$2 dev=$3
	shift 3
	for ip; do
		echo "neigh replace $ip dev $dev lladdr $(mac "$ip") nud permanent"
	done | batch "$m" "$ns"
}

forwards() {	# MACHINE NETNS
	must in_ "$1" "$2" sysctl -qw net.ipv4.ip_forward=1
}

replica_namespaces() {	# MACHINE
	for i in 1 2 3; do
		container "$1" "web$i"
	done
}

replicas() {	# MACHINE BRIDGE_NETNS MTU: with the way back to the client
	i=0
	for ip in $replica_ips; do
		i=$((i + 1))
		leg "$1" "$2" br0 "p$i" "web$i" eth0 "$ip/16" "$3"
		knows "$1" "web$i" eth0 $node_ip
		batch "$1" "web$i" <<-B
		route add 198.51.100.0/24 via $node_ip
		B
	done
}

client_side() {
	machine client
	machine manager
	wire client eth0 $client_ip manager eth0 $ingress_ip
	forwards manager ''
	batch client '' <<-B
	route add 10.11.0.0/16 via $ingress_ip
	B
}

topology_alone() {
	far=manager
	client_side
	container manager bridge
	replica_namespaces manager
	bridge manager bridge br0
	leg manager bridge br0 p0 '' eth1 $node_ip/16 1500
	# shellcheck disable=SC2086 # words
	knows manager '' eth1 $replica_ips
	replicas manager bridge 1500
}

# The machines of two nodes and what every mesh needs of them; the rest is the
# work of meshmod-ctl or of the two below
nodes_alone() {
	far=node01
	client_side
	machine node01
	wire manager eth1 192.0.2.10 node01 eth0 192.0.2.11
	replica_namespaces node01
}

tunnel() {	# MACHINE LOCAL REMOTE REMOTE_IP...
	m=$1 remote=$3
	container "$m" meshmod-overlay
	batch "$m" '' <<-B
	link add vxlan0 mtu 1450 type vxlan id 4242 local $2 dstport 4789 nolearning
	link set vxlan0 netns meshmod-overlay
	B
	bridge "$m" meshmod-overlay br0
	batch "$m" meshmod-overlay <<-B
	link set vxlan0 master br0 up
	B
	must in_ "$m" meshmod-overlay bridge link set dev vxlan0 learning off
	shift 3
	for ip; do
		mac=$(mac "$ip")
		must in_ "$m" meshmod-overlay bridge fdb replace "$mac" \
			dev vxlan0 master static
		must in_ "$m" meshmod-overlay bridge fdb replace "$mac" \
			dev vxlan0 dst "$remote" self permanent
	done
}

overlay() {
	# shellcheck disable=SC2086 # words
	tunnel manager 192.0.2.10 192.0.2.11 $replica_ips
	tunnel node01 192.0.2.11 192.0.2.10 $node_ip
	replicas node01 meshmod-overlay 1450
}

topology_sandbox() {
	nodes_alone
	overlay
	container manager meshmod-ingress
	forwards manager meshmod-ingress
	leg manager meshmod-overlay br0 sandbox meshmod-ingress eth0 $node_ip/16 1450
	bridge manager '' mesh_gw
	batch manager '' <<-B
	addr add 172.18.0.1/16 dev mesh_gw
	link set mesh_gw address $(mac 172.18.0.1)
	B
	leg manager '' mesh_gw ms-gw meshmod-ingress eth1 172.18.0.2/16 1500
	batch manager '' <<-B
	route add 10.11.0.0/16 via 172.18.0.2
	B
	batch manager meshmod-ingress <<-B
	route add default via 172.18.0.1
	B
	knows manager '' mesh_gw 172.18.0.2
	knows manager meshmod-ingress eth1 172.18.0.1
	# shellcheck disable=SC2086 # words
	knows manager meshmod-ingress eth0 $replica_ips
}

topology_flat() {
	nodes_alone
	overlay
	leg manager meshmod-overlay br0 host '' mesh0 $node_ip/16 1450
	# shellcheck disable=SC2086 # words
	knows manager '' mesh0 $replica_ips
}
