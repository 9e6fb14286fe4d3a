# SPDX-License-Identifier: GPL-2.0
# Words of a command: missing, twice, unknown, too many.  The format: see run.

# words: missing, twice, unknown, too many

$ meshmod-ctl service show
2> service show: NAME is missing; write: meshmod-ctl service show NAME
= 1

$ meshmod-ctl service add
2> service add: NAME is missing; write: meshmod-ctl service add NAME [publish {P[-P]:T[-T]/PROTO [from PREFIX]...|none}]... [listen IP|PREFIX|DEV|all]... [refuse reject|drop] [vip IP|none]... [mark MARK] [scheduler rr] [source ingress|preserve] [offload on|off]
= 1

$ meshmod-ctl service del
2> service del: NAME is missing; write: meshmod-ctl service del NAME
= 1

$ meshmod-ctl service show web shop
2> service show: shop is one word too many; write: meshmod-ctl service show NAME
= 1

$ meshmod-ctl service list web
2> service list: web is one word too many; write: meshmod-ctl service list
= 1

$ meshmod-ctl node show all
2> node show: all is one word too many; write: meshmod-ctl node show
= 1

$ meshmod-ctl flow resolve
2> flow resolve: INGRESS:PORT is missing; write: meshmod-ctl flow resolve INGRESS:PORT [proto tcp|udp|sctp]
= 1

$ meshmod-ctl flow resolve 10.11.0.4:30940 tcp
2> flow resolve: tcp is not a keyword; use proto
= 1

$ meshmod-ctl flow resolve 10.11.0.4:30940 proto
2> flow resolve: proto lacks its value; write: proto tcp|udp|sctp
= 1

$ meshmod-ctl flow
2> flow: a command is missing; use one of: resolve, help
= 1

$ meshmod-ctl stats zero web
2> stats zero: web is one word too many; write: meshmod-ctl stats zero
= 1

$ meshmod-ctl backend add web
2> backend add: NAME is missing; write: meshmod-ctl backend add SERVICE NAME ip IP [ip IP]... [weight WEIGHT] [state up|draining|down]
= 1

$ meshmod-ctl backend add web web.1
2> backend add: ip is missing; write: meshmod-ctl backend add SERVICE NAME ip IP [ip IP]... [weight WEIGHT] [state up|draining|down]
= 1

$ meshmod-ctl backend add web web.1 weight 1
2> backend add: ip is missing; write: meshmod-ctl backend add SERVICE NAME ip IP [ip IP]... [weight WEIGHT] [state up|draining|down]
= 1

$ meshmod-ctl backend set web web.1
2> backend set: nothing is named that should change; write: meshmod-ctl backend set SERVICE NAME [ip IP]... [weight WEIGHT] [state up|draining|down] [gateway on|off]
= 1

$ meshmod-ctl service set web
2> service set: nothing is named that should change; write: meshmod-ctl service set NAME [publish {P[-P]:T[-T]/PROTO [from PREFIX]...|none}]... [listen IP|PREFIX|DEV|all]... [refuse reject|drop] [vip IP|none]... [mark MARK] [scheduler rr] [source ingress|preserve] [offload on|off]
= 1

$ meshmod-ctl node set
2> node set: nothing is named that should change; write: meshmod-ctl node set [mask MASK] [ingress IP|none]... [masquerade PREFIX|none]... [guard {IP dev DEV|none}]... [tunnel {PORT vni VNI|none}] [peer IP|none]... [origin {MAC ip IP [ip IP]...|none}]... [offload on|off] [overlay on|off]
= 1

$ meshmod-ctl redirect add ip 10.11.0.12 proto tcp from 8080
2> redirect add: to is missing; write: meshmod-ctl redirect add ip IP proto tcp|udp|sctp from P[-P] to T[-T]
= 1

$ meshmod-ctl redirect add
2> redirect add: ip is missing; write: meshmod-ctl redirect add ip IP proto tcp|udp|sctp from P[-P] to T[-T]
= 1

$ meshmod-ctl service add web publish
2> service add: publish lacks its value; write: publish P[-P]:T[-T]/PROTO
= 1

$ meshmod-ctl backend set web web.1 state
2> backend set: state lacks its value; write: state up|draining|down
= 1

$ meshmod-ctl service add web mark 300 mark 301
2> service add: mark is given twice; give it once
= 1

$ meshmod-ctl backend set web web.1 weight 1 weight 1
2> backend set: weight is given twice; give it once
= 1

$ meshmod-ctl service add web pub 8080:80/tcp
2> service add: pub is not a keyword, and keywords are written in full: publish
= 1

$ meshmod-ctl service add web publsih 8080:80/tcp
2> service add: publsih is not a keyword; did you mean publish?
= 1

$ meshmod-ctl service add web frobnicate on
2> service add: frobnicate is not a keyword; use one of: publish, listen, refuse, vip, mark, scheduler, source, offload
= 1

$ meshmod-ctl service add web 8080:80/tcp
2> service add: 8080:80/tcp is not a keyword; use one of: publish, listen, refuse, vip, mark, scheduler, source, offload
= 1

$ meshmod-ctl service add web vip 10.11.0.20 -j
2> service add: -j is an option; write it before the command: meshmod-ctl -j service add
= 1

$ meshmod-ctl node set guard 10.11.0.12
2> node set: guard 10.11.0.12 lacks dev; write: guard IP dev DEV
= 1

$ meshmod-ctl node set guard 10.11.0.12 eth0
2> node set: guard 10.11.0.12 lacks dev; write: guard IP dev DEV
= 1

