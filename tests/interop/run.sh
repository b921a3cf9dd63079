#!/bin/sh
# Other people's clients, unchanged, against the simulated core:
#   python      the official client's squaring bot and its Client, in one process, then in two that share a network
#   ours        this project's squaring bot over the library, asked by the official Client in another process
#   simploxide  the bot of simploxide-client over a WebSocket, asked by the official client in another process
# Needs cargo, python3 (3.11 or later) and pip; what is fetched stays under target/interop.
set -eu
cd "$(dirname "$0")/../.."
what=${1:-all}
work=$PWD/target/interop
mkdir -p "$work"
libs=$(cargo xtask sim-lib | tail -n 1)
cargo build -q -p simplex-tools --features sim-serve --bin sim-serve
python3 -m pip install -q --target "$work/python" simplex-chat==7.0.2

pids=
stop() { for p in $pids; do kill "$p" 2>/dev/null || true; done; }
trap stop EXIT

# Runs something in the background and waits for the first line that matches; prints its last word.
wait_line() {
    for _ in $(seq 300); do
        if line=$(grep -m 1 "$2" "$1"); then echo "${line##* }"; return; fi
        sleep 0.1
    done
    echo "nothing like '$2' in $1:" >&2
    cat "$1" >&2
    return 1
}

python() { SIMPLEX_LIBS_DIR=$libs PYTHONPATH=$work/python python3 tests/interop/python/squaring.py "$@"; }

serve() {
    ./target/debug/sim-serve "$@" > "$work/serve.out" &
    pids="$pids $!"
}

if [ "$what" = all ] || [ "$what" = python ]; then
    echo "== one process"
    python both
    echo "== two processes"
    serve --hub 0
    export SIMPLEX_SIM_HUB=$(wait_line "$work/serve.out" '^hub')
    python bot > "$work/bot.out" &
    pids="$pids $!"
    python client "$(wait_line "$work/bot.out" '^https')"
    stop; pids=
fi

if [ "$what" = all ] || [ "$what" = ours ]; then
    echo "== the project's bot"
    cargo build -q -p simplex-examples --bin squaring_bot
    serve --hub 0
    export SIMPLEX_SIM_HUB=$(wait_line "$work/serve.out" '^hub')
    mkdir -p "$work/ours"
    (cd "$work/ours" && SIMPLEX_LIBS_DIR=$libs exec ../../debug/squaring_bot) > "$work/ours.out" 2>&1 &
    pids="$pids $!"
    python client "$(wait_line "$work/ours.out" ' is at ')"
    stop; pids=
fi

if [ "$what" = all ] || [ "$what" = simploxide ]; then
    echo "== simploxide-client 0.14.0"
    serve --hub 0 --port 0 --core-version 7.0.0.0
    export SIMPLEX_SIM_HUB=$(wait_line "$work/serve.out" '^hub')
    port=$(wait_line "$work/serve.out" '^websocket')
    CARGO_TARGET_DIR=$work/simploxide cargo run -q --manifest-path tests/interop/simploxide/Cargo.toml -- "${port##*:}" \
        > "$work/simploxide.out" &
    pids="$pids $!"
    link=$(wait_line "$work/simploxide.out" '://\|simplex:')
    python client "$link" 'Squared: {square}'
    stop; pids=
fi
echo passed
