# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# Who stands behind the ingress address and port that a container names as its
# client: flow resolve says it on that node, for all protocols and both families,
# and has the kernel leave out the thousands of connections that are others.

three_dual
resolve() {	# NODE FROM [PROTO]
	ctl "$1" flow resolve "$2" ${3:+proto "$3"}
}
json() {	# NODE FROM
	ctl "$1" -j flow resolve "$2"
}
# With its exit code
refusal() {	# COMMAND...
	"$@" 2>&1 && return
	echo "code $?"
}
backend() {	# NAME 4|6
	case $1-$2 in
	web.1-4) echo 10.11.0.12 ;;
	web.2-4) echo 10.11.0.13 ;;
	web.3-4) echo 10.11.0.16 ;;
	web.1-6) echo fd00:11::c ;;
	web.2-6) echo fd00:11::d ;;
	web.3-6) echo fd00:11::10 ;;
	esac
}
# A connection from port OWN of the client.  What the container has seen is $from;
# $line and $object are what resolve should make of it.
hold() {	# OWN NODE PROTO PORT 4|6
	client=$(address client "$5")
	talk "c$1" client "$3" "$(address "$2" "$5")" "$4" -p "$1"
	say "c$1" > "$T/seen"
	read -r name ingress port < "$T/seen"
	case $5 in
	4) from=$ingress:$port ;;
	6) from=[$ingress]:$port ;;
	esac
	to=$(backend "$name" "$5")
	line="flow ingress $ingress port $port proto $3 client $client port $1 backend $to port $4 mark 256"
	object="{\"ingress\":{\"ip\":\"$ingress\",\"port\":$port},\"proto\":\"$3\",\"client\":{\"ip\":\"$client\",\"port\":$1},\"backend\":{\"ip\":\"$to\",\"port\":$4},\"mark\":256}"
}

own=20000
for family in 4 6; do
	for service in tcp:8080 udp:5353 sctp:9000; do
		proto=${service%:*}
		own=$((own + 1))
		hold "$own" manager "$proto" "${service#*:}" "$family"
		expect "$proto by IPv$family" "$line" resolve manager "$from"
		expect 'if that is what is asked for' "$line" \
			resolve manager "$from" "$proto"
		expect 'in JSON' "{\"flows\":[$object]}" json manager "$from"
	done
done
hold 20011 node01 tcp 8080 4
expect 'by another node' "$line" resolve node01 "$from"
nobody() {	# FROM
	echo "no connection comes from $1 in this namespace; while it lives, ask on the node that has this ingress address, with -n meshmod-ingress (in the flat topology without -n)
code 2"
}
expect 'which the others know nothing of' "$(nobody "$from")" \
	refusal resolve manager "$from"
expect 'nor is it UDP' "$(nobody "$from")" refusal resolve node01 "$from" udp
hold 20012 manager tcp 8080 6
expect 'IPv6 on another node' "$(nobody "$from")" refusal resolve node02 "$from"
expect 'JSON has nothing then' "$(nobody "$from")" refusal json node02 "$from"

# Entries by hand: what shares a port, and what only looks like it
entry() {	# PROTO FROM FROM_PORT TO [OPTION...]
	proto=$1 s=$2 p=$3 d=$4
	shift 4
	[ "$proto" = udp ] || set -- --state ESTABLISHED "$@"
	must in_ manager "$balancer" conntrack -I -p "$proto" -t 600 \
		-s "$s" --sport "$p" -d "$d" --dport 80 "$@"
}
entry udp 198.51.100.2 1002 10.11.0.99 --src-nat 10.11.0.4:60000
entry udp 198.51.100.1 1001 10.11.0.98 --src-nat 10.11.0.4:60000 -m 300
entry tcp 198.51.100.3 1003 10.11.0.99 --src-nat 10.11.0.4:60000
entry tcp 198.51.100.4 1004 10.11.0.97 --src-nat 10.11.0.4:60000 -w 7
entry tcp 198.51.100.5 1005 10.11.0.96 --src-nat 10.11.0.5:60000
entry tcp 198.51.100.6 60000 10.11.0.99
entry tcp 10.11.0.4 60001 10.11.0.99
start='flow ingress 10.11.0.4 port 60000 proto'
expect 'several that share a port, each with its own mark and whatever its zone' \
	"$start tcp client 198.51.100.4 port 1004 backend 10.11.0.97 port 80
$start tcp client 198.51.100.3 port 1003 backend 10.11.0.99 port 80
$start udp client 198.51.100.1 port 1001 backend 10.11.0.98 port 80 mark 300
$start udp client 198.51.100.2 port 1002 backend 10.11.0.99 port 80" \
	resolve manager 10.11.0.4:60000
expect 'whose source is its own has no client behind it' \
	"$(nobody 10.11.0.4:60001)" refusal resolve manager 10.11.0.4:60001

# One among thousands, none of which arrives
count=$(rounds 2000 5000)
inside() {
	in_ manager "$balancer" "$@"
}
must inside tc qdisc add dev "$ingress_leg" root netem loss 100%
must inside peer burst udp 198.51.100.7 1024 "$count" 10.11.0.20 5353
entries() {
	inside conntrack -L -p udp -s 198.51.100.7 "$@" 2> /dev/null
}
thousands() {
	entries | wc -l
}
expect 'there are thousands' "$count" thousands
port=$(entries --sport 2024 | sed 's/.* dport=\([0-9]*\).*/\1/')
trace() {	# FROM: what is read for it
	on manager strace -q -e signal=none -e trace=recvmsg -e raw=recvmsg \
		-o "$T/trace" meshmod-ctl ${balancer:+-n "$balancer"} \
		flow resolve "$1"
}
holds 'among them one' \
	tells 'client 198.51.100.7 port 2024 ' trace "10.11.0.4:$port"
# The kernel sends 32 KiB at most at a time, and a connection takes a hundred bytes.
few() {
	n=$(grep -c '^recvmsg' "$T/trace")
	echo "$n reads" && [ "$n" -ge 3 ] && [ "$n" -le 6 ]
}
holds 'and of the others nothing is read' few
comment '' < "$T/trace"
must inside tc qdisc del dev "$ingress_leg" root

# Where it is a module that tells of connections
if rmmod nf_conntrack_netlink 2> /dev/null; then
	read -r modprobe < /proc/sys/kernel/modprobe
	echo /bin/false > /proc/sys/kernel/modprobe
	expect 'who has it not is told what to load' \
		'the kernel does not tell which connections it tracks; load what does with: modprobe nf_conntrack_netlink
code 2' refusal resolve manager 10.11.0.4:60000
	echo "$modprobe" > /proc/sys/kernel/modprobe
	holds 'and the kernel loads it when it can' resolve manager 10.11.0.4:60000
fi
