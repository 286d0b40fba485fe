using System.Security.Cryptography;
using System.Text.Json.Nodes;
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

    /// <summary>The relocation that was started.</summary>
    internal Guid Identity { get; private set; } = Uuid;

    internal MovableClock Clock { get; } = new(Imports.Now);

    internal ListLogger Log { get; } = new();

    /// <summary>The messages that were sent.</summary>
    internal List<RelocationMessage> Sent { get; } = [];

    internal static BackupEncryptor Encryptor => BackupEncryptor.FromPem(Keys.Value.Public);

    internal static string PublicKey => Keys.Value.Public;

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
        Func<Guid, CancellationToken, Task>? relocated = null,
        bool isEncrypting = true,
        IProgress<RelocationProgress>? progress = null,
        SentryImportOptions? import = null) => new()
        {
            Progress = progress,
            Import = import ?? new SentryImportOptions(),
            Version = Version,
            Storage = Storage,
            Decryptor = BackupDecryptor.FromPem(PrivateKey),
            Encryptor = isEncrypting ? Encryptor : null,
            IsResumable = isResumable,
            FailAt = failAt,
            ScratchTarget = scratch,
            Relocated = relocated,
            WaitsBetweenAttempts = false,
            Clock = Clock,
            Logger = Log,
            Send = (message, _) =>
            {
                Sent.Add(message);
                return Task.CompletedTask;
            },
        };

    /// <summary>Starts a relocation of a backup.</summary>
    internal async Task<RelocationState> StartAsync(
        Backup backup, IReadOnlyCollection<string> organizations, RelocationTaskOptions? options = null, RelocationProvenance provenance = default, Guid? uuid = null)
    {
        Identity = uuid ?? Uuid;
        using var tarball = new MemoryStream();
        await backup.CopyToAsync(BackupDestination.ToStream(tarball).EncryptedWith(Encryptor), Cancel);
        tarball.Position = 0;
        await using var connection = await Database.OpenConnectionAsync(Cancel);
        return await new RelocationTask(Engine, options ?? Options()).StartAsync(
            connection,
            new RelocationRequest { File = tarball, Owner = Owner, Organizations = organizations, Provenance = provenance, Uuid = Identity },
            Cancel);
    }

    /// <summary>Runs what was started.</summary>
    internal async Task<RelocationState> RunAsync(RelocationTaskOptions? options = null)
    {
        await using var connection = await Database.OpenConnectionAsync(Cancel);
        return await new RelocationTask(Engine, options ?? Options()).RunAsync(connection, Identity, Cancel);
    }

    /// <summary>Runs until a task would start, as a run that was broken off there.</summary>
    internal async Task<RelocationState> RunToAsync(RelocationTaskName task, bool isResumable = false, bool isEncrypting = true)
    {
        using var broken = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        await using var connection = await Database.OpenConnectionAsync(Cancel);
        var relocation = new RelocationTask(Engine, Options(isResumable, isEncrypting: isEncrypting, failAt: (at, _) =>
        {
            if (at != task)
            {
                return null;
            }

            broken.Cancel();
            return new OperationCanceledException(broken.Token);
        }));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => relocation.RunAsync(connection, Identity, broken.Token));
        return await relocation.FindAsync(connection, Identity, Cancel);
    }

    /// <summary>Changes a plain file of the storage.</summary>
    internal async Task EditAsync(string name, Action<JsonArray> edit)
    {
        var path = Path.Combine(Folder, "runs", Uuid.ToString(), name);
        var records = JsonNode.Parse(await File.ReadAllTextAsync(path, Cancel))!.AsArray();
        edit(records);
        await File.WriteAllTextAsync(path, records.ToJsonString(), Cancel);
    }

    /// <summary>The names of the relocation's files that begin with a text, without what all have in common.</summary>
    internal async Task<IReadOnlyList<string>> FilesAsync(string prefix)
    {
        var folder = $"runs/{Uuid}/";
        return [.. (await Storage.ListAsync(folder + prefix, Cancel)).Select(name => name[folder.Length..])];
    }

    /// <summary>The identities of the validation's runs, in their order.</summary>
    internal async Task<Guid[]> RunsAsync() =>
        [.. (await TextAsync("SELECT build_id FROM sentry_relocationvalidationattempt ORDER BY id")).Split('\n').Select(Guid.Parse)];

    /// <summary>The rows of all tables but the relocations' own: one text a table.</summary>
    internal async Task<IReadOnlyDictionary<string, string>> RowsAsync()
    {
        var tables = SentryModel.CreateForImport(Engine, Version).Entities.Select(entity => entity.Table).Distinct().Order(StringComparer.Ordinal).ToList();
        await using var connection = await Database.OpenConnectionAsync(Cancel);
        var rows = await connection.TextsAsync(tables.Select(table => $"SELECT * FROM {table} ORDER BY id"));
        return tables.Zip(rows).ToDictionary(table => table.First, table => table.Second);
    }

    /// <summary>Where the key counters stand, those of the relocations' own tables apart.</summary>
    internal async Task<string> CountersAsync() => Engine.Name == "PostgreSQL"
        ? await TextAsync("SELECT sequencename, last_value FROM pg_sequences WHERE sequencename NOT LIKE 'sentry_relocation%' ORDER BY sequencename")
        : await TextAsync("SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_sequence'") == "0"
            ? string.Empty
            : await TextAsync("SELECT name, seq FROM sqlite_sequence WHERE name NOT LIKE 'sentry_relocation%' ORDER BY name");

    /// <summary>Lets the database refuse every new project until it is told otherwise. The trigger stays, as a resumed import wants the same ones.</summary>
    internal Task RefuseProjectsAsync() => Database.RunAsync("CREATE TABLE closed (id int); INSERT INTO closed VALUES (1);" + (Engine.Name == "PostgreSQL"
        ? """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN IF EXISTS (SELECT 1 FROM closed) THEN RAISE EXCEPTION 'no projects today'; END IF; RETURN NEW; END $$;
            CREATE TRIGGER refuse BEFORE INSERT ON sentry_project FOR EACH ROW EXECUTE FUNCTION refuse()
            """
        : "CREATE TRIGGER refuse BEFORE INSERT ON sentry_project WHEN EXISTS (SELECT 1 FROM closed) BEGIN SELECT RAISE(ABORT, 'no projects today'); END"));

    /// <summary>Lets the relocation be ended within the import's own transaction, when a project is inserted.</summary>
    internal Task EndWhenProjectsComeAsync() => Database.RunAsync(Engine.Name == "PostgreSQL"
        ? """
            CREATE FUNCTION ended() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN UPDATE sentry_relocation SET status = 1; RETURN NEW; END $$;
            CREATE TRIGGER ended BEFORE INSERT ON sentry_project FOR EACH ROW EXECUTE FUNCTION ended()
            """
        : "CREATE TRIGGER ended BEFORE INSERT ON sentry_project BEGIN UPDATE sentry_relocation SET status = 1; END");

    internal Task AllowProjectsAsync() => Database.RunAsync("DELETE FROM closed");

    /// <summary>
    /// A file of three organizations, of which <c>acme</c> and <c>beta</c> are wanted: ada is a member of the first, bob of both, and eve of the third.
    /// Bob's address has no record.
    /// </summary>
    internal static SentryRecords Organizations() => new SentryRecords()
        .User(11, "ada").User(12, "bob").User(13, "eve")
        .Email(21, "ada@example.com").Email(23, "eve@example.com")
        .UserEmail(31, 11, "ada@example.com").UserEmail(33, 13, "eve@example.com")
        .Organization(41, "acme").Organization(42, "beta").Organization(43, "other")
        .Member(51, 41, 11).Member(52, 41, 12, ("role", "owner")).Member(53, 42, 12).Member(54, 43, 13)
        .Project(61, 41, "rocket").Project(62, 42, "sled")
        .Add("projectkey", 71, ("project", 61), ("label", "key"), ("public_key", "11111111111111111111111111111111"), ("secret_key", "22222222222222222222222222222222"))
        .Add("useroption", 81, ("user", 11), ("key", "timezone"), ("value", "\"Europe/Vienna\""));

    internal static string[] Wanted { get; } = ["acme", "beta"];

    /// <summary>What the ledger says became of the records.</summary>
    internal async Task<PrimaryKeyMap> MapAsync()
    {
        await using var connection = await Database.OpenConnectionAsync(Cancel);
        return await TaskLedger.ReadAsync(connection, Identity);
    }

    internal Task<string> TextAsync(string sql) => Database.TextAsync(sql);
}
