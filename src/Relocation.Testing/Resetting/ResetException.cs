namespace Relocation.Testing;

/// <summary>A database cannot be put back.</summary>
public sealed class ResetException : RelocationException
{
    internal ResetException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
