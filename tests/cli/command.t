# SPDX-License-Identifier: GPL-2.0
# Finding the command: help at every level, options, module, permission.  The format: see run.

# help at every level

$ meshmod-ctl help
1> usage: meshmod-ctl [OPTIONS] OBJECT COMMAND ...
1>        meshmod-ctl [OPTIONS] {up|down|apply} ...
1>        meshmod-ctl help [OBJECT [COMMAND]]
1>
1> commands and objects, which can be abbreviated:
1>   up        build the mesh on this node, or repair it
1>   down      remove the mesh from this node
1>   apply     bring a mesh that is up to what the file says now
1>   node      settings of a network namespace: ingress addresses, guards, peers
1>             show|set
1>   service   published ports, VIPs and marks, each with its backends
1>             list|show|add|set|del
1>   backend   container endpoints that serve a service
1>             list|add|set|del
1>   redirect  published to target ports in a container's namespace
1>             list|add|set|del
1>   binding   MAC and addresses behind the ports of a bridge
1>             list|show|add|set|del
1>   flow      connections that are balanced in this namespace
1>             resolve
1>   stats     counters of this namespace, one per reason
1>             show|zero
1>
1> options, before the command:
1>   -j, --json                 print JSON instead of text
1>   -p, --pretty               print JSON that is indented for people
1>   -s, --statistics           print what the module has counted, too
1>   -d, --details              print what is at its default, too
1>   -n, --netns NAME|PATH|PID  work in that network namespace
1>   -V, --Version              print the version and end
1>   -h, --help                 print help and end
1>
1> exit codes: 0 done; 1 the command line or a file is wrong; 2 the kernel refused;
1>             3 the module is not loaded
= 0

$ meshmod-ctl -h | head -n 2
1> usage: meshmod-ctl [OPTIONS] OBJECT COMMAND ...
1>        meshmod-ctl [OPTIONS] {up|down|apply} ...
= 0

$ meshmod-ctl --help service | head -n 1
1> usage: meshmod-ctl [OPTIONS] OBJECT COMMAND ...
= 0

$ meshmod-ctl service help
1> service: published ports, VIPs and marks, each with its backends
1> usage: meshmod-ctl service list
1>     print all services and their backends
1> usage: meshmod-ctl service show NAME
1>     print one service and its backends
1> usage: meshmod-ctl service add NAME [publish {P[-P]:T[-T]/PROTO [from PREFIX]...|none}]... [listen IP|PREFIX|DEV|all]... [refuse reject|drop] [vip IP|none]... [mark MARK] [scheduler rr] [source ingress|preserve] [offload on|off]
1>     create a service, without backends yet
1> usage: meshmod-ctl service set NAME [publish {P[-P]:T[-T]/PROTO [from PREFIX]...|none}]... [listen IP|PREFIX|DEV|all]... [refuse reject|drop] [vip IP|none]... [mark MARK] [scheduler rr] [source ingress|preserve] [offload on|off]
1>     change what is named; a list (ports, listen, vip) is replaced whole
1> usage: meshmod-ctl service del NAME
1>     delete a service with its backends; its connections end
= 0

$ meshmod-ctl help redirect
1> redirect: published to target ports in a container's namespace
1> usage: meshmod-ctl redirect list
1>     print the redirects of this namespace
1> usage: meshmod-ctl redirect add ip IP proto tcp|udp|sctp from P[-P] to T[-T]
1>     send a published port to its target port
1> usage: meshmod-ctl redirect set ip IP proto tcp|udp|sctp from P[-P] to T[-T]
1>     change the target port; a range is named by its first, which alone makes it one port
1> usage: meshmod-ctl redirect del ip IP proto tcp|udp|sctp from P[-P] [to T[-T]]
1>     delete a redirect, a range by its first port; its connections end
= 0

$ meshmod-ctl backend set --help
1> usage: meshmod-ctl backend set SERVICE NAME [ip IP]... [weight WEIGHT] [state up|draining|down] [gateway on|off]
1> backend set: change what is named
1>   SERVICE                  the service's name
1>   NAME                     the backend's name in it
1>   ip IP                    its address on the overlay; those that are named replace all it had
1>   weight WEIGHT            0 to 65535; 0: no new connections
1>   state up|draining|down   draining and down keep the connections that it has
1>   gateway on|off           attach or detach its container's gateway leg, on its own node
= 0

$ meshmod-ctl backend set -h | head -n 1
1> usage: meshmod-ctl backend set SERVICE NAME [ip IP]... [weight WEIGHT] [state up|draining|down] [gateway on|off]
= 0

