# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # guest names the scenario
# What the scenarios share: machines, traffic and claims.  Sourced by guest,
# which runs one scenario after the other; $T is the scenario's own directory.
#
#	lan0 (a switch, in the namespace that the machine has booted with)
#	 +-- client	192.0.2.1	outside of the mesh
#	 +-- other	192.0.2.2	likewise, where there are two
#	 +-- manager	192.0.2.10	nodes: each has a network namespace and a
#	 +-- node01	192.0.2.11	/run of its own, so that each has its own
#	 +-- node02	192.0.2.12	meshmod-ingress, as if it were a host
#
# By IPv6 they are 2001:db8:: and the same last number as it is written: ::1,
# ::10, ::11.  A name is the IPv4 address; with -6 behind it, manager-6, IPv6's.
#
# Commands run somewhere by on MACHINE COMMAND... or in_ MACHINE NETNS COMMAND...,
# where a NETNS of '' is the machine's own.

nodes='manager node01 node02'

# The mesh files that the functions below write have MESHMOD_TOPOLOGY (sandbox or
# flat) and MESHMOD_OFFLOAD (on or off) in them.  $balancer is the namespace that
# balances then, the sandbox or the node's own, $ingress_leg its overlay leg.
topology=${MESHMOD_TOPOLOGY:-sandbox}
balancer=meshmod-ingress ingress_leg=eth0
# shellcheck disable=SC2034 # scenarios use it
[ "$topology" = sandbox ] || balancer='' ingress_leg=ms-ovl

in_layout() {	# SANDBOX FLAT: the one of them that is for this topology
	case $topology in
	sandbox) echo "$1" ;;
	flat) echo "$2" ;;
	esac
}

# Lines to follow one of a mesh file; where nothing is asked for there are none.
settings() {
	[ "$topology" = sandbox ] || printf '\ntopology: %s' "$topology"
	[ "${MESHMOD_OFFLOAD:-on}" = on ] ||
		printf '\noffload: %s' "$MESHMOD_OFFLOAD"
}

# --- claims: one TAP line each ---------------------------------------------

claim() {	# CODE TEXT
	if [ "$1" = 0 ]; then
		echo "ok - $scenario: $2"
	else
		echo "not ok - $scenario: $2"
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

# In a shell of its own: what it polls may do so too.
within() (	# SECONDS COMMAND...: poll until it succeeds
	left=$(($1 * 10))
	shift
	until "$@" > /dev/null 2>&1; do
		left=$((left - 1))
		[ "$left" -gt 0 ] || return 1
		sleep 0.1
	done
)

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
	cat "$T/$1.pid" >> "$T/machines"
}

# Turns the shell that calls it into COMMAND, there.
become() {	# MACHINE NETNS COMMAND...
	read -r pid < "$T/$1.pid"
	netns=$2
	shift 2
	case $1 in
	peer) shift ;;
	*) set -- run "$@" ;;
	esac
	exec peer -P "$pid" ${netns:+-N "$netns"} "$@"
}

in_() {		# MACHINE NETNS COMMAND...
	(become "$@")
}

on() {		# MACHINE COMMAND...
	(
		m=$1
		shift
		become "$m" '' "$@"
	)
}

address() {	# MACHINE [6]: its underlay address
	case $1 in
	client) set -- 1 "$@" ;;
	other) set -- 2 "$@" ;;
	manager) set -- 10 "$@" ;;
	node01) set -- 11 "$@" ;;
	node02) set -- 12 "$@" ;;
	*) return ;;
	esac
	case ${3:-4} in
	4) echo "192.0.2.$1" ;;
	6) echo "2001:db8::$1" ;;
	esac
}

