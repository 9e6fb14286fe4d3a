# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# Round robin is exact: 3N requests are N for each replica, one client or many,
# and one decision a connection (routing-mesh.md row 5).

web_mesh 3
cat >> "$T/mesh.yaml" <<-'M'
	      idle: {node: manager, ip: 10.11.0.17, netns: web4, weight: 0}
	      gone: {node: manager, ip: 10.11.0.18, netns: web5, state: down}
M
one_node 5
serve_web 1 2 3 4 5
in_order() {
	ask client -n 4 tcp 192.0.2.10 8080 | cut -d' ' -f1 | tr '\n' ' '
}
expect 'the turns are in the order of the mesh file' 'web.1 web.2 web.3 web.1 ' \
	in_order
expect '30 requests are 10 for each usable replica' \
	'web.1 10, web.2 10, web.3 10' spread client 30 tcp 192.0.2.10 8080
expect '30 UDP requests are 10 for each as well' \
	'web.1 10, web.2 10, web.3 10' spread client 30 udp 192.0.2.10 5353
each=$(rounds 10 50)
together() {
	workers=
	for i in 1 2 3; do
		on client peer ask -n "$each" tcp 192.0.2.10 8080 > "$T/together.$i" &
		workers="$workers $!"
	done
	# shellcheck disable=SC2086 # pids
	wait $workers
	cat "$T"/together.? | cut -d' ' -f1 | sort | uniq -c |
		awk '{ printf "%s %s\n", $2, $1 }'
}
expect "three clients at once: each replica gets $each" "web.1 $each
web.2 $each
web.3 $each" together
over_one_connection() {
	for _ in 1 2 3; do
		say one
	done | cut -d' ' -f1 | uniq -c | awk '{ print $1 }'
}
talk one client tcp 192.0.2.10 8080
expect 'requests on one connection stay with its replica' 3 over_one_connection
