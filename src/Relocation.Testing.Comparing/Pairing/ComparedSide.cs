using Relocation.Testing.Backups;
using Relocation.Testing.Comparing.Reports;

namespace Relocation.Testing.Comparing.Pairing;

/// <summary>One indexed backup and the order of its records.</summary>
internal sealed class ComparedSide : IAsyncDisposable
{
    private readonly Dictionary<ModelLabel, ModelOrder> _orders = [];

    private ComparedSide(BackupContent content, BackupIndex index, JsonTextEvidence jsonTexts)
    {
        Content = content;
        Index = index;
        TextsAreJson = jsonTexts.AreJson;
        Ordinals = new SideOrdinals(_orders);
    }

    internal BackupContent Content { get; }

    internal BackupIndex Index { get; }

    internal OrdinalMap Ordinals { get; }

    /// <summary>Whether a text in a field of <see cref="FieldEncoding.JsonText"/> stands for the JSON that it holds, as far as the backup tells.</summary>
    internal bool TextsAreJson { get; }

    /// <summary>What is wrong with the order of the records.</summary>
    internal List<SideProblem> Problems { get; } = [];

    public ValueTask DisposeAsync() => Content.DisposeAsync();

    internal static async Task<ComparedSide> OpenAsync(
        Backup backup, ComparisonOptions options, ComparatorMap map, bool isLeft, CancellationToken cancellationToken)
    {
        var content = await BackupContent.OpenAsync(backup, cancellationToken).ConfigureAwait(false);
        try
        {
            var jsonTexts = new JsonTextEvidence(JsonTextReading.ByBackup);
            var observers = new Dictionary<ModelLabel, OrdinalObserver>();
            var labels = new LabelTable(options.Model, label => JsonTextObserver.After(
                map.OrdinalOf(label) is { } rule ? Observe(observers, label, rule, options.Model) : null, label, options.Model?.Find(label)?.JsonTextNames, jsonTexts));
            var index = await BackupIndexer.IndexAsync(
                content, labels, options.Limits, includeValues: true, TextWindow.DefaultBlockSize, null, takesDuplicates: true, cancellationToken)
                .ConfigureAwait(false);
            var side = new ComparedSide(content, index, jsonTexts);
            side.Order(new OrderBuilder(options.Model, map, index, observers, isLeft, side.Problems));
            return side;
        }
        catch
        {
            await content.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The order of a model's records, or null when the side holds none.</summary>
    internal ModelOrder? OrderOf(ModelLabel model) => _orders.GetValueOrDefault(model);

    private static OrdinalObserver Observe(Dictionary<ModelLabel, OrdinalObserver> observers, ModelLabel label, OrdinalRule rule, RelocationModel? model)
    {
        var observer = new OrdinalObserver(rule, model?.Find(label));
        observers[label] = observer;
        return observer;
    }

    private void Order(OrderBuilder builder)
    {
        foreach (var records in Index.Models)
        {
            _orders[records.Label] = builder.Build(records);
        }
    }

    private sealed class SideOrdinals(Dictionary<ModelLabel, ModelOrder> orders) : OrdinalMap
    {
        public override int? Find(ModelLabel model, RecordKey key) => orders.GetValueOrDefault(model)?.OrdinalOf(key);
    }
}
