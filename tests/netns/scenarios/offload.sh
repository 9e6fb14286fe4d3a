# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# Connections that last leave the slow path: no hook sees their packets any
# more, while what counts them, ends them and forbids them to works as before.

# Whatever the other scenarios have: it is switched off and on here.
export MESHMOD_OFFLOAD=on
dual_mesh 2
one_host 2
# What a bridge's netfilter has seen is not offloaded any more.
bridged=/proc/sys/net/bridge/bridge-nf-call-iptables
must on manager sh -c "[ ! -e $bridged ] || echo 0 > $bridged"
must on manager sh -c 'echo 1 > /proc/sys/net/netfilter/nf_conntrack_acct'
up manager "$T/mesh.yaml"
must in_ manager "$balancer" sh -c \
	'echo 1 > /proc/sys/net/netfilter/nf_conntrack_acct'
for c in web1 web2; do
	must in_ manager "$c" sh -c \
		'echo 1 > /proc/sys/net/netfilter/nf_conntrack_acct'
done
serve_dual 1 2

many() {	# NAME COUNT: requests over its one connection; who answered
	from=$(wc -l < "$T/$1.out")
	printf "%${2}s" '' | tr ' ' '\n' 1<> "$T/$1.in"
	within 15 lines "$T/$1.out" $((from + $2)) || true
	sed "1,${from}d" "$T/$1.out" | cut -d ' ' -f 1 | sort | uniq -c |
		awk '{ print $1, $2 }'
}
zero() {
	must ctl manager stats zero
	must on manager meshmod-ctl stats zero
}
# What the packets of a connection were for host and sandbox since zero
seen() {
	for ns in '' "$balancer"; do
		for r in flow offloaded; do
			n=$(reason manager "$ns" "$r")
			echo "$r $([ "$n" -gt 0 ] && echo some || echo none)"
		done
	done | uniq | tr '\n' ' '
}
short='flow none offloaded some flow none offloaded some '
slow='flow some offloaded none flow some offloaded none '
# Eight requests, all of them the short way, or the next time.  No answer may be
# another one, however often it takes.
all_short() {	# NAME ANSWER
	zero
	many "$1" 8 > "$T/answers"
	echo "8 $2" | diff - "$T/answers" >> "$T/strange"
	seen > "$T/seen"
	[ "$(cat "$T/seen")" = "$short" ]
}
# A device is watched only a moment after it could be, and so is what has to be
# learned anew: the connection is offloaded soon.
becomes_short() {	# TEXT NAME ANSWER
	: > "$T/strange"
	within 5 all_short "$2" "$3"
	expect "$1" "$short" cat "$T/seen" "$T/strange"
}
flows() {	# NETNS
	on manager meshmod-ctl ${1:+-n "$1"} stats show | sed -n 's/^flows //p'
}
headings='offloaded 0 local 0 protocol 0 off 0 special 0 opening 0 slow 0'
heads() {	# WORD NUMBER...: that line, with these in it
	line=$headings
	while [ $# -gt 0 ]; do
		line=$(echo "$line" | sed "s/$1 0/$1 $2/")
		shift 2
	done
	echo "$line"
}

# --- both families, TCP

for to in 192.0.2.10 2001:db8::10; do
	talk "tcp$to" client tcp "$to" 8080
	who=$(first 1 say "tcp$to")
	expect "$to: a connection that lasts" "8 $who" many "tcp$to" 8
	becomes_short 'goes on, and no hook sees it any more, in host and sandbox' \
		"tcp$to" "$who"
done
expect 'stats has two' "$(heads offloaded 2)" flows ''
expect 'in the sandbox too' "$(heads offloaded 2)" flows "$balancer"

# The container counts what really arrives.
counted() {	# NETNS: packets and bytes of the connection by IPv4, each way
	in_ manager "$1" conntrack -L -f ipv4 -p tcp --state ESTABLISHED \
		2> /dev/null | grep -o ' \(packets\|bytes\)=[0-9]*' | tr -d '\n'
}
read -r container << END
$(first 1 say tcp192.0.2.10 | sed 's/web\./web/')
END
holds 'connection tracking counts' tells packets= counted "$container"
# What says that the last answer has come may be on its way still.
as_many() {	# NETNS
	[ "$(counted "$1")" = "$(counted "$container")" ]
}
holds 'conntrack has counted all of it in the host' within 5 as_many ''
holds 'and in the sandbox' within 5 as_many "$balancer"

# --- off and on again

who=$(first 1 say tcp192.0.2.10)
holds 'switched off for a service' ctl manager service set web offload off
expect 'its connections go on' "7 $who" many tcp192.0.2.10 7
zero
expect 'the slow way' "7 $who" many tcp192.0.2.10 7
flow=$(reason manager "$balancer" flow)
holds 'that is what the hooks see' test "$flow" -gt 13
expect 'and stats says' "$(heads off 2)" flows "$balancer"
holds 'switched on' ctl manager service set web offload on
becomes_short 'the connection is offloaded again at both' tcp192.0.2.10 "$who"
holds 'switched off for the sandbox' ctl manager node set offload off
holds 'and for the host' on manager meshmod-ctl node set offload off
zero
expect 'the connection goes on' "7 $who" many tcp192.0.2.10 7
expect 'the slow way' "$slow" seen
must ctl manager node set offload on
must on manager meshmod-ctl node set offload on

# --- what changes on the way

becomes_short 'and again' tcp192.0.2.10 "$who"
must on client ip link set eth0 address 02:00:00:00:00:77
expect "the client's MAC changes" "7 $who" many tcp192.0.2.10 7
must on manager ip route add 192.0.2.1/32 dev eth0 mtu 1000
expect 'a route changes' "7 $who" many tcp192.0.2.10 7
must on manager ip route del 192.0.2.1/32
must on manager ip link set eth0 down
must on manager ip link set eth0 up
must on manager ip addr replace 2001:db8::10/64 dev eth0 nodad
expect 'a device goes down and up' "7 $who" many tcp192.0.2.10 7
becomes_short 'after all that it is offloaded' tcp192.0.2.10 "$who"

# A second leg of the container: no device goes, only the bridge's table changes.
last=$((11 + ${container#web}))	# of its address, which port and MAC are named by
mac=$(printf '02:42:0a:0b:00:%02x' $last) port=$(printf 'c0a0b00%02x' $last)
to_port() {
	must in_ manager meshmod-overlay bridge fdb replace "$mac" dev "$1" \
		master static
}
must in_ manager meshmod-overlay ip link add p9 mtu 1450 type veth \
	peer name eth9 mtu 1450 address "$mac" netns "$container"
must in_ manager "$container" sh -c 'echo 1 > /proc/sys/net/ipv6/conf/eth9/disable_ipv6
	echo 0 > /proc/sys/net/ipv4/conf/eth9/rp_filter'
must in_ manager "$container" ip link set eth9 up
must in_ manager meshmod-overlay ip link set p9 master br0 up
must in_ manager meshmod-overlay bridge link set dev p9 learning off flood off
to_port p9
arrived() {
	in_ manager "$container" cat /proc/net/dev | awk '$1 == "eth9:" { print $3 }'
}
by_that_leg() {
	from=$(arrived)
	[ "$(many tcp192.0.2.10 7)" = "7 $who" ] &&
		[ "$(arrived)" -ge $((from + 7)) ]
}
holds 'the container is behind another port of the bridge' within 10 by_that_leg
becomes_short 'and by that port it is offloaded again' tcp192.0.2.10 "$who"
to_port "$port"
must in_ manager meshmod-overlay ip link del p9
becomes_short 'and by the first one, when that one is gone' tcp192.0.2.10 "$who"

# --- its end

closing() {	# so many are offloaded; the one by IPv6 is not since then
	[ "$(flows '' | sed 's/.*\(offloaded [0-9]*\).*/\1/')" = "offloaded $1" ]
}
talk brief client tcp 192.0.2.10 8080
brief=$spawned
one_more() {
	many brief 8 && closing 2
}
holds 'one more' within 5 one_more
end "$brief"
holds 'when it is closed, it is offloaded no more' within 5 closing 1
state() {
	on manager conntrack -L -f ipv4 -p tcp 2> /dev/null |
		grep -c -E 'TIME_WAIT|CLOSE|LAST_ACK|FIN_WAIT'
}
expect 'and conntrack has seen the end' 1 state
must on manager conntrack -D -f ipv4 -p tcp --state ESTABLISHED
expect 'what conntrack is told to forget is not forwarded' reset say tcp192.0.2.10

# --- a backend that goes

talk tcp4 client tcp 192.0.2.10 8080
who=$(first 1 say tcp4)
becomes_short 'one more' tcp4 "$who"
must ctl manager backend set web "$who" state draining
expect 'a backend that drains keeps it' "7 $who" many tcp4 7
becomes_short 'offloaded' tcp4 "$who"
must ctl manager backend del web "$who"
expect 'one that is removed does not' reset say tcp4

# --- others

other=web.1
[ "$who" != web.1 ] || other=web.2
talk udp client udp 192.0.2.10 5353
asked() {	# UDP is taken for one that lasts when it has for two seconds
	first 1 say udp > /dev/null
	on manager conntrack -L -f ipv4 -p udp 2> /dev/null | grep -q ASSURED
}
holds 'UDP' within 20 asked
expect 'goes on' "8 $other" many udp 8
becomes_short 'and on, and is offloaded' udp "$other"
talk sctp client sctp 192.0.2.10 9000
expect 'SCTP' "7 $other" many sctp 7
zero
expect 'goes on' "7 $other" many sctp 7
expect 'the slow way' "$slow" seen
talk local manager tcp 192.0.2.10 8080
expect 'a client of the node' "7 $other" many local 7
tells_all() {
	flows '' | grep -q 'local 1 protocol 1 off 0'
}
holds 'stats says why these are not offloaded' tells_all

# --- out of a container, with the gateway's masquerade

serve client '' outside tcp 7000
in_ manager web1 ip route replace 192.0.2.1/32 via 172.18.0.1 dev eth1
mkfifo "$T/out7.in"
spawn_in manager web1 "$T/out7.out" peer talk "$T/out7.in" tcp 192.0.2.1 7000
must within 15 lines "$T/out7.out" 1
expect 'a connection out of a container' '8 outside' many out7 8
all_of_it() {
	zero
	[ "$(many out7 8)" = '8 outside' ] || return
	[ "$(reason manager '' offloaded)" -ge 16 ]
}
holds 'goes on, and the host has offloaded it' within 5 all_of_it
