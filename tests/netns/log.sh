# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# What the kernel has to say about a run: reports in its log, lost memory.

reports='WARNING:|BUG:|BUG |Oops|KASAN|UBSAN|Call Trace:|possible recursive|possible circular|suspicious RCU|refcount_t:|leaked|unregister_netdevice: waiting|rcu.*stall|blocked for more than|general protection'

# A report since the last look is a failure.
check_log() {
	dmesg > "$T/log"
	dmesg -c > /dev/null 2>&1
	if grep -Eq "$reports" "$T/log"; then
		claim 1 'the kernel has nothing to report'
		grep -E -m1 -A60 "$reports" "$T/log" | comment 'kernel:'
	else
		claim 0 'the kernel has nothing to report'
	fi
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

# Two things are reported in UML, module loaded or not, and are not lost: nodes
# of the page cache of hostfs, and what reference trackers have noted for the
# first namespace (kmemleak does not look there).
lost() {
	awk '
	/^unreferenced object/ { if (!known) printf "%s", text; text = ""; known = 0 }
	/filemap_add_folio|ref_tracker_alloc/ { known = 1 }
	{ text = text $0 "\n" }
	END { if (!known) printf "%s", text }
	' /sys/kernel/debug/kmemleak | head -n 60
}
