namespace Relocation.Testing.Resetting;

/// <summary>Notes what is touched and puts only that back.</summary>
internal abstract class UndoLog : BaselineReset
{
    /// <summary>Makes ready to note what is touched, or changes nothing and says why that would not be exact.</summary>
    /// <returns>What could change unnoticed, as sentences for the user; nothing where the log is exact.</returns>
    internal abstract Task<IReadOnlyList<string>> PrepareAsync(CancellationToken cancellationToken);

    /// <summary>Looks at the rows that were touched. Nothing is written, and what others have not committed is not seen.</summary>
    /// <exception cref="ResetException">It does not know what was touched, or others are in the way.</exception>
    internal abstract Task<TouchedRows> OpenTouchedAsync(CancellationToken cancellationToken);

    /// <summary>Deletes all rows of the tables that can have any, and restarts their key counters.</summary>
    /// <param name="options">Which tables to leave alone.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ResetException">The options do not fit the database, or it does not know what was touched.</exception>
    internal abstract Task EmptyTouchedAsync(ResetOptions options, CancellationToken cancellationToken);
}
