# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash
# Machines in QEMU, which are told what to do.  To be sourced by bash; sets
# $vm_dir, a folder that goes away with the script, as do all machines.
#
# A machine that vm_boot starts has no network and ends with its command.  One
# that vm_start starts is plugged into the switch of vm_switch, as eth0, and
# runs tests/vm/agent: lines of commands go in through one pipe, what they
# print and their exit codes come out of another.

declare -A vm_pid vm_in vm_out vm_serial vm_mac
vm_ports=0
vm_dir=$(mktemp -d)

# How long a command may take in a machine, and a machine to start: an emulated
# processor on a busy host is slow.
vm_patience=120

vm_end() {
	local name

	for name in "${!vm_pid[@]}"; do
		vm_kill "$name"
	done
	rm -rf "$vm_dir"
}
trap vm_end EXIT
# A second signal would end the end.
trap 'trap "" INT TERM HUP; exit 130' INT
trap 'trap "" INT TERM HUP; exit 143' TERM HUP

# vm_alive NAME: neither gone nor a zombie
vm_alive() {
	local state

	{ read -r _ _ state _ < "/proc/${vm_pid[$1]}/stat"; } 2>/dev/null &&
		[ "$state" != Z ]
}

# vm_kill NAME: like pulling the plug
vm_kill() {
	kill -KILL "${vm_pid[$1]}" 2>/dev/null
	wait "${vm_pid[$1]}" 2>/dev/null
	unset "vm_pid[$1]"
}

# vm_qemu NAME ARGUMENT...: it dies with this script, even if that is killed
vm_qemu() {
	local name=$1

	shift
	setpriv --pdeathsig KILL qemu-system-x86_64 "$@" \
		< /dev/null > "$vm_dir/$name.qemu" 2>&1 &
	vm_pid[$name]=$!
}

# Of the kernel, beside where its console is.  A busy host gives an emulated
# processor its time late and in pieces: without the second line the kernel
# may find its timer dead, or take a pause of the host for a stall of its own.
vm_append="console=ttyS0 loglevel=5 panic=-1 oops=panic meshmod.out=ttyS1
no_timer_check rcupdate.rcu_cpu_stall_timeout=60 watchdog_thresh=30"

# vm_boot NAME KERNEL IMAGE COMMAND [ARGUMENT...]: start a machine; its console
# is in $vm_dir/NAME.console, what COMMAND prints in $vm_dir/NAME.output
vm_boot() {
	local name=$1 kernel=$2 image=$3 command=$4

	shift 4
	: > "$vm_dir/$name.console"
	: > "$vm_dir/$name.output"
	vm_qemu "$name" -accel "$(vm_accel)" -cpu max -smp 2 \
		-nodefaults -display none -no-reboot \
		-serial "file:$vm_dir/$name.console" \
		-serial "file:$vm_dir/$name.output" \
		-kernel "$kernel" -initrd "$image" \
		-append "${vm_append//$'\n'/ } meshmod.name=$name meshmod.run=\"$command\"" \
		"$@"
}

# vm_accel: what QEMU accelerates with.  That there is a /dev/kvm says little:
# on some hosts a guest hangs under it, so that one has to be seen to boot.
# Emulated processors take turns in one thread: with a thread each, QEMU before
# 8.1 can run code that the kernel has just patched as it was, and what loading
# netfilter hooks patches ends in an "Oops: int3".
vm_accel() {
	if [ -e "$vm_dir/accel" ]; then
		cat "$vm_dir/accel"
	else
		echo tcg,thread=single
	fi
}

# vm_probe KERNEL IMAGE: choose, before the first machine starts
vm_probe() {
	local deadline=$((SECONDS + 15))

	[ -w /dev/kvm ] || return 0
	echo kvm > "$vm_dir/accel"
	vm_boot probe "$1" "$2" true -m 512
	while vm_alive probe && [ $SECONDS -lt $deadline ]; do
		sleep 0.1
	done
	grep -q 'meshmod.run ended: 0' "$vm_dir/probe.console" ||
		rm "$vm_dir/accel"
	vm_kill probe
}

# vm_reports NAME: what the kernel had to complain about, if anything
vm_reports() {
	grep -aEf "${BASH_SOURCE[0]%/*}/../lib/reports" "$vm_dir/$1.console"
}

# vm_until DEADLINE COMMAND...: repeat it until it succeeds
vm_until() {
	local deadline=$1

	shift
	until "$@"; do
		[ $SECONDS -lt "$deadline" ] || return 1
		sleep 0.1
	done
}

# vm_switch PORTS: a hub of so many ports, for machines that start later.  It is
# a QEMU without a machine; its ports are sockets in $vm_dir, which nobody else
# can clash with and nothing leaves through.
vm_switch() {
	local i arguments=()

	for ((i = 0; i < $1; i++)); do
		arguments+=(-netdev "stream,id=s$i,server=on,addr.type=unix,addr.path=$vm_dir/port.$i"
			    -netdev "hubport,id=h$i,hubid=0,netdev=s$i")
	done
	vm_qemu switch -machine none -nodefaults -display none "${arguments[@]}"
	vm_until $((SECONDS + vm_patience)) [ -S "$vm_dir/port.$(($1 - 1))" ]
}

# vm_start NAME KERNEL IMAGE [ARGUMENT...]: on the next port of the switch
vm_start() {
	local name=$1 kernel=$2 image=$3 in out

	shift 3
	rm -f "$vm_dir/$name.in" "$vm_dir/$name.out"
	mkfifo "$vm_dir/$name.in" "$vm_dir/$name.out"
	# Both ends of a pipe in one descriptor: neither open waits for QEMU.
	exec {in}<> "$vm_dir/$name.in" {out}<> "$vm_dir/$name.out"
	vm_in[$name]=$in
	vm_out[$name]=$out
	vm_serial[$name]=0
	# One that starts again has the network card that it had.
	: "${vm_mac[$name]:=$(printf '52:54:00:00:00:%02x' "$vm_ports")}"
	vm_boot "$name" "$kernel" "$image" "sh /meshmod/tests/vm/agent" \
		-netdev "stream,id=n,addr.type=unix,addr.path=$vm_dir/port.$vm_ports" \
		-device "virtio-net-pci,netdev=n,mac=${vm_mac[$name]},romfile=" \
		-device virtio-serial-pci \
		-chardev "pipe,id=c,path=$vm_dir/$name" \
		-device virtserialport,chardev=c,name=agent "$@"
	vm_ports=$((vm_ports + 1))
	# The agent answers this first command once it is there.
	vm_send "$name" true
}

# vm_send NAME COMMAND: one line of sh; vm_receive has the answer
vm_send() {
	vm_serial[$1]=$((vm_serial[$1] + 1))
	echo "${vm_serial[$1]} $2" >&"${vm_in[$1]}"
}

# vm_receive NAME: prints what the command printed, and ends as it has ended;
# 124: no answer in time
vm_receive() {
	local line end="= ${vm_serial[$1]} " deadline=$((SECONDS + vm_patience))

	while IFS= read -r -t $((deadline - SECONDS + 1)) line <&"${vm_out[$1]}"; do
		case $line in
		"$end"*) return "${line#"$end"}" ;;
		"${vm_serial[$1]}|"*) printf '%s\n' "${line#*|}" ;;
		esac
		[ $SECONDS -lt $deadline ] || break
	done
	return 124
}

# vm NAME COMMAND: both
vm() {
	vm_send "$1" "$2"
	vm_receive "$1"
}
