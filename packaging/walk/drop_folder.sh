#!/bin/sh
# A user drags a folder from the file manager onto the program's window.
set -eu
here=$(dirname "$0")
pcmanfm "$HOME" >/dev/null 2>&1 &
manager=$("$here/until_window.sh" "^$(basename "$HOME")$" 120)
negatoscope >"$HOME/window.log" 2>&1 &
window=$("$here/until_window.sh" "Negatoscope" 120)
xdotool windowsize --sync "$window" 980 900 windowmove --sync "$window" 610 40
xdotool windowsize --sync "$manager" 600 400 windowmove --sync "$manager" 0 40
sleep 2
import -window root "$HOME/seen/4-folder.png"
xdotool mousemove --window "$manager" 215 110 mousedown 1 sleep 0.3
for step in 1 2 3 4 5 6 7 8; do
    xdotool mousemove $((215 + step * 100)) $((170 + step * 40)) sleep 0.1
done
xdotool mouseup 1
"$here/until_window.sh" "Phantom" 180 >/dev/null
sleep 15 # the answer follows the film
import -window root "$HOME/seen/5-dropped.png"
"$here/quit.sh" "$window"
