# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # topology.sh sets what is used here
# What balances: for each datapath a function for each part of the path.
#
#	NAME_balance MACHINE NETNS DEV	where a replica is chosen; DEV leads to it
#	NAME_host			the host before a sandbox
#	NAME_container MACHINE NETNS IP	a replica's published port to its target
#
# $beside is how many other services there are beside ours, of one TCP port and
# three replicas each; ours is the last.  Only what balances has them.
#
# The service is 8080 to 80 by TCP and UDP; in the topology alone the replicas
# listen at 8080 themselves, and so they do where there is no NAT.

beside() {	# FORMAT: a line for each of the others, with its number %d or %x
	[ "$beside" = 0 ] || seq "$beside" | awk -v format="$1" '{
		line = format
		gsub(/%port/, 10000 + $1, line)
		gsub(/%mark/, 1000 + $1, line)
		print line
	}'
}

# --- no netfilter at all: the client sends to the replicas themselves ------------

none_balance() { :; }
none_host() { :; }
none_container() { :; }

# --- connection tracking and NAT enabled, and nothing for them to do --------------
# A rule that nothing leads to enables tracking; chains without a rule, NAT.

track_balance() {
	must in_ "$1" "$2" nft -f - <<-'R'
	table ip idle {
		chain nowhere { ct state new masquerade; }
		chain pre { type nat hook prerouting priority dstnat; }
		chain post { type nat hook postrouting priority srcnat; }
	}
	R
}
track_host() {
	track_balance manager ''
}
track_container() { :; }

# --- what Docker Swarm programs, as captured from 20.10.24 -------------------------

# Its rules for TCP, and for UDP that is published at the same port
swarm_balance() {
	[ -e /proc/net/ip_vs ] || must modprobe ip_vs_rr
	must in_ "$1" "$2" sysctl -qw net.ipv4.vs.conntrack=1
	must in_ "$1" "$2" iptables-restore <<-R
	*mangle
	:PREROUTING ACCEPT [0:0]
	:INPUT ACCEPT [0:0]
	:FORWARD ACCEPT [0:0]
	:OUTPUT ACCEPT [0:0]
	:POSTROUTING ACCEPT [0:0]
	$(beside '-A PREROUTING -p tcp -m tcp --dport %port -j MARK --set-xmark %mark/0xffffffff')
	-A PREROUTING -p tcp -m tcp --dport 8080 -j MARK --set-xmark 0x100/0xffffffff
	-A PREROUTING -p udp -m udp --dport 8080 -j MARK --set-xmark 0x100/0xffffffff
	-A INPUT -d 10.11.0.20/32 -j MARK --set-xmark 0x100/0xffffffff
	COMMIT
	*nat
	:PREROUTING ACCEPT [0:0]
	:INPUT ACCEPT [0:0]
	:OUTPUT ACCEPT [0:0]
	:POSTROUTING ACCEPT [0:0]
	:DOCKER_OUTPUT - [0:0]
	:DOCKER_POSTROUTING - [0:0]
	-A OUTPUT -d 127.0.0.11/32 -j DOCKER_OUTPUT
	-A POSTROUTING -d 127.0.0.11/32 -j DOCKER_POSTROUTING
	-A POSTROUTING -d 10.11.0.0/16 -m ipvs --ipvs -j SNAT --to-source $node_ip
	-A DOCKER_OUTPUT -d 127.0.0.11/32 -p tcp -m tcp --dport 53 -j DNAT --to-destination 127.0.0.11:44811
	-A DOCKER_OUTPUT -d 127.0.0.11/32 -p udp -m udp --dport 53 -j DNAT --to-destination 127.0.0.11:54446
	-A DOCKER_POSTROUTING -s 127.0.0.11/32 -p tcp -m tcp --sport 44811 -j SNAT --to-source :53
	-A DOCKER_POSTROUTING -s 127.0.0.11/32 -p udp -m udp --sport 54446 -j SNAT --to-source :53
	COMMIT
	R
	{
		beside '-A -f %mark -s rr'
		echo '-A -f 256 -s rr'
		for ip in $replica_ips; do
			beside "-a -f %mark -r $ip:0 -m -w 1"
			echo "-a -f 256 -r $ip:0 -m -w 1"
		done
	} > "$T/rules"
	must in_ "$1" "$2" sh -c "ipvsadm -R < $T/rules"
}

