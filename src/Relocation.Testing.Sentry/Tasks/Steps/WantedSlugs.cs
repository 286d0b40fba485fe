using System.Buffers;

namespace Relocation.Testing.Sentry.Tasks.Steps;

/// <summary>The form of wanted slugs (docs/tasks.md, Where Sentry differs): creation and scan have a rule each.</summary>
internal static class WantedSlugs
{
    private const string Digits = "0123456789";
    private const string SmallLetters = "abcdefghijklmnopqrstuvwxyz";

    private static readonly SearchValues<char> OfScan = SearchValues.Create($"-_{Digits}{SmallLetters}");

    /// <summary>The first slug, in ordinal order, that the scan refuses; null if there is none.</summary>
    internal static string? FirstBad(IEnumerable<string> slugs) => slugs.Order(StringComparer.Ordinal).FirstOrDefault(slug => !IsFineInScan(slug));

    /// <summary>The first slug, in ordinal order, that creation or scan refuses: what the scan would refuse is refused at once.</summary>
    internal static string? FirstBadAtCreation(IEnumerable<string> slugs) =>
        slugs.Order(StringComparer.Ordinal).FirstOrDefault(slug => !IsFineAtCreation(slug) || !IsFineInScan(slug));

    private static bool IsFineInScan(string slug) => slug.Length > 0 && !slug.AsSpan().ContainsAnyExcept(OfScan) && !IsNumber(slug);

    private static bool IsFineAtCreation(string slug) =>
        slug.Length > 0 && slug.All(character => char.IsAsciiLetterOrDigit(character) || character == '-') && char.IsAsciiLetterOrDigit(slug[0])
        && slug[^1] != '-' && !IsNumber(slug);

    private static bool IsNumber(string slug) => slug.All(char.IsAsciiDigit);
}
