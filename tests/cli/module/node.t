# SPDX-License-Identifier: GPL-2.0
# node and stats, with the module.  The format: see ../run.

$ meshmod-ctl node show
1> node mask 0x00ffffff
= 0

$ meshmod-ctl node set ingress 10.11.0.4 ingress 10.11.0.5 masquerade 172.18.0.0/16 guard 10.11.0.12 dev eth0 mask 0xffff
= 0

$ meshmod-ctl node show
1> node mask 0x0000ffff ingress 10.11.0.4 ingress 10.11.0.5 masquerade 172.18.0.0/16 guard 10.11.0.12 dev eth0
= 0

$ meshmod-ctl -j node show
1> {"node":{"mask":65535,"ingress":["10.11.0.4","10.11.0.5"],"masquerade":["172.18.0.0/16"],"guard":[{"ip":"10.11.0.12","dev":"eth0"}],"peer":[],"origin":[]}}
= 0

$ meshmod-ctl -p node show
1> {
1>     "node": {
1>         "mask": 65535,
1>         "ingress": [
1>             "10.11.0.4",
1>             "10.11.0.5"
1>         ],
1>         "masquerade": [
1>             "172.18.0.0/16"
1>         ],
1>         "guard": [
1>             {
1>                 "ip": "10.11.0.12",
1>                 "dev": "eth0"
1>             }
1>         ],
1>         "peer": [],
1>         "origin": []
1>     }
1> }
= 0

$ meshmod-ctl node set ingress 10.11.0.6
= 0

$ meshmod-ctl node show
1> node mask 0x0000ffff ingress 10.11.0.6 masquerade 172.18.0.0/16 guard 10.11.0.12 dev eth0
= 0

$ meshmod-ctl node set ingress none
= 0

$ meshmod-ctl node set guard none masquerade 10.0.0.0/8 masquerade 172.18.0.0/16
= 0

$ meshmod-ctl node show
1> node mask 0x0000ffff masquerade 10.0.0.0/8 masquerade 172.18.0.0/16
= 0

$ meshmod-ctl node set ingress 10.0.0.1 ingress 10.0.0.2 ingress 10.0.0.1
2> ingress 10.0.0.1: an ingress address is named twice; name each once
= 2

$ meshmod-ctl node set guard 10.0.0.1 dev eth0 guard 10.0.0.1 dev eth1
2> guard 10.0.0.1: a guarded address is named twice; name each once
= 2

$ meshmod-ctl node set ingress 10.0.0.1 $(seq -f 'ingress 10.0.1.%.0f' 16)
2> ingress 10.0.1.16: a node can have 16 ingress addresses of each family; name fewer
= 2

$ meshmod-ctl node set masquerade none mask 16777215
= 0

# nothing but offload: told where it is not at its default

$ meshmod-ctl node set offload off
= 0

$ meshmod-ctl node show
1> node mask 0x00ffffff offload off
= 0

$ meshmod-ctl -j node show
1> {"node":{"mask":16777215,"ingress":[],"masquerade":[],"guard":[],"peer":[],"origin":[],"offload":"off"}}
= 0

$ meshmod-ctl node set mask 0xffff
= 0

$ meshmod-ctl node show
1> node mask 0x0000ffff offload off
= 0

$ meshmod-ctl node set offload on mask 0xffffff
= 0

$ meshmod-ctl node show
1> node mask 0x00ffffff
= 0

$ meshmod-ctl -d node show
1> node mask 0x00ffffff offload on overlay off
= 0

$ meshmod-ctl -j node show
1> {"node":{"mask":16777215,"ingress":[],"masquerade":[],"guard":[],"peer":[],"origin":[]}}
= 0

# nor is the overlay

$ meshmod-ctl node set overlay on
= 0

$ meshmod-ctl node show
1> node mask 0x00ffffff overlay on
= 0

$ meshmod-ctl -j node show
1> {"node":{"mask":16777215,"ingress":[],"masquerade":[],"guard":[],"peer":[],"origin":[],"overlay":"on"}}
= 0

$ meshmod-ctl node set overlay off
= 0

$ meshmod-ctl node show
1> node mask 0x00ffffff
= 0

# both families, told IPv4 first; tunnel and peers

$ meshmod-ctl node set ingress fd00:11::4 ingress 10.11.0.4 ingress fd00:11::5 masquerade fd00:18::/64 guard fd00:11::c dev eth0
= 0

$ meshmod-ctl node set tunnel 4789 vni 4242 peer 192.0.2.11 peer 2001:db8::12
= 0

$ meshmod-ctl node show
1> node mask 0x00ffffff ingress 10.11.0.4 ingress fd00:11::4 ingress fd00:11::5 masquerade fd00:18::/64 guard fd00:11::c dev eth0 tunnel 4789 vni 4242 peer 192.0.2.11 peer 2001:db8::12
= 0

$ meshmod-ctl -p node show
1> {
1>     "node": {
1>         "mask": 16777215,
1>         "ingress": [
1>             "10.11.0.4",
1>             "fd00:11::4",
1>             "fd00:11::5"
1>         ],
1>         "masquerade": [
1>             "fd00:18::/64"
1>         ],
1>         "guard": [
1>             {
1>                 "ip": "fd00:11::c",
1>                 "dev": "eth0"
1>             }
1>         ],
1>         "tunnel": {
1>             "port": 4789,
1>             "vni": 4242
1>         },
1>         "peer": [
1>             "192.0.2.11",
1>             "2001:db8::12"
1>         ],
1>         "origin": []
1>     }
1> }
= 0

