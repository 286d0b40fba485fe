using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Relocation.Testing.Modeling;

namespace Relocation.Testing;

/// <summary>
/// Says in <c>OnModelCreating</c> what backups call entities and properties, now and before, how imports treat them, and how sanitising
/// replaces their values.
/// </summary>
/// <remarks>The facts are annotations: they change neither the database nor what EF Core does.</remarks>
public static class RelocationAnnotations
{
    /// <summary>Gives an entity another label than <c>app.entity</c>. It goes before a <see cref="BackupLabelAttribute"/>.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <param name="entity">The entity's builder.</param>
    /// <param name="label">The label, for example <c>shop.order</c>.</param>
    /// <exception cref="FormatException"><paramref name="label"/> is no label.</exception>
    public static EntityTypeBuilder<TEntity> HasBackupLabel<TEntity>(this EntityTypeBuilder<TEntity> entity, string label)
        where TEntity : class
    {
        HasBackupLabel((EntityTypeBuilder)entity, label);
        return entity;
    }

    /// <summary>Gives an entity another label than <c>app.entity</c>. It goes before a <see cref="BackupLabelAttribute"/>.</summary>
    /// <param name="entity">The entity's builder.</param>
    /// <param name="label">The label, for example <c>shop.order</c>.</param>
    /// <exception cref="FormatException"><paramref name="label"/> is no label.</exception>
    public static EntityTypeBuilder HasBackupLabel(this EntityTypeBuilder entity, string label)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return entity.HasAnnotation(BackupAnnotations.Label, ModelLabel.Parse(label).Value);
    }

    /// <summary>Says which labels an entity had in older backups. Records of these are imported as the entity's, and reported as renamed.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <param name="entity">The entity's builder.</param>
    /// <param name="labels">The labels, for example <c>shop.purchase</c>; they are added to those that were given before.</param>
    /// <exception cref="FormatException">One of <paramref name="labels"/> is no label.</exception>
    public static EntityTypeBuilder<TEntity> HasFormerLabel<TEntity>(this EntityTypeBuilder<TEntity> entity, params string[] labels)
        where TEntity : class
    {
        HasFormerLabel((EntityTypeBuilder)entity, labels);
        return entity;
    }

    /// <summary>Says which labels an entity had in older backups. Records of these are imported as the entity's, and reported as renamed.</summary>
    /// <param name="entity">The entity's builder.</param>
    /// <param name="labels">The labels, for example <c>shop.purchase</c>; they are added to those that were given before.</param>
    /// <exception cref="FormatException">One of <paramref name="labels"/> is no label.</exception>
    public static EntityTypeBuilder HasFormerLabel(this EntityTypeBuilder entity, params string[] labels)
    {
        ArgumentNullException.ThrowIfNull(entity);
        ArgumentNullException.ThrowIfNull(labels);
        entity.Metadata.AddTexts(BackupAnnotations.FormerLabels, labels.Select(label => ModelLabel.Parse(label).Value));
        return entity;
    }

    /// <summary>Says which fields older backups hold for an entity that it has no more. They are left out, and reported as dropped.</summary>
    /// <typeparam name="TEntity">The entity.</typeparam>
    /// <param name="entity">The entity's builder.</param>
    /// <param name="fields">The fields; dots lead into objects. They are added to those that were given before.</param>
    public static EntityTypeBuilder<TEntity> IgnoresBackupField<TEntity>(this EntityTypeBuilder<TEntity> entity, params string[] fields)
        where TEntity : class
    {
        IgnoresBackupField((EntityTypeBuilder)entity, fields);
        return entity;
    }

    /// <summary>Says which fields older backups hold for an entity that it has no more. They are left out, and reported as dropped.</summary>
    /// <param name="entity">The entity's builder.</param>
    /// <param name="fields">The fields; dots lead into objects. They are added to those that were given before.</param>
    public static EntityTypeBuilder IgnoresBackupField(this EntityTypeBuilder entity, params string[] fields)
    {
        ArgumentNullException.ThrowIfNull(entity);
        ArgumentNullException.ThrowIfNull(fields);
        entity.Metadata.AddTexts(BackupAnnotations.DroppedFields, fields);
        return entity;
    }

    /// <summary>Says which labels of older backups the model has no more. Their records are left out, and reported as dropped.</summary>
    /// <param name="model">The model's builder.</param>
    /// <param name="labels">The labels; they are added to those that were given before.</param>
    /// <exception cref="FormatException">One of <paramref name="labels"/> is no label.</exception>
    public static ModelBuilder IgnoresBackupLabel(this ModelBuilder model, params string[] labels)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(labels);
        model.Model.AddTexts(BackupAnnotations.DroppedLabels, labels.Select(label => ModelLabel.Parse(label).Value));
        return model;
    }

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

    /// <summary>Leaves an entity out of backups, its derived types included. Records of it are left out, and reported as dropped.</summary>
    /// <typeparam name="TEntity">The entity, a root of its hierarchy.</typeparam>
    /// <param name="entity">The entity's builder.</param>
    public static EntityTypeBuilder<TEntity> LeaveOutOfBackup<TEntity>(this EntityTypeBuilder<TEntity> entity)
        where TEntity : class
    {
        ArgumentNullException.ThrowIfNull(entity);
        entity.HasAnnotation(BackupAnnotations.LeaveOut, true);
        return entity;
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

    /// <summary>Says where new keys of the entity come from. Default: what the store generates gets new keys, the rest keeps them.</summary>
    /// <typeparam name="T">The entity.</typeparam>
    /// <param name="entity">The entity.</param>
    /// <param name="policy">The policy, for instance <see cref="KeyPolicy.Preserve"/> where tests name keys.</param>
    public static EntityTypeBuilder<T> HasKeyPolicy<T>(this EntityTypeBuilder<T> entity, KeyPolicy policy)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(entity);
        entity.HasAnnotation(EntityRules.Keys, policy);
        return entity;
    }

    /// <summary>Says what happens to records whose unique values are taken. Default: what the import says.</summary>
    /// <typeparam name="T">The entity.</typeparam>
    /// <param name="entity">The entity.</param>
    /// <param name="policy">The policy of all unique sets that have none of their own, and of a key that is kept.</param>
    public static EntityTypeBuilder<T> OnCollision<T>(this EntityTypeBuilder<T> entity, CollisionPolicy policy)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(entity);
        entity.HasAnnotation(EntityRules.Collision, policy);
        return entity;
    }

    /// <summary>Says what happens to records whose values for a unique index are taken. Default: what the entity says.</summary>
    /// <typeparam name="T">The entity.</typeparam>
    /// <param name="index">A unique index.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="changedProperty">
    /// The property that <see cref="CollisionPolicy.Suffix"/> or <see cref="CollisionPolicy.Regenerate"/> changes, or null for the
    /// last one of the index that they can.
    /// </param>
    public static IndexBuilder<T> OnCollision<T>(this IndexBuilder<T> index, CollisionPolicy policy, string? changedProperty = null)
    {
        ArgumentNullException.ThrowIfNull(index);
        index.HasAnnotation(EntityRules.Collision, policy);
        index.HasAnnotation(EntityRules.ChangedField, changedProperty);
        return index;
    }

    /// <summary>
    /// Says that a column compares without regard to case, as its collation says: EF Core keeps collations out of the model that a
    /// context works with. Columns of type <c>citext</c> need no such word.
    /// </summary>
    /// <typeparam name="T">The property's type.</typeparam>
    /// <param name="property">A text property.</param>
    public static PropertyBuilder<T> IgnoresCase<T>(this PropertyBuilder<T> property)
    {
        ArgumentNullException.ThrowIfNull(property);
        property.HasAnnotation(EntityRules.Case, true);
        return property;
    }

    /// <summary>
    /// Says that values of a unique index are taken when they differ from a row's in case only, though the columns tell them apart.
    /// </summary>
    /// <typeparam name="T">The entity.</typeparam>
    /// <param name="index">A unique index.</param>
    public static IndexBuilder<T> IgnoresCase<T>(this IndexBuilder<T> index)
    {
        ArgumentNullException.ThrowIfNull(index);
        index.HasAnnotation(EntityRules.Case, true);
        return index;
    }

    /// <summary>Says what happens to a record whose reference leads nowhere. Default: what the import says.</summary>
    /// <typeparam name="TPrincipal">The entity referred to.</typeparam>
    /// <typeparam name="TDependent">The entity that refers.</typeparam>
    /// <param name="reference">The relationship.</param>
    /// <param name="policy">The policy.</param>
    public static ReferenceCollectionBuilder<TPrincipal, TDependent> OnUnresolved<TPrincipal, TDependent>(
        this ReferenceCollectionBuilder<TPrincipal, TDependent> reference, UnresolvedReferencePolicy policy)
        where TPrincipal : class
        where TDependent : class
    {
        ArgumentNullException.ThrowIfNull(reference);
        Annotate(reference.Metadata, policy);
        return reference;
    }

    /// <summary>Says what happens to a record whose reference leads nowhere. Default: what the import says.</summary>
    /// <typeparam name="TEntity">One of the entities.</typeparam>
    /// <typeparam name="TRelated">The other.</typeparam>
    /// <param name="reference">The one-to-one relationship.</param>
    /// <param name="policy">The policy.</param>
    public static ReferenceReferenceBuilder<TEntity, TRelated> OnUnresolved<TEntity, TRelated>(
        this ReferenceReferenceBuilder<TEntity, TRelated> reference, UnresolvedReferencePolicy policy)
        where TEntity : class
        where TRelated : class
    {
        ArgumentNullException.ThrowIfNull(reference);
        Annotate(reference.Metadata, policy);
        return reference;
    }

    private static void Annotate(IMutableForeignKey foreign, UnresolvedReferencePolicy policy) =>
        foreign.SetAnnotation(EntityRules.Unresolved, policy);

    /// <summary>Says how sanitising replaces a property's values. Default: what its name and type tell.</summary>
    /// <typeparam name="T">The property's type.</typeparam>
    /// <param name="property">The property.</param>
    /// <param name="kind">How; a slug takes its form from the entity's <c>name</c>.</param>
    public static PropertyBuilder<T> IsSanitized<T>(this PropertyBuilder<T> property, SanitizeKind kind)
    {
        ArgumentNullException.ThrowIfNull(property);
        property.HasAnnotation(SanitizingRules.Annotation, kind);
        return property;
    }

    /// <summary>Says how sanitising replaces the values of a complex type's property. Default: what its name and type tell.</summary>
    /// <typeparam name="T">The property's type.</typeparam>
    /// <param name="property">The property.</param>
    /// <param name="kind">How; a slug takes its form from the entity's <c>name</c>.</param>
    public static ComplexTypePropertyBuilder<T> IsSanitized<T>(this ComplexTypePropertyBuilder<T> property, SanitizeKind kind)
    {
        ArgumentNullException.ThrowIfNull(property);
        property.HasAnnotation(SanitizingRules.Annotation, kind);
        return property;
    }
}
