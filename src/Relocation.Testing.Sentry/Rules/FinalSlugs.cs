namespace Relocation.Testing.Sentry.Rules;

/// <summary>The slugs of the rows that records became, model by model.</summary>
internal sealed class FinalSlugs
{
    private readonly Dictionary<ModelLabel, Dictionary<RecordKey, string>> _byModel = [];

    /// <summary>The slugs of one model by the records' old keys.</summary>
    internal Dictionary<RecordKey, string> Of(ModelLabel model)
    {
        if (!_byModel.TryGetValue(model, out var slugs))
        {
            slugs = [];
            _byModel.Add(model, slugs);
        }

        return slugs;
    }

    /// <summary>The slugs of one model, or null if there are none.</summary>
    internal IReadOnlyDictionary<RecordKey, string>? Find(ModelLabel model) => _byModel.GetValueOrDefault(model);
}
