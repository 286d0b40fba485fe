using System.Runtime.CompilerServices;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Backups;

/// <summary>Scans one record and notes where its members stand. Both passes read through it.</summary>
internal sealed class RecordScanner(BackupLimits limits)
{
    internal JsonScanner Json { get; } = new(limits);

    /// <summary>Scans a record.</summary>
    /// <param name="text">The text.</param>
    /// <param name="position">The position of the record's opening brace.</param>
    /// <param name="shape">Where its parts are; what was met so far when the text ends or is faulty.</param>
    /// <returns>The position after the record, <see cref="JsonScanner.NeedMore"/> or <see cref="JsonScanner.Faulty"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal int Scan(ReadOnlySpan<byte> text, int position, out RecordShape shape)
    {
        shape = default;
        Json.BeginRecord();
        position = JsonBytes.SkipWhitespace(text, position + 1);
        var isEmpty = (uint)position < (uint)text.Length && text[position] == (byte)'}';
        while (!isEmpty)
        {
            if ((uint)position >= (uint)text.Length)
            {
                return JsonScanner.NeedMore;
            }

            position = ScanMember(text, position, ref shape);
            if (position < 0)
            {
                return position;
            }

            position = JsonBytes.SkipWhitespace(text, position);
            if ((uint)position >= (uint)text.Length)
            {
                return JsonScanner.NeedMore;
            }

            if (text[position] == (byte)'}')
            {
                break;
            }

            if (text[position] != (byte)',')
            {
                return Json.Fail(JsonFault.CommaOrEndExpected, position);
            }

            position = JsonBytes.SkipWhitespace(text, position + 1);
        }

        shape.IsDefective |= !shape.HasModel || !shape.HasKey || !shape.HasFields || Json.IsOverLimit;
        return position + 1;
    }

    /// <summary>Which member of a record a name means.</summary>
    /// <param name="raw">The name, the bytes between the quotes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static RecordMember MemberOf(ReadOnlySpan<byte> raw)
    {
        if (raw.SequenceEqual("model"u8))
        {
            return RecordMember.Model;
        }

        if (raw.SequenceEqual("pk"u8))
        {
            return RecordMember.Key;
        }

        if (raw.SequenceEqual("fields"u8))
        {
            return RecordMember.Fields;
        }

        return raw.Contains((byte)'\\') ? MemberOfEscaped(raw) : RecordMember.Unknown;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int ScanMember(ReadOnlySpan<byte> text, int position, ref RecordShape shape)
    {
        if (text[position] != (byte)'"')
        {
            return Json.Fail(JsonFault.NameExpected, position);
        }

        var nameEnd = Json.ScanString(text, position);
        if (nameEnd < 0)
        {
            return nameEnd;
        }

        var member = MemberOf(text[(position + 1)..(nameEnd - 1)]);
        var start = Json.ScanColon(text, nameEnd);
        if (start < 0)
        {
            return start;
        }

        // The record's own braces are the first level.
        var end = Json.ScanValue(text, start, outerDepth: 1);
        if (end < 0)
        {
            return end;
        }

        switch (member)
        {
            case RecordMember.Model:
                shape.IsDefective |= shape.HasModel || text[start] != (byte)'"';
                (shape.ModelStart, shape.ModelEnd) = (start, end);
                break;
            case RecordMember.Key:
                shape.IsDefective |= shape.HasKey || text[start] == (byte)'n';
                (shape.KeyStart, shape.KeyEnd) = (start, end);
                break;
            case RecordMember.Fields:
                shape.IsDefective |= shape.HasFields || text[start] != (byte)'{';
                (shape.FieldsStart, shape.FieldsEnd) = (start, end);
                break;
            default:
                shape.IsDefective = true;
                break;
        }

        return end;
    }

    private static RecordMember MemberOfEscaped(ReadOnlySpan<byte> raw) => JsonText.ToText(raw) switch
    {
        "model" => RecordMember.Model,
        "pk" => RecordMember.Key,
        "fields" => RecordMember.Fields,
        _ => RecordMember.Unknown,
    };
}
