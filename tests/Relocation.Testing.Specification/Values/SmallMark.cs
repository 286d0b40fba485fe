namespace Relocation.Testing.Specification.Values;

public enum SmallMark : sbyte
{
    Least = sbyte.MinValue,
    None = 0,
}
