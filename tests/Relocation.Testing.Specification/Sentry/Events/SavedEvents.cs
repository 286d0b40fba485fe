using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;
using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.Specification.Sentry.Events;

/// <summary>What tests of event saving do again and again.</summary>
internal static class SavedEvents
{
    /// <summary>The keys that the imported projects have: two of the organization acme, one of the organization umbrella.</summary>
    internal const long Shop = 1;

    internal const long Blog = 2;

    internal const long Other = 3;

    /// <summary>One writer a database: events without id get ids of their own though the clock stands still.</summary>
    private static readonly ConditionalWeakTable<TestDatabase, EventWriter> Writers = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The time of these tests, in seconds since 1970.</summary>
    internal static long Now { get; } = Imports.Now.ToUnixTimeSeconds();

    internal static TimeProvider Clock { get; } = new FixedClock(Imports.Now);

    internal static EventWriterOptions Options { get; } = new() { Clock = Clock };

    /// <summary>A database into which two organizations with three projects were imported.</summary>
    internal static Task<TestDatabase> SentryEventsAsync(this DatabaseUnderTest engine, string version = SentryModel.Head) =>
        DatabaseTemplates.CopyAsync(engine, $"Sentry for events {version}", () => new TestDatabaseOptions
        {
            Target = engine.Target,
            Model = SentryModel.Create(engine.Target.Engine, SentryTables.Import | SentryTables.Events, version),
            Schema = SchemaSource.FromModel,
            Seed = (connection, cancellationToken) => ImportAsync(engine.Target.Engine, connection, version, cancellationToken),
        });

    internal static EventWriter Writer(this TestDatabase database, EventWriterOptions? options = null) => options is null
        ? Writers.GetValue(database, static created => new EventWriter(created.Engine, Options))
        : new EventWriter(database.Engine, options);

    /// <summary>Saves one event with a writer of its own.</summary>
    internal static async Task<EventResult> SaveAsync(this TestDatabase database, JsonObject data, long project = Shop, EventWriterOptions? options = null)
    {
        await using var connection = await database.OpenConnectionAsync(Cancel);
        return await database.Writer(options).SaveAsync(connection, project, data, Cancel);
    }

    internal static async Task<IReadOnlyList<EventResult>> SaveManyAsync(
        this TestDatabase database, IEnumerable<EventInput> events, EventWriterOptions? options = null)
    {
        await using var connection = await database.OpenConnectionAsync(Cancel);
        return await database.Writer(options).SaveManyAsync(connection, [.. events], Cancel);
    }

    /// <summary>An event with a message, so many seconds before or after now.</summary>
    internal static JsonObject Message(string message, long seconds = 0, params (string Name, JsonNode? Value)[] more) =>
        With(new JsonObject { ["message"] = message, ["timestamp"] = Now + seconds }, more);

    /// <summary>An event with an exception of one frame.</summary>
    internal static JsonObject Error(string type, string value, long seconds = 0, params (string Name, JsonNode? Value)[] more) => With(
        new JsonObject
        {
            ["platform"] = "python",
            ["timestamp"] = Now + seconds,
            ["exception"] = new JsonObject
            {
                ["values"] = new JsonArray(new JsonObject
                {
                    ["type"] = type,
                    ["value"] = value,
                    ["stacktrace"] = new JsonObject
                    {
                        ["frames"] = new JsonArray(new JsonObject
                        {
                            ["module"] = "shop.cart", ["function"] = $"raise_{type}", ["filename"] = "cart.py", ["in_app"] = true,
                        }),
                    },
                }),
            },
        },
        more);

