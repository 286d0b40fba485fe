using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Records;
using Relocation.Testing.Planning;
using Relocation.Testing.Values;

namespace Relocation.Testing.Importing.Collisions;

/// <summary>Deletes rows of members of records, where other ones take their place.</summary>
internal static class ChildReplacement
{
    /// <summary>Deletes all rows that some owners have.</summary>
    /// <param name="child">Which member.</param>
    /// <param name="owners">The keys of the rows whose members go.</param>
    /// <param name="transaction">Deletes them.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    internal static async Task DeleteAsync(
        ChildLayout child, IReadOnlyList<RecordKey> owners, ImportTransaction transaction, CancellationToken cancellationToken)
    {
        if (child.Rows.Children.Length == 0 && child.Rows.Parts.Length == 1)
        {
            await RowSearch.DeleteAsync(transaction, child.ByOwner, Values(owners), cancellationToken).ConfigureAwait(false);
            return;
        }

        var keys = await FindAsync(child, owners, transaction, cancellationToken).ConfigureAwait(false);
        await DeleteRowsAsync(child, keys, transaction, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes rows and what hangs on them: members of theirs first, then what each of their tables has of them.</summary>
    internal static async Task DeleteRowsAsync(
        ChildLayout child, IReadOnlyList<RecordKey> keys, ImportTransaction transaction, CancellationToken cancellationToken)
    {
        foreach (var inner in keys.Count == 0 ? [] : child.Rows.Children)
        {
            await DeleteAsync(inner, keys, transaction, cancellationToken).ConfigureAwait(false);
        }

        foreach (var part in child.Rows.Parts.Reverse())
        {
            await RowSearch.DeleteAsync(transaction, child.ByKey(part), Values(keys), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The keys of the rows that some owners have.</summary>
    internal static async Task<List<RecordKey>> FindAsync(
        ChildLayout child, IReadOnlyList<RecordKey> owners, ImportTransaction transaction, CancellationToken cancellationToken)
    {
        var found = await RowSearch.FindAsync(transaction, child.ByOwner, Values(owners), cancellationToken).ConfigureAwait(false);
        return [.. found.Select(row => row.Key!.Value)];
    }

    private static List<IReadOnlyList<object?>> Values(IReadOnlyList<RecordKey> keys) =>
        [.. keys.Select(key => (IReadOnlyList<object?>)[.. key.Parts.Select(part => (object?)PlainValue.Of(part))])];
}
