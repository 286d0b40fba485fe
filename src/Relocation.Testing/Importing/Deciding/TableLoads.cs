using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Noting;
using Relocation.Testing.Importing.Records;
using Relocation.Testing.Modeling;
using Relocation.Testing.Planning;

namespace Relocation.Testing.Importing.Deciding;

/// <summary>The tables that an import writes to, and what their rows are numbered from.</summary>
internal static class TableLoads
{
    /// <summary>Every table of the models written, those that members of records become rows of included; each once.</summary>
    internal static List<TableLoad> For(IReadOnlyList<KeyTable> written, LayoutSet layouts)
    {
        var loads = new List<TableLoad>(written.Count);
        var positions = new Dictionary<Table, int>();
        foreach (var table in written)
        {
            foreach (var part in layouts.AllTables(table.Entity))
            {
                if (positions.TryAdd(part, loads.Count))
                {
                    loads.Add(new TableLoad(part, table.Taken));
                }
                else
                {
                    loads[positions[part]] = new TableLoad(part, loads[positions[part]].Rows + table.Taken);
                }
            }
        }

        return loads;
    }

    /// <summary>Finds out from where the rows of members are numbered; after the keys of records were handed out.</summary>
    internal static async Task BeginNumbersAsync(
        IReadOnlyList<KeyTable> written, ImportContext context, ImportTransaction transaction, CancellationToken cancellationToken)
    {
        foreach (var child in written.SelectMany(table => context.Layouts.Of(table.Entity)).SelectMany(Numbered))
        {
            var table = child.Rows.Parts[0].Table;

            // A join table's rows may be records as well, which have their numbers by now.
            var records = written.FirstOrDefault(records => context.Layouts.KeyTables(records.Entity).Contains(table));
            var highest = records is { CountsUp: true }
                ? records.Base + records.InScope
                : await transaction.ReadHighWaterMarkAsync(table, cancellationToken).ConfigureAwait(false);
            context.Numbers.Begin(table, highest);
        }
    }

    private static IEnumerable<ChildLayout> Numbered(EntityLayout layout) =>
        layout.Children.SelectMany(child => Numbered(child.Rows).Concat(child.NumberColumn >= 0 ? [child] : []));
}
