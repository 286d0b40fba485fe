namespace Relocation.Testing.Sentry.Rules;

/// <summary>The keys that rules took out of records, in the order in which they decided.</summary>
internal sealed class ClearedKeys
{
    private readonly List<SentryClearedKey> _all = [];

    /// <summary>What was taken out.</summary>
    internal IReadOnlyList<SentryClearedKey> All => _all;

    internal void Add(ModelLabel model, RecordKey key, string field, ModelLabel target) => _all.Add(new SentryClearedKey(model, key, field, target));
}
