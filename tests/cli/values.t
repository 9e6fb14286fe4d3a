# SPDX-License-Identifier: GPL-2.0
# Values of words: what each kind takes and refuses.  The format: see run.

# values: names

$ meshmod-ctl service add we/b
2> service add: we/b is not a name; use letters, digits, '.', '_' and '-' only
= 1

$ meshmod-ctl service add ''
2> service add: "" is empty; a name is 1 to 63 letters, digits, '.', '_' or '-'
= 1

$ meshmod-ctl service add 0123456789012345678901234567890123456789012345678901234567890123
2> service add: 0123456789012345678901234567890123456789012345678901234567890123 has 64 characters; a name has 63 at most
= 1

$ meshmod-ctl service add -web
2> service add: -web starts with '-', as options do; start it with a letter or a digit
= 1

$ meshmod-ctl backend del web -x
2> backend del: -x starts with '-', as options do; start it with a letter or a digit
= 1

$ meshmod-ctl backend del web 'web 1'
2> backend del: web 1 is not a name; use letters, digits, '.', '_' and '-' only
= 1

# values: ports

$ meshmod-ctl service add web publish 0808:80/tcp
2> service add: publish 0808:80/tcp has a published port that starts with a zero; write the number without it
= 1

$ meshmod-ctl service add web publish 80x0
2> service add: publish 80x0 has a published port that is not a plain decimal number; write PUBLISHED:TARGET/PROTOCOL, such as 8080:80/tcp
= 1

$ meshmod-ctl service add web publish 0
2> service add: publish 0 has a published port out of range; give a number from 1 to 65535
= 1

$ meshmod-ctl service add web publish 65536
2> service add: publish 65536 has a published port out of range; give a number from 1 to 65535
= 1

$ meshmod-ctl service add web publish 8080:65536/tcp
2> service add: publish 8080:65536/tcp has a target port out of range; give a number from 1 to 65535
= 1

$ meshmod-ctl service add web publish 8080:80/icmp
2> service add: publish 8080:80/icmp does not end in a protocol; write /tcp, /udp or /sctp after the port
= 1

$ meshmod-ctl service add web publish :80
2> service add: publish :80 lacks the published port; write PUBLISHED:TARGET/PROTOCOL, such as 8080:80/tcp
= 1

$ meshmod-ctl service add web publish 8080:
2> service add: publish 8080: lacks the target port; write PUBLISHED:TARGET/PROTOCOL, such as 8080:80/tcp
= 1

$ meshmod-ctl service add web publish ''
2> service add: publish "" lacks the published port; write PUBLISHED:TARGET/PROTOCOL, such as 8080:80/tcp
= 1

$ meshmod-ctl redirect add ip 10.11.0.12 proto tcp from 08 to 80
2> redirect add: from 08 starts with a zero; write the number without it
= 1

$ meshmod-ctl redirect add ip 10.11.0.12 proto tcp from 0 to 80
2> redirect add: from 0 is out of range; give a number from 1 to 65535
= 1

$ meshmod-ctl redirect add ip 10.11.0.12 proto tcp from 8080/tcp to 80
2> redirect add: from 8080/tcp is not a plain decimal number; give one from 1 to 65535, digits only
= 1

$ meshmod-ctl redirect add ip 10.11.0.12 proto tcp from 8080 to 99999999999999999999
2> redirect add: to 99999999999999999999 is out of range; give a number from 1 to 65535
= 1

$ meshmod-ctl redirect add ip 10.11.0.12 proto tcp from 8000- to 80
2> redirect add: from 8000- is not a range of ports; write two numbers from 1 to 65535, such as 8000-8099
= 1

$ meshmod-ctl redirect add ip 10.11.0.12 proto tcp from 8000-8x99 to 80
2> redirect add: from 8000-8x99 is not a range of ports; write two numbers from 1 to 65535, such as 8000-8099
= 1

$ meshmod-ctl redirect add ip 10.11.0.12 proto tcp from 100000000-8099 to 80
2> redirect add: from 100000000-8099 is not a range of ports; write two numbers from 1 to 65535, such as 8000-8099
= 1

