using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Engines;
using Relocation.Testing.Modeling;
using Relocation.Testing.Planning;

namespace Relocation.Testing.Specification.Importing;

/// <summary>An engine that counts what an import asks the database; everything else is the inner engine's.</summary>
internal sealed class CountingEngine(DatabaseEngine inner) : DatabaseEngine
{
    public override string Name => inner.Name;

    public override DatabaseTarget TargetBeside(DbConnection connection) => inner.TargetBeside(connection);

    /// <summary>The questions after rows by values.</summary>
    internal int Searches { get; private set; }

    internal int Overwrites { get; private set; }

    internal override SchemaDialect Schema => inner.Schema;

    internal override string BytesType => inner.BytesType;

    internal override string CodeName => inner.CodeName;

    internal override DriverFault Placed(DriverFault fault, DbConnection connection) => inner.Placed(fault, connection);

    internal override DriverFault? FaultOf(Exception exception) => inner.FaultOf(exception);

    internal override DbConnection CreateConnection(string connectionString) => inner.CreateConnection(connectionString);

    internal override string Quote(string identifier) => inner.Quote(identifier);

    internal override bool Owns(DbConnection connection) => inner.Owns(connection);

    internal override string DatabaseName(DbConnection connection) => inner.DatabaseName(connection);

    internal override Task<RealDatabase> RealDatabaseAsync(DbConnection connection, CancellationToken cancellationToken) =>
        inner.RealDatabaseAsync(connection, cancellationToken);

    internal override bool LeadsTo(DbConnection connection, string connectionString) => inner.LeadsTo(connection, connectionString);

    internal override string Describe(DbConnection connection) => inner.Describe(connection);

    internal override async Task<ImportTransaction> BeginImportAsync(
        DbConnection connection,
        DbTransaction? outer,
        IReadOnlyList<TableLoad> loads,
        Func<DbTransaction, CancellationToken, Task>? prepare,
        Patience patience,
        CancellationToken cancellationToken) =>
        new Transaction(this, await inner.BeginImportAsync(connection, outer, loads, prepare, patience, cancellationToken));

    internal override async Task<ImportTransaction> BeginChunkedImportAsync(
        DbConnection connection,
        IReadOnlyList<TableLoad> loads,
        Func<DbTransaction, CancellationToken, Task>? prepare,
        Patience patience,
        CancellationToken cancellationToken) =>
        new Transaction(this, await inner.BeginChunkedImportAsync(connection, loads, prepare, patience, cancellationToken));

    /// <summary>The queries of exports.</summary>
    internal int ExportQueries { get; private set; }

    internal override async Task<ExportTransaction> BeginExportAsync(
        DbConnection connection, DbTransaction? outer, Patience patience, CancellationToken cancellationToken) =>
        new Export(this, await inner.BeginExportAsync(connection, outer, patience, cancellationToken));

    internal override void UseDatabase(DbContextOptionsBuilder builder, string connectionString) => inner.UseDatabase(builder, connectionString);

    internal override void UseDatabase(DbContextOptionsBuilder builder, DbConnection connection) => inner.UseDatabase(builder, connection);

    internal override Task ResetToEmptyAsync(DbConnection connection, ResetOptions options, Patience patience, CancellationToken cancellationToken) =>
        inner.ResetToEmptyAsync(connection, options, patience, cancellationToken);

    internal override ChosenReset CreateBaselineReset(DatabaseLease lease, ResetStrategy strategy) => inner.CreateBaselineReset(lease, strategy);

    private sealed class Export(CountingEngine engine, ExportTransaction inner) : ExportTransaction
    {
        internal override string ColumnsSql(string? schema, string table) => inner.ColumnsSql(schema, table);

        public override ValueTask DisposeAsync() => inner.DisposeAsync();

        internal override string Selected(RelocationField field, string column) => inner.Selected(field, column);

        internal override string Ordered(RelocationField field, string column) => inner.Ordered(field, column);

        internal override Task<StoredRows> OpenAsync(ExportQuery query, CancellationToken cancellationToken)
        {
            engine.ExportQueries++;
            return inner.OpenAsync(query, cancellationToken);
        }
    }

