#!/usr/bin/env bash
# Does what a new user does, in an empty folder, from the packed packages alone: eng/walk-through.sh [--without-postgresql]
#
# Packs the packages, makes a test project that has them from a local source, and sees a first test with a baseline pass:
# with xUnit on SQLite, on PostgreSQL after one line was changed, and the same with the other frameworks; then installs the tool
# and imports with it. The code that the user writes is counted, model and all. Ends with totals as a test runner does.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

readonly most_lines=14
repository=$PWD
has_postgresql=true
if [[ ${1:-} == --without-postgresql ]]; then
  has_postgresql=false
fi

work=$(mktemp -d "${TMPDIR:-/tmp}/relocation-walk-through-XXXXXX")
work=$(cd "$work" && pwd -P)
trap 'rm -rf "$work"' EXIT
succeeded=0
failed=0
skipped=0

# A version that nobody has: no package of an earlier run can be mistaken for one of these.
version=$(sed -n 's:.*<VersionPrefix>\(.*\)</VersionPrefix>.*:\1:p' Directory.Build.props)-walk.$(date +%s).$$
machine_packages=$(dotnet nuget locals global-packages --list | sed 's/^[^:]*: *//')

step() { # what, command...: counts whether it succeeds; shows what it said when it does not
  local what=$1
  shift
  if "$@" >"$work/log" 2>&1; then
    succeeded=$((succeeded + 1))
    printf 'walk-through: %s\n' "$what"
  else
    failed=$((failed + 1))
    printf 'walk-through FAILED: %s\n' "$what"
    sed 's/^/  | /' "$work/log"
  fi
}

skip() {
  skipped=$((skipped + 1))
  printf 'walk-through SKIPPED: %s\n' "$1"
}

# The totals, as a test runner ends with them.
summarize() {
  printf '\nwalk-through summary:\n  total: %s\n  failed: %s\n  succeeded: %s\n  skipped: %s\n' \
    $((succeeded + failed + skipped)) "$failed" "$succeeded" "$skipped"
  [[ $failed == 0 ]]
}

