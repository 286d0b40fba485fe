namespace Relocation.Testing.Conditions;

/// <summary>How two values compare.</summary>
internal enum Comparison
{
    Equal,

    NotEqual,

    Less,

    LessOrEqual,

    Greater,

    GreaterOrEqual,
}
