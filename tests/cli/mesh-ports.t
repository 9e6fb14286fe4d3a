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

# an unknown protocol
$ sed 's/80.tcp/80\/http/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:15: publish 8080:80/http does not end in a protocol; write /tcp, /udp or /sctp after the port
= 1

# no protocol after the slash
$ sed 's/80.tcp/80\//' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:15: publish 8080:80/ does not end in a protocol; write /tcp, /udp or /sctp after the port
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

# a range that runs backwards
$ sed 's/"8080:80.tcp"/8099-8000/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:15: publish 8099-8000 has a published range that runs backwards; write the smaller port first
= 1

# a target range that runs backwards
$ sed 's/"8080:80.tcp"/80-81:91-90/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:15: publish 80-81:91-90 has a target range that runs backwards; write the smaller port first
= 1

# a target range of another length
$ sed 's/"8080:80.tcp"/8000-8099:7000-7098/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:15: publish 8000-8099:7000-7098 has a target range of another length than the published one; make both alike, or give one target port
= 1

# a target range for one port
$ sed 's/"8080:80.tcp"/80:90-91/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:15: publish 80:90-91 has a target range of another length than the published one; make both alike, or give one target port
= 1

# a target range after the last port
$ sed 's/"8080:80.tcp"/8000-8099:65500-65599/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:15: publish 8000-8099:65500-65599 has a target port out of range; give a number from 1 to 65535
= 1

# a range without an end
$ sed 's/"8080:80.tcp"/8000-/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:15: publish 8000- has a published range without an end; write both ports, such as 8000-8099
= 1

# a port in a range of the same service
$ sed 's/"8080:80.tcp"/8000-8099, 8050/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:26: service web publishes 8050/tcp, which it publishes already with 8000-8099/tcp (line 13); give one of them another port
= 1

# a range twice
$ sed 's/"8080:80.tcp"/8000-8099, 8000-8099:80/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:26: service web publishes 8000-8099/tcp twice; remove one
= 1

# a port in a range of another service
$ sed 's/8080:80.tcp/8000-8099:80\/tcp/;$a \  b: {publish: ["8050:80/tcp"]}' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:20:17: service b publishes 8050/tcp, which service web publishes already with 8000-8099/tcp (line 13); give one of them another port
= 1

# a range around a port of another service
$ sed '$a \  b: {publish: ["8000-8099/tcp"]}' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:20:17: service b publishes 8000-8099/tcp, which service web publishes already with 8080/tcp (line 13); give one of them another port
= 1

# the same range of two services
$ sed 's/8080:80.tcp/1-9\/sctp/;$a \  b: {publish: [1-9/sctp]}' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:20:17: service b publishes 1-9/sctp, which service web publishes already (line 13); give one of them another port
= 1

# a range over the port of the overlay
$ sed 's/"8080:80.tcp"/4700-4800\/udp/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:15: service web publishes 4700-4800/udp, and 4789 of these carries the overlay; publish other ports or change overlay.port
= 1

# an allowed range over another
$ sed 's/mtu: auto/allow: [9100-9110, 9105]/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:95: allow names 9105/tcp, and some of these ports already with 9100-9110/tcp (line 5); make the ranges separate
= 1

# an allowed range twice
$ sed 's/mtu: auto/allow: [9100-9110, 9100-9110]/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:95: allow names 9100-9110/tcp twice; remove one
= 1

# a source that is a host
$ sed 's/"8080:80.tcp"/{port: 80, from: 192.0.2.7}/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:32: from 192.0.2.7 has no prefix length; write 192.0.2.7/32
= 1

# a source with bits after the prefix
$ sed 's/"8080:80.tcp"/{port: 80, from: "2001:db8::1\/32"}/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:32: from 2001:db8::1/32 is not a network address, bits are set after the prefix; write 2001:db8::/32
= 1

# a source twice
$ sed 's/"8080:80.tcp"/{port: 80, from: [192.0.2.0\/24, 192.0.2.0\/24]}/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:47: from names 192.0.2.0/24 twice; remove one
= 1

# no source
$ sed 's/"8080:80.tcp"/{port: 80, from: []}/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:32: from is an empty list; give it one value at least, or remove the key
= 1

# a source that is a word
$ sed 's/"8080:80.tcp"/{port: 80, from: lan\/8}/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:32: from lan/8 is not an IP subnet; write one such as 10.11.0.0/16 or fd00:11::/64
= 1

# everyone as a source
$ for f in 0.0.0.0/0 ::/0; do sed "s|.8080:80/tcp.|{port: 80, from: '$f'}|" data/mesh.yaml > mesh.yaml; meshmod-ctl up --node manager -f mesh.yaml --dry-run; done
2> mesh.yaml:13:32: from 0.0.0.0/0 is everyone; leave from out to let anyone in
2> mesh.yaml:13:32: from ::/0 is everyone; leave from out to let anyone in
= 1

# no way from a node to the overlay
$ sed 's/172.18.0.0.16, sandbox: 172.18.0.2/"fd00:18::\/64"/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:14: service web can be reached over no node, because overlay.subnet is IPv4 alone and gateway.subnet IPv6; add an IPv4 subnet to gateway.subnet
= 1

# the same, with a VIP alone
$ sed '/publish/d;s/172.18.0.0.16, sandbox: 172.18.0.2/"fd00:18::\/64"/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:10: service web can be reached over no node, because overlay.subnet is IPv4 alone and gateway.subnet IPv6; add an IPv4 subnet to gateway.subnet
= 1
