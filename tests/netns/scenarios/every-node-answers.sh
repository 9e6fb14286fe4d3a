# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# Any node answers on the published port, with or without a replica of its own,
# and three requests reach three replicas (routing-mesh.md rows 2 to 10).

example | sed 's/node: manager, ip: 10.11.0.16, netns: web3/node: node01, ip: 10.11.0.16, netns: web3/' > "$T/mesh.yaml"
three_nodes "$T/mesh.yaml" node01 node02 node01

for m in $nodes; do
	expect "three requests to $m reach three replicas" \
		'web.1 1, web.2 1, web.3 1' \
		spread client 3 tcp "$(address "$m")" 8080
done
seen_by() {
	ask client -n 3 tcp "$(address "$1")" 8080 | cut -d' ' -f2 | sort -u
}
expect "through the manager, containers see the manager's ingress address" \
	10.11.0.4 seen_by manager
expect "through node01, containers see node01's ingress address" \
	10.11.0.9 seen_by node01
expect "through node02, containers see node02's ingress address" \
	10.11.0.10 seen_by node02
expect 'a port that is not published is refused' refused \
	ask client tcp "$(address manager)" 8081
expect 'the target port is not open on the node' refused \
	ask client tcp "$(address manager)" 80
one_conntrack() {
	for ns in '' $balancer; do
		in_ manager "$ns" conntrack -L -p tcp --dport 8080 2> /dev/null |
			grep -c "sport=$1 "
	done
}
ask client -p 23456 tcp "$(address manager)" 8080 > /dev/null
expect 'a flow is one conntrack in the host, and one in the sandbox if there is one' \
	"$(in_layout '1
1' 1)" one_conntrack 23456
