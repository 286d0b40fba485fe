using System.Text.Json;

namespace Relocation.Testing.Reading;

/// <summary>What the rows of a table are to the model.</summary>
internal sealed class RecordTable
{
    private string? _rank;

    /// <summary>What the rows are called: a model's label, with a member's name for rows that a record owns, or the table's name.</summary>
    internal required string Name { get; init; }

    /// <summary>The model's label; default where no model has the table.</summary>
    internal required ModelLabel Label { get; init; }

    /// <summary>Whether the rows are records of the model, and not what a record owns.</summary>
    internal required bool IsOfRecords { get; init; }

    /// <summary>Whether it is the first of a model's tables, whose rows decide whether a record is there.</summary>
    internal required bool IsFirst { get; init; }

    internal required TableColumn[] Columns { get; init; }

    /// <summary>Orders the tables of one model, the first one first, in the same way on every engine.</summary>
    internal string Rank => _rank ??=
        $"{(IsFirst ? 0 : 1)}{string.Join(',', Columns.Select(column => column.Name).Order(StringComparer.Ordinal))}";

    /// <summary>The places of the primary key's columns; none where it has none.</summary>
    internal required int[] Key { get; init; }

    internal required TableReference[] References { get; init; }

    /// <summary>The places of columns that only number the rows.</summary>
    internal required int[] Numbers { get; init; }

    /// <summary>Whether the key is made of references, so that these name the row.</summary>
    internal bool IsLink => Key.Length > 0 && Key.All(column => References.Any(reference => reference.Columns.Contains(column)));

    /// <summary>The same table with values as they are stored.</summary>
    internal RecordTable AsStored() => new()
    {
        Name = Name,
        Label = Label,
        IsOfRecords = IsOfRecords,
        IsFirst = IsFirst,
        Columns = [.. Columns.Select(column => column with { Writer = null })],
        Key = Key,
        References = References,
        Numbers = Numbers,
    };

    /// <summary>Whether rows of both can be compared value by value.</summary>
    internal bool IsLike(RecordTable other) => Columns.Length == other.Columns.Length
        && Columns.Zip(other.Columns).All(pair => pair.First.Column == pair.Second.Column && pair.First.Writer is null == pair.Second.Writer is null);

    /// <summary>A row's key as text; null where the table has none, or a part of it is null.</summary>
    internal string? KeyTextOf(string?[] row) =>
        Key.Length == 0 || Key.Any(column => row[column] is null) ? null : string.Join('\u001f', Key.Select(column => row[column]));

    internal RecordKey? KeyOf(string?[] row) => KeyOf(row, Key);

    /// <summary>The key that some columns of a row hold; null where one of them is null.</summary>
    internal RecordKey? KeyOf(string?[] row, int[] columns)
    {
        if (columns.Length == 0 || columns.Any(column => row[column] is null))
        {
            return null;
        }

        var parts = columns.Select(column => Part(Columns[column].Field?.Type, row[column]!)).ToList();
        return parts.Count == 1 ? parts[0] : RecordKey.From(parts);
    }

    private static RecordKey Part(FieldType? type, string json)
    {
        var value = JsonElement.Parse(json);
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        return type switch
        {
            null or FieldType.Integer when value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) => RecordKey.From(number),
            FieldType.Integer when long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) => RecordKey.From(number),
            FieldType.Guid when Guid.TryParse(text, out var guid) => RecordKey.From(guid),
            _ => RecordKey.From(text),
        };
    }
}