# With the addresses of IPv6 at once, the link-local one as well.
plug() {	# MACHINE: an eth0 on the switch
	read -r pid < "$T/$1.pid"
	must ip link add "$1" master lan0 up type veth peer name eth0 netns "$pid"
	ip4=$(address "$1")
	ip6=$(address "$1" 6)
	echo "addr add $ip4/24 dev eth0
	addr add $ip6/64 dev eth0 nodad
	addr add fe80::${ip6##*::}/64 dev eth0 nodad
	link set eth0 addrgenmode none
	link set eth0 up" | must on "$1" ip -batch -
}

machines() {	# NAME...: all of them on one switch
	must ip link add lan0 up type bridge
	for m; do
		machine "$m"
		plug "$m"
	done
}

container() {	# NODE NETNS
	must on "$1" ip netns add "$2"
}

serve() {	# NODE NETNS [-b ADDRESS] NAME PROTO PORT
	m=$1 ns=$2
	shift 2
	server=$(in_ "$m" "$ns" peer serve "$@") || {
		claim 1 "set up: $m $ns peer serve $*"
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
		# A zombie has done all that it can do, if it has no thread.
		set -- "/proc/$p/task"/*
		{ [ $# = 1 ] && grep -q '^State:[[:space:]]*Z' "/proc/$p/status"; } \
			2> /dev/null || [ ! -e "/proc/$p" ] || return 1
	done
}

gateway_of() {	# NODE NETNS [6]: the container's address on the gateway bridge
	in_ "$1" "$2" ip -o "-${3:-4}" addr show dev eth1 scope global |
		sed 's/.*inet6* \([0-9a-f.:]*\).*/\1/'
}

mac_of() {	# NODE NETNS DEV
	in_ "$1" "$2" ip -o link show dev "$3" | sed 's/.*ether \([^ ]*\) .*/\1/'
}

ctl() {		# NODE ...: the tool where the node balances
	node=$1
	shift
	on "$node" meshmod-ctl ${balancer:+-n "$balancer"} "$@"
}

up() {		# NODE FILE
	must on "$1" meshmod-ctl up --node "$1" -f "$2"
}

# --- worlds ------------------------------------------------------------------

# Prints the mesh file of tests/data
example() {
	cat "$MESHMOD_TESTS/data/mesh.yaml"
	settings
	echo
}

# The example: three nodes, three replicas, 8080 to 80; or a mesh FILE in which
# the containers web1, web2 and web3 are on other nodes.
three_nodes() {	# [FILE NODE1 NODE2 NODE3]
	if [ $# = 0 ]; then
		example > "$T/mesh.yaml"
		set -- "$T/mesh.yaml" node01 node02 manager
	fi
	# shellcheck disable=SC2086 # words
	machines client $nodes
	container "$2" web1
	container "$3" web2
	container "$4" web3
	for m in $nodes; do
		up "$m" "$1"
	done
	serve "$2" web1 web.1 tcp 80
	serve "$3" web2 web.2 tcp 80
	serve "$4" web3 web.3 tcp 80
}

# Writes $T/mesh.yaml: a mesh of the three nodes and both families, its services
# from stdin; over an underlay of one family
three_file() {	# [6]
	{
		cat <<-M
		version: 1$(settings)
		mesh: test
		overlay: {vni: 4242, subnet: [10.11.0.0/16, "fd00:11::/64"], gateway: [10.11.0.2, "fd00:11::2"]}
		nodes:
		  manager: {underlay: "$(address manager "$@")", ingress: [10.11.0.4, "fd00:11::4"]}
		  node01: {underlay: "$(address node01 "$@")", ingress: [10.11.0.9, "fd00:11::9"]}
		  node02: {underlay: "$(address node02 "$@")", ingress: [10.11.0.10, "fd00:11::a"]}
		services:
		M
		cat
	} > "$T/mesh.yaml"
}

ingress_of() {	# NODE [6]: its address in that mesh
	case $1 in
	manager) set -- 4 "$@" ;;
	node01) set -- 9 "$@" ;;
	node02) set -- 10 "$@" ;;
	esac
	case ${3:-4} in
	4) echo "10.11.0.$1" ;;
	6) printf 'fd00:11::%x\n' "$1" ;;
	esac
}

# The example in both families, with UDP and SCTP, over an underlay of one; as
# by dual_mesh, but on three nodes
three_dual() {	# [6]
	three_file "$@" <<-M
	  web:
	    publish: ["8080:80/tcp", "5353:53/udp", "9000:90/sctp"]
	    vip: [10.11.0.20, "fd00:11::20"]
	    backends:
	      web.1: {node: node01, ip: [10.11.0.12, "fd00:11::c"], netns: web1}
	      web.2: {node: node02, ip: [10.11.0.13, "fd00:11::d"], netns: web2}
	      web.3: {node: manager, ip: [10.11.0.16, "fd00:11::10"], netns: web3}
	M
	three_nodes "$T/mesh.yaml" node01 node02 manager
	serve node01 web1 web.1 udp 53
	serve node02 web2 web.2 udp 53
	serve manager web3 web.3 udp 53
	serve node01 web1 web.1 sctp 90
	serve node02 web2 web.2 sctp 90
	serve manager web3 web.3 sctp 90
}

# The host of one node, manager, with containers web1... webN, and a client
one_host() {	# CONTAINERS
	machines client manager
	i=1
	while [ "$i" -le "$1" ]; do
		container manager "web$i"
		i=$((i + 1))
	done
}

# The mesh of $T/mesh.yaml up on it: the cheapest world in which a packet goes
# the whole way
one_node() {	# CONTAINERS
	one_host "$1"
	up manager "$T/mesh.yaml"
}

