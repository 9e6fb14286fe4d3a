# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # guest names the scenario
# What the scenarios share: machines, traffic and claims.  Sourced by guest,
# which runs one scenario after the other; $T is the scenario's own directory.
#
#	lan0 (a switch, in the namespace that the machine has booted with)
#	 +-- client	192.0.2.1	outside of the mesh
#	 +-- manager	192.0.2.10	nodes: each has a network namespace and a
#	 +-- node01	192.0.2.11	/run of its own, so that each has its own
#	 +-- node02	192.0.2.12	meshmod-ingress, as if it were a host
#
# Commands run somewhere by on MACHINE COMMAND... or in_ MACHINE NETNS COMMAND...

nodes='manager node01 node02'

# --- claims: one TAP line each ---------------------------------------------

claim() {	# CODE TEXT
	if [ "$1" = 0 ]; then
		echo "ok - $scenario: $2"
	else
		echo "not ok - $scenario: $2"
		: > "$T/failed"
	fi
}

comment() {	# TITLE, text on stdin
	sed "s/^/# $1 /"
}

expect() {	# TEXT WANT COMMAND...: it prints exactly that
	text=$1 want=$2
	shift 2
	got=$("$@" 2>&1) || true
	if [ "$got" = "$want" ]; then
		claim 0 "$text"
	else
		claim 1 "$text"
		echo "# command: $*"
		echo "$want" | comment wanted:
		echo "$got" | comment got:
	fi
}

holds() {	# TEXT COMMAND...: it succeeds
	text=$1
	shift
	if "$@" > "$T/out" 2>&1; then
		claim 0 "$text"
	else
		claim 1 "$text"
		echo "# command failed: $*"
		comment '>' < "$T/out"
	fi
}

fails() {	# TEXT COMMAND...: it does not
	text=$1
	shift
	if "$@" > "$T/out" 2>&1; then
		claim 1 "$text"
		echo "# command succeeded: $*"
		comment '>' < "$T/out"
	else
		claim 0 "$text"
	fi
}

tells() {	# PATTERN COMMAND...: it prints that, whatever else
	pattern=$1
	shift
	"$@" 2>&1 | grep -q -- "$pattern"
}

# Setting up is no claim, but nothing after it would prove anything.
must() {
	"$@" > "$T/out" 2>&1 && return
	claim 1 "set up: $*"
	comment '>' < "$T/out"
	exit 1
}

within() {	# SECONDS COMMAND...: poll until it succeeds
	left=$(($1 * 10))
	shift
	until "$@" > /dev/null 2>&1; do
		left=$((left - 1))
		[ "$left" -gt 0 ] || return 1
		sleep 0.1
	done
}

# How often to repeat something: the debug kernel is User Mode Linux, where
# processes that run at the same time, and the end of a namespace, take long.
rounds() {	# THERE ELSEWHERE
	if grep -q 'User Mode Linux' /proc/cpuinfo; then
		echo "$1"
	else
		echo "$2"
	fi
}

# --- machines ----------------------------------------------------------------

# A shell of busybox takes its own ip for the word.
ip() {
	peer run ip "$@"
}

machine() {	# NAME
	peer machine "$MESHMOD_TESTS/netns/hosts" > "$T/$1.pid" || {
		claim 1 "set up: machine $1"
		exit 1
	}
	cat "$T/$1.pid" >> "$T/pids"
}

on() {		# MACHINE COMMAND...
	read -r pid < "$T/$1.pid"
	shift
	case $1 in
	peer) shift ;;
	*) set -- run "$@" ;;
	esac
	peer -P "$pid" "$@"
}

in_() {		# MACHINE NETNS COMMAND...
	read -r pid < "$T/$1.pid"
	netns=$2
	shift 2
	case $1 in
	peer) shift ;;
	*) set -- run "$@" ;;
	esac
	peer -P "$pid" -N "$netns" "$@"
}

switch() {
	must ip link add lan0 up type bridge
}

plug() {	# MACHINE ADDRESS/LEN: an eth0 on the switch
	read -r pid < "$T/$1.pid"
	must ip link add "$1" master lan0 up type veth peer name eth0 netns "$pid"
	echo "addr add $2 dev eth0
	link set eth0 addrgenmode none
	link set eth0 up" | must on "$1" ip -batch -
}

address() {	# the underlay address of a machine
	case $1 in
	client) echo 192.0.2.1 ;;
	manager) echo 192.0.2.10 ;;
	node01) echo 192.0.2.11 ;;
	node02) echo 192.0.2.12 ;;
	esac
}

container() {	# NODE NETNS
	must on "$1" ip netns add "$2"
}

serve() {	# NODE NETNS NAME PROTO PORT
	server=$(in_ "$1" "$2" peer serve "$3" "$4" "$5") || {
		claim 1 "set up: peer serve $*"
		exit 1
	}
	echo "$server" >> "$T/pids"
}

end() {		# PID...: and wait until they are gone
	# shellcheck disable=SC2086 # pids
	kill -9 $1 2> /dev/null || true
	within 20 gone "$1"
}

