#!/usr/bin/env bash
# Builds dist/workbench, a folder that runs without Python: `make bundle`.
# Needs Python 3.11 or newer with its shared library, cmake, ninja, a C++ compiler and binutils. The result runs on systems whose C library is not older than this one's.
set -euo pipefail
cd "$(dirname "$0")/../.."
python=${PYTHON:-python3}
venv=build/bundle/venv
stamp=$venv/.setup-$(cat pyproject.toml packaging/bundle/build.sh | cksum | tr -d ' ')

say() { printf 'bundle: %s\n' "$*" >&2; }

"$python" - <<'PY'
import sys, sysconfig
if sys.version_info < (3, 11):
    raise SystemExit("bundle: Python 3.11 or newer is needed; name it in PYTHON")
if sys.platform == "linux" and not sysconfig.get_config_var("Py_ENABLE_SHARED"):
    raise SystemExit("bundle: this Python has no shared library (Debian: apt-get install libpython3-dev)")
PY

if [ ! -e "$stamp" ]; then
  say "making $venv: only what the program needs, so that nothing else can slip in"
  rm -rf "$venv"
  "$python" -m venv "$venv"
  "$venv/bin/python" -m pip install -q --upgrade 'pip>=25.1'
  "$venv/bin/python" - >"$venv/requirements.txt" <<'PY'
import tomllib
with open("pyproject.toml", "rb") as file:
    project = tomllib.load(file)
extras = project["project"]["optional-dependencies"]
names = project["project"]["dependencies"] + extras["metrics"] + extras["pdf"] + extras["remote"]
names += project["dependency-groups"]["bundle"] + ["openpyxl>=3.1"]
print("\n".join(n for n in names if not n.startswith("llama-cpp-python")))
PY
  "$venv/bin/python" -m pip install -q -r "$venv/requirements.txt"
  touch "$stamp"
fi
bash packaging/bundle/llama.sh "$venv/bin/python"
# The binding's own needs (a disk cache, typing) are not used by its low-level half.
"$venv/bin/python" -m pip install -q --no-deps --force-reinstall build/llama/*.whl typing-extensions

"$venv/bin/python" packaging/icons.py build/icons
"$venv/bin/python" packaging/bundle/licences.py build/bundle/licences.txt

say 'putting the folder together'
rm -rf dist/workbench
PYTHONPATH=$PWD "$venv/bin/python" -m PyInstaller --noconfirm --log-level ERROR \
  --distpath dist --workpath build/bundle/work packaging/bundle/workbench.spec
cp build/bundle/licences.txt dist/workbench/LICENCES.txt
rm -rf build/bundle/work
[ "$(uname -s)" != Linux ] || "$venv/bin/python" packaging/bundle/trim.py dist/workbench
say "dist/workbench is $(du -sm dist/workbench | cut -f1) MB"
