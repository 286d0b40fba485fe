using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Relocation.Testing.Backups;
using Relocation.Testing.Comparing.Contracts;
using Relocation.Testing.Comparing.Reports;

namespace Relocation.Testing.Comparing.Comparators;

/// <summary>Compares references that several fields hold together by the position of what they lead to.</summary>
/// <param name="path">The member whose objects, or every object of whose lists, hold the fields; empty for the record itself.</param>
/// <param name="parts">The fields in the order of the target's key; empty where the member is a list of whole keys.</param>
/// <param name="partInKey">Which part of the record's own key each field is, or -1.</param>
/// <param name="target">The model referred to.</param>
internal sealed class CompositeReferenceComparator(string path, IReadOnlyList<string> parts, IReadOnlyList<int> partInKey, RelocationEntity target)
    : RecordComparator(parts.Count == 0 ? [path] : parts.Where((_, at) => partInKey[at] < 0).Select(part => path.Length == 0 ? part : $"{path}.{part}"))
{
    private readonly RecordKeyKind[] _kinds = [.. Enumerable.Range(0, target.Key.Fields.Count).Select(target.Key.PartKind)];

    /// <inheritdoc />
    public override string Kind => nameof(ForeignKeyComparator);

    /// <summary>A part alone refers to nothing.</summary>
    internal override bool IsWhole => true;

    private string Shown => parts.Count == 0 ? path : $"{(path.Length == 0 ? string.Empty : $"{path}.")}({string.Join(", ", parts)})";

    /// <inheritdoc />
    /// <exception cref="InvalidOperationException">The pair does not know the positions of both sides' records.</exception>
    public override void Compare(RecordPair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        if (pair.LeftOrdinals is not { } leftOrdinals || pair.RightOrdinals is not { } rightOrdinals)
        {
            throw ComparisonErrors.NoOrdinals();
        }

        var lefts = Read(pair.Left, leftOrdinals);
        var rights = Read(pair.Right, rightOrdinals);
        if (lefts.Count != rights.Count)
        {
            if (pair.Shown is null)
            {
                Report(pair, $"the left `{Shown}` holds {lefts.Count} references, the right one {rights.Count}");
            }
            else
            {
                pair.Report(FindingKind.Of(Kind), Shown, "leads to other records", Counted(lefts.Count), Counted(rights.Count));
            }

            return;
        }

        for (var at = 0; at < lefts.Count; at++)
        {
            ForeignKeyComparator.CompareKeys(this, pair, Shown, target.Label, lefts[at], rights[at]);
        }
    }

    /// <inheritdoc />
    internal override IEnumerable<FoundReference> ReferencesOf(ComparedRecord record) => HoldersOf(record).Select(holder => KeyOf(record, holder)).OfType<byte[]>()
        .Select(key => new FoundReference(
            Shown, target.Label, JsonKey.TryRead(key, _kinds, out var read) ? read : null, System.Text.Encoding.UTF8.GetString(key)));

    /// <summary>Takes the fields where either side refers to something; else each is compared as it is.</summary>
    /// <param name="pair">The records.</param>
    public override void Scrub(RecordPair pair)
    {
        ArgumentNullException.ThrowIfNull(pair);
        if (IsComplete(pair.Left) || IsComplete(pair.Right))
        {
            base.Scrub(pair);
        }
    }

    /// <inheritdoc />
    protected override void Compare(RecordPair pair, string field, JsonElement left, JsonElement right) => Compare(pair);

    /// <summary>The references of a record: where each leads, by position, and its key as it is written.</summary>
    private List<(int? Ordinal, string Key, bool IsText)> Read(ComparedRecord record, OrdinalMap ordinals)
    {
        var found = new List<(int? Ordinal, string Key, bool IsText)>();
        foreach (var holder in HoldersOf(record))
        {
            if (KeyOf(record, holder) is { } key)
            {
                found.Add((JsonKey.TryRead(key, _kinds, out var read) ? ordinals.Find(target.Label, read) : null, System.Text.Encoding.UTF8.GetString(key), holder.ValueKind == JsonValueKind.String));
            }
        }

        // Lists of owned objects and relations have no order of their own.
        return path.Length == 0 ? found : [.. found.OrderBy(reference => reference.Ordinal ?? int.MaxValue).ThenBy(reference => reference.Key, StringComparer.Ordinal)];
    }

    private static string Counted(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} reference{(count == 1 ? string.Empty : "s")}");

    private IEnumerable<JsonElement> HoldersOf(ComparedRecord record) =>
        path.Length == 0 ? [record.Fields] : parts.Count == 0 ? record.ListAt(path) : record.ValuesAt(path);

    private bool IsComplete(ComparedRecord record) => HoldersOf(record).All(holder => KeyOf(record, holder) is not null);

    /// <summary>The key as a backup writes it; null where a part is null, so that nothing is referred to.</summary>
    private byte[]? KeyOf(ComparedRecord record, JsonElement holder)
    {
        if (parts.Count == 0)
        {
            return holder.ValueKind == JsonValueKind.Null ? null : JsonMarshal.GetRawUtf8Value(holder).ToArray();
        }

        var key = new List<byte> { (byte)'[' };
        for (var at = 0; at < parts.Count; at++)
        {
            if (partInKey[at] >= 0)
            {
                key.AddRange(JsonSerializer.SerializeToUtf8Bytes(ValueOf(record.Pk, partInKey[at])));
            }
            else if (holder.ValueKind == JsonValueKind.Object && ComparedRecord.TryFind(holder, parts[at], out var value) && value.ValueKind != JsonValueKind.Null)
            {
                key.AddRange(JsonMarshal.GetRawUtf8Value(value));
            }
            else
            {
                return null;
            }

            key.Add((byte)(at == parts.Count - 1 ? ']' : ','));
        }

        return [.. key];
    }

    private static object ValueOf(RecordKey key, int part)
    {
        var own = key.Kind == RecordKeyKind.Composite ? key.Parts[part] : key;
        return own.Kind switch
        {
            RecordKeyKind.Integer => own.AsInteger(),
            RecordKeyKind.Guid => own.AsGuid(),
            _ => own.AsText(),
        };
    }
}
