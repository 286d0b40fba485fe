using System.Collections.Concurrent;
using System.Text;
using Relocation.Testing.Keys;

namespace Relocation.Testing;

/// <summary>Which row of the database every record of a backup became: the pk map (docs/sentry-import.md, section 4).</summary>
/// <remarks>
/// A value: two maps are equal when they hold the same models in the same order and the same entries, whatever the order of
/// the backup. Reading it is safe from several threads.
/// </remarks>
public sealed class PrimaryKeyMap : IEquatable<PrimaryKeyMap>
{
    private readonly Dictionary<ModelLabel, ModelKeys> _byModel;
    private readonly Dictionary<ModelLabel, KeyOrder> _orders = [];
    private readonly Lock _orderLock = new();
    private readonly ConcurrentDictionary<ModelLabel, Dictionary<RecordKey, int>> _byNewKey = new();

    internal PrimaryKeyMap(IReadOnlyList<ModelKeys> models, NewKeyForm newKeys = NewKeyForm.Absolute)
    {
        ModelKeys = models;
        NewKeys = newKeys;
        Models = [.. models.Select(model => model.Model)];
        Count = models.Sum(model => model.Count);
        _byModel = models.ToDictionary(model => model.Model);
    }

    /// <summary>The models of the backup, in the order of the plan that made the map; one without entries is among them.</summary>
    public IReadOnlyList<ModelLabel> Models { get; }

    /// <summary>How many records the map holds.</summary>
    public int Count { get; }

    /// <summary>All entries, by model in the order of <see cref="Models"/>, then by old key.</summary>
    public IEnumerable<KeyMapping> Entries => Models.SelectMany(Of);

    internal IReadOnlyList<ModelKeys> ModelKeys { get; }

    /// <summary>What the new keys are: those of the database, or their places among the model's.</summary>
    internal NewKeyForm NewKeys { get; }

