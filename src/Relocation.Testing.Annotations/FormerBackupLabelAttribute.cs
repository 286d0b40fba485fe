namespace Relocation.Testing;

/// <summary>Says which label an entity had in older backups. Records of it are imported as the entity's, and reported as renamed.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class FormerBackupLabelAttribute : Attribute
{
    /// <summary>Says which label an entity had in older backups. Records of it are imported as the entity's, and reported as renamed.</summary>
    /// <param name="label">The label, for example <c>shop.purchase</c>.</param>
    public FormerBackupLabelAttribute(string label)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(label);
        Label = label;
    }

    /// <summary>The label.</summary>
    public string Label { get; }
}
