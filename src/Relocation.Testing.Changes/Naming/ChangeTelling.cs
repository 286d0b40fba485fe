using Relocation.Testing.Reading;

namespace Relocation.Testing.Naming;

/// <summary>Tells the changes of rows as those of records.</summary>
internal sealed class ChangeTelling
{
    private readonly TestDatabase _database;
    private readonly ValueMasks _masks;
    private readonly List<string> _notes;
    private readonly List<RowChange> _changes = [];
    private readonly Identities _identities;

    /// <param name="database">The database.</param>
    /// <param name="images">What was touched.</param>
    /// <param name="mark">What was touched at the mark, or null to tell all changes since the baseline.</param>
    /// <param name="masks">Which values are shown.</param>
    internal ChangeTelling(TestDatabase database, TouchedImages images, TouchedImages? mark, ValueMasks masks)
    {
        _database = database;
        _masks = masks;
        _notes = [.. images.Notes];
        var added = new List<(RecordTable, string?[])>();
        foreach (var name in images.Tables.Keys.Concat(mark?.Tables.Keys ?? []).Distinct())
        {
            var (image, marked) = (images.Tables.GetValueOrDefault(name), mark?.Tables.GetValueOrDefault(name));
            if (image is not null && marked is not null && !image.Table.IsLike(marked.Table))
            {
                _notes.Add(ChangeErrors.OtherColumns(image.Table.Name));
                marked = null;
            }

            _changes.AddRange(RowComparison.Compare(image, marked));
            added.AddRange(((TableImage?[])[image, marked]).OfType<TableImage>().SelectMany(Added));
        }

        _identities = new Identities(database.Baseline, added, masks);
    }

    internal DatabaseChanges Tell()
    {
        var told = _changes.Select(change => (Change: change, Identity: _identities.Of(change)))
            .GroupBy(each => each.Identity.Key is null ? (each.Change.Table.Name, (object)each.Change) : (each.Change.Table.Name, each.Identity.Name))
            .Select(rows => (rows.First().Identity, Record: Tell([.. rows.Select(row => row.Change).OrderBy(change => change.Table.Rank, StringComparer.Ordinal)], rows.First().Identity.Name)))
            .OrderBy(each => each.Record.Model, StringComparer.Ordinal).ThenBy(each => each.Identity.Rank)
            .ThenBy(each => each.Identity.Key ?? default).ThenBy(each => each.Identity.Name, StringComparer.Ordinal)
            .ThenBy(each => each.Record.ToString(), StringComparer.Ordinal);
        return new DatabaseChanges(_database.Model, [.. told.Select(each => each.Record)], _notes);
    }

    private static IEnumerable<(RecordTable, string?[])> Added(TableImage image)
    {
        var before = image.Before.Select(image.Table.KeyTextOf).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return image.Now.Where(row => image.Table.KeyTextOf(row) is { } key && !before.Contains(key)).Select(row => (image.Table, row));
    }

    /// <summary>One record's rows, that of its first table first.</summary>
    private RecordChange Tell(List<RowChange> rows, string identity)
    {
        var first = rows[0];
        var kind = rows.Exists(row => row.Table.IsFirst) ? first.Kind : ChangeKind.Changed;
        return new RecordChange(
            first.Table.Name, identity, kind, [.. rows.SelectMany(row => FieldsOf(row, kind)).DistinctBy(field => field.Name)]);
    }

    private IEnumerable<FieldChange> FieldsOf(RowChange change, ChangeKind kind)
    {
        var table = change.Table;
        if (kind == ChangeKind.Removed && table.KeyOf(change.Row) is not null)
        {
            yield break;
        }

        foreach (var reference in table.References.Where(reference => !(table.IsLink && reference.Columns.All(table.Key.Contains))))
        {
            var (old, @new) = (change.Old, change.New);
            if (old is null || @new is null || reference.Columns.Any(column => old[column] != @new[column]))
            {
                var field = new FieldChange(reference.Name, _identities.Of(table, reference, old), _identities.Of(table, reference, @new));
                if (field.Old is not null || field.New is not null)
                {
                    yield return field;
                }
            }
        }

        for (var column = 0; column < table.Columns.Length; column++)
        {
            var (old, @new) = (change.Old?[column], change.New?[column]);
            if (old != @new && !IsTold(table, column))
            {
                yield return new FieldChange(table.Columns[column].Name, _masks.Shown(table, column, old), _masks.Shown(table, column, @new));
            }
        }
    }

    /// <summary>Whether a column is part of a reference, or numbers the row, which its identity does.</summary>
    private static bool IsTold(RecordTable table, int column) =>
        table.References.Any(reference => reference.Columns.Contains(column))
        || table.Numbers.Contains(column)
        || (table.Key.Length == 1 && table.Key[0] == column && table.Columns[column].IsGivenKey);
}
