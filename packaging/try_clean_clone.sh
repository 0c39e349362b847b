#!/usr/bin/env bash
# Proves that what README calls "needed" is all that is needed: clones this repository into a minimal
# Debian with only those packages, and runs make there. As root on Debian; the network inside is for
# package registries.
#
#   packaging/try_clean_clone.sh                    make test, whole (an hour and more)
#   packaging/try_clean_clone.sh setup 'TESTS…'     make setup, and these tests
#   packaging/try_clean_clone.sh setup              make setup, and tests of every room that are quick
#
# PIP_SETTINGS names a pip.conf to use inside, where the registry is not pypi.org; CERTIFICATES a file
# of certificates to trust inside, where a proxy has its own; WHEELS a folder of wheels to take
# instead of building them (llama.cpp takes five minutes on two idle cores).
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=packaging/bare_root.sh
. packaging/bare_root.sh
need_root_and debootstrap unshare pivot_root setpriv git
quick='tests/structure/test_structure.py tests/core tests/packages tests/engine/test_gguf_header.py
  tests/cli/test_cli_open.py tests/gui/test_gui_app.py'

# The packages of README's line "Needed", on Debian; make setup adds Qt's libraries itself.
packages=$(sed -n 's/^    apt-get install \(.*\)$/\1/p' README.md | head -n 1)
[ -n "$packages" ] || die 'README.md names no Debian packages (a line "    apt-get install …")'

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
make_bare "$root"
[ -z "${PIP_SETTINGS:-}" ] || cp "$PIP_SETTINGS" "$root/etc/pip.conf"
if [ -n "${WHEELS:-}" ]; then
  cp -r "$WHEELS" "$root/root/wheels"
  [ -e "$root/etc/pip.conf" ] || echo '[global]' >"$root/etc/pip.conf"
  echo 'find-links = /root/wheels' >>"$root/etc/pip.conf"
fi

say "a clone of $(git rev-parse --short HEAD), and $packages"
git bundle create -q "$root/root/repository.bundle" HEAD
# shellcheck disable=SC2016  # the inner shell expands it
inside "$root" rw online root bash -euc '
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends ca-certificates $1 >/dev/null
' install "$packages"
[ -z "${CERTIFICATES:-}" ] || cp "$CERTIFICATES" "$root/etc/ssl/certs/ca-certificates.crt"
inside "$root" rw online root bash -euc '
  git clone -q /root/repository.bundle /root/workbench
  rm /root/repository.bundle
'

begin=$SECONDS
if [ "${1:-}" = setup ]; then
  say 'make setup'
  inside "$root" rw online root bash -euc 'cd ~/workbench && make setup'
  printf 'make setup took %d s\n' $((SECONDS - begin))
  say 'tests'
  # shellcheck disable=SC2016
  inside "$root" rw online root bash -euc '
    cd ~/workbench
    .venv/bin/python -m workbench doctor
    QT_QPA_PLATFORM=offscreen .venv/bin/python -m pytest -q -n 0 -m "not timing and not bench and not consumer" $1
  ' tests "${2:-$(printf '%s' "$quick" | tr '\n' ' ')}"
else
  say 'make test'
  inside "$root" rw online root bash -euc 'cd ~/workbench && make test'
fi
printf 'passed after %d s; the tree holds %s MB\n' $((SECONDS - begin)) "$(du -sm "$root" | cut -f1)"