swarm_host() {
	must on manager iptables-restore <<-'R'
	*filter
	:INPUT ACCEPT [0:0]
	:FORWARD DROP [0:0]
	:OUTPUT ACCEPT [0:0]
	:DOCKER - [0:0]
	:DOCKER-INGRESS - [0:0]
	:DOCKER-ISOLATION-STAGE-1 - [0:0]
	:DOCKER-ISOLATION-STAGE-2 - [0:0]
	:DOCKER-USER - [0:0]
	-A FORWARD -j DOCKER-USER
	-A FORWARD -j DOCKER-INGRESS
	-A FORWARD -j DOCKER-ISOLATION-STAGE-1
	-A FORWARD -o mesh_gw -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
	-A FORWARD -o mesh_gw -j DOCKER
	-A FORWARD -i mesh_gw ! -o mesh_gw -j ACCEPT
	-A FORWARD -o docker0 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
	-A FORWARD -o docker0 -j DOCKER
	-A FORWARD -i docker0 ! -o docker0 -j ACCEPT
	-A FORWARD -i docker0 -o docker0 -j ACCEPT
	-A FORWARD -i mesh_gw -o mesh_gw -j DROP
	-A DOCKER-INGRESS -p tcp -m tcp --dport 8080 -j ACCEPT
	-A DOCKER-INGRESS -p tcp -m state --state RELATED,ESTABLISHED -m tcp --sport 8080 -j ACCEPT
	-A DOCKER-INGRESS -p udp -m udp --dport 8080 -j ACCEPT
	-A DOCKER-INGRESS -p udp -m state --state RELATED,ESTABLISHED -m udp --sport 8080 -j ACCEPT
	-A DOCKER-INGRESS -j RETURN
	-A DOCKER-ISOLATION-STAGE-1 -i mesh_gw ! -o mesh_gw -j DOCKER-ISOLATION-STAGE-2
	-A DOCKER-ISOLATION-STAGE-1 -i docker0 ! -o docker0 -j DOCKER-ISOLATION-STAGE-2
	-A DOCKER-ISOLATION-STAGE-1 -j RETURN
	-A DOCKER-ISOLATION-STAGE-2 -o mesh_gw -j DROP
	-A DOCKER-ISOLATION-STAGE-2 -o docker0 -j DROP
	-A DOCKER-ISOLATION-STAGE-2 -j RETURN
	-A DOCKER-USER -j RETURN
	COMMIT
	*nat
	:PREROUTING ACCEPT [0:0]
	:INPUT ACCEPT [0:0]
	:OUTPUT ACCEPT [0:0]
	:POSTROUTING ACCEPT [0:0]
	:DOCKER - [0:0]
	:DOCKER-INGRESS - [0:0]
	-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER-INGRESS
	-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
	-A OUTPUT -m addrtype --dst-type LOCAL -j DOCKER-INGRESS
	-A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER
	-A POSTROUTING -o mesh_gw -m addrtype --src-type LOCAL -j MASQUERADE
	-A POSTROUTING -s 172.18.0.0/16 ! -o mesh_gw -j MASQUERADE
	-A POSTROUTING -s 172.17.0.0/16 ! -o docker0 -j MASQUERADE
	-A DOCKER -i mesh_gw -j RETURN
	-A DOCKER -i docker0 -j RETURN
	-A DOCKER-INGRESS -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.18.0.2:8080
	-A DOCKER-INGRESS -p udp -m udp --dport 8080 -j DNAT --to-destination 172.18.0.2:8080
	-A DOCKER-INGRESS -j RETURN
	COMMIT
	R
}

