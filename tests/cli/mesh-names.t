# Subnets, names, devices and namespaces.
# Each row shows what differs from the example; the file is told before all else.

# overlay subnet with host bits
$ sed 's/10.11.0.0.16/10.11.0.5\/16/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:42: subnet 10.11.0.5/16 is not a network address, bits are set after the prefix; write 10.11.0.0/16
= 1

# gateway subnet with host bits
$ sed 's/172.18.0.0.16/172.18.0.1\/16/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:6:36: subnet 172.18.0.1/16 is not a network address, bits are set after the prefix; write 172.18.0.0/16
= 1

# overlay subnet without a length
$ sed 's/10.11.0.0.16/10.11.0.0/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:42: subnet 10.11.0.0 has no prefix length; write a subnet such as 10.11.0.0/16 or fd00:11::/64
= 1

# overlay subnet too small
$ sed 's/10.11.0.0.16/10.11.0.0\/31/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:42: subnet 10.11.0.0/31 is of no useful size; give it a prefix length from 8 to 30
= 1

# overlay subnet too large
$ sed 's/10.11.0.0.16/8.0.0.0\/7/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:42: subnet 8.0.0.0/7 is of no useful size; give it a prefix length from 8 to 30
= 1

# a bad prefix length
$ sed 's/10.11.0.0.16/10.11.0.0\/33/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:42: subnet 10.11.0.0/33 has a bad prefix length; write a number from 1 to 32 after the slash
= 1

# overlay subnet of loopback
$ sed 's/10.11.0.0.16/127.0.0.0\/8/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:42: subnet 127.0.0.0/8 holds addresses that no host can have; give a private one, such as 10.11.0.0/16
= 1

# gateway subnet of multicast
$ sed 's/172.18.0.0.16/224.0.0.0\/16/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:6:36: subnet 224.0.0.0/16 holds addresses that no host can have; give a private one, such as 10.11.0.0/16
= 1

# overlay and gateway subnet overlap
$ sed 's/172.18.0.0.16/10.0.0.0\/8/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:6:36: gateway.subnet 10.0.0.0/8 overlaps overlay.subnet 10.11.0.0/16; give the two different ranges
= 1

# the default gateway subnet overlaps
$ sed '/^gateway/d;s/10.11/172.18/g' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:10: gateway.subnet 172.18.0.0/16 overlaps overlay.subnet 172.18.0.0/16; give the two different ranges
= 1

# a mesh name with a blank
$ sed 's/mesh: ingress/mesh: my mesh/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:4:7: mesh my mesh is not a name; use letters, digits, '.', '_' and '-' only
= 1

# a mesh name that is too long
$ sed 's/mesh: ingress/mesh: 0123456789012345678901234567890123456789012345678901234567890123/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:4:7: mesh 0123456789012345678901234567890123456789012345678901234567890123 has 64 characters; a name has 63 at most
= 1

# an empty name
$ sed 's/mesh: ingress/mesh: ""/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:4:7: mesh "" is empty; a name is 1 to 63 letters, digits, '.', '_' or '-'
= 1

# a node name with a slash
$ sed 's/node01:/node\/01:/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:3: node name node/01 is not a name; use letters, digits, '.', '_' and '-' only
= 1

# a service name with a blank
$ sed 's/  web:/  my web:/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:12:3: service name my web is not a name; use letters, digits, '.', '_' and '-' only
= 1

# a backend name that is too long
$ sed 's/web.1:/0123456789012345678901234567890123456789012345678901234567890123:/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:17:7: backend name 0123456789012345678901234567890123456789012345678901234567890123 has 64 characters; a name has 63 at most
= 1

# a name with an escape sequence
$ sed 's/  web:/  "we\\eb":/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:12:3: service name we?b is not a name; use letters, digits, '.', '_' and '-' only
= 1

# a name with a control character of UTF-8
$ sed 's/  web:/  "w\\x9bb":/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:12:3: service name w??b is not a name; use letters, digits, '.', '_' and '-' only
= 1

