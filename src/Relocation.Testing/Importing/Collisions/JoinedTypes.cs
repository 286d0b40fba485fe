using System.Text.Json;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Choosing;
using Relocation.Testing.Importing.Policies;
using Relocation.Testing.Importing.Records;
using Relocation.Testing.Planning;
using Relocation.Testing.Values;

namespace Relocation.Testing.Importing.Collisions;

/// <summary>Sees to it that a record of a hierarchy stands for, or is written over, rows of its own type only.</summary>
internal static class JoinedTypes
{
    internal static async Task CheckAsync(UndecidedRecords model, ImportTransaction transaction, CancellationToken cancellationToken)
    {
        var table = model.Table;
        if (table.Entity.Types.Count < 2 || table.Mapped == 0)
        {
            return;
        }

        var inserted = new Dictionary<RecordKey, int>();
        var joined = new List<int>();
        for (var rank = 0; rank < table.Count; rank++)
        {
            if (table.StateOf(rank) == RecordState.Taken)
            {
                inserted[model.Tables.NewKey(table, rank)] = rank;
            }
            else if (table.MappedKey(rank) is not null)
            {
                joined.Add(rank);
            }
        }

        foreach (var ranks in joined.GroupBy(table.TypeOf))
        {
            var type = table.Entity.Types[ranks.Key];
            foreach (var rank in ranks.Where(rank => inserted.TryGetValue(table.NewKey(rank), out var other) && table.TypeOf(other) != ranks.Key))
            {
                Refuse(model, rank, type);
            }

            List<int> ofDatabase = [.. ranks.Where(rank => !inserted.ContainsKey(table.NewKey(rank)))];
            var (lookup, discriminator) = LookupOf(model.Context.Layouts.Of(table.Entity)[ranks.Key], table.Entity, type);
            var values = ofDatabase.ConvertAll(rank => (IReadOnlyList<object?>)[
                .. table.NewKey(rank).Parts.Select(part => PlainValue.Of(part)), .. discriminator]);
            var found = await RowSearch.FindAsync(transaction, lookup, values, cancellationToken).ConfigureAwait(false);
            foreach (var index in Enumerable.Range(0, ofDatabase.Count).Except(found.Select(match => match.Index)))
            {
                Refuse(model, ofDatabase[index], type);
            }
        }
    }

    /// <summary>Rows of that type by key: those of the type's own table, or those that a column says to be of it.</summary>
    private static (RowLookup Lookup, object?[] Discriminator) LookupOf(EntityLayout rows, RelocationEntity entity, RelocationType type)
    {
        var part = rows.Parts[^1];
        var column = Array.Find(part.Columns, field => field.Name == entity.TypeField);
        return column is null
            ? (new RowLookup(part.Table, part.Table.Key), [])
            : (new RowLookup(part.Table, [.. part.Table.Key, column]), [Plain(JsonSerializer.Deserialize<JsonElement>(type.Discriminator))]);
    }

    private static object Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetInt64(),
        JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
        _ => value.GetString()!,
    };

    private static void Refuse(UndecidedRecords model, int rank, RelocationType type) =>
        model.Refuse(rank, BackupProblemKind.Collision, CollisionErrors.OtherTypeToJoin(model.Entity, type.Label));
}
