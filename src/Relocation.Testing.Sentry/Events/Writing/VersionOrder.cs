using System.Globalization;
using Relocation.Testing.Sentry.Events.Releases;

namespace Relocation.Testing.Sentry.Events.Writing;

/// <summary>Orders versions as semantic versioning does. Packages and build codes do not count.</summary>
internal static class VersionOrder
{
    /// <summary>Which of two versions is the later one, or null where one of them is no such version.</summary>
    internal static int? Compare(string left, string right) =>
        ReleaseVersion.Parse(left) is { } one && ReleaseVersion.Parse(right) is { } other ? Compare(one, other) : null;

    private static int Compare(ReleaseVersion left, ReleaseVersion right)
    {
        var numbers = (left.Major, left.Minor, left.Patch, left.Revision).CompareTo((right.Major, right.Minor, right.Patch, right.Revision));
        return numbers != 0 ? numbers
            : left.Prerelease.Length == 0 || right.Prerelease.Length == 0 ? (left.Prerelease.Length == 0).CompareTo(right.Prerelease.Length == 0)
            : ComparePrereleases(left.Prerelease.Split('.'), right.Prerelease.Split('.'));
    }

    /// <summary>Part by part: numbers as such and before words; what is longer and otherwise equal is later.</summary>
    private static int ComparePrereleases(string[] left, string[] right)
    {
        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            var (isNumber, isOtherNumber) = (TryNumber(left[i], out var number), TryNumber(right[i], out var other));
            var order = isNumber && isOtherNumber ? number.CompareTo(other)
                : isNumber != isOtherNumber ? (isNumber ? -1 : 1)
                : string.CompareOrdinal(left[i], right[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    private static bool TryNumber(string part, out ulong number) => ulong.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
