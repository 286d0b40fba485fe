namespace Relocation.Testing;

/// <summary>A copy of a failed test's database cannot be made.</summary>
public sealed class DatabaseNotKeptException : RelocationException
{
    internal DatabaseNotKeptException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
