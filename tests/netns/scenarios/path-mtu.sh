# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# ICMP errors find their way through all translations, in both directions: a
# closed UDP port is told to the client, a narrow path to the container.

dual_mesh 1
one_node 1
serve manager web1 web.1 tcp 80
for to in 192.0.2.10 2001:db8::10; do
	expect "a UDP port that nobody serves: the container tells the client ($to)" \
		refused ask client -t 3000 udp $to 5353
done
expect 'it was not the mesh that refused' 0 \
	reason manager "$balancer" no_backend

# far -- client (a router from here on) -- manager; the way to far is narrow
machine far
read -r far_pid < "$T/far.pid"
must on client ip link add far mtu 1300 type veth peer name eth0 mtu 1300 netns "$far_pid"
must on client ip addr add 198.51.100.1/24 dev far
must on client ip link set far up
must on client sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'
must on far ip addr add 198.51.100.2/24 dev eth0
must on client ip addr add 2001:db8:1::1/64 dev far nodad
must on client sh -c 'echo 1 > /proc/sys/net/ipv6/conf/all/forwarding'
must on far ip addr add 2001:db8:1::2/64 dev eth0 nodad
must on far ip link set eth0 up mtu 1300
# Its own segments would be small, and it would ask for small ones: only the
# router knows how narrow it is.
must on far ip route add default via 198.51.100.1 advmss 1460
must on manager ip route add 198.51.100.0/24 via 192.0.2.1
must on far ip route add default via 2001:db8:1::1 advmss 1440
must on manager ip route add 2001:db8:1::/64 via 2001:db8::1
narrow() {	# INGRESS_ADDRESS
	in_ manager web1 ip route get "$1" | grep -o 'mtu [0-9]*'
}
for way in '192.0.2.10 10.11.0.4' '2001:db8::10 fd00:11::4'; do
	# shellcheck disable=SC2086 # words
	set -- $way
	expect "a client behind a narrow link, to $1" web.1 \
		first 1 ask far tcp "$1" 8080
	expect 'a download to it is whole' '1000000 of 1000000' \
		on far peer fetch 1000000 "$1" 8080
	expect 'the container has learned of the narrow path' 'mtu 1300' narrow "$2"
	expect 'an upload from it is whole' '1000000 of 1000000' \
		on far peer send 1000000 "$1" 8080
done
