using Relocation.Testing.Specification.Importing;
using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.Specification.Sentry.Tasks;

/// <summary>A relocation that stands at a chosen point when its process, <see cref="KilledRelocations"/>, is killed.</summary>
/// <param name="Connection">The connection string of its database.</param>
/// <param name="Folder">The folder of its files.</param>
/// <param name="Version">The version of its tables.</param>
/// <param name="PublicKey">The key that its files are encrypted with.</param>
/// <param name="PrivateKey">The key that they are decrypted with.</param>
/// <param name="IsResumable">Whether the import is committed chunk by chunk.</param>
/// <param name="Task">The task to stand in.</param>
/// <param name="Statement">The statement of the task to stand before, from 1; 0 for its beginning.</param>
public sealed record KilledRelocation(
    string Connection, string Folder, string Version, string PublicKey, string PrivateKey, bool IsResumable, RelocationTaskName Task, int Statement)
{
    /// <summary>Runs the relocation here.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="watch">Tells of statements.</param>
    /// <param name="stand">Is called at the chosen point.</param>
    /// <returns>How many statements each task has sent.</returns>
    internal async Task<IReadOnlyDictionary<RelocationTaskName, int>> RunAsync(DatabaseEngine engine, StatementWatch watch, Action stand)
    {
        await using var connection = await KilledImport.OpenAsync(engine, Connection);
        var counts = new Dictionary<RelocationTaskName, int>();
        var current = RelocationTaskName.None;
        watch.Begin(connection, () =>
        {
            counts[current] = counts.GetValueOrDefault(current) + 1;
            if (current == Task && counts[current] == Statement)
            {
                stand();
            }
        });
        var relocation = new RelocationTask(engine, Options((task, _) =>
        {
            current = task;
            if (task == Task && Statement == 0)
            {
                stand();
            }

            return null;
        }));
        await relocation.RunAsync(connection, RelocationTrial.Uuid);
        return counts;
    }

    private RelocationTaskOptions Options(Func<RelocationTaskName, int, Exception?> at) => new()
    {
        Version = Version,
        Storage = RelocationStorage.InFolder(Folder),
        Decryptor = BackupDecryptor.FromPem(PrivateKey),
        Encryptor = BackupEncryptor.FromPem(PublicKey),
        IsResumable = IsResumable,
        WaitsBetweenAttempts = false,
        Clock = new FixedClock(Imports.Now),
        FailAt = at,
    };
}
