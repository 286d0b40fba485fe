#!/usr/bin/env bash
# Adds every public symbol that the API files lack to PublicAPI.Unshipped.txt, and drops the lines whose symbols are gone.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

for project in src/*/*.csproj; do
  folder=$(dirname "$project")
  for file in Shipped Unshipped; do
    [[ -f $folder/PublicAPI.$file.txt ]] || printf '#nullable enable\n' >"$folder/PublicAPI.$file.txt"
  done
  printf '#nullable enable\n' >"$folder/PublicAPI.Unshipped.txt"
  # Each RS0016 message quotes the line that is missing.
  lines=$(dotnet build "$project" -p:TreatWarningsAsErrors=false --no-incremental 2>&1 |
    grep -F "$(pwd)/$folder/" | sed -n "s/.*warning RS0016: Symbol '\(.*\)' is not part of the declared public API.*/\1/p" | LC_ALL=C sort -u || true)
  printf '%s\n' "$lines" | sed '/^$/d' >>"$folder/PublicAPI.Unshipped.txt"
  printf '%s: %s lines\n' "$folder" "$(grep -vc '^#' "$folder/PublicAPI.Unshipped.txt" || true)"
done
