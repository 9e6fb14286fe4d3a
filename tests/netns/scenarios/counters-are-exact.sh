# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# Counters are exact after known traffic, in every namespace, and start again
# from 0.

web_mesh 2
one_node 2
serve_web 1 2
for ns in '' "$balancer" web1 web2; do
	must on manager meshmod-ctl ${ns:+-n "$ns"} stats zero
done
expect 'all at 0 after zero' 0 reason manager "$balancer" balanced
expect '40 TCP connections' 'web.1 20, web.2 20' \
	spread client 40 tcp 192.0.2.10 8080
expect '10 UDP flows' 'web.1 5, web.2 5' spread client 10 udp 192.0.2.10 5353
expect 'from the node, 6 more' 'web.1 3, web.2 3' \
	spread manager 6 tcp 127.0.0.1 8080
expect 'balanced in the host' 56 reason manager '' balanced
expect 'marked in the host' 56 reason manager '' marked
expect 'balanced over the replicas' 56 reason manager "$balancer" balanced
expect 'redirected in the first container' 28 reason manager web1 redirected
expect 'admitted there' 28 reason manager web1 admitted
expect 'redirected in the second container' 28 reason manager web2 redirected
connections() {
	ctl manager -s backend list web | grep "web\.$1 " |
		grep -o 'connections [0-9]*'
}
expect 'connections of web.1' 'connections 28' connections 1
expect 'connections of web.2' 'connections 28' connections 2
service() {
	ctl manager -s service show web | grep '^service' |
		grep -o 'connections.*'
}
expect 'of the service' 'connections 56 no_backend 0 no_port 0 stray 0 outside 0' service
must ctl manager stats zero
expect 'zero is for all of them' 'connections 0 no_backend 0 no_port 0 stray 0 outside 0' service
expect 'and for the backends' 'connections 0' connections 1
