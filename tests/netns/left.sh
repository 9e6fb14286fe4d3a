# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # guest and lib.sh set what is used here
# What a scenario leaves behind, which is nothing: how its machines end.

devices() {
	ip -o link | sed 's/^[0-9]*: \([^:@]*\).*/\1/'
}

left_start() {
	devices_before=$(devices)
}

everywhere() {	# COMMAND...: in each namespace of each machine; it says of which
	for place in "$T"/*.pid; do
		[ -e "$place" ] || continue
		place=$(basename "$place" .pid)
		for netns in '' $(on "$place" ls /run/netns 2> /dev/null); do
			in_ "$place" "$netns" "$@" 2> /dev/null |
				sed "s/^/$place${netns:+ $netns}: /"
		done
	done
}

# The TCP connections, in all namespaces, that no process has any more while
# their other end has not confirmed that they are over
orphans() {
	sed -n 's/^TCP:.* orphan \([0-9]*\) .*/\1/p' /proc/net/sockstat
}

associations() {
	[ ! -e /proc/net/sctp ] || everywhere sed 1d /proc/net/sctp/assocs
}

all_closed() {
	[ "$(orphans)" = 0 ] && [ -z "$(associations)" ]
}

# An end that has not been heard is told again and again, for minutes if the
# network of the other side has gone, and holds its namespace meanwhile.  What a
# scenario has cut off will never be heard: it is told a few times more.
wait_for_ends() {
	! within 1 all_closed || return 0
	everywhere sh -c 'echo 3 > /proc/sys/net/ipv4/tcp_orphan_retries'
	! within 10 all_closed || return 0
	echo "# still half closed, $(orphans) by TCP:"
	{
		everywhere ss -Htano exclude listening exclude time-wait
		associations
	} | tr -s '\t ' ' ' | comment '>'
}

# A machine's port on the switch goes when its namespace has really ended.
nothing_left() {
	[ "$(devices)" = "$devices_before" ] && [ -z "$(ip netns list)" ]
}

# What is there is this scenario's failure, and no other's.
check_left() {
	if within 30 nothing_left; then
		claim 0 'no device and no namespace is left'
		return
	fi
	claim 1 'no device and no namespace is left'
	{
		ip -o link
		ip netns list
		cat /proc/net/sockstat
	} | comment '>'
	for device in $(devices | grep -vxF "$devices_before"); do
		ip link del "$device"
	done
	for netns in $(ip netns list | cut -d ' ' -f 1); do
		ip netns del "$netns"
	done
}
