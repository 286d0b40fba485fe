using Relocation.Testing.Keys;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Snapshots;

/// <summary>What was received: a pk map, which is never turned into one string unless it must be, or any text.</summary>
internal sealed class SnapshotContent
{
    private readonly PrimaryKeyMap? _map;
    private readonly string? _text;

    private SnapshotContent(PrimaryKeyMap? map, string? text)
    {
        _map = map;
        _text = text;
    }

    internal static SnapshotContent Of(PrimaryKeyMap map, SnapshotOptions options) => new(map.InForm(options), null);

    /// <summary>Text with <c>\n</c> as line ends and none at the end, as approved files hold it.</summary>
    internal static SnapshotContent Of(string text) =>
        new(null, text.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n'));

    /// <summary>The text in parts; each is valid until the next is asked for.</summary>
    internal IEnumerable<ReadOnlyMemory<char>> Chunks() =>
        _map is null ? [(_text ?? string.Empty).AsMemory()] : SnapshotText.Chunks(_map);

    /// <summary>What differs from an approved text, in words, and as records where both are pk maps.</summary>
    internal (SnapshotDiff? Diff, Func<int, string> Text) CompareWith(string approved)
    {
        if (TryParse(approved, out var defect) is { } before && (_map ?? TryParse(_text, out _)) is { } after)
        {
            var diff = SnapshotDiff.Between(before, after);
            if (!diff.IsEmpty)
            {
                return (diff, diff.ToString);
            }
        }

        var text = TextDifference.Describe(approved, _text ?? _map?.ToSnapshot() ?? string.Empty);
        return (null, _ => _map is null || defect is null ? text : $"{defect}\n\n{text}");
    }

    private static PrimaryKeyMap? TryParse(string? text, out string? defect)
    {
        defect = null;
        if (text?.StartsWith(SnapshotText.FormatName, StringComparison.Ordinal) != true)
        {
            return null;
        }

        try
        {
            return PrimaryKeyMap.Parse(text);
        }
        catch (FormatException exception)
        {
            defect = exception.Message;
            return null;
        }
    }
}