# Writes $T/mesh.yaml: a mesh of that one node, its services from stdin; by
# default of IPv4
mesh_file() {	# [SUBNETS GATEWAYS INGRESSES]
	[ $# != 0 ] || set -- 10.11.0.0/16 10.11.0.2 10.11.0.4
	{
		cat <<-EOF
		version: 1$(settings)
		mesh: test
		overlay: {vni: 4242, subnet: $1, gateway: $2}
		nodes:
		  manager: {underlay: 192.0.2.10, ingress: $3}
		services:
		EOF
		cat
	} > "$T/mesh.yaml"
}

# The same with both families in it
dual_file() {
	mesh_file '[10.11.0.0/16, "fd00:11::/64"]' '[10.11.0.2, "fd00:11::2"]' \
		'[10.11.0.4, "fd00:11::4"]'
}

# The mesh of IPv4 with the service web in its containers web1... webN, by TCP
# and UDP
web_mesh() {	# REPLICAS
	{
		cat <<-'M'
		  web:
		    publish: ["8080:80/tcp", "5353:53/udp"]
		    vip: 10.11.0.20
		    backends:
		M
		i=1
		while [ "$i" -le "$1" ]; do
			echo "      web.$i: {node: manager, ip: 10.11.0.$((11 + i)), netns: web$i}"
			i=$((i + 1))
		done
	} | mesh_file
}

# The same of both families, by SCTP too: the container webN is 10.11.0.(11 + N)
# and fd00:11:: with the same last number, in hexadecimal
dual_mesh() {	# REPLICAS
	{
		cat <<-'M'
		  web:
		    publish: ["8080:80/tcp", "5353:53/udp", "9000:90/sctp"]
		    vip: [10.11.0.20, "fd00:11::20"]
		    backends:
		M
		i=1
		while [ "$i" -le "$1" ]; do
			printf '      web.%d: {node: manager, ip: [10.11.0.%d, "fd00:11::%x"], netns: web%d}\n' \
				"$i" $((11 + i)) $((11 + i)) "$i"
			i=$((i + 1))
		done
	} | dual_file
}

serve_web() {	# N...: what answers in the container webN
	for i; do
		serve manager "web$i" "web.$i" tcp 80
		serve manager "web$i" "web.$i" udp 53
	done
}

serve_all() {	# NODE NETNS NAME: by all three protocols
	serve "$@" tcp 80
	serve "$@" udp 53
	serve "$@" sctp 90
}

serve_dual() {	# N...
	for i; do
		serve_all manager "web$i" "web.$i"
	done
}

# --- traffic and counters ------------------------------------------------------

ask() {		# MACHINE [OPTIONS] PROTO ADDRESS PORT
	m=$1
	shift
	on "$m" peer ask "$@"
}

who() {		# MACHINE NETNS PROTO ADDRESS PORT: the client that the replica sees
	m=$1 ns=$2
	shift 2
	in_ "$m" "$ns" peer ask "$@" | cut -d ' ' -f 2
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
spread_in() {	# MACHINE NETNS COUNT PROTO ADDRESS PORT
	m=$1 ns=$2 n=$3
	shift 3
	in_ "$m" "$ns" peer ask -c -n "$n" "$@"
}

spread() {	# MACHINE COUNT PROTO ADDRESS PORT
	m=$1
	shift
	spread_in "$m" '' "$@"
}

# The value of a reason's counter
reason() {	# NODE NETNS REASON
	on "$1" meshmod-ctl ${2:+-n "$2"} stats show |
		awk -v r="$3" '$1 == r { print $2 }'
}

# In the background; its process is $spawned
spawn_in() {	# MACHINE NETNS OUTPUT COMMAND...
	m=$1 ns=$2 out=$3
	shift 3
	become "$m" "$ns" "$@" > "$out" 2>&1 &
	spawned=$!
	echo "$spawned" >> "$T/pids"
}

spawn() {	# MACHINE OUTPUT COMMAND...
	m=$1
	shift
	spawn_in "$m" '' "$@"
}

running() {	# PID
	[ -e "/proc/$1" ] && ! gone "$1"
}

lines() {	# FILE COUNT
	[ "$(wc -l < "$1")" -ge "$2" ]
}

# One connection; say NAME sends a request over it and prints the answer
talk() {	# NAME MACHINE PROTO ADDRESS PORT [OPTION...]
	talker=$1 m=$2 with="$3 $4 $5"
	shift 5
	mkfifo "$T/$talker.in"
	# shellcheck disable=SC2086 # words
	spawn "$m" "$T/$talker.out" peer talk "$@" "$T/$talker.in" $with
	must within 15 lines "$T/$talker.out" 1
}

say() {		# NAME
	next=$(($(wc -l < "$T/$1.out") + 1))
	# Opened both ways, a pipe without a reader does not hold us up.
	echo 1<> "$T/$1.in"
	within 15 lines "$T/$1.out" "$next" || true
	sed -n "${next}p" "$T/$1.out"
}

# Looks at a device from now on, until sniffed NAME prints what it has seen
sniff() {	# NAME MACHINE NETNS [-c] [-n COUNT] DEV SECONDS [FILTER]...
	sniffer=$1 m=$2 ns=$3
	shift 3
	# It is emptied in the background: an earlier one's must not seem ours.
	rm -f "$T/$sniffer.seen"
	spawn_in "$m" "$ns" "$T/$sniffer.seen" peer sniff "$@"
	echo "$spawned" > "$T/$sniffer.sniffer"
	must within 15 lines "$T/$sniffer.seen" 1
}

# What is on its way at this moment is still waited for.
sniffed() {	# NAME
	read -r pid < "$T/$1.sniffer"
	sleep 0.3
	kill -TERM "$pid" 2> /dev/null || true
	within 20 gone "$pid" || true
	sed 1d "$T/$1.seen"
}
