namespace Relocation.Testing.Snapshots;

/// <summary>One comparison of what was received with what was approved, and the files that it leaves.</summary>
internal sealed class SnapshotCheck(SnapshotContent content, SnapshotPaths paths, SnapshotEnvironment environment)
{
    private const int MostListedInFile = 10_000;

    private string ReceivedPath => environment.IsBuildServer ? paths.ReceivedArtifact : paths.Received;

    private string? DiffPath => environment.IsBuildServer ? paths.DiffArtifact : null;

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        if (environment.RunFolder is { } run)
        {
            await SnapshotRun.NoteAsync(run, paths.Approved, cancellationToken).ConfigureAwait(false);
        }

        var exists = File.Exists(paths.Approved);
        if (exists && await SnapshotFile.HoldsAsync(paths.Approved, content.Chunks(), cancellationToken).ConfigureAwait(false))
        {
            Clear();
            return;
        }

        await WriteAsync(ReceivedPath, content.Chunks(), cancellationToken).ConfigureAwait(false);
        var approved = exists
            ? await SnapshotFile.ReadAsync(paths.Approved, cancellationToken).ConfigureAwait(false)
            : string.Empty;

        // Diff tools need a file on either side, so an empty approved file is one that a tool was opened for.
        var mismatch = approved.Length == 0
            ? await NothingApprovedAsync(cancellationToken).ConfigureAwait(false)
            : await DifferentAsync(approved, cancellationToken).ConfigureAwait(false);
        await OfferAsync().ConfigureAwait(false);
        throw mismatch;
    }

    private async Task<SnapshotMismatchException> NothingApprovedAsync(CancellationToken cancellationToken)
    {
        var mismatch = SnapshotErrors.NothingApproved(paths.Approved, ReceivedPath, DiffPath, paths.AcceptCommand);
        await LeaveDiffAsync(mismatch.Message, cancellationToken).ConfigureAwait(false);
        return mismatch;
    }

    private async Task<SnapshotMismatchException> DifferentAsync(string approved, CancellationToken cancellationToken)
    {
        var (diff, text) = content.CompareWith(approved);
        await LeaveDiffAsync(text(MostListedInFile), cancellationToken).ConfigureAwait(false);
        return SnapshotErrors.SnapshotsDiffer(paths.Approved, ReceivedPath, DiffPath, paths.AcceptCommand, diff?.ToString() ?? text(0), diff);
    }

    private Task LeaveDiffAsync(string text, CancellationToken cancellationToken) =>
        environment.IsBuildServer
            ? WriteAsync(paths.DiffArtifact, [text.AsMemory()], cancellationToken)
            : Task.CompletedTask;

    private static Task WriteAsync(string path, IEnumerable<ReadOnlyMemory<char>> chunks, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return SnapshotFile.WriteAsync(path, chunks, cancellationToken);
    }

    private async Task OfferAsync()
    {
        if (environment.OpenDiffTool is not { } open)
        {
            return;
        }

        try
        {
            await open(ReceivedPath, paths.Approved).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // A tool that does not start must not hide the mismatch, whose message names both files.
        }
    }

    /// <summary>
    /// Takes away what a mismatch of an earlier run left. What this run left is another test's with the same approved file,
    /// of another engine for example.
    /// </summary>
    private void Clear()
    {
        if (IsOld(ReceivedPath))
        {
            File.Delete(ReceivedPath);
            environment.CloseDiffTool?.Invoke(ReceivedPath, paths.Approved);
        }

        if (environment.IsBuildServer && IsOld(paths.DiffArtifact))
        {
            File.Delete(paths.DiffArtifact);
        }
    }

    private bool IsOld(string path) => File.Exists(path) && File.GetLastWriteTimeUtc(path) < environment.RunStart;
}
