#!/usr/bin/env bash
# llama.cpp for the bundle, in build/llama: the binding as a wheel without libraries, and lib/. On
# Linux with x86-64 there is one CPU library per kind of processor, and the best one is chosen when
# the program starts; elsewhere there is one, on a Mac beside Metal's (that way was never run).
#
# The sources are llama-cpp-python's own (its sdist holds llama.cpp), so both fit each other.
# Left out: every variant with AMX. In a virtual machine the processor may report AMX and the first
# instruction kill the process (ggml-org/llama.cpp#20824), and nothing looks before it is used. Such
# a machine gets the variant for AVX-512 with BF16, which is as old as AMX is there. Variants that
# differ little from a neighbour are left out too: each is a megabyte and a minute.
set -euo pipefail
cd "$(dirname "$0")/../.."
python=${1:?usage: llama.sh PYTHON}
home=$PWD/build/llama
variants='x64 sse42 sandybridge haswell skylakex icelake zen4 alderlake'

requirement=$("$python" - <<'PY'
import tomllib
with open("pyproject.toml", "rb") as file:
    names = tomllib.load(file)["project"]["dependencies"]
print(next(name for name in names if name.startswith("llama-cpp-python")))
PY
)
stamp=$home/.made-$(printf '%s' "$requirement $variants" | cat - packaging/bundle/llama.sh | cksum | tr -d ' ')
[ ! -e "$stamp" ] || exit 0

say() { printf 'llama: %s\n' "$*" >&2; }
for tool in cmake ninja c++; do
  command -v "$tool" >/dev/null || { say "$tool is missing (Debian: apt-get install cmake ninja-build g++)"; exit 1; }
done

rm -rf "$home"
mkdir -p "$home/sdist" "$home/source" "$home/lib"
say "fetching the sources of $requirement"
"$python" -m pip download -q --no-deps --no-binary llama-cpp-python -d "$home/sdist" "$requirement"
tar -xzf "$home"/sdist/*.tar.gz -C "$home/source" --strip-components=1
CMAKE_ARGS=-DLLAMA_BUILD=OFF "$python" -m pip wheel -q --no-deps -w "$home" "$home/source"

options=(-DGGML_NATIVE=OFF)
if [ "$(uname -sm)" = 'Linux x86_64' ]; then
  options+=(-DGGML_BACKEND_DL=ON -DGGML_CPU_ALL_VARIANTS=ON)
  lists=$home/source/vendor/llama.cpp/ggml/src/CMakeLists.txt
  sed -i -E "/ggml_add_cpu_backend_variant\((ivybridge|piledriver|cannonlake|cascadelake|cooperlake|sapphirerapids)[ )]/d" "$lists"
  left=$(sed -n '/ARCH STREQUAL "x86")$/,/ARCH STREQUAL "ARM")/p' "$lists" |
    grep -oE 'ggml_add_cpu_backend_variant\([a-z0-9]+' | cut -d'(' -f2 | sort | tr '\n' ' ')
  wanted=$(printf '%s' "$variants" | tr ' ' '\n' | sort | tr '\n' ' ')
  [ "$left" = "$wanted" ] || { say "llama.cpp has other CPU variants than expected: $left"; exit 1; }
fi

# shellcheck disable=SC2016  # the loader fills it in
beside='$ORIGIN'
[ "$(uname -s)" != Darwin ] || beside=@loader_path
say 'compiling (about ten minutes on two cores)'
cmake -G Ninja -S "$home/source/vendor/llama.cpp" -B "$home/work" -DCMAKE_BUILD_TYPE=Release \
  -DBUILD_SHARED_LIBS=ON "${options[@]}" \
  -DLLAMA_BUILD_COMMON=OFF -DLLAMA_BUILD_TOOLS=OFF -DLLAMA_BUILD_EXAMPLES=OFF \
  -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_SERVER=OFF -DLLAMA_CURL=OFF \
  -DCMAKE_PLATFORM_NO_VERSIONED_SONAME=ON \
  -DCMAKE_BUILD_WITH_INSTALL_RPATH=ON -DCMAKE_INSTALL_RPATH="$beside" >"$home/cmake.log"
cmake --build "$home/work" --target llama >>"$home/cmake.log" || { tail -40 "$home/cmake.log" >&2; exit 1; }
# One file each, named as the binding opens it and as they find each other: a second name would be
# a second copy, and each copy of ggml has its own list of backends.
find "$home/work/bin" \( -name 'lib*.so' -o -name 'lib*.dylib' \) -type f -exec cp {} "$home/lib" \;
strip -x "$home"/lib/*
if compgen -G "$home/lib/*sapphirerapids*" >/dev/null; then say 'an AMX variant was built'; exit 1; fi
rm -rf "$home/work" "$home/source" "$home/sdist"
touch "$stamp"
