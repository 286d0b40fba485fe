namespace Relocation.Testing;

/// <summary>What is wrong with a hostile backup.</summary>
public enum HostileDefect
{
    /// <summary>The text ends early.</summary>
    Truncated,

    /// <summary>A record has a member twice.</summary>
    DoubledMember,

    /// <summary>Two records of a model have the same key.</summary>
    DuplicateKey,

    /// <summary>A reference leads to a record that the backup does not hold.</summary>
    DanglingReference,

    /// <summary>A value is of another kind than its field.</summary>
    WrongKind,

    /// <summary>A field that takes no null is null.</summary>
    NullNotAllowed,

    /// <summary>A text is longer than its field.</summary>
    TooLong,

    /// <summary>A record belongs to a model that there is not.</summary>
    UnknownModel,

    /// <summary>A record has a field that there is not.</summary>
    UnknownField,

    /// <summary>Lists lie within lists, deeper than any reader allows.</summary>
    DeepNesting,

    /// <summary>A text holds bytes that are no UTF-8.</summary>
    InvalidUtf8,

    /// <summary>Two labels or members differ only in case, which makes the same key or field occur twice.</summary>
    CaseCollision,

    /// <summary>A record lacks its key.</summary>
    MissingKey,

    /// <summary>Something follows the end.</summary>
    TrailingText,
}
