using System.Text.Json;
using Relocation.Testing.Backups;
using Relocation.Testing.Keys;

namespace Relocation.Testing.Databases;

/// <summary>
/// The results of a baseline's imports as bytes, to be kept beside what was imported. Their types say what they are made of; plans and lines are
/// worked out again.
/// </summary>
internal static class StoredResults
{
    private static readonly StoredResultsContext Context = new(new JsonSerializerOptions
    {
        Converters =
        {
            new LabelConverter(),
            new BinaryConverter<RecordKey>((writer, key) => StoredKey.Write(writer, key), reader => StoredKey.Read(reader)!.Value),
            new BinaryConverter<PrimaryKeyMap>(WriteMap, ReadMap),
        },
    });

    internal static byte[] Write(IReadOnlyList<ImportResult> results) =>
        JsonSerializer.SerializeToUtf8Bytes(results, Context.IReadOnlyListImportResult);

    /// <summary>Reads results back.</summary>
    /// <param name="bytes">What <see cref="Write"/> gave.</param>
    /// <param name="plan">The plan of the imports.</param>
    /// <param name="lines">Where the records of each backup stand.</param>
    internal static IReadOnlyList<ImportResult> Read(byte[] bytes, ImportPlan plan, IReadOnlyList<RecordLines> lines)
    {
        var results = JsonSerializer.Deserialize(bytes, Context.IReadOnlyListImportResult)!;
        foreach (var (result, its) in results.Zip(lines))
        {
            (result.Plan, result.Lines) = (plan, its);
        }

        return results;
    }

    private static void WriteMap(BinaryWriter writer, PrimaryKeyMap map)
    {
        writer.Write((int)map.NewKeys);
        WriteList(writer, map.ModelKeys, WriteKeys);
    }

    private static PrimaryKeyMap ReadMap(BinaryReader reader)
    {
        var form = (NewKeyForm)reader.ReadInt32();
        return new PrimaryKeyMap(ReadList(reader, ReadKeys), form);
    }

    private static void WriteKeys(BinaryWriter writer, ModelKeys keys)
    {
        writer.Write(keys.Model.Value);
        writer.Write(keys.Count);
        for (var i = 0; i < keys.Count; i++)
        {
            StoredKey.Write(writer, keys.Old[i]);
            StoredKey.Write(writer, keys.New[i]);
            writer.Write((byte)keys.KindAt(i));
        }

        writer.Write(keys.Types is not null);
        writer.Write(keys.Types is null ? [] : keys.Types.ToArray());

        WriteList(writer, keys.References, (w, reference) =>
        {
            w.Write(reference.Name);
            w.Write(reference.Target.Value);
            WriteList(w, reference.OldKeys, StoredKey.Write);
        });
    }

    private static ModelKeys ReadKeys(BinaryReader reader)
    {
        var keys = new ModelKeys(ReadLabel(reader));
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            keys.Add(StoredKey.Read(reader)!.Value, StoredKey.Read(reader)!.Value, (KeyMappingKind)reader.ReadByte());
        }

        keys.Types = reader.ReadBoolean() ? [.. reader.ReadBytes(keys.Count)] : null;

        keys.References.AddRange(ReadList(reader, r =>
        {
            // What a collision policy has chosen stands among the references, and leads to no model.
            var reference = new ReferenceKeys(r.ReadString(), ModelLabel.TryParse(r.ReadString(), out var target) ? target : default);
            reference.OldKeys.AddRange(ReadList(r, StoredKey.Read));
            return reference;
        }));
        return keys;
    }

    private static ModelLabel ReadLabel(BinaryReader reader) => ModelLabel.Parse(reader.ReadString());

    private static void WriteList<T>(BinaryWriter writer, IReadOnlyList<T> items, Action<BinaryWriter, T> write)
    {
        writer.Write(items.Count);
        foreach (var item in items)
        {
            write(writer, item);
        }
    }

    private static T[] ReadList<T>(BinaryReader reader, Func<BinaryReader, T> read)
    {
        var items = new T[reader.ReadInt32()];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = read(reader);
        }

        return items;
    }
}
