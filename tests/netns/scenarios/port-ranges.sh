# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# A range of ports is one object: each port of it leads to its own target port,
# or all lead to one; the ports beside it are closed.

mesh_file <<-'M'
	  each:
	    publish: ["8000-8099:7000-7099/tcp", "300-310/udp"]
	    backends:
	      each.1: {node: manager, ip: 10.11.0.12, netns: web1}
	  all:
	    publish: ["8100-8199:80/tcp"]
	    backends:
	      all.1: {node: manager, ip: 10.11.0.13, netns: web2}
M
one_node 2
for port in 7000 7001 7050 7099; do
	serve manager web1 "target.$port" tcp "$port"
done
serve manager web1 'target.300' udp 300
serve manager web1 'target.310' udp 310
serve manager web2 all.1 tcp 80
for port in 7000 7001 7050 7099; do
	expect "$((port + 1000)) leads to $port" "target.$port" \
		first 1 ask client tcp 192.0.2.10 $((port + 1000))
done
expect 'the first port of a range that keeps its numbers' target.300 \
	first 1 ask client udp 192.0.2.10 300
expect 'and the last' target.310 first 1 ask client udp 192.0.2.10 310
for port in 8100 8150 8199; do
	expect "$port leads to the one target" all.1 \
		first 1 ask client tcp 192.0.2.10 "$port"
done
for port in 7999 8200; do
	expect "$port, just beside, is closed" refused \
		ask client -t 2000 tcp 192.0.2.10 "$port"
done
for port in 299 311; do
	expect "UDP $port, just beside, is closed" refused \
		ask client -t 2000 udp 192.0.2.10 "$port"
done
published() {
	ctl manager service show "$1" | grep -o 'publish.*/[a-z]*'
}
add_late() {
	ctl manager service add late publish "$1/tcp" 2>&1 |
		sed 's/^publish [^ ]*: //'
}
expect 'one object in the sandbox' \
	'publish 8000-8099:7000-7099/tcp publish 300-310:300-310/udp' published each
expect 'one redirect in the container' \
	'redirect ip 10.11.0.12 proto tcp from 8000-8099 to 7000-7099
redirect ip 10.11.0.12 proto udp from 300-310 to 300-310' \
	in_ manager web1 meshmod-ctl redirect list
expect 'a port of a range that another service has' \
	'service late cannot publish 8050/tcp, because service each publishes 8000-8099/tcp; choose another port, or unpublish it there' \
	add_late 8050
expect 'a range that overlaps one at its end' \
	'service late cannot publish 7990-8000/tcp, because service each publishes 8000-8099/tcp; choose another port, or unpublish it there' \
	add_late 7990-8000:80
talk held client tcp 192.0.2.10 8050
expect 'a connection into the range' target.7050 first 1 say held
must ctl manager service set each publish 8000-8099:7000-7099/tcp
expect 'goes on when another port is withdrawn' target.7050 first 1 say held
must ctl manager service set each publish 8000-8040:7000-7040/tcp
expect 'and ends with its own' reset say held
