namespace Relocation.Testing.Sentry.Tasks.Steps;

/// <summary>Why a relocation failed, as its owner reads it.</summary>
/// <param name="Category">The kind of reason.</param>
/// <param name="Text">The reason in words, not longer than the column.</param>
internal sealed record FailureReason(FailureCategory Category, string Text)
{
    /// <summary>
    /// The length of the column. SQLite would accept more, and PostgreSQL would refuse to store the failure (docs/tasks.md, What fails, and
    /// when).
    /// </summary>
    internal const int LongestText = 256;

    /// <param name="category">The kind of reason.</param>
    /// <param name="detail">What the reason names: a list, a number, a place; empty where it names nothing.</param>
    internal static FailureReason Of(FailureCategory category, string detail = "") => new(category, Cut(Errors.FailureText(category, detail)));

    private static string Cut(string text)
    {
        if (text.Length <= LongestText)
        {
            return text;
        }

        const string Dots = "...";
        var end = LongestText - Dots.Length;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + Dots;
    }
}
