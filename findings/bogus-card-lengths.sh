#!/usr/bin/env bash
# Bogus 35.6.5: half of the numbers of payment cards for Discover, and one in ten for Maestro, have 20 digits. A card's number has at most 19
# (ISO/IEC 7812), so a column or a validator for the longest number there is refuses them, though their check digits are right. (34.0.2 did the same, and
# made IBANs of Costa Rica with 21 characters instead of 22, which is mended.)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >Program.cs <<'CS'
#:package Bogus@35.6.5
#:property PublishAot=false
using Bogus;
using Bogus.DataSets;

var finance = new Finance { Random = new Randomizer(7) };
foreach (var (name, type) in new[] { ("Visa", CardType.Visa), ("Discover", CardType.Discover), ("Maestro", CardType.Maestro) })
{
    var lengths = Enumerable.Range(0, 2_000).Select(_ => finance.CreditCardNumber(type).Count(char.IsAsciiDigit));
    Console.WriteLine($"{name}: {string.Join(" ", lengths.GroupBy(length => length).OrderBy(group => group.Key).Select(group => $"{group.Key}x{group.Count()}"))}");
}
CS

cat >expected <<'TXT'
Visa: 13x1030 16x970
Discover: 16x1011 20x989
Maestro: 16x1209 17x196 18x218 19x205 20x172
TXT
dotnet run Program.cs >seen
diff expected seen && echo "As described."
