namespace Relocation.Testing;

/// <summary>How a backup and a version of the tables fit.</summary>
public enum Compatibility
{
    /// <summary>Every record was written, and backup and model agree without any rule's help.</summary>
    Clean,

    /// <summary>Every record was written, and what differs is as rules declare it.</summary>
    AsDeclared,

    /// <summary>The backup was imported, and something was left out or took a default that no rule declares.</summary>
    Drift,

    /// <summary>The backup was refused.</summary>
    Refused,
}
