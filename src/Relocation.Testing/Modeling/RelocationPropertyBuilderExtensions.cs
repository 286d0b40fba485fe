using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Relocation.Testing.Modeling;

namespace Relocation.Testing;

/// <summary>Says in an EF Core model what backups call a property, now and before.</summary>
/// <remarks>The facts are annotations: they change neither the database nor what EF Core does.</remarks>
public static partial class RelocationPropertyBuilderExtensions
{
    /// <summary>Gives a property another field than its name in snake case. It goes before a <see cref="BackupNameAttribute"/>.</summary>
    /// <typeparam name="TProperty">The property's type.</typeparam>
    /// <param name="property">The property's builder.</param>
    /// <param name="name">The field's name, within the object that holds the property.</param>
    public static PropertyBuilder<TProperty> HasBackupName<TProperty>(this PropertyBuilder<TProperty> property, string name)
    {
        ArgumentNullException.ThrowIfNull(property);
        SetName(property.Metadata, name);
        return property;
    }

    /// <summary>Gives a property of a complex type another field than its name in snake case.</summary>
    /// <typeparam name="TProperty">The property's type.</typeparam>
    /// <param name="property">The property's builder.</param>
    /// <param name="name">The field's name, within the object that holds the property.</param>
    public static ComplexTypePropertyBuilder<TProperty> HasBackupName<TProperty>(this ComplexTypePropertyBuilder<TProperty> property, string name)
    {
        ArgumentNullException.ThrowIfNull(property);
        SetName(property.Metadata, name);
        return property;
    }

    /// <summary>Says which fields a property had in older backups. They are read as the property's, and reported as renamed.</summary>
    /// <typeparam name="TProperty">The property's type.</typeparam>
    /// <param name="property">The property's builder; for a reference, that of the foreign key's property.</param>
    /// <param name="names">The fields, within the object that holds the property; they are added to those that were given before.</param>
    public static PropertyBuilder<TProperty> HasFormerName<TProperty>(this PropertyBuilder<TProperty> property, params string[] names)
    {
        ArgumentNullException.ThrowIfNull(property);
        ArgumentNullException.ThrowIfNull(names);
        property.Metadata.AddTexts(BackupAnnotations.FormerNames, names);
        return property;
    }

    /// <summary>Says which fields a property of a complex type had in older backups. They are read as the property's, and reported as renamed.</summary>
    /// <typeparam name="TProperty">The property's type.</typeparam>
    /// <param name="property">The property's builder.</param>
    /// <param name="names">The fields, within the object that holds the property; they are added to those that were given before.</param>
    public static ComplexTypePropertyBuilder<TProperty> HasFormerName<TProperty>(
        this ComplexTypePropertyBuilder<TProperty> property, params string[] names)
    {
        ArgumentNullException.ThrowIfNull(property);
        ArgumentNullException.ThrowIfNull(names);
        property.Metadata.AddTexts(BackupAnnotations.FormerNames, names);
        return property;
    }

    /// <summary>Says what a property takes in backups that are older than it, and do not hold its field. Each is reported as defaulted.</summary>
    /// <typeparam name="TProperty">The property's type.</typeparam>
    /// <param name="property">The property's builder.</param>
    /// <param name="value">The value.</param>
    public static PropertyBuilder<TProperty> HasBackupDefault<TProperty>(this PropertyBuilder<TProperty> property, TProperty value)
    {
        ArgumentNullException.ThrowIfNull(property);
        return property.HasBackupDefault(FieldDefault.Of(value));
    }

    /// <summary>Says what a property takes in backups that are older than it, and do not hold its field. Each is reported as defaulted.</summary>
    /// <typeparam name="TProperty">The property's type.</typeparam>
    /// <param name="property">The property's builder.</param>
    /// <param name="value">How the value is found, for example <see cref="FieldDefault.Now"/>.</param>
    public static PropertyBuilder<TProperty> HasBackupDefault<TProperty>(this PropertyBuilder<TProperty> property, FieldDefault value)
    {
        ArgumentNullException.ThrowIfNull(property);
        SetDefault(property.Metadata, value);
        return property;
    }

    /// <summary>Says what a property of a complex type takes in backups that are older than it. Each is reported as defaulted.</summary>
    /// <typeparam name="TProperty">The property's type.</typeparam>
    /// <param name="property">The property's builder.</param>
    /// <param name="value">How the value is found, for example <see cref="FieldDefault.Now"/>.</param>
    public static ComplexTypePropertyBuilder<TProperty> HasBackupDefault<TProperty>(
        this ComplexTypePropertyBuilder<TProperty> property, FieldDefault value)
    {
        ArgumentNullException.ThrowIfNull(property);
        SetDefault(property.Metadata, value);
        return property;
    }

    /// <summary>Leaves a property out of backups: it is not exported, and takes what the database gives it. Parts of keys cannot be left out.</summary>
    /// <typeparam name="TProperty">The property's type.</typeparam>
    /// <param name="property">The property's builder.</param>
    public static PropertyBuilder<TProperty> LeaveOutOfBackup<TProperty>(this PropertyBuilder<TProperty> property)
    {
        ArgumentNullException.ThrowIfNull(property);
        property.HasAnnotation(BackupAnnotations.LeaveOut, true);
        return property;
    }

    private static void SetName(IMutableProperty property, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        property.SetAnnotation(BackupAnnotations.FieldName, name);
    }

    private static void SetDefault(IMutableProperty property, FieldDefault value)
    {
        ArgumentNullException.ThrowIfNull(value);
        property.SetAnnotation(BackupAnnotations.Default, value.ToText());
    }
}
