# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# A namespace without configuration has no hook: nothing is tracked in it, before
# the first object comes and after the last one has gone.

machine alone
serve alone '' server tcp 80
tracked() {	# how many of three new connections conntrack has seen
	on alone conntrack -F > /dev/null 2>&1
	[ "$(on alone peer ask -c -n 3 tcp 127.0.0.1 80)" = 'server 3' ] || echo lost
	on alone conntrack -L -p tcp 2> /dev/null | grep -c 'dport=80 '
}
expect 'before' 0 tracked
must on alone meshmod-ctl service add web publish 8080
expect 'while there is a service' 3 tracked
holds 'its hooks have seen them' \
	test "$(reason alone '' unmatched)" -ge 3
must on alone meshmod-ctl service del web
expect 'after' 0 tracked
must on alone meshmod-ctl node set guard 10.11.0.12 dev eth0
expect 'while there is a setting' 3 tracked
must on alone meshmod-ctl node set guard none
expect 'after that' 0 tracked
