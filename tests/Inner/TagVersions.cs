using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Inner;

/// <summary>The shop's tables, and the same where tags keep their keys.</summary>
public sealed class TagVersions : ISchemaVersions
{
    public IReadOnlyList<SchemaVersion> Versions { get; } = [Shop, new SchemaVersion("v2", Kept, Shop.CreateSchema)];

    private static SchemaVersion Shop => SchemaVersion.OfContext<ShopContext>("v1");

    private static RelocationModel Kept(DatabaseEngine engine) => RelocationModel.Create("kept", Shop.CreateModel(engine).Entities.Select(
        entity => entity.Label.Value == "shop.tag" ? entity with { Key = entity.Key with { Policy = KeyPolicy.Preserve } } : entity));
}
