namespace Relocation.Testing;

/// <summary>A database could not be exported. No file was written.</summary>
public sealed class ExportException : RelocationException
{
    internal ExportException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    internal override bool WrapsFaults => true;
}
