namespace Relocation.Testing.Cli;

/// <summary>A resumable import has failed after some of it had been committed. What made it fail is the inner exception.</summary>
internal sealed class InterruptedImportException : Exception
{
    internal InterruptedImportException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
