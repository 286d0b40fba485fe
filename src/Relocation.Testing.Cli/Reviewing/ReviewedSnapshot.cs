using Relocation.Testing.Files;
using Relocation.Testing.Snapshots;

namespace Relocation.Testing.Cli.Reviewing;

/// <summary>One snapshot with its files.</summary>
internal sealed record ReviewedSnapshot
{
    /// <summary>The approved file's path from the searched folder, without its ending.</summary>
    internal required string Name { get; init; }

    internal required ReviewState State { get; init; }

    /// <summary>The approved file, or where it will be.</summary>
    internal required string Approved { get; init; }

    /// <summary>What was received, the newest first: beside the approved file, in the artifacts folder, or both.</summary>
    internal required IReadOnlyList<string> Received { get; init; }

    /// <summary>The command that approves what was received.</summary>
    internal required string AcceptCommand { get; init; }

    /// <summary>Approves what was received last. The approved file is written whole or not at all, and what was received goes after that.</summary>
    internal async Task AcceptAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Approved)!);
        await TargetFile.WriteAsync(Approved, CopyAsync, cancellationToken).ConfigureAwait(false);
        Remove(Received);
    }

    /// <summary>Takes away what was received; what was approved stays.</summary>
    internal void Reject() => Remove(Received);

    /// <summary>What the test's failure says.</summary>
    internal async Task<string> DescribeAsync(CancellationToken cancellationToken)
    {
        if (Received.Count == 0)
        {
            return $"Nothing was received that differs.{Environment.NewLine}  approved: {Approved}";
        }

        var received = await SnapshotFile.ReadAsync(Received[0], cancellationToken).ConfigureAwait(false);
        var approved = State == ReviewState.New ? string.Empty : await SnapshotFile.ReadAsync(Approved, cancellationToken).ConfigureAwait(false);
        if (approved.Length == 0)
        {
            return $"{SnapshotErrors.NothingApproved(Approved, Received[0], null, AcceptCommand).Message}\n\n{received}";
        }

        var (diff, text) = SnapshotContent.Of(received).CompareWith(approved);
        return received == approved
            ? $"What was received is what is approved.\n  approved: {Approved}\n  received: {Received[0]}"
            : SnapshotErrors.SnapshotsDiffer(Approved, Received[0], null, AcceptCommand, diff?.ToString() ?? text(0), diff).Message;
    }

    private async Task CopyAsync(Stream target, CancellationToken cancellationToken)
    {
        var received = new FileStream(Received[0], FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        await using (received.ConfigureAwait(false))
        {
            await received.CopyToAsync(target, cancellationToken).ConfigureAwait(false);
        }
    }

    private static string DiffOf(string received) => received[..^SnapshotPaths.ReceivedEnd.Length] + SnapshotPaths.DiffEnd;

    private static void Remove(IEnumerable<string> received)
    {
        foreach (var file in received)
        {
            File.Delete(file);
            File.Delete(DiffOf(file));
        }
    }
}
