# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# What is removed has its flows ended at once, and only those: UDP clients go on
# with a living backend.

web_mesh 2
one_node 2
serve_web 1 2
who() {
	first 1 say "$1"
}
talk udp1 client udp 192.0.2.10 5353
talk udp2 client udp 192.0.2.10 5353
talk tcp1 client tcp 192.0.2.10 8080
talk tcp2 client tcp 192.0.2.10 8080
expect 'a UDP flow to web.1' web.1 who udp1
expect 'a UDP flow to web.2' web.2 who udp2
first=$(who tcp1)
second=$(who tcp2)
holds 'two TCP connections to one each' test "$first" != "$second"
expect 'the UDP flows stay where they are' 'web.1 web.2' \
	echo "$(who udp1) $(who udp2)"
holds 'delete web.1' ctl manager backend del web web.1
expect "web.1's UDP flow goes on with web.2, at its next packet" web.2 who udp1
expect "web.2's does not notice" web.2 who udp2
if [ "$first" = web.1 ]; then
	ended=tcp1 kept=tcp2
else
	ended=tcp2 kept=tcp1
fi
expect "web.1's TCP connection is reset" reset who "$ended"
expect "web.2's goes on" web.2 who "$kept"
holds 'delete the service' ctl manager service del web
expect 'its connections are reset' reset who "$kept"
expect 'the published port is refused' refused \
	ask client -t 900 tcp 192.0.2.10 8080