$ meshmod-ctl redirect add ip 10.11.0.12 proto tcp from 8000-65536 to 80
2> redirect add: from 8000-65536 is not a range of ports; write two numbers from 1 to 65535, such as 8000-8099
= 1

$ meshmod-ctl redirect add ip 10.11.0.12 proto tcp from 1-2-3 to 80
2> redirect add: from 1-2-3 is not a range of ports; write two numbers from 1 to 65535, such as 8000-8099
= 1

$ meshmod-ctl redirect add ip 10.11.0.12 proto tcp from -80 to 80
2> redirect add: from -80 is not a plain decimal number; give one from 1 to 65535, digits only
= 1

$ meshmod-ctl redirect add ip 10.11.0.12 proto tcp from 8099-8000 to 80
2> redirect add: from 8099-8000 ends before it starts; write the lower port first
= 1

$ meshmod-ctl redirect add ip 10.11.0.12 proto tcp from 8000-8099 to 80-178
2> redirect add: from 8000-8099 and to 80-178 are not of the same length; give as many target ports, or a single one
= 1

$ meshmod-ctl redirect add ip 10.11.0.12 proto tcp from 8000 to 80-81
2> redirect add: from 8000 and to 80-81 are not of the same length; give as many target ports, or a single one
= 1

$ meshmod-ctl redirect add ip 10.11.0.12 proto TCP from 8080 to 80
2> redirect add: proto TCP is not a protocol; use tcp, udp or sctp
= 1

# values: addresses

$ meshmod-ctl service add web vip 10.11.0
2> service add: vip 10.11.0 is not an IP address; write one such as 10.11.0.4 or fd00:11::4
= 1

$ meshmod-ctl service add web vip 10.11.0.020
2> service add: vip 10.11.0.020 is not an IP address; write one such as 10.11.0.4 or fd00:11::4
= 1

$ meshmod-ctl service add web vip 10.11.0.20/16
2> service add: vip 10.11.0.20/16 has a prefix length, and one host has none; write 10.11.0.20
= 1

$ meshmod-ctl service add web vip 127.0.0.1
2> service add: vip 127.0.0.1 is a loopback address; give one that other hosts can reach
= 1

$ meshmod-ctl backend add web web.1 ip 224.0.0.1
2> backend add: ip 224.0.0.1 is a multicast address; give an address of a host
= 1

$ meshmod-ctl node set ingress 0.0.0.0
2> node set: ingress 0.0.0.0 stands for no host; give an address of a host
= 1

$ meshmod-ctl node set masquerade 172.18.0.0
2> node set: masquerade 172.18.0.0 has no prefix length; write a subnet such as 10.11.0.0/16 or fd00:11::/64
= 1

$ meshmod-ctl node set masquerade 172.18.0.1/16
2> node set: masquerade 172.18.0.1/16 is not a network address, bits are set after the prefix; write 172.18.0.0/16
= 1

$ meshmod-ctl node set masquerade 172.18.0.0/33
2> node set: masquerade 172.18.0.0/33 has a bad prefix length; write a number from 1 to 32 after the slash
= 1

$ meshmod-ctl node set guard 10.11.0.12 dev this-name-is-too-long
2> node set: dev this-name-is-too-long is not a device name; give 1 to 15 characters, such as eth0
= 1

$ meshmod-ctl node set guard 10.11.0.12 dev 'eth 0'
2> node set: dev eth 0 is not a device name; leave out blanks, slashes and colons
= 1

# values: MAC addresses

$ meshmod-ctl binding add c0a0b000c mac 02:42:0a:0b:00 ip 10.11.0.12
2> binding add: mac 02:42:0a:0b:00 is not a MAC address; write six bytes such as 02:42:0a:0b:00:0c
= 1

$ meshmod-ctl binding add c0a0b000c mac 02:42:0a:0b:00:0c:0d ip 10.11.0.12
2> binding add: mac 02:42:0a:0b:00:0c:0d is not a MAC address; write six bytes such as 02:42:0a:0b:00:0c
= 1

