# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# What the kernel has to say about a run: reports in its log, lost memory.

reports=$MESHMOD_TESTS/lib/reports	# what one looks like

# A report since the last look is a failure.
check_log() {
	dmesg -c > "$T/log"
	grep -Ef "$reports" -m1 -A60 "$T/log" > "$T/out"
	[ $? = 1 ]	# 2 would mean that nobody has looked
	claim $? 'the kernel has nothing to report'
	comment 'kernel:' < "$T/out"
}

# What booting left behind is not ours.
kmemleak_start() {
	[ -e /sys/kernel/debug/kmemleak ] || return 0
	echo scan > /sys/kernel/debug/kmemleak
	echo clear > /sys/kernel/debug/kmemleak
}

kmemleak_check() {
	[ -e /sys/kernel/debug/kmemleak ] || return 0
	# The kernel does not suspect what is younger than 5 s, and what is
	# found once may still have been on its way.
	sleep 6
	echo scan > /sys/kernel/debug/kmemleak
	echo scan > /sys/kernel/debug/kmemleak
	expect 'the kernel has lost no memory' '' lost
}

# What the mesh could lose: memory of the module itself, of conntrack and NAT, of
# packets, devices and namespaces.  In UML kmemleak does not see all that holds
# something, and names innocent inodes, page cache and vmalloc areas; it does not
# look into the first namespace, where reference trackers are.  And Linux 6.1
# itself loses a VXLAN device's permanent entries when the namespace that it was
# made in ends before the one it is in: here, when a whole node is killed.
lost() {
	awk '
	function flush() { if (ours && !known) printf "%s", text }
	/^unreferenced object/ { flush(); text = ""; ours = known = 0 }
	/\[meshmod\]|\] (__)?nf_|alloc_skb|alloc_netdev|net_alloc|copy_net_ns|fib_|neigh_|nlmsg|genl_/ { ours = 1 }
	/ref_tracker_alloc|vxlan_fdb_update/ { known = 1 }
	{ text = text $0 "\n" }
	END { flush() }
	' /sys/kernel/debug/kmemleak | head -n 60
}
