using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Encoders;
using Relocation.Testing.Importing.Results;
using Relocation.Testing.Modeling;
using Relocation.Testing.PostgreSql.Statements;

namespace Relocation.Testing.Importing;

/// <summary>A table as the database has it.</summary>
internal sealed class TargetTable
{
    internal required Table Table { get; init; }

    internal required uint Oid { get; init; }

    internal required TableName FullName { get; init; }

    internal string Schema => FullName.Schema;

    internal string Name => FullName.Name;

    /// <summary>Schema and name, quoted.</summary>
    internal string QuotedName => FullName.Quoted;

    /// <summary>About how many rows it holds.</summary>
    internal required double EstimatedRows { get; init; }

    /// <summary>The events of its triggers and those of its partitions, without ours.</summary>
    internal TriggerEvents Triggers { get; set; }

    /// <summary>The events that rules may rewrite; COPY ignores rules.</summary>
    internal TriggerEvents Rules { get; init; }

    /// <summary>Whether row-level security may hide rows of it from the import's role.</summary>
    internal bool HidesRows { get; init; }

    internal required Dictionary<string, TableColumn> Columns { get; init; }

    internal List<TableConstraint> Constraints { get; } = [];

    /// <summary>The sequence of the key, if the database has one.</summary>
    internal KeyCounter? Counter { get; set; }

    /// <summary>The sequences of all columns, that of the key included where the column names it.</summary>
    internal List<KeyCounter> Counters { get; } = [];

    /// <summary>The larger of the highest key and the counter.</summary>
    internal long HighWaterMark { get; set; }

    /// <summary>The model's columns that the table lacks, as sentences.</summary>
    internal IEnumerable<string> MissingColumns()
    {
        foreach (var field in Table.WrittenColumns)
        {
            if (!Columns.ContainsKey(field.Column))
            {
                yield return ImportErrors.ColumnMissing(Table, field);
            }
        }
    }

    internal TableColumn ColumnOf(RelocationField field) =>
        Columns.GetValueOrDefault(field.Column) ?? throw PostgreSqlErrors.ColumnMissing(Table, field);
}
