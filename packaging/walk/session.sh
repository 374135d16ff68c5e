#!/bin/sh
# Runs a command on a small desktop of its own, 1600 × 1000 points: session.sh COMMAND [ARGUMENT…]
set -eu
folder=$(mktemp -d)
# With -displayfd the server takes a free number and tells it; with -noreset it outlives its first client.
Xvfb -displayfd 3 -noreset -screen 0 1600x1000x24 3>"$folder/display" >/dev/null 2>&1 &
screen=$!
trap 'kill "$screen" 2>/dev/null; rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM
until [ -s "$folder/display" ]; do sleep 0.1; done
DISPLAY=:$(cat "$folder/display")
export DISPLAY
blackbox >/dev/null 2>&1 &
until xprop -root _NET_SUPPORTING_WM_CHECK 2>/dev/null | grep -q "window id"; do sleep 0.1; done
"$@"
