namespace Relocation.Testing;

/// <summary>How exactly an export writes moments and times of day (docs/sentry-import.md, section 1.3).</summary>
public enum MomentPrecision
{
    /// <summary>
    /// All that the column holds: three digits at least and up to seven where there are more, with the offset where the column keeps one
    /// (SQLite, for <see cref="DateTimeOffset"/>).
    /// </summary>
    Exact = 2,

    /// <summary>Always three digits, as Sentry and Django write them: <c>2024-08-15T20:23:26.000Z</c>. Smaller parts are cut off, and moments are in UTC.</summary>
    Milliseconds = 0,

    /// <summary>Three digits at least, and up to six where there are more: what PostgreSQL keeps. Moments are in UTC.</summary>
    Microseconds = 1,
}
