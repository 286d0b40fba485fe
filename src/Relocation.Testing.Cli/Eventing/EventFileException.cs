namespace Relocation.Testing.Cli.Eventing;

/// <summary>A file of events cannot be read, or an event of it not be saved. The place is a part of the message.</summary>
internal sealed class EventFileException : RelocationException
{
    /// <param name="kind">What kind of problem it is.</param>
    /// <param name="reason">What is wrong and what to do.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="innerException">What led to it, or null.</param>
    internal EventFileException(BackupProblemKind kind, string reason, RecordPlace place, Exception? innerException = null)
        : base($"{place}: {reason}", innerException) => Problem = new BackupProblem(kind, reason, place);

    internal BackupProblem Problem { get; }

    /// <summary>The same, with what became of the events before.</summary>
    internal EventFileException Followed(string sentence) =>
        new(Problem.Kind, $"{Problem.Message} {sentence}", Problem.Place, InnerException);
}
