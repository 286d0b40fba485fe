namespace Relocation.Testing;

/// <summary>Decides by a record which of a model's scopes it belongs to (docs/sentry-import.md, section 3.1).</summary>
public sealed class ScopeRule
{
    /// <summary>Fields of the record; when any of them is not null, <see cref="Then"/> holds. Default: none.</summary>
    public IReadOnlyList<string> WhenAnySet { get; init; } = [];

    /// <summary>
    /// The name of a reference whose target's scope is the record's own, or null when <see cref="WhenAnySet"/> decides.
    /// Default: null.
    /// </summary>
    public string? Follow { get; init; }

    /// <summary>The scope when one of the fields is set.</summary>
    public required string Then { get; init; }

    /// <summary>The scope when none is.</summary>
    public required string Otherwise { get; init; }
}
