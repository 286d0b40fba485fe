namespace Relocation.Testing.Cli.Eventing;

/// <summary>A file of events cannot be read, or an event cannot be saved. The message contains the place.</summary>
internal sealed class EventFileException : RelocationException
{
    /// <param name="kind">What kind of problem it is.</param>
    /// <param name="reason">What is wrong, and what to do about it.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="innerException">The cause, or null.</param>
    internal EventFileException(BackupProblemKind kind, string reason, RecordPlace place, Exception? innerException = null)
        : base($"{place}: {reason}", innerException) => Problem = new BackupProblem(kind, reason, place);

    internal BackupProblem Problem { get; }

    /// <summary>The same, with the outcome of the events before it.</summary>
    internal EventFileException Followed(string sentence) =>
        new(Problem.Kind, $"{Problem.Message} {sentence}", Problem.Place, InnerException);
}
