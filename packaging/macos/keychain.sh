#!/bin/sh
# Opens a keychain of its own for signing on a build machine, from what the environment holds:
#
#   APPLE_CERTIFICATE (.p12 in Base64), APPLE_CERTIFICATE_PASSWORD    who signs
#   APPLE_ID, APPLE_TEAM, APPLE_PASSWORD (an app-specific one)        who notarises, as profile "negatoscope"
set -eu
keychain=$(mktemp -d)/signing.keychain-db
password=$(uuidgen)
certificate=$(mktemp)
trap 'rm -f "$certificate"' EXIT

security create-keychain -p "$password" "$keychain"
security set-keychain-settings -lut 21600 "$keychain"
security unlock-keychain -p "$password" "$keychain"
printf '%s' "$APPLE_CERTIFICATE" | base64 --decode >"$certificate"
security import "$certificate" -f pkcs12 -P "$APPLE_CERTIFICATE_PASSWORD" -k "$keychain" -T /usr/bin/codesign
security set-key-partition-list -S apple-tool:,apple:,codesign: -s -k "$password" "$keychain" >/dev/null
security list-keychains -d user -s "$keychain" login.keychain-db

if [ -n "${APPLE_ID:-}" ]; then
    xcrun notarytool store-credentials negatoscope --keychain "$keychain" \
        --apple-id "$APPLE_ID" --team-id "$APPLE_TEAM" --password "$APPLE_PASSWORD"
fi
