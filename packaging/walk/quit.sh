#!/bin/sh
# Ends the program by its own key, so that it keeps what it is to remember, and waits for its end: quit.sh WINDOW
set -eu
program=$(xdotool getwindowpid "$1")
xdotool windowfocus --sync "$1" key --clearmodifiers ctrl+q
for _ in $(seq 100); do
    [ -d "/proc/$program" ] || exit 0
    sleep 0.1
done
echo "The program did not end when it was asked to." >&2
exit 1
