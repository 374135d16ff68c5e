#!/bin/sh
# A new user double-clicks a film in the file manager, reads and accepts the notice, and sees film and answer.
set -eu
here=$(dirname "$0")
pcmanfm "$HOME/films" >/dev/null 2>&1 &
manager=$("$here/until_window.sh" "^films$" 120)
xdotool windowsize --sync "$manager" 600 400 windowmove --sync "$manager" 0 40
sleep 2
import -window root "$HOME/seen/1-file-manager.png"
xdotool mousemove --window "$manager" 215 110 click --repeat 2 --delay 80 1
"$here/until_window.sh" "Before you begin" 120 >/dev/null
sleep 1
import -window root "$HOME/seen/2-notice.png"
xdotool key space sleep 0.3 key Return
window=$("$here/until_window.sh" "Phantom" 180)
sleep 15 # the answer follows the film
import -window root "$HOME/seen/3-film.png"
"$here/quit.sh" "$window"
