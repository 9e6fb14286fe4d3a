# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # guest and topology.sh set what is used here
# What is measured, and what has to hold for a figure to count.  Each figure is a
# line
#
#	FIGURE topology datapath measure count nanoseconds
#
# or VOID in place of FIGURE, with a claim that says why; what is no time is a line
#
#	VALUE topology datapath measure value
# profile.c counts in between, so that each FIGURE or VOID is the next of its
# measures.

# How much of everything
count_connections=${BENCH_CONNECTIONS:-400}
count_requests=${BENCH_REQUESTS:-2000}
count_mib=${BENCH_MIB:-240}
count_packets=${BENCH_PACKETS:-6000}
count_flows=999	# as often the one replica as the other
# How often; by a clock that counts instructions once is enough.
rounds=${BENCH_ROUNDS:-1}

each_round() {	# COMMAND...
	round=0
	while [ $round -lt "$rounds" ]; do
		"$@"
		round=$((round + 1))
	done
}

figure() {	# MEASURE COUNT NANOSECONDS
	echo "FIGURE $topology $datapath $*"
}

value() {	# MEASURE VALUE
	echo "VALUE $topology $datapath $*"
}

memory() {	# KiB: KIND of /proc/meminfo
	awk -v kind="$1:" '$1 == kind { print $2 }' /proc/meminfo
}

void() {	# MEASURE COUNT NANOSECONDS WHY
	claim 1 "$1: $4"
	echo "VOID $topology $datapath $1 $2 $3"
}

# --- before anything is measured -------------------------------------------------

answers() {
	on client load ask "$targets" 8080 3 | sort
}

# Three requests, three replicas, and they see whom they should.
verify() {
	case $kind in
	none|track|meshmod-preserve) seen=$client_ip ;;
	*) seen=$node_ip ;;
	esac
	wanted=$(printf 'web%d '"$seen"'\n' 1 2 3)
	expect 'three requests reach three replicas' "$wanted" answers
	[ "$got" = "$wanted" ]
}

# --- TCP -----------------------------------------------------------------------------

load_once() {	# MEASURE VERB TARGET COUNT
	if took=$(on client load "$2" "$3" 8080 "$4"); then
		figure "$1" "$4" "$took"
	else
		claim 1 "$1: the load ran"
	fi
}

loads() {
	each_round load_once "$@"
}

measure_connection() {
	loads connection connect "$targets" "$count_connections"
}

measure_request() {
	loads request request "${targets%%,*}" "$count_requests"
}

measure_up() {
	loads up up "${targets%%,*}" "$count_mib"
}

measure_down() {
	loads down down "${targets%%,*}" "$count_mib"
}

# --- floods of UDP ----------------------------------------------------------------------

# Receivers change their MAC, so that what arrives is dropped as someone else's
# at the top of ip_rcv and answered by no one.  A device with another MAC knows no
# neighbours any more.
deaf() {	# or not: MAC prefix
	for i in 1 2 3; do
		must in_ "$far" "web$i" ip link set eth0 address \
			"$1:42:0a:0b:00:0$(printf %x $((11 + i)))"
		knows "$far" "web$i" eth0 "$node_ip"
	done
}

# Frames for another host that came to the replicas: what a flood leads there, and
# nothing else, since who asks for a neighbour asks all.
received() {
	for i in 1 2 3; do
		in_ "$far" "web$i" ip -s -s -j link show dev eth0
	done | sed -n 's/.*"otherhost":\([0-9]*\).*/\1/p' |
		awk '{ n += $1 } END { print n + 0 }'
}

pktgen() {	# FILE LINE...
	file=$1
	shift
	printf '%s\n' "$@" > "$T/pktgen"
	# One command a write
	must on client sh -c "while read -r line; do echo \"\$line\" > /proc/net/pktgen/$file || exit 1; done < $T/pktgen"
}

generator() {	# DEV COUNT PORT FIRST LAST
	pktgen kpktgend_0 rem_device_all "add_device $1"
	pktgen "$1" "count $2" 'clone_skb 0' 'delay 0' 'pkt_size 100' \
		"dst_mac $(mac "$ingress_ip")" "dst_min ${targets%%,*}" \
		"dst_max ${targets##*,}" "src_min $client_ip" "src_max $client_ip" \
		"udp_dst_min $3" "udp_dst_max $3" "udp_src_min $4" "udp_src_max $5"
}

# Starting and stopping take their time; pktgen itself says what the packets took,
# in microseconds.
flooded() {	# DEV
	on client load flood > /dev/null
	on client sed -n 's/.*Result: OK: \([0-9]*\)(.*/\1000/p' "/proc/net/pktgen/$1"
}

# Entries that connection tracking has, in each namespace that has any
tracked() {
	[ "$kind" != none ] || return 0
	for ns in $tracking; do
		in_ manager "${ns#host}" cat /proc/sys/net/netfilter/nf_conntrack_count
	done | xargs
}

