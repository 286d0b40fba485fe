namespace Relocation.Testing.Sentry.Events.Describing;

/// <summary>Text that is cut to a length (addendum, E-1). Lengths count characters as people do: one for what takes two UTF-16 units.</summary>
internal static class TrimmedText
{
    /// <summary>Text as it is, or its beginning with three dots, which count.</summary>
    /// <param name="text">The text.</param>
    /// <param name="limit">The longest result, in characters, at least 3.</param>
    internal static string Cut(string text, int limit) => throw new NotImplementedException();
}
