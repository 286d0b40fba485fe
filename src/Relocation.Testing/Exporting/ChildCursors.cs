using System.Text.Json;
using Relocation.Testing.Engines;

namespace Relocation.Testing.Exporting;

/// <summary>The open queries of the members of one row, each at the row's own part of it.</summary>
internal sealed class ChildCursors : IAsyncDisposable
{
    private readonly Dictionary<ChildGroup, Cursor> _cursors = [];

    /// <summary>Opens the queries of some members, and of what is in them.</summary>
    internal static async Task<ChildCursors> OpenAsync(
        ExportTransaction transaction,
        RelocationEntity entity,
        IReadOnlyList<ChildGroup> groups,
        ReferenceSettlement references,
        CancellationToken cancellationToken)
    {
        var cursors = new ChildCursors();
        try
        {
            foreach (var group in groups)
            {
                var stream = await RowStream.OpenAsync(transaction, group.Query, cancellationToken).ConfigureAwait(false);
                var cursor = new Cursor(group, stream, references.Of(entity, group));
                cursors._cursors.Add(group, cursor);
                cursor.Members = await OpenAsync(transaction, entity, group.Children, references, cancellationToken).ConfigureAwait(false);
            }

            return cursors;
        }
        catch
        {
            await cursors.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>How many elements were left out, by the reference that leads nowhere.</summary>
    internal IEnumerable<(ChildGroup Child, string Reason, long Count)> LeftOut() => _cursors.Values.SelectMany(cursor =>
        cursor.LeftOut.Select(count => (cursor.Group, count.Key, count.Value)).Concat(cursor.Members.LeftOut()));

    /// <summary>Goes to the first elements of an owner.</summary>
    internal async ValueTask AlignAsync(RowStream owner, int[] key, CancellationToken cancellationToken)
    {
        foreach (var cursor in _cursors.Values)
        {
            // Rows of owners that are not exported come first.
            while (cursor.Stream.HasRow && CellOrder.Compare(cursor.Stream, cursor.Group.Owner, owner, key) < 0)
            {
                await cursor.Stream.MoveAsync(cancellationToken).ConfigureAwait(false);
            }

            cursor.Owner = owner;
            cursor.OwnerKey = key;
        }
    }

    internal bool HasAny(ChildGroup child) => _cursors[child].HasElement;

    /// <summary>Writes the elements of the owner.</summary>
    internal async ValueTask WriteAsync(ChildGroup child, Utf8JsonWriter writer, CancellationToken cancellationToken)
    {
        var cursor = _cursors[child];
        var isSingle = child.Layout.Child.IsSingle;
        if (!isSingle)
        {
            writer.WriteStartArray();
        }

        var count = 0;
        for (; cursor.HasElement; await cursor.Stream.MoveAsync(cancellationToken).ConfigureAwait(false))
        {
            if (cursor.References.Unresolved(cursor.Stream) is { } reason)
            {
                cursor.LeftOut[reason] = cursor.LeftOut.GetValueOrDefault(reason) + 1;
                continue;
            }

            count++;
            await WriteAsync(cursor, writer, cancellationToken).ConfigureAwait(false);
        }

        if (!isSingle)
        {
            writer.WriteEndArray();
        }
        else if (count == 0)
        {
            writer.WriteNullValue();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var cursor in _cursors.Values)
        {
            await cursor.Members.DisposeAsync().ConfigureAwait(false);
            await cursor.Stream.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async ValueTask WriteAsync(Cursor cursor, Utf8JsonWriter writer, CancellationToken cancellationToken)
    {
        if (cursor.Group.Layout.Child.HoldsKeys)
        {
            cursor.Group.Members.WriteKey(cursor.Stream, writer);
            return;
        }

        await cursor.Members.AlignAsync(cursor.Stream, cursor.Group.Key, cancellationToken).ConfigureAwait(false);
        await cursor.Group.Members.WriteAsync(cursor.Stream, cursor.Members, writer, cancellationToken).ConfigureAwait(false);
    }

    private sealed class Cursor(ChildGroup group, RowStream stream, ReferenceCheck references)
    {
        internal ChildGroup Group { get; } = group;

        internal RowStream Stream { get; } = stream;

        internal ReferenceCheck References { get; } = references;

        internal Dictionary<string, long> LeftOut { get; } = [];

        internal ChildCursors Members { get; set; } = new();

        internal RowStream? Owner { get; set; }

        internal int[] OwnerKey { get; set; } = [];

        internal bool HasElement => Stream.HasRow && CellOrder.Compare(Stream, Group.Owner, Owner!, OwnerKey) == 0;
    }
}
