using Relocation.Testing.Backups;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Deciding;
using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Records;
using Relocation.Testing.Modeling;

namespace Relocation.Testing.Importing.Triggers;

/// <summary>Triggers of the database's own: held back, or let fire in an order that is right, and what they add counted.</summary>
internal sealed class FiringTriggers
{
    private readonly Dictionary<string, long> _rows = new(StringComparer.Ordinal);
    private readonly ImportContext _context;
    private readonly ImportTransaction _transaction;

    private FiringTriggers(ImportContext context, ImportTransaction transaction)
    {
        _context = context;
        _transaction = transaction;
    }

    /// <summary>Whether any trigger fires.</summary>
    internal bool Fire { get; private set; }

    /// <summary>How many rows triggers have added to each table, by name.</summary>
    internal IReadOnlyList<TriggeredRows> Rows =>
        [.. _rows.Keys.Order(StringComparer.Ordinal).Select(table => new TriggeredRows(table, _rows[table]))];

    /// <summary>Holds triggers back where that is asked for, and finds out whether any fires.</summary>
    internal static async Task<FiringTriggers> HoldBackAsync(
        IReadOnlyList<KeyTable> written, ImportContext context, ImportTransaction transaction, CancellationToken cancellationToken)
    {
        var triggers = new FiringTriggers(context, transaction);
        if (triggers.AnyOn(written))
        {
            await triggers.HoldBackAsync(written, cancellationToken).ConfigureAwait(false);
        }

        return triggers;
    }

    /// <summary>Puts runs in an order in which triggers see parents before their children.</summary>
    internal Task<IReadOnlyList<RecordRun>> ArrangeAsync(
        IReadOnlyList<RecordRun> runs, BackupContent content, CancellationToken cancellationToken)
    {
        if (!Fire)
        {
            return Task.FromResult(runs);
        }

        var plan = _context.Plan;
        var fired = _context.Models.Where(table => table.Taken > 0
            && _context.Layouts.KeyTables(table.Entity).Any(rows => _transaction.TriggersOn(rows).HasFlag(TriggerEvents.Insert))).ToList();
        fired.FindAll(table => _context.Layouts.KeyTables(table.Entity).Count == 1 && ParentsFirst.RefersToItself(plan, table.Entity))
            .ForEach(table => table.TrackWritten());
        return ParentsFirst.ArrangeAsync(
            runs, fired.ConvertAll(table => table.Entity), plan, _context.Tables, content, _context.Options, cancellationToken);
    }

    /// <summary>Begins to count what triggers add, before the first row or the first one of a chunk.</summary>
    internal Task BeginCountingAsync(CancellationToken cancellationToken) =>
        Fire ? _transaction.BeginCountingAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Counts what triggers have added since.</summary>
    /// <param name="takeWritten">Gives the rows that the import itself has written to each table since, and begins to count them again.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    internal Task CountAsync(Func<IReadOnlyDictionary<Table, long>> takeWritten, CancellationToken cancellationToken) =>
        Fire ? CountRowsAsync(takeWritten(), cancellationToken) : Task.CompletedTask;

    /// <summary>
    /// Keeps the keys that a model's records are to get and those that triggers take apart. Where nothing reserves keys, as in tables of
    /// SQLite without AUTOINCREMENT, triggers may have taken those of the records; these get the following ones then.
    /// </summary>
    /// <param name="table">The model, whose first record comes next.</param>
    /// <param name="isLate">Whether its keys were handed out just now, after all that earlier rows made triggers take.</param>
    /// <param name="counters">The counters.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    internal async Task KeepOffKeysAsync(KeyTable table, bool isLate, KeyCounters counters, CancellationToken cancellationToken)
    {
        if (isLate)
        {
            await counters.MoveAsync([table], cancellationToken).ConfigureAwait(false);
            return;
        }

        foreach (var rows in table is { CountsUp: true, Taken: > 0 } ? _context.Layouts.KeyTables(table.Entity) : [])
        {
            var first = RecordKey.From(table.Base + 1);
            if ((await _transaction.FindExistingAsync(rows, rows.Key, [first], cancellationToken).ConfigureAwait(false)).Count > 0)
            {
                await CountedKeys.MoveAsync(table, _context, _transaction, cancellationToken).ConfigureAwait(false);
                counters.MoveAgain(table);
                return;
            }
        }
    }

    private bool AnyOn(IReadOnlyList<KeyTable> written)
    {
        foreach (var table in written)
        {
            foreach (var rows in _context.Layouts.AllTables(table.Entity))
            {
                if (_transaction.TriggersOn(rows) != TriggerEvents.None)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private async Task HoldBackAsync(IReadOnlyList<KeyTable> written, CancellationToken cancellationToken)
    {
        var held = written.Where(table => (table.Entity.Triggers ?? _context.Options.Triggers) == TriggerPolicy.HoldBack)
            .SelectMany(table => _context.Layouts.AllTables(table.Entity)).Distinct()
            .Where(table => _transaction.TriggersOn(table) != TriggerEvents.None).ToList();
        if (held.Count > 0)
        {
            await _transaction.HoldBackTriggersAsync(held, cancellationToken).ConfigureAwait(false);
        }

        Fire = AnyOn(written);
        if (Fire)
        {
            // Triggers may write to any table, those that are not of the model included.
            _transaction.CheckAllTables();
        }
    }

    private async Task CountRowsAsync(IReadOnlyDictionary<Table, long> written, CancellationToken cancellationToken)
    {
        foreach (var (table, rows) in await _transaction.CountTriggeredAsync(written, cancellationToken).ConfigureAwait(false))
        {
            _rows[table] = _rows.GetValueOrDefault(table) + rows;
        }
    }
}