    /// <summary>Reads a map back from its snapshot.</summary>
    /// <param name="text">What <see cref="ToSnapshot"/> gave; line ends and a final one may be any.</param>
    /// <exception cref="FormatException">The text is no snapshot of a pk map; the message gives the line.</exception>
    public static PrimaryKeyMap Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return SnapshotParser.Parse(text);
    }

    /// <summary>Makes a map of entries: models in the order in which they first occur; of two entries for a record the last one holds.</summary>
    /// <param name="entries">The entries.</param>
    public static PrimaryKeyMap From(IEnumerable<KeyMapping> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var models = new List<ModelKeys>();
        foreach (var group in entries.GroupBy(entry => entry.Model))
        {
            var last = new Dictionary<RecordKey, KeyMapping>();
            foreach (var entry in group)
            {
                last[entry.Old] = entry;
            }

            var keys = new ModelKeys(group.Key);
            foreach (var entry in last.Values)
            {
                keys.Add(entry.Old, entry.New, entry.Kind);
            }

            models.Add(keys);
        }

        return new PrimaryKeyMap(models);
    }

    /// <summary>A map of this one's entries and another's; where both hold a record, the other's entry. Kept references are left out.</summary>
    /// <param name="other">The other map.</param>
    public PrimaryKeyMap Extend(PrimaryKeyMap other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return From(Entries.Concat(other.Entries));
    }

    /// <summary>The row that a record became, if it was imported.</summary>
    /// <param name="model">The record's model.</param>
    /// <param name="oldKey">The record's key in the backup.</param>
    /// <param name="mapping">The row.</param>
    public bool TryGet(ModelLabel model, RecordKey oldKey, out KeyMapping mapping)
    {
        if (_byModel.TryGetValue(model, out var keys) && OrderOf(keys).Find(oldKey) is >= 0 and var index)
        {
            mapping = keys.MappingAt(index);
            return true;
        }

        mapping = default;
        return false;
    }

    /// <summary>The record that became a row; the first one, where several did.</summary>
    /// <param name="model">The record's model.</param>
    /// <param name="newKey">The row's key in the database.</param>
    /// <param name="mapping">The record.</param>
    public bool TryGetByNewKey(ModelLabel model, RecordKey newKey, out KeyMapping mapping)
    {
        if (_byModel.TryGetValue(model, out var keys) && _byNewKey.GetOrAdd(model, _ => IndexByNewKey(keys)).TryGetValue(newKey, out var index))
        {
            mapping = keys.MappingAt(index);
            return true;
        }

        mapping = default;
        return false;
    }

    /// <summary>The key in the database of the row that a record became.</summary>
    /// <param name="model">The record's model.</param>
    /// <param name="oldKey">The record's key in the backup.</param>
    /// <exception cref="KeyNotFoundException">The map does not hold the model or the record.</exception>
    public RecordKey NewKey(ModelLabel model, RecordKey oldKey)
    {
        var (keys, index) = Find(model, oldKey);
        return keys.New[index];
    }

    /// <summary>The key in the database of the row that a record became, for models with integer keys.</summary>
    /// <param name="model">The record's model, for example <c>shop.order</c>.</param>
    /// <param name="oldKey">The record's key in the backup.</param>
    /// <exception cref="FormatException"><paramref name="model"/> is no label.</exception>
    /// <exception cref="KeyNotFoundException">The map does not hold the model or the record.</exception>
    /// <exception cref="InvalidOperationException">The key in the database is no integer.</exception>
    public long NewKey(string model, long oldKey) => NewKey(ModelLabel.Parse(model), RecordKey.From(oldKey)).AsInteger();

    /// <summary>All entries of a model, by old key; none when the map does not know the model.</summary>
    /// <param name="model">The model.</param>
    public IEnumerable<KeyMapping> Of(ModelLabel model) =>
        _byModel.TryGetValue(model, out var keys) ? InOrder(keys, OrderOf(keys)) : [];

    /// <summary>The keys in the backup of a model's records, in their order; none when the map does not know the model.</summary>
    /// <param name="model">The model.</param>
    public IEnumerable<RecordKey> SourceKeys(ModelLabel model) => Of(model).Select(mapping => mapping.Old);

    /// <summary>
    /// The keys in the database of the rows that a model's records became, in their order, each once; none when the map does
    /// not know the model.
    /// </summary>
    /// <param name="model">The model.</param>
    public IEnumerable<RecordKey> TargetKeys(ModelLabel model) => Of(model).Select(mapping => mapping.New).Distinct().Order();

    /// <summary>
    /// The references of a record, by name; empty unless the import kept them (<see cref="ImportOptions.KeepReferences"/>).
    /// </summary>
    /// <param name="model">The record's model.</param>
    /// <param name="oldKey">The record's key in the backup.</param>
    /// <exception cref="KeyNotFoundException">The map does not hold the model or the record.</exception>
    internal IReadOnlyList<MappedReference> ReferencesOf(ModelLabel model, RecordKey oldKey)
    {
        var (keys, index) = Find(model, oldKey);
        return ((ReferenceKeys[])[.. keys.ReferencesByName().Where(column => !column.IsChoice)]).ReferencesAt(index);
    }

    /// <summary>A map of some models' entries only. A model of which nothing is left is not in it.</summary>
    /// <param name="models">The models to keep; those that the map does not know are ignored.</param>
    /// <param name="kinds">The kinds to keep, or null for all.</param>
    public PrimaryKeyMap Partition(IEnumerable<ModelLabel> models, IReadOnlyCollection<KeyMappingKind>? kinds = null)
    {
        ArgumentNullException.ThrowIfNull(models);
        var wanted = models.ToHashSet();
        var kept = ModelKeys
            .Where(keys => wanted.Contains(keys.Model))
            .Select(keys => kinds is null ? keys : keys.Only(kinds))
            .Where(keys => keys.Count > 0);
        return new PrimaryKeyMap([.. kept], NewKeys);
    }

    /// <summary>
    /// The map as text that keeps identity: a line for each record, the same on every machine and database. Text keys are
    /// part of it.
    /// </summary>
    /// <param name="options">How new keys are shown, or null for the defaults.</param>
    public string ToSnapshot(SnapshotOptions? options = null)
    {
        var text = new StringBuilder();
        foreach (var chunk in SnapshotText.Chunks(InForm(options)))
        {
            text.Append(chunk);
        }

        return text.ToString();
    }

    /// <summary>Writes what <see cref="ToSnapshot"/> gives without ever holding all of it.</summary>
    /// <param name="writer">Takes the text; it is not flushed.</param>
    /// <param name="options">How new keys are shown, or null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    public async Task WriteSnapshotAsync(
        TextWriter writer, SnapshotOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(writer);
        foreach (var chunk in SnapshotText.Chunks(InForm(options)))
        {
            await writer.WriteAsync(chunk, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Whether two maps hold the same models, entries and kept references.</summary>
    /// <param name="other">The map to compare with.</param>
    public bool Equals(PrimaryKeyMap? other) =>
        other is not null
        && (ReferenceEquals(this, other)
            || (NewKeys == other.NewKeys
                && Count == other.Count
                && Models.SequenceEqual(other.Models)
                && ModelKeys.Zip(other.ModelKeys).All(
                    pair => pair.First.Matches(OrderOf(pair.First), pair.Second, other.OrderOf(pair.Second)))));

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as PrimaryKeyMap);

    /// <inheritdoc />
    public override int GetHashCode()
    {
        // The counts are enough to spread maps, and do not cost a pass over a million records.
        var hash = new HashCode();
        foreach (var keys in ModelKeys)
        {
            hash.Add(keys.Model);
            hash.Add(keys.Count);
        }

        return hash.ToHashCode();
    }

    /// <summary>How many records and models the map holds.</summary>
    public override string ToString() => SnapshotText.Totals(this);

    /// <summary>Indexes of the entries, by old key.</summary>
    internal static int[] Order(ModelKeys keys)
    {
        var order = KeyOrder.Of(keys.Old);
        return [.. Enumerable.Range(0, order.Count).Select(place => order[place])];
    }

    internal KeyOrder OrderOf(ModelKeys keys)
    {
        lock (_orderLock)
        {
            if (!_orders.TryGetValue(keys.Model, out var order))
            {
                order = KeyOrder.Of(keys.Old);
                _orders.Add(keys.Model, order);
            }

            return order;
        }
    }

    /// <summary>The number of a record's type; null where the model is no hierarchy, or the map does not know.</summary>
    internal byte? TypeOf(ModelLabel model, RecordKey oldKey) =>
        _byModel.TryGetValue(model, out var keys) && keys.Types is { } types && OrderOf(keys).Find(oldKey) is >= 0 and var index ? types[index] : null;

    internal ModelKeys? FindModel(ModelLabel model) => _byModel.GetValueOrDefault(model);

    /// <summary>The map with new keys as the options want them.</summary>
    internal PrimaryKeyMap InForm(SnapshotOptions? options) =>
        options is null or { NumbersNewKeys: false } || NewKeys == NewKeyForm.Ordinal
            ? this
            : new PrimaryKeyMap([.. ModelKeys.Select(keys => keys.WithOrdinals())], NewKeyForm.Ordinal);

    /// <summary>What there is instead of a record that is not in the map.</summary>
    internal KeyNotFoundException NotFound(ModelLabel model, RecordKey oldKey) =>
        _byModel.TryGetValue(model, out var keys) ? KeyErrors.RecordNotInMap(keys, oldKey, OrderOf(keys)) : KeyErrors.ModelNotInMap(model, Models);

    private static Dictionary<RecordKey, int> IndexByNewKey(ModelKeys keys)
    {
        var index = new Dictionary<RecordKey, int>(keys.Count);
        for (var i = 0; i < keys.Count; i++)
        {
            index.TryAdd(keys.New[i], i);
        }

        return index;
    }

    private static IEnumerable<KeyMapping> InOrder(ModelKeys keys, KeyOrder order)
    {
        for (var place = 0; place < order.Count; place++)
        {
            yield return keys.MappingAt(order[place]);
        }
    }

    private (ModelKeys Keys, int Index) Find(ModelLabel model, RecordKey oldKey) =>
        _byModel.TryGetValue(model, out var keys) && OrderOf(keys).Find(oldKey) is >= 0 and var index
            ? (keys, index)
            : throw NotFound(model, oldKey);
}
