using System.Text.Json;
using Bogus;
using Relocation.Testing.Sources;

namespace Relocation.Testing.Generating;

/// <summary>
/// Everything that records of one model are made from. One type of a hierarchy and the rows of a member have generators of their
/// own within the model's.
/// </summary>
internal sealed class ModelGenerator
{
    private readonly List<Func<long>> _limits = [];
    private readonly Dictionary<string, ValueSource> _sources = new(StringComparer.Ordinal);
    private readonly int _firstPart;
    private long _count;
    private bool _isLeftOut;

    private ModelGenerator(RelocationEntity entity, IReadOnlyList<string> paths, ulong seed, long wanted, ModelGenerator? hierarchy, RelocationChild? child)
    {
        (Entity, Paths, Seed, Wanted, _count, Child) = (entity, paths, seed, wanted, wanted, child);
        Root = hierarchy ?? this;
        if (entity.Types.Count > 0)
        {
            // Types share the seed, as they share fields.
            Parts = [.. entity.Types.Select(type => new ModelGenerator(
                type.Rows, [.. paths.Prepend(type.Label.Value).Distinct()], seed, wanted, this, child: null) { Type = type })];
            _firstPart = (int)StableHash.Below(StableHash.Of(seed, "the types"), Parts.Count);
            return;
        }

        Members = [.. entity.Children.Where(member => !member.HoldsKeys).Select(MakeMember)];
    }

    internal RelocationEntity Entity { get; }

    /// <summary>What options call the records; a field's name follows after a dot.</summary>
    internal IReadOnlyList<string> Paths { get; }

    internal ulong Seed { get; }

    /// <summary>How many records the options ask for.</summary>
    internal long Wanted { get; }

    /// <summary>How many records there are.</summary>
    internal long Count => Root._count;

    /// <summary>Whether there are no records because none can be made.</summary>
    internal bool IsLeftOut => Root._isLeftOut;

    /// <summary>The generator that counts the records: the hierarchy's, for one of its types.</summary>
    internal ModelGenerator Root { get; }

    /// <summary>The type whose records are made, or null outside of a hierarchy.</summary>
    internal RelocationType? Type { get; private init; }

    /// <summary>The member whose rows are made, or null.</summary>
    internal RelocationChild? Child { get; }

    /// <summary>The types that take turns; empty for a model without.</summary>
    internal IReadOnlyList<ModelGenerator> Parts { get; } = [];

    /// <summary>The members that hold objects.</summary>
    internal IReadOnlyList<ModelGenerator> Members { get; } = [];

    internal List<ReferenceGenerator> References { get; } = [];

    internal List<LinkSource> Links { get; } = [];

    internal IReadOnlyList<ValueSource> Key { get; set; } = [];

    internal FieldTree Fields { get; } = new();

    /// <summary>The combinations that the key's references form, when the key has parts of its own besides.</summary>
    internal Digits? SharedKey { get; set; }

    internal static ModelGenerator For(RelocationEntity entity, long seed, long wanted) =>
        new(entity, [entity.Label.Value], StableHash.Of((ulong)seed, entity.Label.Value), wanted, hierarchy: null, child: null);

    /// <summary>This generator and all within it.</summary>
    internal IEnumerable<ModelGenerator> All() => Parts.Concat(Members).SelectMany(inner => inner.All()).Prepend(this);

    /// <summary>What options call a field.</summary>
    internal string PathOf(RelocationField field) => $"{Paths[0]}.{field.Name}";

    /// <summary>The generator of a record's fields: that of its type, in a hierarchy.</summary>
    internal ModelGenerator PartOf(long number) => Parts.Count == 0 ? this : Parts[(int)((number + _firstPart) % Parts.Count)];

    /// <summary>Whether a record of a type has the hierarchy's label, and a field that names the type.</summary>
    internal bool IsTypeInField(long number) =>
        Type is { } type && (type.Label == Root.Entity.Label || StableHash.At(StableHash.Of(Seed, "the label"), number) % 2 == 0);

    /// <summary>The label of a record: its type's own where no field names the type.</summary>
    internal ModelLabel LabelOf(long number) =>
        PartOf(number) is { Type: { } type } part && !part.IsTypeInField(number) ? type.Label : Entity.Label;

    /// <summary>Makes the values of a field or key part known to references.</summary>
    internal void AddSource(string name, ValueSource source) => _sources[name] = source;

    /// <summary>What makes the values of a field or key part, or null when nothing does.</summary>
    internal ValueSource? SourceOf(string name) => _sources.GetValueOrDefault(name);

    /// <summary>Writes a record's key.</summary>
    internal void WriteKey(Utf8JsonWriter writer, Faker faker, long number)
    {
        var parts = PartOf(number).Key;
        if (parts.Count == 1)
        {
            parts[0].Write(writer, faker, number);
            return;
        }

        writer.WriteStartArray();
        foreach (var part in parts)
        {
            part.Write(writer, faker, number);
        }

        writer.WriteEndArray();
    }

    /// <summary>Writes one part of a record's key.</summary>
    internal void WriteKeyPart(Utf8JsonWriter writer, Faker faker, long number, int part) =>
        PartOf(number).Key[part].Write(writer, faker, number);

    /// <summary>Writes the value that a record has in a field.</summary>
    internal void WriteField(Utf8JsonWriter writer, Faker faker, long number, string name) =>
        PartOf(number)._sources[name].Write(writer, faker, number);

    /// <summary>There can be no more records than that; it may depend on other models' numbers.</summary>
    internal void Limit(Func<long> limit) => Root._limits.Add(limit);

    /// <summary>No records are made.</summary>
    internal void LeaveOut()
    {
        Root._isLeftOut = true;
        Limit(static () => 0);
    }

    /// <summary>Lowers the number of records to what is possible now, and says whether that changed it.</summary>
    internal bool Shrink()
    {
        var possible = _limits.Aggregate(Wanted, (least, limit) => Math.Min(least, limit()));
        if (possible >= _count)
        {
            return false;
        }

        _count = possible;
        return true;
    }

    private ModelGenerator MakeMember(RelocationChild member)
    {
        var most = MemberSource.MostRows(member);
        var rows = new ModelGenerator(
            member.Rows, [.. Paths.Select(path => $"{path}.{member.Name}")], StableHash.Of(Seed, member.Name), Wanted * most, hierarchy: null, member);
        rows.Limit(() => Count * most);
        if (member.IsRequired)
        {
            Limit(() => rows.Count);
        }

        return rows;
    }
}
