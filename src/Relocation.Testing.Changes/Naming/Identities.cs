using System.Globalization;
using Relocation.Testing.Reading;

namespace Relocation.Testing.Naming;

/// <summary>What rows are called: by the pk map, by a number where they are new, else by their key.</summary>
internal sealed class Identities
{
    private readonly IReadOnlyList<ImportResult> _baseline;
    private readonly Dictionary<(string Name, RecordKey Key), int> _numbers = [];

    /// <param name="baseline">The imports of the baseline.</param>
    /// <param name="added">All rows that the baseline does not have.</param>
    /// <param name="masks">Which values say nothing, as they are others in every run.</param>
    internal Identities(IReadOnlyList<ImportResult> baseline, IEnumerable<(RecordTable Table, string?[] Row)> added, ValueMasks masks)
    {
        _baseline = baseline;
        foreach (var model in added.Where(row => !row.Table.IsLink).GroupBy(row => row.Table.Name))
        {
            // Keys that are drawn at random have no order that two runs share, but what the rows hold has.
            var number = 0;
            foreach (var record in model.Where(row => row.Table.KeyOf(row.Row) is not null).GroupBy(row => row.Table.KeyOf(row.Row)!.Value)
                .OrderBy(record => HasGuid(record.Key) ? Content(record, masks) : string.Empty, StringComparer.Ordinal).ThenBy(record => record.Key))
            {
                _numbers.Add((model.Key, record.Key), ++number);
            }
        }
    }

    /// <summary>What a row is called, and where it stands among those of its table.</summary>
    internal (string Name, int Rank, RecordKey? Key) Of(RowChange change)
    {
        var table = change.Table;
        return table.KeyOf(change.Row) is not { } key ? ($"{table.Name} row", 3, null)
            : table.IsOfRecords && (!table.IsLink || Mapped(table.Label, key) is not null) ? Of(table.Label, key)
            : _numbers.TryGetValue((table.Name, key), out var number) ? (New(table.Name, number), 1, RecordKey.From(number))
            : ($"{table.Name}[{Parts(table, change.Row)}]", 2, key);
    }

    /// <summary>What a record is called.</summary>
    internal (string Name, int Rank, RecordKey? Key) Of(ModelLabel label, RecordKey key)
    {
        if (_numbers.TryGetValue((label.Value, key), out var number))
        {
            return (New(label.Value, number), 1, RecordKey.From(number));
        }

        return Mapped(label, key) ?? ($"{label.Value}[{key}]", 2, key);
    }

    /// <summary>What the pk map calls a record; null where it does not hold it.</summary>
    private (string Name, int Rank, RecordKey? Key)? Mapped(ModelLabel label, RecordKey key)
    {
        for (var i = 0; i < _baseline.Count; i++)
        {
            if (_baseline[i].Map.TryGetByNewKey(label, key, out var mapping))
            {
                // Two backups may have records of the same key.
                var isTold = !_baseline.Take(i).Any(result => result.Map.TryGet(label, mapping.Old, out _));
                return ($"{label.Value}#{mapping.Old}{(isTold ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"({i + 1})"))}", 0, mapping.Old);
            }
        }

        return null;
    }

    /// <summary>What the record is called that columns of a row refer to; null for none.</summary>
    internal string? Of(RecordTable table, TableReference reference, string?[]? row) =>
        row is not null && table.KeyOf(row, reference.Columns) is { } key ? Of(reference.Target, key).Name : null;

    private static string New(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"{name}#new{number}");

    private static bool HasGuid(RecordKey key) => key.Parts.Any(part => part.Kind == RecordKeyKind.Guid);

    private static string Content(IEnumerable<(RecordTable Table, string?[] Row)> rows, ValueMasks masks) =>
        string.Join('\u001f', rows.OrderBy(row => row.Table.Rank, StringComparer.Ordinal).Select(row => Content(row.Table, row.Row, masks)));

    private static string Content(RecordTable table, string?[] row, ValueMasks masks) => string.Join('\u001f', Enumerable.Range(0, row.Length)
        .Where(column => !table.Key.Contains(column) && !table.References.Any(reference => reference.Columns.Contains(column)))
        .Select(column => masks.Shown(table, column, row[column])));

    private string Parts(RecordTable table, string?[] row) => string.Join(", ", table.Key.Select(column =>
        table.References.FirstOrDefault(reference => reference.Columns.Length == 1 && reference.Columns[0] == column) is { } reference
            ? Of(table, reference, row)
            : row[column]));
}
