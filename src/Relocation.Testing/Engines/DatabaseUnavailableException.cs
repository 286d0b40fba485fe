namespace Relocation.Testing;

/// <summary>The machine has no database of the asked kind, so that its tests may be skipped on a developer's machine.</summary>
public abstract class DatabaseUnavailableException : RelocationException
{
    private protected DatabaseUnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
