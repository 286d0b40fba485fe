namespace Relocation.Testing;

/// <summary>A model cannot be used: its parts do not fit together, or it uses what is not supported.</summary>
public sealed class RelocationModelException : RelocationException
{
    internal RelocationModelException(string message, IReadOnlyList<string> problems, Exception? innerException = null)
        : base(message, innerException) => Problems = problems;

    /// <summary>All problems, a sentence each.</summary>
    public IReadOnlyList<string> Problems { get; }

    internal override bool WrapsFaults => true;
}
