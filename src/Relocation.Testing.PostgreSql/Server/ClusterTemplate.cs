using System.Security.Cryptography;
using System.Text;
using Relocation.Testing.Databases;
using Relocation.Testing.Files;

namespace Relocation.Testing.PostgreSql.Server;

/// <summary>An initialised, never started cluster that servers are copied from: <c>initdb</c> takes a second, a copy a blink.</summary>
internal static class ClusterTemplate
{
    /// <summary>Counts up when the arguments of <c>initdb</c> change.</summary>
    private const string Layout = "1";

    /// <summary>What stands between the name of a template and that of the process that makes it.</summary>
    private const string Unfinished = ".new-";

    /// <summary>How long somebody else who makes the same template is waited for. After that it is made twice, and the first one counts.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>The folder of the cluster; made where it is missing.</summary>
    internal static async Task<string> GetAsync(
        PostgreSqlBinaries binaries, ServerAccount account, string cache, CancellationToken cancellationToken)
    {
        var version = await ShellCommand.RunAsync([binaries.Postgres, "--version"], cancellationToken).ConfigureAwait(false);
        var identity = string.Join('\n', Layout, version, binaries.Folder, account.Owner);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..16];
        var folder = Path.Combine(cache, $"cluster-{hash}");
        if (!Directory.Exists(folder))
        {
            try
            {
                await MakeOnceAsync(binaries, account, folder, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw ServerErrors.CacheUnusable(cache, exception);
            }
        }

        RemoveAbandoned(folder);
        return folder;
    }

    private static async Task MakeOnceAsync(PostgreSqlBinaries binaries, ServerAccount account, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        var hold = await HoldAsync(folder + ".lock", cancellationToken).ConfigureAwait(false);
        await using ((hold ?? Stream.Null).ConfigureAwait(false))
        {
            if (!Directory.Exists(folder))
            {
                await MakeAsync(binaries, account, folder, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>It only saves work when one process makes the template and others wait, so that nobody waits for ever: null.</summary>
    private static async Task<FileStream?> HoldAsync(string path, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            return await FileLock.HoldAsync(path, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>
    /// Each process works in a folder of its own and renames it: what one that was killed has left, and programs that outlive it still write to, is in
    /// nobody's way.
    /// </summary>
    private static async Task MakeAsync(PostgreSqlBinaries binaries, ServerAccount account, string folder, CancellationToken cancellationToken)
    {
        var owner = FileOwner.In(Path.GetDirectoryName(folder)!);
        var own = $"{folder}{Unfinished}{owner.Use()}-{RandomNumberGenerator.GetHexString(8, lowercase: true)}";
        try
        {
            await InitialiseAsync(binaries, account, own, cancellationToken).ConfigureAwait(false);
            Directory.Move(own, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // Another process was faster.
        }
        catch (PostgreSqlUnavailableException exception) when (FolderRoom.Of(folder) is { IsFull: true } room)
        {
            throw ServerErrors.ClusterNotMade(room, exception);
        }
        finally
        {
            TryDelete(own);
            owner.Release();
        }
    }

    private static async Task InitialiseAsync(
        PostgreSqlBinaries binaries, ServerAccount account, string folder, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        if (account.Owner is { } owner)
        {
            await ShellCommand.RunAsync(["chown", owner, folder], cancellationToken).ConfigureAwait(false);
        }

        await ShellCommand.RunAsync(
            [
                .. account.Prefix, binaries.Initdb, "--pgdata", folder, "--username", "postgres", "--auth", "trust",
                "--encoding", "UTF8", "--locale", "C", "--no-sync",
            ],
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes what processes that live no more have begun.</summary>
    private static void RemoveAbandoned(string folder)
    {
        var cache = Path.GetDirectoryName(folder)!;
        var prefix = Path.GetFileName(folder) + Unfinished;
        foreach (var unfinished in Directory.GetDirectories(cache, prefix + "*"))
        {
            if (FileOwner.NameOf(unfinished, prefix) is { } name && FileOwner.In(cache).IsDead(name))
            {
                TryDelete(unfinished);
            }
        }
    }

    private static void TryDelete(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A program still writes there, or it is another user's. It goes another time.
        }
    }
}
