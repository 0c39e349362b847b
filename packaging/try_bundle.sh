#!/usr/bin/env bash
# Tries the .deb where nothing else is: `packaging/try_bundle.sh [FILE.deb]`, as root on Debian.
# In a minimal Debian (no Python, no compiler) the package and what it depends on are installed.
# Then, as an ordinary user, without a network and on a read-only file system, the program checks
# itself, generates text, scores, runs code behind its walls, writes a PDF, asks a server on this
# machine, and opens its window on a prompt. At the end the package is upgraded and removed.
set -euo pipefail
cd "$(dirname "$0")/.."
# shellcheck source=packaging/bare_root.sh
. packaging/bare_root.sh
need_root_and debootstrap unshare pivot_root setpriv ip dpkg-deb Xvfb xprop
deb=$(realpath "${1:-$(find dist -maxdepth 1 -name "prompt-workbench_*.deb" 2>/dev/null | sort | tail -n 1)}")
[ -f "$deb" ] || die 'there is no .deb; make it with: make deb'
pictures=$(mkdir -p build/try-bundle && realpath build/try-bundle)

work=$(mktemp -d)
screen=
finish() {
  [ -z "$screen" ] || kill "$screen" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
root=$work/root
make_bare "$root"

# places: every file and folder of the system, without what belongs to people.
places() {
  (cd "$root" && find . -xdev \( -path ./home -o -path ./tmp -o -path ./root -o -path ./proc -o -path ./dev \
    -o -path ./run -o -path ./sys \) -prune -o -print | sort)
}

say 'installing the package and what it depends on'
cp "$deb" "$root/root/package.deb"
# shellcheck disable=SC2016  # the inner shell expands it
inside "$root" rw online root bash -euc '
  apt-get update -qq
  before=$(dpkg-query -W | wc -l)
  apt-get install -y -qq --no-install-recommends /root/package.deb >/dev/null
  echo "packages installed with it: $(( $(dpkg-query -W | wc -l) - before - 1 ))"
  rm /root/package.deb
  ! command -v python3 && ! command -v python && ! command -v cc && ! command -v pip
  test -z "$(find /usr/lib/prompt-workbench -writable ! -user root)"
'
cat >"$root/home/ada/story.prompt.yml" <<'PROMPT'
name: Bare story
text: "Once upon a time there was a {{ animal }}"
variables:
  animal: { default: cat }
PROMPT
chown 4711:4711 "$root/home/ada/story.prompt.yml"

as_ada() { inside "$root" ro offline ada "$@"; }

say 'as an ordinary user, offline, read-only'
as_ada bash -euc '
  ! touch /usr/lib/prompt-workbench/x 2>/dev/null
  workbench --version
  workbench doctor
'
as_ada workbench doctor --json >"$work/doctor.json"
grep -q '"failed"' "$work/doctor.json" && die 'doctor found something broken'

# expect WORDS COMMAND…: what it prints must hold the words.
expect() {
  local words=$1
  shift
  said=$(as_ada "$@" 2>&1) || die "$* ended badly: $said"
  grep -qF -- "$words" <<<"$said" || die "$*: expected $words, got: $said"
  printf 'ok    %s\n' "$*"
}

say 'generating'
text=$(as_ada workbench run few-shot-story -v name=Zoe --seed 41)
printf '%s\n' "$text"
[ "$(printf '%s' "$text" | wc -w)" -ge 5 ] || die 'too few words were generated'
again=$(as_ada workbench run few-shot-story -v name=Zoe --seed 41)
[ "$text" = "$again" ] || die 'the same seed gave another text'
expect '"samples"' workbench run '@Once upon a time' -n 4 --json -s max_tokens=8
expect 'positive' workbench choose classify-review --choice positive --choice negative
expect '' workbench influence key-value-lookup --by sentence
expect 'few-shot-story' workbench prompts list
expect 'demo-2m' workbench models list
expect 'Few-shot story' workbench history list

say 'its helper processes: the judge of formulas, metrics, code behind walls'
expect '"value": 1' workbench metrics score math_match --prediction '1/2' --reference '0.5' --json
for metric in bleu chrf rouge_l meteor_exact_stem wer squad_f1; do
  expect '"value": ' workbench metrics score "$metric" --prediction 'the cat sat on the mat' \
    --reference 'the cat sat on the mat' --json
  grep -q '"value": null' <<<"$said" && die "$metric was not scored: $said"
done
cat >"$root/home/ada/double.py" <<'CODE'
def score(evidence):
    """Twice the number of words."""
    import collections, dataclasses, decimal, statistics

    return 2.0 * len((evidence.prediction or "").split())
CODE
expect '"double"' workbench eval demo-capitals --limit 3 --metric /home/ada/double.py --json
expect '"pass_at_k' workbench eval demo-code --limit 3 --run-code --json
grep -q '"unscored": [1-9]' <<<"$said" && die "code was not run: $said"

say 'a PDF, and a model of a server'
as_ada workbench run "@Shalom שלום" -s max_tokens=4 --seed 1 >/dev/null
run=$(as_ada workbench history list --json | grep -o '"run_id": "[^"]*"' | head -n 1 | cut -d'"' -f4)
as_ada workbench history export "$run" --to pdf -o /home/ada/run.pdf
[ "$(head -c 5 "$root/home/ada/run.pdf")" = %PDF- ] || die 'no PDF was written'
mkdir "$root/home/ada/support"
cp tests/support/hostile_server.py tests/support/server_values.py "$root/home/ada/support"
cat >"$root/home/ada/serve.py" <<'SERVER'
import subprocess
import sys

from support.hostile_server import MODEL, HostileServer

with HostileServer() as server:
    sys.exit(subprocess.call([*sys.argv[1:], "-m", f"{server.url('fine')}#{MODEL}"]))
SERVER
expect 'one two three' workbench --as-python /home/ada/serve.py workbench run '@Once'
# There is no keyring here: a sentence says so, and what to do.
said=$(printf 'secret\n' | as_ada workbench models add-server lab http://127.0.0.1:9/v1#x --key-stdin 2>&1) &&
  die "a key was kept without a keyring: $said"
grep -q -- '--key-env' <<<"$said" || die "no way out without a keyring: $said"
printf 'ok    %s\n' "$said"
# Two libraries are left out, and nobody is told to install them into this program.
said=$(as_ada workbench history export "$run" --to parquet -o /home/ada/x.parquet 2>&1) && die 'Parquet was written'
grep -q 'packaged without it' <<<"$said" || die "Parquet: $said"

say 'kinds of files'
inside "$root" rw online root apt-get install -y -qq --no-install-recommends shared-mime-info \
  desktop-file-utils libglib2.0-bin >/dev/null
cp "$root/usr/lib/prompt-workbench/_internal/assets/models/demo-0.5m-q8_0.gguf" "$root/home/ada/m.gguf"
expect 'application/x-prompt+yaml' gio info -a standard::content-type /home/ada/story.prompt.yml
expect 'application/x-gguf' gio info -a standard::content-type /home/ada/m.gguf
for kind in prompt+yaml gguf; do
  expect 'Default application for' gio mime "application/x-$kind"
  expect 'org.promptworkbench.Workbench.desktop' gio mime "application/x-$kind"
done

say 'the window'
number=90
while [ -e "/tmp/.X11-unix/X$number" ]; do number=$((number + 1)); done
Xvfb ":$number" -screen 0 1600x1000x24 -nolisten tcp >/dev/null 2>&1 &
screen=$!
for _ in $(seq 50); do [ -e "/tmp/.X11-unix/X$number" ] && break; sleep 0.1; done
export X_SOCKETS=/tmp/.X11-unix DISPLAY_INSIDE=:$number
# shellcheck disable=SC2016  # the inner shell expands it
as_ada bash -c 'cd; timeout 180 workbench story.prompt.yml --screenshot ~/window.png 2>~/stderr
  ended=$?; cat ~/stderr; test "$ended" = 0 && test ! -s ~/stderr' || die 'the window could not be pictured'
cp "$root/home/ada/window.png" "$pictures/window.png"
size=$(wc -c <"$pictures/window.png")
[ "$size" -gt 50000 ] || die "the picture of the window is nearly empty ($size bytes)"
# Once more as a file manager does it; a desktop can tell whose window it is.
as_ada bash -c 'cd; gio open story.prompt.yml; exec sleep 90' &
window=$!
class=
for _ in $(seq 100); do
  for id in $(DISPLAY=":$number" xprop -root _NET_CLIENT_LIST 2>/dev/null | grep -o '0x[0-9a-f]*') \
    $(DISPLAY=":$number" xwininfo -root -children 2>/dev/null | grep -i 'workbench' | grep -o '^ *0x[0-9a-f]*'); do
    class=$(DISPLAY=":$number" xprop -id "$id" WM_CLASS 2>/dev/null | grep -i workbench || true)
    [ -z "$class" ] || break 2
  done
  sleep 0.2
done
[ -n "$class" ] || die 'no window came up'
printf 'window: %s\n' "$class"
grep -q '"Prompt Workbench"' <<<"$class" || die 'StartupWMClass of the desktop file is another'
pkill -P "$window" || true
wait "$window" 2>/dev/null || true

installed=$(du -sm --apparent-size "$root/usr/lib/prompt-workbench" | cut -f1)

say 'an upgrade and a removal'
before=$(as_ada workbench history list --json | grep -c '"run_id"')
dpkg-deb --raw-extract "$deb" "$work/next"
sed -i 's/^Version: .*/&+next/' "$work/next/DEBIAN/control"
gone=usr/share/doc/prompt-workbench/changelog.gz
[ -f "$work/next/$gone" ] || die "$gone is not in the package"
rm "$work/next/$gone"
sed -i "\\|$gone|d" "$work/next/DEBIAN/md5sums"
dpkg-deb --root-owner-group -Zgzip -z1 --build "$work/next" "$root/root/next.deb" >/dev/null
rm -r "$work/next"
inside "$root" rw offline root apt-get install -y -qq --no-install-recommends /root/next.deb >/dev/null
rm "$root/root/next.deb"
[ ! -e "$root/$gone" ] || die 'the upgrade left a file behind that the new package does not have'
after=$(as_ada workbench history list --json | grep -c '"run_id"')
[ "$before" = "$after" ] || die "the history had $before runs before the upgrade and $after after it"
[ "$text" = "$(as_ada workbench run few-shot-story -v name=Zoe --seed 41)" ] || die 'after the upgrade another text'
home=$(cd "$root/home/ada" && find . -type f | sort | cksum)
inside "$root" rw offline root apt-get purge -y -qq prompt-workbench >/dev/null
left=$(places | grep -iE 'promptworkbench|prompt-workbench|bin/workbench|x-gguf|x-prompt' || true)
[ -z "$left" ] || die "the removal left behind: $left"
! grep -rqs promptworkbench "$root/usr/share/applications" "$root/usr/share/mime" ||
  die 'a cache of the desktop still names the program'
[ "$home" = "$(cd "$root/home/ada" && find . -type f | sort | cksum)" ] || die 'the removal touched the files of a person'
echo "upgraded with $after runs kept; removed with nothing left but the files of a person"

say 'sizes'
printf '%s: %.1f MB\n' "$(basename "$deb")" "$(wc -c <"$deb" | awk '{print $1/1e6}')"
printf 'installed: %s MB\n' "$installed"
printf 'picture of the window: %s\n' "build/try-bundle/window.png"
