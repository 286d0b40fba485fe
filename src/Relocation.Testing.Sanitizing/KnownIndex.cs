using Relocation.Testing.Backups;
using Relocation.Testing.Sanitizing.Choosing;

namespace Relocation.Testing.Sanitizing;

/// <summary>Indexes an original and learns on the way which values its rules replace, and who its records belong to.</summary>
internal static class KnownIndex
{
    /// <summary>Reads the original until the members that only it knows have the rules that they keep.</summary>
    /// <remarks>
    /// What a member of JSON is may show only in a later record: a title is a person's where another object of its kind has a birthday. What was
    /// learned before is then learned anew, so that no order of records decides what is replaced.
    /// </remarks>
    /// <param name="content">The original.</param>
    /// <param name="plan">The rules.</param>
    /// <param name="begin">Makes what takes in what is learned, empty.</param>
    /// <param name="limits">Limits of what is read.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    internal static async Task<(BackupIndex Index, LearnedValues Learned)> ReadAsync(
        BackupContent content, SanitizePlan plan, Func<LearnedValues> begin, BackupLimits limits, CancellationToken cancellationToken)
    {
        while (true)
        {
            plan.HasLateRules = false;
            var learned = begin();
            var index = await ReadOnceAsync(content, plan, learned, limits, cancellationToken).ConfigureAwait(false);
            if (!plan.HasLateRules)
            {
                return (index, learned);
            }
        }
    }

    private static async Task<BackupIndex> ReadOnceAsync(
        BackupContent content, SanitizePlan plan, LearnedValues learned, BackupLimits limits, CancellationToken cancellationToken)
    {
        var jsonTexts = learned.JsonTexts;
        var collectors = plan.Models.ToDictionary(model => model.Label, model => new KnownCollector(plan, model, learned.Known, learned.Sanitizer));
        var labels = new LabelTable(plan.Model, label => jsonTexts is null
            ? collectors.GetValueOrDefault(label)
            : JsonTextObserver.After(collectors.GetValueOrDefault(label), label, plan.Model.Find(label)?.JsonTextNames, jsonTexts));
        var index = await BackupIndexer.IndexAsync(
            content, labels, limits, includeValues: false, TextWindow.DefaultBlockSize, null, cancellationToken).ConfigureAwait(false);
        foreach (var model in plan.Models.Where(model => Array.Exists(model.Key, part => part is not null) || plan.IsBetween(model)))
        {
            var records = index.Find(model.Label);
            for (var rank = 0; rank < (records?.Count ?? 0); rank++)
            {
                collectors[model.Label].ObserveKey(rank, records!.Keys[rank], learned.Persons);
            }
        }

        return index;
    }
}
