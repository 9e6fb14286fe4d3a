# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# The container's side: the published port becomes the target port, for the
# endpoint's own address; the guard of the ingress leg lets in these two and
# ping, and nothing else (routing-mesh.md row 9).

web_mesh 2
one_node 2
serve_web 1
serve manager web1 web.1 tcp 9999
serve manager web1 web.1 udp 9999
serve manager web2 web.2 tcp 7777
from2() {
	first 1 in_ manager web2 peer ask -t 1500 "$1" 10.11.0.12 "$2"
}
expect 'TCP to the published port' web.1 from2 tcp 8080
expect 'TCP to the target port' web.1 from2 tcp 80
expect 'UDP to the published port' web.1 from2 udp 5353
expect 'UDP to the target port' web.1 from2 udp 53
expect 'any other TCP port is refused' refused from2 tcp 9999
expect 'any other UDP port is refused' refused from2 udp 9999
expect 'both were counted' 2 reason manager web1 guarded
holds 'ping is answered' in_ manager web2 ping -c 1 -W 5 10.11.0.12
# The guarded container itself may open what it likes: a port of web2 that a
# redirect there lets in.
must on manager meshmod-ctl -n web2 redirect add ip 10.11.0.13 proto tcp from 7777 to 7777
expect 'what the container opens itself passes' web.2 \
	first 1 in_ manager web1 peer ask tcp 10.11.0.13 7777
gateway=$(gateway_of manager web1)
expect 'the leg to the gateway is not guarded' web.1 \
	first 1 ask manager tcp "$gateway" 9999
must on manager ip route add 10.11.0.12/32 via "$gateway"
expect 'the overlay address is guarded on the other leg, too' refused \
	ask manager -t 1500 tcp 10.11.0.12 9999

sed 's|gateway: 10.11.0.2|&, allow: [9999/tcp]|' "$T/mesh.yaml" > "$T/allow.yaml"
holds 'apply of a mesh file that allows one more port' \
	on manager meshmod-ctl apply --node manager -f "$T/allow.yaml"
expect 'it is reachable' web.1 from2 tcp 9999
expect 'the same port of the other protocol is not' refused from2 udp 9999
sed 's|gateway: 10.11.0.2|&, allow: [all]|' "$T/mesh.yaml" > "$T/allow.yaml"
holds 'apply of one that allows all' \
	on manager meshmod-ctl apply --node manager -f "$T/allow.yaml"
expect 'that one is reachable, too' web.1 from2 udp 9999
holds 'apply of the first' \
	on manager meshmod-ctl apply --node manager -f "$T/mesh.yaml"
expect 'refused again' refused from2 tcp 9999

talk held client tcp 192.0.2.10 8080
must ctl manager backend del web web.2
expect 'a connection to web.1' web.1 first 1 say held
holds 'delete its redirect' on manager meshmod-ctl -n web1 \
	redirect del ip 10.11.0.12 proto tcp from 8080
expect 'the connection is reset' reset say held
expect 'UDP is redirected still' web.1 \
	first 1 ask client udp 192.0.2.10 5353
talk flow client udp 192.0.2.10 5353
expect 'a UDP flow to it' web.1 first 1 say flow
holds 'delete the redirect of that, too' on manager meshmod-ctl -n web1 \
	redirect del ip 10.11.0.12 proto udp from 5353
expect 'the next packet of the flow is refused' refused say flow

must on manager meshmod-ctl -n web1 redirect add ip 10.11.0.12 proto tcp from 9999 to 9999
talk straight manager tcp 10.11.0.12 9999
expect 'a connection to a port that is let through as it is' web.1 first 1 say straight
holds 'send that port to another one' on manager meshmod-ctl -n web1 \
	redirect set ip 10.11.0.12 proto tcp from 9999 to 80
expect 'the connection is reset' reset say straight

# A container that routes
must in_ manager web1 sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'
must in_ manager web2 ip route add 203.0.113.0/24 via 10.11.0.12
before=$(reason manager web1 guarded)
expect 'what it would forward is refused' refused \
	in_ manager web2 peer ask -t 1500 udp 203.0.113.1 9
expect 'and counted' $((before + 1)) reason manager web1 guarded
serve manager '' behind tcp 6060
must in_ manager web1 nft -f - <<-'N'
	table ip inner {
		chain pre {
			type nat hook prerouting priority -100;
			tcp dport 6060 dnat to 172.18.0.1:6060
		}
		chain post {
			type nat hook postrouting priority 100;
			oifname eth1 masquerade
		}
	}
N
expect 'a port that it sends on itself is refused, too' refused from2 tcp 6060
must on manager meshmod-ctl -n web1 redirect add ip 10.11.0.12 proto tcp from 6060 to 6060
expect 'published, it gets through' behind from2 tcp 6060
