namespace Relocation.Testing.Keys;

/// <summary>Reads the text of <see cref="SnapshotText"/> back.</summary>
/// <remarks>It is strict: a snapshot that a merge or an editor has damaged must not pass for an approved one.</remarks>
internal sealed class SnapshotParser
{
    private const string RecordForm = "'model old-key -> new-key kind', then references as 'name=model#old-key'";

    private readonly List<ModelKeys> _models = [];
    private readonly HashSet<ModelLabel> _labels = [];
    private readonly Dictionary<(string Name, ModelLabel Target), ReferenceKeys> _columns = [];
    private NewKeyForm _newKeys;
    private string _totals = string.Empty;
    private string _header = string.Empty;
    private int _headerLine;
    private int _line;

    private SnapshotParser()
    {
    }

    internal static PrimaryKeyMap Parse(string text) => new SnapshotParser().Read(text);

    private PrimaryKeyMap Read(ReadOnlySpan<char> text)
    {
        var rest = text.StartsWith('\uFEFF') ? text[1..] : text;
        while (!rest.IsEmpty || _line < 2)
        {
            var end = rest.IndexOf('\n');
            var line = (end < 0 ? rest : rest[..end]).TrimEnd('\r');
            rest = end < 0 ? [] : rest[(end + 1)..];
            _line++;
            ReadLine(line);
        }

        CloseSection();
        var map = new PrimaryKeyMap(_models, _newKeys);
        return SnapshotText.Totals(map) == _totals ? map : throw KeyErrors.SnapshotCountsDiffer(2);
    }

    private void ReadLine(ReadOnlySpan<char> line)
    {
        if (_line == 1)
        {
            ReadFormat(line);
        }
        else if (_line == 2)
        {
            _totals = line.ToString();
        }
        else if (!line.IsEmpty)
        {
            ReadSectionOrRecord(line);
        }
    }

    private void ReadFormat(ReadOnlySpan<char> line)
    {
        if (line.Equals(SnapshotText.OrdinalFormat, StringComparison.Ordinal))
        {
            _newKeys = NewKeyForm.Ordinal;
        }
        else if (!line.Equals(SnapshotText.Format, StringComparison.Ordinal))
        {
            throw line.StartsWith(SnapshotText.FormatName, StringComparison.Ordinal)
                ? KeyErrors.SnapshotOfOtherFormat(SnapshotText.Format)
                : KeyErrors.SnapshotLine(1, 1, $"'{SnapshotText.Format}'");
        }
    }

    private void ReadSectionOrRecord(ReadOnlySpan<char> line)
    {
        var scanner = new LineScanner(line);
        if (!scanner.TryReadLabel(out var label))
        {
            throw KeyErrors.SnapshotLine(_line, scanner.Position + 1, "a model's label");
        }

        if (!scanner.TryRead(":"))
        {
            ReadRecord(label, scanner);
            return;
        }

        CloseSection();
        if (!_labels.Add(label))
        {
            throw KeyErrors.SnapshotModelTwice(_line, label);
        }

        _models.Add(new ModelKeys(label));
        _columns.Clear();
        _header = line.ToString();
        _headerLine = _line;
    }

    private void ReadRecord(ModelLabel label, LineScanner scanner)
    {
        if (_models.Count == 0 || _models[^1].Model != label)
        {
            throw KeyErrors.SnapshotRecordOutsideItsModel(_line, label);
        }

        var keys = _models[^1];
        if (!scanner.TryRead(" ")
            || !scanner.TryReadKey(out var old)
            || !scanner.TryRead(" -> ")
            || !scanner.TryReadKey(out var @new)
            || !scanner.TryRead(" ")
            || !TryReadKind(ref scanner, out var kind))
        {
            throw KeyErrors.SnapshotLine(_line, scanner.Position + 1, RecordForm);
        }

        if (keys.Count > 0 && old <= keys.Old[keys.Count - 1])
        {
            throw KeyErrors.SnapshotKeysNotRising(_line, label);
        }

        keys.Add(old, @new, kind);
        while (!scanner.IsAtEnd)
        {
            ReadReference(ref scanner, keys);
        }

        foreach (var column in keys.References)
        {
            Fill(column, keys.Count);
        }
    }

    private void ReadReference(ref LineScanner scanner, ModelKeys keys)
    {
        if (!scanner.TryRead(" ")
            || !scanner.TryReadName(out var name)
            || !scanner.TryRead("=")
            || (!TryReadTarget(ref scanner, out var target, out var oldKey) && !TryReadChoice(ref scanner, out oldKey)))
        {
            throw KeyErrors.SnapshotLine(_line, scanner.Position + 1, RecordForm);
        }

        if (!_columns.TryGetValue((name, target), out var column))
        {
            column = new ReferenceKeys(name, target);
            _columns.Add((name, target), column);
            keys.References.Add(column);
        }

        Fill(column, keys.Count - 1);
        if (column.OldKeys.Count == keys.Count)
        {
            throw KeyErrors.SnapshotReferenceTwice(_line, name);
        }

        column.OldKeys.Add(oldKey);
    }

    private static bool TryReadTarget(ref LineScanner scanner, out ModelLabel target, out RecordKey oldKey)
    {
        oldKey = default;
        return scanner.TryReadLabel(out target) && scanner.TryRead("#") && scanner.TryReadKey(out oldKey);
    }

    private static bool TryReadChoice(ref LineScanner scanner, out RecordKey choice)
    {
        choice = default;
        string? word = null;
        foreach (var known in SnapshotText.Choices)
        {
            word ??= scanner.TryRead(known) ? known : null;
        }

        if (word is null)
        {
            return false;
        }

        choice = RecordKey.From(word);
        if (!scanner.TryRead("("))
        {
            return true;
        }

        var isRead = scanner.TryReadKey(out var name) && name.Kind == RecordKeyKind.Text && scanner.TryRead(")");
        choice = isRead ? RecordKey.From([choice, name]) : choice;
        return isRead;
    }

    private void CloseSection()
    {
        if (_models.Count > 0 && SnapshotText.Header(_models[^1]) != _header)
        {
            throw KeyErrors.SnapshotCountsDiffer(_headerLine);
        }
    }

    private static void Fill(ReferenceKeys column, int count)
    {
        while (column.OldKeys.Count < count)
        {
            column.OldKeys.Add(null);
        }
    }

    private static bool TryReadKind(ref LineScanner scanner, out KeyMappingKind kind)
    {
        foreach (var candidate in Enum.GetValues<KeyMappingKind>())
        {
            if (scanner.TryRead(SnapshotText.NameOf(candidate)))
            {
                kind = candidate;
                return true;
            }
        }

        kind = default;
        return false;
    }
}
