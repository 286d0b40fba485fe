using System.Data.Common;
using System.Globalization;
using System.Text;
using Relocation.Testing.Engines;
using Relocation.Testing.Modeling;
using Relocation.Testing.Planning;

namespace Relocation.Testing.Tests.Importing.Deciding;

/// <summary>A database that holds what a test says, and notes what it is asked to do.</summary>
internal sealed class MadeTransaction : ImportTransaction
{
    /// <summary>What was done, one line each.</summary>
    internal List<string> Done { get; } = [];

    /// <summary>The highest keys, by table.</summary>
    internal Dictionary<string, long> HighestKeys { get; } = [];

    /// <summary>The keys that tables have, as <c>table key</c>.</summary>
    internal HashSet<string> Keys { get; } = [];

    /// <summary>The keys of rows by the values that they are looked up by, as <c>table value,value</c>.</summary>
    internal Dictionary<string, RecordKey> Rows { get; } = [];

    internal override ForeignKeyEnforcement Enforcement => default;

    internal override bool NeedsCuts => false;

    internal override IEnumerable<(Table Table, string Column)> RequiredColumns => [];

    /// <summary>A row as text, with <c>-</c> for null and <c>?</c> for a value that the database gives.</summary>
    internal static string Text(RowBatch batch, int row)
    {
        var text = new List<string>();
        for (var column = 0; column < batch.Columns.Count; column++)
        {
            var cell = batch.CellAt(row, column);
            text.Add(cell.IsAbsent ? "?"
                : cell.IsNull ? "-"
                : batch.Columns[column].Type == FieldType.Integer ? cell.Bits.ToString(CultureInfo.InvariantCulture)
                : Encoding.UTF8.GetString(batch.BytesOf(cell)));
        }

        return string.Join(',', text);
    }

    internal override TriggerEvents TriggersOn(Table table) => TriggerEvents.None;

    internal override Task HoldBackTriggersAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken) => Note("hold back");

    internal override Task BeginCountingAsync(CancellationToken cancellationToken) => Note("begin counting");

    internal override Task<IReadOnlyList<TriggeredRows>> CountTriggeredAsync(
        IReadOnlyDictionary<Table, long> written, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<TriggeredRows>>([]);

    internal override Task<long> ReadHighWaterMarkAsync(Table table, CancellationToken cancellationToken) =>
        Task.FromResult(HighestKeys.GetValueOrDefault(table.Name));

    internal override Task<IReadOnlySet<RecordKey>> FindExistingAsync(
        Table table, IReadOnlyList<RelocationField> columns, IReadOnlyCollection<RecordKey> keys, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlySet<RecordKey>>(keys.Where(key => Keys.Contains($"{table.Name} {key}")).ToHashSet());

    internal override Task<IReadOnlyList<(int Index, RecordKey? Key)>> FindRowsAsync(
        RowLookup lookup, RowBatch values, CancellationToken cancellationToken)
    {
        Done.Add($"find {values.Count} of {lookup.Table.Name}");
        return Task.FromResult<IReadOnlyList<(int Index, RecordKey? Key)>>([.. Enumerable.Range(0, values.Count)
            .Where(row => Rows.ContainsKey($"{lookup.Table.Name} {Text(values, row)}"))
            .Select(row => (values.Ranks[row], (RecordKey?)Rows[$"{lookup.Table.Name} {Text(values, row)}"]))]);
    }

    internal override Task DeleteRowsAsync(RowLookup lookup, RowBatch values, CancellationToken cancellationToken) => Note("delete");

    internal override Task ReadMarksAgainAsync(CancellationToken cancellationToken) => Note("read marks again");

    internal override Task ClearAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken) => Note("clear");

    internal override void CheckAllTables() => Done.Add("check all tables");

    internal override DbCommand CreateCommand(string sql) => throw new NotSupportedException();

    internal override Task<RowWriter> OpenWriterAsync(
        Table table, IReadOnlyList<RelocationField> columns, CancellationToken cancellationToken)
    {
        Done.Add($"open {table.Name}");
        return Task.FromResult<RowWriter>(new Writer(table, Done));
    }

    internal override Task OverwriteAsync(Table table, RowBatch rows, CancellationToken cancellationToken)
    {
        Done.AddRange(Enumerable.Range(0, rows.Count).Select(row => $"overwrite {table.Name} {Text(rows, row)}"));
        return Task.CompletedTask;
    }

    internal override Task AdvanceCountersAsync(IReadOnlyList<CounterValue> counters, CancellationToken cancellationToken) => Note("advance");

    internal override Task VerifyForeignKeysAsync(CancellationToken cancellationToken) => Note("verify");

    internal override Task CommitChunkAsync(CancellationToken cancellationToken) => Note("commit chunk");

    internal override Task CommitAsync(CancellationToken cancellationToken) => Note("commit");

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task Note(string what)
    {
        Done.Add(what);
        return Task.CompletedTask;
    }

    private sealed class Writer(Table table, List<string> done) : RowWriter
    {
        internal override int BatchCapacity => 3;

        internal override ValueTask WriteAsync(RowBatch batch, CancellationToken cancellationToken)
        {
            done.AddRange(Enumerable.Range(0, batch.Count).Select(row => $"write {table.Name} {Text(batch, row)}"));
            return ValueTask.CompletedTask;
        }

        internal override ValueTask CompleteAsync(CancellationToken cancellationToken)
        {
            done.Add($"complete {table.Name}");
            return ValueTask.CompletedTask;
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
