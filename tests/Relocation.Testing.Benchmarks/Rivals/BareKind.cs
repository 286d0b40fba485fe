namespace Relocation.Testing.Benchmarks.Rivals;

/// <summary>What a column holds.</summary>
internal enum BareKind
{
    Text,
    Int32,
    Boolean,
    DateTime,
    Real,
    Decimal,
    Guid,
    Reference,
}
