using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Relocation.Testing.Modeling;

/// <summary>
/// Entities that share the row of another (table splitting). A record of that other one holds them, as it holds owned objects: one
/// row is one record.
/// </summary>
internal static class TableSharing
{
    /// <summary>The entity whose row this one is part of, or null when its rows are its own.</summary>
    internal static IEntityType? PrincipalOf(IEntityType entity)
    {
        var link = LinkOf(entity);
        return link is null ? null : PrincipalOf(link.PrincipalEntityType) ?? link.PrincipalEntityType;
    }

    /// <summary>The foreign keys by which other entities share this one's row.</summary>
    internal static IEnumerable<IForeignKey> LinksTo(IEntityType principal) =>
        principal.GetReferencingForeignKeys().Where(foreign => LinkOf(foreign.DeclaringEntityType) == foreign);

    /// <summary>All entities that share this one's row, those that do so through another one included.</summary>
    internal static IEnumerable<IEntityType> DependentsOf(IEntityType principal) =>
        LinksTo(principal).SelectMany(link => DependentsOf(link.DeclaringEntityType).Prepend(link.DeclaringEntityType));

    private static IForeignKey? LinkOf(IEntityType entity) =>
        entity.IsOwned() || entity.BaseType is not null || StoreObjectIdentifier.Create(entity, StoreObjectType.Table) is not { } table
            ? null
            : entity.FindRowInternalForeignKeys(table).FirstOrDefault();
}
