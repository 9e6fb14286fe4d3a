# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# Beside the rules of others: NAT chains before and after ours, what they exempt
# from connection tracking, zones, and a firewall that is loaded anew.

dual_mesh 2
one_node 2
serve_dual 1 2
serve manager '' host tcp 7000
serve client '' outside tcp 9000
both='web.1 1, web.2 1'
rules() {	# a ruleset on stdin, in place of what there is
	on manager nft flush ruleset && on manager nft -f -
}
works() {	# TEXT
	expect "$1" "$both" spread client 2 tcp 192.0.2.10 8080
	expect "$1, IPv6" "$both" spread client 2 tcp 2001:db8::10 8080
	expect "$1, from the node" "$both" spread manager 2 tcp 127.0.0.1 8080
	expect "$1, a container to the outside" 'outside 192.0.2.10' \
		first 2 in_ manager web1 peer ask -t 3000 tcp 192.0.2.1 9000
}
nat() {		# PRIORITIES of dstnat and srcnat
	cat <<-N
	table inet foreign {
		chain pre {
			type nat hook prerouting priority $1;
			tcp dport 8080 redirect to :7000
			tcp dport 7001 redirect to :7000
		}
		chain out {
			type nat hook output priority $1;
			tcp dport 8080 redirect to :7000
		}
		chain post {
			type nat hook postrouting priority $2;
			masquerade
		}
	}
	N
}
nat -100 100 | must rules
works 'NAT chains at the usual place do not get what the mesh has'
expect 'but what is theirs' host first 1 ask client tcp 192.0.2.10 7001
nat -90 110 | must rules
works 'nor later ones'
must rules <<-'N'
	table inet foreign {
		chain pre {
			type nat hook prerouting priority -110;
			ip saddr 192.0.2.1 tcp dport 8080 redirect to :7000
		}
	}
N
expect 'who comes before the mesh, and wants its port, gets it' host \
	first 1 ask client tcp 192.0.2.10 8080
expect 'for what it matches' "$both" spread client 2 tcp 2001:db8::10 8080

must rules <<-'N'
	table inet foreign {
		chain raw {
			type filter hook prerouting priority -300;
			ip saddr 192.0.2.1 tcp dport 8080 notrack
		}
	}
N
before=$(reason manager '' untracked)
expect 'what is not tracked is not balanced: it meets the host'\''s own ports' \
	refused ask client -t 3000 tcp 192.0.2.10 8080
holds 'and is counted' test "$(reason manager '' untracked)" -gt "$before"
expect 'the rest is' "$both" spread client 2 tcp 2001:db8::10 8080

must rules <<-'N'
	table inet foreign {
		chain raw {
			type filter hook prerouting priority -300;
			iif eth0 ct original zone set 7
		}
	}
N
works 'clients in a zone of their own'
zone() {
	on manager conntrack -L -p tcp --dport 8080 2> /dev/null | grep -q 'zone-orig=7'
}
holds 'they are' zone
must rules <<-'N'
	table inet filter {
		chain own {
			type filter hook input priority 0; policy drop;
			iif lo accept
			ct state established,related accept
			icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept
		}
		chain through {
			type filter hook forward priority 0; policy drop;
			ct state established,related accept
			ct status dnat accept
			iifname mesh_gw accept
		}
	}
N
works 'a firewall that drops the rest'
on manager nft list ruleset > "$T/ruleset"
talk held client tcp 192.0.2.10 8080
replica=$(first 1 say held)
must rules < "$T/ruleset"
expect 'a connection outlives its reload' "$replica" first 1 say held
must on manager nft flush ruleset
works 'without any'