    private sealed class Transaction(CountingEngine engine, ImportTransaction inner) : ImportTransaction
    {
        internal override ImportStop? Stop
        {
            get => inner.Stop;
            set => inner.Stop = value;
        }

        internal override ForeignKeyEnforcement Enforcement => inner.Enforcement;

        internal override bool NeedsCuts => inner.NeedsCuts;

        internal override IEnumerable<(Table Table, string Column)> RequiredColumns => inner.RequiredColumns;

        internal override TriggerEvents TriggersOn(Table table) => inner.TriggersOn(table);

        internal override Task HoldBackTriggersAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken) =>
            inner.HoldBackTriggersAsync(tables, cancellationToken);

        internal override Task BeginCountingAsync(CancellationToken cancellationToken) => inner.BeginCountingAsync(cancellationToken);

        internal override Task<IReadOnlyList<TriggeredRows>> CountTriggeredAsync(
            IReadOnlyDictionary<Table, long> written, CancellationToken cancellationToken) => inner.CountTriggeredAsync(written, cancellationToken);

        internal override Task<long?> CountInsertedAsync(Table table, CancellationToken cancellationToken) =>
            inner.CountInsertedAsync(table, cancellationToken);

        internal override Task<IReadOnlyList<LastRow>> ReadLastRowsAsync(IReadOnlyList<LastRow>? former, CancellationToken cancellationToken) =>
            inner.ReadLastRowsAsync(former, cancellationToken);

        internal override Task<long> ReadHighWaterMarkAsync(Table table, CancellationToken cancellationToken) =>
            inner.ReadHighWaterMarkAsync(table, cancellationToken);

        internal override Task<IReadOnlySet<RecordKey>> FindExistingAsync(
            Table table, IReadOnlyList<RelocationField> columns, IReadOnlyCollection<RecordKey> keys, CancellationToken cancellationToken) =>
            inner.FindExistingAsync(table, columns, keys, cancellationToken);

        internal override Task<IReadOnlyList<(int Index, RecordKey? Key)>> FindRowsAsync(
            RowLookup lookup, RowBatch values, CancellationToken cancellationToken)
        {
            engine.Searches++;
            return inner.FindRowsAsync(lookup, values, cancellationToken);
        }

        internal override Task DeleteRowsAsync(RowLookup lookup, RowBatch values, CancellationToken cancellationToken) =>
            inner.DeleteRowsAsync(lookup, values, cancellationToken);

        internal override Task ReadMarksAgainAsync(CancellationToken cancellationToken) => inner.ReadMarksAgainAsync(cancellationToken);

        internal override Task ClearAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken) =>
            inner.ClearAsync(tables, cancellationToken);

        internal override void CheckAllTables() => inner.CheckAllTables();

        internal override DbCommand CreateCommand(string sql) => inner.CreateCommand(sql);

        internal override Task<RowWriter> OpenWriterAsync(
            Table table, IReadOnlyList<RelocationField> columns, CancellationToken cancellationToken) =>
            inner.OpenWriterAsync(table, columns, cancellationToken);

        internal override Task FillCutAsync(
            Table table, IReadOnlyList<RelocationField> columns, RowBatch rows, CancellationToken cancellationToken) =>
            inner.FillCutAsync(table, columns, rows, cancellationToken);

        internal override Task OverwriteAsync(Table table, RowBatch rows, CancellationToken cancellationToken)
        {
            engine.Overwrites++;
            return inner.OverwriteAsync(table, rows, cancellationToken);
        }

        internal override Task AdvanceCountersAsync(
            IReadOnlyList<CounterValue> counters, CancellationToken cancellationToken) =>
            inner.AdvanceCountersAsync(counters, cancellationToken);

        internal override Task VerifyForeignKeysAsync(CancellationToken cancellationToken) => inner.VerifyForeignKeysAsync(cancellationToken);

        internal override Task HoldCounterAsync(Table table, CancellationToken cancellationToken) =>
            inner.HoldCounterAsync(table, cancellationToken);

        internal override Task CommitChunkAsync(CancellationToken cancellationToken) => inner.CommitChunkAsync(cancellationToken);

        internal override Task CommitAsync(CancellationToken cancellationToken) => inner.CommitAsync(cancellationToken);

        public override ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
