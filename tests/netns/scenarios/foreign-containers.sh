# SPDX-License-Identifier: GPL-2.0
# shellcheck shell=sh disable=SC2154 # lib.sh sets what is used here
# Containers that others make, with no name in /run/netns: by an unprivileged user
# in a user namespace of his own, by an engine as root, and by one without root.
# They hold a server and nothing of ours; all that they need is done from the node.
# The engine is podman where there is one, or else crun, which podman starts too.

machines client node01 node02 manager
engine=$(command -v podman > /dev/null && echo podman || echo crun)
echo "# by unshare, and by $engine as root and as nobody"
chmod 755 "$T"
for dir in bin dev etc proc run sys tmp; do
	mkdir -p "$T/fs/$dir"
done
cp /bin/busybox "$MESHMOD_BIN/peer" "$T/fs/bin"
chmod 755 "$T/fs/bin"/*

serves() {	# FOLDER NAME: what runs in the container, by all three protocols
	for port in 'tcp 80' 'udp 53' 'sctp 90'; do
		printf '%s ' "$1/peer serve $2 $port || exit;"
	done
}
# What is in a network namespace ends with the scenario, in whatever namespace of
# processes it is; and the engine's own processes.
ours() {	# PID
	netns=$(stat -Lc %i "/proc/$1/ns/net")
	stat -Lc '%i %n' /proc/[0-9]*/ns/net 2> /dev/null |
		sed -n "s/^$netns \/proc\/\([0-9]*\).*/\1/p" >> "$T/pids"
}
by_unshare() {	# NODE NAME
	pid=$(first 1 on "$1" peer nobody unshare -U -r -n \
		sh -c "$(serves "$T/fs/bin" "$2")")
	ours "$pid"
}

# The engine keeps all in $T/USER.
as() {		# NODE root|nobody COMMAND...
	node=$1 user=$2
	shift 2
	set -- env "HOME=$T/$user" "XDG_RUNTIME_DIR=$T/$user" "TMPDIR=$T/$user" "$@"
	[ "$user" = root ] || set -- peer nobody "$@"
	on "$node" "$@"
}
podman() {	# NODE USER ...
	node=$1 user=$2
	shift 2
	as "$node" "$user" podman --root "$T/$user/storage" \
		--runroot "$T/$user/run" --tmpdir "$T/$user/tmp" \
		--storage-driver vfs --cgroup-manager cgroupfs \
		--events-backend none --log-level error "$@"
}
# User Mode Linux has no namespaces of processes, no limit of their number and no
# filter of devices.
podman_runs() {	# NODE USER NAME
	set -- "$@" --network none --pid host --pids-limit 0 --log-driver none
	[ "$2" != root ] || set -- "$@" --privileged
	node=$1 user=$2 name=$3
	shift 3
	must podman "$node" "$user" run -d --name "$name" "$@" --rootfs \
		"$T/$user/fs" /bin/busybox sh -c \
		"$(serves /bin "$name")exec /bin/busybox sleep 100000"
	for what in Pid ConmonPid; do
		podman "$node" "$user" inspect -f "{{.State.$what}}" "$name"
	done > "$T/$name.pids"
	cat "$T/$name.pids" >> "$T/pids"
	# A process that holds its user namespace; the number has no end of line.
	[ "$user" = root ] || awk 1 "$T/$user/tmp/pause.pid" >> "$T/pids"
	read -r pid < "$T/$name.pids"
}
crun_runs() {	# NODE USER NAME
	node=$1 user=$2 name=$3
	map='[{"containerID": 0, "hostID": 65534, "size": 1}]'
	[ "$user" = root ] || set -- '{"type": "user"},' \
		"\"uidMappings\": $map, \"gidMappings\": $map,"
	[ "$user" != root ] || set -- '' ''
	cat > "$T/$user/config.json" <<-J
	{"ociVersion": "1.0.0",
	 "process": {"cwd": "/", "user": {"uid": 0, "gid": 0}, "env": ["PATH=/bin"],
	  "args": ["/bin/busybox", "sh", "-c",
	   "$(serves /bin "$name")exec /bin/busybox sleep 100000"],
	  "capabilities": {"bounding": ["CAP_NET_BIND_SERVICE"],
	   "effective": ["CAP_NET_BIND_SERVICE"],
	   "permitted": ["CAP_NET_BIND_SERVICE"]}},
	 "root": {"path": "fs"},
	 "mounts": [{"destination": "/proc", "type": "proc", "source": "proc"},
	  {"destination": "/dev", "type": "tmpfs", "source": "tmpfs"}],
	 "linux": {$2
	  "namespaces": [$1 {"type": "network"}, {"type": "pid"},
	   {"type": "ipc"}, {"type": "uts"}, {"type": "mount"}]}}
	J
	# The root file system of a machine is none that it could change for another.
	must as "$node" "$user" crun --root "$T/$user/run" --cgroup-manager disabled \
		run -d --no-pivot -b "$T/$user" --pid-file "$T/$user/pid" "$name"
	read -r pid < "$T/$user/pid"
}
by_engine() {	# NODE USER NAME: its first process is $pid
	mkdir "$T/$2"
	cp -r "$T/fs" "$T/$2/fs"
	[ "$2" = root ] || chown -R 65534:65534 "$T/$2"
	must on "$1" mount -t cgroup2 none /sys/fs/cgroup
	"${engine}_runs" "$@"
	ours "$pid"
}

