using Relocation.Testing.Texts;

namespace Relocation.Testing.Backups;

/// <summary>The first pass over a backup: finds its records and checks all that can be checked without a database.</summary>
internal static class BackupIndexer
{
    /// <summary>Indexes a backup.</summary>
    /// <param name="content">The backup's content.</param>
    /// <param name="known">The labels whose kinds of keys are demanded, or null to take any keys.</param>
    /// <param name="observers">Who wants to see the fields of which models' records.</param>
    /// <param name="limits">What a backup may hold.</param>
    /// <param name="includeValues">Whether messages may show text keys.</param>
    /// <param name="bytesRead">Hears after each block how many bytes of the decoded text have been read.</param>
    /// <param name="cancellationToken">Cancels the reading, at the next block.</param>
    /// <exception cref="BackupFormatException">The content is not a backup, or cannot be read.</exception>
    internal static Task<BackupIndex> IndexAsync(
        BackupContent content,
        IKnownLabels? known,
        IReadOnlyDictionary<ModelLabel, RecordObserver>? observers,
        BackupLimits limits,
        bool includeValues,
        IProgress<long>? bytesRead,
        CancellationToken cancellationToken) =>
        IndexAsync(
            content,
            new LabelTable(known, label => observers?.GetValueOrDefault(label)),
            limits,
            includeValues,
            TextWindow.DefaultBlockSize,
            bytesRead,
            cancellationToken);

    /// <summary>Indexes a backup, a block of a given size at a time.</summary>
    internal static Task<BackupIndex> IndexAsync(
        BackupContent content,
        LabelTable labels,
        BackupLimits limits,
        bool includeValues,
        int blockSize,
        IProgress<long>? bytesRead,
        CancellationToken cancellationToken) =>
        IndexAsync(content, labels, limits, includeValues, blockSize, bytesRead, takesDuplicates: false, cancellationToken);

    /// <summary>Indexes a backup; records with the same key are refused unless they are asked for.</summary>
    internal static async Task<BackupIndex> IndexAsync(
        BackupContent content,
        LabelTable labels,
        BackupLimits limits,
        bool includeValues,
        int blockSize,
        IProgress<long>? bytesRead,
        bool takesDuplicates,
        CancellationToken cancellationToken)
    {
        var problems = new ProblemLog();
        var pass = new IndexPass(labels, problems, limits, includeValues);
        var window = new TextWindow(content, blockSize);
        await using (window.ConfigureAwait(false))
        {
            while (!pass.IsDone)
            {
                await window.RefillAsync(cancellationToken).ConfigureAwait(false);
                window.Consume(pass.Read(window.Unread, window.Offset, window.IsFinal));
                bytesRead?.Report(window.Offset);
            }

            content.ThrowIfChanged();
        }

        if (!takesDuplicates)
        {
            AddDuplicates(labels, includeValues, problems);
        }

        return problems.Count == 0
            ? new BackupIndex(labels.Models, pass.Runs, labels.ByLabel)
            : throw await problems.ToExceptionAsync(content, cancellationToken).ConfigureAwait(false);
    }

    private static void AddDuplicates(LabelTable labels, bool includeValues, ProblemLog problems)
    {
        foreach (var records in labels.Models)
        {
            foreach (var (rank, firstRank) in DuplicateKeys.Find(records))
            {
                problems.AddDuplicate(PlaceOf(rank), PlaceOf(firstRank), OtherLabel(rank, firstRank));
            }

            ModelLabel? OtherLabel(int rank, int firstRank)
            {
                var first = LabelOf(firstRank);
                return LabelOf(rank) == first ? null : first;
            }

            // In a hierarchy a record's own label says what it is.
            ModelLabel LabelOf(int rank) =>
                labels.IsHierarchy(records.Label) ? ModelLabel.Parse(JsonText.ToText(records.RunOf(rank).Spelling)) : records.Label;

            PlaceRequest PlaceOf(int rank) => new(
                records.OffsetOf(rank),
                $"/{records.ArrayIndexOf(rank)}",
                LabelOf(rank),
                ShownKey.Of(records.Keys[rank], includeValues));
        }
    }
}
