#!/bin/sh
# Lets the desktop see what was installed or removed: menu entry, file types, icons.
set -e
for tool in "update-desktop-database -q /usr/share/applications" "update-mime-database /usr/share/mime" \
    "gtk-update-icon-cache -q -t -f /usr/share/icons/hicolor"; do
    if command -v "${tool%% *}" >/dev/null 2>&1; then $tool || true; fi
done