gone() {
	for p in $1; do
		# A zombie has done all that it can do.
		grep -q '^State:[[:space:]]*Z' "/proc/$p/status" 2> /dev/null ||
			[ ! -e "/proc/$p" ] || return 1
	done
}

gateway_of() {	# NODE NETNS: the container's address on the gateway bridge
	in_ "$1" "$2" ip -o -4 addr show dev eth1 |
		sed 's/.*inet \([0-9.]*\).*/\1/'
}

ctl() {		# NODE ...: the tool in the node's sandbox
	node=$1
	shift
	on "$node" meshmod-ctl -n meshmod-ingress "$@"
}

up() {		# NODE FILE
	must on "$1" meshmod-ctl up --node "$1" -f "$2"
}

# --- worlds ------------------------------------------------------------------

# The example: three nodes, three replicas, 8080 to 80.  Another mesh file can
# be given; the containers are the example's in any case.
three_nodes() {	# [FILE]
	mesh=${1:-$MESHMOD_TESTS/data/mesh.yaml}
	switch
	for m in client $nodes; do
		machine "$m"
		plug "$m" "$(address "$m")/24"
	done
	container node01 web1
	container node02 web2
	container manager web3
	for m in $nodes; do
		up "$m" "$mesh"
	done
	serve node01 web1 web.1 tcp 80
	serve node02 web2 web.2 tcp 80
	serve manager web3 web.3 tcp 80
}

# One node, manager, with the services of a mesh file and containers web1...
# webN; the cheapest world in which a packet goes the whole way.
one_node() {	# FILE CONTAINERS
	mesh=$1
	switch
	for m in client manager; do
		machine "$m"
		plug "$m" "$(address "$m")/24"
	done
	i=1
	while [ "$i" -le "$2" ]; do
		container manager "web$i"
		i=$((i + 1))
	done
	up manager "$mesh"
}

# mesh_file NAME: a mesh of one node in $T/NAME, its services from stdin
mesh_file() {
	{
		cat <<-EOF
		version: 1
		mesh: test
		overlay: {vni: 4242, subnet: 10.11.0.0/16, gateway: 10.11.0.2}
		nodes:
		  manager: {underlay: 192.0.2.10, ingress: 10.11.0.4}
		services:
		EOF
		cat
	} > "$T/$1"
}

# --- traffic and counters ------------------------------------------------------

ask() {		# MACHINE [OPTIONS] PROTO ADDRESS PORT
	m=$1
	shift
	on "$m" peer ask "$@"
}

first() {	# 1|2 COMMAND...: the first one or two words of what it prints
	words=$1
	shift
	# shellcheck disable=SC2046 # words
	set -- "$words" $("$@" 2>&1)
	case $words in
	1) echo "${2:-}" ;;
	*) echo "${2:-} ${3:-}" ;;
	esac
}

# Which replica answered how often
spread() {	# MACHINE COUNT PROTO ADDRESS PORT
	m=$1 n=$2
	shift 2
	on "$m" peer ask -c -n "$n" "$@"
}

spread_in() {	# MACHINE NETNS COUNT PROTO ADDRESS PORT
	m=$1 netns=$2 n=$3
	shift 3
	in_ "$m" "$netns" peer ask -c -n "$n" "$@"
}

# The value of a reason's counter, in a namespace of a node ("" for the host)
reason() {	# NODE NETNS REASON
	if [ -n "$2" ]; then
		on "$1" meshmod-ctl -n "$2" stats show
	else
		on "$1" meshmod-ctl stats show
	fi | awk -v r="$3" '$1 == r { print $2 }'
}

# In the background; its process is $spawned
spawn() {	# MACHINE OUTPUT COMMAND...
	read -r pid < "$T/$1.pid"
	out=$2
	shift 2
	case $1 in
	peer) shift ;;
	*) set -- run "$@" ;;
	esac
	peer -P "$pid" "$@" > "$out" 2>&1 &
	spawned=$!
	echo "$spawned" >> "$T/pids"
}

running() {	# PID
	[ -e "/proc/$1" ] && ! gone "$1"
}

# One connection; say NAME sends a request over it and prints the answer
talk() {	# NAME MACHINE PROTO ADDRESS PORT
	mkfifo "$T/$1.in"
	: > "$T/$1.out"
	# Open at both ends as long as the scenario: neither side waits for it.
	sleep 100000 <> "$T/$1.in" &
	echo $! >> "$T/pids"
	read -r pid < "$T/$2.pid"
	peer -P "$pid" talk "$3" "$4" "$5" < "$T/$1.in" > "$T/$1.out" 2>&1 &
	echo $! >> "$T/pids"
}

lines() {	# FILE COUNT
	[ "$(wc -l < "$1")" -ge "$2" ]
}

say() {		# NAME
	next=$(($(wc -l < "$T/$1.out") + 1))
	echo > "$T/$1.in"
	within 15 lines "$T/$1.out" "$next" || true
	sed -n "${next}p" "$T/$1.out"
}
