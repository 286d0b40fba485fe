#!/usr/bin/env bash
# Bogus 34.0.2: Internet.Email in the locales ja, zh_CN and zh_TW says nothing of the person: names in other scripts leave nothing behind, so that only
# a number and one of few domains are left, some with a dot in front, which no address may have. Of 2,000 addresses from one seed 1,323 repeat an earlier one, and all three locales give the very same
# addresses; in en none repeats. A unique column for e-mail addresses fails within some dozens of rows.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >Program.cs <<'CS'
#:package Bogus@34.0.2
#:property PublishAot=false
using Bogus;
using Bogus.DataSets;

string[]? first = null;
foreach (var locale in new[] { "ja", "zh_CN", "zh_TW", "en" })
{
    var internet = new Internet(locale) { Random = new Randomizer(7) };
    var addresses = Enumerable.Range(0, 2000).Select(_ => internet.Email()).ToArray();
    first ??= addresses;
    Console.WriteLine($"{locale} repeated {addresses.Length - addresses.Distinct().Count()} as the first locale {addresses.SequenceEqual(first)}");
}

Console.WriteLine(string.Join(" ", first!.Take(3)));
CS

cat >expected <<'TXT'
ja repeated 1323 as the first locale True
zh_CN repeated 1323 as the first locale True
zh_TW repeated 1323 as the first locale True
en repeated 0 as the first locale False
36@yahoo.com _44@hotmail.com .80@hotmail.com
TXT
dotnet run Program.cs >seen
diff expected seen && echo "As described."