# a bridge name that is too long
$ sed 's/mesh_gw/mesh_gateway_bridge/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:6:19: bridge mesh_gateway_bridge has 19 characters; a device name has at most 15
= 1

# a bridge name with a slash
$ sed 's/mesh_gw/mesh\/gw/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:6:19: bridge mesh/gw is not a name; use letters, digits, '.', '_' and '-' only
= 1

# a bridge name that sysctl takes
$ sed 's/mesh_gw/all/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:6:19: bridge all is a reserved device name; choose another, such as mesh_gw
= 1

# a bridge name that the mesh takes
$ sed 's/mesh_gw/mg0a0b000c/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:6:19: bridge mg0a0b000c is a reserved device name; choose another, such as mesh_gw
= 1

# a bridge name that the tunnel is born with
$ sed 's/mesh_gw/ms-vxlan/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:6:19: bridge ms-vxlan is a reserved device name; choose another, such as mesh_gw
= 1

# a bridge name that the tunnel is born with
$ sed 's/mesh_gw/ms-ovl/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:6:19: bridge ms-ovl is a reserved device name; choose another, such as mesh_gw
= 1

# a name like an option
$ sed 's/  web:/  -web:/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:12:3: service name -web starts with '-', as options do; start it with a letter or a digit
= 1

# an unknown node
$ sed 's/node: node02/node: berlin/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:18:21: node berlin is not among the nodes; add it there or name one of them
= 1

# a mistyped node
$ sed 's/node: node02/node: noed02/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:18:21: node noed02 is not among the nodes; did you mean node02?
= 1

# a relative path of a namespace
$ sed 's/web1}/netns\/web1}/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:17:52: netns netns/web1 is not a namespace; give a name in /run/netns, a path from / or a pid
= 1

# a namespace with a line's end in it
$ sed 's/web1}/"web\\n1"}/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:17:52: netns web?1 has a control character in it; remove it
= 1

# a path of a namespace with a delete character in it
$ sed 's/web1}/"\/srv\/ns\\x7f"}/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:17:52: netns /srv/ns? has a control character in it; remove it
= 1

# a pid with a leading zero
$ sed 's/web1}/0123}/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:17:52: netns 0123 starts with a zero; write the number without it
= 1

# a pid out of range
$ sed 's/web1}/4194305}/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:17:52: netns 4194305 is out of range; give a number from 1 to 4194304
= 1

# an empty namespace
$ sed 's/web1}/""}/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:17:52: netns "" is not a namespace; give a name in /run/netns, a path from / or a pid
= 1

# the mesh's own namespace
$ sed 's/web1}/meshmod-ingress}/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:17:52: netns meshmod-ingress is a namespace of the mesh itself; name a container's
= 1

# the mesh's own namespace by its path
$ sed 's/web1}/\/run\/netns\/meshmod-overlay}/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:17:52: netns /run/netns/meshmod-overlay is a namespace of the mesh itself; name a container's
= 1

# an IPv6 subnet that is too small
$ sed 's/10.11.0.0.16/"fd00:11::\/127"/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:42: subnet fd00:11::/127 is of no useful size; give it a prefix length from 8 to 126
= 1

# an IPv6 subnet that is too large
$ sed 's/10.11.0.0.16/"8000::\/1"/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:42: subnet 8000::/1 is of no useful size; give it a prefix length from 8 to 126
= 1

# an IPv6 subnet with bits after the prefix
$ sed 's/10.11.0.0.16/"fd00:11::5\/64"/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:42: subnet fd00:11::5/64 is not a network address, bits are set after the prefix; write fd00:11::/64
= 1

# an IPv6 subnet that is none
$ sed 's/10.11.0.0.16/"fd00::11::\/64"/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:42: subnet fd00::11::/64 is not an IP subnet; write one such as 10.11.0.0/16 or fd00:11::/64
= 1

