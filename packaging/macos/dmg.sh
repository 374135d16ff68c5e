#!/bin/sh
# Makes a disk image from dist/Negatoscope.app: dmg.sh VERSION IMAGE
#
# PyInstaller has signed the program and everything in it with SIGNING_IDENTITY, or ad hoc where that is not set. With an
# identity the image is signed too; with NOTARY_PROFILE set (made once by `xcrun notarytool store-credentials`), it is
# notarised and the ticket is stapled to it.
set -eu
version=$1
image=$2
app=dist/Negatoscope.app

codesign --verify --deep --strict "$app"
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp -R "$app" "$stage/"
ln -s /Applications "$stage/Applications"
rm -f "$image"
hdiutil create -volname "Negatoscope $version" -srcfolder "$stage" -format UDZO "$image"

if [ -n "${SIGNING_IDENTITY:-}" ]; then
    codesign --force --timestamp --sign "$SIGNING_IDENTITY" "$image"
fi
if [ -n "${NOTARY_PROFILE:-}" ]; then
    xcrun notarytool submit "$image" --keychain-profile "$NOTARY_PROFILE" --wait
    xcrun stapler staple "$image"
    spctl --assess --type open --context context:primary-signature "$image"
fi
