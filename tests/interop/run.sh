#!/usr/bin/env bash
# Runs other people's clients, unchanged, against the simulated core:
#   methods     every method of the official Python client, its answers and events checked against the schema of 7.0.2
#   python      that client's squaring bot and its Client, in one process, then in two that share a network
#   ours        this project's squaring bot over the library, asked by the official Client in another process
#   simploxide  the bot of simploxide-client over a WebSocket, asked by the official Client in another process
# Without arguments, runs all of them. Needs cargo and python3 (3.11 or later) with pip; downloads stay under
# target/interop. Exits with 77 if something needed is not available, and says what.
set -euo pipefail
cd "$(dirname "$0")/../.."
# The longest run of anything, in seconds, without building.
LIMIT=150
work=$PWD/target/interop
mkdir -p "$work"

left_out() { echo "left out: $1"; exit 77; }

[ $# -gt 0 ] || set -- methods python ours simploxide
for what in "$@"; do
    case $what in methods | python | ours | simploxide) ;; *) echo "what is $what?" >&2; exit 2 ;; esac
done

python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null || left_out "python3 3.11 or later is not here"
if ! PYTHONPATH=$work/python python3 -c 'import importlib.metadata as m; assert m.version("simplex-chat") == "7.0.2"' 2> /dev/null
then
    python3 -m pip install -q --no-deps --timeout 10 --retries 1 --target "$work/python" simplex-chat==7.0.2 2> "$work/pip.err" ||
        { tail -n 2 "$work/pip.err"; left_out "the package simplex-chat 7.0.2 cannot be fetched"; }
fi
simploxide=(--manifest-path tests/interop/simploxide/Cargo.toml)
if [[ " $* " == *" simploxide "* ]]; then
    cargo fetch -q "${simploxide[@]}" 2> "$work/fetch.err" ||
        { tail -n 2 "$work/fetch.err"; left_out "the crate simploxide-client 0.14.0 cannot be fetched"; }
fi

echo "== building"
libs=$(cargo xtask sim-lib | tail -n 1)
. .ci/tools
if [[ " $* " == *" simploxide "* ]]; then CARGO_TARGET_DIR=$work/simploxide cargo build -q "${simploxide[@]}"; fi

pids=()
stop() {
    for pid in "${pids[@]}"; do kill "$pid" 2> /dev/null || true; done
    for pid in "${pids[@]}"; do wait "$pid" 2> /dev/null || true; done
    pids=()
    unset SIMPLEX_SIM_HUB
}
trap stop EXIT

# Waits for the first line of a file that matches, and prints its last word.
wait_line() {
    for _ in $(seq 300); do
        if line=$(grep -m 1 -e "$2" "$1" 2> /dev/null); then echo "${line##* }"; return; fi
        sleep 0.1
    done
    echo "nothing like '$2' in $1:" >&2
    cat "$1" >&2
    return 1
}

# Runs a command in the background, with its output in a file.
background() {
    local out=$1
    shift
    : > "$out"
    timeout "$LIMIT" "$@" > "$out" 2>&1 &
    pids+=($!)
}

client() { SIMPLEX_LIBS_DIR=$libs PYTHONPATH=$work/python timeout "$LIMIT" python3 "tests/interop/python/$1.py" "${@:2}"; }

serve() {
    background "$work/serve.out" "$built"/sim-serve --hub 0 "$@"
    SIMPLEX_SIM_HUB=$(wait_line "$work/serve.out" '^hub')
    export SIMPLEX_SIM_HUB
}

for what in "$@"; do
    began=$SECONDS
    echo "== $what"
    case $what in
    methods) client methods ;;
    python)
        client squaring both
        serve
        background "$work/bot.out" env SIMPLEX_LIBS_DIR="$libs" PYTHONPATH="$work/python" \
            python3 tests/interop/python/squaring.py bot
        client squaring client "$(wait_line "$work/bot.out" '^https')"
        ;;
    ours)
        serve
        rm -rf "$work/ours"
        mkdir -p "$work/ours"
        background "$work/ours.out" env -C "$work/ours" SIMPLEX_LIBS_DIR="$libs" "$built/squaring_bot"
        client squaring client "$(wait_line "$work/ours.out" ' is at ')"
        ;;
    simploxide)
        serve --port 0 --core-version 7.0.0.0
        port=$(wait_line "$work/serve.out" '^websocket')
        background "$work/simploxide.out" "$work/simploxide/debug/simploxide-squaring" "${port##*:}"
        client squaring client "$(wait_line "$work/simploxide.out" '://\|simplex:')" 'Squared: {square}'
        ;;
    esac
    stop
    echo "== $what passed in $((SECONDS - began)) s"
done
