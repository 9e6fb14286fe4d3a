# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# up, apply and down: repeated they change nothing, apply changes only what
# differs, down removes exactly what up made.

# Whatever the other scenarios have: it is switched off and on here.
export MESHMOD_OFFLOAD=on
web_mesh 2
one_host 2

# Everything in the node's namespaces that can be listed
picture() {
	for ns in '' $(on manager ip netns list | cut -d' ' -f1 | sort); do
		echo "namespace $ns"
		for what in link 'addr' 'route show table all' neigh; do
			# shellcheck disable=SC2086 # words
			in_ manager "$ns" ip $what
		done
		in_ manager "$ns" bridge fdb show
		in_ manager "$ns" meshmod-ctl -d node show
		in_ manager "$ns" meshmod-ctl service list
		in_ manager "$ns" meshmod-ctl redirect list
	done | sed 's/^[0-9]*: //; s/@if[0-9]*//; s/@NONE//; s/ tentative//; s/ *$//' |
		grep -v 'fe80:\|STALE\|REACHABLE\|DELAY\|PROBE'
	on manager ls -A /run/meshmod 2> /dev/null | wc -l
}
same() {
	diff "$T/$1" "$T/$2"
}
run() {
	on manager meshmod-ctl "$1" --node manager -f "$T/mesh.yaml"
}

first_line() {	# FILE, once there is one
	within 10 lines "$1" 1 && head -n 1 "$1"
}

picture > "$T/before"
expect 'apply before up is refused' \
	'the mesh is not up on this node; run meshmod-ctl up first' run apply
other_lines() {
	on manager meshmod-ctl up --node manager -f "$T/mesh.yaml" --dry-run |
		grep -vc '^would '
}
expect 'a dry run only says what it would do' 0 other_lines
picture > "$T/after"
holds 'but it changes nothing' same before after
last() {
	"$@" | tail -n 1
}
up_says() {
	run up > "$T/said" && tail -n 1 "$T/said"
}
expect 'up' 'mesh test is up on node manager' up_says
expect 'it says which setting of the host it raises' \
	'raise net/ipv4/ip_forward from 0 to 1' grep '^raise' "$T/said"
# What bridges drop is for ports that the kernel has not yet found to be up.
idle() {
	for ns in '' $(on manager ip netns list | cut -d ' ' -f 1); do
		in_ manager "$ns" ip -o link show up | grep NO-CARRIER
	done
}
expect 'when it has said so, all its devices have their carriers' '' idle
picture > "$T/up"
expect 'up again' 'nothing to change' run up
expect 'apply' 'nothing to change' run apply
picture > "$T/again"
holds 'neither changes anything' same up again

expect 'the same in JSON' '{"changes":[],"result":"nothing to change"}' \
	on manager meshmod-ctl -j up --node manager -f "$T/mesh.yaml"
spawn manager "$T/holder" sh -c \
	'exec 9< /run/meshmod && flock 9 && echo held && exec sleep 1000'
holder=$spawned
must within 10 lines "$T/holder" 1
spawn manager "$T/second" meshmod-ctl up --node manager -f "$T/mesh.yaml"
expect 'up waits for another one' 'another meshmod-ctl is at work; waiting' \
	first_line "$T/second"
end "$holder"
holds 'and goes on when that one has ended' within 10 lines "$T/second" 2
serve_web 1 2
expect 'it works' 'web.1 2, web.2 2' spread client 4 tcp 192.0.2.10 8080
talk held client tcp 192.0.2.10 8080
replica=$(first 1 say held)
sed -i '/web.2:/s/netns: web2/netns: web2, weight: 0/' "$T/mesh.yaml"
expect 'apply of one changed weight touches one namespace' \
	"configure the module in $(in_layout 'namespace meshmod-ingress' 'the host namespace')
mesh test is up on node manager" run apply
expect 'it is in force' 'web.1 3' spread client 3 tcp 192.0.2.10 8080
expect 'the connection lives' "$replica" first 1 say held
offload() {	# of host, sandbox (if any) and a container; of web in the first two
	{
		for ns in '' ${balancer:+"$balancer"} web1; do
			in_ manager "$ns" meshmod-ctl -d node show
		done
		for ns in '' ${balancer:+"$balancer"}; do
			in_ manager "$ns" meshmod-ctl -d service show web
		done
	} | sed -n 's/.* offload \([a-z]*\).*/\1/p' | paste -sd ' '
}
all=$(in_layout 'configure the module in namespace meshmod-ingress
configure the module in the host namespace' \
	'configure the module in the host namespace')
sed -i '/^mesh:/a offload: off' "$T/mesh.yaml"
expect 'offload of the mesh is for host and sandbox' \
	"$all
mesh test is up on node manager" run apply
expect 'off there, and not of the service' \
	"$(in_layout 'off off on on on' 'off on on')" offload
expect 'nothing more to do' 'nothing to change' run apply
sed -i '/^offload/d; s/^    vip:/    offload: off\n&/' "$T/mesh.yaml"
expect 'offload of a service is for both as well' \
	"$all
mesh test is up on node manager" run apply
expect 'off of the service alone' \
	"$(in_layout 'on on on off off' 'on on off')" offload
expect 'the connection lives' "$replica" first 1 say held
sed -i '/^    offload/d' "$T/mesh.yaml"
holds 'apply without either' run apply
expect 'on again' "$(in_layout 'on on on on on' 'on on on')" offload
legs() {
	in_ manager web2 ip -o link show | grep -c ': eth[01][@:]'
}
expect 'the namespace of web.2 has two legs' 2 legs
sed -i '/web.2:/d' "$T/mesh.yaml"
holds 'apply of a mesh without web.2' run apply
expect 'it has no leg any more' 0 legs
expect 'nor a configuration' '' in_ manager web2 meshmod-ctl redirect list
sed -i 's/10.11.0.20/10.11.0.21/; s/8080:80/8181:80/' "$T/mesh.yaml"
holds 'apply of another port and VIP' run apply
expect 'the new port answers' web.1 first 1 ask client tcp 192.0.2.10 8181
expect 'the old one does not' refused ask client -t 2000 tcp 192.0.2.10 8080
expect 'the new VIP answers' web.1 first 1 ask manager tcp 10.11.0.21 8181

elsewhere() {
	on manager meshmod-ctl -n "${balancer:-meshmod-overlay}" down 2>&1 |
		sed 's|/[0-9]* |/INODE |'
}
expect 'down from inside another namespace is refused' \
	'the mesh was brought up in another network namespace; run this there, without -n, or remove /run/meshmod/INODE if that namespace is gone' \
	elsewhere
holds 'a dry run of down' on manager meshmod-ctl down --dry-run
expect 'changes nothing' web.1 first 1 ask client tcp 192.0.2.10 8181
expect 'down' 'the mesh is down on this node' last on manager meshmod-ctl down
expect 'down again' 'nothing to remove' on manager meshmod-ctl down
picture > "$T/down"
holds 'everything is as it was before up' same before down
expect 'the port is closed' refused ask client -t 2000 tcp 192.0.2.10 8181
holds 'and up once more' run up
expect 'works' web.1 first 1 ask client tcp 192.0.2.10 8181
