namespace Relocation.Testing.Specification.Values;

[Flags]
public enum Signs
{
    None = 0,
    Dot = 1,
    Dash = 2,
    Star = 4,
}
