# Files that are too much.
# Each row shows what differs from the example; the file is told before all else.

# more backends than a service may have
$ cp data/mesh.yaml . && (for i in $(seq 1022); do echo "      b$i: {node: node01, ip: 10.11.$((i / 250 + 1)).$((i % 250 + 1)), netns: b$i}"; done) >> mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:1041:7: backend b1022 is one more than the 1024 of a service; remove some
= 1

# more services than a mesh may have
$ cp data/mesh.yaml . && (seq -f '  s%.0f: {}' 16384) >> mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:16403:3: service s16384 is one more than the 16384 of a mesh; remove some
= 1

# more ports than a container may serve
$ cp data/mesh.yaml . && (for i in $(seq 200 456); do echo "  s$i: {publish: [$(seq -s, $((i * 64)) $((i * 64 + 63)))], backends: {x: {node: node01, ip: 10.11.0.12, netns: web1}}}"; done) >> mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:275:439: ip 10.11.0.12 would serve more than 16384 ports; use several containers
= 1

# a file that is too large
$ cp data/mesh.yaml . && (head -c 16777216 /dev/zero) >> mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml: is larger than 16 MiB; a mesh file is a few kilobytes, name the right one with -f
= 1

# a value that is too long to be shown
$ cp data/mesh.yaml . && (printf 'x%.0s' $(seq 1000); echo : 1) >> mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:20:1: unknown key xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx... in the file; its keys are version, mesh, topology, offload, overlay, gateway, nodes and services
= 1

# more nodes than a mesh may have
$ (sed '/^services/,$d' data/mesh.yaml; for i in $(seq 1023); do echo "  n$i: {underlay: 192.0.$((i / 250 + 3)).$((i % 250 + 1)), ingress: 10.11.$((i / 250 + 1)).$((i % 250 + 1))}"; done) > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:1033:3: node n1023 is one more than the 1025 of a mesh; remove some
= 1

# more nodes than a container can be told of
$ (sed '/^services/,$d' data/mesh.yaml; for i in $(seq 1022); do echo "  n$i: {underlay: 192.0.$((i / 250 + 3)).$((i % 250 + 1)), ingress: 10.11.$((i / 250 + 1)).$((i % 250 + 1))}"; done; echo 'services: {web: {source: preserve}}') > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:1033:26: source preserve of service web is for a mesh of at most 1024 nodes, because its containers are told of each; write ingress, or remove nodes
= 1

# more ingress addresses than a node may have
$ sed "s/10.11.0.9/[$(seq -s, -f 10.11.9.%.0f 17)]/" data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:9:211: ingress 10.11.9.17 is one more than the 16 IPv4 addresses that a node may have; remove some
= 1

# more sources than a port may have
$ sed "s/\"8080:80.tcp\"/{port: 80, from: [$(seq -s, -f '10.%.0f.0.0\/16' 15)]}/" data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:13:206: from names more than 14 subnets; write larger ones
= 1

# more places to listen than a service may have
$ sed "s/scheduler: rr/listen: [$(seq -s, -f 192.0.2.%.0f 17)]/" data/mesh.yaml > mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:15:181: listen names more than 16 addresses and devices; write larger subnets
= 1

# more containers than a node may have
$ cp data/mesh.yaml . && (for s in 1 2 3 4; do echo "  s$s:"; echo '    backends:'; for i in $(seq 1024); do echo "      b$i: {node: node01, ip: 10.11.$((s * 8 + i / 250)).$((i % 250 + 1)), netns: n$s.$i}"; done; done) >> mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:4123:7: backend b1024 of service s4 is one more than the 4096 containers that node node01 may have; move some to another node
= 1

# more ports than a container of both families may serve
$ cp data/dual.yaml mesh.yaml && (for i in $(seq 200 328); do echo "  s$i: {publish: [$(seq -s, $((i * 64)) $((i * 64 + 63)))], backends: {x: {node: manager, ip: [10.11.0.16, 'fd00:11::10'], netns: web3}}}"; done) >> mesh.yaml
$ meshmod-ctl up --node manager -f mesh.yaml --dry-run
2> mesh.yaml:170:440: ip 10.11.0.16 would serve more than 16384 ports; use several containers
= 1
