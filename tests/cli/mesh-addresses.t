# Addresses: what they look like, where they lie, and that each has one owner.
# Each row shows what differs from the example; the file is told before all else.

# no address at all
$ sed 's/10.11.0.9/nine/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:43: ingress nine is not an IPv4 address; write one such as 10.11.0.4
= 1

# three numbers
$ sed 's/10.11.0.9/10.11.9/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:43: ingress 10.11.9 is not an IPv4 address; write one such as 10.11.0.4
= 1

# an address in octal
$ sed 's/10.11.0.9/10.11.0.09/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:43: ingress 10.11.0.09 is not an IPv4 address; write one such as 10.11.0.4
= 1

# a number too large
$ sed 's/10.11.0.9/10.11.0.256/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:43: ingress 10.11.0.256 is not an IPv4 address; write one such as 10.11.0.4
= 1

# a prefix length on a host
$ sed 's/10.11.0.9/10.11.0.9\/16/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:43: ingress 10.11.0.9/16 has a prefix length, and one host has none; write 10.11.0.9
= 1

# IPv6 as ingress
$ sed 's/10.11.0.9/"fd00::9"/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:43: ingress fd00::9 is IPv6, which this version does not carry; use an IPv4 address
= 1

# IPv6 as underlay
$ sed 's/192.0.2.11/"2001:db8::11"/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:22: underlay 2001:db8::11 is IPv6, which this version does not carry; use an IPv4 address
= 1

# IPv6 as overlay
$ sed 's/10.11.0.0.16/"fd00::\/64"/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:42: subnet fd00::/64 is IPv6, which this version does not carry; use an IPv4 address
= 1

# IPv6 as VIP
$ sed 's/10.11.0.20/"fd00::20"/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:14:10: vip fd00::20 is IPv6, which this version does not carry; use an IPv4 address
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
