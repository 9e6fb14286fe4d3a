# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# Namespaces go away while packets still arrive: a container's, the sandbox (or
# the leg that stands for it), and a whole node; up builds the mesh again.

web_mesh 2
one_node 2
serve_web 1
# Connections whose other end went without a word give up soon, not in minutes.
impatient() {
	in_ "$1" "$2" sh -c 'echo 1 > /proc/sys/net/ipv4/tcp_orphan_retries'
}
must impatient client ''
must impatient manager ''
must impatient manager web1
servers=$(tail -n 2 "$T/pids")
spawn client "$T/tcp" peer flood tcp 192.0.2.10 8080
spawn client "$T/udp" peer flood udp 192.0.2.10 5353
spawn manager "$T/local" peer flood tcp 127.0.0.1 8080
inside="$(cat "$T/manager.pid") $spawned $servers"

times=$(rounds 2 5)
i=1
while [ "$i" -le "$times" ]; do
	holds "the container web2 goes, $i of $times" on manager ip netns del web2
	container manager web2
	holds 'and comes back' \
		on manager meshmod-ctl up --node manager -f "$T/mesh.yaml"
	holds 'the sandbox goes' on manager sh -c "$(in_layout \
		'ip netns del meshmod-ingress' 'ip link del ms-ovl')"
	holds 'and comes back' \
		on manager meshmod-ctl up --node manager -f "$T/mesh.yaml"
	i=$((i + 1))
done
must ctl manager backend del web web.2
expect 'the mesh works' 'web.1 3' spread client 3 tcp 192.0.2.10 8080
# All processes in it: the packets that still arrive find it dying.
holds 'a whole node goes' end "$inside"