# an IPv6 subnet with a bad length
$ sed 's/10.11.0.0.16/"fd00:11::\/129"/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:42: subnet fd00:11::/129 has a bad prefix length; write a number from 1 to 128 after the slash
= 1

# the link-local subnet
$ sed 's/10.11.0.0.16/"fe80::\/64"/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:42: subnet fe80::/64 holds addresses that no host can have; give a private one, such as fd00:11::/64
= 1

# an IPv6 multicast subnet
$ sed 's/172.18.0.0.16/"ff05::\/64"/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:6:36: subnet ff05::/64 holds addresses that no host can have; give a private one, such as fd00:11::/64
= 1

# an IPv4 subnet in IPv6 form
$ sed 's/10.11.0.0.16/"::ffff:10.11.0.0\/112"/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:42: subnet ::ffff:10.11.0.0/112 is an IPv4 subnet in IPv6 form; write it as IPv4
= 1

# listen on a name that no device has
$ sed 's/scheduler: rr/listen: ["eth 0"]/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:15:14: listen eth 0 is neither an address nor a device; write one such as 192.0.2.10, 192.0.2.0/24 or eth0
= 1

# listen on a name that is too long
$ sed 's/scheduler: rr/listen: [eth0, br-0123456789abc]/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:15:20: listen br-0123456789abc has 16 characters; a device name has at most 15
= 1

# listen on all
$ sed 's/scheduler: rr/listen: [all]/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:15:14: listen all is no device; leave listen out for all local addresses
= 1

# listen on no address
$ sed 's/scheduler: rr/listen: [192.0.2.1000]/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:15:14: listen 192.0.2.1000 is not an IP address; write one such as 10.11.0.4 or fd00:11::4
= 1

# listen on a host with a length
$ sed 's/scheduler: rr/listen: [192.0.2.10\/24]/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:15:14: listen 192.0.2.10/24 is not a network address, bits are set after the prefix; write 192.0.2.0/24
= 1

# listen on the address of nobody
$ sed 's/scheduler: rr/listen: ["::"]/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:15:14: listen :: is no local address or device; leave listen out (or: listen all) for every local address
= 1

# listen twice on an address
$ sed 's/scheduler: rr/listen: [192.0.2.10, 192.0.2.10\/32]/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:15:26: listen names 192.0.2.10 twice; remove one
= 1

# what others call every local address
$ for l in none any 0.0.0.0 0.0.0.0/0 ::/0; do sed "s,scheduler: rr,listen: ['$l']," data/mesh.yaml > mesh.yaml; meshmod-ctl up --node manager -f mesh.yaml --dry-run; done
2> mesh.yaml:15:14: listen none is no local address or device; leave listen out (or: listen all) for every local address
2> mesh.yaml:15:14: listen any is no local address or device; leave listen out (or: listen all) for every local address
2> mesh.yaml:15:14: listen 0.0.0.0 is no local address or device; leave listen out (or: listen all) for every local address
2> mesh.yaml:15:14: listen 0.0.0.0/0 is no local address or device; leave listen out (or: listen all) for every local address
2> mesh.yaml:15:14: listen ::/0 is no local address or device; leave listen out (or: listen all) for every local address
= 1

# subnets that only begin or end among addresses of no host
$ for n in fe00::/8 ::/8 ::fffe:0:0/95 169.254.0.0/16; do sed "s,10.11.0.0/16,'$n'," data/mesh.yaml > mesh.yaml; meshmod-ctl up --node manager -f mesh.yaml --dry-run; done
2> mesh.yaml:5:42: subnet fe00::/8 holds addresses that no host can have; give a private one, such as fd00:11::/64
2> mesh.yaml:5:42: subnet ::/8 holds addresses that no host can have; give a private one, such as fd00:11::/64
2> mesh.yaml:5:42: subnet ::fffe:0:0/95 holds addresses that no host can have; give a private one, such as fd00:11::/64
2> mesh.yaml:5:42: subnet 169.254.0.0/16 holds addresses that no host can have; give a private one, such as 10.11.0.0/16
= 1
