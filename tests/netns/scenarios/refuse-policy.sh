# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# What a client hears whom a service cannot serve: a reset, an abort or
# "unreachable" at once, in both families; or nothing, if the service says so.

services() {	# POLICY FIRST_PORT
	cat <<-M
	  $1:
	    publish: ["$2:80/tcp", "$2:80/udp", "$2:80/sctp"]
	    refuse: $1
	    vip: [10.11.0.$(($2 % 100 + 30)), "fd00:11::$(($2 % 100 + 30))"]
	M
}
{ services reject 8001; services drop 8002; } |
	dual_file
one_node 0
for to in 192.0.2.10 2001:db8::10; do
	for proto in tcp udp sctp; do
		expect "reject: $proto to $to is refused at once" refused \
			ask client -t 2000 "$proto" "$to" 8001
		expect "drop: $proto to $to hears nothing" timeout \
			ask client -t 700 "$proto" "$to" 8002
	done
done
counted() {	# TCP and SCTP try again while nothing answers
	ctl manager -s service show reject | grep -o ' no_backend [0-9]*'
	ctl manager -s service show drop | grep -q ' no_backend [6-9]\|no_backend [1-9][0-9]' &&
		echo ' and of drop, at least 6'
}
expect 'each was counted' ' no_backend 6
 and of drop, at least 6' counted
policy() {
	ctl manager service show "$1" | grep -o 'refuse [a-z]*'
}
expect 'the policy is shown' 'refuse drop' policy drop
holds 'and can be changed' ctl manager service set drop refuse reject
expect 'in the sandbox: refused at once' refused \
	ask client -t 2000 tcp 192.0.2.10 8002
