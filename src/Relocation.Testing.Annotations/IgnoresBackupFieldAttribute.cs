namespace Relocation.Testing;

/// <summary>Says which field older backups hold for an entity that it has no more. It is left out, and reported as dropped.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = true)]
public sealed class IgnoresBackupFieldAttribute : Attribute
{
    /// <summary>Says which field older backups hold for an entity that it has no more. It is left out, and reported as dropped.</summary>
    /// <param name="field">The field; dots lead into objects.</param>
    public IgnoresBackupFieldAttribute(string field)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(field);
        Field = field;
    }

    /// <summary>The field.</summary>
    public string Field { get; }
}
