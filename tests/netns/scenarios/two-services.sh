# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# Two services, one container in both, TCP and UDP of one number apart: each
# port leads to its own.

mesh_file <<-'M'
	  web:
	    publish: ["8080:80/tcp"]
	    vip: 10.11.0.20
	    backends:
	      web.1: {node: manager, ip: 10.11.0.12, netns: web1}
	      both.1: {node: manager, ip: 10.11.0.13, netns: web2}
	  api:
	    publish: ["9090:90/tcp", "8080:53/udp"]
	    vip: 10.11.0.21
	    backends:
	      api.1: {node: manager, ip: 10.11.0.16, netns: web3}
	      both.1: {node: manager, ip: 10.11.0.13, netns: web2}
M
one_node 3
serve manager web1 web.1 tcp 80
serve manager web2 both.web tcp 80
serve manager web2 both.api tcp 90
serve manager web2 both.udp udp 53
serve manager web3 api.1 tcp 90
serve manager web3 api.udp udp 53
expect 'the first' 'both.web 2, web.1 2' spread client 4 tcp 192.0.2.10 8080
expect 'the second' 'api.1 2, both.api 2' spread client 4 tcp 192.0.2.10 9090
expect 'UDP of the same number is the second' 'api.udp 2, both.udp 2' \
	spread client 4 udp 192.0.2.10 8080
expect 'the VIP of the first' 'both.web 2, web.1 2' \
	spread manager 4 tcp 10.11.0.20 8080
expect 'the VIP of the second' 'api.1 2, both.api 2' \
	spread manager 4 tcp 10.11.0.21 9090
marks() {
	ctl manager service list | sed -n 's/^service \([^ ]*\) .* mark \([0-9]*\) .*/\1 \2/p'
}
expect 'marks count up from 256' 'api 256
web 257' marks
