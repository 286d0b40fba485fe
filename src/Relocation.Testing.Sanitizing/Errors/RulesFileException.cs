namespace Relocation.Testing;

/// <summary>A rules file cannot be read as one, or does not fit the model.</summary>
public sealed class RulesFileException : RelocationException
{
    internal RulesFileException(string message, IReadOnlyList<RulesFileProblem> problems, Exception? innerException = null)
        : base(message, innerException) => Problems = problems;

    /// <summary>All that is wrong, in the order of the file, ten at most; none where the file cannot be opened.</summary>
    public IReadOnlyList<RulesFileProblem> Problems { get; }
}
