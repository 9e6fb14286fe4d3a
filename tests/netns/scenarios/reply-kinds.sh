# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# What answers a client that keeps its address, other than a socket of the container:
# its kernel, where nobody listens and where a packet is too big, and somebody behind
# it to whom it forwards.  With a way out and without; and connections on which
# nothing was said until all routes were forgotten.

# What a container forwards is published at the port that it has: what the mesh has
# translated, no rule of the container's own translates once more.
three_file <<-'M'
  web:
    source: preserve
    publish: ["8080:80", "8081:81", "8081:81/udp", "8081:81/sctp",
      "8082:8082", "8082:8082/udp"]
    backends:
      web.1: {node: node01, ip: [10.11.0.12, "fd00:11::c"], netns: web1}
M
# shellcheck disable=SC2086 # words
machines client $nodes
container node01 web1
container node01 behind
for m in $nodes; do
	up "$m" "$T/mesh.yaml"
done
serve node01 web1 web.1 tcp 80

inside() {
	in_ node01 web1 "$@"
}
wire_up() {	# NETNS DEV HOST
	must in_ node01 "$1" ip addr add "10.99.0.$3/24" dev "$2"
	must in_ node01 "$1" ip addr add "fd99::$3/64" dev "$2" nodad
	must in_ node01 "$1" ip link set "$2" up
}
must on node01 ip -n web1 link add in0 type veth peer name eth0 netns behind
wire_up web1 in0 1
wire_up behind eth0 2
# The way there takes less than the overlay, which only the container knows.
must inside ip route add 10.99.0.2/32 dev in0 mtu 1280
must inside ip route add fd99::2/128 dev in0 mtu 1280
must in_ node01 behind ip route add default via 10.99.0.1
must in_ node01 behind ip route add default via fd99::1
must inside sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
must inside nft -f - <<-'N'
	table inet own {
		chain pre {
			type nat hook prerouting priority -100;
			meta nfproto ipv4 meta l4proto { tcp, udp } th dport 8082 dnat ip to 10.99.0.2
			meta nfproto ipv6 meta l4proto { tcp, udp } th dport 8082 dnat ip6 to fd99::2
		}
	}
N
serve node01 behind behind tcp 8082
serve node01 behind behind udp 8082

learned() {	# ADDRESS: what fits on the way there
	on client ip route get "$1" | grep -q 'mtu 1280'
}
answers() {	# HOW
	for by in node01 manager; do
		for family in 4 6; do
			to=$(address "$by" $family) from=$(address client $family)
			for proto in tcp udp sctp; do
				expect "$1, $to: $proto to a port where nobody listens" \
					refused ask client -t 900 $proto "$to" 8081
			done
			for proto in tcp udp; do
				expect "$to: $proto to somebody behind it" \
					"behind $from" first 2 ask client $proto "$to" 8082
			done
			expect "$to: an upload there, of which it has to say what fits" \
				'200000 of 200000' on client peer send 200000 "$to" 8082
			holds "$to: which the client knows now" learned "$to"
			expect "$to: and a download" \
				'200000 of 200000' on client peer fetch 200000 "$to" 8082
		done
	done
}
forget() {	# what the client has learned of paths
	must on client ip route flush cache
	must on client ip -6 route flush cache
}
for by in node01 manager; do
	for family in 4 6; do
		talk "$by.$family" client tcp "$(address "$by" $family)" 8080
	done
done
answers 'with a way out'
holds 'take the way out' on node01 meshmod-ctl backend set web web.1 gateway off
# The mesh's own, over a leg without carrier
must inside ip -4 route del default
must inside ip -6 route del default
forget
answers 'without'

for ns in web1 meshmod-overlay meshmod-ingress; do
	[ -e "/run/netns/$ns" ] || continue
	in_ node01 "$ns" ip neigh flush all
	must in_ node01 "$ns" ip route flush cache
	must in_ node01 "$ns" ip -6 route flush cache
done
for by in node01 manager; do
	for family in 4 6; do
		expect "$by, IPv$family: a connection in which nothing was said meanwhile" \
			"web.1 $(address client $family)" first 2 say "$by.$family"
	done
done
