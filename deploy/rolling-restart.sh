#!/usr/bin/env bash
# Restarts the web processes behind nginx one after the other, without a lost request: rolling-restart.sh 3001 3002
# A process is taken out of nginx, the connections of nginx's old workers end, it starts anew, answers as ready, and goes back in.
#
# RESTART   how one is restarted; gets the port as its argument (default: systemctl restart parley-web@PORT)
# RELOAD    how nginx reads its configuration again (default: systemctl reload nginx)
# UPSTREAM  the file that deploy/nginx/parley.conf includes (default: /etc/nginx/parley-upstream.conf)
# NGINX_PID nginx's pid file (default: /run/nginx.pid)
set -euo pipefail

ports=("$@")
[ ${#ports[@]} -ge 2 ] || { echo 'Say the ports of at least two web processes.' >&2; exit 2; }
upstream=${UPSTREAM:-/etc/nginx/parley-upstream.conf}
nginx_pid=${NGINX_PID:-/run/nginx.pid}

restart() { if [ -n "${RESTART:-}" ]; then "$RESTART" "$1"; else systemctl restart "parley-web@$1"; fi; }
reload() { if [ -n "${RELOAD:-}" ]; then "$RELOAD"; else systemctl reload nginx; fi; }

workers() { cat "/proc/$1/task/$1/children" 2>/dev/null || true; }

# Writes all processes but $1, and waits until no worker of nginx knows any others.
use_all_but() {
  local port old worker
  for port in "${ports[@]}"; do
    if [ "$port" = "$1" ]; then echo "server 127.0.0.1:$port down;"; else echo "server 127.0.0.1:$port;"; fi
  done > "$upstream.new"
  mv "$upstream.new" "$upstream"
  old=$(workers "$(cat "$nginx_pid")")
  reload
  for worker in $old; do
    while kill -0 "$worker" 2>/dev/null; do sleep 0.1; done
  done
}

wait_until_live() {
  local tries
  for tries in {1..600}; do
    if curl -fsS -o /dev/null --max-time 2 "http://127.0.0.1:$1/api/health/live" 2>/dev/null; then return; fi
    sleep 0.1
  done
  echo "The process on port $1 does not answer. It is left out of nginx; look into its log." >&2
  exit 1
}

for port in "${ports[@]}"; do
  use_all_but "$port"
  restart "$port"
  wait_until_live "$port"
  echo "Port $port runs anew."
done
use_all_but none
