# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# The module is removed and loaded again while connections come in; what the
# kernel has to say about that is looked at after every scenario.

web_mesh 2
one_node 2
serve_web 1 2
spawn client "$T/tcp" peer flood tcp 192.0.2.10 8080
tcp=$spawned
spawn client "$T/udp" peer flood udp 192.0.2.10 5353
udp=$spawned
spawn manager "$T/local" peer flood tcp 127.0.0.1 8080
spawn manager "$T/dumps" sh -c 'while :; do meshmod-ctl -s service list; done'
again() {
	rmmod meshmod && insmod "$MESHMOD_BIN/meshmod.ko" &&
		on manager meshmod-ctl up --node manager -f "$T/mesh.yaml" &&
		ask client -t 5000 tcp 192.0.2.10 8080
}
times=$(rounds 4 10)
i=1
while [ "$i" -le "$times" ]; do
	holds "removed, loaded and up again, $i of $times" again
	i=$((i + 1))
done
holds 'removed for good' rmmod meshmod
expect 'a connection to the port is refused by the host itself' refused \
	ask client -t 3000 tcp 192.0.2.10 8080
kill "$tcp" "$udp"
within 10 gone "$tcp $udp"
answered() {
	awk '{ print ($1 > 0) }' "$1"
}
expect 'TCP requests were answered in between' 1 answered "$T/tcp"
expect 'UDP requests were, too' 1 answered "$T/udp"
