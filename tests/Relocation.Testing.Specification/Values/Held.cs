namespace Relocation.Testing.Specification.Values;

/// <summary>A row that holds one value.</summary>
/// <typeparam name="TValue">The value's type.</typeparam>
public sealed class Held<TValue>
{
    public int Id { get; set; }

    public TValue? Value { get; set; }
}
