using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Records;
using Relocation.Testing.Planning;

namespace Relocation.Testing.Importing.Choosing;

/// <summary>
/// Finds out which records that a backup refers to without holding them are rows of the database already: reference data with
/// natural keys, such as countries that the schema comes with.
/// </summary>
internal sealed class DatabaseKeyDecision(ImportContext context, ImportTransaction transaction) : Decision
{
    /// <summary>Asks the database, once for each model referred to.</summary>
    internal override async Task DecideAsync(IReadOnlyList<KeyTable> tables, CancellationToken cancellationToken)
    {
        var wanted = new Dictionary<(KeyTable Target, AlternateKeys? Alternate), HashSet<RecordKey>>();
        foreach (var table in tables)
        {
            var facts = context.Noted.Facts.GetValueOrDefault(table.Entity.Label);
            foreach (var reference in NeededReferences.ToKeptKeys(table.Entity, context.Plan.Model))
            {
                Add(reference, target => Missing(table, reference, target, facts));
            }

            foreach (var (reference, keys) in facts?.Children?.All ?? [])
            {
                Add(reference, target =>
                {
                    var state = new ReferenceState(table.Entity, reference, target, UnresolvedReferencePolicy.Fail);
                    return keys.Where(key => state.Find(key, out _) == DropReason.Absent);
                });
            }
        }

        foreach (var ((target, alternate), keys) in wanted)
        {
            if (alternate is not null)
            {
                var found = new HashSet<RecordKey>();
                foreach (var rows in alternate.Rows)
                {
                    found.UnionWith(await transaction.FindExistingAsync(rows.Table, rows.Answer, keys, cancellationToken).ConfigureAwait(false));
                }

                alternate.SetInDatabase(found);
            }
            else
            {
                target.SetInDatabase(await FindAsync(target.Entity, keys, context.Layouts, transaction, cancellationToken).ConfigureAwait(false));
            }
        }

        void Add(RelocationReference reference, Func<KeyTable, IEnumerable<RecordKey>> missing)
        {
            var target = context.Tables.Find(reference.Target)!;
            var alternate = reference.TargetFields.Count == 0 ? null : target.Alternate(reference.TargetFields);
            foreach (var key in missing(target))
            {
                (wanted.TryGetValue((target, alternate), out var keys) ? keys : wanted[(target, alternate)] = []).Add(key);
            }
        }
    }

    /// <summary>Which of these keys the database holds already, in whichever of a hierarchy's tables.</summary>
    internal static async Task<IReadOnlySet<RecordKey>> FindAsync(
        RelocationEntity entity,
        IReadOnlyCollection<RecordKey> keys,
        LayoutSet layouts,
        ImportTransaction transaction,
        CancellationToken cancellationToken)
    {
        var found = new HashSet<RecordKey>();
        foreach (var table in layouts.KeyTables(entity))
        {
            found.UnionWith(await transaction.FindExistingAsync(table, table.Key, keys, cancellationToken).ConfigureAwait(false));
        }

        return found;
    }

    private static IEnumerable<RecordKey> Missing(KeyTable table, RelocationReference reference, KeyTable target, FieldFacts? facts)
    {
        var state = new ReferenceState(table.Entity, reference, target, UnresolvedReferencePolicy.Fail);
        for (var rank = 0; rank < table.Count; rank++)
        {
            state.ReadParts(table, rank, facts);
            if (table.StateOf(rank) == RecordState.Taken && state.OldKey() is { } key && state.Find(key, out _) == DropReason.Absent)
            {
                yield return key;
            }
        }
    }
}
