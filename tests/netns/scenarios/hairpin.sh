# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# A container calls the service that it serves itself, by the node's address,
# the VIP and the gateway's address; the answer may be its own.

mesh_file mesh.yaml <<-'M'
	  web:
	    publish: ["8080:80/tcp", "5353:53/udp"]
	    vip: 10.11.0.20
	    backends:
	      web.1: {node: manager, ip: 10.11.0.12, netns: web1}
	      web.2: {node: manager, ip: 10.11.0.13, netns: web2}
M
one_node "$T/mesh.yaml" 2
for i in 1 2; do
	serve manager "web$i" "web.$i" tcp 80
	serve manager "web$i" "web.$i" udp 53
done
for to in 192.0.2.10 172.18.0.1 10.11.0.20; do
	expect "TCP to $to" 'web.1 2, web.2 2' \
		spread_in manager web1 4 tcp "$to" 8080
	expect "UDP to $to" 'web.1 2, web.2 2' \
		spread_in manager web1 4 udp "$to" 5353
done
