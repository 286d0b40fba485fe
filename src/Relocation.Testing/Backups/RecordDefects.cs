using Relocation.Testing.Texts;

namespace Relocation.Testing.Backups;

/// <summary>Says what is wrong with a record that is JSON, but whose shape or size is not a record's.</summary>
/// <param name="problems">Takes the problems.</param>
/// <param name="limits">The limits.</param>
internal sealed class RecordDefects(ProblemLog problems, BackupLimits limits)
{
    private const int LongestNameShown = 60;

    private static readonly string[] Members = ["model", "pk", "fields"];

    /// <summary>Lists what is wrong.</summary>
    /// <param name="record">The record's text.</param>
    /// <param name="offset">The record's offset.</param>
    /// <param name="pointer">The JSON pointer to the record.</param>
    /// <param name="model">The record's model, if it can be told.</param>
    /// <param name="key">The record's key, if it can be told and may be shown.</param>
    internal void Describe(ReadOnlySpan<byte> record, long offset, string pointer, ModelLabel? model, RecordKey? key)
    {
        var met = new HashSet<string>(StringComparer.Ordinal);
        var members = new FieldReader(record);
        while (members.Read())
        {
            var name = JsonText.ToText(members.Name);
            var place = new PlaceRequest(offset + members.NameStart, $"{pointer}/{name}", model, key);
            var value = place with { Offset = offset + members.ValueStart };
            if (RecordScanner.MemberOf(members.Name) == RecordMember.Unknown)
            {
                var shown = Shorten(name);
                problems.Add(BackupProblemKind.UnexpectedMember, place with { Pointer = $"{pointer}/{Escape(shown)}" }, BackupErrors.UnexpectedMember(shown));
            }
            else if (!met.Add(name))
            {
                problems.Add(BackupProblemKind.DoubledMember, place, BackupErrors.DoubledMember(name));
            }
            else if (WantedInstead(name, members.Kind) is { } wanted)
            {
                problems.Add(BackupProblemKind.MissingMember, value, BackupErrors.MemberOfWrongType(name, wanted));
            }
        }

        foreach (var name in Members.Where(name => !met.Contains(name)))
        {
            problems.Add(BackupProblemKind.MissingMember, new PlaceRequest(offset, pointer, model, key), BackupErrors.MissingMember(name));
        }
    }

    /// <summary>Lists the limits that a value passes.</summary>
    /// <param name="json">Scanned the record or value.</param>
    /// <param name="text">The text that was scanned.</param>
    /// <param name="start">The position of the record or value in it.</param>
    /// <param name="arrayIndex">Its index in the backup.</param>
    /// <param name="place">Its place.</param>
    internal void DescribeLimits(JsonScanner json, ReadOnlySpan<byte> text, int start, int arrayIndex, PlaceRequest place)
    {
        Describe(json.DeepValuePosition, text, BackupErrors.NestedTooDeep(limits.MaxDepth));
        Describe(json.LongStringPosition, text, BackupErrors.StringTooLong(limits.MaxStringBytes));
        Describe(json.ManyFieldsPosition, text, BackupErrors.TooManyFields(limits.MaxFields));

        void Describe(int position, ReadOnlySpan<byte> text, string message)
        {
            if (position >= 0)
            {
                var pointer = PointerTracer.Trace(text[start..], position - start, arrayIndex);
                var at = place with { Offset = place.Offset + position - start, Pointer = pointer };
                problems.Add(BackupProblemKind.LimitExceeded, at, message);
            }
        }
    }

    /// <summary>A name or label from the backup, cut off where it is too long for a message.</summary>
    internal static string Shorten(string name) => name.Length <= LongestNameShown ? name : name[..LongestNameShown] + "...";

    private static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static string? WantedInstead(string member, JsonToken kind) => (member, kind) switch
    {
        ("model", not JsonToken.String) => "a string",
        ("fields", not JsonToken.Object) => "an object",
        ("pk", JsonToken.Null) => "a key",
        _ => null,
    };
}