by_unshare node01 web.1
pid1=$pid
by_engine node02 root web.2
pid2=$pid
by_engine manager nobody web.3
pid3=$pid

user_of() {	# PID: who owns its network namespace; and is it that of all?
	stat -c %u "/proc/$1"
	if [ "$(readlink "/proc/$1/ns/user")" = "$(readlink /proc/self/ns/user)" ]; then
		echo privileged
	else
		echo unprivileged
	fi
}
for pid in $pid1 $pid3; do
	expect 'a container of nobody' '65534
unprivileged' user_of "$pid"
done
expect 'and one of root' '0
privileged' user_of "$pid2"

three_file <<-M
  web:
    source: preserve
    publish: ["8080:80/tcp", "5353:53/udp", "9000:90/sctp"]
    vip: [10.11.0.20, "fd00:11::20"]
    backends:
      web.1: {node: node01, ip: [10.11.0.12, "fd00:11::c"], netns: "$pid1"}
      web.2: {node: node02, ip: [10.11.0.13, "fd00:11::d"], netns: "$pid2"}
      web.3: {node: manager, ip: [10.11.0.16, "fd00:11::10"], netns: /proc/$pid3/ns/net}
M
for m in $nodes; do
	holds "$m: up" on "$m" meshmod-ctl up --node "$m" -f "$T/mesh.yaml"
done
for m in $nodes; do
	expect "$m: apply finds them again" 'nothing to change' \
		on "$m" meshmod-ctl apply --node "$m" -f "$T/mesh.yaml"
done

seen() {	# PROTO ADDRESS PORT: whom each of them sees
	on client peer ask -n 3 "$@" | cut -d ' ' -f 1,2 | sort
}
for m in $nodes; do
	for family in 4 6; do
		from=$(address client $family) to=$(address "$m" $family)
		for proto in 'tcp 8080' 'udp 5353' 'sctp 9000'; do
			# shellcheck disable=SC2086 # words
			expect "$to, $proto: all of them, as the client itself" \
				"web.1 $from
web.2 $from
web.3 $from" seen ${proto% *} "$to" ${proto#* }
		done
	done
done
for at in "node01 $pid1" "node02 $pid2" "manager $pid3"; do
	expect "${at% *}: the container asks the VIP, by the ingress address" \
		"$(ingress_of "${at% *}")" \
		who "${at% *}" "/proc/${at#* }/ns/net" tcp 10.11.0.20 8080
done

# --- who is root in there is nobody here

as_its_root() {	# COMMAND...: in the node's namespace, as root of the container's
	on node01 nsenter -t "$pid1" -U --preserve-credentials "$@"
}
expect 'its root may not read what the node has' \
	'no permission: this needs CAP_NET_ADMIN over the network namespace; run it as root' \
	as_its_root meshmod-ctl service list
holds 'which root may' on node01 meshmod-ctl service list

# --- and all of it goes

inside() {	# COMMAND...: in all three
	in_ node01 "/proc/$pid1/ns/net" "$@"
	in_ node02 "/proc/$pid2/ns/net" "$@"
	in_ manager "/proc/$pid3/ns/net" "$@"
}
left() {
	inside ip -o link | grep ': eth'
	inside ip rule | grep 32800
	inside ip -6 rule | grep 32800
	inside meshmod-ctl redirect list
	inside meshmod-ctl -d node show
	inside cat /proc/sys/net/sctp/addr_scope_policy
}
expect 'meanwhile SCTP says nothing of private addresses' '2
2
2' inside cat /proc/sys/net/sctp/addr_scope_policy
for m in $nodes; do
	holds "$m: down" on "$m" meshmod-ctl down
done
none='node mask 0x00ffffff offload on overlay off'
expect 'nothing is left in them' "$none
$none
$none
1
1
1" left
still_run() {
	running "$pid1" && running "$pid2" && running "$pid3"
}
holds 'they run as before' still_run
for m in $nodes; do
	up "$m" "$T/mesh.yaml"
done
expect 'and can be had again' "web.1 192.0.2.1
web.2 192.0.2.1
web.3 192.0.2.1" seen tcp 192.0.2.10 8080
