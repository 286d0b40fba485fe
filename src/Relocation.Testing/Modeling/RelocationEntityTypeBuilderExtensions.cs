using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Relocation.Testing.Modeling;

namespace Relocation.Testing;

/// <summary>Says in an EF Core model what backups call an entity, now and before.</summary>
/// <remarks>The facts are annotations: they change neither the database nor what EF Core does.</remarks>
public static partial class RelocationEntityTypeBuilderExtensions
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
}
