using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Results;
using Relocation.Testing.Modeling;
using Relocation.Testing.Planning;

namespace Relocation.Testing.Importing.Triggers;

/// <summary>
/// Sees to it that rows of a table with triggers have arrived: a trigger may skip a row, give it another key or take it away again, and no
/// database says so.
/// </summary>
internal sealed class ArrivalCheck : IDisposable
{
    /// <summary>So many rows are asked for at once.</summary>
    private const int RowsAtOnce = 1_000;

    /// <summary>What a single batch may add beyond that.</summary>
    private const int RowsInBatch = 1_024;

    private readonly ImportTransaction _transaction;
    private readonly RowLookup _lookup;
    private readonly int[] _columns;
    private readonly RowBatch _keys;
    private readonly List<int> _ranks = [];
    private readonly long? _before;

    private ArrivalCheck(ImportTransaction transaction, RowLookup lookup, int[] columns, long? before)
    {
        _transaction = transaction;
        _lookup = lookup;
        _columns = columns;
        _before = before;
        _keys = new RowBatch(lookup.Fields, RowsAtOnce + RowsInBatch);
    }

    /// <summary>Whether the rows should be looked for before more are written.</summary>
    internal bool IsFull => _ranks.Count >= RowsAtOnce;

    /// <summary>Begins to remember rows, or gives null where nothing of the table's can skip one.</summary>
    /// <param name="transaction">The import.</param>
    /// <param name="table">The table.</param>
    /// <param name="columns">The columns that are written.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    internal static Task<ArrivalCheck?> BeginAsync(
        ImportTransaction transaction, Table table, IReadOnlyList<RelocationField> columns, CancellationToken cancellationToken) =>
        transaction.TriggersOn(table).HasFlag(TriggerEvents.Insert) && !transaction.IsReplaying
            ? BeginFiringAsync(transaction, table, columns, cancellationToken)
            : Task.FromResult<ArrivalCheck?>(null);

    private static async Task<ArrivalCheck?> BeginFiringAsync(
        ImportTransaction transaction, Table table, IReadOnlyList<RelocationField> columns, CancellationToken cancellationToken)
    {
        var direct = transaction.Direct;
        var before = await direct.CountInsertedAsync(table, cancellationToken).ConfigureAwait(false);
        var positions = table.Key.Select(field => IndexOf(columns, field.Column)).ToArray();
        return Array.Exists(positions, position => position < 0)
            ? null
            : new ArrivalCheck(direct, new RowLookup(table, table.Key), positions, before);
    }

    /// <summary>Remembers the keys of rows, before an engine puts its own form of values in their place.</summary>
    internal void Add(RowBatch rows)
    {
        for (var row = 0; row < rows.Count; row++)
        {
            var key = _keys.NextRow();
            for (var part = 0; part < _columns.Length; part++)
            {
                key[part] = _keys.Copy(rows.CellAt(row, _columns[part]), rows);
            }

            _keys.CompleteRow(_ranks.Count);
            _ranks.Add(rows.Ranks[row]);
        }
    }

    /// <summary>Looks for the rows, all of which were written.</summary>
    /// <exception cref="RowRefusedException">One is not there.</exception>
    internal async Task VerifyAsync(CancellationToken cancellationToken)
    {
        if (_ranks.Count == 0)
        {
            return;
        }

        var found = new bool[_ranks.Count];
        foreach (var (index, _) in await _transaction.FindRowsAsync(_lookup, _keys, cancellationToken).ConfigureAwait(false))
        {
            found[index] = true;
        }

        // A row that was there before is found as well, though a trigger may have skipped the one that was to be written.
        var missing = Array.IndexOf(found, false);
        if (missing >= 0 || await HasFewerAsync(cancellationToken).ConfigureAwait(false))
        {
            throw TriggerErrors.RowSwallowed(missing < 0 ? null : _ranks[missing]);
        }
    }

    public void Dispose() => _keys.Dispose();

    private static int IndexOf(IReadOnlyList<RelocationField> columns, string name)
    {
        for (var column = 0; column < columns.Count; column++)
        {
            if (columns[column].Column == name)
            {
                return column;
            }
        }

        return -1;
    }

    private async Task<bool> HasFewerAsync(CancellationToken cancellationToken) =>
        _before is { } before
        && await _transaction.CountInsertedAsync(_lookup.Table, cancellationToken).ConfigureAwait(false) - before < _ranks.Count;
}