$ meshmod-ctl help node set
1> usage: meshmod-ctl node set [mask MASK] [ingress IP|none]... [masquerade PREFIX|none]... [guard {IP dev DEV|none}]... [tunnel {PORT vni VNI|none}] [peer IP|none]... [origin {MAC ip IP [ip IP]...|none}]... [offload on|off] [overlay on|off]
1> node set: change the settings that are named; a list is replaced whole
1>   mask MASK                bits of a packet's mark that hold a service's mark
1>   ingress IP|none          address that balanced connections come from
1>   masquerade PREFIX|none   subnet that leaves with the address of the outgoing device
1>   guard {IP dev DEV|none}  endpoint that is reachable on its published ports only
1>     dev DEV                its leg into the mesh
1>   tunnel {PORT vni VNI|none}
1>                            UDP port at which VXLAN is taken from peers only
1>     vni VNI                the network that this is about
1>   peer IP|none             another node, by its address on the underlay
1>   origin {MAC ip IP [ip IP]...|none}
1>                            node that clients come by with addresses of their own
1>     ip IP                  where replies to them go, one of each family
1>   offload on|off           whether established connections may pass by hooks and routes
1>   overlay on|off           whether they may pass by the bridges here too
= 0

$ meshmod-ctl help service add
1> usage: meshmod-ctl service add NAME [publish {P[-P]:T[-T]/PROTO [from PREFIX]...|none}]... [listen IP|PREFIX|DEV|all]... [refuse reject|drop] [vip IP|none]... [mark MARK] [scheduler rr] [source ingress|preserve] [offload on|off]
1> service add: create a service, without backends yet
1>   NAME                     the service's name
1>   publish {P[-P]:T[-T]/PROTO [from PREFIX]...|none}
1>                            published port, target port and protocol, such as 8080:80/tcp, or ranges
1>     from PREFIX            only for clients in this subnet; by default for all
1>   listen IP|PREFIX|DEV|all local address, subnet of them or device where its ports answer
1>   refuse reject|drop       what clients hear that it cannot or may not serve
1>   vip IP|none              address that is the service's on any port; one of each family
1>   mark MARK                firewall mark that selects it; by default the next free one
1>   scheduler rr             how a backend is chosen: in turns (rr)
1>   source ingress|preserve  what backends see: the node's ingress address or the client's own
1>   offload on|off           whether its established connections may pass by hooks and routes
= 0

$ meshmod-ctl help redirect set
1> usage: meshmod-ctl redirect set ip IP proto tcp|udp|sctp from P[-P] to T[-T]
1> redirect set: change the target port; a range is named by its first, which alone makes it one port
1>   ip IP                    the endpoint's own address
1>   proto tcp|udp|sctp       the protocol
1>   from P[-P]               the published port, or a range
1>   to T[-T]                 the target port, or one for each; the same as from: let it through the guard
= 0

$ meshmod-ctl help binding
1> binding: MAC and addresses behind the ports of a bridge
1> usage: meshmod-ctl binding list
1>     print the bindings of this namespace
1> usage: meshmod-ctl binding show DEV
1>     print the binding of a port
1> usage: meshmod-ctl binding add DEV mac MAC ip IP [ip IP]...
1>     let a port's frames be of these addresses only
1> usage: meshmod-ctl binding set DEV mac MAC ip IP [ip IP]...
1>     replace the binding of a port
1> usage: meshmod-ctl binding del DEV
1>     delete a binding; the port's frames are no longer looked at
= 0

$ meshmod-ctl binding add -h
1> usage: meshmod-ctl binding add DEV mac MAC ip IP [ip IP]...
1> binding add: let a port's frames be of these addresses only
1>   DEV                      the bridge's port
1>   mac MAC                  the MAC address behind it
1>   ip IP                    the addresses behind it
= 0

$ meshmod-ctl help flow
1> flow: connections that are balanced in this namespace
1> usage: meshmod-ctl flow resolve INGRESS:PORT [proto tcp|udp|sctp]
1>     print the client behind an address and port that a container names
= 0

$ meshmod-ctl flow resolve -h
1> usage: meshmod-ctl flow resolve INGRESS:PORT [proto tcp|udp|sctp]
1> flow resolve: print the client behind an address and port that a container names
1>   INGRESS:PORT             the node's ingress address and a port of it
1>   proto tcp|udp|sctp       the protocol; by default any of them
= 0

$ meshmod-ctl service del -help
1> usage: meshmod-ctl service del NAME
1> service del: delete a service with its backends; its connections end
1>   NAME                     the service's name
= 0

