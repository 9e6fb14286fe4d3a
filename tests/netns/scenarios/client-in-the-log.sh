# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# What source: preserve is for: a web server that knows nothing of the mesh has its
# clients' own addresses in its log; and the node's, where the service has not.

backends() {	# SERVICE
	cat <<-M
	    backends:
	      $1.1: {node: node01, ip: [10.11.0.12, "fd00:11::c"], netns: web1}
	      $1.2: {node: node02, ip: [10.11.0.13, "fd00:11::d"], netns: web2}
	      $1.3: {node: manager, ip: [10.11.0.16, "fd00:11::10"], netns: web3}
	M
}
# Both are the same containers, and their one server.
three_file <<-M
  kept:
    source: preserve
    publish: ["8080:80/tcp"]
$(backends kept)
  plain:
    publish: ["8081:80/tcp"]
$(backends plain)
M
# shellcheck disable=SC2086 # words
machines client $nodes
mkdir "$T/www"
echo 'It works!' > "$T/www/page"
head -c 200000 /dev/urandom > "$T/www/big"
listens() {	# NODE NETNS
	in_ "$1" "$2" ss -Hltn 'sport = :80' | grep -q LISTEN
}
web_server() {	# NODE NETNS
	container "$1" "$2"
	spawn_in "$1" "$2" "$T/$2.log" busybox httpd -f -vv -h "$T/www"
	must within 15 listens "$1" "$2"
}
web_server node01 web1
web_server node02 web2
web_server manager web3
for m in $nodes; do
	up "$m" "$T/mesh.yaml"
done

get() {		# ADDRESS PORT FILE
	case $1 in
	*:*) set -- "[$1]" "$2" "$3" ;;
	esac
	on client timeout 20 busybox wget -q -O - "http://$1:$2/$3"
}
# A name of its own for each question, by which it is found in the logs; the
# three containers are asked in turns.
logged() {	# ADDRESS PORT NAME FILE: what three times has left in them
	ln "$T/www/$4" "$T/www/$3"
	for _ in 1 2 3; do
		get "$1" "$2" "$3" > "$T/got" && cmp "$T/got" "$T/www/$4" || return
	done
	for web in web1 web2 web3; do
		sed -n "s/:[0-9]*: url:\/$3\$//p" "$T/$web.log" |
			sed "s/.*/$web: &/; s/::ffff://"
	done
}
in_all() {	# ADDRESS
	for web in web1 web2 web3; do
		echo "$web: [$1]"
	done
}
for m in $nodes; do
	for family in 4 6; do
		to=$(address "$m" $family)
		expect "$to: the log shows the client's own address" \
			"$(in_all "$(address client $family)")" \
			logged "$to" 8080 "kept.$m.$family" page
		expect 'with a page of many packets too' \
			"$(in_all "$(address client $family)")" \
			logged "$to" 8080 "big.$m.$family" big
		expect "of the other service, the node's" \
			"$(in_all "$(ingress_of "$m" $family)")" \
			logged "$to" 8081 "plain.$m.$family" page
	done
done
answers() {	# HOW: how many were answered with that
	cat "$T"/web?.log | grep -c ": response:$1"
}
expect 'each of them was answered' 54 answers 200