$ meshmod-ctl binding add c0a0b000c mac 2:42:0a:0b:00:0c ip 10.11.0.12
2> binding add: mac 2:42:0a:0b:00:0c is not a MAC address; write six bytes such as 02:42:0a:0b:00:0c
= 1

$ meshmod-ctl binding add c0a0b000c mac 02-42-0a-0b-00-0c ip 10.11.0.12
2> binding add: mac 02-42-0a-0b-00-0c is not a MAC address; write six bytes such as 02:42:0a:0b:00:0c
= 1

$ meshmod-ctl binding add c0a0b000c mac 02:42:0a:0b:00:0g ip 10.11.0.12
2> binding add: mac 02:42:0a:0b:00:0g is not a MAC address; write six bytes such as 02:42:0a:0b:00:0c
= 1

$ meshmod-ctl binding add c0a0b000c mac '' ip 10.11.0.12
2> binding add: mac "" is not a MAC address; write six bytes such as 02:42:0a:0b:00:0c
= 1

$ meshmod-ctl binding add c0a0b000c mac 33:33:00:00:00:01 ip 10.11.0.12
2> binding add: mac 33:33:00:00:00:01 is a multicast MAC address; give the one of a device
= 1

$ meshmod-ctl binding add c0a0b000c mac 00:00:00:00:00:00 ip 10.11.0.12
2> binding add: mac 00:00:00:00:00:00 stands for no device; give the MAC address of one
= 1

$ meshmod-ctl node set origin 02:42:0a:0b:00 ip 10.11.0.4
2> node set: origin 02:42:0a:0b:00 is not a MAC address; write six bytes such as 02:42:0a:0b:00:0c
= 1

$ meshmod-ctl node set origin 10.11.0.4 ip 10.11.0.4
2> node set: origin 10.11.0.4 is not a MAC address; write six bytes such as 02:42:0a:0b:00:0c
= 1

$ meshmod-ctl node set origin ff:ff:ff:ff:ff:ff ip 10.11.0.4
2> node set: origin ff:ff:ff:ff:ff:ff is a multicast MAC address; give the one of a device
= 1

$ meshmod-ctl node set origin 00:00:00:00:00:00 ip 10.11.0.4
2> node set: origin 00:00:00:00:00:00 stands for no device; give the MAC address of one
= 1

$ meshmod-ctl node set origin 02:42:0a:0b:00:04 ip 10.11.0.4/16
2> node set: ip 10.11.0.4/16 has a prefix length, and one host has none; write 10.11.0.4
= 1

$ meshmod-ctl binding show this-name-is-too-long
2> binding show: this-name-is-too-long is not a device name; give 1 to 15 characters, such as eth0
= 1

# values: numbers and choices

$ meshmod-ctl service add web refuse ignore
2> service add: refuse ignore is not a way to refuse; use reject or drop
= 1

$ meshmod-ctl node set tunnel 0 vni 1
2> node set: tunnel 0 is out of range; give a number from 1 to 65535
= 1

$ meshmod-ctl node set tunnel 4789 vni 16777216
2> node set: vni 16777216 is out of range; give a number from 0 to 16777215
= 1

$ meshmod-ctl service add web mark 0
2> service add: mark 0 is out of range; give a number from 1 to 4294967295
= 1

$ meshmod-ctl service add web mark 0x0
2> service add: mark 0x0 is out of range; give a number from 0x1 to 0xffffffff
= 1

$ meshmod-ctl service add web mark 0x
2> service add: mark 0x is not a hexadecimal number; write 0x and its digits, such as 0x100
= 1

$ meshmod-ctl service add web mark 0x1G
2> service add: mark 0x1G is not a hexadecimal number; write 0x and its digits, such as 0x100
= 1

$ meshmod-ctl service add web mark 0x100000000
2> service add: mark 0x100000000 is out of range; give a number from 0x1 to 0xffffffff
= 1

$ meshmod-ctl service add web mark 4294967296
2> service add: mark 4294967296 is out of range; give a number from 1 to 4294967295
= 1

$ meshmod-ctl service add web mark -1
2> service add: mark -1 is not a plain decimal number; give one from 1 to 4294967295, digits only
= 1

