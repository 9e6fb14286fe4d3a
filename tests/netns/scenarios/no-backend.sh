# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# A service that nobody can serve refuses at once: a reset for TCP, port
# unreachable for UDP; counted (routing-mesh.md row 5).

mesh_file <<-'M'
	  web:
	    publish: ["8080:80/tcp", "5353:53/udp"]
	    vip: 10.11.0.20
	    backends:
	      web.1: {node: manager, ip: 10.11.0.12, netns: web1, state: down}
	      web.2: {node: manager, ip: 10.11.0.13, netns: web2, weight: 0}
	  none:
	    publish: [8081/tcp]
M
one_node 2
serve manager web1 web.1 tcp 80
for from in client manager; do
	for port in 8080 8081; do
		expect "TCP $port from $from is refused at once" refused \
			ask "$from" -t 900 tcp 192.0.2.10 "$port"
	done
	expect "UDP from $from is refused at once" refused \
		ask "$from" -t 900 udp 192.0.2.10 5353
done
expect 'by 127.0.0.1 too' refused ask manager -t 900 tcp 127.0.0.1 8080
expect 'by the VIP too' refused \
	in_ manager web2 peer ask -t 900 tcp 10.11.0.20 8080
expect 'each was counted' 8 reason manager "$balancer" no_backend
counted() {
	ctl manager -s service show "$1" | sed -n 's/^service.* no_backend \([0-9]*\).*/\1/p'
}
expect 'for the one service' 6 counted web
expect 'and for the other' 2 counted none
must ctl manager backend set web web.1 state up
expect 'a backend that comes up serves' 'web.1 3' \
	spread client 3 tcp 192.0.2.10 8080
must ctl manager backend set web web.1 weight 0
expect 'one of weight 0 does not' refused ask client -t 900 tcp 192.0.2.10 8080