$ meshmod-ctl node set help | head -n 1
1> usage: meshmod-ctl node set [mask MASK] [ingress IP|none]... [masquerade PREFIX|none]... [guard {IP dev DEV|none}]... [tunnel {PORT vni VNI|none}] [peer IP|none]... [origin {MAC ip IP [ip IP]...|none}]... [offload on|off] [overlay on|off]
= 0

$ meshmod-ctl help down
1> usage: meshmod-ctl down [-f FILE] [--node NAME] [--dry-run]
1> down: remove exactly what up made on this node
1>   -f FILE                  a mesh file that has to be right; what is removed does not depend on it
1>   --node NAME              a node that has to be in that file
1>   --dry-run                say what would be done, and do nothing
= 0

$ meshmod-ctl help up
1> usage: meshmod-ctl up -f FILE [--node NAME] [--dry-run]
1> up: build what is missing, correct what differs, program the module
1>   -f FILE                  the mesh file, the same on every node; - for standard input
1>   --node NAME              which node this is; by default the one whose underlay address it has
1>   --dry-run                say what would be done, and do nothing
= 0

$ meshmod-ctl apply --help | head -n 1
1> usage: meshmod-ctl apply -f FILE [--node NAME] [--dry-run]
= 0

$ meshmod-ctl help frob
2> meshmod-ctl: frob is not a command; use one of: up, down, apply, node, service, backend, redirect, binding, flow, stats, help
= 1

$ meshmod-ctl help up bogus
2> help: bogus is one word too many; write: meshmod-ctl help [OBJECT [COMMAND]]
= 1

$ meshmod-ctl help service list zzz
2> help: zzz is one word too many; write: meshmod-ctl help [OBJECT [COMMAND]]
= 1

$ meshmod-ctl help help me
2> help: me is one word too many; write: meshmod-ctl help [OBJECT [COMMAND]]
= 1

$ meshmod-ctl service help list
2> help: list is one word too many; write: meshmod-ctl help [OBJECT [COMMAND]]
= 1

$ meshmod-ctl help service frob
2> service: frob is not a command; use one of: list, show, add, set, del, help
= 1

$ meshmod-ctl -V
1> meshmod-ctl 0.1
= 0

$ meshmod-ctl --version
1> meshmod-ctl 0.1
= 0

# finding the command

$ meshmod-ctl
2> meshmod-ctl: a command is missing; see: meshmod-ctl help
= 1

$ meshmod-ctl frobnicate
2> meshmod-ctl: frobnicate is not a command; use one of: up, down, apply, node, service, backend, redirect, binding, flow, stats, help
= 1

$ meshmod-ctl servcie list
2> meshmod-ctl: servcie is not a command; did you mean service?
= 1

$ meshmod-ctl ""
2> meshmod-ctl: "" is not a command; use one of: up, down, apply, node, service, backend, redirect, binding, flow, stats, help
= 1

$ meshmod-ctl s list
2> meshmod-ctl: s can mean any of: service, stats; write more of it
= 1

$ meshmod-ctl b list
2> meshmod-ctl: b can mean any of: backend, binding; write more of it
= 1

$ meshmod-ctl service
2> service: a command is missing; use one of: list, show, add, set, del, help
= 1

$ meshmod-ctl service frobnicate
2> service: frobnicate is not a command; use one of: list, show, add, set, del, help
= 1

$ meshmod-ctl service s web
2> service: s can mean any of: show, set; write more of it
= 1

$ meshmod-ctl service lst
2> service: lst is not a command; did you mean list?
= 1

$ meshmod-ctl service list -j
2> service list: -j is an option; write it before the command: meshmod-ctl -j service list
= 1

$ meshmod-ctl service -j list
2> service: -j is an option; write options first: meshmod-ctl -j service
= 1

