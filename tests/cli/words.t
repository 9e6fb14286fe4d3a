# SPDX-License-Identifier: GPL-2.0
# Words of a command: missing, twice, unknown, too many.  The format: see run.

# words: missing, twice, unknown, too many

$ meshmod-ctl service show
2> service show: NAME is missing; write: meshmod-ctl service show NAME
= 1

$ meshmod-ctl service add
2> service add: NAME is missing; write: meshmod-ctl service add NAME [publish P:T/PROTO]... [vip IP] [mark MARK] [scheduler rr] [source ingress|local]
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

$ meshmod-ctl stats zero web
2> stats zero: web is one word too many; write: meshmod-ctl stats zero
= 1

$ meshmod-ctl backend add web
2> backend add: NAME is missing; write: meshmod-ctl backend add SERVICE NAME ip IP [weight WEIGHT] [state up|draining|down]
= 1

$ meshmod-ctl backend add web web.1
2> backend add: ip is missing; write: meshmod-ctl backend add SERVICE NAME ip IP [weight WEIGHT] [state up|draining|down]
= 1

$ meshmod-ctl backend add web web.1 weight 1
2> backend add: ip is missing; write: meshmod-ctl backend add SERVICE NAME ip IP [weight WEIGHT] [state up|draining|down]
= 1

$ meshmod-ctl backend set web web.1
2> backend set: nothing is named that should change; write: meshmod-ctl backend set SERVICE NAME [ip IP] [weight WEIGHT] [state up|draining|down] [gateway on|off]
= 1

$ meshmod-ctl service set web
2> service set: nothing is named that should change; write: meshmod-ctl service set NAME [publish P:T/PROTO]... [vip IP] [mark MARK] [scheduler rr] [source ingress|local]
= 1

$ meshmod-ctl node set
2> node set: nothing is named that should change; write: meshmod-ctl node set [mask MASK] [ingress IP|none]... [masquerade PREFIX|none]... [guard {IP dev DEV|none}]...
= 1

$ meshmod-ctl redirect add ip 10.11.0.12 proto tcp from 8080
2> redirect add: to is missing; write: meshmod-ctl redirect add ip IP proto tcp|udp from PORT to PORT
= 1

$ meshmod-ctl redirect add
2> redirect add: ip is missing; write: meshmod-ctl redirect add ip IP proto tcp|udp from PORT to PORT
= 1

$ meshmod-ctl service add web publish
2> service add: publish lacks its value; write: publish P:T/PROTO
= 1

$ meshmod-ctl backend set web web.1 state
2> backend set: state lacks its value; write: state up|draining|down
= 1

$ meshmod-ctl service add web vip 10.11.0.20 vip 10.11.0.21
2> service add: vip is given twice; give it once
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
2> service add: frobnicate is not a keyword; use one of: publish, vip, mark, scheduler, source
= 1

$ meshmod-ctl service add web 8080:80/tcp
2> service add: 8080:80/tcp is not a keyword; use one of: publish, vip, mark, scheduler, source
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
2> node set: dev is not a keyword; use one of: mask, ingress, masquerade, guard
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
