namespace Relocation.Testing;

/// <summary>An import was stopped by its <see cref="ImportStop"/>. What it had committed stays; the rest is taken back.</summary>
public sealed class ImportStoppedException : RelocationException
{
    internal ImportStoppedException(string message)
        : base(message)
    {
    }
}
