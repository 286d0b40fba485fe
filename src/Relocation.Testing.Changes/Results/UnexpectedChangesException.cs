namespace Relocation.Testing;

/// <summary>A test changed more in its database than it looked at.</summary>
public sealed class UnexpectedChangesException : RelocationException
{
    internal UnexpectedChangesException(string message)
        : base(message)
    {
    }
}