swarm_container() {
	must in_ "$1" "$2" iptables-restore <<-R
	*filter
	:INPUT ACCEPT [0:0]
	:FORWARD ACCEPT [0:0]
	:OUTPUT ACCEPT [0:0]
	-A INPUT -d $3/32 -p tcp -m tcp --dport 80 -m conntrack --ctstate NEW,ESTABLISHED -j ACCEPT
	-A INPUT -d $3/32 -p udp -m udp --dport 80 -m conntrack --ctstate NEW,ESTABLISHED -j ACCEPT
	-A INPUT -d $3/32 -p sctp -j DROP
	-A INPUT -d $3/32 -p udp -j DROP
	-A INPUT -d $3/32 -p tcp -j DROP
	-A OUTPUT -s $3/32 -p tcp -m tcp --sport 80 -m conntrack --ctstate ESTABLISHED -j ACCEPT
	-A OUTPUT -s $3/32 -p udp -m udp --sport 80 -m conntrack --ctstate ESTABLISHED -j ACCEPT
	-A OUTPUT -s $3/32 -p sctp -j DROP
	-A OUTPUT -s $3/32 -p udp -j DROP
	-A OUTPUT -s $3/32 -p tcp -j DROP
	COMMIT
	*nat
	:PREROUTING ACCEPT [0:0]
	:INPUT ACCEPT [0:0]
	:OUTPUT ACCEPT [0:0]
	:POSTROUTING ACCEPT [0:0]
	:DOCKER_OUTPUT - [0:0]
	:DOCKER_POSTROUTING - [0:0]
	-A PREROUTING -d $3/32 -p tcp -m tcp --dport 8080 -j REDIRECT --to-ports 80
	-A PREROUTING -d $3/32 -p udp -m udp --dport 8080 -j REDIRECT --to-ports 80
	-A OUTPUT -d 127.0.0.11/32 -j DOCKER_OUTPUT
	-A POSTROUTING -d 127.0.0.11/32 -j DOCKER_POSTROUTING
	-A DOCKER_OUTPUT -d 127.0.0.11/32 -p tcp -m tcp --dport 53 -j DNAT --to-destination 127.0.0.11:46571
	-A DOCKER_OUTPUT -d 127.0.0.11/32 -p udp -m udp --dport 53 -j DNAT --to-destination 127.0.0.11:37760
	-A DOCKER_POSTROUTING -s 127.0.0.11/32 -p tcp -m tcp --sport 46571 -j SNAT --to-source :53
	-A DOCKER_POSTROUTING -s 127.0.0.11/32 -p udp -m udp --sport 37760 -j SNAT --to-source :53
	COMMIT
	R
}

# --- iptables: as few rules as do it --------------------------------------------------

iptables_balance() {
	{
		echo '*nat'
		for proto in tcp udp; do
			left=3
			for ip in $replica_ips; do
				turn="-m statistic --mode nth --every $left --packet 0"
				[ $left != 1 ] || turn=
				[ $proto = udp ] ||
					beside "-A PREROUTING -p tcp --dport %port $turn -j DNAT --to-destination $ip"
				echo "-A PREROUTING -p $proto --dport 8080 $turn -j DNAT --to-destination $ip"
				left=$((left - 1))
			done
			echo "-A POSTROUTING -o $3 -p $proto --dport 8080 -j SNAT --to-source $node_ip"
		done
		echo COMMIT
	} > "$T/rules"
	must in_ "$1" "$2" iptables-restore "$T/rules"
}

iptables_host() {
	must on manager iptables-restore <<-R
	*nat
	-A PREROUTING -d $ingress_ip -p tcp --dport 8080 -j DNAT --to-destination 172.18.0.2
	-A PREROUTING -d $ingress_ip -p udp --dport 8080 -j DNAT --to-destination 172.18.0.2
	COMMIT
	R
}

iptables_container() {
	must in_ "$1" "$2" iptables-restore <<-'R'
	*nat
	-A PREROUTING -p tcp --dport 8080 -j REDIRECT --to-ports 80
	-A PREROUTING -p udp --dport 8080 -j REDIRECT --to-ports 80
	COMMIT
	R
}

# --- nftables: a map from port to service, a map from turn to replica -----------------

