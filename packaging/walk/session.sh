#!/bin/sh
# Runs a command on a small desktop of its own, 1600 × 1000 points: session.sh COMMAND [ARGUMENT…]
set -eu
export DISPLAY=:77
Xvfb "$DISPLAY" -screen 0 1600x1000x24 >/dev/null 2>&1 &
screen=$!
trap 'kill "$screen" 2>/dev/null; wait "$screen" 2>/dev/null || true' EXIT
until xdpyinfo >/dev/null 2>&1; do sleep 0.1; done
blackbox >/dev/null 2>&1 &
until xprop -root _NET_SUPPORTING_WM_CHECK 2>/dev/null | grep -q "window id"; do sleep 0.1; done
"$@"
