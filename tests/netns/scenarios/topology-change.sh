# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# A node goes from one topology to the other and back: the mesh serves from every
# node before, between and after, whatever topology the others have, and nothing
# is left of the one that it had.

here=$(in_layout sandbox flat) there=$(in_layout flat sandbox)
three_nodes
example | sed '/^topology/d' > "$T/sandbox.yaml"
{ cat "$T/sandbox.yaml"; echo 'topology: flat'; } > "$T/flat.yaml"

run() {		# COMMAND TOPOLOGY [--dry-run]
	command=$1 file=$T/$2.yaml
	shift 2
	on manager meshmod-ctl "$command" --node manager -f "$file" "$@"
}
serves() {	# WHEN
	for m in $nodes; do
		expect "$1: $m serves" 'web.1 1, web.2 1, web.3 1' \
			spread client 3 tcp "$(address "$m")" 8080
	done
	expect "$1: a process" 'web.1 1, web.2 1, web.3 1' \
		spread manager 3 tcp 127.0.0.1 8080
	expect "$1: the VIP, to a container" 'web.1 1, web.2 1, web.3 1' \
		spread_in manager web3 3 tcp 10.11.0.20 8080
	expect "$1: the VIP, to a process" 'web.1 1, web.2 1, web.3 1' \
		spread manager 3 tcp 10.11.0.20 8080
}
# All that up makes on the manager, but what the kernel has learned or chosen
# by chance: neighbours and the MAC addresses of ports
listed() {	# NETNS
	for what in link addr 'route show table all' neigh; do
		# shellcheck disable=SC2086 # words
		in_ manager "$1" ip $what
	done
	in_ manager "$1" bridge fdb show
	in_ manager "$1" sh -c 'grep . /proc/sys/net/ipv4/conf/*/route_localnet'
	in_ manager "$1" meshmod-ctl -d node show
	in_ manager "$1" meshmod-ctl -d service list
}
picture() {
	for ns in '' $(on manager ip netns list | cut -d' ' -f1 | sort); do
		echo "namespace $ns"
		listed "$ns" | sed '
			s/^[0-9]*: //; s/@if[0-9]*//; s/@NONE//
			s/link-netnsid [0-9]*//; s/link.ether [^ ]* //
			/ dev .* master .* permanent/d; / dev .* master [^ ]* *$/d
			/fe80:\|STALE\|REACHABLE\|DELAY\|PROBE/d; s/ *$//' | sort
	done
}
same() {
	diff "$T/$1" "$T/$2"
}
links() {
	on manager ip -o link | sed 's/^[0-9]*: \([^:@]*\).*/\1/' | grep '^ms-'
}
namespaces() {
	on manager ip netns list | cut -d' ' -f1 | sort
}
has_layout() {	# TOPOLOGY
	case $1 in
	sandbox) want='ms-gw' more='meshmod-ingress
' ;;
	flat) want='ms-ovl' more='' ;;
	esac
	expect "$1: its device on the host" "$want" links
	expect "$1: its namespaces" "${more}meshmod-overlay
web3" namespaces
}

picture > "$T/before"
serves 'before'
talk held client tcp 192.0.2.10 8080
replica=$(first 1 say held)
expect 'apply does not change the topology' \
	"the mesh is up on this node in the $here topology; run meshmod-ctl up to change that, which ends its connections" \
	run apply "$there"
other_lines() {
	run up "$there" --dry-run | grep -vc '^would '
}
expect 'a dry run only says what it would do' 0 other_lines
picture > "$T/dry"
holds 'and changes nothing' same before dry
expect 'the connection lives' "$replica" first 1 say held

holds "up as $there" run up "$there"
has_layout "$there"
expect 'up again' 'nothing to change' run up "$there"
expect 'apply' 'nothing to change' run apply "$there"
expect 'a connection from before has ended' reset say held
serves "as $there"

holds "up as $here" run up "$here"
has_layout "$here"
picture > "$T/after"
holds 'all is as it was' same before after
serves "as $here again"

# Killed on the way there, at requests from the first to the last
requests() {
	on manager strace -q -e signal=none -e trace=sendto -e raw=sendto \
		-o "$T/trace" meshmod-ctl up --node manager -f "$T/$1.yaml" \
		> /dev/null
	grep -c '^sendto' "$T/trace"
}
killed() {	# N TOPOLOGY
	on manager strace -q -o /dev/null -e trace=sendto -e raw=sendto \
		-e "inject=sendto:signal=KILL:when=$1" \
		meshmod-ctl up --node manager -f "$T/$2.yaml" > "$T/killed" 2>&1
}
# The host's leg is never open without its guard.
closed() {
	in_ manager meshmod-overlay ip -o link show up dev host 2> /dev/null |
		grep -q . || return 0
	on manager meshmod-ctl node show | grep -q 'guard .* dev ms-ovl'
}
total=$(requests "$there")
must run up "$here"
points=$(rounds 1 4)
i=1
while [ "$i" -le "$points" ]; do
	at=$((1 + (total - 1) * i / (points + 1)))
	for to in "$there" "$here"; do
		killed "$at" "$to"
		holds "killed at request $at to $to: the host is guarded" closed
		holds 'and up finishes it' run up "$to"
		has_layout "$to"
	done
	i=$((i + 1))
done
picture > "$T/end"
holds 'all is as it was' same before end
serves 'in the end'

# The other way down
must run up "$there"
must on manager meshmod-ctl down
expect 'down removes what up had changed' '' links
expect 'and its namespaces' web3 namespaces
