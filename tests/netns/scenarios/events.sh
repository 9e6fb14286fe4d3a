# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# Every change is announced, a refused one and one that changes nothing are not;
# without CAP_NET_ADMIN nobody reads, changes or listens.

machine alone
machine other
spawn alone "$T/events" "$MESHMOD_BIN/listen"
must within 10 lines "$T/events" 1
run() {
	on alone meshmod-ctl "$@"
}
must run service add web publish 8080:80 vip 10.11.0.20
must run backend add web web.1 ip 10.11.0.12
must run backend set web web.1 weight 2
must run backend set web web.1 weight 2
must run service set web mark 300
must run service set web offload off
must run service set web offload off
fails 'a service of a name that is taken' run service add web publish 1
must run redirect add ip 10.11.0.12 proto tcp from 8080 to 80
must run redirect set ip 10.11.0.12 proto tcp from 8080 to 81
must run redirect del ip 10.11.0.12 proto tcp from 8080
must run node set ingress 10.11.0.4
must run node set offload off
must run node set offload off
must run stats zero
must on other meshmod-ctl service add elsewhere publish 9
must run service del web
must within 10 lines "$T/events" 14
expect 'all that changed was announced, in order, and nothing else' 'listening
SERVICE_NEW web
BACKEND_NEW web web.1
BACKEND_SET web web.1
SERVICE_SET web
SERVICE_SET web
REDIRECT_NEW 8080 80
REDIRECT_SET 8080 81
REDIRECT_DEL 8080 81
NODE_SET
NODE_SET
STATS_ZERO
BACKEND_DEL web web.1
SERVICE_DEL web' cat "$T/events"

nobody() {
	on alone peer nobody "$@"
}
must run service add web publish 8080:80
no='no permission: this needs CAP_NET_ADMIN over the network namespace; run it as root'
for command in 'service list' 'service show web' 'stats show' 'node show' \
	'redirect list' 'service del web' 'stats zero'; do
	# shellcheck disable=SC2086 # words
	expect "$command without CAP_NET_ADMIN" "$no" nobody meshmod-ctl $command
done
expect 'listening without CAP_NET_ADMIN' 'join: Operation not permitted' \
	nobody "$MESHMOD_BIN/listen"
expect 'nothing of it was done' 'service web publish 8080:80/tcp mark 256 scheduler rr' \
	run service list

# A whole configuration: each object that differs, and that it is complete
web_mesh 2
one_node 2
spawn_in manager "$balancer" "$T/replaced" "$MESHMOD_BIN/listen"
must within 10 lines "$T/replaced" 1
sed -i '/web.2:/s/netns: web2/netns: web2, weight: 0/' "$T/mesh.yaml"
must on manager meshmod-ctl apply --node manager -f "$T/mesh.yaml"
must within 10 lines "$T/replaced" 3
expect 'apply announces what it changes, and its end' 'listening
BACKEND_SET web web.2
CONFIG_REPLACE' cat "$T/replaced"
