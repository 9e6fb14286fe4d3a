# Numbers, marks and words that have a range.
# Each row shows what differs from the example; the file is told before all else.

# VNI 0
$ sed 's/4242/0/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:16: vni 0 is out of range; give a number from 1 to 16777215
= 1

# VNI too large
$ sed 's/4242/16777216/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:16: vni 16777216 is out of range; give a number from 1 to 16777215
= 1

# VNI larger than any number
$ sed 's/4242/99999999999999999999/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:16: vni 99999999999999999999 is out of range; give a number from 1 to 16777215
= 1

# VNI negative
$ sed 's/4242/-1/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:16: vni -1 is not a plain decimal number; give one from 1 to 16777215, digits only
= 1

# VNI in hexadecimal
$ sed 's/4242/0x1092/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:16: vni 0x1092 is not a plain decimal number; give one from 1 to 16777215, digits only
= 1

# VNI with underscores
$ sed 's/4242/4_242/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:16: vni 4_242 is not a plain decimal number; give one from 1 to 16777215, digits only
= 1

# VNI with a leading zero
$ sed 's/4242/04242/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:16: vni 04242 starts with a zero; write the number without it
= 1

# VNI in quotes
$ sed 's/4242/"4242"/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:16: vni 4242 is in quotes, which makes it text; write the number without them
= 1

# VNI a word
$ sed 's/4242/many/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:16: vni many is not a plain decimal number; give one from 1 to 16777215, digits only
= 1

# VNI with a fraction
$ sed 's/4242/4242.0/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:16: vni 4242.0 is not a plain decimal number; give one from 1 to 16777215, digits only
= 1

# overlay port too small
$ sed 's/4789/1023/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:28: port 1023 is out of range; give a number from 1024 to 49151
= 1

# overlay port too large
$ sed 's/4789/49152/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:28: port 49152 is out of range; give a number from 1024 to 49151
= 1

# MTU too small
$ sed 's/auto/575/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:81: mtu 575 is out of range; give a number from 576 to 65485
= 1

# MTU too large
$ sed 's/auto/65486/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:81: mtu 65486 is out of range; give a number from 576 to 65485
= 1

# MTU too small for IPv6
$ sed 's/allow:.*/mtu: 1279/' data/dual.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:8: mtu 1279 is out of range; give a number from 1280 to 65485
= 1

# MTU a word
$ sed 's/auto/big/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:81: mtu big is not a plain decimal number; give one from 576 to 65485, digits only
= 1

# mark 0
$ sed 's/scheduler: rr/mark: 0/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:15:11: mark 0 is out of range; give a number from 1 to 16777215
= 1

# mark outside of the mask
$ sed 's/scheduler: rr/mark: 16777216/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:15:11: mark 16777216 is out of range; give a number from 1 to 16777215
= 1

# mark in hexadecimal
$ sed 's/scheduler: rr/mark: 0x102/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:15:11: mark 0x102 is not a plain decimal number; give one from 1 to 16777215, digits only
= 1

# two services with one mark
$ sed 's/scheduler: rr/mark: 300/;$a \  b: {mark: 300}' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:20:13: mark 300 is already the mark of service web (line 15); give each its own
= 1

# weight too large
$ sed 's/netns: web1/&, weight: 65536/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:17:66: weight 65536 is out of range; give a number from 0 to 65535
= 1

# unknown state
$ sed 's/netns: web1/&, state: sleeping/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:17:65: state sleeping is not known; write up, draining or down
= 1

# unknown scheduler
$ sed 's/: rr/: maglev/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:15:16: scheduler maglev is not known; write rr
= 1
