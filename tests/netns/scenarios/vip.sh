# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# The VIP: from a container, from the node, on the ports that are published
# (routing-mesh.md rows 3 and 4).

three_nodes
expect 'from a container, over the overlay' 'web.1 2, web.2 2, web.3 2' \
	spread_in node01 web1 6 tcp 10.11.0.20 8080
expect 'from the node' 'web.1 2, web.2 2, web.3 2' \
	spread manager 6 tcp 10.11.0.20 8080
expect 'from where it is balanced' 'web.1' \
	first 1 in_ manager "$balancer" peer ask tcp 10.11.0.20 8080
expect 'a port that the service does not publish is refused' refused \
	in_ node01 web1 peer ask -t 3000 tcp 10.11.0.20 9999
