# Addresses: what they look like, where they lie, and that each has one owner.
# Each row shows what differs from the example; the file is told before all else.

# no address at all
$ sed 's/10.11.0.9/nine/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:43: ingress nine is not an IP address; write one such as 10.11.0.4 or fd00:11::4
= 1

# three numbers
$ sed 's/10.11.0.9/10.11.9/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:43: ingress 10.11.9 is not an IP address; write one such as 10.11.0.4 or fd00:11::4
= 1

# an address in octal
$ sed 's/10.11.0.9/10.11.0.09/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:43: ingress 10.11.0.09 is not an IP address; write one such as 10.11.0.4 or fd00:11::4
= 1

# a number too large
$ sed 's/10.11.0.9/10.11.0.256/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:43: ingress 10.11.0.256 is not an IP address; write one such as 10.11.0.4 or fd00:11::4
= 1

# a prefix length on a host
$ sed 's/10.11.0.9/10.11.0.9\/16/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:43: ingress 10.11.0.9/16 has a prefix length, and one host has none; write 10.11.0.9
= 1

# an IPv6 ingress without IPv6 in the overlay
$ sed 's/10.11.0.9/"fd00::9"/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:43: ingress fd00::9 is IPv6, and overlay.subnet is 10.11.0.0/16 alone; add a subnet there or give an address inside it
= 1

# underlays of two families
$ sed 's/192.0.2.11/"2001:db8::11"/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:22: underlay 2001:db8::11 of node node01 is IPv6, and that of node manager (line 8) is IPv4; give all nodes the same family
= 1

# an overlay in IPv6 with a gateway in IPv4
$ sed 's/10.11.0.0.16/"fd00::\/64"/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:64: gateway 10.11.0.2 is IPv4, and overlay.subnet is fd00::/64 alone; add a subnet there or give an address inside it
= 1

# an IPv6 VIP without IPv6 in the overlay
$ sed 's/10.11.0.20/"fd00::20"/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:14:10: vip fd00::20 is IPv6, and overlay.subnet is 10.11.0.0/16 alone; add a subnet there or give an address inside it
= 1

# loopback as underlay
$ sed 's/192.0.2.11/127.0.0.1/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:22: underlay 127.0.0.1 is a loopback address; give one that other hosts can reach
= 1

# multicast as underlay
$ sed 's/192.0.2.11/239.1.1.1/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:22: underlay 239.1.1.1 is a multicast address; give an address of a host
= 1

# broadcast as underlay
$ sed 's/192.0.2.11/255.255.255.255/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:22: underlay 255.255.255.255 is a reserved or broadcast address; give an address of a host
= 1

# nobody as underlay
$ sed 's/192.0.2.11/0.0.0.0/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:22: underlay 0.0.0.0 stands for no host; give an address of a host
= 1

# ingress outside of the overlay
$ sed 's/10.11.0.9/10.12.0.9/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:43: ingress 10.12.0.9 is outside of overlay.subnet 10.11.0.0/16; give an address inside it
= 1

# VIP outside of the overlay
$ sed 's/10.11.0.20/192.0.2.20/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:14:10: vip 192.0.2.20 is outside of overlay.subnet 10.11.0.0/16; give an address inside it
= 1

# container outside of the overlay
$ sed 's/10.11.0.12/10.12.0.12/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:17:33: ip 10.12.0.12 is outside of overlay.subnet 10.11.0.0/16; give an address inside it
= 1

# overlay gateway outside of the overlay
$ sed 's/10.11.0.2,/10.12.0.2,/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:65: gateway 10.12.0.2 is outside of overlay.subnet 10.11.0.0/16; give an address inside it
= 1

# sandbox outside of the gateway subnet
$ sed 's/172.18.0.2/172.19.0.2/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:6:60: sandbox 172.19.0.2 is outside of gateway.subnet 172.18.0.0/16; give an address inside it
= 1

# bridge outside of the gateway subnet
$ sed 's/bridge: mesh_gw/&, address: 172.19.0.1/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:6:37: address 172.19.0.1 is outside of gateway.subnet 172.18.0.0/16; give an address inside it
= 1

# gateway address outside of its subnet
$ sed 's/netns: web1/&, gateway: 172.19.0.12/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:17:67: gateway 172.19.0.12 is outside of gateway.subnet 172.18.0.0/16; give an address inside it
= 1

# the network address as ingress
$ sed 's/10.11.0.9/10.11.0.0/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:43: ingress 10.11.0.0 is the network or broadcast address of overlay.subnet 10.11.0.0/16; give one in between
= 1

# the broadcast address as VIP
$ sed 's/10.11.0.20/10.11.255.255/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:14:10: vip 10.11.255.255 is the network or broadcast address of overlay.subnet 10.11.0.0/16; give one in between
= 1

