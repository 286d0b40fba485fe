namespace Relocation.Testing;

/// <summary>Says what a property takes in backups that are older than it, and do not hold its field. Each is reported as defaulted.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class BackupDefaultAttribute : Attribute
{
    /// <summary>A constant.</summary>
    /// <param name="value">The value; what no attribute can hold (a Guid, a date) is given as text.</param>
    public BackupDefaultAttribute(object? value)
    {
        Value = value;
        Kind = FieldDefaultKind.Constant;
    }

    /// <summary>A value that the import makes.</summary>
    /// <param name="kind">How: <see cref="FieldDefaultKind.Now"/>, <see cref="FieldDefaultKind.Guid"/> or <see cref="FieldDefaultKind.Database"/>.</param>
    /// <exception cref="ArgumentException">The kind needs more than an attribute says; use <c>HasBackupDefault</c>.</exception>
    public BackupDefaultAttribute(FieldDefaultKind kind)
    {
        if (kind is not (FieldDefaultKind.Now or FieldDefaultKind.Guid or FieldDefaultKind.Database))
        {
            throw new ArgumentException($"'{kind}' needs a value of its own. Use HasBackupDefault in the model.", nameof(kind));
        }

        Kind = kind;
    }

    /// <summary>The constant, or null.</summary>
    public object? Value { get; }

    /// <summary>How the value is found.</summary>
    public FieldDefaultKind Kind { get; }
}
