using Relocation.Testing.Importing;

namespace Relocation.Testing.Sanitizing;

/// <summary>A member of a record's fields, or the fields themselves: its rule and the members that it has.</summary>
internal sealed class SanitizedNode(string path)
{
    private readonly NameTable _names = new();
    private readonly List<SanitizedNode> _members = [];
    private NameGuess? _guess;

    /// <summary>The names that lead to it, joined with dots.</summary>
    internal string Path { get; } = path;

    /// <summary>The last of the names.</summary>
    internal string Name => Path[(Path.LastIndexOf('.') + 1)..];

    internal SanitizeRule? Rule { get; set; }

    /// <summary>What it holds; null for a member that no model knows.</summary>
    internal FieldType? Type { get; set; }

    /// <summary>Whether the model knows it, and not only the backup.</summary>
    internal bool IsDeclared { get; set; }

    /// <summary>Whether a member on the way has a dot in its name, so that the path means another.</summary>
    internal bool NameHasDot { get; init; }

    /// <summary>Whether it stands within a JSON column.</summary>
    internal bool IsInJson { get; set; }

    /// <summary>Whether a text in it may be JSON, as older backups of Sentry write it.</summary>
    internal bool IsJsonText { get; set; }

    /// <summary>The only words that its values may be, in lower case: members of enums; null where any text may stand.</summary>
    internal IReadOnlySet<string>? Words { get; set; }

    /// <summary>The most characters that its column takes.</summary>
    internal int MaxLength { get; set; } = int.MaxValue;

    /// <summary>Whether it holds keys of other records, which stay as they are.</summary>
    internal bool IsReference { get; set; }

    /// <summary>The member whose new value its own is made of.</summary>
    internal SanitizedNode? MadeOf { get; set; }

    /// <summary>The number by which leaks name it.</summary>
    internal ushort Source { get; set; }

    /// <summary>How many of its values were replaced by others.</summary>
    internal long Replaced { get; set; }

    /// <summary>The values that stay though no rule says so.</summary>
    internal KeptSamples Kept { get; } = new();

    internal bool HasMembers => _members.Count > 0;

    internal IEnumerable<SanitizedNode> All => _members.SelectMany(member => member.All).Prepend(this);

    /// <summary>Whether its text may be changed where it holds a value that is replaced elsewhere.</summary>
    internal bool TakesText => Words is null && Type is null or FieldType.Text or FieldType.Json or FieldType.Array or FieldType.Guid;

    /// <summary>Whether values that stay are listed: text, JSON, dates and bytes, but no numbers, times and keys.</summary>
    internal bool IsListed => Rule is null && !IsReference && Type
        is null or FieldType.Text or FieldType.Json or FieldType.Array or FieldType.Date or FieldType.DateTime or FieldType.Instant or FieldType.Bytes;

    /// <summary>Whether a rule replaces whole numbers in it.</summary>
    internal bool TakesNumbers => Type is FieldType.Integer or FieldType.Real or FieldType.Decimal;

    /// <summary>The member of that name, or null.</summary>
    internal SanitizedNode? Find(ReadOnlySpan<byte> name, bool isEscaped)
    {
        if (_members.Count == 0)
        {
            return null;
        }

        _guess ??= new NameGuess(_names.Count);
        return _names.TryFind(name, isEscaped, _guess, out var member) ? _members[member] : null;
    }

    /// <summary>The member at a path, made where it is not known yet.</summary>
    internal SanitizedNode At(string path)
    {
        var dot = path.IndexOf('.', StringComparison.Ordinal);
        var name = dot < 0 ? path : path[..dot];
        var member = _members.FirstOrDefault(known => known.Path == Join(name)) ?? Add(name);
        return dot < 0 ? member : member.At(path[(dot + 1)..]);
    }

    /// <summary>A new member of that name.</summary>
    internal SanitizedNode Add(string name)
    {
        var member = new SanitizedNode(Join(name))
        {
            IsInJson = IsInJson || Type == FieldType.Json,
            NameHasDot = NameHasDot || name.Contains('.'),
            Source = Source,
        };
        _members.Add(member);
        _names.TryAdd(name, _members.Count - 1);
        _guess = null;
        return member;
    }

    /// <summary>Gives a member of this node another name.</summary>
    internal void AddName(string name, SanitizedNode member)
    {
        _names.TryAdd(name, _members.IndexOf(member));
        _guess = null;
    }

    private string Join(string name) => Path.Length == 0 ? name : $"{Path}.{name}";
}
