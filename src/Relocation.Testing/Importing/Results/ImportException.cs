namespace Relocation.Testing;

/// <summary>
/// A backup was refused while it was imported. The database is as it was, but for the chunks that a resumable import had committed by then.
/// </summary>
public sealed class ImportException : RelocationException
{
    internal ImportException(string message, IReadOnlyList<BackupProblem> problems, Exception? innerException = null)
        : base(message, innerException) => Problems = problems;

    /// <summary>The problems, at most ten of them, in the order in which they were met.</summary>
    public IReadOnlyList<BackupProblem> Problems { get; }

    internal override bool WrapsFaults => true;
}
