using Relocation.Testing.Backups;
using Relocation.Testing.Importing.Records;
using Relocation.Testing.Planning;
using Relocation.Testing.Texts;
using Relocation.Testing.Values;

namespace Relocation.Testing.Importing.Policies;

/// <summary>
/// The values that rows of members have in the backup, of fields that may get other ones: rows that are read later are to keep theirs.
/// Only hashes are kept; two values with the same one cost a candidate, nothing else.
/// </summary>
internal sealed class MemberValues
{
    private readonly Dictionary<RelocationField, HashSet<ulong>> _values = [];

    /// <summary>The unique sets of all members of a model that have a policy.</summary>
    /// <exception cref="RelocationModelException">A policy cannot be applied to the set that it is given for.</exception>
    internal static IEnumerable<(ChildLayout Child, UniqueCheck Check)> ChecksOf(IEnumerable<EntityLayout> layouts, CollisionPolicy? onCollision) =>
        layouts.SelectMany(layout => layout.Children).SelectMany(child => UniqueCheck.OfRows(child, onCollision).Select(check => (child, check))
            .Concat(ChecksOf([child.Rows], onCollision)));

    /// <summary>Notes the values of one model's records; null when there is nothing to note.</summary>
    internal RecordObserver? ObserverOf(IReadOnlyList<EntityLayout> layouts, CollisionPolicy? onCollision)
    {
        if (layouts.All(layout => layout.Children.Length == 0))
        {
            return null;
        }

        var changed = ChecksOf(layouts, onCollision).Select(found => found.Check.Changed).OfType<RelocationField>().Distinct().ToList();
        foreach (var field in changed)
        {
            _values.TryAdd(field, []);
        }

        return changed.Count == 0 ? null : new Observer(layouts, this);
    }

    /// <summary>Whether a row of the backup has the value.</summary>
    internal bool Holds(RelocationField field, object value) =>
        _values.TryGetValue(field, out var values) && PlainValue.KeyOf(value) is { } key && values.Contains(HashOf(field, key));

    private static ulong HashOf(RelocationField field, RecordKey key)
    {
        const ulong Offset = 14_695_981_039_346_656_037;
        const ulong Prime = 1_099_511_628_211;
        var hash = Offset;
        foreach (var letter in field.IgnoresCase ? $"{key}".ToLowerInvariant() : $"{key}")
        {
            hash = (hash ^ letter) * Prime;
        }

        return hash;
    }

    private sealed class Observer(IReadOnlyList<EntityLayout> layouts, MemberValues values) : RecordObserver
    {
        private readonly Walker _walker = new(values);

        internal override void Observe(int rank, ReadOnlySpan<byte> fields)
        {
            foreach (var layout in layouts)
            {
                _walker.Walk(layout, fields);
            }
        }
    }

    private sealed class Walker(MemberValues values) : MemberWalker
    {
        protected override void Visit(EntityLayout rows, int column, ref FieldReader value)
        {
            var field = rows.Columns[column];
            if (values._values.TryGetValue(field, out var noted) && ReferenceState.ReadValue(ref value, field.KeyKind) is { } key)
            {
                noted.Add(HashOf(field, key));
            }
        }
    }
}
