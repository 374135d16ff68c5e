#!/bin/sh
# Makes dist/Negatoscope-VERSION.dmg from dist/Negatoscope.app; with SIGNING_IDENTITY set, signs first, and with
# NOTARY_PROFILE set (made once by `xcrun notarytool store-credentials`), notarises and staples it.
set -eu
version=$1
app=dist/Negatoscope.app
dmg=dist/Negatoscope-$version.dmg
here=$(dirname "$0")

if [ -n "${SIGNING_IDENTITY:-}" ]; then
    find "$app" -type f \( -name '*.so' -o -name '*.dylib' \) -exec \
        codesign --force --timestamp --options runtime --sign "$SIGNING_IDENTITY" {} +
    codesign --force --timestamp --options runtime --entitlements "$here/entitlements.plist" \
        --sign "$SIGNING_IDENTITY" "$app"
    codesign --verify --deep --strict "$app"
fi

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp -R "$app" "$stage/"
ln -s /Applications "$stage/Applications"
hdiutil create -volname Negatoscope -srcfolder "$stage" -ov -format UDZO "$dmg"

if [ -n "${NOTARY_PROFILE:-}" ]; then
    xcrun notarytool submit "$dmg" --keychain-profile "$NOTARY_PROFILE" --wait
    xcrun stapler staple "$dmg"
fi
