# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# A container calls the service that it serves itself, by the node's address,
# the VIP and the gateway's address; the answer may be its own.

web_mesh 2
one_node 2
serve_web 1 2
for to in 192.0.2.10 172.18.0.1 10.11.0.20; do
	expect "TCP to $to" 'web.1 2, web.2 2' \
		spread_in manager web1 4 tcp "$to" 8080
	expect "UDP to $to" 'web.1 2, web.2 2' \
		spread_in manager web1 4 udp "$to" 5353
done
