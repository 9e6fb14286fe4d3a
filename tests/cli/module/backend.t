# SPDX-License-Identifier: GPL-2.0
# backend and redirect, with the module.  The format: see ../run.

$ meshmod-ctl service add web publish 8080:80/tcp
= 0

$ meshmod-ctl backend list
1> service web
= 0

$ meshmod-ctl backend add web web.1 ip 10.11.0.12
= 0

$ meshmod-ctl backend add web a ip 10.11.0.13 weight 0 state draining
= 0

$ meshmod-ctl backend list
1> service web
1>     backend web.1 ip 10.11.0.12 weight 1 state up
1>     backend a ip 10.11.0.13 weight 0 state draining
= 0

$ meshmod-ctl backend list web
1> service web
1>     backend web.1 ip 10.11.0.12 weight 1 state up
1>     backend a ip 10.11.0.13 weight 0 state draining
= 0

$ meshmod-ctl -s service list
1> service web publish 8080:80/tcp mark 256 scheduler rr connections 0 no_backend 0 no_port 0 stray 0 outside 0
1>     backend web.1 ip 10.11.0.12 weight 1 state up connections 0
1>     backend a ip 10.11.0.13 weight 0 state draining connections 0
= 0

$ meshmod-ctl -p backend list
1> {
1>     "services": {
1>         "web": {
1>             "backends": {
1>                 "web.1": {
1>                     "ip": "10.11.0.12",
1>                     "weight": 1,
1>                     "state": "up"
1>                 },
1>                 "a": {
1>                     "ip": "10.11.0.13",
1>                     "weight": 0,
1>                     "state": "draining"
1>                 }
1>             }
1>         }
1>     }
1> }
= 0

$ meshmod-ctl backend list nope
2> service nope: there is no service of this name in this namespace; list the services
= 2

$ meshmod-ctl backend add nope web.2 ip 10.11.0.14
2> service nope: there is no service of this name in this namespace; list the services
= 2

$ meshmod-ctl backend set web nope weight 3
2> backend nope: the service has no backend of this name; list its backends
= 2

$ meshmod-ctl backend set web a weight 3 state up
= 0

$ meshmod-ctl backend set web a ip 10.11.0.15
= 0

$ meshmod-ctl backend list web
1> service web
1>     backend web.1 ip 10.11.0.12 weight 1 state up
1>     backend a ip 10.11.0.15 weight 3 state up
= 0

$ meshmod-ctl backend set web a ip fd00:11::f ip 10.11.0.15
= 0

$ meshmod-ctl backend list web
1> service web
1>     backend web.1 ip 10.11.0.12 weight 1 state up
1>     backend a ip 10.11.0.15 ip fd00:11::f weight 3 state up
= 0

$ meshmod-ctl -j backend list web
1> {"services":{"web":{"backends":{"web.1":{"ip":"10.11.0.12","weight":1,"state":"up"},"a":{"ip":["10.11.0.15","fd00:11::f"],"weight":3,"state":"up"}}}}}
= 0

$ meshmod-ctl backend set web web.1 ip fd00:11::c
= 0

$ meshmod-ctl backend list web
1> service web
1>     backend web.1 ip fd00:11::c weight 1 state up
1>     backend a ip 10.11.0.15 ip fd00:11::f weight 3 state up
= 0

$ meshmod-ctl backend add web b ip fd00:11::f
2> backend b: the service has a backend with this address; each needs its own
= 2

$ meshmod-ctl backend set web a ip 10.11.0.15
= 0

$ meshmod-ctl backend set web web.1 gateway off
2> gateway: the mesh is not up on this node (no namespace meshmod-ingress); run meshmod-ctl up first
= 2

$ meshmod-ctl backend del web web.1
= 0

$ meshmod-ctl backend list
1> service web
1>     backend a ip 10.11.0.15 weight 3 state up
= 0

$ meshmod-ctl service del web
= 0

$ meshmod-ctl backend list
= 0

# redirect

$ meshmod-ctl redirect list
= 0

$ meshmod-ctl redirect add ip 10.11.0.12 proto tcp from 8080 to 80
= 0

$ meshmod-ctl redirect add ip 10.11.0.12 proto udp from 8080 to 80
= 0

$ meshmod-ctl redirect add ip 10.11.0.12 proto tcp from 8080 to 81
2> redirect: this port of this address is redirected already; change or delete that redirect
= 2

$ meshmod-ctl redirect set ip 10.11.0.12 proto tcp from 8080 to 81
= 0

$ meshmod-ctl redirect set ip 10.11.0.12 proto tcp from 8081 to 81
2> redirect: this port of this address is not redirected; list the redirects
= 2

$ meshmod-ctl redirect list
1> redirect ip 10.11.0.12 proto tcp from 8080 to 81
1> redirect ip 10.11.0.12 proto udp from 8080 to 80
= 0

$ meshmod-ctl -j redirect list
1> {"redirects":[{"ip":"10.11.0.12","proto":"tcp","from":8080,"to":81},{"ip":"10.11.0.12","proto":"udp","from":8080,"to":80}]}
= 0

$ meshmod-ctl redirect del ip 10.11.0.12 proto tcp from 8080 to 81
= 0

$ meshmod-ctl redirect del ip 10.11.0.12 proto tcp from 8080
2> redirect: this port of this address is not redirected; list the redirects
= 2

$ meshmod-ctl redirect del ip 10.11.0.12 proto udp from 8080
= 0

$ meshmod-ctl -j redirect list
1> {"redirects":[]}
= 0

$ meshmod-ctl redirect add ip fd00:11::c proto sctp from 8000-8099 to 80
= 0

$ meshmod-ctl redirect add ip fd00:11::c proto tcp from 8000-8099 to 9000-9099
= 0

$ meshmod-ctl redirect add ip fd00:11::c proto tcp from 8099 to 80
2> redirect: this port of this address is redirected already; change or delete that redirect
= 2

$ meshmod-ctl redirect list
1> redirect ip fd00:11::c proto tcp from 8000-8099 to 9000-9099
1> redirect ip fd00:11::c proto sctp from 8000-8099 to 80
= 0

$ meshmod-ctl -j redirect list
1> {"redirects":[{"ip":"fd00:11::c","proto":"tcp","from":"8000-8099","to":"9000-9099"},{"ip":"fd00:11::c","proto":"sctp","from":"8000-8099","to":80}]}
= 0

$ meshmod-ctl redirect set ip fd00:11::c proto sctp from 8000 to 81
= 0

$ meshmod-ctl redirect del ip fd00:11::c proto tcp from 8000-8099 to 9000-9099
= 0

$ meshmod-ctl redirect list
1> redirect ip fd00:11::c proto sctp from 8000 to 81
= 0

$ meshmod-ctl redirect del ip fd00:11::c proto sctp from 8000
= 0

# another namespace

$ ip netns add cli-other && meshmod-ctl -n cli-other service add inner publish 80
= 0

$ meshmod-ctl -n cli-other service list
1> service inner publish 80:80/tcp mark 256 scheduler rr
= 0

$ meshmod-ctl -n /run/netns/cli-other service list
1> service inner publish 80:80/tcp mark 256 scheduler rr
= 0

$ meshmod-ctl service list
= 0

$ ip netns del cli-other
= 0
