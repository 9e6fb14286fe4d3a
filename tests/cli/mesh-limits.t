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
2> mesh.yaml:20:1: unknown key xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx... in the file; its keys are version, mesh, overlay, gateway, nodes and services
= 1
