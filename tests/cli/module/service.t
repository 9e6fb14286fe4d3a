# SPDX-License-Identifier: GPL-2.0
# service, with the module: what it prints, and which word a refusal blames.
# The format: see ../run.

$ meshmod-ctl service list
= 0

$ meshmod-ctl -j service list
1> {"services":{}}
= 0

$ meshmod-ctl service add web publish 8080:80/tcp publish 53/udp vip 10.11.0.20
= 0

$ meshmod-ctl service add shop publish 9090 mark 300 source preserve
= 0

$ meshmod-ctl service add empty
= 0

$ meshmod-ctl service list
1> service empty mark 257 scheduler rr
1> service shop publish 9090:9090/tcp mark 300 scheduler rr source preserve
1> service web publish 8080:80/tcp publish 53:53/udp vip 10.11.0.20 mark 256 scheduler rr
= 0

$ meshmod-ctl -d service show shop
1> service shop publish 9090:9090/tcp refuse reject mark 300 scheduler rr source preserve offload on
= 0

$ meshmod-ctl -s service show shop
1> service shop publish 9090:9090/tcp mark 300 scheduler rr source preserve connections 0 no_backend 0 no_port 0 stray 0 outside 0
= 0

$ meshmod-ctl -j service list
1> {"services":{"empty":{"mark":257,"scheduler":"rr","backends":{}},"shop":{"publish":["9090:9090/tcp"],"mark":300,"scheduler":"rr","source":"preserve","backends":{}},"web":{"publish":["8080:80/tcp","53:53/udp"],"vip":"10.11.0.20","mark":256,"scheduler":"rr","backends":{}}}}
= 0

$ meshmod-ctl -p -s -d service show web
1> {
1>     "services": {
1>         "web": {
1>             "publish": [
1>                 "8080:80/tcp",
1>                 "53:53/udp"
1>             ],
1>             "listen": [],
1>             "refuse": "reject",
1>             "vip": "10.11.0.20",
1>             "mark": 256,
1>             "scheduler": "rr",
1>             "source": "ingress",
1>             "offload": "on",
1>             "stats": {
1>                 "connections": 0,
1>                 "no_backend": 0,
1>                 "no_port": 0,
1>                 "stray": 0,
1>                 "outside": 0
1>             },
1>             "backends": {}
1>         }
1>     }
1> }
= 0

# refusals

$ meshmod-ctl service show nope
2> service nope: there is no service of this name in this namespace; list the services
= 2

$ meshmod-ctl service add web publish 1
2> service web: a service of this name exists; choose another name or change that one
= 2

$ meshmod-ctl service add other publish 9090
2> publish 9090: service other cannot publish 9090/tcp, because service shop publishes 9090/tcp; choose another port, or unpublish it there
= 2

$ meshmod-ctl service add other publish 9000-9099/tcp
2> publish 9000-9099/tcp: service other cannot publish 9000-9099/tcp, because service shop publishes 9090/tcp; choose another port, or unpublish it there
= 2

$ meshmod-ctl service add other publish 5 publish 6 publish 5/tcp
2> publish 5/tcp: a port is published twice; publish each once
= 2

$ meshmod-ctl service add other publish 1 vip 10.11.0.20
2> vip 10.11.0.20: another service has this VIP; each service needs its own
= 2

$ meshmod-ctl service add other mark 0x12c
2> mark 0x12c: another service has this mark; choose another, or none to be given one
= 2

$ meshmod-ctl service add other mark 0x1000000
2> mark 0x1000000: the mark does not fit under the node's mark mask; choose a lower one
= 2

$ meshmod-ctl service add other $(seq -f 'publish %.0f' 10000 10064)
2> publish 10064: a service can publish 64 ports or ranges; split it into several services
= 2

$ meshmod-ctl service set nope mark 5
2> service nope: there is no service of this name in this namespace; list the services
= 2

$ meshmod-ctl service set web publish 81 publish 9090
2> publish 9090: service web cannot publish 9090/tcp, because service shop publishes 9090/tcp; choose another port, or unpublish it there
= 2

$ meshmod-ctl service set web mark 300
2> mark 300: another service has this mark; choose another, or none to be given one
= 2

$ meshmod-ctl service del nope
2> service nope: there is no service of this name in this namespace; list the services
= 2

# changes

$ meshmod-ctl service set web publish 81
= 0

$ meshmod-ctl service set web source preserve vip 10.11.0.21 mark 0x100000
= 0

