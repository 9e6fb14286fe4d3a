# SPDX-License-Identifier: GPL-2.0
# binding, with the module.  The format: see ../run.

$ meshmod-ctl binding list
= 0

$ meshmod-ctl -j binding list
1> {"bindings":[]}
= 0

$ meshmod-ctl binding add mg0a0b000d mac 02:42:AC:12:00:0d ip 172.18.0.13
= 0

$ meshmod-ctl binding add c0a0b000c mac 02:42:0a:0b:00:0c ip 10.11.0.12 ip fd00:11::c
= 0

$ meshmod-ctl binding list
1> binding c0a0b000c mac 02:42:0a:0b:00:0c ip 10.11.0.12 ip fd00:11::c
1> binding mg0a0b000d mac 02:42:ac:12:00:0d ip 172.18.0.13
= 0

$ meshmod-ctl binding show mg0a0b000d
1> binding mg0a0b000d mac 02:42:ac:12:00:0d ip 172.18.0.13
= 0

$ meshmod-ctl -p binding list
1> {
1>     "bindings": [
1>         {
1>             "dev": "c0a0b000c",
1>             "mac": "02:42:0a:0b:00:0c",
1>             "ip": [
1>                 "10.11.0.12",
1>                 "fd00:11::c"
1>             ]
1>         },
1>         {
1>             "dev": "mg0a0b000d",
1>             "mac": "02:42:ac:12:00:0d",
1>             "ip": "172.18.0.13"
1>         }
1>     ]
1> }
= 0

$ meshmod-ctl binding add c0a0b000c mac 02:42:0a:0b:00:0c ip 10.11.0.12
2> binding c0a0b000c: this device is bound already; change or delete that binding
= 2

$ meshmod-ctl binding set c0a0b000c mac 02:42:0a:0b:00:0e ip 10.11.0.14
= 0

$ meshmod-ctl -j binding show c0a0b000c
1> {"bindings":[{"dev":"c0a0b000c","mac":"02:42:0a:0b:00:0e","ip":"10.11.0.14"}]}
= 0

$ meshmod-ctl binding set nope mac 02:42:0a:0b:00:0e ip 10.11.0.14
2> binding nope: this device is not bound; list the bindings
= 2

$ meshmod-ctl binding show nope
2> binding nope: this device is not bound; list the bindings
= 2

$ meshmod-ctl binding del c0a0b000c
= 0

$ meshmod-ctl binding del c0a0b000c
2> binding c0a0b000c: this device is not bound; list the bindings
= 2

$ meshmod-ctl binding del mg0a0b000d
= 0

$ meshmod-ctl binding list
= 0
