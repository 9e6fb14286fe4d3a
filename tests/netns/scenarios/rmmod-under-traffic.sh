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
again() {	# COMMAND...: which removes it
	"$@" && insmod "$MESHMOD_BIN/meshmod.ko" &&
		on manager meshmod-ctl up --node manager -f "$T/mesh.yaml" &&
		ask client -t 5000 tcp 192.0.2.10 8080
}
times=$(rounds 2 5)
i=1
while [ "$i" -le "$times" ]; do
	holds "removed, loaded and up again, $i of $times" again rmmod meshmod
	i=$((i + 1))
done
# Whoever is in the middle of a list holds the module until he has read it.
spawn manager "$T/lists" sh -c 'while :; do meshmod-ctl -s service list; done'
lists=$spawned
i=1
while [ "$i" -le "$times" ]; do
	holds "and while lists are read, $i of $times" \
		again within 10 rmmod meshmod
	i=$((i + 1))
done
end "$lists"	# what it has just started may read on
talk held client tcp 192.0.2.10 8080
must first 1 say held
holds 'removed for good' within 10 rmmod meshmod
expect 'a connection that was translated has ended with it' reset say held
expect 'a connection to the port is refused by the host itself' refused \
	ask client -t 3000 tcp 192.0.2.10 8080
kill "$tcp" "$udp"
within 10 gone "$tcp $udp"
answered() {
	awk '{ print ($1 > 0) }' "$1"
}
expect 'TCP requests were answered in between' 1 answered "$T/tcp"
expect 'UDP requests were, too' 1 answered "$T/udp"
