using Relocation.Testing.Texts;

namespace Relocation.Testing.Sanitizing.Choosing;

/// <summary>A member of a record's fields, or the fields themselves: its rule and the members that it has.</summary>
/// <param name="name">Its name.</param>
/// <param name="parent">What it is a member of; null for the fields themselves, and for parts of keys.</param>
/// <param name="shown">What is shown of its name. Default: the name.</param>
internal sealed class SanitizedNode(string name, SanitizedNode? parent = null, string? shown = null)
{
    private readonly NameTable _names = new();
    private readonly List<SanitizedNode> _members = [];
    private Dictionary<MemberClass, SanitizedNode>? _rest;
    private NameGuess? _guess;
    private ushort? _source;

    /// <summary>The names that lead to it, joined with dots; a star for each that may be data.</summary>
    internal string Path { get; } = parent is null or { Path.Length: 0 } ? shown ?? name : $"{parent.Path}.{shown ?? name}";

    /// <summary>Its name; of members that are not told apart, the first one's.</summary>
    internal string Name { get; } = name;

    /// <summary>What it is a member of.</summary>
    internal SanitizedNode? Parent { get; } = parent;

    internal SanitizeRule? Rule { get; set; }

    /// <summary>Whether somebody said that no rule holds: neither one that its name tells, nor one of what it is in.</summary>
    internal bool IsFree { get; set; }

    /// <summary>What it holds; null for a member that no model knows.</summary>
    internal FieldType? Type { get; set; }

    /// <summary>Whether the model knows it, and not only the backup.</summary>
    internal bool IsDeclared { get; set; }

    /// <summary>Whether no rule can name it: a member on the way has a dot in its name, so that the path means another, or is not told apart.</summary>
    internal bool IsNameless { get; } = parent?.IsNameless == true || (parent is not null && name.Contains('.')) || (shown is not null && shown != name);

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

    /// <summary>Whether it is part of the record's own key.</summary>
    internal bool IsKey { get; set; }

    /// <summary>Whether a date in it stays where it has no rule: in columns of dates, and in keys and what refers to them.</summary>
    internal bool KeepsDates => IsKey || IsReference || Type is FieldType.Date or FieldType.DateTime or FieldType.Instant;

    /// <summary>Whether it is an object within JSON that has a person's member.</summary>
    internal bool TellsOfPerson { get; private set; }

    /// <summary>The member whose new value its own is made of.</summary>
    internal SanitizedNode? MadeOf { get; set; }

    /// <summary>The number by which leaks name it, or what it is in.</summary>
    internal ushort Source
    {
        get => _source ?? Parent?.Source ?? 0;
        set => _source = value;
    }

    /// <summary>How many of its values were replaced by others.</summary>
    internal long Replaced { get; set; }

    /// <summary>The values that stay though no rule says so.</summary>
    internal KeptSamples Kept { get; } = new();

    internal bool HasMembers => _members.Count > 0;

    internal IReadOnlyList<SanitizedNode> Members => _members;

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
        var member = _members.FirstOrDefault(known => known.Name == name && known.Path == Join(name)) ?? AddNamed(name, name);
        return dot < 0 ? member : member.At(path[(dot + 1)..]);
    }

    /// <summary>The rule of its values.</summary>
    /// <param name="around">The rule of what it is in.</param>
    internal SanitizeRule? RuleIn(SanitizeRule? around) => IsFree ? null : Rule ?? around;

    /// <summary>A new member of a name that only the backup knows.</summary>
    internal SanitizedNode Add(string name) => AddNamed(name, MemberName.Shown(name));

    /// <summary>What stands for all members of a class that are not told apart by name; null where none came yet.</summary>
    internal SanitizedNode? FindRest(in MemberClass kind) => _rest?.GetValueOrDefault(kind);

    /// <summary>Makes what stands for all members of a class that are not told apart by name.</summary>
    /// <param name="kind">The class.</param>
    /// <param name="name">The name of the first one.</param>
    internal SanitizedNode AddRest(in MemberClass kind, string name)
    {
        var member = New(name, MemberName.Hidden);
        _members.Add(member);
        (_rest ??= []).Add(kind, member);
        return member;
    }

    /// <summary>Gives a member of this node another name.</summary>
    internal void AddName(string name, SanitizedNode member)
    {
        _names.TryAdd(name, _members.IndexOf(member));
        _guess = null;
    }

    private SanitizedNode AddNamed(string name, string shown)
    {
        var member = New(name, shown);
        _members.Add(member);
        _names.TryAdd(name, _members.Count - 1);
        _guess = null;
        TellsOfPerson |= member.IsInJson && DefaultSanitizing.TellsOfPerson(name);
        return member;
    }

    private SanitizedNode New(string name, string shown) => new(name, this, shown) { IsInJson = IsInJson || Type == FieldType.Json };

    private string Join(string name) => Path.Length == 0 ? name : $"{Path}.{name}";
}
