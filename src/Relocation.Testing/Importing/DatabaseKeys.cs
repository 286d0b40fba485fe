namespace Relocation.Testing.Importing;

/// <summary>
/// Finds out which records that a backup refers to without holding them are rows of the database already: reference data with
/// natural keys, such as countries that the schema comes with.
/// </summary>
internal static class DatabaseKeys
{
    /// <summary>The references of a model to models that keep their keys.</summary>
    internal static IEnumerable<RelocationReference> References(RelocationEntity entity, RelocationModel model) =>
        entity.References.Where(reference => model.Find(reference.Target) is { Key.Policy: KeyPolicy.Preserve });

    /// <summary>Asks the database, once for each model referred to.</summary>
    internal static async Task FindAsync(
        ImportPlan plan,
        KeyTables tables,
        IReadOnlyDictionary<ModelLabel, FieldFacts> facts,
        ImportTransaction transaction,
        CancellationToken cancellationToken)
    {
        var wanted = new Dictionary<KeyTable, HashSet<RecordKey>>();
        foreach (var table in plan.Models.Select(planned => tables[planned.Entity]).Where(table => table.Taken > 0))
        {
            foreach (var reference in References(table.Entity, plan.Model))
            {
                var target = tables.Find(reference.Target)!;
                foreach (var key in Missing(table, reference, target, facts.GetValueOrDefault(table.Entity.Label)))
                {
                    (wanted.TryGetValue(target, out var keys) ? keys : wanted[target] = []).Add(key);
                }
            }
        }

        foreach (var (target, keys) in wanted)
        {
            target.SetInDatabase(await transaction.FindExistingAsync(target.Entity, keys, cancellationToken).ConfigureAwait(false));
        }
    }

    private static IEnumerable<RecordKey> Missing(KeyTable table, RelocationReference reference, KeyTable target, FieldFacts? facts)
    {
        var binding = new ReferenceBinding(table.Entity, reference, target, UnresolvedReferencePolicy.Fail);
        for (var rank = 0; rank < table.Count; rank++)
        {
            binding.ReadParts(table, rank, facts);
            if (table.StateOf(rank) == RecordState.Taken && binding.OldKey() is { } key && !target.TryFind(key, out _))
            {
                yield return key;
            }
        }
    }
}
