# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# What could be seen before starting is refused before starting: one sentence
# with the place in the file and the remedy, and nothing is half built.

mesh_file <<-'M'
	  web:
	    publish: ["8080:80/tcp"]
	    backends:
	      web.1: {node: manager, ip: 10.11.0.12, netns: web1}
M
one_host 1
f=$T/mesh.yaml
more=$(settings | wc -l)
at() {		# LINE COLUMN: a place in it
	echo "$(($1 + more)):$2"
}
refused() {	# TEXT SENTENCE FILE
	text=$1
	expect "$text" "$2" run_both "$3"
	untouched "$text"
}
run_both() {
	on manager meshmod-ctl up --node manager -f "$1" 2>&1 | sed "s|$T/||"
}
untouched() {
	expect "$1: nothing was built" "$nothing" picture
}
picture() {
	on manager ip -o link | sed 's/^[0-9]*: \([^:@]*\).*/\1/' | sort |
		grep -v "^taken" | tr '\n' ' '
	in_ manager web1 ip -o link | wc -l | tr '\n' ' '
	on manager ip netns list | wc -l
}

nothing=$(picture)
must rmmod meshmod
expect 'the module is not loaded' \
	'the module is not loaded; load it with: modprobe meshmod' \
	run_both "$f"
untouched 'the module is not loaded'
must insmod "$MESHMOD_BIN/meshmod.ko"

sed 's/netns: web1/netns: nope/' "$f" > "$T/netns.yaml"
refused 'a namespace that does not exist' \
	"netns.yaml:$(at 10 53): namespace nope of backend web.1 does not exist (no /run/netns/nope); start the container first" \
	"$T/netns.yaml"
sed 's/192.0.2.10/192.0.2.99/' "$f" > "$T/underlay.yaml"
refused 'an underlay address that the host does not have' \
	"underlay.yaml:$(at 5 23): this host does not have the underlay address 192.0.2.99 of node manager; name the right node with --node, or correct the address" \
	"$T/underlay.yaml"
must on manager ip link add mesh_gw type bridge
expect 'a bridge of that name that is not ours' \
	"mesh.yaml:$(at 3 10): mesh_gw exists on this host and is not meshmod's; remove it or choose another gateway.bridge" \
	run_both "$f"
must on manager ip link del mesh_gw
untouched 'somebody'\''s bridge'
must on manager ip link add taken0 type vxlan id 4242 dstport 4789 local 192.0.2.10
must on manager ip link set taken0 up
refused 'a VNI that is taken' \
	"mesh.yaml:$(at 3 16): VNI 4242 on UDP port 4789 is taken by another VXLAN device of this host; choose another overlay.vni" \
	"$f"
must on manager ip link del taken0
serve manager '' x udp 4789
refused 'a UDP port that is taken' \
	"mesh.yaml:$(at 3 10): UDP port 4789 is taken by another socket of this host; choose another overlay.port" \
	"$f"
end "$server"
nobody() {
	on manager peer nobody meshmod-ctl up --node manager -f "$f" 2>&1
}
chmod -R a+rX "$T"
expect 'no permission' \
	'no permission: this needs CAP_NET_ADMIN and CAP_SYS_ADMIN; run it as root' \
	nobody
untouched 'no permission'
serve manager '' x tcp 8080
holds 'a port that a process listens on: only a warning' \
	tells '^[^ ]*mesh.yaml:'"$(at 8 '[0-9]*')"': warning: a process of this host listens on port 8080/tcp; the mesh gets its connections now$' \
	on manager meshmod-ctl up --node manager -f "$f" --dry-run
end "$server"
holds 'and without all that it works' on manager meshmod-ctl up --node manager -f "$f"

# In the flat topology the host's own loopback is needed, and not touched.
dual_mesh 1
holds 'down' on manager meshmod-ctl down
must on manager sh -c 'echo 1 > /proc/sys/net/ipv6/conf/lo/disable_ipv6'
case $topology in
sandbox)
	holds 'a loopback device without IPv6 is none of the sandbox'\''s business' \
		on manager meshmod-ctl up --node manager -f "$f" ;;
flat)
	expect 'a loopback device without IPv6' \
		'the mesh has IPv6 addresses, and this host'\''s loopback device takes none; set net.ipv6.conf.lo.disable_ipv6 to 0, or use topology: sandbox' \
		run_both "$f" ;;
esac
