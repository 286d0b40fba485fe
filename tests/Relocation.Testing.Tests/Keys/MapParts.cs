using CsCheck;
using Relocation.Testing.Keys;

namespace Relocation.Testing.Tests.Keys;

/// <summary>One entry of a map to be built; a reference for each column of its model, or null.</summary>
internal sealed record MapEntry(RecordKey Old, RecordKey New, KeyMappingKind Kind, RecordKey?[] References);

/// <summary>One model of a map to be built.</summary>
internal sealed record MapModel(ModelLabel Label, (string Name, ModelLabel Target)[] Columns, MapEntry[] Entries);

/// <summary>Maps for tests: by hand and at random.</summary>
internal static class MapParts
{
    private static readonly string[] Labels =
        ["shop.order", "shop.customer", "auth.user", "a.b c", "x.\"quoted\"", "odd.a=b#c:d", "umlaut.größe", "i.ınput"];

    private static readonly string[] Names = ["owner", "address.city", "two words", "a=b", "\"", "ü"];

    private static readonly Gen<string> Text = OneOf("a", "B", " ", "\"", "\\", "#", "=", ",", "(", ")", "\n", "\r", "\t", "\u2028", "\u00a0", "é", "\U0001F600", "\0")
        .Array[0, 6]
        .Select(string.Concat);

    private static readonly Gen<RecordKey> Integer = Gen.OneOf(Gen.Long[-3, 40], Gen.Long).Select(RecordKey.From);
    private static readonly Gen<RecordKey> Simple =
        Gen.OneOf(Integer, Gen.Guid.Select(RecordKey.From), Text.Select(RecordKey.From));

    internal static readonly Gen<RecordKey> Key =
        Gen.OneOf(Integer, Simple, Simple.Array[2, 3].Select(parts => RecordKey.From(parts)));

    private static readonly Gen<KeyMappingKind> Kind =
        OneOf(KeyMappingKind.Inserted, KeyMappingKind.Inserted, KeyMappingKind.Existing, KeyMappingKind.Overwrite);

    private static readonly Gen<(string Name, ModelLabel Target)[]> Columns = Gen
        .Select(OneOf(Names), OneOf(Labels), (name, label) => (name, ModelLabel.Parse(label)))
        .Array[0, 3]
        .Select(columns => columns.Distinct().ToArray());

    private static readonly Gen<RecordKey?> Reference =
        Gen.Select(Gen.Bool, Key, (isSet, key) => isSet ? key : (RecordKey?)null);

    private static readonly Gen<MapEntry> Entry = Gen.Select(
        Key, Key, Kind, Reference.Array[3], (old, @new, kind, references) => new MapEntry(old, @new, kind, references));

    private static readonly Gen<MapModel> Model = Gen.Select(
        OneOf(Labels),
        Columns,
        Entry.Array[0, 9],
        (label, columns, entries) => new MapModel(
            ModelLabel.Parse(label),
            columns,
            [.. entries.DistinctBy(entry => entry.Old).Select(entry => entry with { References = entry.References[..columns.Length] })]));

    /// <summary>Maps of up to four models with keys of every kind, names that need quotes, and references.</summary>
    internal static readonly Gen<MapModel[]> Models =
        Model.Array[0, 4].Select(models => models.DistinctBy(model => model.Label).ToArray());

    internal static PrimaryKeyMap Build(params MapModel[] models) => new([.. models.Select(Keys)]);

    /// <summary>A model with integer keys and one reference; 0 stands for none.</summary>
    internal static MapModel Integers(string label, params (long Old, long New, KeyMappingKind Kind, long Owner)[] entries) => new(
        ModelLabel.Parse(label),
        [("owner", ModelLabel.Parse("auth.user"))],
        [.. entries.Select(entry => new MapEntry(
            RecordKey.From(entry.Old),
            RecordKey.From(entry.New),
            entry.Kind,
            [entry.Owner == 0 ? null : RecordKey.From(entry.Owner)]))]);

    /// <summary>A model whose records were all inserted, with integer keys and no references.</summary>
    internal static MapModel Inserted(string label, params (long Old, long New)[] entries) =>
        Integers(label, [.. entries.Select(entry => (entry.Old, entry.New, KeyMappingKind.Inserted, 0L))]);

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static ModelKeys Keys(MapModel model)
    {
        var keys = new ModelKeys(model.Label);
        keys.References.AddRange(model.Columns.Select(column => new ReferenceKeys(column.Name, column.Target)));
        foreach (var entry in model.Entries)
        {
            keys.Add(entry.Old, entry.New, entry.Kind);
            for (var column = 0; column < model.Columns.Length; column++)
            {
                keys.References[column].OldKeys.Add(entry.References[column]);
            }
        }

        return keys;
    }
}
