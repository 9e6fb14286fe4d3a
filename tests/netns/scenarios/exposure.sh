# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# Where a service listens, and who may come: every combination of address,
# device, source and protocol is tried, and only what is named gets in.

port=8000
service() {	# NAME [SETTING]: the service NAME on the next port
	cat <<-M
	  $1:
	    publish: ["$port:80/tcp", "$port:80/udp", "$port:80/sctp"]
	    ${2:-refuse: reject}
	    backends:
	      $1.1: {node: manager, ip: [10.11.0.12, "fd00:11::c"], netns: web1}
	M
	port=$((port + 1))
}
source_service() {	# NAME PREFIXES
	cat <<-M
	  $1:
	    publish:
	      - {port: "$port:80/tcp", from: [$2]}
	      - {port: "$port:80/udp", from: [$2]}
	      - {port: "$port:80/sctp", from: [$2]}
	    backends:
	      $1.1: {node: manager, ip: [10.11.0.12, "fd00:11::c"], netns: web1}
	M
	port=$((port + 1))
}
# A service for each kind of limit; their ports are 8000 and up, in this order
{
	service anywhere
	service address 'listen: [192.0.2.10, "2001:db8::10"]'
	service prefix 'listen: [198.51.100.0/28, "2001:db8:1::/64"]'
	service device 'listen: [eth9]'
	service loop 'listen: [lo]'
} > "$T/services"
port=8005
source_service sources '192.0.2.1/32, "2001:db8::1/128"' >> "$T/services"
port=8006
source_service inside '172.18.0.0/16, 127.0.0.0/8, "::1/128"' >> "$T/services"
dual_file < "$T/services"

# client and other on eth0; other has a second link, to eth9 of the manager
one_host 1
machine other
plug other
read -r other_pid < "$T/other.pid"
read -r manager_pid < "$T/manager.pid"
must ip link add second9 type veth peer name other9
must ip link set second9 netns "$manager_pid" name eth9
must ip link set other9 netns "$other_pid" name eth9
printf '%s\n' 'addr add 198.51.100.10/24 dev eth9' \
	'addr add 198.51.100.99/24 dev eth9' \
	'addr add 2001:db8:1::10/64 dev eth9 nodad' \
	'link set eth9 up' | must on manager ip -batch -
printf '%s\n' 'addr add 198.51.100.2/24 dev eth9' \
	'addr add 2001:db8:1::2/64 dev eth9 nodad' \
	'link set eth9 up' | must on other ip -batch -
up manager "$T/mesh.yaml"
# It is asked faster than it would otherwise say no.
must on manager sh -c 'echo 0 > /proc/sys/net/ipv4/icmp_ratelimit &&
	echo 0 > /proc/sys/net/ipv6/icmp/ratelimit'
serve manager web1 web.1 tcp 80
serve manager web1 web.1 udp 80
serve manager web1 web.1 sctp 80

# Whether each service lets FROM in at ADDRESS, as a row of its answers
row() {		# FROM PROTO ADDRESS
	for p in 8000 8001 8002 8003 8004 8005 8006; do
		answer=$(ask "$1" -t 15000 "$2" "$3" "$p")
		case $answer in
		web.1*) printf 'yes ' ;;
		refused) printf 'no ' ;;
		*) printf '(%s) ' "$answer" ;;
		esac
	done
	echo
}
matrix() {	# FROM ADDRESS ROW
	for proto in tcp udp sctp; do
		expect "$proto from $1 to $2" "$3" row "$1" "$proto" "$2"
	done
}
#				anywhere address prefix device loop sources inside
matrix client 192.0.2.10	'yes yes no no no yes no '
matrix client 2001:db8::10	'yes yes no no no yes no '
matrix other 192.0.2.10		'yes yes no no no no no '
matrix other 2001:db8::10	'yes yes no no no no no '
matrix other 198.51.100.10	'yes no yes yes no no no '
matrix other 198.51.100.99	'yes no no yes no no no '
matrix other 2001:db8:1::10	'yes no yes yes no no no '
matrix manager 127.0.0.1	'yes no no no yes no yes '
matrix manager ::1		'yes no no no yes no yes '
matrix manager 192.0.2.10	'yes yes no no yes no no '
matrix manager 198.51.100.10	'yes no yes no yes no no '
# An address of eth9, asked for over eth0, and the other way round
must on client ip route add 198.51.100.10 via 192.0.2.10
must on other ip route add 192.0.2.10 via 198.51.100.10
matrix client 198.51.100.10	'yes no yes no no yes no '
matrix other 192.0.2.10		'yes yes no yes no no no '

holds 'who came from the wrong place was counted' \
	test "$(reason manager '' outside)" -gt 20
in_container() {
	in_ manager web1 peer ask -t 1500 tcp "$1" 8006
}
expect 'a container is a client like others: by the bridge' 'web.1 10.11.0.4' \
	first 2 in_container 172.18.0.1

# Changes
talk held other tcp 192.0.2.10 8000
expect 'a connection' web.1 first 1 say held
holds 'let the service listen there and elsewhere' on manager meshmod-ctl \
	service set anywhere listen 192.0.2.10 listen eth9
expect 'it goes on' web.1 first 1 say held
holds 'elsewhere only' on manager meshmod-ctl \
	service set anywhere listen 198.51.100.10
expect 'it has ended' reset say held
holds 'everywhere' on manager meshmod-ctl service set anywhere listen all
talk held2 other tcp 192.0.2.10 8000
expect 'a connection' web.1 first 1 say held2
holds 'limit the port to clients from elsewhere' on manager meshmod-ctl \
	service set anywhere publish 8000:80/tcp from 192.0.2.1/32
expect 'it has ended' reset say held2
expect 'another client is served' web.1 first 1 ask client tcp 192.0.2.10 8000
