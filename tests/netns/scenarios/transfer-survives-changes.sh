# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# A long transfer survives everything that does not concern it: a replica that
# is added, another service that comes and goes, up and apply repeated.

web_mesh 1
one_node 2
serve_web 1 2
{
	cat "$T/mesh.yaml"
	echo '      web.2: {node: manager, ip: 10.11.0.13, netns: web2}'
} > "$T/more.yaml"
{
	cat "$T/more.yaml"
	echo '  other: {publish: [9090], backends: {o.1: {node: manager, ip: 10.11.0.13, netns: web2}}}'
} > "$T/other.yaml"

talk held client tcp 192.0.2.10 8080
expect 'a connection that is held' web.1 first 1 say held
spawn client "$T/transfer" peer send -r 100000 4000000 192.0.2.10 8080
transfer=$spawned
for file in more other more; do
	holds "apply $file.yaml" \
		on manager meshmod-ctl apply --node manager -f "$T/$file.yaml"
	expect 'the connection goes on' web.1 first 1 say held
done
holds 'up repeated' on manager meshmod-ctl up --node manager -f "$T/more.yaml"
by_hand() {
	ctl manager service add mine publish 7000 &&
		ctl manager backend add mine m.1 ip 10.11.0.99 &&
		ctl manager service del mine
}
holds 'a service added and deleted by hand' by_hand
holds 'all of this while the transfer was going on' running "$transfer"
expect 'new connections are spread over both' 'web.1 2, web.2 2' \
	spread client 4 tcp 192.0.2.10 8080
transfer_ends() {
	within 60 gone "$transfer" && cat "$T/transfer"
}
expect 'every byte has arrived' '4000000 of 4000000' transfer_ends
expect 'the connection still goes on' web.1 first 1 say held
expect 'a download is whole as well' '3000000 of 3000000' \
	on client peer fetch 3000000 192.0.2.10 8080
