# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# ICMP errors find their way through all translations, in both directions: a
# closed UDP port is told to the client, a narrow path to the container.

web_mesh 1
one_node 1
serve manager web1 web.1 tcp 80
expect 'a UDP port that nobody serves: the container tells the client' refused \
	ask client -t 3000 udp 192.0.2.10 5353
expect 'it was not the mesh that refused' 0 \
	reason manager meshmod-ingress no_backend

# far -- client (a router from here on) -- manager; the way to far is narrow
machine far
read -r far_pid < "$T/far.pid"
must on client ip link add far mtu 1300 type veth peer name eth0 mtu 1300 netns "$far_pid"
must on client ip addr add 198.51.100.1/24 dev far
must on client ip link set far up
must on client sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'
must on far ip addr add 198.51.100.2/24 dev eth0
must on far ip link set eth0 up mtu 1300
# Its own segments would be small, and it would ask for small ones: only the
# router knows how narrow it is.
must on far ip route add default via 198.51.100.1 advmss 1460
must on manager ip route add 198.51.100.0/24 via 192.0.2.1
expect 'a client behind a narrow link' web.1 first 1 ask far tcp 192.0.2.10 8080
expect 'a download to it is whole' '1000000 of 1000000' \
	on far peer fetch 1000000 192.0.2.10 8080
narrow() {
	in_ manager web1 ip route get 10.11.0.4 | grep -o 'mtu [0-9]*'
}
expect 'the container has learned of the narrow path' 'mtu 1300' narrow
expect 'an upload from it is whole' '1000000 of 1000000' \
	on far peer send 1000000 192.0.2.10 8080
