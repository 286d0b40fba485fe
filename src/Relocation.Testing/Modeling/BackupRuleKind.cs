namespace Relocation.Testing;

/// <summary>What a <see cref="BackupRule"/> declares, and what a <see cref="DeclaredDrift"/> tells of.</summary>
public enum BackupRuleKind
{
    /// <summary>Older backups hold records of a model under another label.</summary>
    ModelRenamed,

    /// <summary>Older backups hold records of a model that is no more; they are left out.</summary>
    ModelDropped,

    /// <summary>Older backups hold a field under another name.</summary>
    FieldRenamed,

    /// <summary>Older backups lack a field; it takes a declared default.</summary>
    FieldAdded,

    /// <summary>Older backups hold a field that is no more; it is left out.</summary>
    FieldDropped,
}
