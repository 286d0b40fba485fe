namespace Relocation.Testing;

/// <summary>Gives a property another field than its name in snake case.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field, AllowMultiple = false, Inherited = true)]
public sealed class BackupNameAttribute : Attribute
{
    /// <summary>Gives a property another field than its name in snake case.</summary>
    /// <param name="name">The field's name, within the object that holds the property.</param>
    public BackupNameAttribute(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    /// <summary>The field's name.</summary>
    public string Name { get; }
}