    /// <summary>A transaction of two seconds with two equal spans and another one.</summary>
    internal static JsonObject Transaction(string name, long seconds = 0, params (string Name, JsonNode? Value)[] more) => With(
        new JsonObject
        {
            ["type"] = "transaction",
            ["transaction"] = name,
            ["start_timestamp"] = Now + seconds - 2,
            ["timestamp"] = Now + seconds,
            ["contexts"] = new JsonObject
            {
                ["trace"] = new JsonObject { ["trace_id"] = new string('a', 32), ["span_id"] = new string('b', 16), ["op"] = "http.server" },
            },
            ["spans"] = new JsonArray(
                Span("c", "SELECT * FROM t WHERE id = 1", seconds), Span("d", "SELECT * FROM t WHERE id = 2", seconds), Span("e", "SELECT 1 FROM u", seconds)),
        },
        more);

    /// <summary>An event that is told to be of the kind that other parts of the application work on.</summary>
    internal static JsonObject Generic(long seconds = 0, params (string Name, JsonNode? Value)[] more) =>
        With(new JsonObject { ["type"] = "generic", ["timestamp"] = Now + seconds }, more);

    internal static string Id(int number) => number.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>The payload of an event, as its node holds it.</summary>
    internal static async Task<JsonObject> PayloadAsync(this TestDatabase database, string eventId, long project = Shop)
    {
#pragma warning disable CA5351 // Nodes are known by this hash.
        var node = Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(
            System.Text.Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{project}:{eventId}"))));
#pragma warning restore CA5351
        return JsonNode.Parse(await database.TextAsync($"SELECT data FROM nodestore_node WHERE id = '{node}'"))!.AsObject();
    }

    internal static string? Tag(this JsonObject payload, string key) =>
        (payload["tags"] as JsonArray)?.OfType<JsonArray>().FirstOrDefault(pair => (string?)pair[0] == key)?[1]?.GetValue<string>();

    /// <summary>How many rows tables have, by their names.</summary>
    internal static async Task<string> CountsAsync(this TestDatabase database, params string[] tables)
    {
        await using var connection = await database.OpenConnectionAsync(Cancel);
        var counts = new List<string>();
        foreach (var table in tables)
        {
            var count = await connection.CountAsync(table);
            counts.Add($"{table} {count.ToString(CultureInfo.InvariantCulture)}");
        }

        return string.Join(", ", counts);
    }

    /// <summary>A moment as seconds before or after now, whatever the engine keeps it as.</summary>
    internal static string SecondsSql(this TestDatabase database, string column) => database.Engine.Name == "SQLite"
        ? string.Create(CultureInfo.InvariantCulture, $"CAST(strftime('%s', {column}) AS INTEGER) - {Now}")
        : string.Create(CultureInfo.InvariantCulture, $"CAST(extract(epoch FROM {column}) AS bigint) - {Now}");

    /// <summary>A moment so many seconds before or after now, as a statement writes it.</summary>
    internal static string At(long seconds) =>
        Imports.Now.AddSeconds(seconds).UtcDateTime.ToString("\\'yyyy-MM-dd HH:mm:ss+00:00\\'", CultureInfo.InvariantCulture);

    private static JsonObject With(JsonObject data, (string Name, JsonNode? Value)[] more)
    {
        foreach (var (name, value) in more)
        {
            data[name] = value;
        }

        return data;
    }

    private static JsonObject Span(string id, string description, long seconds) => new()
    {
        ["trace_id"] = new string('a', 32),
        ["span_id"] = string.Concat(Enumerable.Repeat(id, 16)),
        ["start_timestamp"] = Now + seconds - 2,
        ["timestamp"] = Now + seconds - 1,
        ["op"] = "db",
        ["description"] = description,
    };

    private static async Task ImportAsync(DatabaseEngine engine, DbConnection connection, string version, CancellationToken cancellationToken)
    {
        var records = new SentryRecords().Organization(7, "acme").Organization(8, "umbrella")
            .Project(11, 7, "shop").Project(12, 7, "blog").Project(13, 8, "shop");
        var import = new SentryImport(engine, new SentryImportOptions { Clock = Clock, Version = version });
        await import.ImportInOrganizationScopeAsync(connection, records.Backup, cancellationToken: cancellationToken);
    }
}
