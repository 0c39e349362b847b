#!/usr/bin/env bash
# Makes .consumers with the programs that read what the workbench exports, apart from its own
# packages: a Python environment with the pyproject group "consumers", and promptfoo and others from
# npm. Chromium opens the HTML pages: from the distribution, else the line to run is printed.
# Does nothing when pyproject.toml and this file have not changed since.
set -euo pipefail
cd "$(dirname "$0")/.."
home=.consumers
stamp=$home/.setup-$(cat pyproject.toml packaging/consumers.sh | cksum | tr -d ' ')
[ ! -e "$stamp" ] || exit 0

say() { printf 'consumers: %s\n' "$*" >&2; }

if ! command -v npm >/dev/null 2>&1 && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  say 'installing nodejs and npm'
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nodejs npm >/dev/null
fi
command -v npm >/dev/null 2>&1 || { say 'npm is missing; on Debian: apt-get install npm'; exit 1; }

has_chromium() {
  for name in chromium chromium-browser google-chrome-stable google-chrome; do
    ! command -v "$name" >/dev/null 2>&1 || return 0
  done
  return 1
}
if ! has_chromium && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  say 'installing chromium'
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium >/dev/null
fi
has_chromium || { say 'Chromium is missing; on Debian: apt-get install chromium'; exit 1; }

mkdir -p "$home"
[ -x "$home/venv/bin/python" ] || .venv/bin/python -m venv "$home/venv"
say 'installing Python packages'
"$home/venv/bin/python" -m pip install -q --upgrade 'pip>=25.1'
export CMAKE_ARGS="-DGGML_NATIVE=OFF -DLLAVA_BUILD=OFF -DLLAMA_BUILD_TOOLS=OFF \
-DLLAMA_BUILD_EXAMPLES=OFF -DLLAMA_BUILD_TESTS=OFF ${CMAKE_ARGS:-}"
"$home/venv/bin/python" -m pip install -q --group consumers
# 0.119 is the newest promptfoo for the Node.js that Debian has. Its optional packages (cloud SDKs,
# browsers) are large and not needed; two that it loads all the same are named.
say 'installing promptfoo, handlebars, mustache and puppeteer-core from npm'
npm install --prefix "$home/node" --omit=optional --legacy-peer-deps --no-audit --no-fund \
  --loglevel=error promptfoo@0.119.0 google-auth-library@9 axios@1 handlebars@4 mustache@4 \
  puppeteer-core@24 >/dev/null
rm -f "$home"/.setup-*
touch "$stamp"