$ meshmod-ctl service add web mark 0256
2> service add: mark 0256 starts with a zero; write the number without it
= 1

$ meshmod-ctl node set mask 0xff
2> node set: mask 0xff is out of range; give a number from 0x1ff to 0xffffffff
= 1

$ meshmod-ctl node set mask 0xf0ff
2> node set: mask 0xf0ff is not one run of bits from bit 0 up; write a mask such as 0xffffff
= 1

$ meshmod-ctl backend add web web.1 ip 10.11.0.12 weight 65536
2> backend add: weight 65536 is out of range; give a number from 0 to 65535
= 1

$ meshmod-ctl backend add web web.1 ip 10.11.0.12 weight 1.5
2> backend add: weight 1.5 is not a plain decimal number; give one from 0 to 65535, digits only
= 1

$ meshmod-ctl backend set web web.1 state drained
2> backend set: state drained is not a state; use up, draining or down
= 1

$ meshmod-ctl service add web scheduler wrr
2> service add: scheduler wrr is not a scheduler; use rr
= 1

$ meshmod-ctl service add web source client
2> service add: source client is not a source; use ingress or preserve
= 1

$ meshmod-ctl backend set web web.1 gateway yes
2> backend set: gateway yes is neither on nor off; use one of them
= 1

$ meshmod-ctl node set offload none
2> node set: offload none is neither on nor off; use one of them
= 1

$ meshmod-ctl node set overlay yes
2> node set: overlay yes is neither on nor off; use one of them
= 1

$ meshmod-ctl service set web offload 1
2> service set: offload 1 is neither on nor off; use one of them
= 1

$ meshmod-ctl service add web offload OFF
2> service add: offload OFF is neither on nor off; use one of them
= 1

# clients that are one, and everyone
$ meshmod-ctl service add web publish 80 from 192.0.2.1
2> service add: from 192.0.2.1 has no prefix length; write 192.0.2.1/32
= 1

$ meshmod-ctl service add web publish 80 from ::/0
2> service add: from ::/0 is everyone; leave from out to let anyone in
= 1

$ meshmod-ctl service set web listen any
2> service set: listen any is no local address or device; leave listen out (or: listen all) for every local address
= 1

$ meshmod-ctl service add web vip 169.254.0.20
2> service add: vip 169.254.0.20 is a link-local address; give one that other hosts can reach
= 1

# an address and its port
$ meshmod-ctl flow resolve 10.11.0.4:30940 proto icmp
2> flow resolve: proto icmp is not a protocol; use tcp, udp or sctp
= 1

$ meshmod-ctl flow resolve 10.11.0.4
2> flow resolve: 10.11.0.4 lacks the port; write ADDRESS:PORT, such as 10.11.0.4:30940 or [fd00:11::4]:30940
= 1

$ meshmod-ctl flow resolve 10.11.0.4:0
2> flow resolve: 10.11.0.4:0 has a port that is not a plain number from 1 to 65535; write ADDRESS:PORT, such as 10.11.0.4:30940 or [fd00:11::4]:30940
= 1

$ meshmod-ctl flow resolve fd00:11::4:30940
2> flow resolve: fd00:11::4:30940 lacks the brackets of an IPv6 address; write ADDRESS:PORT, such as 10.11.0.4:30940 or [fd00:11::4]:30940
= 1

$ meshmod-ctl flow resolve web.1:30940
2> flow resolve: web.1:30940 is not an IP address; write one such as 10.11.0.4 or fd00:11::4
= 1

$ meshmod-ctl flow resolve '[::ffff:10.11.0.4]:30940'
2> flow resolve: [::ffff:10.11.0.4]:30940 is an IPv4 address in IPv6 form; write 10.11.0.4
= 1

$ meshmod-ctl flow resolve 127.0.0.1:30940
2> flow resolve: 127.0.0.1:30940 is a loopback address; give one that other hosts can reach
= 1

$ meshmod-ctl flow resolve help
2> flow resolve: help lacks the port; write ADDRESS:PORT, such as 10.11.0.4:30940 or [fd00:11::4]:30940
= 1