$ meshmod-ctl service show web
1> service web publish 81:81/tcp vip 10.11.0.21 mark 1048576 scheduler rr source preserve
= 0

# offload: by default on, and told where it is not

$ meshmod-ctl service set web offload off
= 0

$ meshmod-ctl service show web
1> service web publish 81:81/tcp vip 10.11.0.21 mark 1048576 scheduler rr source preserve offload off
= 0

$ meshmod-ctl -j service show web
1> {"services":{"web":{"publish":["81:81/tcp"],"vip":"10.11.0.21","mark":1048576,"scheduler":"rr","source":"preserve","offload":"off","backends":{}}}}
= 0

$ meshmod-ctl service set web publish 82
= 0

$ meshmod-ctl backend add web web.1 ip 10.11.0.12
= 0

$ meshmod-ctl service list
1> service empty mark 257 scheduler rr
1> service shop publish 9090:9090/tcp mark 300 scheduler rr source preserve
1> service web publish 82:82/tcp vip 10.11.0.21 mark 1048576 scheduler rr source preserve offload off
1>     backend web.1 ip 10.11.0.12 weight 1 state up
= 0

$ meshmod-ctl service set web offload on
= 0

$ meshmod-ctl service show web
1> service web publish 82:82/tcp vip 10.11.0.21 mark 1048576 scheduler rr source preserve
1>     backend web.1 ip 10.11.0.12 weight 1 state up
= 0

$ meshmod-ctl service add other offload off mark 400
= 0

$ meshmod-ctl service show other
1> service other mark 400 scheduler rr offload off
= 0

$ meshmod-ctl service del other
= 0

# ranges, sources, listen, refuse, two VIPs

$ meshmod-ctl service add wide mark 500 publish 8000-8099/tcp publish 9000-9009:90/udp from 192.0.2.0/24 from 2001:db8::/32 publish 5/sctp from 10.0.0.0/8 listen 192.0.2.10 listen 192.0.2.0/25 listen eth0 listen 2001:db8::10 refuse drop vip 10.11.0.30 vip fd00:11::30
= 0

$ meshmod-ctl service show wide
1> service wide publish 8000-8099:8000-8099/tcp publish 9000-9009:90/udp from 192.0.2.0/24 from 2001:db8::/32 publish 5:5/sctp from 10.0.0.0/8 listen 192.0.2.10 listen 192.0.2.0/25 listen eth0 listen 2001:db8::10 refuse drop vip 10.11.0.30 vip fd00:11::30 mark 500 scheduler rr
= 0

$ meshmod-ctl -p service show wide
1> {
1>     "services": {
1>         "wide": {
1>             "publish": [
1>                 "8000-8099:8000-8099/tcp",
1>                 {
1>                     "port": "9000-9009:90/udp",
1>                     "from": [
1>                         "192.0.2.0/24",
1>                         "2001:db8::/32"
1>                     ]
1>                 },
1>                 {
1>                     "port": "5:5/sctp",
1>                     "from": [
1>                         "10.0.0.0/8"
1>                     ]
1>                 }
1>             ],
1>             "listen": [
1>                 "192.0.2.10",
1>                 "192.0.2.0/25",
1>                 "eth0",
1>                 "2001:db8::10"
1>             ],
1>             "refuse": "drop",
1>             "vip": [
1>                 "10.11.0.30",
1>                 "fd00:11::30"
1>             ],
1>             "mark": 500,
1>             "scheduler": "rr",
1>             "backends": {}
1>         }
1>     }
1> }
= 0

$ meshmod-ctl service set wide listen all refuse reject vip fd00:11::31
= 0

$ meshmod-ctl service show wide
1> service wide publish 8000-8099:8000-8099/tcp publish 9000-9009:90/udp from 192.0.2.0/24 from 2001:db8::/32 publish 5:5/sctp from 10.0.0.0/8 vip fd00:11::31 mark 500 scheduler rr
= 0

$ meshmod-ctl service set wide publish none vip none listen lo
= 0

$ meshmod-ctl service show wide
1> service wide listen lo mark 500 scheduler rr
= 0

$ meshmod-ctl service del wide
= 0

$ meshmod-ctl service add wide listen all publish none vip none
= 0

$ meshmod-ctl service del wide
= 0

$ meshmod-ctl service del web
= 0

$ meshmod-ctl service del shop
= 0

$ meshmod-ctl service list
1> service empty mark 257 scheduler rr
= 0

$ meshmod-ctl service del empty
= 0

$ meshmod-ctl service list
= 0
