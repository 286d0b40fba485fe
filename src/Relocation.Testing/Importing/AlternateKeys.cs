namespace Relocation.Testing.Importing;

/// <summary>The records of one model by values other than their primary key, for the references that hold those.</summary>
internal sealed class AlternateKeys
{
    private readonly KeyTable _table;
    private readonly Dictionary<RecordKey, int> _ranks = [];
    private readonly RelocationField[] _fields;
    private readonly RelocationReference?[] _followed;
    private IReadOnlySet<RecordKey>? _inDatabase;

    private AlternateKeys(KeyTable table, IReadOnlyList<string> fields)
    {
        _table = table;
        _fields = [.. fields.Select(name => table.Entity.FindField(name)!)];
        _followed = [.. fields.Select(name => table.Entity.References.FirstOrDefault(
            reference => reference.Fields is [var only] && only == name && reference.TargetFields.Count == 0))];

        // Engines look for keys; here the alternate one is what they are to take for it.
        Lookup = new RelocationEntity
        {
            Label = table.Entity.Label,
            Schema = table.Entity.Schema,
            Table = table.Entity.Table,
            Key = new RelocationKey { Fields = _fields, Policy = KeyPolicy.Preserve },
            Fields = [],
        };
    }

    /// <summary>What to ask an engine for to find rows by this key.</summary>
    internal RelocationEntity Lookup { get; }

    /// <summary>What a part of such a key is read as.</summary>
    internal static RecordKeyKind KindOf(RelocationField field) => field.Type switch
    {
        FieldType.Integer => RecordKeyKind.Integer,
        FieldType.Guid => RecordKeyKind.Guid,
        _ => RecordKeyKind.Text,
    };

    /// <summary>Makes an index for each alternate key that some reference leads to.</summary>
    internal static void Build(ImportPlan plan, KeyTables tables, IReadOnlyDictionary<ModelLabel, FieldFacts> facts)
    {
        foreach (var reference in plan.AlternateReferences)
        {
            if (tables.Find(reference.Target) is { } target && target.Alternate(reference.TargetFields) is null)
            {
                var keys = new AlternateKeys(target, reference.TargetFields);
                keys.Add(facts.GetValueOrDefault(target.Entity.Label));
                target.AddAlternate(reference.TargetFields, keys);
            }
        }
    }

    internal RecordKeyKind PartKind(int part) => KindOf(_fields[part]);

    internal bool TryFind(RecordKey key, out int rank)
    {
        var isFound = _ranks.TryGetValue(key, out rank);
        rank = isFound ? rank : -1;
        return isFound;
    }

    internal bool IsInDatabase(RecordKey key) => _inDatabase?.Contains(key) == true;

    internal void SetInDatabase(IReadOnlySet<RecordKey> keys) => _inDatabase = keys;

    /// <summary>What the record's key becomes: parts that are references themselves follow these.</summary>
    internal RecordKey NewKey(RecordKey old, KeyTables tables)
    {
        if (Array.TrueForAll(_followed, reference => reference is null))
        {
            return old;
        }

        var parts = old.Parts.ToArray();
        for (var part = 0; part < parts.Length; part++)
        {
            if (_followed[part] is { } reference && tables.Find(reference.Target) is { } target && target.TryFind(parts[part], out var rank))
            {
                parts[part] = tables.NewKey(target, rank);
            }
        }

        return parts.Length == 1 ? parts[0] : RecordKey.From(parts);
    }

    private void Add(FieldFacts? facts)
    {
        for (var rank = 0; rank < _table.Count; rank++)
        {
            var parts = _fields.Select(field => _table.Entity.PositionInKey(field.Name) is >= 0 and var position
                ? _table.Records.Keys[rank].Parts[position]
                : facts?[field.Name, rank]).OfType<RecordKey>().ToList();
            if (parts.Count == _fields.Length)
            {
                _ranks.TryAdd(parts.Count == 1 ? parts[0] : RecordKey.From(parts), rank);
            }
        }
    }
}
