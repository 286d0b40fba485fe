using Relocation.Testing.Backups;
using Relocation.Testing.Importing.Policies;
using Relocation.Testing.Importing.Records;
using Relocation.Testing.Planning;

namespace Relocation.Testing.Importing.Noting;

/// <summary>What is noted of records while the backup is indexed, to decide about them before they are read again.</summary>
internal sealed class NotedRecords : IDisposable
{
    private readonly Dictionary<ModelLabel, RecordObserver> _observers = [];
    private readonly Dictionary<ModelLabel, RecordValues> _values = [];
    private readonly List<(ImportRule Rule, ModelLabel Label, RawFieldValues Values)> _raw = [];

    /// <exception cref="RelocationModelException">A rule names a field that its model does not have.</exception>
    internal NotedRecords(ImportPlan plan, ImportOptions options, ModelPolicies policies)
    {
        var layouts = LayoutSet.Of(plan.Model);
        Facts = FactsRequest.For(plan, layouts, options);
        JsonTexts = new JsonTextEvidence(options.JsonTexts);
        foreach (var entity in plan.Model.Entities)
        {
            var fields = policies.FieldsOf(entity);
            if (fields.Count > 0 || policies.DecideAbout(entity))
            {
                _values.Add(entity.Label, new RecordValues(layouts[entity], fields, layouts.Of(entity)));
            }

            Observe(
                entity.Label,
                Facts.GetValueOrDefault(entity.Label),
                _values.GetValueOrDefault(entity.Label),
                MemberValues.ObserverOf(layouts.Of(entity), entity.OnCollision ?? options.OnCollision),
                JsonTextObserver.For(entity.Label, entity.JsonTextNames, JsonTexts));
        }

        foreach (var rule in options.Rules)
        {
            foreach (var (label, fields) in rule.RawFields)
            {
                // Records under a former label are seen by those who ask for the present one, and the other way round.
                var own = plan.Model.Find(label)?.Label ?? label;
                var values = new RawFieldValues([.. fields]);
                _raw.Add((rule, own, values));
                Observe(own, _observers.GetValueOrDefault(own), values);
            }
        }
    }

    /// <summary>Sees the records of each label that is to be looked at.</summary>
    internal IReadOnlyDictionary<ModelLabel, RecordObserver> Observers => _observers;

    /// <summary>What references of records hold, and the fields that scopes depend on.</summary>
    internal IReadOnlyDictionary<ModelLabel, FieldFacts> Facts { get; }

    /// <summary>The values that rules, policies and filters look at.</summary>
    internal IReadOnlyDictionary<ModelLabel, RecordValues> Values => _values;

    /// <summary>The unique values of members' rows in the backup, which no other row is to be given.</summary>
    internal MemberValues MemberValues { get; } = new();

    /// <summary>How texts are read that may be JSON.</summary>
    internal JsonTextEvidence JsonTexts { get; }

    /// <summary>Gives values the meaning that all records together give them, and rules the fields that they want to see as they are.</summary>
    internal void Complete(BackupIndex index, KeyTables tables)
    {
        foreach (var (label, values) in _values)
        {
            values.TextsAreJson = JsonTexts.AreJson;
            values.Table = tables.Find(label);
        }

        foreach (var (rule, label, values) in _raw)
        {
            for (var rank = 0; index.Find(label) is { } records && rank < records.Count; rank++)
            {
                rule.Read(new RawRecord(label, records.Keys[rank], records.ArrayIndexOf(rank), values[rank]));
            }
        }
    }

    public void Dispose()
    {
        foreach (var values in _values.Values)
        {
            values.Dispose();
        }
    }

    private void Observe(ModelLabel label, params ReadOnlySpan<RecordObserver?> observers)
    {
        if (ObserverChain.Of(observers) is { } all)
        {
            _observers[label] = all;
        }
    }
}
