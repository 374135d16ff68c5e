#!/bin/sh
# Waits until a window with this title is on the screen and prints its number: until_window.sh TITLE SECONDS
set -eu
turns=$(($2 * 5))
for _ in $(seq "$turns"); do
    if number=$(xdotool search --onlyvisible --name "$1" 2>/dev/null | head -n 1) && [ -n "$number" ]; then
        echo "$number"
        exit 0
    fi
    sleep 0.2
done
import -window root "$HOME/seen/missed.png"
echo "No window called \"$1\" came within $2 s; seen/missed.png shows the screen." >&2
exit 1
