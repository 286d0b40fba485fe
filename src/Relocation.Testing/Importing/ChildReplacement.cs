namespace Relocation.Testing.Importing;

/// <summary>Deletes the rows that members of a record have, where other ones take their place.</summary>
internal static class ChildReplacement
{
    /// <param name="child">Which member.</param>
    /// <param name="owners">The keys of the rows whose members go.</param>
    /// <param name="transaction">Deletes them.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    internal static async Task DeleteAsync(
        ChildLayout child, IReadOnlyList<RecordKey> owners, ImportTransaction transaction, CancellationToken cancellationToken)
    {
        var rows = child.Rows;
        var owned = rows.FindPart(child.Child.OwnerFields) ?? rows.Parts[0];
        var byOwner = Lookup(rows, owned, child.Child.OwnerFields);
        var values = Values(owners);
        if (rows.Children.Length == 0 && rows.Parts.Length == 1)
        {
            await RowSearch.DeleteAsync(transaction, byOwner, values, cancellationToken).ConfigureAwait(false);
            return;
        }

        // What hangs on the rows goes first: members of theirs, and what other tables have of them.
        var found = await RowSearch.FindAsync(transaction, byOwner, values, cancellationToken).ConfigureAwait(false);
        List<RecordKey> keys = [.. found.Select(row => row.Key!.Value)];
        foreach (var inner in keys.Count == 0 ? [] : rows.Children)
        {
            await DeleteAsync(inner, keys, transaction, cancellationToken).ConfigureAwait(false);
        }

        foreach (var part in rows.Parts.Reverse())
        {
            var byKey = Lookup(rows, part, [.. rows.Entity.Key.Fields.Select(field => field.Name)]);
            await RowSearch.DeleteAsync(transaction, byKey, Values(keys), cancellationToken).ConfigureAwait(false);
        }
    }

    private static List<IReadOnlyList<object?>> Values(IReadOnlyList<RecordKey> keys) =>
        [.. keys.Select(key => (IReadOnlyList<object?>)[.. key.Parts.Select(part => (object?)PlainValue.Of(part))])];

    /// <summary>Rows by some of their columns; what is found of them is the whole key, not only the part that is numbered.</summary>
    private static RowLookup Lookup(EntityLayout rows, TablePart part, IReadOnlyList<string> fields)
    {
        List<RelocationField> compared = [.. fields.Select(name => Array.Find(part.Columns, column => column.Name == name)!)];
        List<RelocationField> key = [.. rows.Entity.Key.Fields.Select(field => Array.Find(part.Columns, column => column.Name == field.Name)!)];
        var table = new RelocationEntity
        {
            Label = rows.Entity.Label,
            Schema = part.Schema,
            Table = part.Name,
            Key = new RelocationKey { Fields = key, Policy = KeyPolicy.Preserve },
            Fields = [.. compared.Except(key)],
        };
        return new RowLookup(table, compared);
    }
}
