# Shared by the scripts of .ci: failing clearly, headlines with durations, ending what was started. Sourced.

fail() {
  printf '\n%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# stage TITLE COMMAND...: a headline, the command, how long it took; the command's failure ends the script.
stage() {
  local title=$1 began=$SECONDS
  shift
  printf '\n=== %s\n' "$title"
  "$@" || fail "$title: failed after $((SECONDS - began)) s"
  printf '=== %s: over after %d s\n' "$title" $((SECONDS - began))
}

# fetch WHAT LOG COMMAND...: an installation; shows its log when it is impossible, and fails.
fetch() {
  local what=$1 log=$2
  shift 2
  "$@" </dev/null >"$log" 2>&1 || {
    tail -n 25 "$log" >&2
    fail "cannot install $what (see above; the package registries must be reachable). Nothing is skipped for that."
  }
}

# await_file FILE PID SECONDS WHAT: until the file is there; fails when the process ended or the time is over.
await_file() {
  local tries=$(($3 * 10))
  until [[ -s $1 ]]; do
    kill -0 "$2" 2>/dev/null || fail "$4 ended before it was ready"
    ((tries-- > 0)) || fail "$4 is not ready after $3 s"
    sleep 0.1
  done
}

# free_port: one that nothing listens on now.
free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
