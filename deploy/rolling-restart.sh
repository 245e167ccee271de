#!/usr/bin/env bash
# Restarts the web processes behind nginx (deploy/nginx/parley.conf) one after the other, without a lost request:
#
#     rolling-restart.sh 3001 3002
#
# One is taken out of use, ends in order, starts anew, answers, and is taken into use again.
#
# RESTART  how one is restarted; gets the port as its argument (default: systemctl restart parley-web@PORT)
# FLAGS    where nginx looks which one is out of use (default: /run/parley)
set -euo pipefail

ports=("$@")
[ ${#ports[@]} -ge 2 ] || { echo 'Say the ports of at least two web processes.' >&2; exit 2; }
for port in "${ports[@]}"; do
  [[ $port =~ ^[1-9][0-9]{0,4}$ ]] || { echo "\"$port\" is no port." >&2; exit 2; }
done
[ "$(printf '%s\n' "${ports[@]}" | sort -u | wc -l)" -eq ${#ports[@]} ] || { echo 'Say each port once.' >&2; exit 2; }
command -v curl >/dev/null || { echo 'It needs curl.' >&2; exit 2; }
flags=${FLAGS:-/run/parley}
mkdir -p "$flags"

restart() { if [ -n "${RESTART:-}" ]; then "$RESTART" "$1"; else systemctl restart "parley-web@$1"; fi; }

out_of_use=
say_what_is_left() {
  [ -z "$out_of_use" ] || echo "The process on port $out_of_use stays out of use: look into its log. When it answers, remove $flags/without-$out_of_use." >&2
}
trap say_what_is_left EXIT
trap 'exit 130' INT TERM

is_live() { curl -fsS -o /dev/null --max-time 2 "http://127.0.0.1:$1/api/health/live" 2>/dev/null; }

wait_until_live() {
  local tries
  for tries in {1..600}; do
    if is_live "$1"; then return; fi
    sleep 0.1
  done
  echo "The process on port $1 does not answer." >&2
  exit 1
}

for port in "${ports[@]}"; do
  is_live "$port" || { echo "The process on port $port does not answer: start it first." >&2; exit 1; }
done
for port in "${ports[@]}"; do
  touch "$flags/without-$port"
  out_of_use=$port
  # What nginx is just connecting to it for has arrived by then (proxy_connect_timeout); what it is doing, it ends in order.
  sleep 3
  restart "$port"
  wait_until_live "$port"
  rm "$flags/without-$port"
  out_of_use=
  echo "Port $port runs anew."
done
