# Keys that are unknown, missing or there twice, and values of a wrong type.
# Each row shows what differs from the example; the file is told before all else.

# another version
$ sed 's/version: 1/version: 2/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:3:10: version 2 is not known to this meshmod-ctl; write version: 1
= 1

# a version in quotes
$ sed 's/version: 1/version: "1"/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:3:10: version 1 is in quotes, which makes it text; write the number without them
= 1

# no version
$ sed '/^version/d' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:3:1: the file has no version; add it, such as "version: 1"
= 1

# no mesh name
$ sed '/^mesh/d' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:3:1: the file has no mesh; add it, such as "mesh: ingress"
= 1

# no overlay
$ sed '/^overlay/d' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:3:1: the file has no overlay; add it, such as "overlay: {vni: 4242, subnet: 10.11.0.0/16, gateway: 10.11.0.2}"
= 1

# no nodes
$ sed '/^nodes/,/node02/d' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:3:1: the file has no nodes; add it, such as "nodes: {manager: {underlay: 192.0.2.10, ingress: 10.11.0.4}}"
= 1

# nodes without one
$ sed '/^  [mn][ao][nd]/d;s/^nodes:/nodes: {}/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:7:8: nodes is empty; name one node at least
= 1

# a key mistyped
$ sed 's/^services/servcies/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:11:1: unknown key servcies in the file; did you mean services?
= 1

# a key in capitals
$ sed 's/vni:/VNI:/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:11: unknown key VNI in overlay; did you mean vni?
= 1

# a key far from any
$ sed 's/mtu:/speed:/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:76: unknown key speed in overlay; its keys are vni, port, subnet, gateway, mtu and allow
= 1

# an unknown key of the gateway
$ sed 's/bridge:/device:/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:6:11: unknown key device in gateway; its keys are bridge, subnet, address and sandbox
= 1

# an unknown key of a node
$ sed 's/ingress: 10.11.0.4/egress: 10.11.0.4/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:8:35: unknown key egress in node manager; did you mean ingress?
= 1

# an unknown key of a service
$ sed 's/vip:/address:/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:14:5: unknown key address in service web; its keys are publish, listen, refuse, vip, mark, scheduler, source, offload and backends
= 1

# an unknown key of a backend
$ sed 's/netns: web1/namespace: web1/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:17:45: unknown key namespace in backend web.1 of service web; its keys are node, ip, netns, weight, state and gateway
= 1

# a key twice
$ sed 's/mtu: auto/vni: 1/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:76: key vni is given twice in overlay; keep one of them
= 1

# a section twice
$ sed '$a mesh: again' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:20:1: key mesh is given twice in the file; keep one of them
= 1

# a node twice
$ sed 's/node02:/node01:/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:10:3: node node01 is already there (line 9); rename or remove one of them
= 1

# a service twice
$ sed '$a \  web: {}' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:20:3: service web is already there (line 12); rename or remove one of them
= 1

# a backend twice
$ sed 's/web.2:/web.1:/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:18:7: backend web.1 of service web is already there (line 17); rename or remove one of them
= 1

# no VNI
$ sed 's/vni: 4242, //' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:10: overlay has no vni; add it, such as "vni: 4242"
= 1

# no overlay subnet
$ sed 's/subnet: 10.11.0.0.16, //' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:10: overlay has no subnet; add it, such as "subnet: 10.11.0.0/16"
= 1

# no overlay gateway
$ sed 's/ gateway: 10.11.0.2,//' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:10: overlay has no gateway; add it, such as "gateway: 10.11.0.2"
= 1

# no underlay
$ sed 's/underlay: 192.0.2.11, //' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:11: node node01 has no underlay; add it, such as "underlay: 192.0.2.10"
= 1

# no ingress
$ sed 's/, ingress: 10.11.0.9//' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:11: node node01 has no ingress; add it, such as "ingress: 10.11.0.4"
= 1

# no namespace
$ sed 's/, netns: web2//' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:18:14: backend web.2 of service web has no netns; add it, such as "netns: web1"
= 1

# no address
$ sed 's/ip: 10.11.0.13, //' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:18:14: backend web.2 of service web has no ip; add it, such as "ip: 10.11.0.12"
= 1

# no node of a backend
$ sed 's/node: node02,  *//' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:18:14: backend web.2 of service web has no node; add it, such as "node: node01"
= 1

# a value left out
$ sed 's/vni: 4242/vni:/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:14: not YAML: found unexpected ':'; check indentation, brackets, colons and quotes here and just before
= 1

# a value left out at the end of a line
$ sed 's/scheduler: rr/scheduler:/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:15:15: scheduler has no value; give it one value, or remove the key
= 1

# a null value
$ sed 's/4242/null/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:16: vni has no value; give it one value, or remove the key
= 1

# a section left empty
$ sed '/backends/q' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:16:14: backends has no value; write a mapping, one "key: value" per line, or remove the key
= 1

# a list where a value belongs
$ sed 's/4242/[4242]/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:16: vni is a list; give it one value
= 1