$ meshmod-ctl "$(printf 'a\033[31mb')"
2> meshmod-ctl: a?[31mb is not a command; use one of: up, down, apply, node, service, backend, redirect, binding, flow, stats, help
= 1

# options

$ meshmod-ctl -x service list
2> -x: no such option; see: meshmod-ctl help
= 1

$ meshmod-ctl --jsonish service list
2> --jsonish: no such option; see: meshmod-ctl help
= 1

$ meshmod-ctl -jp service list
2> -jp: no such option; see: meshmod-ctl help
= 1

$ meshmod-ctl -n
2> -n: a value is missing; write: -n NAME|PATH|PID
= 1

$ meshmod-ctl -n "" node show
2> -n: a value is missing; write: -n NAME|PATH|PID
= 1

$ meshmod-ctl -n no-such-namespace node show
2> -n: namespace no-such-namespace does not exist (no /run/netns/no-such-namespace); create it or correct the name
= 1

$ meshmod-ctl -n /no/such/file node show
2> -n: namespace /no/such/file does not exist (no /no/such/file); create it or correct the name
= 1

$ meshmod-ctl -n 4194304 node show
2> -n: namespace 4194304 does not exist (no /proc/4194304/ns/net); create it or correct the name
= 1

$ meshmod-ctl -n /dev/null node show
2> -n: /dev/null is not a network namespace; name one of: ip netns list
= 1

$ meshmod-ctl -n no-such-namespace service add we/b
2> service add: we/b is not a name; use letters, digits, '.', '_' and '-' only
= 1

# the module is not loaded: what is written well gets this far

$ as-admin meshmod-ctl node show
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl n sh
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl service list
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl -j -p -s -d se l
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl --json --pretty --stat --det service show web
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl -json service show help-me
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl service add web publish 8080:80/tcp publish 53/udp vip 10.11.0.20 mark 300 scheduler rr source preserve
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl service add vip
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl service set web mark 0x12c
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl service del web
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl service del help
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl backend list help
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl bac l
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl backend list web
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl backend add web web.1 ip 10.11.0.12 weight 0 state draining
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl backend add web web.1 state up ip 10.11.0.12
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl backend set web web.1 weight 65535
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl backend del web web.1
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl redirect list
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl redirect add ip 10.11.0.12 proto tcp from 8080 to 80
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl redirect del ip 10.11.0.12 proto udp from 53
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl redirect del ip 10.11.0.12 proto udp from 53 to 5353
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl node set ingress 10.11.0.4 ingress 10.11.0.5 masquerade 172.18.0.0/16 guard 10.11.0.12 dev eth0 mask 0xffff
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl node set origin 02:42:0a:0b:00:04 ip 10.11.0.4 origin 02:42:0a:0b:00:09 ip 10.11.0.9 ip fd00:11::9 offload on
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl node set origin none
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl node set ingress none masquerade none guard none
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl service add web publish 8000-8099/tcp from 192.0.2.0/24 from 2001:db8::/32 publish 53/udp vip 10.11.0.20 vip fd00:11::20 listen eth0 listen 192.0.2.10 listen 2001:db8::/64 refuse drop
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl service set web listen all publish none vip none
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl service set web refuse reject
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl service add from publish 5/sctp
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl backend add web web.1 ip 10.11.0.12 ip fd00:11::c
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl redirect add ip fd00:11::c proto sctp from 8000-8099 to 80
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl redirect set ip 10.11.0.12 proto tcp from 8000-8099 to 9000-9099
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl redirect del ip 10.11.0.12 proto tcp from 8000-8099 to 80-81
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl node set tunnel 4789 vni 4242 peer 192.0.2.11 peer 2001:db8::12
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl node set tunnel none peer none
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl binding list
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl binding show c0a0b000c
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl binding show help
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl binding add c0a0b000c mac 02:42:0a:0b:00:0C ip 10.11.0.12 ip fd00:11::c
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl binding set c0a0b000c ip 10.11.0.12 mac 02:42:0a:0b:00:0c
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl bi del c0a0b000c
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl flow resolve 10.11.0.4:30940
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl -j flow resolve [fd00:11::4]:30940 proto sctp
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl stats show
2> the module is not loaded; load it with: modprobe meshmod
= 3

$ as-admin meshmod-ctl stats zero
2> the module is not loaded; load it with: modprobe meshmod
= 3

# no permission

$ as-nobody meshmod-ctl service list
2> no permission: this needs CAP_NET_ADMIN over the network namespace; run it as root
= 2

$ as-nobody meshmod-ctl stats zero
2> no permission: this needs CAP_NET_ADMIN over the network namespace; run it as root
= 2

$ as-nobody meshmod-ctl flow resolve 10.11.0.4:30940
2> no permission: this needs CAP_NET_ADMIN over the network namespace; run it as root
= 2

$ as-nobody meshmod-ctl -j f r [fd00:11::4]:30940
2> no permission: this needs CAP_NET_ADMIN over the network namespace; run it as root
= 2

$ as-nobody meshmod-ctl backend set web web.1 gateway off
2> gateway: the mesh is not up on this node (no namespace meshmod-ingress); run meshmod-ctl up first
= 2

$ as-nobody meshmod-ctl -n /proc/self/ns/net node show
2> -n: no permission to enter namespace /proc/self/ns/net: this needs CAP_SYS_ADMIN; run it as root
= 2
