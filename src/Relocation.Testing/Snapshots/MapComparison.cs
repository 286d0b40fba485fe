using Relocation.Testing.Keys;

namespace Relocation.Testing.Snapshots;

/// <summary>Walks two pk maps side by side, model by model and by old key.</summary>
internal sealed class MapComparison(PrimaryKeyMap approved, PrimaryKeyMap received)
{
    private readonly List<string> _notes = [];
    private readonly List<SnapshotChange> _added = [];
    private readonly List<SnapshotChange> _removed = [];
    private readonly List<SnapshotChange> _changed = [];
    private readonly List<Renumbering> _renumbered = [];
    private bool _comparesReferences;
    private bool _comparesNewKeys;

    internal SnapshotDiff Run()
    {
        Note();
        foreach (var model in received.Models.Concat(approved.Models.Except(received.Models)))
        {
            Compare(Side.Of(approved, model), Side.Of(received, model));
        }

        return new SnapshotDiff(_notes, _added, _removed, _changed, _renumbered);
    }

    private void Note()
    {
        _comparesNewKeys = approved.NewKeys == received.NewKeys;
        if (!_comparesNewKeys)
        {
            _notes.Add(
                $"The approved map shows new keys in the form {approved.NewKeys}, the received one in the form "
                + $"{received.NewKeys}; new keys are not compared.");
        }

        var (approvedHas, receivedHas) = (HasReferences(approved), HasReferences(received));
        _comparesReferences = approvedHas == receivedHas || approved.Count == 0 || received.Count == 0;
        if (!_comparesReferences)
        {
            _notes.Add(
                $"Only the {(approvedHas ? "approved" : "received")} map has references, as ImportOptions.KeepReferences "
                + "decides; references are not compared.");
        }

        foreach (var model in received.Models.Except(approved.Models))
        {
            _notes.Add($"Model '{model}' is new.");
        }

        foreach (var model in approved.Models.Except(received.Models))
        {
            _notes.Add($"Model '{model}' is gone.");
        }

        if (!approved.Models.Intersect(received.Models).SequenceEqual(received.Models.Intersect(approved.Models)))
        {
            _notes.Add("The models come in another order.");
        }
    }

    private void Compare(Side left, Side right)
    {
        var renumbering = new RenumberingCount();
        var (i, j) = (0, 0);
        while (i < left.Count || j < right.Count)
        {
            var comparison = i == left.Count ? 1 : j == right.Count ? -1 : left.OldAt(i).CompareTo(right.OldAt(j));
            if (comparison < 0)
            {
                _removed.Add(new SnapshotChange(left.At(i), null, left.ReferencesAt(i), []));
                i++;
            }
            else if (comparison > 0)
            {
                _added.Add(new SnapshotChange(null, right.At(j), [], right.ReferencesAt(j)));
                j++;
            }
            else
            {
                CompareRecord(left, i, right, j, renumbering);
                i++;
                j++;
            }
        }

        if (renumbering.Count > 0)
        {
            _renumbered.Add(renumbering.ToRenumbering(left.At(0).Model));
        }
    }

    private void CompareRecord(Side left, int i, Side right, int j, RenumberingCount renumbering)
    {
        var (before, after) = (left.At(i), right.At(j));
        var isMoved = _comparesNewKeys && before.New != after.New;
        IReadOnlyList<MappedReference> beforeReferences = _comparesReferences ? left.ReferencesAt(i) : [];
        IReadOnlyList<MappedReference> afterReferences = _comparesReferences ? right.ReferencesAt(j) : [];
        if (before.Kind != after.Kind
            || (isMoved && !IsRenumbered(before, after))
            || !beforeReferences.SequenceEqual(afterReferences))
        {
            _changed.Add(new SnapshotChange(before, after, beforeReferences, afterReferences));
        }
        else if (isMoved)
        {
            renumbering.Add(before.New, after.New);
        }
    }

    /// <summary>Whether a new key that differs says nothing but that rows are counted differently.</summary>
    internal static bool IsRenumbered(KeyMapping before, KeyMapping after) =>
        before.Kind == KeyMappingKind.Inserted
        && after.Kind == KeyMappingKind.Inserted
        && before.New.Parts.Count == after.New.Parts.Count
        && before.New.Parts.Zip(after.New.Parts).All(
            pair => pair.First == pair.Second
                || (pair.First.Kind == pair.Second.Kind && pair.First.Kind is RecordKeyKind.Integer or RecordKeyKind.Guid));

    private static bool HasReferences(PrimaryKeyMap map) =>
        map.ModelKeys.Any(keys => keys.References.Any(column => !column.IsChoice && column.OldKeys.Any(key => key is not null)));

    /// <summary>One model of one map, by place in the order of old keys.</summary>
    private sealed record Side(ModelKeys Keys, KeyOrder Order, ReferenceKeys[] Columns)
    {
        internal int Count => Order.Count;

        internal static Side Of(PrimaryKeyMap map, ModelLabel model)
        {
            var keys = map.FindModel(model) ?? new ModelKeys(model);
            return new Side(keys, KeyOrder.Of(keys.Old), keys.ReferencesByName());
        }

        internal RecordKey OldAt(int place) => Keys.Old[Order[place]];

        internal KeyMapping At(int place) => Keys.MappingAt(Order[place]);

        internal IReadOnlyList<MappedReference> ReferencesAt(int place) => Columns.ReferencesAt(Order[place]);
    }

    private sealed class RenumberingCount
    {
        private long? _smallest = long.MaxValue;
        private long? _largest = long.MinValue;

        internal int Count { get; private set; }

        internal void Add(RecordKey before, RecordKey after)
        {
            Count++;
            if (before.Kind != RecordKeyKind.Integer)
            {
                (_smallest, _largest) = (null, null);
                return;
            }

            var shift = (long)Int128.Clamp((Int128)after.AsInteger() - before.AsInteger(), long.MinValue, long.MaxValue);
            _smallest = _smallest is { } smallest ? Math.Min(smallest, shift) : null;
            _largest = _largest is { } largest ? Math.Max(largest, shift) : null;
        }

        internal Renumbering ToRenumbering(ModelLabel model) => new(model, Count, _smallest, _largest);
    }
}
