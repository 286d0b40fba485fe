namespace Relocation.Testing;

/// <summary>The status of a relocation (docs/sentry-import.md, section 10.1). The numbers are those in the database.</summary>
public enum RelocationStatus
{
    /// <summary>It continues whenever it is run.</summary>
    InProgress = 0,

    /// <summary>It has failed; it can be retried as a new relocation.</summary>
    Failure = 1,

    /// <summary>It has succeeded.</summary>
    Success = 2,

    /// <summary>It is paused until it is resumed.</summary>
    Pause = 3,
}
