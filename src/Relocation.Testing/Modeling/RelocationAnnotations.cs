using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Relocation.Testing.Modeling;

namespace Relocation.Testing;

/// <summary>Says in <c>OnModelCreating</c> how imports treat entities, unique sets and references.</summary>
public static class RelocationAnnotations
{
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
}
