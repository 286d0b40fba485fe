namespace Relocation.Testing;

/// <summary>How exactly an export writes moments and times of day (import specification, section 1.3).</summary>
public enum MomentPrecision
{
    /// <summary>Always three digits, as Sentry and Django write them: <c>2024-08-15T20:23:26.000Z</c>. Smaller parts are cut off.</summary>
    Milliseconds,

    /// <summary>Three digits at least, and up to six where there are more: what PostgreSQL keeps.</summary>
    Microseconds,
}
