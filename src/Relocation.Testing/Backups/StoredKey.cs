namespace Relocation.Testing.Backups;

/// <summary>Keys as the files and tables of this library keep them.</summary>
internal static class StoredKey
{
    /// <summary>Writes a key, or that there is none.</summary>
    internal static void Write(BinaryWriter writer, RecordKey? key)
    {
        writer.Write((sbyte)(key is null ? -1 : (int)key.Value.Kind));
        switch (key?.Kind)
        {
            case RecordKeyKind.Integer:
                writer.Write(key.Value.AsInteger());
                break;
            case RecordKeyKind.Guid:
                writer.Write(key.Value.AsGuid().ToByteArray());
                break;
            case RecordKeyKind.Text:
                writer.Write(key.Value.AsText());
                break;
            case RecordKeyKind.Composite:
                writer.Write(key.Value.Parts.Count);
                foreach (var part in key.Value.Parts)
                {
                    Write(writer, part);
                }

                break;
        }
    }

    /// <summary>Reads what <see cref="Write"/> has written.</summary>
    internal static RecordKey? Read(BinaryReader reader) => reader.ReadSByte() switch
    {
        (int)RecordKeyKind.Integer => RecordKey.From(reader.ReadInt64()),
        (int)RecordKeyKind.Guid => RecordKey.From(new Guid(reader.ReadBytes(16))),
        (int)RecordKeyKind.Text => RecordKey.From(reader.ReadString()),
        (int)RecordKeyKind.Composite => RecordKey.From(ReadParts(reader)),
        _ => null,
    };

    private static RecordKey[] ReadParts(BinaryReader reader)
    {
        var parts = new RecordKey[reader.ReadInt32()];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = Read(reader)!.Value;
        }

        return parts;
    }
}
