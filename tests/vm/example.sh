# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2034,SC2154 # shared with who sources this
# The example mesh, tests/data/mesh.yaml (and what tests/demo/mesh.yaml has of
# IPv6 beside it), node by node, and what several nodes
# do at once.  To be sourced after claims.sh.

nodes="manager node01 node02"
declare -A address address6 container replica ip ingress ingress6
address=([manager]=192.0.2.10 [node01]=192.0.2.11 [node02]=192.0.2.12 [client]=192.0.2.1)
address6=([manager]=2001:db8::10 [node01]=2001:db8::11 [node02]=2001:db8::12)
container=([manager]=web3 [node01]=web1 [node02]=web2)
replica=([manager]=web.3 [node01]=web.1 [node02]=web.2)
ip=([manager]=10.11.0.16 [node01]=10.11.0.12 [node02]=10.11.0.13)
ingress=([manager]=10.11.0.4 [node01]=10.11.0.9 [node02]=10.11.0.10)
ingress6=([manager]=fd00:11::4 [node01]=fd00:11::9 [node02]=fd00:11::a)

# up_on_all FILE: at once; who is up says so
up_on_all() {
	local node got code

	for node in $nodes; do
		vm_send "$node" "meshmod-ctl up --node $node -f $1"
	done
	for node in $nodes; do
		got=$(vm_receive "$node")
		code=$?
		is "$node# meshmod-ctl up --node $node -f ${1##*/}" \
			"mesh ingress is up on node $node, exit code 0" \
			"$(tail -n 1 <<< "$got"), exit code $code"
	done
}

# inventory NODE: what is there, so that two moments can be compared
inventory() {
	vm "$1" "/meshmod/tests/vm/node inventory"
}

# down_on_all: back to the inventory in $vm_dir/NODE.before
down_on_all() {
	local node

	for node in $nodes; do
		vm_send "$node" "meshmod-ctl down"
	done
	for node in $nodes; do
		vm_receive "$node" > /dev/null
		claim $? "$node# meshmod-ctl down"
		is "$node has what it had before" \
			"$(cat "$vm_dir/$node.before")" "$(inventory "$node")"
	done
}

# ping FROM TO BYTES: between their containers; not to be cut in pieces
ping() {
	echo "ip netns exec ${container[$1]} ping -c 1 -W 5 -M do -s $3 ${ip[$2]}"
}

# largest_packet FROM TO: 1450 bytes with their headers
largest_packet() {
	holds "${container[$1]} on $1 reaches ${ip[$2]} on $2" "$1" \
		"$(ping "$1" "$2" 1422)"
}

one_byte_more() {	# FROM TO
	is "one byte more is refused by $1 itself" "message too long" \
		"$(vm "$1" "$(ping "$1" "$2" 1423)" |
			grep -io 'message too long' | tr M m)"
}
