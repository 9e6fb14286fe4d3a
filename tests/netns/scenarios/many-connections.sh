# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# 200 connections at once from one range of source ports, from two clients with
# the same ports: no clash costs a retry.

mesh_file mesh.yaml <<-'M'
	  web:
	    publish: ["8080:80/tcp"]
	    backends:
	      web.1: {node: manager, ip: 10.11.0.12, netns: web1}
	      web.2: {node: manager, ip: 10.11.0.13, netns: web2}
M
one_node "$T/mesh.yaml" 2
machine other
plug other 192.0.2.2/24
serve manager web1 web.1 tcp 80
serve manager web2 web.2 tcp 80
expect 'one client' '200 answered, 0 sent twice' \
	on client peer many -p 20000 200 192.0.2.10 8080
spawn other "$T/other" peer many -p 20000 200 192.0.2.10 8080
other=$spawned
expect 'two clients with the same ports at once, the one' \
	'200 answered, 0 sent twice' \
	on client peer many -p 20000 200 192.0.2.10 8080
other_ends() {
	within 60 gone "$other" && cat "$T/other"
}
expect 'and the other' '200 answered, 0 sent twice' other_ends
# A port is free again once both ends have seen each other off.
all_closed() {
	! { on client cat /proc/net/tcp && in_ manager web1 cat /proc/net/tcp &&
		in_ manager web2 cat /proc/net/tcp; } | grep -q ' 0[124589B] '
}
must within 30 all_closed
expect 'the same ports again, soon after' '200 answered, 0 sent twice' \
	on client peer many -p 20000 200 192.0.2.10 8080
failed() {
	in_ manager meshmod-ingress conntrack -S | grep -o 'insert_failed=[0-9]*' |
		cut -d= -f2 | sort -u
}
expect 'no conntrack clashed with another' 0 failed
expect 'every connection was decided once' 800 \
	reason manager meshmod-ingress balanced
