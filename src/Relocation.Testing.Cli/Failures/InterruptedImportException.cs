namespace Relocation.Testing.Cli.Failures;

/// <summary>A resumable import failed after some chunks had been committed. The cause is the inner exception.</summary>
internal sealed class InterruptedImportException : Exception
{
    internal InterruptedImportException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
