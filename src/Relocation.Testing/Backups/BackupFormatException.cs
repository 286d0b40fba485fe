namespace Relocation.Testing;

/// <summary>A backup cannot be read as one. Nothing was written.</summary>
public sealed class BackupFormatException : RelocationException
{
    internal BackupFormatException(
        string message, IReadOnlyList<BackupProblem> problems, long problemCount, Exception? innerException = null)
        : base(message, innerException)
    {
        Problems = problems;
        ProblemCount = problemCount;
    }

    /// <summary>The problems, at most ten of them, in the order of the file.</summary>
    public IReadOnlyList<BackupProblem> Problems { get; }

    /// <summary>How many problems there are in all.</summary>
    public long ProblemCount { get; }
}
