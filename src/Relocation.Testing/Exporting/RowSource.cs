using Relocation.Testing.Engines;

namespace Relocation.Testing.Exporting;

/// <summary>One open query of a model's rows, with those of their members.</summary>
internal sealed class RowSource : IAsyncDisposable
{
    private readonly Dictionary<RowShape, (ReferenceCheck Check, IReadOnlyList<(int[] Columns, KeySet Keys)> Noted)> _byShape = [];

    private RowSource(RowGroup group, RelocationEntity entity, RowStream stream, ReferenceSettlement references)
    {
        Group = group;
        Stream = stream;
        Row = new ExportedRow(entity, stream, group.Shapes[0]);
        Record = new SelectedRecord(Row);
        foreach (var shape in group.Shapes)
        {
            _byShape.Add(shape, (references.Of(entity, shape), references.NotedOf(entity, shape.Layout)));
        }
    }

    internal RowGroup Group { get; }

    internal RowStream Stream { get; }

    internal ChildCursors Children { get; private set; } = new();

    /// <summary>The current row.</summary>
    internal ExportedRow Row { get; }

    internal SelectedRecord Record { get; }

    internal static async Task<RowSource> OpenAsync(
        RowGroup group,
        RelocationEntity entity,
        ExportTransaction transaction,
        ReferenceSettlement references,
        bool withChildren,
        CancellationToken cancellationToken)
    {
        var stream = await RowStream.OpenAsync(transaction, group.Query, cancellationToken).ConfigureAwait(false);
        var source = new RowSource(group, entity, stream, references);
        try
        {
            if (withChildren)
            {
                source.Children = await ChildCursors.OpenAsync(transaction, entity, group.Children, references, cancellationToken).ConfigureAwait(false);
            }

            return source;
        }
        catch
        {
            await source.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    internal ReferenceCheck ChecksOf(RowShape shape) => _byShape[shape].Check;

    /// <summary>Notes the current row's keys, where other records may refer to it by them.</summary>
    internal void NoteKeys(RowShape shape)
    {
        foreach (var (columns, keys) in _byShape[shape].Noted)
        {
            if (CellKeys.Of(Stream, shape.Layout.Columns, columns, shape.Places) is { } key)
            {
                keys.Add(key);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Children.DisposeAsync().ConfigureAwait(false);
        await Stream.DisposeAsync().ConfigureAwait(false);
    }
}
