# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# A container's namespace can be named by its path, or by a process that is in it;
# one whose name has gone is cleared as long as something runs in it.

one_host 1
machine box	# has a namespace, and no name for it
mesh_file <<-M
	  web:
	    publish: ["8080:80/tcp"]
	    backends:
	      web.1: {node: manager, ip: 10.11.0.12, netns: /run/netns/web1}
	      web.2: {node: manager, ip: 10.11.0.13, netns: "$(cat "$T/box.pid")"}
M
up manager "$T/mesh.yaml"
serve manager web1 web.1 tcp 80
inside=$server
serve box '' web.2 tcp 80
expect 'both serve' 'web.1 2, web.2 2' spread client 4 tcp 192.0.2.10 8080
expect 'a second up finds them again' 'nothing to change' \
	on manager meshmod-ctl up --node manager -f "$T/mesh.yaml"
must on manager ip netns del web1
holds 'down' on manager meshmod-ctl down
left_in_web1() {
	peer -P "$inside" run meshmod-ctl redirect list
	peer -P "$inside" run meshmod-ctl -d node show
}
expect 'leaves nothing in the one whose name has gone' 'node mask 0x00ffffff offload on overlay off' \
	left_in_web1
left_in_box() {
	on box ip -o link | grep -c ': eth'
	on box meshmod-ctl redirect list
	on box meshmod-ctl -d node show
}
expect 'nor in the one that never had a name' '0
node mask 0x00ffffff offload on overlay off' left_in_box