nft_balance() {
	must in_ "$1" "$2" nft -f - <<-R
	table ip lb {
		map services {
			type inet_proto . inet_service : verdict
			elements = { $(beside 'tcp . %port : goto s%port,') tcp . 8080 : goto web, udp . 8080 : goto web }
		}
		$(beside 'chain s%port { dnat to numgen inc mod 3 map { 0 : 10.11.0.12, 1 : 10.11.0.13, 2 : 10.11.0.14 }; }')
		chain web {
			dnat to numgen inc mod 3 map { 0 : 10.11.0.12, 1 : 10.11.0.13, 2 : 10.11.0.14 }
		}
		chain pre {
			type nat hook prerouting priority dstnat;
			meta l4proto . th dport vmap @services
		}
		chain post {
			type nat hook postrouting priority srcnat;
			oifname "$3" meta l4proto { tcp, udp } th dport 8080 snat to $node_ip
		}
	}
	R
}

nft_host() {
	must on manager nft -f - <<-R
	table ip host {
		set published {
			type inet_proto . inet_service
			elements = { tcp . 8080, udp . 8080 }
		}
		chain pre {
			type nat hook prerouting priority dstnat;
			ip daddr $ingress_ip meta l4proto . th dport @published dnat to 172.18.0.2
		}
	}
	R
}

nft_container() {
	must in_ "$1" "$2" nft -f - <<-'R'
	table ip container {
		chain pre {
			type nat hook prerouting priority dstnat;
			meta l4proto { tcp, udp } th dport 8080 redirect to :80
		}
	}
	R
}

# --- the same with a flow table in each namespace that forwards ------------------------

flow_table() {	# MACHINE NETNS DEV DEV
	must in_ "$1" "$2" nft -f - <<-R
	table ip fast {
		flowtable ft {
			hook ingress priority filter
			devices = { $3, $4 }
		}
		chain forward {
			type filter hook forward priority filter;
			meta l4proto { tcp, udp } ct state established flow add @ft
		}
	}
	R
}

flowtable_balance() {
	nft_balance "$@"
	case $3 in
	eth1|mesh0) flow_table "$1" "$2" eth0 "$3" ;;
	*) flow_table "$1" "$2" eth1 "$3" ;;
	esac
}
flowtable_host() {
	nft_host
	# The port of the bridge, not the bridge, is the cheaper place.
	flow_table manager '' eth0 ms-gw
}
flowtable_container() {
	nft_container "$@"
}

# --- meshmod ----------------------------------------------------------------------------

meshmod_balance() {
	if [ "$beside" != 0 ]; then
		# shellcheck disable=SC2086 # words
		must in_ "$1" "$2" fill $node_ip "$beside" 3 $replica_ips
		return
	fi
	must in_ "$1" "$2" meshmod-ctl node set ingress "$node_ip"
	must in_ "$1" "$2" meshmod-ctl service add web \
		publish 8080:80/tcp publish 8080:80/udp
	i=0
	for ip in $replica_ips; do
		i=$((i + 1))
		must in_ "$1" "$2" meshmod-ctl backend add web web.$i ip "$ip"
	done
}

# mesh_file LINE...: the mesh, with more keys at its top
mesh_of_two() {
	{
		printf '%s\n' 'version: 1' 'mesh: bench' "$@"
		cat <<-M
		overlay: {vni: 4242, subnet: 10.11.0.0/16, gateway: 10.11.0.2}
		nodes:
		  manager: {underlay: 192.0.2.10, ingress: $node_ip}
		  node01: {underlay: 192.0.2.11, ingress: 10.11.0.9}
		services:
		  web:
		    source: $source
		    publish: ["8080:80/tcp", "8080:80/udp"]
		    backends:
		      web.1: {node: node01, ip: 10.11.0.12, netns: web1}
		      web.2: {node: node01, ip: 10.11.0.13, netns: web2}
		      web.3: {node: node01, ip: 10.11.0.14, netns: web3}
		M
	} > "$T/mesh.yaml"
	up manager "$T/mesh.yaml"
	up node01 "$T/mesh.yaml"
}