# the network address as sandbox
$ sed 's/172.18.0.2/172.18.0.0/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:6:60: sandbox 172.18.0.0 is the network or broadcast address of gateway.subnet 172.18.0.0/16; give one in between
= 1

# underlay in the overlay
$ sed 's/192.0.2.11/10.11.9.9/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:22: underlay 10.11.9.9 lies in overlay.subnet 10.11.0.0/16; give the node's address outside of the mesh
= 1

# underlay in the gateway subnet
$ sed 's/192.0.2.11/172.18.9.9/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:22: underlay 172.18.9.9 lies in gateway.subnet 172.18.0.0/16; give the node's address outside of the mesh
= 1

# one underlay of two nodes
$ sed 's/192.0.2.11/192.0.2.10/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:22: underlay 192.0.2.10 is already the underlay of node manager (line 8); give each its own
= 1

# one ingress of two nodes
$ sed 's/10.11.0.9/10.11.0.4/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:43: ingress 10.11.0.4 is already the address of node manager (line 8); give each its own
= 1

# ingress is the overlay gateway
$ sed 's/10.11.0.9/10.11.0.2/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:43: ingress 10.11.0.2 is already the address of overlay.gateway (line 5); give each its own
= 1

# VIP is an ingress
$ sed 's/10.11.0.20/10.11.0.4/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:14:10: vip 10.11.0.4 is already the address of node manager (line 8); give each its own
= 1

# VIP of two services
$ sed '$a \  b: {vip: 10.11.0.20}' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:20:12: vip 10.11.0.20 is already the address of service web (line 14); give each its own
= 1

# container is an ingress
$ sed 's/10.11.0.12/10.11.0.4/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:17:33: ip 10.11.0.4 is already the address of node manager (line 8); give each its own
= 1

# container is the VIP
$ sed 's/10.11.0.12/10.11.0.20/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:17:33: ip 10.11.0.20 is already the address of service web (line 14); give each its own
= 1

# one address of two backends
$ sed 's/10.11.0.13/10.11.0.12/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:18:33: ip 10.11.0.12 is already the address of backend web.1 of service web (line 17); a service names a container once
= 1

# one container on two nodes
$ sed '$a \  b: {backends: {x: {node: node02, ip: 10.11.0.12, netns: web1}}}' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:20:40: ip 10.11.0.12 is on node node01 as backend web.1 of service web (line 17), on node node02 here; give each its own
= 1

# one container in two namespaces
$ sed '$a \  b: {backends: {x: {node: node01, ip: 10.11.0.12, netns: other}}}' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:20:40: ip 10.11.0.12 is in netns web1 as backend web.1 of service web (line 17), in netns other here; give each its own
= 1

# one container with two gateway addresses
$ sed '$a \  b: {backends: {x: {node: node01, ip: 10.11.0.12, netns: web1, gateway: off}}}' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:20:74: gateway of ip 10.11.0.12 differs from what backend web.1 of service web (line 17) says of the same container; say it once
= 1

# two addresses in one namespace
$ sed '$a \  b: {backends: {x: {node: node01, ip: 10.11.0.30, netns: web1}}}' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:20:59: netns web1 on node node01 has another ip as backend web.1 of service web (line 17); give both one ip or each its own netns
= 1

# sandbox is the bridge
$ sed 's/172.18.0.2/172.18.0.1/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:6:60: sandbox 172.18.0.1 is also the address of the bridge; give each its own
= 1

# container takes the address of the bridge
$ sed 's/netns: web1/&, gateway: 172.18.0.1/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:17:67: gateway address 172.18.0.1 of backend web.1 of service web is already the address of the bridge; give each its own
= 1

# container takes the address of the sandbox
$ sed 's/netns: web1/&, gateway: 172.18.0.2/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:17:67: gateway address 172.18.0.2 of backend web.1 of service web is already the address of the sandbox; give each its own
= 1

# the default gateway address is the bridge
$ sed 's/10.11.0.12/10.11.0.1/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:17:33: gateway address 172.18.0.1 of backend web.1 of service web is already the address of the bridge; set "gateway:" to a free address of 172.18.0.0/16
= 1

# two containers with one gateway address
$ sed 's/netns: web1/&, gateway: 172.18.0.16/;s/node01, ip/manager, ip/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:19:34: gateway address 172.18.0.16 of backend web.3 of service web is already the address of backend web.1 of service web; set "gateway:" to a free address of 172.18.0.0/16
= 1

# no default gateway address in a smaller subnet
$ sed 's/172.18.0.0.16/172.18.0.0\/28/;s/10.11.0.12/10.11.1.12/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:17:33: backend web.1 of service web gets no gateway address from ip 10.11.1.12, whose host part is none in 172.18.0.0/28; set "gateway:" to a free address of 172.18.0.0/28
= 1