# a value where a list belongs
$ sed 's/\["8080:80.tcp"\]/8080:80/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:14: publish is a single value; write a list such as ["8080:80/tcp"]
= 1

# a value where a mapping belongs
$ sed 's/node01: {.*/node01: 192.0.2.11/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:11: node node01 is a single value; write a mapping, one "key: value" per line
= 1

# a list where a mapping belongs
$ sed 's/^nodes:/nodes: []/;/^  [mn][ao][nd]/d' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:7:8: nodes is a list; write a mapping, one "key: value" per line
= 1

# a mapping in a list of ports
$ sed 's/"8080:80.tcp"/8080: 80/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:15: unknown key 8080 in an entry of publish; its keys are port and from
= 1

# an entry of publish without a port
$ sed 's/"8080:80.tcp"/{from: 192.0.2.0\/24}/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:15: an entry of publish has no port; add it, such as "port: 8080:80/tcp"
= 1

# an entry of publish with another key
$ sed 's/"8080:80.tcp"/{port: 80, form: 192.0.2.0\/24}/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:26: unknown key form in an entry of publish; did you mean from?
= 1

# a port that is a list
$ sed 's/"8080:80.tcp"/{port: [80, 81]}/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:22: an entry of publish is a list; give it one value
= 1

# a policy that is unknown
$ sed 's/scheduler: rr/refuse: ignore/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:15:13: refuse ignore is not known; write reject or drop
= 1

# a source that is unknown
$ sed 's/scheduler: rr/source: client/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:15:13: source client is not known; write ingress or preserve
= 1

# a source in capitals, in JSON
$ sed 's/"scheduler": "rr"/"source": "Preserve"/' data/mesh.json > mesh.json
$ meshmod-ctl up --node manager -f mesh.json --dry-run
2> mesh.json:15:14: source Preserve is not known; write ingress or preserve
= 1

# a source mistyped
$ sed 's/scheduler: rr/sorce: preserve/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:15:5: unknown key sorce in service web; did you mean source?
= 1

# a source without a value
$ sed 's/scheduler: rr/source:/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:15:12: source has no value; give it one value, or remove the key
= 1

# a source that is a list
$ sed 's/scheduler: rr/source: [preserve]/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:15:13: source is a list; give it one value
= 1

# a source of the whole mesh, and of a backend
$ sed '/^gateway/i source: preserve' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:6:1: unknown key source in the file; its keys are version, mesh, topology, offload, overlay, gateway, nodes and services
= 1

$ sed 's/netns: web1/&, source: preserve/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:17:58: unknown key source in backend web.1 of service web; its keys are node, ip, netns, weight, state and gateway
= 1

# offload is another word
$ sed 's/scheduler: rr/offload: no/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:15:14: offload no is not known; write off or on
= 1

# offload in capitals, of the mesh
$ sed '/^gateway/i offload: Off' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:6:10: offload Off is not known; write off or on
= 1

# offload is true, in JSON
$ sed 's/"mesh": "ingress"/&, "offload": true/' data/mesh.json > mesh.json
$ meshmod-ctl up --node manager -f mesh.json --dry-run
2> mesh.json:3:32: offload true is not known; write off or on
= 1

# offload has no value
$ sed '/^gateway/i offload:' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:6:9: offload has no value; give it one value, or remove the key
= 1

# offload is a list
$ sed 's/scheduler: rr/offload: [on]/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:15:14: offload is a list; give it one value
= 1

# offload twice
$ sed 's/scheduler: rr/{offload: on, offload: off}/;s/^    {\(.*\), \(.*\)}/    \1\n    \2/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:16:5: key offload is given twice in service web; keep one of them
= 1

# offload of a backend
$ sed 's/netns: web1/&, offload: off/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:17:58: unknown key offload in backend web.1 of service web; its keys are node, ip, netns, weight, state and gateway
= 1

# listen is a mapping
$ sed 's/scheduler: rr/listen: {dev: eth0}/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:15:13: listen is a mapping; give it one value
= 1

# gateway is a mapping
$ sed 's/netns: web1/&, gateway: {ip: 172.18.0.9}/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:17:67: gateway is a mapping; give it one value
= 1

# a gateway list with a word
$ sed 's/netns: web1/&, gateway: [off]/' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:17:68: gateway off is not an IP address; write one such as 10.11.0.4 or fd00:11::4
= 1

# a topology that there is not
$ sed '/^mesh/a topology: flta' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:11: topology flta is not known; write sandbox or flat
= 1

# two topologies
$ sed '/^mesh/a topology: [flat, sandbox]' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:11: topology is a list; give it one value
= 1

# a topology without a value
$ sed '/^mesh/a topology:' data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:5:10: topology has no value; give it one value, or remove the key
= 1

# a topology twice
$ sed '/^mesh/a topology: flat' data/mesh.yaml > mesh.yaml && echo 'topology: flat' >> mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:21:1: key topology is given twice in the file; keep one of them
= 1
