using System.Text;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Keys;

/// <summary>The text form of a pk map.</summary>
/// <remarks>
/// A line for the format, one with the totals, and a section for each model: an empty line, a line with its counts, and a
/// line for each record, by old key. Lines end in <c>\n</c>, the last one in nothing.
/// </remarks>
internal static class SnapshotText
{
    internal const string FormatName = "relocation pk map ";
    internal const string Format = FormatName + "1";
    internal const string OrdinalFormat = Format + ", new keys by ordinal";

    /// <summary>The words for how a field that had to be unique was chosen.</summary>
    internal static readonly string[] Choices = ["kept", "suffixed", "regenerated"];

    private const int ChunkLength = 16 * 1024;

    private static readonly KeyMappingKind[] AllKinds =
        [KeyMappingKind.Inserted, KeyMappingKind.Existing, KeyMappingKind.Overwrite];

    /// <summary>The text in parts; each is valid until the next is asked for.</summary>
    internal static IEnumerable<ReadOnlyMemory<char>> Chunks(PrimaryKeyMap map)
    {
        var buffer = new TextBuffer();
        buffer.Append(map.NewKeys == NewKeyForm.Ordinal ? OrdinalFormat : Format).Append("\n").Append(Totals(map));
        foreach (var keys in map.ModelKeys)
        {
            buffer.Append("\n\n");
            AppendHeader(buffer, keys);
            var form = new RecordForm(keys);
            var order = map.OrderOf(keys);
            for (var place = 0; place < order.Count; place++)
            {
                buffer.Append("\n");
                form.Append(buffer, order[place]);
                if (buffer.Length >= ChunkLength)
                {
                    yield return buffer.Written;
                    buffer.Clear();
                }
            }
        }

        yield return buffer.Written;
    }

    /// <summary>The second line: how many records and models there are.</summary>
    internal static string Totals(PrimaryKeyMap map)
    {
        var buffer = new TextBuffer();
        AppendCount(buffer, map.Count, " record", " records");
        buffer.Append(" of ");
        AppendCount(buffer, map.Models.Count, " model", " models");
        return buffer.ToString();
    }

    /// <summary>The first line of a model's section.</summary>
    internal static string Header(ModelKeys keys)
    {
        var buffer = new TextBuffer();
        AppendHeader(buffer, keys);
        return buffer.ToString();
    }

    internal static string NameOf(KeyMappingKind kind) => kind switch
    {
        KeyMappingKind.Inserted => "inserted",
        KeyMappingKind.Existing => "existing",
        _ => "overwrite",
    };

    internal static void AppendMapping(TextBuffer buffer, KeyMapping mapping)
    {
        buffer.AppendName(mapping.Model.Value).Append(" ");
        AppendKeys(buffer, mapping.Old, mapping.New, mapping.Kind);
    }

    /// <summary>Appends a space and the reference.</summary>
    internal static void AppendReference(TextBuffer buffer, MappedReference reference) =>
        AppendTarget(buffer.Append(ReferenceStart(reference.Name, reference.Target)), reference.Target, reference.OldKey);

    /// <summary>Appends the key referred to; or how a field was chosen, and the value in parentheses where it is known.</summary>
    internal static void AppendTarget(TextBuffer buffer, ModelLabel target, RecordKey key)
    {
        if (target != default)
        {
            buffer.Append(key);
            return;
        }

        buffer.Append(key.Parts[0].AsText());
        if (key.Parts.Count > 1)
        {
            buffer.Append("(").Append(key.Parts[1]).Append(")");
        }
    }

    /// <summary>Whether a name can stand without quotes.</summary>
    internal static bool IsPlain(ReadOnlySpan<char> name)
    {
        foreach (var character in name)
        {
            if (IsDelimiter(character))
            {
                return false;
            }
        }

        return !name.IsEmpty;
    }

    /// <summary>Whether a character ends a plain name or may not be in one.</summary>
    internal static bool IsDelimiter(char character) =>
        char.IsSurrogate(character) || !ShownText.IsVisible(new Rune(character)) || character == ' '
        || "\"#=:(),\\".Contains(character, StringComparison.Ordinal);

    private static string ReferenceStart(string name, ModelLabel target) =>
        target == default
            ? new TextBuffer().Append(" ").AppendName(name).Append("=").ToString()
            : new TextBuffer().Append(" ").AppendName(name).Append("=").AppendName(target.Value).Append("#").ToString();

    private static void AppendHeader(TextBuffer buffer, ModelKeys keys)
    {
        buffer.AppendName(keys.Model.Value).Append(": ");
        AppendCount(buffer, keys.Count, " record", " records");
        var before = " (";
        foreach (var kind in AllKinds)
        {
            if (keys.CountOf(kind) is > 0 and var count)
            {
                buffer.Append(before).Append(count).Append(" ").Append(NameOf(kind));
                before = ", ";
            }
        }

        if (keys.Count > 0)
        {
            buffer.Append(")");
        }
    }

    private static void AppendKeys(TextBuffer buffer, RecordKey old, RecordKey @new, KeyMappingKind kind) =>
        buffer.Append(old).Append(" -> ").Append(@new).Append(" ").Append(NameOf(kind));

    private static void AppendCount(TextBuffer buffer, long count, string one, string many) =>
        buffer.Append(count).Append(count == 1 ? one : many);

    /// <summary>The lines of one model, with the parts that all of them share made once.</summary>
    private sealed class RecordForm
    {
        private readonly ModelKeys _keys;
        private readonly ReferenceKeys[] _columns;
        private readonly string[] _columnStarts;
        private readonly string _start;

        internal RecordForm(ModelKeys keys)
        {
            _keys = keys;
            _columns = keys.ReferencesByName();
            _columnStarts = [.. _columns.Select(column => ReferenceStart(column.Name, column.Target))];
            _start = new TextBuffer().AppendName(keys.Model.Value).Append(" ").ToString();
        }

        internal void Append(TextBuffer buffer, int index)
        {
            buffer.Append(_start);
            AppendKeys(buffer, _keys.Old[index], _keys.New[index], _keys.KindAt(index));
            for (var column = 0; column < _columns.Length; column++)
            {
                if (_columns[column].At(index) is { } oldKey)
                {
                    AppendTarget(buffer.Append(_columnStarts[column]), _columns[column].Target, oldKey);
                }
            }
        }
    }
}
