using Relocation.Testing.Backups;
using Relocation.Testing.Sanitizing.Choosing;

namespace Relocation.Testing.Sanitizing;

/// <summary>Indexes an original and learns on the way which values its rules replace, and who its records belong to.</summary>
internal static class KnownIndex
{
    internal static async Task<BackupIndex> ReadAsync(
        BackupContent content,
        SanitizePlan plan,
        KnownValues known,
        Sanitizer? sanitizer,
        Persons? persons,
        JsonTextEvidence? jsonTexts,
        BackupLimits limits,
        CancellationToken cancellationToken)
    {
        var collectors = plan.Models.ToDictionary(model => model.Label, model => new KnownCollector(plan, model, known, sanitizer));
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
                collectors[model.Label].ObserveKey(rank, records!.Keys[rank], persons);
            }
        }

        return index;
    }
}
