#!/usr/bin/env bash
# Makes dist/Prompt-Workbench-VERSION-ARCH.dmg on a Mac.
#
# NEVER RUN YET: written on Linux, where only its syntax and its property lists can be checked.
# Expect to mend details the first time. llama.cpp is built with Metal here, and for the processor
# of the Mac that builds; build on an Intel Mac too for Intel Macs.
#
# PyInstaller signs every library and the bundle (codesign_identity in workbench.spec); Qt's are
# frameworks without an ending, which a search by name would miss.
#
#   packaging/macos/dmg.sh                                        ad-hoc signature: your own Macs
#   SIGN_AS="Developer ID Application: …" packaging/macos/dmg.sh  signed; notarise it afterwards:
#   xcrun notarytool submit dist/*.dmg --keychain-profile … --wait && xcrun stapler staple dist/*.dmg
set -euo pipefail
cd "$(dirname "$0")/../.."
[ "$(uname -s)" = Darwin ] || { echo 'dmg: this runs on macOS only' >&2; exit 1; }
xcode-select -p >/dev/null || { echo 'dmg: run xcode-select --install first' >&2; exit 1; }

bash packaging/bundle/build.sh
app='dist/Prompt Workbench.app'
version=$(sed -n 's/^__version__ = "\(.*\)"/\1/p' workbench/__init__.py)
codesign --verify --strict --verbose=2 "$app"
plutil -lint "$app/Contents/Info.plist"
"$app/Contents/MacOS/workbench" doctor
"$app/Contents/MacOS/workbench" run '@Once upon a time' -s max_tokens=8 --no-save

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp -R "$app" "$stage/"
ln -s /Applications "$stage/Applications"
target="dist/Prompt-Workbench-$version-$(uname -m).dmg"
rm -f "$target"
hdiutil create -volname 'Prompt Workbench' -srcfolder "$stage" -format ULFO "$target"
[ -z "${SIGN_AS:-}" ] || codesign --sign "$SIGN_AS" --timestamp "$target"
echo "$target"
