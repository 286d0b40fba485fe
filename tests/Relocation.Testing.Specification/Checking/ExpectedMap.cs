using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Relocation.Testing.Specification.Checking;

/// <summary>The text of the pk map that an import must give, worked out from the backup and from how high keys were before.</summary>
internal sealed class ExpectedMap
{
    private readonly Dictionary<string, RecordKey> _newKeys = [];
    private readonly RelocationModel _model;

    /// <param name="model">The model.</param>
    /// <param name="taken">The records in scope, in the order of the backup.</param>
    /// <param name="highest">The highest key of each model before the import; 0 for those not named.</param>
    internal ExpectedMap(
        RelocationModel model, IReadOnlyList<SourceRecord> taken, IReadOnlyDictionary<string, long>? highest = null)
    {
        _model = model;
        var ranks = new Dictionary<RelocationEntity, long>();
        var byName = taken.ToDictionary(record => CheckedItem.NameOf(record.Entity!.Label.Value, record.Key));
        foreach (var record in taken)
        {
            var entity = record.Entity!;
            ranks[entity] = ranks.GetValueOrDefault(entity) + 1;
            if (entity.Key is { Policy: KeyPolicy.Remap, Kind: not RecordKeyKind.Guid })
            {
                _newKeys.Add(
                    CheckedItem.NameOf(entity.Label.Value, record.Key),
                    RecordKey.From((highest?.GetValueOrDefault(entity.Label.Value) ?? 0) + ranks[entity]));
            }
        }

        // New Guids follow the order of the old ones.
        foreach (var (entity, _) in ranks.Where(ranked => ranked.Key.Key is { Policy: KeyPolicy.Remap, Kind: RecordKeyKind.Guid }))
        {
            var old = taken.Where(record => record.Entity == entity).OrderBy(record => record.ToKey()).ToList();
            foreach (var (record, key) in old.Zip(old.Select(record => RecordKey.From(NewGuid(entity, record.ToKey()))).Order()))
            {
                _newKeys.Add(CheckedItem.NameOf(entity.Label.Value, record.Key), key);
            }
        }

        foreach (var record in taken.Where(record => record.Entity!.Key.Policy != KeyPolicy.Remap))
        {
            Compose(record, byName);
        }
    }

    /// <param name="records">All records of the backup that the model knows, in any order.</param>
    /// <param name="written">The records that are rows.</param>
    /// <param name="order">The models in the order of the plan.</param>
    internal string Text(
        IReadOnlyList<SourceRecord> records, IReadOnlyCollection<SourceRecord> written, IEnumerable<ModelLabel> order)
    {
        var present = records.Where(record => record.Entity is not null).Select(record => record.Entity!.Label).ToHashSet();
        var models = order.Where(present.Contains).ToList();
        var text = new StringBuilder("relocation pk map 1\n")
            .Append(Counted(written.Count, "record")).Append(" of ").Append(Counted(models.Count, "model"));
        foreach (var label in models)
        {
            var rows = written.Where(record => record.Entity!.Label == label).OrderBy(record => record.ToKey()).ToList();
            text.Append(CultureInfo.InvariantCulture, $"\n\n{label}: {Counted(rows.Count, "record")}");
            text.Append(rows.Count == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" ({rows.Count} inserted)"));
            foreach (var record in rows)
            {
                text.Append(CultureInfo.InvariantCulture, $"\n{label} {record.ToKey()} -> {_newKeys[CheckedItem.NameOf(label.Value, record.Key)]} inserted");
            }
        }

        return text.ToString();
    }

    private static string Counted(int count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {what}{(count == 1 ? string.Empty : "s")}");

    private RecordKey Compose(SourceRecord record, Dictionary<string, SourceRecord> byName)
    {
        var entity = record.Entity!;
        var name = CheckedItem.NameOf(entity.Label.Value, record.Key);
        if (_newKeys.TryGetValue(name, out var known))
        {
            return known;
        }

        var parts = record.ToKey().Parts.ToArray();
        foreach (var reference in entity.References.Where(_ => entity.Key.Policy == KeyPolicy.Compose))
        {
            var positions = reference.Fields.Select(field => entity.Key.Fields.ToList().FindIndex(part => part.Name == field)).ToList();
            var target = _model.Find(reference.Target)!;
            if (!positions.Contains(-1) && record.KeyOf(reference, target) is { } key
                && byName.TryGetValue(CheckedItem.NameOf(target.Label.Value, key), out var referred))
            {
                var found = Compose(referred, byName).Parts;
                for (var i = 0; i < positions.Count; i++)
                {
                    parts[positions[i]] = found[i];
                }
            }
        }

        return _newKeys[name] = parts.Length == 1 ? parts[0] : RecordKey.From(parts);
    }

    /// <summary>The first 16 bytes of a hash over the seed (0), what the value is for, and the old key, marked as version 8.</summary>
    private static Guid NewGuid(RelocationEntity entity, RecordKey old)
    {
        var text = Encoding.UTF8.GetBytes($"guid 0\n{entity.Label}\n{entity.Key.Fields[0].Name}\n{old}");
        var input = new byte[8 + text.Length];
        BinaryPrimitives.WriteInt64BigEndian(input, 0);
        text.CopyTo(input, 8);
        var bytes = SHA256.HashData(input).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
