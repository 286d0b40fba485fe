namespace Relocation.Testing.Modeling;

/// <summary>
/// A table of the database, whichever models have rows in it: what engines, layouts, clearing and look-ups speak of.
/// </summary>
/// <remarks>A model's layouts have one object for each table, and a table is equal to itself only.</remarks>
internal sealed class Table
{
    /// <summary>The first model that has rows in the table, for messages.</summary>
    internal required ModelLabel Label { get; init; }

    /// <summary>The schema, or null for the database's default one.</summary>
    internal string? Schema { get; init; }

    internal required string Name { get; init; }

    /// <summary>The columns of the primary key; of rows that the import numbers, the number alone.</summary>
    internal required IReadOnlyList<RelocationField> Key { get; init; }

    /// <summary>All columns that the models know, those of the key first.</summary>
    internal required IReadOnlyList<RelocationField> Columns { get; init; }

    /// <summary>The sequence that keys are taken from where the column does not name it, or null.</summary>
    internal KeySequence? Counter { get; init; }

    /// <summary>What keys are made of.</summary>
    internal RecordKeyKind KeyKind => Key.Count == 1 ? Key[0].KeyKind : RecordKeyKind.Composite;

    /// <summary>The columns that an import writes: the key's, then all but those that only the database fills.</summary>
    internal IEnumerable<RelocationField> WrittenColumns => Columns.Where((column, index) => index < Key.Count || column.IsWritten);

    /// <summary>The table of a model that has it to itself.</summary>
    internal static Table Of(RelocationEntity entity) => Of(entity, entity.Schema, entity.Table, entity.Key.Fields, entity.Fields);

    /// <summary>A table of which a model knows these columns; the key's may be among them.</summary>
    internal static Table Of(
        RelocationEntity entity, string? schema, string name, IReadOnlyList<RelocationField> key, IEnumerable<RelocationField> columns) => new()
    {
        Label = entity.Label,
        Schema = schema,
        Name = name,
        Key = key,
        Columns = [.. key.Concat(columns).DistinctBy(column => column.Column)],
        Counter = entity.Key.BlockSequence is { } sequence ? new KeySequence(sequence, entity.Key.BlockSize) : null,
    };

    /// <summary>The table's name, after its schema where it has one.</summary>
    public override string ToString() => Schema is null ? Name : $"{Schema}.{Name}";
}