# no default gateway address for a detached one
$ sed 's/172.18.0.0.16/172.18.0.0\/28/;s/10.11.0.12, netns: web1/10.11.1.12, netns: web1, gateway: off/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:17:33: backend web.1 of service web gets no gateway address from ip 10.11.1.12, whose host part is none in 172.18.0.0/28; give the backend another ip
= 1

# an unknown word for the gateway
$ sed 's/netns: web1/&, gateway: on/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:17:67: gateway on is not known; write off or an address of 172.18.0.0/16
= 1

# link-local as underlay
$ sed 's/192.0.2.11/"fe80::11"/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:22: underlay fe80::11 is a link-local address, which means a host on one link only; give an address that is valid everywhere
= 1

# an address with its device
$ sed 's/192.0.2.11/"fe80::11%eth0"/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:22: underlay fe80::11%eth0 names a device after the '%'; leave it out, and give an address that is valid everywhere
= 1

# IPv4 in IPv6 form
$ sed 's/192.0.2.11/"::ffff:192.0.2.11"/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:22: underlay ::ffff:192.0.2.11 is an IPv4 address in IPv6 form; write 192.0.2.11
= 1

# two underlays of one node
$ sed 's/192.0.2.11/[192.0.2.11, 192.0.2.12]/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:22: underlay is a list; give it one value
= 1

# two subnets of one family
$ sed 's/subnet: .10.11.0.0.16, /&10.12.0.0\/16, /' data/dual.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:7:26: subnet has a second IPv4 value, 10.12.0.0/16; keep one of each family
= 1

# two gateways of one family
$ sed 's/gateway: .10.11.0.2/&, 10.11.0.3/' data/dual.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:8:24: gateway has a second IPv4 value, 10.11.0.3; keep one of each family
= 1

# an overlay gateway of one family
$ sed 's/gateway: .10.11.0.2.*/gateway: 10.11.0.2/' data/dual.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:8:12: overlay.gateway has no IPv6 address, and overlay.subnet has fd00:11::/64; add one inside it
= 1

# an ingress of one family
$ sed 's/ingress: .10.11.0.9, /ingress: [/' data/dual.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:16:43: ingress has no IPv4 address, and overlay.subnet has 10.11.0.0/16; add one inside it
= 1

# an empty list of ingress addresses
$ sed 's/ingress: .10.11.0.9.*/ingress: []}/' data/dual.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:16:43: ingress is an empty list; give it one value at least, or remove the key
= 1

# an ingress address twice
$ sed 's/10.11.0.5/10.11.0.4/' data/dual.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:15:70: ingress 10.11.0.4 is already the address of node manager (line 15); give each its own
= 1

# an IPv6 address outside of the overlay
$ sed 's/fd00:11::9/fd00:12::9/' data/dual.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:16:55: ingress fd00:12::9 is outside of overlay.subnet fd00:11::/64; give an address inside it
= 1

# the lowest IPv6 address
$ sed 's/fd00:11::9/fd00:11::/' data/dual.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:16:55: ingress fd00:11:: is the lowest address of overlay.subnet fd00:11::/64, which means any router; give a higher one
= 1

# one IPv6 address of two nodes
$ sed 's/fd00:11::9/fd00:11:0::4/' data/dual.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:16:55: ingress fd00:11::4 is already the address of node manager (line 15); give each its own
= 1

# underlay in the IPv6 overlay
$ sed 's/192.0.2.10,/"fd00:11::99",/' data/dual.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:15:23: underlay fd00:11::99 lies in overlay.subnet fd00:11::/64; give the node's address outside of the mesh
= 1

# two VIPs of one family
$ sed 's/vip: .10.11.0.20, .*/vip: [10.11.0.20, 10.11.0.21]/' data/dual.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:25:23: vip has a second IPv4 value, 10.11.0.21; keep one of each family
= 1

# the IPv6 overlay and gateway network are one
$ sed 's/"fd00:18::.64"/"fd00:11::\/64"/' data/dual.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:11:11: gateway.subnet fd00:11::/64 overlaps overlay.subnet fd00:11::/64; give the two different ranges
= 1

# the IPv6 sandbox is the bridge
$ sed 's/"fd00:18::2"/"fd00:18::1"/' data/dual.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:13: sandbox fd00:18::1 is also the address of the bridge; give each its own
= 1

# a container of two services with half of its addresses
$ sed 's/ip: ."fd00:11::10", 10.11.0.16./ip: 10.11.0.16/' data/dual.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:39:33: ip 10.11.0.16 is of backend web.3 of service web (line 30), which has other addresses than these; name the same for one container
= 1