pack() {
  local project
  for project in src/*/*.csproj; do
    dotnet pack "$project" --configuration Release --output "$work/packages" -p:PackageVersion="$version" || return 1
  done
}

# The folder that a user has: nothing but a source of packages and the choice of a test runner. What is not ours may come
# from the machine's own packages; ours are kept out of those.
prepare() {
  mkdir -p "$work/home" || return 1
  cat >"$work/nuget.config" <<END || return 1
<configuration>
  <packageSources><add key="packed" value="$work/packages" /></packageSources>
  <fallbackPackageFolders><add key="machine" value="$machine_packages" /></fallbackPackageFolders>
</configuration>
END
  printf '{ "test": { "runner": "Microsoft.Testing.Platform" } }\n' >"$work/global.json"
}

# A framework's project, with the code and the backup that the user writes.
start() {
  mkdir "$work/$1" && cp "$repository/tests/WalkThrough/$1/"* "$repository/tests/WalkThrough/shop.json" "$work/$1/"
}

count_lines() {
  local lines
  lines=$(grep -vc '^[[:space:]]*$' "$work/$1/ShopTests.cs") || return 1
  printf '%s lines of code\n' "$lines"
  [[ $lines -le $most_lines ]]
}

# Exactly one test, which passes. xUnit v2 has no runner of its own: the global.json of its folder names none.
run_tests() {
  local arguments=(--project Shop.Tests.csproj --no-ansi --no-progress)
  if [[ $1 == Xunit ]]; then
    arguments=(Shop.Tests.csproj)
  fi
  (cd "$work/$1" && dotnet test "${arguments[@]}" >"$work/tests" 2>&1) || {
    cat "$work/tests"
    return 1
  }
  cat "$work/tests"
  grep -Eq '^ *succeeded: *1 *$|^Passed!.* Passed: *1,' "$work/tests"
}

# One line is another; nothing else is.
change_to_postgresql() {
  local code=$work/$1/ShopTests.cs changed
  cp "$code" "$work/before" && sed -i.bak 's/SqliteTarget\.InMemory()/PostgreSqlTarget.ThrowAway()/' "$code" && rm "$code.bak" || return 1
  changed=$({ diff "$work/before" "$code" || true; } | grep -c '^>') || return 1
  printf '%s lines changed\n' "$changed"
  [[ $changed == 1 ]]
}

# What a package says of itself, and that it takes its sisters in the same version only.
check_package() {
  local id=$1 nuspec
  nuspec=$(cat "$NUGET_PACKAGES/$id/$version/$id.nuspec") || return 1
  printf '%s\n' "$nuspec"
  grep -q '<license type="expression">MIT</license>' <<<"$nuspec" &&
    grep -q '<readme>README.md</readme>' <<<"$nuspec" &&
    grep -q '<icon>icon.png</icon>' <<<"$nuspec" &&
    ! grep -rqaF "$repository" "$NUGET_PACKAGES/$id/$version/lib" &&
    grep -q '<repository type="git"' <<<"$nuspec" &&
    [[ -f $NUGET_PACKAGES/$id/$version/README.md ]] &&
    { [[ $id == relocation.testing ]] || grep -Fq "<dependency id=\"Relocation.Testing\" version=\"[$version]\"" <<<"$nuspec"; } || return 1
  compgen -G "$work/packages/*.snupkg" >/dev/null
}

install_tool() {
  (cd "$work" && dotnet tool install Relocation.Testing.Cli --tool-path "$work/tool" --version "$version")
}

import_with_tool() {
  (cd "$work/XunitV3" && "$work/tool/relocation" import shop.json --assembly bin/Debug/net10.0/Shop.Tests.dll --context ShopContext) |
    tee "$work/import" && grep -q '5 records' "$work/import"
}

# What the readme says to somebody who has a database, up to its tests: they look for names, which are others now.
start_from_database() (
  set -e
  cd "$work/XunitV3"
  PATH=$work/tool:$PATH
  assembly=bin/Debug/net10.0/Shop.Tests.dll
  git init --quiet .
  relocation import shop.json --database real_test.db --assembly "$assembly"
  lines=$(sed -n '/^## I have a database/,/^## /p' "$repository/README.md" | sed -n '/^```bash/,/^```/p' | sed '1d;$d;s:/Shop\.dll:/Shop.Tests.dll:')
  [[ $(tail -n 1 <<<"$lines") == 'dotnet test' ]]
  CONNECTION=real_test.db bash -ec "$(sed '$d' <<<"$lines")"
  git ls-files --error-unmatch shop.json
  ! grep -q Grace shop.json
  relocation import shop.json --assembly "$assembly"
)

printf 'walk-through: version %s in %s\n' "$version" "$work"
export RelocationVersion=$version
step "the packages are packed" pack
if [[ $failed != 0 ]]; then
  summarize
fi
export NUGET_PACKAGES=$work/nuget
step "an empty folder has them as a source" prepare
for framework in XunitV3 Xunit NUnit MSTest TUnit; do
  step "$framework: a project with a backup" start "$framework"
  step "$framework: at most $most_lines lines of code, model and all ($(grep -vc '^[[:space:]]*$' "tests/WalkThrough/$framework/ShopTests.cs"))" count_lines "$framework"
  step "$framework: the first test passes on SQLite" run_tests "$framework"
  if [[ $has_postgresql == true ]]; then
    step "$framework: one line is changed" change_to_postgresql "$framework"
    step "$framework: the test passes on PostgreSQL" run_tests "$framework"
  else
    skip "$framework: PostgreSQL was not found"
  fi
done
for package in relocation.testing relocation.testing.sqlite relocation.testing.postgresql relocation.testing.xunitv3 relocation.testing.xunit \
  relocation.testing.nunit relocation.testing.mstest relocation.testing.tunit; do
  step "$package: licence, readme, repository, symbols and versions" check_package "$package"
done
step "the command line tool is installed" install_tool
step "the tool imports the backup" import_with_tool
step "a database becomes a sanitised backup that imports" start_from_database
summarize
