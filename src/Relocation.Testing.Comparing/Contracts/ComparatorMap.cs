using System.Text;

namespace Relocation.Testing;

/// <summary>Which comparators look at which models' fields, and what orders the models' records. Immutable.</summary>
public sealed class ComparatorMap
{
    private readonly IReadOnlyDictionary<ModelLabel, IReadOnlyList<RecordComparator>> _comparators;
    private readonly IReadOnlyDictionary<ModelLabel, OrdinalRule> _ordinals;

    private ComparatorMap(
        IReadOnlyDictionary<ModelLabel, IReadOnlyList<RecordComparator>> comparators,
        IReadOnlyDictionary<ModelLabel, OrdinalRule> ordinals,
        bool pairsByPosition)
    {
        _comparators = comparators;
        _ordinals = ordinals;
        PairsByPosition = pairsByPosition;
    }

    /// <summary>A map without comparators: every field is compared as JSON.</summary>
    public static ComparatorMap Empty { get; } = new(
        new Dictionary<ModelLabel, IReadOnlyList<RecordComparator>>(), new Dictionary<ModelLabel, OrdinalRule>(), pairsByPosition: false);

    /// <summary>
    /// Whether records are paired by their position only, as Sentry pairs them (docs/sentry-import.md, section 8.5): keys have to ascend,
    /// counts that differ are the result and nothing is compared, and findings are worded as Sentry's are. Otherwise records are paired by
    /// what they hold. Default: no.
    /// </summary>
    public bool PairsByPosition { get; }

    /// <summary>The same map for records that are paired by their position only.</summary>
    public ComparatorMap ByPosition() => new(_comparators, _ordinals, pairsByPosition: true);

    /// <summary>The models that have comparators, sorted.</summary>
    public IReadOnlyList<ModelLabel> Models => [.. _comparators.Keys.Order()];

    /// <summary>The comparators of a model, in the order in which they are asked; empty when it has none.</summary>
    /// <param name="model">The model's label.</param>
    public IReadOnlyList<RecordComparator> Of(ModelLabel model) => _comparators.GetValueOrDefault(model, []);

    /// <summary>What orders a model's records, or null when its keys do.</summary>
    /// <param name="model">The model's label.</param>
    public OrdinalRule? OrdinalOf(ModelLabel model) => _ordinals.GetValueOrDefault(model);

    /// <summary>The map with comparators that take the place of those that looked at the same fields.</summary>
    /// <param name="model">The model's label.</param>
    /// <param name="comparators">The comparators.</param>
    public ComparatorMap With(ModelLabel model, params IEnumerable<RecordComparator> comparators)
    {
        ArgumentNullException.ThrowIfNull(comparators);
        var added = comparators.ToList();
        return Without(model, [.. added.SelectMany(comparator => comparator.Fields)]).Plus(model, added);
    }

    /// <summary>The map with comparators that take the place of those that looked at the same fields.</summary>
    /// <param name="model">The model's label, for example <c>shop.order</c>.</param>
    /// <param name="comparators">The comparators.</param>
    /// <exception cref="FormatException"><paramref name="model"/> is no label.</exception>
    public ComparatorMap With(string model, params IEnumerable<RecordComparator> comparators) => With(ModelLabel.Parse(model), comparators);

    /// <summary>The map with comparators besides those that there are, which may look at the same fields.</summary>
    /// <param name="model">The model's label.</param>
    /// <param name="comparators">The comparators.</param>
    public ComparatorMap Plus(ModelLabel model, params IEnumerable<RecordComparator> comparators)
    {
        ArgumentNullException.ThrowIfNull(comparators);
        var all = Of(model).Concat(comparators).ToList();
        return all.Count == 0 ? this : new ComparatorMap(Changed(_comparators, model, all), _ordinals, PairsByPosition);
    }

    /// <summary>The map without whatever looks at some fields of a model: they are compared as JSON.</summary>
    /// <param name="model">The model's label.</param>
    /// <param name="fields">The names of the fields.</param>
    public ComparatorMap Without(ModelLabel model, params IReadOnlyList<string> fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var rest = Of(model).Select(comparator => comparator.Without(fields)).OfType<RecordComparator>().ToList();
        return _comparators.ContainsKey(model) ? new ComparatorMap(Changed(_comparators, model, rest), _ordinals, PairsByPosition) : this;
    }

    /// <summary>The map with comparators by a rule that every field of a model is put to; fields that are looked at already are left out.</summary>
    /// <param name="model">The models.</param>
    /// <param name="rule">The comparator for a field of a model, or null for none.</param>
    public ComparatorMap WithRule(RelocationModel model, Func<RelocationEntity, RelocationField, RecordComparator?> rule)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rule);
        var map = this;
        foreach (var entity in model.Entities)
        {
            var claimed = map.ClaimedOf(entity.Label);
            var made = entity.Fields.Where(field => field.IsInBackup && !claimed.Contains(field.Name))
                .Select(field => rule(entity, field)).OfType<RecordComparator>();
            map = map.Plus(entity.Label, made);
        }

        return map;
    }

    /// <summary>The map with another order of a model's records.</summary>
    /// <param name="model">The model's label.</param>
    /// <param name="rule">What orders the records, or null for their keys.</param>
    public ComparatorMap WithOrdinal(ModelLabel model, OrdinalRule? rule)
    {
        var ordinals = _ordinals.Where(pair => pair.Key != model).ToDictionary();
        if (rule is not null)
        {
            ordinals.Add(model, rule);
        }

        return new ComparatorMap(_comparators, ordinals, PairsByPosition);
    }

    /// <summary>The map as text: one line a comparator, sorted by model, in the order in which they are asked.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var model in Models)
        {
            foreach (var comparator in Of(model))
            {
                text.Append(model).Append(": ").Append(comparator).Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>The fields of a model that any comparator looks at.</summary>
    internal HashSet<string> ClaimedOf(ModelLabel model) => [.. Of(model).SelectMany(comparator => comparator.Fields)];

    private static Dictionary<ModelLabel, IReadOnlyList<RecordComparator>> Changed(
        IReadOnlyDictionary<ModelLabel, IReadOnlyList<RecordComparator>> comparators, ModelLabel model, List<RecordComparator> changed)
    {
        var copy = new Dictionary<ModelLabel, IReadOnlyList<RecordComparator>>(comparators) { [model] = changed };
        if (changed.Count == 0)
        {
            copy.Remove(model);
        }

        return copy;
    }
}
