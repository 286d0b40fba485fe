using Relocation.Testing.Texts;

namespace Relocation.Testing.Backups;

/// <summary>Finds labels by their bytes, without making strings for those that were met before.</summary>
internal sealed class LabelTable
{
    private readonly IKnownLabels? _known;
    private readonly Func<ModelLabel, RecordObserver?> _observe;
    private readonly Dictionary<byte[], IndexedLabel> _bySpelling = new(new SpellingComparer());
    private readonly Dictionary<byte[], IndexedLabel>.AlternateLookup<ReadOnlySpan<byte>> _bySpan;
    private readonly Dictionary<ModelLabel, ModelRecords> _byLabel = [];
    private readonly List<ModelRecords> _models = [];

    /// <summary>Makes an empty table.</summary>
    /// <param name="known">The labels whose kinds of keys are demanded, or null to take any keys.</param>
    /// <param name="observe">Is asked for each label that is met first who wants to see its records; or null for nobody.</param>
    internal LabelTable(IKnownLabels? known, Func<ModelLabel, RecordObserver?>? observe)
    {
        _known = known;
        _observe = observe ?? (static _ => null);
        _bySpan = _bySpelling.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    /// <summary>The models whose records were met, in the order of their first ones.</summary>
    internal IReadOnlyList<ModelRecords> Models => _models;

    internal IReadOnlyDictionary<ModelLabel, ModelRecords> ByLabel => _byLabel;

    /// <summary>The label of that spelling, or null when it is none.</summary>
    internal IndexedLabel? Find(ReadOnlySpan<byte> spelling) => _bySpan.TryGetValue(spelling, out var label) ? label : Add(spelling.ToArray());

    /// <summary>Whether several types, which backups may hold under labels of their own, are one model.</summary>
    internal bool IsHierarchy(ModelLabel label) => _known?.Find(label)?.IsHierarchy == true;

    private IndexedLabel? Add(byte[] spelling)
    {
        if (!ModelLabel.TryParse(JsonText.ToText(spelling), out var written))
        {
            return null;
        }

        var known = _known?.Find(written);
        var own = known?.Own ?? written;
        if (!_byLabel.TryGetValue(own, out var records))
        {
            records = new ModelRecords(own);
            _models.Add(records);
            _byLabel.Add(own, records);
        }

        _byLabel.TryAdd(written, records);
        var observer = _observe(own) ?? (written == own ? null : _observe(written));
        var label = new IndexedLabel(spelling, records, known?.KeyParts, observer);
        _bySpelling.Add(spelling, label);
        return label;
    }

    private sealed class SpellingComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? left, byte[]? right) => left.AsSpan().SequenceEqual(right);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] spelling) => GetHashCode(spelling.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = new HashCode();
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
