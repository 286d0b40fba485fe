namespace Relocation.Testing.Specification.Values;

public enum TinyMark : byte
{
    None,
    Low = 1,
    High = 255,
}
