using System.Runtime.CompilerServices;
using Relocation.Testing.Engines;
using Relocation.Testing.Exporting;

namespace Relocation.Testing;

/// <summary>One export as rules see it.</summary>
public sealed class ExportSession
{
    private readonly ExportRun _run;
    private readonly ExportTransaction _transaction;
    private readonly ReferenceSettlement _references;

    internal ExportSession(ExportRun run, ExportTransaction transaction, ReferenceSettlement references)
    {
        _run = run;
        _transaction = transaction;
        _references = references;
    }

    /// <summary>The model that is exported.</summary>
    public RelocationModel Model => _run.Plan.Model;

    /// <summary>The export's options.</summary>
    public ExportOptions Options => _run.Options;

    /// <summary>Whether a record is exported: of a model that is before the rule's own in the plan.</summary>
    /// <param name="model">The record's model.</param>
    /// <param name="key">The record's key.</param>
    public bool IsExported(ModelLabel model, RecordKey key) => Model.Find(model) is { } entity && _references.IsExported(entity, key);

    /// <summary>
    /// All rows of a model, whether they are exported or not, in the order of their keys and as they are at the moment of the export. None
    /// for a model that there is not.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async IAsyncEnumerable<SelectedRecord> ReadAsync(
        ModelLabel model, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (Model.Find(model) is not { } entity)
        {
            yield break;
        }

        foreach (var group in _run.GroupsOf(entity, _transaction))
        {
            var query = group.Query with { IsInterleaved = true };
            var stream = await RowStream.OpenAsync(_transaction, query, cancellationToken).ConfigureAwait(false);
            await using var closing = stream.ConfigureAwait(false);
            for (; stream.HasRow; await stream.MoveAsync(cancellationToken).ConfigureAwait(false))
            {
                if (group.ShapeOf(stream) is { } shape)
                {
                    yield return new SelectedRecord(new ExportedRow(entity, stream, shape));
                }
            }
        }
    }
}
