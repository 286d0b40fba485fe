namespace Relocation.Testing.Specification.Values;

public enum HugeMark : ulong
{
    None,
    Most = ulong.MaxValue,
}
