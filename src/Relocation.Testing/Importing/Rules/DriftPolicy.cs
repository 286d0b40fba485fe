namespace Relocation.Testing;

/// <summary>What happens where backup and model differ and no rule declares it.</summary>
public enum DriftPolicy
{
    /// <summary>What is unknown is left out, what is absent takes its default, and the result lists both with their counts.</summary>
    Report,

    /// <summary>The import is refused, with all differences listed, and the database is as it was.</summary>
    Refuse,
}
