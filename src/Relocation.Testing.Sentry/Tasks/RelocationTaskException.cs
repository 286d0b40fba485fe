namespace Relocation.Testing;

/// <summary>An operation on a relocation was refused. A failure within a relocation is part of its state instead.</summary>
public sealed class RelocationTaskException : RelocationException
{
    internal RelocationTaskException(RelocationTaskErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    /// <summary>The kind of reason.</summary>
    public RelocationTaskErrorKind Kind { get; }
}
