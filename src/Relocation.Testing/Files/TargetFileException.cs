namespace Relocation.Testing.Files;

/// <summary>A file cannot be written. The message is ready for users.</summary>
internal sealed class TargetFileException : IOException
{
    internal TargetFileException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
