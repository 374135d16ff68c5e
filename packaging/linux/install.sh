#!/bin/sh
# Installs for the current user below ~/.local (or PREFIX); `uninstall` beside the program takes it away again.
set -eu
prefix=${PREFIX:-$HOME/.local}
target=$prefix/lib/negatoscope
rm -rf "$target"
mkdir -p "$prefix/lib" "$prefix/bin" "$prefix/share"
cp -R lib/negatoscope "$target"
(cd usr/share && find applications mime metainfo icons man -type f) | while read -r file; do
    mkdir -p "$prefix/share/$(dirname "$file")"
    cp "usr/share/$file" "$prefix/share/$file"
    echo "$prefix/share/$file" >>"$target/installed-files"
done
ln -sf "$target/negatoscope" "$prefix/bin/negatoscope"
cat >"$target/uninstall" <<END
#!/bin/sh
set -eu
while read -r file; do rm -f "\$file"; done <"$target/installed-files"
rm -f "$prefix/bin/negatoscope"
rm -rf "$target"
for tool in "update-desktop-database -q $prefix/share/applications" "update-mime-database $prefix/share/mime"; do
    if command -v "\${tool%% *}" >/dev/null 2>&1; then \$tool || true; fi
done
END
chmod 755 "$target/uninstall"
for tool in "update-desktop-database -q $prefix/share/applications" "update-mime-database $prefix/share/mime"; do
    if command -v "${tool%% *}" >/dev/null 2>&1; then $tool || true; fi
done
echo "Installed. Start it with $prefix/bin/negatoscope; remove it with $target/uninstall."
