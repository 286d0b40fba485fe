namespace Relocation.Testing;

/// <summary>What is becoming of a relocation (docs/sentry-import.md, section 10.1). The numbers are what the database holds.</summary>
public enum RelocationStatus
{
    /// <summary>It goes on whenever it is run.</summary>
    InProgress = 0,

    /// <summary>It has failed and does not go on; it can be retried as a new one.</summary>
    Failure = 1,

    /// <summary>It has succeeded.</summary>
    Success = 2,

    /// <summary>It does not go on before it is resumed.</summary>
    Pause = 3,
}
