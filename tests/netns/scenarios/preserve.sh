# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# The container sees the client's own address and port, whichever node it asks,
# and answers by way of that node; beside a service that is as ever.

# web keeps the client, plain does not; they are in the same containers.
edit() {	# SED
	sed "$1" "$T/mesh.yaml" > "$T/new.yaml"
	mv "$T/new.yaml" "$T/mesh.yaml"
}
apply() {	# NODE...
	for m; do
		holds "$m takes the file" on "$m" meshmod-ctl apply --node "$m" -f "$T/mesh.yaml"
	done
}
three_dual
# Other answers of the kernel than ours would be seen: it is as strict as it gets.
for at in node01/web1 node02/web2 manager/web3; do
	# shellcheck disable=SC2016 # the shell there expands it
	must in_ "${at%/*}" "${at#*/}" sh -c 'for f in /proc/sys/net/ipv4/conf/*/rp_filter; do
		echo 1 > $f || exit 1; done'
done
{
	sed 's/^  web:/&\n    source: preserve/' "$T/mesh.yaml"
	sed -n '/^  web:/,$p' "$T/mesh.yaml" |
		sed 's/^  web:/  plain:/; s/8080:/8081:/; s/5353:/5354:/; s/9000:/9001:/; /vip/d; s/web\.\([123]\):/plain.\1:/'
} > "$T/two.yaml"
mv "$T/two.yaml" "$T/mesh.yaml"
# shellcheck disable=SC2086 # words
apply $nodes

seen() {	# MACHINE PORT PROTO ADDRESS PORT: whom a container says it sees, and port
	m=$1
	shift
	on "$m" peer ask -p "$@" | sed 's/^web\.[123] //'
}
port=41000
for m in $nodes; do
	for to in "$(address "$m")" "$(address "$m" 6)"; do
		case $to in
		*:*) from=2001:db8::1 ;;
		*) from=192.0.2.1 ;;
		esac
		for proto in 'tcp 8080' 'udp 5353' 'sctp 9000'; do
			for turn in 1 2 3; do
				port=$((port + 1))
				# shellcheck disable=SC2086 # words
				expect "$to, $proto, turn $turn: as the client itself" \
					"$from $port" seen client $port ${proto% *} "$to" ${proto#* }
			done
		done
	done
	expect "$m: all containers in turns" 'web.1 2, web.2 2, web.3 2' \
		spread client 6 tcp "$(address "$m")" 8080
done
holds 'replies were sent to their nodes' \
	test "$(reason node01 web1 returned)" -gt 20

# --- what stays as it was

for m in $nodes; do
	for turn in 1 2 3; do
		expect "$m, the other service: its ingress address" "$(ingress_of "$m")" \
			who client '' tcp "$(address "$m")" 8081
	done
	expect "$m, a process of its own" "$(ingress_of "$m")" \
		who "$m" '' tcp 127.0.0.1 8080
	expect "$m, a process that asks the VIP" "$(ingress_of "$m")" \
		who "$m" '' tcp 10.11.0.20 8080
done
expect 'a container that asks the VIP' 10.11.0.9 who node01 web1 tcp 10.11.0.20 8080
expect 'a container that asks a node' 10.11.0.9 who node01 web1 tcp 172.18.0.1 8080
serve client '' outside tcp 7000
expect 'one that goes out is masqueraded' 'outside 192.0.2.11' \
	first 2 in_ node01 web1 peer ask tcp 192.0.2.1 7000

# --- much, long and big

for m in $nodes; do
	for to in "$(address "$m")" "$(address "$m" 6)"; do
		expect "$to: an upload" '2000000 of 2000000' \
			on client peer send 2000000 "$to" 8080
		expect "$to: a download" '2000000 of 2000000' \
			on client peer fetch 2000000 "$to" 8080
	done
	expect "$m: datagrams in fragments" '2 of 2 whole' \
		on client peer big -t 5000 udp "$(address "$m")" 5353 4000 2
done

# A path beyond the node that takes less than the overlay
must on manager ip route add 192.0.2.1/32 dev eth0 mtu 1000
must on manager ip -6 route add 2001:db8::1/128 dev eth0 mtu 1280
for to in 192.0.2.10 2001:db8::10; do
	expect "$to: a download, of which the node has to say what fits" \
		'300000 of 300000' on client peer fetch 300000 "$to" 8080
done
must on manager ip route del 192.0.2.1/32 dev eth0
must on manager ip -6 route del 2001:db8::1/128 dev eth0

# --- one address and port by three nodes to one container

for m in $nodes; do
	for web in 2 3; do
		must ctl "$m" backend set web "web.$web" state down
	done
done
repeated() {	# MACHINE [NETNS]: segments that TCP has sent again
	in_ "$1" "${2:-}" cat /proc/net/snmp |
		awk '$1 == "Tcp:" && $2 ~ /[0-9]/ { print $13 }'
}
again() {
	echo "$(repeated client) $(repeated node01 web1)"
}
number=0
for proto in 'tcp 8080' 'udp 5353' 'sctp 9000'; do
	for family in 4 6; do
		number=$((number + 1))
		before=$(again)
		for m in $nodes; do
			# shellcheck disable=SC2086 # words
			talk "$m$number" client ${proto% *} \
				"$(address "$m" $family)" ${proto#* } -p 45000
		done
		for _ in 1 2 3 4 5; do
			for m in $nodes; do
				say "$m$number" | cut -d ' ' -f 1,2
			done
		done | sort | uniq -c | sed 's/^ *//' > "$T/who"
		[ $family = 4 ] && client=192.0.2.1 || client=2001:db8::1
		expect "$proto, IPv$family: all three work at once" \
			"15 web.1 $client" cat "$T/who"
		expect 'and nothing had to be sent again' "$before" again
	done
done

# --- no way out

holds 'take the way out from web.1' \
	on node01 meshmod-ctl backend set web web.1 gateway off
for m in $nodes; do
	for to in "192.0.2.1 $(address "$m")" "2001:db8::1 $(address "$m" 6)"; do
		for proto in 'tcp 8080' 'udp 5353' 'sctp 9000'; do
			port=$((port + 1))
			# shellcheck disable=SC2086 # words
			expect "${to#* }, $proto: still, as the client" \
				"${to% *} $port" \
				seen client $port ${proto% *} "${to#* }" ${proto#* }
		done
	done
done
holds 'and give it back' on node01 meshmod-ctl backend set web web.1 gateway on

# --- a node goes

talk stays client tcp 192.0.2.10 8080
talk goes client tcp 192.0.2.12 8080
expect 'by one node' 'web.1 192.0.2.1' first 2 say stays
expect 'by another' 'web.1 192.0.2.1' first 2 say goes
of_node02() {
	in_ node01 web1 conntrack -L -p tcp 2> /dev/null | grep -c zone-orig=10
}
holds 'conntrack has those that came by node02' test "$(of_node02)" -gt 0
edit '/node02/d'
apply manager node01
expect 'and none when it is out of the file' 0 of_node02
expect 'the other goes on' 'web.1 192.0.2.1' first 2 say stays

# --- back

edit '/source: preserve/d'
apply manager node01
origins() {
	on node01 meshmod-ctl -n web1 node show | grep -c origin
}
expect 'no origin is left' 0 origins
rules() {
	in_ node01 web1 ip rule show | grep -c '^32800:'
}
expect 'and no rule' 0 rules
for turn in 1 2 3; do
	expect 'who asks now is seen by the ingress address' 10.11.0.4 \
		who client '' tcp 192.0.2.10 8080
done
