#!/usr/bin/env bash
# Proves that a newcomer's machine is enough: a bare Debian 12 root made by debootstrap, the
# committed tree cloned into it, then `./run demo --once` and `./run test` inside.
#
# usage: sudo tools/fresh_machine.sh [--keep] [FOLDER]
#
# FOLDER (default: a new one below /var/tmp) needs some 8 GB. It is removed at the end, unless
# --keep is given. Packages come from where this machine's apt gets them: its sources, keys and
# settings are copied in. Needs root, debootstrap and git. Run on demand; takes up to an hour.
set -euo pipefail

arguments=("$@")
keep=no
if [[ ${1:-} == --keep ]]; then
  keep=yes
  shift
fi
tree=$(cd "$(dirname "$0")/.." && pwd)
root=${1:-}

need() {
  command -v "$1" > /dev/null || {
    echo "please install $1" >&2
    exit 4
  }
}
if [[ $(id -u) -ne 0 ]]; then
  echo "mounting and changing root need root" >&2
  exit 4
fi
need debootstrap
need git
# In a mount namespace of its own, so that no mount made here is ever seen outside.
if [[ -z ${OVILLO_OWN_MOUNTS:-} ]]; then
  OVILLO_OWN_MOUNTS=1 exec unshare --mount --propagation private "$0" "${arguments[@]}"
fi
if [[ -z $root ]]; then root=$(mktemp -d /var/tmp/ovillo-fresh-XXXXXX); fi
mkdir -p "$root"
root=$(cd "$root" && pwd)

# The mounts go first and one by one: nothing is removed while a mount of this machine is below.
leave() {
  local mount
  for mount in dev/shm dev/pts dev sys proc; do
    if mountpoint -q "$root/$mount"; then umount "$root/$mount" || umount -l "$root/$mount"; fi
  done
  if [[ $keep == no ]] && ! grep -q " $root/" /proc/mounts; then rm -rf --one-file-system "$root"; fi
}
trap leave EXIT

say() { printf '\n== %s\n' "$*"; }

# The first mirror of this machine's apt, whichever way its sources are written.
mirror() {
  cat /etc/apt/sources.list /etc/apt/sources.list.d/*.{list,sources} 2> /dev/null |
    sed -nE -e 's/^URIs: *([^ ]+).*/\1/p' -e 's/^deb +(\[[^]]*\] +)?([^ ]+).*/\2/p' |
    sed -n '/security/!{p;q}' || true
}

make_root() {
  local from proxy
  from=$(mirror)
  if [[ -z $from ]]; then
    echo "apt on this machine has no source to build from" >&2
    exit 4
  fi
  proxy=$(apt-config shell p Acquire::http::Proxy | sed -nE "s/^p='(.*)'$/\1/p")
  if [[ -n $proxy ]]; then export http_proxy=$proxy; fi
  debootstrap --variant=minbase --include=ca-certificates bookworm "$root" "$from"
  # The sources, keys and settings of this machine, as they are.
  rm -f "$root/etc/apt/sources.list"
  cp -a /etc/apt/sources.list /etc/apt/sources.list.d /etc/apt/trusted.gpg.d /etc/apt/keyrings \
    /etc/apt/apt.conf.d /etc/apt/auth.conf.d "$root/etc/apt/" 2> /dev/null || true
  if [[ -d /usr/local/share/ca-certificates ]]; then
    cp -a /usr/local/share/ca-certificates/. "$root/usr/local/share/ca-certificates/"
  fi
  cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
}

mount_root() {
  mount -t proc proc "$root/proc"
  mount -t sysfs -o ro sys "$root/sys"
  mount --bind /dev "$root/dev"
  mount -t devpts devpts "$root/dev/pts" -o newinstance,ptmxmode=0666 || true
  mount -t tmpfs tmpfs "$root/dev/shm"
}

# A bare environment: what this shell has set must not help.
inside() {
  chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
    ${http_proxy:+http_proxy="$http_proxy"} /bin/bash -euo pipefail -c "$1"
}

timed() {
  local started=$SECONDS
  say "$1"
  inside "cd /root/ovillo && $1"
  printf '== %s: %s min %s s\n' "$1" "$(((SECONDS - started) / 60))" "$(((SECONDS - started) % 60))"
}

say "a bare Debian 12 in $root"
make_root
git clone --quiet --no-hardlinks "$tree" "$root/root/ovillo"
mount_root
if [[ -d $root/usr/local/share/ca-certificates ]]; then inside update-ca-certificates > /dev/null; fi
timed "./run demo --once"
timed "./run test"
say "the fresh machine did both"
