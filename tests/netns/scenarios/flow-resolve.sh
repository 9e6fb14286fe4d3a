# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# Who stands behind the ingress address and port that a container names as its
# client: flow resolve says it on that node, for all protocols and both families,
# be it one among thousands of connections or many that share the port.

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
expect 'an address without a port is no end of a connection' \
	'flow resolve: 10.11.0.4 lacks the port; write ADDRESS:PORT, such as 10.11.0.4:30940 or [fd00:11::4]:30940
code 1' refusal resolve manager 10.11.0.4
expect 'nor is one that is not a number' \
	'flow resolve: [fd00:11::4]:http has a port that is not a plain number from 1 to 65535; write ADDRESS:PORT, such as 10.11.0.4:30940 or [fd00:11::4]:30940
code 1' refusal json manager '[fd00:11::4]:http'

# Entries by hand: what shares a port, and what only looks like it.  This tool
# translates no port of SCTP.
entry() {	# PROTO FROM FROM_PORT TO [OPTION...]
	proto=$1 s=$2 p=$3 d=$4
	shift 4
	[ "$proto" = udp ] || set -- --state ESTABLISHED "$@"
	[ "$proto" != sctp ] || set -- --orig-vtag 1 --reply-vtag 2 "$@"
	must in_ manager "$balancer" conntrack -I -p "$proto" -t 600 \
		-s "$s" --sport "$p" -d "$d" --dport 80 "$@"
}
entry udp 198.51.100.2 1002 10.11.0.99 --src-nat 10.11.0.4:60000
entry udp 198.51.100.1 1001 10.11.0.98 --src-nat 10.11.0.4:60000 -m 300
entry tcp 198.51.100.3 1003 10.11.0.99 --src-nat 10.11.0.4:60000
entry tcp 198.51.100.7 1007 10.11.0.97 --src-nat 10.11.0.4:60000 -w 8
entry tcp 198.51.100.4 1004 10.11.0.97 --src-nat 10.11.0.4:60000 -w 7
entry tcp 198.51.100.5 1005 10.11.0.96 --src-nat 10.11.0.5:60000
entry tcp 198.51.100.6 60000 10.11.0.99
entry tcp 10.11.0.4 60001 10.11.0.99
entry sctp 2001:db8::3 60000 fd00:11::99 --src-nat fd00:11::4
entry sctp 2001:db8::5 60000 fd00:11::96 --src-nat fd00:11::5
entry udp 2001:db8::1 1001 fd00:11::98 --src-nat '[fd00:11::4]:60000' -m 0xffffffff
entry udp 2001:db8::5 1005 fd00:11::96 --src-nat '[fd00:11::5]:60000'
start='flow ingress 10.11.0.4 port 60000 proto'
udp="$start udp client 198.51.100.1 port 1001 backend 10.11.0.98 port 80 mark 300
$start udp client 198.51.100.2 port 1002 backend 10.11.0.99 port 80"
expect 'several that share a port, each with its own mark and whatever its zone' \
	"$start tcp client 198.51.100.4 port 1004 backend 10.11.0.97 port 80
$start tcp client 198.51.100.7 port 1007 backend 10.11.0.97 port 80
$start tcp client 198.51.100.3 port 1003 backend 10.11.0.99 port 80
$udp" resolve manager 10.11.0.4:60000
expect 'of one protocol' "$udp" resolve manager 10.11.0.4:60000 udp
start='flow ingress fd00:11::4 port 60000 proto'
expect 'several by IPv6, and none of another address' \
	"$start udp client 2001:db8::1 port 1001 backend fd00:11::98 port 80 mark 4294967295
$start sctp client 2001:db8::3 port 60000 backend fd00:11::99 port 80" \
	resolve manager '[fd00:11::4]:60000'
expect 'whose source is its own has no client behind it' \
	"$(nobody 10.11.0.4:60001)" refusal resolve manager 10.11.0.4:60001

# More than what is set aside for them at first, and than one message holds
crowd=40
in_crowd() {
	seq "$crowd" | sed 's/.*/flow ingress 10.11.0.4 port 60002 proto udp client 198.51.100.9 port & backend 10.11.1.& port 80/'
}
for n in $(seq "$crowd"); do
	entry udp 198.51.100.9 "$n" "10.11.1.$n" --src-nat 10.11.0.4:60002
done
expect 'many that share a port, every one of them' "$(in_crowd)" \
	resolve manager 10.11.0.4:60002

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
holds 'among them one' \
	tells '^flow .* client 198.51.100.7 port 2024 ' resolve manager "10.11.0.4:$port"
expect 'and all of them are still there' "$count" thousands
must inside tc qdisc del dev "$ingress_leg" root

# conntrack's alone: nothing is configured there
must on client conntrack -I -p tcp -t 600 --state ESTABLISHED -s 198.51.100.1 \
	--sport 1001 -d 198.51.100.2 --dport 80 --src-nat 192.0.2.1:60000
expect 'nothing has to be configured for it' \
	'flow ingress 192.0.2.1 port 60000 proto tcp client 198.51.100.1 port 1001 backend 198.51.100.2 port 80' \
	on client meshmod-ctl flow resolve 192.0.2.1:60000
expect 'and each namespace has its own' "$(nobody 192.0.2.1:60000)" \
	refusal resolve manager 192.0.2.1:60000