$ meshmod-ctl node set peer 192.0.2.11 peer 192.0.2.12 peer 192.0.2.11
2> peer 192.0.2.11: a peer is named twice; name each once
= 2

$ meshmod-ctl node set peer 192.0.2.13
= 0

$ meshmod-ctl node set tunnel none ingress none masquerade none guard none
= 0

$ meshmod-ctl node show
1> node mask 0x00ffffff peer 192.0.2.13
= 0

$ meshmod-ctl node set peer none
= 0

$ meshmod-ctl node show
1> node mask 0x00ffffff
= 0

# origins, each in a zone of the module's choice, which details tell

$ meshmod-ctl node set origin 02:42:0a:0b:00:04 ip 10.11.0.4 origin 02:42:0A:0B:00:09 ip fd00:11::9 ip 10.11.0.9
= 0

$ meshmod-ctl node show
1> node mask 0x00ffffff origin 02:42:0a:0b:00:04 ip 10.11.0.4 origin 02:42:0a:0b:00:09 ip 10.11.0.9 ip fd00:11::9
= 0

$ meshmod-ctl -j node show
1> {"node":{"mask":16777215,"ingress":[],"masquerade":[],"guard":[],"peer":[],"origin":[{"mac":"02:42:0a:0b:00:04","ip":"10.11.0.4"},{"mac":"02:42:0a:0b:00:09","ip":["10.11.0.9","fd00:11::9"]}]}}
= 0

$ meshmod-ctl -d node show
1> node mask 0x00ffffff origin 02:42:0a:0b:00:04 ip 10.11.0.4 zone 4 origin 02:42:0a:0b:00:09 ip 10.11.0.9 ip fd00:11::9 zone 9 offload on overlay off
= 0

$ meshmod-ctl -d -j node show | sed 's/.*"origin"/"origin"/'
1> "origin":[{"mac":"02:42:0a:0b:00:04","ip":"10.11.0.4","zone":4},{"mac":"02:42:0a:0b:00:09","ip":["10.11.0.9","fd00:11::9"],"zone":9}],"offload":"on","overlay":"off"}}
= 0

$ meshmod-ctl node set origin 02:42:0a:0b:00:04 ip 10.11.0.4 origin 02:42:0a:0b:00:04 ip 10.11.0.5
2> origin 02:42:0a:0b:00:04: an origin's MAC is named twice; name each once
= 2

$ meshmod-ctl node set origin 02:42:0a:0b:00:04 ip 10.11.0.4 ip 10.11.0.5
2> ip 10.11.0.5: an origin has one address of each family; name one
= 2

$ meshmod-ctl node set origin 02:42:0a:0b:00:09 ip 10.11.0.9
= 0

$ meshmod-ctl node show
1> node mask 0x00ffffff origin 02:42:0a:0b:00:09 ip 10.11.0.9
= 0

$ meshmod-ctl node set origin none
= 0

$ meshmod-ctl node show
1> node mask 0x00ffffff
= 0

$ meshmod-ctl stats show
1> flow                    0  passed: belongs to a known connection
1> unmatched               0  passed: opens a connection, not to a service
1> untracked               0  passed: conntrack does not know it
1> marked                  0  passed on: has a service's mark
1> balanced                0  passed on: a backend was chosen
1> no_backend              0  refused: the service has no usable backend
1> no_source               0  refused: the node has no ingress address
1> no_port                 0  refused: no free port on the ingress address
1> stray                   0  refused: TCP or SCTP of no known connection
1> nat_failed              0  dropped: the kernel could not translate it
1> redirected              0  passed on: the published port became the target port
1> admitted                0  passed: the guard let it in
1> guarded                 0  refused: the guard did not let it in
1> martian                 0  dropped: 127.0.0.0/8 on a real device
1> masqueraded             0  passed on: got the outgoing device's address
1> outside                 0  refused: the client is in none of the port's sources
1> foreign                 0  dropped: VXLAN from an address that is no peer
1> spoofed                 0  dropped: a frame that says it is someone else's
1> offloaded               0  passed on: past all hooks, its connection is offloaded
1> returned                0  passed on: a reply, to the node its connection came through
1> flows offloaded 0 local 0 protocol 0 off 0 special 0 opening 0 slow 0
= 0

$ meshmod-ctl -j stats show
1> {"stats":{"flow":0,"unmatched":0,"untracked":0,"marked":0,"balanced":0,"no_backend":0,"no_source":0,"no_port":0,"stray":0,"nat_failed":0,"redirected":0,"admitted":0,"guarded":0,"martian":0,"masqueraded":0,"outside":0,"foreign":0,"spoofed":0,"offloaded":0,"returned":0},"flows":{"offloaded":0,"local":0,"protocol":0,"off":0,"special":0,"opening":0,"slow":0}}
= 0

$ meshmod-ctl stats zero
= 0

$ as-nobody meshmod-ctl node show
2> no permission: this needs CAP_NET_ADMIN over the network namespace; run it as root
= 2

# CAP_NET_ADMIN, but over another network namespace than this one

$ unshare --user --map-root-user meshmod-ctl node show
2> no permission: this needs CAP_NET_ADMIN over the network namespace; run it as root
= 2
