using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Relocation.Testing.Databases;

/// <summary>The tables that a context does not make, since they are marked as another context's.</summary>
internal static class ContextTables
{
    /// <summary>Each such table, with the entity that is mapped to it.</summary>
    internal static IReadOnlyList<(string Entity, string Table)> OfOthers(DbContext context) =>
    [
        .. context.GetService<IDesignTimeModel>().Model.GetEntityTypes()
            .Where(entity => entity.GetTableName() is not null && entity.IsTableExcludedFromMigrations())
            .Select(entity => (entity.DisplayName(), entity.GetSchemaQualifiedTableName()!)),
    ];
}
