namespace Relocation.Testing;

/// <summary>Gives an entity another label than <c>app.entity</c>.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false, Inherited = false)]
public sealed class BackupLabelAttribute : Attribute
{
    /// <summary>Gives an entity another label than <c>app.entity</c>.</summary>
    /// <param name="label">The label, for example <c>shop.order</c>.</param>
    public BackupLabelAttribute(string label)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(label);
        Label = label;
    }

    /// <summary>The label.</summary>
    public string Label { get; }
}
