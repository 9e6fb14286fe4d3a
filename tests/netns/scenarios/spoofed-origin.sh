# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# A container that keeps its clients answers by the node that a frame's MAC names:
# so no other container may send in a node's name, or it could have the answers
# of somebody else's connection sent elsewhere.

three_file <<-'M'
  web:
    source: preserve
    publish: ["8080:80/tcp", "5353:53/udp"]
    backends:
      web.1: {node: node01, ip: [10.11.0.12, "fd00:11::c"], netns: web1}
  others:
    publish: ["8081:80/tcp"]
    backends:
      others.1: {node: node01, ip: [10.11.0.13, "fd00:11::d"], netns: near}
      others.2: {node: manager, ip: [10.11.0.16, "fd00:11::10"], netns: far}
M
# shellcheck disable=SC2086 # words
machines client $nodes
container node01 web1
container node01 near
container manager far
for m in $nodes; do
	up "$m" "$T/mesh.yaml"
done
serve node01 web1 web.1 tcp 80
serve node01 web1 web.1 udp 53
web1_mac=02:42:0a:0b:00:0c near_mac=02:42:0a:0b:00:0d
manager_mac=02:42:0a:0b:00:04 node02_mac=02:42:0a:0b:00:0a

# --- what is to stay as it is: two connections of each family by node02

lives='tcp.4 tcp.6 udp.4 udp.6'
all_alive() {
	for live in $lives; do
		say "$live"
	done | sort | uniq -c | sed 's/^ *//'
}
alive='2 web.1 192.0.2.1 45000
2 web.1 2001:db8::1 45000'
goes_on() {	# TEXT
	expect "$1" "$alive" all_alive
}
zones() {	# in which the container has connections
	for family in ipv4 ipv6; do
		in_ node01 web1 conntrack -L -f $family 2> /dev/null
	done | grep -o 'zone[^ ]*' | sort | uniq -c | sed 's/^ *//'
}
sniff web1 node01 web1 eth0 600 tcp udp port 45000
for family in 4 6; do
	to=$(address node02 $family)
	talk tcp.$family client tcp "$to" 8080 -p 45000
	talk udp.$family client udp "$to" 5353 -p 45000
done
goes_on 'all have come as the client itself'
expect 'by node02' '4 zone-orig=10' zones

# --- the same in another node's name

# The two packets that web.1 could take for those connections' first
forge() {	# NODE NETNS DEV SRC_MAC FAMILY [DST_MAC DST]
	node=$1 ns=$2 dev=$3 mac=$4 from=$(address client "$5")
	case $#$5 in
	7*) to="$6 $7" ;;
	54) to="$web1_mac 10.11.0.12" ;;
	56) to="$web1_mac fd00:11::c" ;;
	esac
	# shellcheck disable=SC2086 # words
	must in_ "$node" "$ns" peer forge -p 45000 "$dev" \
		syn "$mac" "$from" $to 8080
	# shellcheck disable=SC2086 # words
	must in_ "$node" "$ns" peer forge -p 45000 "$dev" \
		udp "$mac" "$from" $to 5353 who
}
caught() {	# TEXT NODE NETNS DEV SRC_MAC FAMILY [DST_MAC DST]
	text=$1
	shift
	[ "$3" = eth0 ] && by=meshmod-overlay || by=''
	before=$(reason "$1" "$by" spoofed)
	forge "$@"
	expect "$text: dropped and counted" $((before + 2)) \
		reason "$1" "$by" spoofed
}
for family in 4 6; do
	caught "IPv$family, from a container of that node, as manager" \
		node01 near eth0 $manager_mac $family
	caught 'as the node that they came by' node01 near eth0 $node02_mac $family
	caught 'with its own MAC' node01 near eth0 $near_mac $family
	caught 'from another node, as itself' manager far eth0 $manager_mac $family
	caught 'over the bridge to the outside' node01 near eth1 $manager_mac \
		$family "$(mac_of node01 web1 eth1)" "$(gateway_of node01 web1 $family)"
	goes_on 'all of them go on'
done
expect 'and are all that web.1 has' '4 zone-orig=10' zones
by() {		# of all that has passed web.1: from whom, to whom
	sniffed web1 | awk '$1 == "in" { print "from", $4 }
		$1 == "out" { print "to", $5 }' | sort -u
}
expect 'every packet has come from node02, every answer has gone there' \
	"from $node02_mac
to $node02_mac" by

# --- that it is the binding which holds them

dev=$(on node01 meshmod-ctl -n meshmod-overlay binding list |
	sed -n "s/^binding \([^ ]*\) mac $near_mac .*/\1/p")
must on node01 meshmod-ctl -n meshmod-overlay binding del "$dev"
sniff web1 node01 web1 eth0 600 tcp udp port 45000
forge node01 near eth0 $manager_mac 4
has_both() {
	zones | grep -q zone-orig=4
}
holds 'without it web.1 has them for connections by manager' within 5 has_both
expect 'and answers there' "from $manager_mac
to $manager_mac" by
holds 'apply' on node01 meshmod-ctl apply --node node01 -f "$T/mesh.yaml"
caught 'it is there again' node01 near eth0 $manager_mac 4
goes_on 'and even so all go on'
