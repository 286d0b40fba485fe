using System.Security.Cryptography;
using System.Text;
using Relocation.Testing.Databases;

namespace Relocation.Testing.PostgreSql.Server;

/// <summary>An initialised, never started cluster that servers are copied from: <c>initdb</c> takes a second, a copy a blink.</summary>
internal static class ClusterTemplate
{
    /// <summary>Counts up when the arguments of <c>initdb</c> change.</summary>
    private const string Layout = "1";

    /// <summary>The folder of the cluster; made where it is missing, by one process at a time.</summary>
    internal static async Task<string> GetAsync(
        PostgreSqlBinaries binaries, ServerAccount account, string cache, CancellationToken cancellationToken)
    {
        var version = await ShellCommand.RunAsync([binaries.Postgres, "--version"], cancellationToken).ConfigureAwait(false);
        var identity = string.Join('\n', Layout, version, binaries.Folder, account.Owner);
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(identity)))[..16];
        var folder = Path.Combine(cache, $"cluster-{hash}");
        if (Directory.Exists(folder))
        {
            return folder;
        }

        Directory.CreateDirectory(cache);
        var hold = await FileLock.HoldAsync(folder + ".lock", cancellationToken).ConfigureAwait(false);
        await using (hold.ConfigureAwait(false))
        {
            if (!Directory.Exists(folder))
            {
                await InitialiseAsync(binaries, account, folder, cancellationToken).ConfigureAwait(false);
            }
        }

        return folder;
    }

    private static async Task InitialiseAsync(
        PostgreSqlBinaries binaries, ServerAccount account, string folder, CancellationToken cancellationToken)
    {
        // Whoever is killed half-way leaves this folder, never a half-made template.
        var unfinished = folder + ".new";
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        Directory.CreateDirectory(unfinished);
        if (account.Owner is { } owner)
        {
            await ShellCommand.RunAsync(["chown", owner, unfinished], cancellationToken).ConfigureAwait(false);
        }

        await ShellCommand.RunAsync(
            [
                .. account.Prefix, binaries.Initdb, "--pgdata", unfinished, "--username", "postgres", "--auth", "trust",
                "--encoding", "UTF8", "--locale", "C", "--no-sync",
            ],
            cancellationToken).ConfigureAwait(false);
        Directory.Move(unfinished, folder);
    }
}
