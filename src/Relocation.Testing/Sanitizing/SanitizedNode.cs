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

    internal SanitizeRule? Rule { get; set; }

    /// <summary>The most characters that its column takes.</summary>
    internal int MaxLength { get; set; } = int.MaxValue;

    /// <summary>Whether it holds keys of other records, which stay as they are.</summary>
    internal bool IsReference { get; set; }

    /// <summary>The member whose new value its own is made of.</summary>
    internal SanitizedNode? MadeOf { get; set; }

    /// <summary>The number by which leaks name it.</summary>
    internal ushort Source { get; set; }

    /// <summary>How many of its values were replaced.</summary>
    internal long Replaced { get; set; }

    internal bool HasMembers => _members.Count > 0;

    internal IEnumerable<SanitizedNode> All => _members.SelectMany(member => member.All).Prepend(this);

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
        var member = _members.FirstOrDefault(known => known.Path == Join(name));
        if (member is null)
        {
            member = new SanitizedNode(Join(name));
            _members.Add(member);
            AddName(name, member);
        }

        return dot < 0 ? member : member.At(path[(dot + 1)..]);
    }

    /// <summary>Gives a member of this node another name.</summary>
    internal void AddName(string name, SanitizedNode member) => _names.TryAdd(name, _members.IndexOf(member));

    private string Join(string name) => Path.Length == 0 ? name : $"{Path}.{name}";
}
