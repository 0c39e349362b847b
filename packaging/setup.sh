#!/usr/bin/env bash
# Makes .venv with everything the workbench needs: `packaging/setup.sh run` or `… test`.
# Called by make; does nothing when pyproject.toml and this file have not changed since.
set -euo pipefail
cd "$(dirname "$0")/.."
purpose=${1:-run}
venv=.venv
stamp=$venv/.setup-$(cat pyproject.toml packaging/setup.sh | cksum | tr -d ' ')

say() { printf 'setup: %s\n' "$*" >&2; }
die() { printf 'setup: %s\n' "$*" >&2; exit 1; }

find_python() {
  for name in ${PYTHON:-} python3.12 python3.13 python3.11 python3; do
    command -v "$name" >/dev/null 2>&1 || continue
    "$name" -c 'import sys; raise SystemExit(not (3, 11) <= sys.version_info[:2] < (3, 15))' \
      2>/dev/null || continue
    printf '%s\n' "$name"
    return
  done
  die 'Python 3.11 or newer is needed; on Debian: apt-get install python3 python3-venv'
}

# library file -> Debian package: what Qt opens when it starts (xcb and offscreen), and fonts.
qt_libraries='
libEGL.so.1 libegl1
libGL.so.1 libgl1
libxkbcommon.so.0 libxkbcommon0
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1
libglib-2.0.so.0 libglib2.0-0
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-image.so.0 libxcb-image0
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-randr.so.0 libxcb-randr0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0 libxcb-shape0
libxcb-xkb.so.1 libxcb-xkb1
'

missing_packages() {
  [ "$(uname -s)" = Linux ] || return 0
  local known
  known=$(PATH=$PATH:/sbin:/usr/sbin ldconfig -p 2>/dev/null || true)
  printf '%s\n' "$qt_libraries" | while read -r library package; do
    [ -n "$library" ] || continue
    printf '%s' "$known" | grep -qF "$library" || printf '%s\n' "$package"
  done
  "$python" -c 'import ensurepip, venv' 2>/dev/null || printf 'python3-venv\n'
  command -v c++ >/dev/null 2>&1 || printf 'g++\n'
  if [ "$purpose" = test ]; then
    command -v Xvfb >/dev/null 2>&1 || printf 'xvfb\n'
    command -v xauth >/dev/null 2>&1 || printf 'xauth\n'
  fi
}

install_packages() {
  local packages
  packages=$(missing_packages | sort -u | tr '\n' ' ')
  [ -n "${packages// /}" ] || return 0
  if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then
      say "installing $packages"
      apt-get update -qq
      # shellcheck disable=SC2086  # a list of words
      DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages >/dev/null
      return
    fi
    die "system libraries are missing; run: sudo apt-get install $packages"
  fi
  die "system libraries are missing (names as on Debian): $packages"
}

install_python_packages() {
  if [ ! -x "$venv/bin/python" ]; then
    say "making $venv with $($python --version)"
    "$python" -m venv "$venv"
  fi
  "$venv/bin/python" -m pip install -q --upgrade 'pip>=25.1'
  # GGML_NATIVE probes the building CPU; on some virtual machines it then uses instructions that
  # kill the process. Your own CMAKE_ARGS (-DGGML_CUDA=ON, say) come last and win.
  export CMAKE_ARGS="-DGGML_NATIVE=OFF -DLLAVA_BUILD=OFF -DLLAMA_BUILD_TOOLS=OFF \
-DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_TESTS=OFF ${CMAKE_ARGS:-}"
  say 'installing Python packages (llama.cpp is built the first time: about five minutes)'
  "$venv/bin/python" -m pip install -q -e '.[data,metrics,pdf,remote]' --group dev
}

python=$(find_python)
install_packages
if [ ! -e "$stamp" ]; then
  install_python_packages
  rm -f "$venv"/.setup-*
  touch "$stamp"
fi
