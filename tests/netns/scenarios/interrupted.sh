# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# up and down are killed at one request after the other that they send, from the
# first to the last; repeating the command finishes the work.  Needs strace.

if ! command -v strace > /dev/null; then
	echo "# no strace in this machine: the debug kernel's has it"
	return 0
fi
mesh_file mesh.yaml <<-'M'
	  web:
	    publish: ["8080:80/tcp"]
	    vip: 10.11.0.20
	    backends:
	      web.1: {node: manager, ip: 10.11.0.12, netns: web1}
M
switch
for m in client manager; do
	machine "$m"
	plug "$m" "$(address "$m")/24"
done
container manager web1
serve manager web1 web.1 tcp 80
kill_at() {	# N COMMAND...: at its Nth request to the kernel
	n=$1
	shift
	on manager strace -f -q -o /dev/null \
		-e inject=sendto,sendmsg,unlink,rename,mount,umount2:signal=KILL:when="$n" \
		meshmod-ctl "$@" > "$T/killed" 2>&1
}
# every STEP COMMAND REPAIR: kill COMMAND at request 1, 1 + STEP, ..., each time
# repeat it, and undo it again by the other one
finish() {
	case $1 in
	up) on manager meshmod-ctl up --node manager -f "$T/mesh.yaml" &&
		[ "$(ask client tcp 192.0.2.10 8080 | cut -d' ' -f1)" = web.1 ] ;;
	down) on manager meshmod-ctl down && [ "$(mess)" = "$clean" ] ;;
	esac
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
	} 2> /dev/null | wc -l | tr -d ' '
}
every() {
	n=1 kills=0
	while :; do
		case $2 in
		up) kill_at "$n" up --node manager -f "$T/mesh.yaml" && break ;;
		down) kill_at "$n" down && break ;;
		esac
		kills=$((kills + 1))
		if ! finish "$2" > "$T/finish" 2>&1; then
			claim 1 "$2 killed at request $n is finished by the next"
			comment 'killed:' < "$T/killed"
			comment 'next:' < "$T/finish"
			return
		fi
		finish "$3" > "$T/finish" 2>&1 || {
			claim 1 "$3 after $2 was killed at request $n"
			comment '>' < "$T/finish"
			return
		}
		n=$((n + $1))
	done
	claim "$((kills < 10))" "$2 killed at $kills points is finished by the next"
}
clean=$(mess)
every 5 up down
must on manager meshmod-ctl up --node manager -f "$T/mesh.yaml"
every 3 down up
