using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Relocation.Testing.Modeling;

/// <summary>
/// Reads a hierarchy of types as one model with one space of keys, whether its rows are in one table, in a table per type or in a
/// table per concrete type.
/// </summary>
internal sealed class HierarchyReader(
    IEntityType root, Func<IEntityType, ModelLabel> labelOf, Func<IEntityType, Dictionary<(string Name, ModelLabel Target), RelocationReference>, EntityRowsReader> rowsOf)
{
    private const string DefaultTypeField = "discriminator";

    private readonly Dictionary<(string Name, ModelLabel Target), RelocationReference> _references = [];

    internal RelocationEntity Read(IReadOnlyList<IEntityType> concrete)
    {
        var label = labelOf(root);
        var key = root.FindPrimaryKey()!;
        var typeField = root.FindDiscriminatorProperty() is { } discriminator
            ? EntityFieldReader.NameOf(discriminator)
            : DefaultTypeField;
        var types = concrete.Select(type => ReadType(type, key, typeField)).ToList();
        var views = types.ConvertAll(type => type.Rows);

        // A root that is abstract and has no table of its own leaves that to the first of its types.
        var main = views.Find(view => view.Label == label) ?? views[0];
        var aliases = root.GetDerivedTypes().Select(labelOf)
            .Concat(root.GetDerivedTypesInclusive().SelectMany(TableSharing.DependentsOf).Select(labelOf));
        return new RelocationEntity
        {
            Label = label,
            Aliases = [.. aliases.Distinct()],
            Schema = main.Schema,
            Table = main.Table,
            Key = EntityRules.KeyPolicyOf(root) is { } policy ? main.Key with { Policy = policy } : main.Key,
            OnCollision = EntityRules.CollisionPolicyOf(root),
            Fields = [.. views.SelectMany(view => view.Fields).GroupBy(field => field.Name).Select(Joined)],
            References = [.. views.SelectMany(view => view.References).Distinct()],
            Uniques = [.. views.SelectMany(view => view.Uniques).DistinctBy(unique => (unique.Name, string.Join('+', unique.Fields)))],
            Types = types,
            TypeField = typeField,
        };
    }

    /// <summary>One field for what all types have under a name; how a record's own is read is its type's affair.</summary>
    private static RelocationField Joined(IEnumerable<RelocationField> fields)
    {
        var first = fields.First();
        var aliases = fields.SelectMany(field => field.Aliases).Distinct().ToList();
        return aliases.Count == first.Aliases.Count ? first : first with { Aliases = aliases };
    }

    private static string ToJson(object value) =>
        JsonSerializer.Serialize(value is Enum ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : value);

    private RelocationType ReadType(IEntityType type, IKey key, string typeField)
    {
        var value = type.GetDiscriminatorValue() ?? type.ShortName();
        var converter = root.FindDiscriminatorProperty()?.FindRelationalTypeMapping()?.Converter;
        var stored = ToJson(converter?.ConvertToProvider(value) ?? value);
        var others = new[] { ToJson(value), ToJson($"{value}"), ToJson(labelOf(type).Value) };
        return new RelocationType
        {
            Label = labelOf(type),
            Discriminator = stored,
            OtherDiscriminators = [.. others.Where(other => other != stored).Distinct()],
            Rows = rowsOf(type, _references).Entity(key, [], new TypeColumn(typeField, root.FindDiscriminatorProperty(), stored)),
        };
    }
}
