#!/usr/bin/env bash
# npm run test:everywhere: the whole suite under every machine that is promised: zones, the plainest locale, root and an
# ordinary user, and Node 20, 22 and 24.
#
#   CONNTRAIL_NODES  folders with a Node each, separated by blanks: their bin/node and bin/npm are used. Without it the
#                    Nodes are fetched as npm packages (node@20, node@22, node@24), which needs a registry.
#   CONNTRAIL_USER   the ordinary user, where this is run as root (default: nobody).
#
# Each Node has a copy of the tree of its own, since better-sqlite3 is built for one Node. Takes the better part of an
# hour; ends with a table, and with 1 where any of it failed.
set -uo pipefail
cd "$(dirname "$0")/.."
home="$(mktemp -d)"
trap 'rm -rf "$home"' EXIT
chmod 755 "$home"
user="${CONNTRAIL_USER:-nobody}"
failed=0
table=""

if [ -z "${CONNTRAIL_CORPUS:-}" ] && [ -d ../shared/corpus ]; then
  CONNTRAIL_CORPUS="$(cd ../shared/corpus && pwd)"
  export CONNTRAIL_CORPUS
fi

# run NAME COMMAND...: what it printed stands in a file that is shown where it failed.
run() {
  local name="$1" log="$home/log"
  shift
  if "$@" >"$log" 2>&1; then
    table+="ok      $name"$'\n'
  else
    table+="FAILED  $name"$'\n'
    failed=1
    tail -60 "$log"
  fi
}

# as_user COMMAND...: as somebody who is not root, with a home that can be written to.
as_user() {
  local place="$home/of-user"
  mkdir -p "$place" && chown "$user" "$place"
  if command -v runuser >/dev/null 2>&1; then
    runuser -u "$user" -- env HOME="$place" TMPDIR="$place" "$@"
  else
    setpriv --reuid "$user" --clear-groups -- env HOME="$place" TMPDIR="$place" "$@"
  fi
}

nodes="${CONNTRAIL_NODES:-}"
if [ -z "$nodes" ]; then
  for version in 20 22 24; do
    if npm install --prefix "$home/node$version" --no-save "node@$version" >"$home/log" 2>&1; then
      nodes+=" $home/node$version/node_modules/node"
    else
      table+="FAILED  node@$version could not be fetched"$'\n'
      failed=1
    fi
  done
fi

for node in $nodes; do
  # A package of Node alone has no npm: the one at hand runs under it.
  PATH="$node/bin:$PATH"
  version="$(node --version)"
  tree="$home/tree-$version"
  mkdir "$tree"
  git ls-files -z | xargs -0 cp --parents -t "$tree"
  [ "$(id -u)" = 0 ] && chown -R "$user" "$tree"
  pushd "$tree" >/dev/null || exit 1
  run "$version: install" npm ci
  run "$version: TZ=UTC" env TZ=UTC npx vitest run
  run "$version: TZ=America/St_Johns" env TZ=America/St_Johns npx vitest run
  run "$version: LANG=C" env TZ=UTC LANG=C LC_ALL=C npx vitest run
  if [ "$(id -u)" = 0 ]; then
    chown -R "$user" "$tree"
    run "$version: as $user" as_user env TZ=UTC "PATH=$PATH" npx vitest run
  else
    table+="skipped $version: as root (this is run as $(id -un))"$'\n'
  fi
  popd >/dev/null || exit 1
done

printf '\n%s' "$table"
exit "$failed"
