namespace Relocation.Testing;

/// <summary>A named choice of the scopes whose records an import takes (docs/sentry-import.md, section 3.2).</summary>
public sealed class ImportScope
{
    private readonly HashSet<string>? _scopes;

    private ImportScope(string name, HashSet<string>? scopes)
    {
        Name = name;
        _scopes = scopes;
    }

    /// <summary>Every record, whatever its scope.</summary>
    public static ImportScope Everything { get; } = new("everything", null);

    /// <summary>The choice's name, as results show it.</summary>
    public string Name { get; }

    /// <summary>Makes a choice of scopes.</summary>
    /// <param name="name">The choice's name.</param>
    /// <param name="scopes">The scopes of <see cref="RelocationEntity.Scopes"/> that are taken.</param>
    public static ImportScope Of(string name, params IEnumerable<string> scopes) => new(name, [.. scopes]);

    /// <summary>Whether records of that scope are taken.</summary>
    /// <param name="scope">A scope.</param>
    public bool Takes(string scope) => _scopes is null || _scopes.Contains(scope);

    /// <summary>The choice's name.</summary>
    public override string ToString() => Name;
}
