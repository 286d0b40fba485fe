namespace Relocation.Testing.Modeling;

/// <summary>A model or a field of a context that backups do not hold.</summary>
/// <param name="Name">The model's label, or <c>MODEL.FIELD</c>.</param>
/// <param name="Reason">Why, as the rest of a sentence that begins with the name.</param>
internal sealed record LeftOutPart(string Name, string Reason)
{
    /// <summary>The model that it is, or is of.</summary>
    internal required ModelLabel Label { get; init; }

    /// <summary>Whether it is a model, rather than a field.</summary>
    internal bool IsModel => Name == Label.Value;

    /// <summary>Whether somebody has asked for that, so that rows of it are no finding.</summary>
    internal bool IsDeclared { get; init; }

    /// <summary>The table whose rows or values are left out; null where there are none of its own.</summary>
    internal string? Table { get; init; }

    /// <summary>The table's schema.</summary>
    internal string? Schema { get; init; }

    /// <summary>The column, where it is a field.</summary>
    internal string? Column { get; init; }
}
