using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Tasks.Running;
using Relocation.Testing.Sentry.Tasks.Rows;
using Relocation.Testing.Sentry.Tasks.Steps;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;
using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.Specification.Sentry.Tasks;

/// <summary>A database with users, a storage and a clock, and relocations between them.</summary>
internal sealed class TaskBed : IAsyncDisposable
{
    internal const string Owner = "owner@example.com";
    internal const string Admin = "admin@example.com";

    private static readonly Lazy<(string Public, string Private)> Keys = new(MakeKeys);

    private TaskBed(TestDatabase database, DbConnection connection)
    {
        Database = database;
        Connection = connection;
    }

    internal static Guid Uuid { get; } = new("3f2504e0-4f89-41d3-9a0c-0305e82c3301");

    internal TestDatabase Database { get; }

    internal DbConnection Connection { get; }

    internal MemoryStorage Storage { get; } = new();

    internal WaitingClock Clock { get; } = new(Imports.Now);

    internal List<RelocationMessage> Sent { get; } = [];

    /// <summary>What was said of progress.</summary>
    internal List<RelocationProgress> Progress { get; } = [];

    internal bool AllowPlainJson { get; set; } = true;

    internal bool IsEncrypting { get; set; }

    internal bool WaitsBetweenAttempts { get; set; }

    internal RelocationStep? AutopauseAt { get; set; }

    internal RelocationLimits Limits { get; set; } = new();

    internal Func<RelocationTaskName, int, Exception?>? FailAt { get; set; }

    /// <summary>Steps of a test's own, instead of those that do nothing.</summary>
    internal Dictionary<RelocationTaskName, TaskStep> Own { get; } = [];

    /// <summary>The relocations whose import was taken back.</summary>
    internal List<Guid> Undone { get; } = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal RelocationTaskOptions Options => new()
    {
        Storage = Storage,
        Clock = Clock,
        AllowPlainJson = AllowPlainJson,
        Decryptor = BackupDecryptor.FromPem(Keys.Value.Private),
        Encryptor = IsEncrypting ? BackupEncryptor.FromPem(Keys.Value.Public) : null,
        WaitsBetweenAttempts = WaitsBetweenAttempts,
        AutopauseAt = AutopauseAt,
        Limits = Limits,
        FailAt = FailAt,
        Progress = new ProgressList(Progress),
        Send = (message, _) =>
        {
            Sent.Add(message);
            return Task.CompletedTask;
        },
    };

    internal TaskSteps Steps => new(
        TaskDefinition.All.Select(task => Own.GetValueOrDefault(task.Name) ?? new FakeStep(task.Name)),
        (_, _, row, _) =>
        {
            Undone.Add(row.Uuid);
            return Task.CompletedTask;
        });

    internal RelocationTask Relocations => new(Database.Engine, Options, Steps);

    internal TaskSql Sql => new(Database.Engine, Connection, null);

    internal TaskRunner Runner => new(Database.Engine, Connection, Options, Steps, Uuid);

    /// <summary>A database with the owner and an administrator.</summary>
    internal static async Task<TaskBed> CreateAsync(DatabaseUnderTest engine)
    {
        var database = await DatabaseTemplates.CopyAsync(engine, "Sentry for tasks", () => new TestDatabaseOptions
        {
            Target = engine.Target,
            Model = SentryModel.Create(engine.Target.Engine, SentryTables.Import | SentryTables.Tasks),
            Schema = SchemaSource.FromModel,
        });
        await database.ImportAsync(new JsonArray(User(1, Owner), User(2, Admin)).ToBackup(), SentryScopes.User);
        return new TaskBed(database, await database.OpenConnectionAsync(Cancel));
    }

    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        await Database.DisposeAsync();
    }

    internal static JsonObject User(long key, string name) => Record("sentry.user", key, new JsonObject
    {
        ["username"] = name, ["name"] = string.Empty, ["email"] = name, ["password"] = string.Empty,
    });

    internal static JsonObject Organization(long key, string slug) => Record("sentry.organization", key, new JsonObject { ["slug"] = slug, ["name"] = slug });

    internal static JsonObject Member(long key, long organization, long? user) =>
        Record("sentry.organizationmember", key, new JsonObject { ["organization"] = organization, ["user_id"] = user });

    internal static JsonObject Record(string model, long key, JsonObject fields) => new() { ["model"] = model, ["pk"] = key, ["fields"] = fields };

    /// <summary>A file of one organization, <c>acme</c>, and one member.</summary>
    internal static JsonArray File() => new(User(4, "ada@example.com"), Organization(5, "acme"), Member(6, 5, 4));

    /// <summary>A backup as an encrypted tarball.</summary>
    internal static async Task<byte[]> TarballAsync(JsonArray records)
    {
        using var stream = new MemoryStream();
        await records.ToBackup().CopyToAsync(BackupDestination.ToStream(stream).EncryptedWith(BackupEncryptor.FromPem(Keys.Value.Public)), Cancel);
        return stream.ToArray();
    }

    internal static RelocationRequest Request(byte[]? file = null, params string[] slugs) => new()
    {
        File = new MemoryStream(file ?? System.Text.Encoding.UTF8.GetBytes(File().ToJsonString())),
        Owner = Owner,
        Organizations = slugs.Length == 0 ? ["acme"] : slugs,
        Uuid = Uuid,
    };

    internal Task<RelocationState> StartAsync(RelocationRequest? request = null) => Relocations.StartAsync(Connection, request ?? Request(), Cancel);

    internal Task<RelocationState> RunAsync() => Relocations.RunAsync(Connection, Uuid, Cancel);

    internal Task<RelocationState> StateAsync() => Relocations.FindAsync(Connection, Uuid, Cancel);

    internal async Task<RelocationRow> RowAsync() => (await RelocationRows.FindAsync(Sql, Uuid, Cancel))!;

    /// <summary>Puts the row into a state, as a run before would have left it.</summary>
    internal async Task<RelocationRow> SetAsync(Func<RelocationRow, RelocationRow> change)
    {
        var row = change(await RowAsync());
        await RelocationRows.UpdateAsync(Sql, row, Clock.GetUtcNow(), Cancel);
        return row;
    }

    /// <summary>Starts a task as a queue would.</summary>
    internal async Task<StartKind> StartTaskAsync(RelocationTaskName task)
    {
        var runner = Runner;
        await Connection.RunAsync("UPDATE sentry_relocation SET lease_owner = NULL");
        await runner.TakeAsync(Cancel);
        return await runner.StartAsync(TaskDefinition.Of(task), Cancel);
    }

    /// <summary>Demands that something is refused, and says with which words.</summary>
    internal static async Task<string> RefusedAsync(RelocationTaskErrorKind kind, Func<Task> act)
    {
        var refused = await Assert.ThrowsAsync<RelocationTaskException>(act);
        Assert.Equal(kind, refused.Kind);
        return refused.Message;
    }

    private static (string Public, string Private) MakeKeys()
    {
        using var rsa = RSA.Create(2048);
        return (rsa.ExportSubjectPublicKeyInfoPem(), rsa.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>Hears at once, where the framework's own class hears later.</summary>
    private sealed class ProgressList(List<RelocationProgress> heard) : IProgress<RelocationProgress>
    {
        public void Report(RelocationProgress value)
        {
            lock (heard)
            {
                heard.Add(value);
            }
        }
    }
}
