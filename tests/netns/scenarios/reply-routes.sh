# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# A container whose clients keep their addresses answers them without a route to
# them: by rules behind all others, which come and go with the service's source,
# with the container and with the mesh, whether or not the module is still there.

dual_file <<-'M'
  web:
    source: preserve
    publish: ["8080:80/tcp", "5353:53/udp", "9000-9009:7000-7009/tcp", "8082:80"]
    vip: [10.11.0.20, "fd00:11::20"]
    backends:
      web.1: {node: manager, ip: [10.11.0.12, "fd00:11::c"], netns: web1, gateway: off}
  shop:
    publish: ["8181:81/tcp"]
    backends:
      web.1: {node: manager, ip: [10.11.0.12, "fd00:11::c"], netns: web1, gateway: off}
      shop.2: {node: manager, ip: 10.11.0.13, netns: web2}
M
one_node 2
serve_web 1
serve manager web1 web.1 tcp 81
inside() {
	in_ manager web1 ip "$@"
}
# Somebody else's, at the same place
must inside rule add pref 32800 from 203.0.113.0/24 lookup 100

rules() {
	for family in -4 -6; do
		inside "$family" rule | sed -n 's/^32800:[[:space:]]*//p'
		inside "$family" route show table 32800 2> /dev/null
	done | sed 's/ *$//; s/ipproto-6 /tcp /; s/ipproto-17 /udp /; s/ipproto-1 /icmp /; s/ipproto-58 /ipv6-icmp /' | sort
}
theirs='from 203.0.113.0/24 lookup 100'
all=$(sort <<-'R'
	from 203.0.113.0/24 lookup 100
	from all ipproto tcp sport 80 lookup 32800 proto 109
	from all ipproto tcp sport 80 lookup 32800 proto 109
	from all ipproto tcp sport 7000-7009 lookup 32800 proto 109
	from all ipproto tcp sport 7000-7009 lookup 32800 proto 109
	from all ipproto udp sport 53 lookup 32800 proto 109
	from all ipproto udp sport 53 lookup 32800 proto 109
	from all ipproto icmp lookup 32800 proto 109
	from all ipproto ipv6-icmp lookup 32800 proto 109
	default dev eth0 proto 109 scope link
	default dev eth0 proto 109 metric 1024 pref medium
R
)
run() {
	on manager meshmod-ctl "$1" --node manager -f "$T/mesh.yaml"
}
expect 'each port that its clients ask has a rule, once' "$all" rules
expect 'nothing more to do' 'nothing to change' run apply
none() {
	! in_ manager web2 ip rule | grep -q 32800
}
holds 'a container whose clients do not keep them has none' none

seen() {	# PROTO ADDRESS PORT
	first 2 ask client -t 3000 "$@"
}
# The mesh's own, over a leg without carrier
unroute() {
	must inside -4 route del default
	must inside -6 route del default
}
expect 'it answers its clients' 'web.1 192.0.2.1' seen tcp 192.0.2.10 8080
expect 'by IPv6, too' 'web.1 2001:db8::1' seen tcp 2001:db8::10 8080
unroute
expect 'without a default route too' 'web.1 192.0.2.1' seen tcp 192.0.2.10 8080
expect 'by UDP' 'web.1 192.0.2.1' seen udp 192.0.2.10 5353
expect 'and by IPv6' 'web.1 2001:db8::1' seen tcp 2001:db8::10 8080
expect 'both' 'web.1 2001:db8::1' seen udp 2001:db8::10 5353
expect 'of another service it sees the ingress address' 'web.1 10.11.0.4' \
	seen tcp 192.0.2.10 8181
expect 'and so of processes of the node' 'web.1 10.11.0.4' \
	first 2 ask manager -t 3000 tcp 192.0.2.10 8080
expect 'by the VIP too' 'web.1 fd00:11::4' \
	first 2 ask manager -t 3000 tcp fd00:11::20 8080
expect 'and of containers, which have only that' 'web.1 10.11.0.4' \
	first 2 in_ manager web2 peer ask -t 3000 tcp 10.11.0.20 8080
must inside rule del pref 32800 ipproto 6 sport 80
expect 'that is what the rules do' timeout \
	ask client -t 2000 tcp 192.0.2.10 8080
expect 'apply repairs them' 'add route default via 172.18.0.1 in namespace web1
add route default via fd6d:6573:6800::1 in namespace web1
add 1 rule for replies in namespace web1
mesh test is up on node manager' run apply
unroute
expect 'and it answers again' 'web.1 192.0.2.1' seen tcp 192.0.2.10 8080

run apply > "$T/out"
sed -i 's/source: preserve/source: ingress/' "$T/mesh.yaml"
run apply > "$T/said"
expect 'without the source it has no rules' "$theirs" rules
said() {
	grep 'replies' "$T/said"
}
expect 'which is told' 'remove 2 routes for replies in namespace web1
remove 8 rules for replies in namespace web1' said
expect 'nothing more to do then' 'nothing to change' run apply
expect 'it is asked by the ingress address' 'web.1 10.11.0.4' \
	seen tcp 192.0.2.10 8080

sed -i 's/source: ingress/source: preserve/' "$T/mesh.yaml"
run apply > "$T/out"
expect 'with it there they are again' "$all" rules
cp "$T/mesh.yaml" "$T/with.yaml"
sed -i '/web\.1:/d; /source: preserve/,/shop:/{/backends/d}' "$T/mesh.yaml"
run apply > "$T/out"
expect 'a container that is taken out has none' "$theirs" rules
cp "$T/with.yaml" "$T/mesh.yaml"
run apply > "$T/out"
expect 'one that comes back has' "$all" rules
down() {
	on manager meshmod-ctl down | tail -n 1
}
expect 'down' 'the mesh is down on this node' down
expect 'takes them and nothing else' "$theirs" rules
run up > "$T/out"
expect 'up' "$all" rules
must rmmod meshmod
expect 'down without the module' 'the mesh is down on this node' down
expect 'takes them as well' "$theirs" rules
