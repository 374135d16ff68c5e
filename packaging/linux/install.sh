#!/bin/sh
# Installs for the current user below ~/.local (or PREFIX); `uninstall` beside the program takes it away again.
set -eu
prefix=${PREFIX:-$HOME/.local}
target=$prefix/lib/negatoscope

glibc=$(getconf GNU_LIBC_VERSION 2>/dev/null | sed 's/.* //')
if [ "$(printf '%s\n' "@GLIBC@" "${glibc:-0}" | sort -V | head -n 1)" != "@GLIBC@" ]; then
    echo "This program needs the GNU C library @GLIBC@ or newer; this system has ${glibc:-another one}." >&2
    echo "Nothing was installed. A newer release of your distribution brings it." >&2
    exit 1
fi

if [ -x "$target/uninstall" ]; then "$target/uninstall" >/dev/null; fi
mkdir -p "$prefix/lib" "$prefix/bin" "$prefix/share"
cp -R lib/negatoscope "$target"
(cd usr/share && find applications mime metainfo icons man -type f) | while read -r file; do
    mkdir -p "$prefix/share/$(dirname "$file")"
    cp "usr/share/$file" "$prefix/share/$file"
    echo "$prefix/share/$file" >>"$target/installed-files"
done
# ~/.local/bin is not on every session's PATH, so the menu entry names the program in full.
sed -i -e "s|^Exec=negatoscope|Exec=\"$target/negatoscope\"|" -e "s|^TryExec=.*|TryExec=$target/negatoscope|" \
    "$prefix/share/applications/negatoscope.desktop"
ln -sf "$target/negatoscope" "$prefix/bin/negatoscope"

cat >"$target/refresh" <<END
#!/bin/sh
for tool in "update-desktop-database -q $prefix/share/applications" "update-mime-database $prefix/share/mime"; do
    if command -v "\${tool%% *}" >/dev/null 2>&1; then \$tool || true; fi
done
END
cat >"$target/uninstall" <<END
#!/bin/sh
# Takes the program away; settings, drawings and answers of its user stay.
set -eu
while read -r file; do rm -f "\$file"; done <"$target/installed-files"
rm -f "$prefix/bin/negatoscope"
sh "$target/refresh"
rm -rf "$target"
echo "Negatoscope was removed."
END
chmod 755 "$target/uninstall"
sh "$target/refresh"
echo "Installed. Start it from the menu or with $prefix/bin/negatoscope; remove it with $target/uninstall."