# As many new ones in each namespace as there were new flows; where the overlay's
# packets leave, and are tracked too, up to twice as many.
as_tracked() {	# BEFORE NOW NEW
	echo "$1 $2" | awk -v new="$3" -v outer="$([ "$topology" = alone ] || echo 1)" '{
		n = NF / 2
		for (i = 1; i <= n; i++) {
			more = $(n + i) - $i
			if (more < new || more > new * (i == 1 && outer ? 2 : 1))
				exit 1
		}
	}'
}

# All packets arrive, and make so many connections in each namespace.
flood() {	# MEASURE PORT FIRST LAST COUNT NEW
	if [ "$6" = 0 ]; then
		# Until the last of them is known to last, and its table has grown
		generator eth0 $(($5 / 10 + 8 * ($4 - $3))) "$2" "$3" "$4"
		must on client load warm
	fi
	generator eth0 "$5" "$2" "$3" "$4"
	before=$(received)
	entries=$(tracked)
	slab=$(memory SUnreclaim)
	took=$(flooded eth0)
	arrived=$(($(received) - before))
	now=$(tracked)
	slab=$(($(memory SUnreclaim) - slab))
	if [ "$arrived" != "$5" ]; then
		void "$1" "$5" "$took" "$arrived of $5 packets arrived"
	elif ! as_tracked "$entries" "$now" "$6"; then
		void "$1" "$5" "$took" "connections: $entries became $now"
	else
		figure "$1" "$5" "$took"
		[ "$6" = 0 ] || [ "$kind" = none ] ||
			value "$1-memory" $((slab * 1024 / $6))
	fi
}

established() {	# MEASURE PORT FIRST FLOWS
	saved=$targets
	[ "$4" != 1 ] || targets=${targets%%,*}
	must on client load flows "$targets" "$2" "$3" "$4"
	deaf 06
	each_round flood "$1" "$2" "$3" $(($3 + $4)) "$count_packets" 0
	deaf 02
	targets=$saved
}

measure_packet() {
	established packet 8080 10000 1
}

measure_packet1000() {
	established packet1000 8080 12000 $count_flows
}

new_flows() {	# MEASURE PORT FIRST
	from=$(($3 + round * count_packets))
	flood "$1" "$2" $from $((from + count_packets)) "$count_packets" \
		"$count_packets"
}

measure_first() {
	deaf 06
	each_round new_flows first 8080 20000
	deaf 02
}

# Forwarded through the same namespaces, of no service
measure_other() {
	all=$targets
	targets=10.11.0.12
	established other 9999 11000 1
	deaf 06
	each_round new_flows other-first 9999 30000
	deaf 02
	targets=$all
}

# What pktgen and the client's cable cost by themselves: the packets are dropped
# at their other end, as at the end of a whole path.
measure_generator() {	# once in a machine
	[ ! -e "${TMPDIR:-/tmp}/generator" ] || return 0
	touch "${TMPDIR:-/tmp}/generator"
	machine nobody
	wire client none0 203.0.113.1 nobody none1 203.0.113.2
	generator none0 1000 8080 10000 10001
	must on client load warm
	generator none0 "$count_packets" 8080 10000 10001
	each_round generator_once
}

generator_once() {
	took=$(flooded none0)
	figure generator "$count_packets" "$took"
}

# Ten thousand services of a hundred backends each, in one transaction, and
# everything away again
measure_apply() {
	settle
	free=$(memory MemFree)
	took=$(on manager fill "$node_ip" 10000 100) || claim 1 'apply'
	figure apply 1 "$took"
	settle
	used=$(((free - $(memory MemFree)) * 1024))
	value apply-memory $used
	holds "they take at most 250 MB: $used bytes" [ $used -le 250000000 ]
	services=$(on manager meshmod-ctl service list | wc -l)
	expect 'all services and backends are there' $((10000 * 101)) echo "$services"
	took=$(on manager fill "$node_ip" 0 0) || claim 1 'delete'
	figure delete 1 "$took"
	settle
	value delete-memory $(((free - $(memory MemFree)) * 1024))
}

# Who the client of one connection is: of a hundred thousand, as many ports taking
# turns with three addresses, and of hardly any
measure_resolve() {
	must on client load flows "$ingress_ip" 8080 9000 1
	resolve_once resolve-few "$(on manager conntrack -L -p udp --sport 9000 2> /dev/null |
		sed 's/.* dport=\([0-9]*\).*/\1/')"
	deaf 06
	generator eth0 100000 8080 10001 60000
	pktgen eth0 "src_max ${client_ip%.*}.3"
	must on client load warm
	entries=$(tracked)
	holds "a hundred thousand connections: $entries" [ "$entries" -ge 100000 ]
	resolve_once resolve 30000
	deaf 02
}

resolve_once() {	# MEASURE PORT
	took=$(on manager load resolve "$node_ip:$2" 2> "$T/resolved") ||
		claim 1 "$1"
	figure "$1" 1 "$took"
	holds "$1: the client is known by its ingress address" \
		grep -q " client ${client_ip%.*}." "$T/resolved"
}

# What is freed later, is
settle() {
	sync
	echo 3 > /proc/sys/vm/drop_caches
	sleep 3
}
