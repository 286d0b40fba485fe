using Relocation.Testing.Backups;
using Relocation.Testing.Keys;

namespace Relocation.Testing.Databases;

/// <summary>The results of a baseline's imports as bytes, to be kept beside what was imported. Plans and lines are worked out again.</summary>
internal static class StoredResults
{
    internal static byte[] Write(IReadOnlyList<ImportResult> results)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        WriteList(writer, results, WriteResult);
        writer.Flush();
        return bytes.ToArray();
    }

    /// <summary>Reads results back.</summary>
    /// <param name="bytes">What <see cref="Write"/> gave.</param>
    /// <param name="plan">The plan of the imports.</param>
    /// <param name="lines">Where the records of each backup stand.</param>
    internal static IReadOnlyList<ImportResult> Read(byte[] bytes, ImportPlan plan, IReadOnlyList<RecordLines> lines)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes));
        var backup = 0;
        return ReadList(reader, r => ReadResult(r, plan, lines[backup++]));
    }

    private static void WriteResult(BinaryWriter writer, ImportResult result)
    {
        writer.Write((int)result.Map.NewKeys);
        WriteList(writer, result.Map.ModelKeys, WriteKeys);
        WriteList(writer, result.Models, (w, counts) =>
        {
            w.Write(counts.Model.Value);
            foreach (var count in (ReadOnlySpan<long>)
            [
                counts.Records, counts.Inserted, counts.Existing, counts.Overwritten, counts.OutOfScope, counts.Dropped, counts.ReferencesSetToNull,
                counts.Filtered,
            ])
            {
                w.Write(count);
            }
        });
        WriteList(writer, result.Members, (w, counts) =>
        {
            w.Write(counts.Model.Value);
            w.Write(counts.Member);
            foreach (var count in (ReadOnlySpan<long>)[counts.Elements, counts.Inserted, counts.Existing, counts.OfExisting, counts.Dropped])
            {
                w.Write(count);
            }
        });
        WriteList(writer, result.Filtered, (w, filtered) =>
        {
            w.Write(filtered.Model.Value);
            w.Write(filtered.Reason);
            w.Write(filtered.Records);
        });
        WriteList(writer, result.Dropped, WriteDrop);
        WriteList(writer, result.DroppedElements, WriteDrop);
        WriteList(writer, result.Drift.UnknownModels, (w, model) =>
        {
            w.Write(model.Model.Value);
            w.Write(model.Records);
            WritePlace(w, model.First);
        });
        WriteList(writer, result.Drift.UnknownFields, WriteField);
        WriteList(writer, result.Drift.DefaultedFields, WriteField);
        WriteList(writer, result.Drift.Declared, (w, drift) =>
        {
            w.Write((int)drift.Kind);
            w.Write(drift.Model.Value);
            WriteText(w, drift.Field);
            WriteText(w, drift.Former);
            w.Write(drift.Records);
            WritePlace(w, drift.First);
        });
        WriteList(writer, result.Shortened, WriteField);
        WriteList(writer, result.TriggeredRows, (w, rows) =>
        {
            w.Write(rows.Table);
            w.Write(rows.Rows);
        });
        WriteList(writer, result.Findings, (w, finding) =>
        {
            w.Write((int)finding.Kind);
            w.Write(finding.Message);
            WriteText(w, finding.Model?.Value);
            w.Write(finding.Records);
            WriteAnyPlace(w, finding.First);
        });
        WriteJsonTexts(writer, result.JsonTexts);
        writer.Write((int)result.ForeignKeys);
        writer.Write(result.RecordCount);
        writer.Write(result.CommittedChunks);
        writer.Write(result.ResumedChunks);
    }

    private static DroppedRecord ReadDrop(BinaryReader r)
    {
        var (place, rule) = (ReadPlace(r), ReadText(r));
        return new DroppedRecord(place, ReadList(r, v =>
            new DropCause(ReadLabel(v), v.ReadString(), ReadLabel(v), StoredKey.Read(v), (DropReason)v.ReadInt32()))) { Rule = rule };
    }

    private static void WriteDrop(BinaryWriter w, DroppedRecord drop)
    {
        WritePlace(w, drop.Place);
        WriteText(w, drop.Rule);
        WriteList(w, drop.Causes, (v, cause) =>
        {
            v.Write(cause.Model.Value);
            v.Write(cause.Reference);
            v.Write(cause.Target.Value);
            StoredKey.Write(v, cause.TargetKey);
            v.Write((int)cause.Reason);
        });
    }

    private static ImportResult ReadResult(BinaryReader reader, ImportPlan plan, RecordLines lines)
    {
        var form = (NewKeyForm)reader.ReadInt32();
        return new ImportResult
        {
            Map = new PrimaryKeyMap(ReadList(reader, ReadKeys), form),
            Models = ReadList(reader, r => new ModelCounts
            {
                Model = ReadLabel(r),
                Records = r.ReadInt64(),
                Inserted = r.ReadInt64(),
                Existing = r.ReadInt64(),
                Overwritten = r.ReadInt64(),
                OutOfScope = r.ReadInt64(),
                Dropped = r.ReadInt64(),
                ReferencesSetToNull = r.ReadInt64(),
                Filtered = r.ReadInt64(),
            }),
            Members = ReadList(reader, r => new MemberCounts
            {
                Model = ReadLabel(r),
                Member = r.ReadString(),
                Elements = r.ReadInt64(),
                Inserted = r.ReadInt64(),
                Existing = r.ReadInt64(),
                OfExisting = r.ReadInt64(),
                Dropped = r.ReadInt64(),
            }),
            Filtered = ReadList(reader, r => new FilteredRecords(ReadLabel(r), r.ReadString(), r.ReadInt64())),
            Dropped = ReadList(reader, ReadDrop),
            DroppedElements = ReadList(reader, ReadDrop),
            Drift = new DriftReport
            {
                UnknownModels = ReadList(reader, r => new UnknownModel(ReadLabel(r), r.ReadInt64(), ReadPlace(r))),
                UnknownFields = ReadList(reader, ReadField),
                DefaultedFields = ReadList(reader, ReadField),
                Declared = ReadList(reader, r => new DeclaredDrift(
                    (BackupRuleKind)r.ReadInt32(), ReadLabel(r), ReadText(r), ReadText(r), r.ReadInt64(), ReadPlace(r))),
            },
            Shortened = ReadList(reader, ReadField),
            TriggeredRows = ReadList(reader, r => new TriggeredRows(r.ReadString(), r.ReadInt64())),
            Findings = ReadList(reader, r => new ImportFinding((ImportFindingKind)r.ReadInt32(), r.ReadString())
            {
                Model = ReadText(r) is { } model ? ModelLabel.Parse(model) : null,
                Records = r.ReadInt64(),
                First = ReadAnyPlace(r),
            }),
            JsonTexts = ReadJsonTexts(reader),
            ForeignKeys = (ForeignKeyEnforcement)reader.ReadInt32(),
            RecordCount = reader.ReadInt64(),
            CommittedChunks = reader.ReadInt32(),
            ResumedChunks = reader.ReadInt32(),
            Plan = plan,
            Lines = lines,
        };
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

    private static void WritePlace(BinaryWriter writer, RecordPlace place)
    {
        writer.Write(place.Backup);
        writer.Write(place.Line);
        writer.Write(place.Column);
        writer.Write(place.Pointer);
        writer.Write(place.Model?.Value ?? string.Empty);
        StoredKey.Write(writer, place.Key);
        writer.Write(place.Ordinal ?? -1);
    }

    private static RecordPlace ReadPlace(BinaryReader reader) => new()
    {
        Backup = reader.ReadString(),
        Line = reader.ReadInt64(),
        Column = reader.ReadInt64(),
        Pointer = reader.ReadString(),
        Model = ModelLabel.TryParse(reader.ReadString(), out var label) ? label : null,
        Key = StoredKey.Read(reader),
        Ordinal = reader.ReadInt32() is >= 0 and var ordinal ? ordinal : null,
    };

    private static void WriteAnyPlace(BinaryWriter writer, RecordPlace? place)
    {
        writer.Write(place is not null);
        if (place is not null)
        {
            WritePlace(writer, place);
        }
    }

    private static RecordPlace? ReadAnyPlace(BinaryReader reader) => reader.ReadBoolean() ? ReadPlace(reader) : null;

    private static void WriteJsonTexts(BinaryWriter writer, JsonTextReport? report)
    {
        writer.Write(report is not null);
        if (report is null)
        {
            return;
        }

        writer.Write((int)report.Reading);
        writer.Write(report.IsAskedFor);
        writer.Write(report.InText);
        writer.Write(report.Plain);
        writer.Write(report.Values);
        WriteAnyPlace(writer, report.FirstInText);
        WriteAnyPlace(writer, report.FirstNewer);
    }

    private static JsonTextReport? ReadJsonTexts(BinaryReader reader) => !reader.ReadBoolean() ? null : new JsonTextReport
    {
        Reading = (JsonTextReading)reader.ReadInt32(),
        IsAskedFor = reader.ReadBoolean(),
        InText = reader.ReadInt64(),
        Plain = reader.ReadInt64(),
        Values = reader.ReadInt64(),
        FirstInText = ReadAnyPlace(reader),
        FirstNewer = ReadAnyPlace(reader),
    };

    private static void WriteField(BinaryWriter writer, FieldDrift field)
    {
        writer.Write(field.Model.Value);
        writer.Write(field.Field);
        writer.Write(field.Records);
        WritePlace(writer, field.First);
    }

    private static FieldDrift ReadField(BinaryReader reader) =>
        new(ReadLabel(reader), reader.ReadString(), reader.ReadInt64(), ReadPlace(reader));

    private static void WriteText(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        writer.Write(text ?? string.Empty);
    }

    private static string? ReadText(BinaryReader reader)
    {
        var isThere = reader.ReadBoolean();
        var text = reader.ReadString();
        return isThere ? text : null;
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
