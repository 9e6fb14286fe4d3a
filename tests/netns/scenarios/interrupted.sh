# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# up and down are killed at requests to the kernel from the first to the last that
# they send; repeating the command finishes the work.

web_mesh 1
one_host 1
serve_web 1

command() {	# up|down
	case $1 in
	up) echo meshmod-ctl up --node manager -f "$T/mesh.yaml" ;;
	down) echo meshmod-ctl down ;;
	esac
}
run() {		# up|down
	# shellcheck disable=SC2046 # words
	on manager $(command "$1")
}
# How many requests it takes
requests() {	# up|down
	# shellcheck disable=SC2046 # words
	on manager strace -q -e signal=none -e trace=sendto -e raw=sendto \
		-o "$T/trace" $(command "$1") > /dev/null
	grep -c '^sendto' "$T/trace"
}
kill_at() {	# CALL N up|down
	# shellcheck disable=SC2046 # words
	# To decode a request, strace would ask the kernel about its socket.
	on manager strace -q -o /dev/null -e "trace=$1" -e "raw=$1" \
		-e "inject=$1:signal=KILL:when=$2" \
		$(command "$3") > "$T/killed" 2>&1
}
# How much there is of what up makes
mess() {
	{
		on manager ip -o link
		in_ manager web1 ip -o link
		on manager ip netns list
		in_ manager web1 meshmod-ctl redirect list
		on manager meshmod-ctl service list
		on manager ls /run/meshmod
	} 2> /dev/null | wc -l
}
is_done() {	# up|down
	case $1 in
	up) [ "$(first 1 ask client tcp 192.0.2.10 8080)" = web.1 ] ;;
	down) [ "$(mess)" = "$clean" ] ;;
	esac
}
repeat() {	# WHERE COMMAND OTHER: and undo it by the other
	run "$2" > "$T/repeated" 2>&1 && is_done "$2"
	code=$?
	claim "$code" "$2 killed at $1, and repeated"
	if [ "$code" != 0 ]; then
		comment 'killed:' < "$T/killed"
		comment 'repeated:' < "$T/repeated"
	fi
	must run "$3"
}
# At POINTS of its netlink requests, the first and the last among them
interrupt() {	# POINTS COMMAND OTHER
	total=$(requests "$2")
	must run "$3"
	# A list that changed while it was read is asked for again.
	again=$(requests "$2")
	must run "$3"
	[ "$again" -ge "$total" ] || total=$again
	point=1
	while [ "$point" -le "$1" ]; do
		at=$((1 + (total - 1) * (point - 1) / ($1 - 1)))
		if kill_at sendto "$at" "$2"; then
			claim 1 "$2 is killed at request $at of $total"
		fi
		repeat "request $at of $total" "$2" "$3"
		point=$((point + 1))
	done
}
# At its first call of another kind
interrupt_call() {	# CALL COMMAND OTHER
	if kill_at "$1" 1 "$2"; then
		claim 1 "$2 is killed at $1()"
	fi
	repeat "$1()" "$2" "$3"
}
clean=$(mess)
interrupt "$(rounds 2 12)" up down
for call in rename mount; do
	interrupt_call "$call" up down
done
must run up
interrupt "$(rounds 2 6)" down up
for call in umount2 unlink; do
	interrupt_call "$call" down up
done
must run down
