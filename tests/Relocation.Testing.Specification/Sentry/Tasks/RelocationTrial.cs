using System.Security.Cryptography;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;
using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.Specification.Sentry.Tasks;

/// <summary>A relocation for a test: a database with its owner, a folder for its files, keys, and a clock that stands still unless the test moves it.</summary>
internal sealed class RelocationTrial : IAsyncDisposable
{
    internal const string Owner = "boss";

    internal static readonly Guid Uuid = new("5b0c8a11-5d0e-4d6c-9b5f-0f5a2c9d7e10");

    private static readonly Lazy<(string Public, string Private)> Keys = new(() =>
    {
        using var rsa = RSA.Create(2048);
        return (rsa.ExportSubjectPublicKeyInfoPem(), rsa.ExportPkcs8PrivateKeyPem());
    });

    private RelocationTrial(TestDatabase database, string folder, string version)
    {
        Database = database;
        Folder = folder;
        Version = version;
        Storage = RelocationStorage.InFolder(folder);
    }

    internal TestDatabase Database { get; }

    internal DatabaseEngine Engine => Database.Engine;

    internal string Folder { get; }

    internal string Version { get; }

    internal RelocationStorage Storage { get; }

    internal MovableClock Clock { get; } = new(Imports.Now);

    /// <summary>The messages that were sent.</summary>
    internal List<RelocationMessage> Sent { get; } = [];

    internal static BackupEncryptor Encryptor => BackupEncryptor.FromPem(Keys.Value.Public);

    internal static string PrivateKey => Keys.Value.Private;

    internal static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Makes a database that has the owner, and what else a backup holds.</summary>
    internal static async Task<RelocationTrial> CreateAsync(DatabaseUnderTest engine, string version = SentryModel.Head, SentryRecords? target = null)
    {
        var database = await DatabaseTemplates.CopyAsync(engine, $"Sentry for relocations {version}", () => new TestDatabaseOptions
        {
            Target = engine.Target,
            Model = SentryModel.Create(engine.Target.Engine, SentryTables.Import | SentryTables.Tasks, version),
            Schema = SchemaSource.FromModel,
        });
        var trial = new RelocationTrial(database, Directory.CreateTempSubdirectory("relocation-tasks-").FullName, version);
        await database.ImportAsync(
            (target ?? new SentryRecords()).User(901, Owner).Email(901, "boss@example.com").UserEmail(901, 901, "boss@example.com").Backup,
            SentryScopes.Global,
            new SentryImportOptions { Version = version, Clock = new FixedClock(Imports.Now.AddDays(-30)), Seed = 77 });
        return trial;
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>The options of this trial; the test changes some.</summary>
    internal RelocationTaskOptions Options(
        bool isResumable = false,
        Func<RelocationTaskName, int, Exception?>? failAt = null,
        Func<System.Data.Common.DbConnection, DatabaseTarget>? scratch = null,
        Func<Guid, CancellationToken, Task>? relocated = null) => new()
        {
            Version = Version,
            Storage = Storage,
            Decryptor = BackupDecryptor.FromPem(PrivateKey),
            Encryptor = Encryptor,
            IsResumable = isResumable,
            FailAt = failAt,
            ScratchTarget = scratch,
            Relocated = relocated,
            WaitsBetweenAttempts = false,
            Clock = Clock,
            Send = (message, _) =>
            {
                Sent.Add(message);
                return Task.CompletedTask;
            },
        };

    /// <summary>Starts a relocation of a backup.</summary>
    internal async Task<RelocationState> StartAsync(
        Backup backup, IReadOnlyCollection<string> organizations, RelocationTaskOptions? options = null, RelocationProvenance provenance = default)
    {
        using var tarball = new MemoryStream();
        await backup.CopyToAsync(BackupDestination.ToStream(tarball).EncryptedWith(Encryptor), Cancel);
        tarball.Position = 0;
        await using var connection = await Database.OpenConnectionAsync(Cancel);
        return await new RelocationTask(Engine, options ?? Options()).StartAsync(
            connection,
            new RelocationRequest { File = tarball, Owner = Owner, Organizations = organizations, Provenance = provenance, Uuid = Uuid },
            Cancel);
    }

    /// <summary>Runs what was started.</summary>
    internal async Task<RelocationState> RunAsync(RelocationTaskOptions? options = null)
    {
        await using var connection = await Database.OpenConnectionAsync(Cancel);
        return await new RelocationTask(Engine, options ?? Options()).RunAsync(connection, Uuid, Cancel);
    }

    /// <summary>What the ledger says became of the records.</summary>
    internal async Task<PrimaryKeyMap> MapAsync()
    {
        await using var connection = await Database.OpenConnectionAsync(Cancel);
        return await TaskLedger.ReadAsync(connection, Uuid);
    }

    internal Task<string> TextAsync(string sql) => Database.TextAsync(sql);
}
