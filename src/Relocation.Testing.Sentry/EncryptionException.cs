namespace Relocation.Testing;

/// <summary>A backup could not be encrypted or decrypted.</summary>
public sealed class EncryptionException : RelocationException
{
    /// <summary>Makes an exception; for key services too.</summary>
    /// <param name="message">What is wrong, and what to do. Never a key.</param>
    /// <param name="innerException">What led to it. Default: nothing.</param>
    public EncryptionException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
