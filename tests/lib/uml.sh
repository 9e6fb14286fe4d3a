# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # who sources this sets tests, the folder
# A machine of User Mode Linux.  To be sourced, once: it takes the traps.  Sets
# $uml_dir, a folder that goes with the machine.

# Where the machine's memory is a file: on a disk it would be written back.
uml_dir=$(mktemp -d -p /dev/shm 2> /dev/null || mktemp -d)
uml_pid=
uml_finish() {
	# Below timeout, the kernel has made a process group of its own.
	if [ -n "$uml_pid" ]; then
		kernel=$(pgrep -P "$uml_pid") || true
		kill -KILL "$uml_pid" ${kernel:+"-$kernel"} 2> /dev/null || true
	fi
	rm -rf "$uml_dir"
}
trap uml_finish EXIT
# A second signal would end the end.
trap 'trap "" INT TERM HUP; exit 143' INT TERM HUP

# uml_run LINUX COMMAND [NAME=VALUE...]: boots, with $uml_mem MiB, runs in there
# COMMAND, words separated by colons, with this environment, and prints what it
# prints; fails if COMMAND has not said "guest: done".
uml_mem=1024
uml_run() {
	linux=$1 command=$2
	shift 2
	: > "$uml_dir/console"
	# The kernel makes a file for its memory in TMPDIR and a folder in HOME.
	HOME=$uml_dir TMPDIR=$uml_dir timeout -s KILL 3300 "$linux" \
		mem="${uml_mem}M" rootfstype=hostfs rootflags=/ ro \
		init="$tests/lib/uml-init" con=null con0=null,fd:3 ssl=null quiet \
		MESHMOD_TESTS="$tests" MESHMOD_RUN="$command" "$@" \
		3>> "$uml_dir/console" > "$uml_dir/kernel" 2>&1 < /dev/null &
	uml_pid=$!
	tail -f -n +1 --pid="$uml_pid" "$uml_dir/console" |
		sed -u 's/\r//; /^machine:/d; /^reboot:/d; /^Failed to initialize ubd/d' &
	tail=$!
	wait "$uml_pid" || true
	wait "$tail"
	uml_pid=
	if ! grep -q '^guest: done' "$uml_dir/console"; then
		echo "not ok - the machine did not finish"
		sed 's/^/# kernel: /' "$uml_dir/kernel" | tail -n 50
		return 1
	fi
}
