# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=bash disable=SC2154 # of lib.sh
# Claims about machines, one line each: TAP, numbered, unless who sources this
# has a claim and a detail of its own.  To be sourced after lib.sh.

passed=0 failed=0

claim() {	# CODE TEXT
	if [ "$1" = 0 ]; then
		passed=$((passed + 1))
		echo "ok $((passed + failed)) - $2"
	else
		failed=$((failed + 1))
		echo "not ok $((passed + failed)) - $2"
	fi
}

detail() {	# TITLE, text on stdin: why a claim does not hold
	sed "s/^/# $1 /"
}

is() {		# TEXT WANT GOT
	if [ "$2" = "$3" ]; then
		claim 0 "$1"
	else
		claim 1 "$1"
		detail wanted: <<< "$2"
		detail got: <<< "$3"
	fi
}

holds() {	# TEXT MACHINE COMMAND: it succeeds there
	local got code

	got=$(vm "$2" "$3")
	code=$?
	claim $code "$1"
	[ $code = 0 ] || detail "$2:" <<< "$3"$'\n'"$got"$'\n'"exit code $code"
}

fails() {	# TEXT MACHINE COMMAND: it does not
	local got

	if got=$(vm "$2" "$3"); then
		claim 1 "$1"
		detail "$2:" <<< "$3"$'\n'"$got"
	else
		claim 0 "$1"
	fi
}

# no_reports MACHINE...: their kernels had nothing to complain about
no_reports() {
	local name

	for name; do
		vm_reports "$name" > /dev/null
		if [ $? = 1 ]; then	# 2 would mean that nobody has looked
			claim 0 "the kernel of $name has no complaint"
		else
			claim 1 "the kernel of $name has no complaint"
			tail -n 150 "$vm_dir/$name.console" | detail "$name:"
		fi
	done
}

# The end of a script: what it returns is how the claims stand.
conclude() {
	echo "1..$((passed + failed))"
	echo "$passed passed, $failed failed"
	[ $failed = 0 ]
}

give_up() {	# WHY, text on stdin
	claim 1 "$1"
	detail '>'
	no_reports "${!vm_serial[@]}"
	conclude
	exit 1
}

# Setting up is no claim, but nothing after it would prove anything.
must() {	# MACHINE COMMAND
	local got

	got=$(vm "$1" "$2") || give_up "$1: $2" <<< "$got"
}
