namespace Relocation.Testing.Sentry.Events.Storing;

/// <summary>What one column of rows holds that a statement writes or looks for.</summary>
internal enum CellKind
{
    /// <summary>A whole number of 64 bits.</summary>
    Integer,

    /// <summary>A short text.</summary>
    Text,

    /// <summary>A moment, to the microsecond: what both engines keep.</summary>
    Instant,

    /// <summary>JSON text of any length, from the batch's <see cref="DocumentBuffer"/>.</summary>
    Document,
}