$ meshmod-ctl node set guard 10.11.0.12 dev
2> node set: dev lacks its value; write: dev DEV
= 1

$ meshmod-ctl node set dev eth0
2> node set: dev has its place right behind guard; write: guard IP dev DEV
= 1

$ meshmod-ctl node set tunnel 4789
2> node set: tunnel 4789 lacks vni; write: tunnel PORT vni VNI
= 1

$ meshmod-ctl node set vni 4242
2> node set: vni has its place right behind tunnel; write: tunnel PORT vni VNI
= 1

$ meshmod-ctl node set tunnel none vni 4242
2> node set: vni has its place right behind tunnel; write: tunnel PORT vni VNI
= 1

$ meshmod-ctl node set tunnel 4789 vni 1 tunnel none
2> node set: tunnel is given twice; give it once
= 1

$ meshmod-ctl node set origin 02:42:0a:0b:00:04
2> node set: origin 02:42:0a:0b:00:04 lacks ip; write: origin MAC ip IP
= 1

$ meshmod-ctl node set origin 02:42:0a:0b:00:04 10.11.0.4
2> node set: origin 02:42:0a:0b:00:04 lacks ip; write: origin MAC ip IP
= 1

$ meshmod-ctl node set origin 02:42:0a:0b:00:04 ip 10.11.0.4 ip
2> node set: ip lacks its value; write: ip IP
= 1

$ meshmod-ctl node set origin 02:42:0a:0b:00:04 ip 10.11.0.4 origin 02:42:0a:0b:00:09
2> node set: origin 02:42:0a:0b:00:09 lacks ip; write: origin MAC ip IP
= 1

$ meshmod-ctl node set origin none ip 10.11.0.4
2> node set: ip has its place right behind origin; write: origin MAC ip IP
= 1

$ meshmod-ctl node set ip 10.11.0.4
2> node set: ip has its place right behind origin; write: origin MAC ip IP
= 1

$ meshmod-ctl node set origin 02:42:0a:0b:00:04 ip 10.11.0.4 origin none
2> node set: origin none empties the list; leave out the other origin
= 1

$ meshmod-ctl node set orgin none
2> node set: orgin is not a keyword; did you mean origin?
= 1

$ meshmod-ctl node set peer none peer 192.0.2.11
2> node set: peer none empties the list; leave out the other peer
= 1

$ meshmod-ctl service add web from 192.0.2.0/24
2> service add: from has its place right behind publish; write: publish P[-P]:T[-T]/PROTO from PREFIX
= 1

$ meshmod-ctl service add web publish 80 vip 10.11.0.20 from 192.0.2.0/24
2> service add: from has its place right behind publish; write: publish P[-P]:T[-T]/PROTO from PREFIX
= 1

$ meshmod-ctl service set web publish none from 192.0.2.0/24
2> service set: from has its place right behind publish; write: publish P[-P]:T[-T]/PROTO from PREFIX
= 1

$ meshmod-ctl service add web publish 80 from 192.0.2.0/24 from
2> service add: from lacks its value; write: from PREFIX
= 1

$ meshmod-ctl service set web publish 80 publish none
2> service set: publish none empties the list; leave out the other publish
= 1

$ meshmod-ctl service set web listen all listen eth0
2> service set: listen all empties the list; leave out the other listen
= 1

$ meshmod-ctl service set web vip none vip 10.11.0.20
2> service set: vip none empties the list; leave out the other vip
= 1

$ meshmod-ctl service add web listen
2> service add: listen lacks its value; write: listen IP|PREFIX|DEV
= 1

$ meshmod-ctl service set web offload
2> service set: offload lacks its value; write: offload on|off
= 1

$ meshmod-ctl node set offload on offload off
2> node set: offload is given twice; give it once
= 1

$ meshmod-ctl service add web offlaod off
2> service add: offlaod is not a keyword; did you mean offload?
= 1

$ meshmod-ctl service add web refuse drop refuse reject
2> service add: refuse is given twice; give it once
= 1

$ meshmod-ctl binding show
2> binding show: DEV is missing; write: meshmod-ctl binding show DEV
= 1

$ meshmod-ctl binding add c0a0b000c ip 10.11.0.12
2> binding add: mac is missing; write: meshmod-ctl binding add DEV mac MAC ip IP [ip IP]...
= 1

$ meshmod-ctl binding set c0a0b000c mac 02:42:0a:0b:00:0c
2> binding set: ip is missing; write: meshmod-ctl binding set DEV mac MAC ip IP [ip IP]...
= 1

$ meshmod-ctl binding del c0a0b000c mac 02:42:0a:0b:00:0c
2> binding del: mac is one word too many; write: meshmod-ctl binding del DEV
= 1

$ meshmod-ctl node set ingress none ingress 10.11.0.4
2> node set: ingress none empties the list; leave out the other ingress
= 1

$ meshmod-ctl node set guard 10.11.0.12 dev eth0 guard none
2> node set: guard none empties the list; leave out the other guard
= 1

$ meshmod-ctl backend set web web.1 weight 3 gateway off
2> backend set: gateway is switched alone; give ip, weight and state in a command of their own
= 1

# two VIPs of one family
$ meshmod-ctl service add web vip 10.11.0.20 vip fd00:11::20 vip 10.11.0.21
2> service add: vip 10.11.0.21 is a second IPv4 address; give one of each family
= 1

$ meshmod-ctl service set web vip fd00:11::20 vip fd00:11::21
2> service set: vip fd00:11::21 is a second IPv6 address; give one of each family
= 1
