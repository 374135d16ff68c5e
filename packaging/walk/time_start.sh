#!/bin/sh
# Prints the milliseconds from a command's start until its window is painted: time_start.sh COMMAND [ARGUMENT…]
# A window is painted once it holds anything but the black that the bare screen shows through.
set -eu
began=$(date +%s%N)
"$@" >"$HOME/window.log" 2>&1 &
program=$!
for _ in $(seq 1000); do
    window=$(xdotool search --onlyvisible --class negatoscope 2>/dev/null | tail -n 1) || true
    if [ -n "$window" ] && xwd -silent -id "$window" 2>/dev/null | tail -c 2000000 | tr -d '\000' | grep -q .; then
        painted=$(date +%s%N)
        break
    fi
done
echo $(((painted - began) / 1000000))
kill "$program"
wait "$program" || true