# a container of two services with another address
$ sed 's/ip: ."fd00:11::10", 10.11.0.16./ip: ["fd00:11::10", 10.11.0.19]/' data/dual.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:39:33: ip fd00:11::10 is of backend web.3 of service web (line 30), which has other addresses than these; name the same for one container
= 1

# a later mention with another IPv6 gateway
$ sed 's/netns: web3}/netns: web3, gateway: "fd00:18::98"}/' data/dual.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:39:84: gateway of ip 10.11.0.16 differs from what backend web.3 of service web (line 30) says of the same container; say it once
= 1

# an unknown word for two gateways
$ sed 's/gateway: off/gateway: on/' data/dual.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:29:83: gateway on is not known; write off or an address of 172.18.0.0/16 or fd00:18::/64
= 1

# a gateway of a family that its subnet lacks
$ sed 's/subnet: .172.18.0.0.16, "fd00:18::.64"./subnet: "fd00:18::\/64"/;s/address: .*/address: "fd00:18::1"/;s/sandbox: .*/sandbox: "fd00:18::2"/' data/dual.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:30:86: gateway 172.18.0.99 is IPv4, and gateway.subnet is fd00:18::/64 alone; add a subnet there or give an address inside it
= 1

# no default IPv6 gateway address in a smaller subnet
$ sed 's/"fd00:18::.64"/"fd00:18::\/124"/;s/fd00:11::c/fd00:11::1c/' data/dual.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:28:33: backend web.1 of service web gets no gateway address from ip fd00:11::1c, whose host part is none in fd00:18::/124; set "gateway:" to a free address of fd00:18::/124
= 1

# no default gateway address from the other family
$ sed 's/a0b:12/b0b:0/' data/dual.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:41:33: backend db.3 of service db gets no gateway address from ip fd00:11::b0b:0, whose host part is none in 172.18.0.0/16; set "gateway:" to a free address of 172.18.0.0/16
= 1

# one name for two containers
$ sed 's/a0b:12/a0b:11/' data/dual.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:41:33: ip fd00:11::a0b:11 ends in the same four bytes as 10.11.0.17 of backend db.2 of service db (line 40), and device names and MAC addresses are made of these; choose another address
= 1

# one name for a container and a node
$ sed 's/a0b:12/a0b:4/' data/dual.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:41:33: ip fd00:11::a0b:4 ends in the same four bytes as 10.11.0.4 of node manager (line 15), and device names and MAC addresses are made of these; choose another address
= 1

# one name for two nodes
$ sed 's/\[10.11.0.0.16, "fd00:11::.64"\]/"fd00:11::\/64"/;s/\[10.11.0.2, "fd00:11::2"\]/"fd00:11::2"/;s/10.11.0.4, //;s/, 10.11.0.5//;s/10.11.0.9, //;s/10.11.0.10, //;/^services/,$d;s/fd00:11::9/fd00:11::1:0:4/' data/dual.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:16:43: ingress fd00:11::1:0:4 ends in the same four bytes as fd00:11::4 of node manager (line 15), and device names and MAC addresses are made of these; choose another address
= 1

# one name for the bridge and the sandbox
$ sed 's/subnet: .172.18.0.0.16, "fd00:18::.64"./subnet: "fd00:18::\/64"/;s/address: .*/address: "fd00:18::1"/;s/sandbox: .*/sandbox: "fd00:18::1:0:1"/' data/dual.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:11:3: sandbox fd00:18::1:0:1 ends in the same four bytes as fd00:18::1 of the bridge (line 11), and device names and MAC addresses are made of these; choose another address
= 1

# one name for the bridge and a container
$ sed 's/subnet: .172.18.0.0.16, "fd00:18::.64"./subnet: "fd00:18::\/64"/;s/address: .*/address: "fd00:18::1"/;s/sandbox: .*/sandbox: "fd00:18::2"/;s/netns: web1/&, gateway: "fd00:18::1:0:1"/' data/dual.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:28:83: gateway address fd00:18::1:0:1 ends in the same four bytes as fd00:18::1 of the bridge (line 11), and device names and MAC addresses are made of these; choose another address
= 1

# a VIP of a family that no backend has
$ sed 's/, *"fd00:11::c"//;s/"fd00:11::d", //;s/, "fd00:11::10"//;s/"fd00:11::10", //' data/dual.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:25:23: vip fd00:11::20 is IPv6, and no backend of service web has an IPv6 address; give one of them such an ip, or remove the vip
= 1

# link-local in IPv4
$ sed 's/192.0.2.11/169.254.1.1/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:22: underlay 169.254.1.1 is a link-local address; give one that other hosts can reach
= 1
