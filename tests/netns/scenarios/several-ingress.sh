# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# A node with several ingress addresses: all of them are used in turn, replies
# come back to each, and the way is the same from another node.

example | sed 's/ingress: 10.11.0.9}/ingress: [10.11.0.9, 10.11.0.100, 10.11.0.101]}/' > "$T/mesh.yaml"
three_nodes "$T/mesh.yaml" node01 node02 manager
seen() {
	ask client -n 9 tcp "$(address node01)" 8080 | cut -d' ' -f2 | sort -u |
		tr '\n' ' '
}
expect 'containers on all nodes see every one of them' \
	'10.11.0.100 10.11.0.101 10.11.0.9 ' seen
expect 'and every request is answered' 'web.1 6, web.2 6, web.3 6' \
	spread client 18 tcp "$(address node01)" 8080
settings() {
	ctl node01 node show | grep -o 'ingress [^ ]*' | paste -sd ' '
}
expect 'the settings name them in the order of the file' \
	'ingress 10.11.0.9 ingress 10.11.0.100 ingress 10.11.0.101' settings
