namespace Relocation.Testing;

/// <summary>A relocation was not started, or something was not done with one. What failed within a relocation is in its state instead.</summary>
public sealed class RelocationTaskException : RelocationException
{
    internal RelocationTaskException(RelocationTaskErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    /// <summary>What kind of reason it is.</summary>
    public RelocationTaskErrorKind Kind { get; }
}
