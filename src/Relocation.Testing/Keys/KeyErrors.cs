using System.Globalization;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Keys;

/// <summary>The messages about keys and maps of keys: what is wrong, where, what to do.</summary>
internal static class KeyErrors
{
    internal static KeyNotFoundException ModelNotInMap(ModelLabel model, IReadOnlyList<ModelLabel> models) =>
        models.Count == 0
            ? new KeyNotFoundException($"The pk map holds no model '{model}': it is empty.")
            : new KeyNotFoundException(
                $"The pk map holds no model '{model}'. It holds:{ErrorText.Listed(models.Select(known => known.Value), models.Count)}");

    internal static KeyNotFoundException RecordNotInMap(ModelKeys keys, RecordKey oldKey, KeyOrder order)
    {
        var message = $"The pk map holds no record {Shown(oldKey)} of model '{keys.Model}'.";
        if (keys.Count == 0)
        {
            return new KeyNotFoundException($"{message} No record of that model was imported.");
        }

        var first = keys.Old[order[0]];
        var last = keys.Old[order[order.Count - 1]];
        var held = string.Create(CultureInfo.InvariantCulture, $"{keys.Count} of that model");
        return new KeyNotFoundException(
            $"{message} It holds {held}, with old keys from {Shown(first)} to {Shown(last)}. Ask by the key in the backup.");
    }

    internal static KeyNotFoundException RecordOfOtherType(KeyConversion asked, ModelLabel type) => new(
        $"The record with that key is a '{type}', and a record of '{asked.Label}' was asked for. Ask for its own type, or by the label "
        + $"'{asked.Entity.Label}' for any type of the hierarchy.");

    internal static KeyNotFoundException RecordInSeveralMaps(ModelLabel model, int backups) => new(
        string.Create(CultureInfo.InvariantCulture, $"{backups} backups hold a record of model '{model}' with that key, and each became a row ")
        + "of its own. Ask the map of one import, for example Baseline[0].Map.");

    internal static KeyNotFoundException RowNotInMap(ModelLabel model, long held) => new(held == 0
        ? $"No record of model '{model}' became that row: none was imported."
        : string.Create(CultureInfo.InvariantCulture, $"No record of model '{model}' became that row, which none of the {held} records that ")
            + "were imported did. It was made by the test or by a seed, or its key changed.");

    internal static ArgumentException LabelNotInModel(string label, RelocationModel model)
    {
        IReadOnlyList<ModelLabel> near = ModelLabel.TryParse(label, out var parsed) ? model.NearestLabels(parsed) : [];
        return new ArgumentException(near.Count > 0
            ? $"Model '{model.Name}' has no label '{label}'. Near to it: {string.Join(", ", near)}."
            : $"Model '{model.Name}' has no label '{label}'. It has:{ErrorText.Listed(model.Entities.Select(entity => entity.Label.Value), model.Entities.Count)}");
    }

    internal static ArgumentException TypeNotInModel(Type type, RelocationModel model) => new(
        $"'{type.Name}' is no entity of model '{model.Name}' that backups hold. Ask by label: "
        + $"{ErrorText.Listed(model.Entities.Select(entity => entity.Label.Value), model.Entities.Count)}");

    internal static ArgumentException NoContextForTypes(Type type) => new(
        $"The test database has no DbContext, so '{type.Name}' is not known. Ask by label, for example Map.New(\"shop.order\", 42).");

    internal static ArgumentException WrongKeyParts(RelocationEntity entity, int given) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"Keys of '{entity.Label}' have {entity.Key.Fields.Count} parts ({entity.Key}), and {given} were given. Give each part, in that order."));

    internal static ArgumentException WrongKeyKind(RelocationEntity entity, int part, Type? given) => new(
        $"Part '{entity.Key.Fields[part]}' of the key of '{entity.Label}' is of kind {entity.Key.PartKind(part)}, and "
        + $"{(given is null ? "null" : $"a value of type {given.Name}")} was given. Give a value of that kind.");

    internal static ArgumentException KeyInShadow(RelocationEntity entity, string property) => new(
        $"The key of '{entity.Label}' is kept in the shadow property '{property}', which no entity object holds. Ask with the row's key: "
        + $"Map.Origin(\"{entity.Label}\", key).");

    internal static InvalidOperationException KeyIsComposite(EntityKey key) => new(string.Create(
        CultureInfo.InvariantCulture, $"The key has {key.Values.Count} values. Use EntityKey.Values."));

    internal static InvalidCastException KeyOfOtherType(EntityKey key, Type type, Exception? cause) => new(
        $"The key is of type {key.Value.GetType().Name} and cannot become {type.Name}. Ask for its own type.", cause);

    /// <summary>The key, unless it holds text: text keys count as values, and may be personal.</summary>
    private static string Shown(RecordKey key) =>
        key.Parts.Any(part => part.Kind == RecordKeyKind.Text) ? "(a text key)" : key.ToString();

    internal static FormatException SnapshotLine(int line, int column, string expected) =>
        Malformed(line, $"is not as expected at column {column.ToString(CultureInfo.InvariantCulture)}: {expected}.");

    internal static FormatException SnapshotOfOtherFormat(string known) =>
        Malformed(1, $"gives a format that this version does not read; it reads '{known}'.");

    internal static FormatException SnapshotCountsDiffer(int line) =>
        Malformed(line, "announces other records than those that follow it.");

    internal static FormatException SnapshotModelTwice(int line, ModelLabel model) =>
        Malformed(line, $"starts model '{model}' a second time.");

    internal static FormatException SnapshotRecordOutsideItsModel(int line, ModelLabel model) =>
        Malformed(line, $"holds a record of '{model}' outside that model's section.");

    internal static FormatException SnapshotKeysNotRising(int line, ModelLabel model) =>
        Malformed(line, $"holds a record of '{model}' whose old key is not above the one before it.");

    internal static FormatException SnapshotReferenceTwice(int line, string reference) =>
        Malformed(line, $"gives the reference '{reference}' twice.");

    private static FormatException Malformed(int line, string what) =>
        new($"The text is no snapshot of a pk map: line {line.ToString(CultureInfo.InvariantCulture)} {what} {Restore}");

    private const string Restore = "Restore the file, or approve the map anew.";
}
