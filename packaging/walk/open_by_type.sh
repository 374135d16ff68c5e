#!/bin/sh
# A film is opened by its type, as a browser's or mail program's "open" does.
set -eu
here=$(dirname "$0")
xdg-open "$HOME/films/one.dcm" >/dev/null 2>&1 &
window=$("$here/until_window.sh" "Phantom" 180)
sleep 1
import -window root "$HOME/seen/by-type.png"
"$here/quit.sh" "$window"
