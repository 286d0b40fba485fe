using System.Runtime.CompilerServices;
using Relocation.Testing.Sentry.Rules;

namespace Relocation.Testing.Sentry.Importing;

/// <summary>Remembers, chunk by chunk, which rows records became (docs/sentry-import.md, section 5.9).</summary>
/// <remarks>Ordinals are positions in the backup, whether records were written or not, and so identify its records.</remarks>
internal sealed class Ledger(ImportSettings settings, ImportSession session, Guid importUuid, IReadOnlyDictionary<ModelLabel, bool> isControl)
{
    private static readonly string[] Fields =
    [
        "import_uuid", "model", "min_ordinal", "max_ordinal", "min_source_pk", "max_source_pk", "min_inserted_pk", "max_inserted_pk",
        "inserted_map", "existing_map", "overwrite_map", "inserted_identifiers", "date_added", "date_updated",
    ];

    /// <summary>
    /// Writes a row for each chunk of each model in scope: three statements for some fifty chunks. Models of a resumable import whose
    /// chunks are already written are skipped; of the others nothing was imported.
    /// </summary>
    internal async Task WriteAsync(CancellationToken cancellationToken)
    {
        var written = settings.Options.IsResumable ? await ReadModelsAsync(cancellationToken).ConfigureAwait(false) : [];
        var rows = new List<object?[]>();
        foreach (var entity in session.Model.Entities
            .Where(entity => entity.Scopes.Any(settings.Scope.Takes) && !written.Contains(entity.Label.Value)))
        {
            var count = session.Count(entity.Label);
            for (var first = 1; first <= count; first += settings.Options.ChunkSize)
            {
                rows.Add(Row(entity.Label, first, Math.Min(count, first + settings.Options.ChunkSize - 1), 0));
            }
        }

        await InsertAsync(rows, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes the row of a chunk that is committed by itself.</summary>
    internal Task WriteChunkAsync(ModelLabel model, int firstOrdinal, int lastOrdinal, CancellationToken cancellationToken) =>
        InsertAsync([Row(model, firstOrdinal, lastOrdinal, 0)], cancellationToken);

    /// <summary>Writes the row of a batch that was imported by itself.</summary>
    /// <param name="model">The batch's model.</param>
    /// <param name="minOrdinal">The position of its first record in the whole backup.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    internal Task WriteBatchAsync(ModelLabel model, int minOrdinal, CancellationToken cancellationToken) =>
        InsertAsync([Row(model, 1, session.Count(model), minOrdinal - 1)], cancellationToken);

    private async Task<HashSet<string>> ReadModelsAsync(CancellationToken cancellationToken)
    {
        var rows = await SupportRows.QueryAsync(
            session,
            "SELECT model FROM sentry_regionimportchunk WHERE import_uuid = @p0 UNION SELECT model FROM sentry_controlimportchunk WHERE import_uuid = @p0",
            [importUuid],
            cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => (string)row[0]!)];
    }

    private async Task InsertAsync(List<object?[]> rows, CancellationToken cancellationToken)
    {
        var control = rows.FindAll(row => isControl[ModelLabel.Parse((string)row[1]!)]);
        await SupportRows.InsertAsync(session, Labels.ControlImportChunk, Fields, control, cancellationToken).ConfigureAwait(false);
        await SupportRows.InsertAsync(session, Labels.ControlImportChunkReplica, Fields, control, cancellationToken).ConfigureAwait(false);
        await SupportRows.InsertAsync(session, Labels.RegionImportChunk, Fields, rows.Except(control), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The row of one chunk. A chunk without written records has a row too, so that it is not imported again; missing keys are 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private object?[] Row(ModelLabel model, int first, int last, int offset)
    {
        var (old, inserted) = (new KeyRange(), new KeyRange());
        var (insertedMap, existingMap, overwriteMap, slugs) = (new JsonEntries(), new JsonEntries(), new JsonEntries(), new JsonEntries());
        var kept = settings.Slugs.Find(model);
        for (var ordinal = first; ordinal <= last; ordinal++)
        {
            if (session.At(model, ordinal) is not { } mapping)
            {
                continue;
            }

            var key = mapping.Old.AsInteger();
            var newKey = mapping.New.AsInteger();
            old.Add(key);
            switch (mapping.Kind)
            {
                case KeyMappingKind.Inserted:
                    inserted.Add(newKey);
                    insertedMap.Add(key, newKey);
                    break;
                case KeyMappingKind.Existing:
                    existingMap.Add(key, newKey);
                    break;
                default:
                    overwriteMap.Add(key, newKey);
                    break;
            }

            // The slugs of all rows; Sentry keeps only those of inserted ones, and loses the others when it resumes.
            if (kept is not null && kept.TryGetValue(mapping.Old, out var slug))
            {
                slugs.Add(key, slug);
            }
        }

        return
        [
            importUuid, model.Value, (long)first + offset, (long)last + offset, old.Least ?? 0, old.Most ?? 0, inserted.Least, inserted.Most,
            insertedMap.ToString(), existingMap.ToString(), overwriteMap.ToString(), slugs.ToString(), session.Now, session.Now,
        ];
    }
}
