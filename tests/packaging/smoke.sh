#!/usr/bin/env bash
# An installed pmdesk, tried from a folder that knows nothing of the project.
# smoke.sh BIN PROJECT: the folder of the installed commands; the checkout, for in_terminal.py.
set -euo pipefail

bin=$1
project=$2
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
export HOME="$place" XDG_DATA_HOME="$place/data" XDG_CONFIG_HOME="$place/config"
cd "$place"

# expect PATTERN COMMAND…: the command succeeds and prints the pattern.
expect() {
  local pattern=$1 printed
  shift
  printed=$("$@") || { echo "smoke: “$*” failed" >&2; exit 1; }
  grep -qE "$pattern" <<<"$printed" || { printf 'smoke: “%s” printed:\n%s\n' "$*" "$printed" >&2; exit 1; }
  echo "  $*"
}

expect '^pmdesk [0-9]' "$bin/pmdesk" --version
"$bin/pmdesk" add 'A label that survives the freezer topic:label from:sales'
expect 'A label that survives' "$bin/pmdesk" inbox
cat > one.eml <<'MAIL'
From: Ana Silva <ana@polar.example>
To: pm@harbourlight.example
Subject: Labels fall off
Date: Thu, 12 Jun 2025 09:12:00 +0200
Message-ID: <one@polar.example>

Every label falls off below -20 degrees.
MAIL
expect '^read 1 = 1 created' "$bin/pmdesk" import one.eml
expect '^read 1 = 0 created' "$bin/pmdesk" import one.eml
expect 'Import' "$bin/pmdesk" undo
expect 'Import' "$bin/pmdesk" redo
expect '"format": "pmdesk"' "$bin/pmdesk" export
"$bin/pmdesk" export desk.json
expect 'created' "$bin/pmdesk" --desk copy.db import desk.json
"$bin/pmdesk" --desk copy.db export copy.json
cmp desk.json copy.json
expect 'sound' "$bin/pmdesk" doctor
expect '[a-z]' "$bin/pmdesk" keys
"$bin/python" "$project/tests/packaging/in_terminal.py" --until Harbourlight --keys q -- "$bin/pmdesk" demo
echo "  pmdesk demo, in a terminal"
expect 'Northmoor|Polar' "$bin/pmdesk" --desk "$XDG_DATA_HOME/pmdesk/demo.db" inbox all
[ -z "$(find "$XDG_DATA_HOME" -type f -perm /077)" ] || { echo "smoke: files that others can read" >&2; exit 1; }
