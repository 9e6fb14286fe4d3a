# Published and allowed ports.
# Each row shows what differs from the example; the file is told before all else.

# port 0
$ sed 's/8080:80/0:80/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:15: publish 0:80/tcp has a published port out of range; give a number from 1 to 65535
= 1

# port too large
$ sed 's/8080:80/65536:80/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:15: publish 65536:80/tcp has a published port out of range; give a number from 1 to 65535
= 1

# target 0
$ sed 's/8080:80/8080:0/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:15: publish 8080:0/tcp has a target port out of range; give a number from 1 to 65535
= 1

# target too large
$ sed 's/8080:80/8080:65536/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:15: publish 8080:65536/tcp has a target port out of range; give a number from 1 to 65535
= 1

# no published port
$ sed 's/8080:80/:80/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:15: publish :80/tcp lacks the published port; write PUBLISHED:TARGET/PROTOCOL, such as 8080:80/tcp
= 1

# no target port
$ sed 's/8080:80/8080:/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:15: publish 8080:/tcp lacks the target port; write PUBLISHED:TARGET/PROTOCOL, such as 8080:80/tcp
= 1

# a port with a leading zero
$ sed 's/8080:80/08080:80/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:15: publish 08080:80/tcp has a published port that starts with a zero; write the number without it
= 1

# a port with junk
$ sed 's/8080:80/80x0:80/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:15: publish 80x0:80/tcp has a published port that is not a plain decimal number; write PUBLISHED:TARGET/PROTOCOL, such as 8080:80/tcp
= 1

# three ports
$ sed 's/8080:80/1:2:3/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:15: publish 1:2:3/tcp has a target port that is not a plain decimal number; write PUBLISHED:TARGET/PROTOCOL, such as 8080:80/tcp
= 1

# an empty port
$ sed 's/8080:80.tcp//' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:15: publish "" lacks the published port; write PUBLISHED:TARGET/PROTOCOL, such as 8080:80/tcp
= 1

# sctp
$ sed 's/80.tcp/80\/sctp/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:15: publish 8080:80/sctp asks for sctp, which this version does not carry; use tcp or udp
= 1

# an unknown protocol
$ sed 's/80.tcp/80\/http/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:15: publish 8080:80/http does not end in a protocol; write /tcp or /udp after the port
= 1

# no protocol after the slash
$ sed 's/80.tcp/80\//' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:15: publish 8080:80/ does not end in a protocol; write /tcp or /udp after the port
= 1

# a port published twice by a service
$ sed 's/"8080:80.tcp"/8080:80, 8080:81/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:24: service web publishes 8080/tcp twice; remove one
= 1

# two services on one port
$ sed '$a \  b: {publish: ["8080:8000/tcp"]}' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:20:17: service b publishes 8080/tcp, which service web publishes already (line 13); give one of them another port
= 1

# the port of the overlay itself
$ sed 's/"8080:80.tcp"/4789\/udp/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:15: service web publishes 4789/udp, which carries the overlay; publish another port or change overlay.port
= 1

# more ports than a service may have
$ sed 's/"8080:80.tcp"/1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31,32,33,34,35,36,37,38,39,40,41,42,43,44,45,46,47,48,49,50,51,52,53,54,55,56,57,58,59,60,61,62,63,64,65/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:198: service web publishes more than 64 ports; move some to another service
= 1

# an allowed port twice
$ sed 's/mtu: auto/allow: [9100, 9100\/tcp]/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:90: allow names 9100/tcp twice; remove one
= 1

# all and more is allowed
$ sed 's/mtu: auto/allow: [9100, all]/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:90: allow all includes every port; remove it or the other entries
= 1

# an allowed port with a target
$ sed 's/mtu: auto/allow: ["9100:91"]/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:84: allow 9100:91 names two ports; write one, such as 9100/tcp
= 1

# an allowed port out of range
$ sed 's/mtu: auto/allow: [70000]/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:84: allow 70000 has a published port out of range; give a number from 1 to 65535
= 1

# allow is no list
$ sed 's/mtu: auto/allow: all/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:83: allow is a single value; write a list such as ["9100/tcp"] or [all]
= 1
