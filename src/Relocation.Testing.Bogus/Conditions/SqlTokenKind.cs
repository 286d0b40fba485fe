namespace Relocation.Testing.Conditions;

/// <summary>What a piece of SQL is.</summary>
internal enum SqlTokenKind
{
    /// <summary>Nothing is left.</summary>
    End,

    /// <summary>A keyword or a name without quotes.</summary>
    Word,

    /// <summary>A name in quotes.</summary>
    Name,

    /// <summary>A number without a sign.</summary>
    Number,

    /// <summary>A text.</summary>
    Text,

    /// <summary>An operator, a bracket or a comma.</summary>
    Sign,
}
