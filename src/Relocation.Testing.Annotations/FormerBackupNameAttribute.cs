namespace Relocation.Testing;

/// <summary>Says which field a property had in older backups. It is read as the property's, and reported as renamed.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field, AllowMultiple = true, Inherited = true)]
public sealed class FormerBackupNameAttribute : Attribute
{
    /// <summary>Says which field a property had in older backups. It is read as the property's, and reported as renamed.</summary>
    /// <param name="name">The field, within the object that holds the property; for a reference, on the foreign key's property.</param>
    public FormerBackupNameAttribute(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    /// <summary>The field's name.</summary>
    public string Name { get; }
}
