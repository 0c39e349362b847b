#!/usr/bin/env bash
# Functions for the scripts that try the product on a system with nothing on it (Debian, as root).
# Sourced by try_bundle.sh and try_clean_clone.sh.

say() { printf '\n== %s\n' "$*" >&2; }
die() { printf 'failed: %s\n' "$*" >&2; exit 1; }

# need_root_and COMMAND…
need_root_and() {
  [ "$(id -u)" = 0 ] || die 'this needs root: it makes a file tree and namespaces'
  local tool
  for tool in "$@"; do
    command -v "$tool" >/dev/null || die "$tool is missing"
  done
}

# make_bare FOLDER: a minimal Debian of this system's own release; kept as an archive for next time.
make_bare() {
  local suite archive
  # shellcheck disable=SC1091  # every Debian has it
  suite=$(. /etc/os-release && printf '%s' "$VERSION_CODENAME")
  archive=build/bare-$suite.tar
  mkdir -p "$1" build
  if [ ! -e "$archive" ]; then
    say "making a minimal Debian $suite (once)"
    debootstrap --variant=minbase "$suite" "$1" >/dev/null
    rm -rf "$1"/var/cache/apt/archives/*.deb
    tar -C "$1" -cf "$archive.part" .
    mv "$archive.part" "$archive"
  else
    tar -C "$1" -xf "$archive"
  fi
  # The same mirror and keys as this system's; nothing else of it is seen inside.
  cp /etc/resolv.conf "$1/etc/resolv.conf"
  useradd --root "$(realpath "$1")" --create-home --uid 4711 --shell /bin/bash ada
}

# inside FOLDER rw|ro online|offline USER COMMAND…: run it with FOLDER as the whole file system.
# Not chroot: user namespaces, which the sandbox for code needs, are refused to a chroot.
# Offline there is only the machine's own address. With ro everything but /tmp, /run and the home
# folders is read-only.
inside() {
  local folder mode net user
  folder=$(realpath "$1") mode=$2 user=$4
  net=--net
  [ "$3" = offline ] || net=
  shift 4
  # shellcheck disable=SC2086,SC2016  # $net is a word or none; the inner shell expands the rest
  unshare --kill-child --mount --pid --fork --ipc --uts $net --mount-proc bash -euc '
    folder=$1 mode=$2 user=$3 alone=$4
    shift 4
    [ -z "$alone" ] || ip link set lo up
    mount --bind "$folder" "$folder"
    cd "$folder"
    mkdir -p proc dev/pts sys .before
    mount -t proc proc proc
    for device in null zero full random urandom tty; do
      [ -e dev/$device ] || touch dev/$device
      mount --bind /dev/$device dev/$device
    done
    mkdir -p dev/shm
    mount -t tmpfs tmpfs dev/shm
    mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
    [ -e dev/ptmx ] || touch dev/ptmx
    mount --bind dev/pts/ptmx dev/ptmx
    mount -t tmpfs tmpfs run
    if [ -n "${X_SOCKETS:-}" ]; then
      mkdir -p tmp/.X11-unix
      mount --bind "$X_SOCKETS" tmp/.X11-unix
    fi
    if [ "$mode" = ro ]; then
      mount --bind home home
      mount --bind tmp tmp
      [ -z "${X_SOCKETS:-}" ] || mount --bind "$X_SOCKETS" tmp/.X11-unix
      mount -o remount,bind,ro "$folder"
    fi
    pivot_root . .before
    cd /
    umount -l /.before
    home=/root
    [ "$user" = root ] || home=/home/$user
    exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=$home \
      USER=$user LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive ${DISPLAY_INSIDE:+DISPLAY=$DISPLAY_INSIDE} \
      setpriv --reuid "$user" --regid "$user" --init-groups --reset-env \
      env ${DISPLAY_INSIDE:+DISPLAY=$DISPLAY_INSIDE} LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
  ' inside "$folder" "$mode" "$user" "$net" "$@"
}
