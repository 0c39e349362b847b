#!/usr/bin/env bash
# Makes .consumers with the programs that read what the workbench exports, apart from its own
# packages: a Python environment with the pyproject group "consumers" (Node.js is one of its wheels:
# distributions have old ones), and promptfoo and others from npm. Chromium opens the HTML pages, curl
# runs an exported line: from the distribution, else the line to run is printed.
# Does nothing when pyproject.toml and this file have not changed since.
set -euo pipefail
cd "$(dirname "$0")/.."
home=.consumers
stamp=$home/.setup-$(cat pyproject.toml packaging/consumers.sh | cksum | tr -d ' ')
[ ! -e "$stamp" ] || exit 0

say() { printf 'consumers: %s\n' "$*" >&2; }

has_chromium() {
  for name in chromium chromium-browser google-chrome-stable google-chrome; do
    ! command -v "$name" >/dev/null 2>&1 || return 0
  done
  return 1
}
missing=
has_chromium || missing=chromium
command -v curl >/dev/null 2>&1 || missing="$missing curl"
if [ -n "$missing" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  say "installing $missing"
  apt-get update -qq
  # shellcheck disable=SC2086  # a list of words
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
elif [ -n "$missing" ]; then
  say "missing: $missing; on Debian: apt-get install $missing"
  exit 1
fi

mkdir -p "$home"
[ -x "$home/venv/bin/python" ] || .venv/bin/python -m venv "$home/venv"
say 'installing Python packages'
"$home/venv/bin/python" -m pip install -q --upgrade 'pip>=25.1'
export CMAKE_ARGS="-DGGML_NATIVE=OFF -DLLAVA_BUILD=OFF -DLLAMA_BUILD_TOOLS=OFF \
-DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_TESTS=OFF ${CMAKE_ARGS:-}"
"$home/venv/bin/python" -m pip install -q --group consumers
# promptfoo's optional packages (cloud SDKs, browsers) are large and not needed; those it loads all
# the same are named: a web server's library, and the binary part of its database.
say 'installing promptfoo, handlebars, mustache and puppeteer-core from npm'
# The wheel's Node.js knows public certificates only; the system may have a company's as well.
export PATH="$PWD/$home/venv/bin:$PATH" NODE_USE_SYSTEM_CA=1
system=$(node -p "[process.platform, process.arch, {linux: 'gnu', win32: 'msvc'}[process.platform]]
  .filter(Boolean).join('-')")
npm install --prefix "$home/node" --omit=optional --legacy-peer-deps --no-audit --no-fund \
  --loglevel=error promptfoo@0.123.1 hono@4 "@libsql/$system@0.5" handlebars@4 mustache@4 \
  puppeteer-core@24 >/dev/null
rm -f "$home"/.setup-*
touch "$stamp"
