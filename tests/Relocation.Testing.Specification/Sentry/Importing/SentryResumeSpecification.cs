using System.Text.Json;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Sentry.Importing;

/// <summary>Sentry's imports chunk by chunk: the ledgers of both halves of a deployment, what is refused, and what a chunk costs.</summary>
public abstract class SentryResumeSpecification(DatabaseUnderTest engine)
{
    private const string Largest = "releases/test_at_24_5_1";

    private const string LedgerRows =
        "SELECT model, min_ordinal, max_ordinal, min_source_pk, max_source_pk, min_inserted_pk, max_inserted_pk, inserted_map, existing_map, "
        + "overwrite_map, inserted_identifiers FROM sentry_{0} ORDER BY model, min_ordinal";

    private static readonly string[] Ledgers = ["regionimportchunk", "controlimportchunk", "controlimportchunkreplica"];

    public static TheoryData<string> ScopeNames => [.. SentryScopes.All.Select(scope => scope.Name)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(ScopeNames))]
    public async Task Resumable_import_gives_the_approved_map_and_the_ledgers_of_one_transaction(string scopeName)
    {
        var scope = SentryScopes.Parse(scopeName);
        await using var whole = await engine.SentryImportAsync();
        await using var chunked = await engine.SentryImportAsync();

        var expected = await whole.ImportAsync(SentryImports.Real(Largest), scope, KilledImport.Options(isResumable: false, null));
        var actual = await chunked.ImportAsync(SentryImports.Real(Largest), scope, KilledImport.Options(isResumable: true, null));

        Assert.Equal(expected.Map.ToSnapshot(), actual.Map.ToSnapshot());
        foreach (var ledger in Ledgers)
        {
            var sql = LedgerRows.Replace("{0}", ledger, StringComparison.Ordinal);
            Assert.Equal(await whole.TextAsync(sql), await chunked.TextAsync(sql));
        }

        foreach (var table in new[] { "auth_user", "sentry_organization", "sentry_useremail", "sentry_lostpasswordhash", "sentry_organizationmapping" })
        {
            Assert.Equal(await whole.TextAsync($"SELECT * FROM {table} ORDER BY id"), await chunked.TextAsync($"SELECT * FROM {table} ORDER BY id"));
        }
    }

    [Fact]
    public async Task Committed_chunk_stands_in_the_ledger_and_in_its_replica()
    {
        await using var database = await engine.SentryImportAsync();
        var records = new SentryRecords();
        for (var i = 1; i <= 5; i++)
        {
            records.User(i, $"user{i}");
        }

        // The preparation, users 1 and 2, users 3 and 4; then it stops.
        var options = Chunked(2, ImportStop.AtChunk(4));
        await Assert.ThrowsAsync<ImportStoppedException>(() => database.ImportAsync(records.Backup, SentryScopes.User, options));

        const string Rows = "1|2|{\"1\":1,\"2\":2}\n3|4|{\"3\":3,\"4\":4}";
        Assert.Equal(Rows, await LedgerAsync("controlimportchunk"));
        Assert.Equal(Rows, await LedgerAsync("controlimportchunkreplica"));
        Assert.Equal("4", await database.TextAsync("SELECT count(*) FROM auth_user"));

        var result = await database.ImportAsync(records.Backup, SentryScopes.User, Chunked(2, null));

        Assert.Equal(5, result.Map.Of(ModelLabel.Parse("sentry.user")).Count());
        Assert.Equal(Rows + "\n5|5|{\"5\":5}", await LedgerAsync("controlimportchunk"));
        Assert.Equal(await LedgerAsync("controlimportchunk"), await LedgerAsync("controlimportchunkreplica"));
        Assert.Equal(3, result.Records.ResumedChunks);

        Task<string> LedgerAsync(string table) =>
            database.TextAsync($"SELECT min_ordinal, max_ordinal, inserted_map FROM sentry_{table} WHERE model = 'sentry.user' ORDER BY min_ordinal");
    }

    [Fact]
    public async Task Resumable_import_needs_an_identity_and_the_same_filters_and_flags()
    {
        await using var database = await engine.SentryImportAsync();
        var backup = new SentryRecords().User(1, "ada").User(2, "ben").Backup;
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => database.ImportAsync(backup, SentryScopes.User, new SentryImportOptions { IsResumable = true }));
        await Assert.ThrowsAsync<ImportStoppedException>(() => database.ImportAsync(backup, SentryScopes.User, Chunked(1, ImportStop.AtChunk(2))));

        await Assert.ThrowsAsync<ResumeRefusedException>(() => database.ImportAsync(backup, SentryScopes.User, Chunked(1, null), ["ada"]));
        await Assert.ThrowsAsync<ResumeRefusedException>(() => database.ImportAsync(backup, SentryScopes.Config, Chunked(1, null)));
        await Assert.ThrowsAsync<ResumeRefusedException>(() => database.ImportAsync(backup, SentryScopes.User, Chunked(1, null, merge: true)));

        await database.ImportAsync(backup, SentryScopes.User, Chunked(1, null));
        Assert.Equal("2", await database.TextAsync("SELECT count(*) FROM auth_user"));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Each_chunk_costs_the_same_number_of_commands_through_all_rules(bool isResumable, bool isGlobal)
    {
        await using var database = await engine.SentryImportAsync();
        var json = await File.ReadAllTextAsync(Repository.Shared("data", "sentry", $"{Largest}.json"), Cancel);
        var commands = new List<int>();
        foreach (var times in new[] { 2, 4, 12 })
        {
            using var stream = new MemoryStream();
            MultipliedBackup.Write(json, database.Model, times, stream);
            stream.Position = 0;
            var counted = ImportStop.Never();
            var options = new SentryImportOptions
            {
                Clock = SentryImports.Options.Clock,
                ChunkSize = 1_000,
                IsResumable = isResumable,
                Flags = new SentryImportFlags { ImportUuid = Guid.NewGuid() },
                Stop = counted,
            };
            var result = await database.ImportAsync(Backup.FromStream(stream), isGlobal ? SentryScopes.Global : SentryScopes.Organization, options);
            Assert.Equal(JsonDocument.Parse(stream.ToArray()).RootElement.GetArrayLength(), result.Records.RecordCount);
            commands.Add(counted.Statements - counted.RowStatements);
            await database.ResetAsync(Cancel);
            await database.RunAsync("DROP TABLE IF EXISTS relocation_import; DROP TABLE IF EXISTS relocation_import_chunk");
        }

        // As many chunks, twice and six times the records.
        Assert.Equal(commands[0], commands[1]);
        Assert.Equal(commands[0], commands[2]);
    }

    private static SentryImportOptions Chunked(int size, ImportStop? stop, bool merge = false) => new()
    {
        Clock = SentryImports.Options.Clock,
        ChunkSize = size,
        IsResumable = true,
        Flags = new SentryImportFlags { ImportUuid = new Guid("5a5a5a5a-0000-4000-8000-000000000001"), MergeUsers = merge },
        Stop = stop,
    };
}
