# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# A client on the node itself, by any of its addresses and by name; nobody else
# by 127.0.0.0/8 (routing-mesh.md row 2).

web_mesh 1
one_node 1
serve_web 1
for to in 127.0.0.1 127.5.6.7 192.0.2.10 172.18.0.1 localhost manager; do
	expect "the node itself by $to" 'web.1 10.11.0.4' \
		first 2 ask manager tcp "$to" 8080
done
expect 'by 127.0.0.1 with UDP' 'web.1 10.11.0.4' \
	first 2 ask manager udp 127.0.0.1 5353

# A container that sends to 127.0.0.1 over its gateway leg
must in_ manager web1 sh -c 'echo 1 > /proc/sys/net/ipv4/conf/all/route_localnet'
in_ manager web1 ip route flush table local 127.0.0.0/8 2> /dev/null
must in_ manager web1 ip route add 127.0.0.0/8 via 172.18.0.1 dev eth1
before=$(reason manager '' martian)
from=$(gateway_of manager web1)
expect 'a container that sends to 127.0.0.1 gets no answer' timeout \
	in_ manager web1 peer ask -t 1500 -b "$from" tcp 127.0.0.1 8080
holds 'and was counted' test "$(reason manager '' martian)" -gt "$before"
