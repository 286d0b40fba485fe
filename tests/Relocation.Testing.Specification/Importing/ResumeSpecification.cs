using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Importing;

/// <summary>An import that is interrupted goes on after its last committed chunk, and ends like one that was not.</summary>
public abstract class ResumeSpecification(DatabaseUnderTest engine)
{
    private const int ChunkSize = 2;

    private const string BrokenReferences = """
        SELECT (SELECT count(*) FROM member WHERE crew NOT IN (SELECT id FROM crew))
            + (SELECT count(*) FROM crew WHERE lead IS NOT NULL AND lead NOT IN (SELECT id FROM member))
            + (SELECT count(*) FROM member WHERE boss IS NOT NULL AND boss NOT IN (SELECT id FROM member))
            + (SELECT count(*) FROM node WHERE parent NOT IN (SELECT id FROM node))
        """;

    private static readonly Guid Id = new("11111111-2222-4333-8444-555555555555");

    private readonly Made _made = new(engine.Target.Engine);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Resumable_import_ends_like_one_in_a_single_transaction()
    {
        await using var whole = await CrewsAsync();
        await using var chunked = await CrewsAsync();

        var expected = await whole.ImportAsync(Crews(), Options(null), Cancel);
        var actual = await chunked.ImportAsync(Crews(), Options(Id), Cancel);

        Assert.Equal(expected.Map.ToSnapshot(), actual.Map.ToSnapshot());
        Assert.Equal(await engine.FingerprintAsync(whole), await WithoutLedgerAsync(chunked));
        Assert.Equal((0, 0), (expected.CommittedChunks, expected.ResumedChunks));
        Assert.Equal(
            (actual.CommittedChunks, 0L + actual.CommittedChunks),
            (actual.CommittedChunks, await CountAsync(chunked, "relocation_import_chunk")));
        Assert.Equal(0, actual.ResumedChunks);
        Assert.Equal("1|" + actual.CommittedChunks, await chunked.TextAsync("SELECT is_complete, chunks FROM relocation_import"));
    }

    [Fact]
    public async Task Import_that_was_forgotten_is_begun_anew_under_its_id()
    {
        await using var database = await CrewsAsync();
        await Assert.ThrowsAsync<ImportStoppedException>(() => database.ImportAsync(Crews(), Options(Id, ImportStop.AtChunk(3)), Cancel));
        var before = await CountAsync(database, "relocation_import_chunk");

        Assert.Equal((true, false), (await ForgetAsync(Id), await ForgetAsync(Id)));

        Assert.Equal(2L, before);
        Assert.Equal((0L, 0L), (await CountAsync(database, "relocation_import_chunk"), await CountAsync(database, "relocation_import")));
        await database.ResetAsync(Cancel);
        Assert.False(await ForgetAsync(Id), "A database without a ledger has nothing to forget.");
        Assert.Equal(0, (await database.ImportAsync(Crews(), Options(Id), Cancel)).ResumedChunks);

        async Task<bool> ForgetAsync(Guid id)
        {
            await using var connection = await database.OpenConnectionAsync(Cancel);
            await using var transaction = await connection.BeginTransactionAsync(Cancel);
            var isForgotten = await BackupImporter.ForgetAsync(transaction, database.Engine, id, Cancel);
            await transaction.CommitAsync(Cancel);
            return isForgotten;
        }
    }

    [Fact]
    public async Task Import_that_was_stopped_at_any_chunk_goes_on_after_the_last_committed_one()
    {
        var (map, rows, counted) = await UninterruptedAsync();
        await using var database = await CrewsAsync();
        for (var chunk = 1; chunk <= counted.Chunks; chunk++)
        {
            await BeginAgainAsync(database);
            await Assert.ThrowsAsync<ImportStoppedException>(
                () => database.ImportAsync(Crews(), Options(Id, ImportStop.AtChunk(chunk)), Cancel));
            Assert.Equal(chunk - 1L, chunk == 1 ? 0 : await CountAsync(database, "relocation_import_chunk"));
            Assert.Equal("0", await database.TextAsync(BrokenReferences));

            var result = await database.ImportAsync(Crews(), Options(Id), Cancel);

            Assert.Equal((chunk, map), (chunk, result.Map.ToSnapshot()));
            Assert.Equal((chunk, rows), (chunk, await engine.FingerprintAsync(database)));
            Assert.Equal((counted.Chunks, chunk - 1), (result.CommittedChunks, result.ResumedChunks));
        }

        Assert.True(counted.Chunks > 10, $"Only {counted.Chunks} chunks.");
    }

    [Fact]
    public async Task Import_that_was_stopped_at_any_statement_goes_on_too()
    {
        var (map, rows, counted) = await UninterruptedAsync();
        await using var database = await CrewsAsync();
        for (var statement = 1; statement <= counted.Statements; statement += 5)
        {
            await BeginAgainAsync(database);
            await Assert.ThrowsAsync<ImportStoppedException>(
                () => database.ImportAsync(Crews(), Options(Id, ImportStop.AtStatement(statement)), Cancel));

            var result = await database.ImportAsync(Crews(), Options(Id), Cancel);

            Assert.Equal((statement, map), (statement, result.Map.ToSnapshot()));
            Assert.Equal((statement, rows), (statement, await engine.FingerprintAsync(database)));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Import_in_one_transaction_that_is_stopped_at_any_statement_leaves_nothing_behind(bool hasRules)
    {
        IReadOnlyList<ImportRule> rules = hasRules ? [new RacingRule(null)] : [];
        var counted = ImportStop.Never();
        await using (var whole = await CrewsAsync())
        {
            await whole.ImportAsync(Crews(), Options(null, counted, rules), Cancel);
        }

        await using var database = await CrewsAsync();
        var before = await engine.StateAsync(database);
        foreach (var stop in Enumerable.Range(1, counted.Statements).Select(statement => ImportStop.AtStatement(statement))
            .Append(ImportStop.AtChunk(1))
            .Append(ImportStop.AtChunk(counted.Chunks)))
        {
            await Assert.ThrowsAsync<ImportStoppedException>(() => database.ImportAsync(Crews(), Options(null, stop, rules), Cancel));

            Assert.Equal((stop.Statements, before), (stop.Statements, await engine.StateAsync(database)));
        }
    }

    [Fact]
    public async Task Import_that_has_ended_gives_its_result_again()
    {
        await using var database = await CrewsAsync();
        var first = await database.ImportAsync(Crews(), Options(Id), Cancel);
        var before = await engine.FingerprintAsync(database);

        var again = await database.ImportAsync(Crews(), Options(Id), Cancel);

        Assert.Equal(first.Map, again.Map);
        Assert.Equal(before, await engine.FingerprintAsync(database));
        Assert.Equal(first.CommittedChunks, again.ResumedChunks);
    }

    [Fact]
    public async Task Changed_backup_and_changed_options_are_refused()
    {
        await using var database = await CrewsAsync();
        await Assert.ThrowsAsync<ImportStoppedException>(() => database.ImportAsync(Crews(), Options(Id, ImportStop.AtChunk(4)), Cancel));
        var before = await engine.FingerprintAsync(database);

        var backup = await Assert.ThrowsAsync<ResumeRefusedException>(() => database.ImportAsync(Made.Backup("crew 1"), Options(Id), Cancel));
        var seed = await Assert.ThrowsAsync<ResumeRefusedException>(
            () => database.ImportAsync(Crews(), new ImportOptions { ResumeId = Id, ChunkSize = ChunkSize, Seed = 1 }, Cancel));
        var filter = await Assert.ThrowsAsync<ResumeRefusedException>(() => database.ImportAsync(
            Crews(),
            new ImportOptions
            {
                ResumeId = Id,
                ChunkSize = ChunkSize,
                Models = new Dictionary<ModelLabel, ModelOptions>
                {
                    [ModelLabel.Parse("made.crew")] = new() { Filter = RecordFilter.In("slug", "red") },
                },
            },
            Cancel));

        Assert.Contains("another backup", backup.Message, StringComparison.Ordinal);
        Assert.Contains(Id.ToString(), backup.Message, StringComparison.Ordinal);
        Assert.Contains("ImportOptions.Seed (--seed)", seed.Message, StringComparison.Ordinal);
        Assert.Contains("ImportOptions.Models", filter.Message, StringComparison.Ordinal);
        Assert.Equal(before, await engine.FingerprintAsync(database));
    }

    [Fact]
    public async Task Chunks_that_another_process_has_committed_are_taken_as_they_are()
    {
        var (map, rows, _) = await UninterruptedAsync();
        await using var database = await CrewsAsync();
        PrimaryKeyMap? others = null;
        var rule = new RacingRule(async () => others ??= (await database.ImportAsync(Crews(), Options(Id, rules: [new RacingRule(null)]), Cancel)).Map);
        await Assert.ThrowsAsync<ImportStoppedException>(
            () => database.ImportAsync(Crews(), Options(Id, ImportStop.AtChunk(3), [new RacingRule(null)]), Cancel));

        // The other import comes when this one has indexed the backup, and goes to its end.
        var late = await database.ImportAsync(Crews(), Options(Id, rules: [rule]), Cancel);

        Assert.Equal(map, others!.ToSnapshot());
        Assert.Equal(map, late.Map.ToSnapshot());
        Assert.Equal(WithoutLedger(rows), await WithoutLedgerAsync(database));
    }

    [Fact]
    public async Task Two_processes_with_one_import_commit_each_chunk_once()
    {
        var (map, rows, counted) = await UninterruptedAsync();
        await using var database = await CrewsAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => database.ImportAsync(Crews(), Options(Id), Cancel), Cancel)));

        Assert.All(results, result => Assert.Equal(map, result.Map.ToSnapshot()));
        Assert.Equal(rows, await engine.FingerprintAsync(database));
        Assert.Equal(counted.Chunks, results.Sum(result => result.ResumedChunks));
    }

    [Fact]
    public async Task Refused_record_takes_back_its_chunk_alone()
    {
        await using var database = await CrewsAsync();
        var backup = Made.Backup("""
            crew 1 {"slug": "red"}
            crew 2 {"slug": "green"}
            crew 3 {"slug": "blue"}
            crew 4 {"slug": 5}
            """);

        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(backup, Options(Id), Cancel));

        Assert.Contains("2 chunks are committed", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("red-*\ngreen", (await database.TextAsync("SELECT slug FROM crew WHERE id > 2 ORDER BY id")).Replace(SuffixOf(await database.TextAsync("SELECT slug FROM crew WHERE id = 3")), "*", StringComparison.Ordinal));
        Assert.Equal("2", await database.TextAsync("SELECT chunks FROM relocation_import"));
    }

    [Fact]
    public async Task Keys_that_were_given_out_are_nobody_elses_when_an_import_of_fresh_tables_is_interrupted()
    {
        await using var database = await engine.ModelAsync(_made.Entity("user", [_made.Field("name", FieldType.Text)]));
        var backup = Made.Backup("""
            user 1 {"name": "a"}
            user 2 {"name": "b"}
            user 3 {"name": "c"}
            """);
        await Assert.ThrowsAsync<ImportStoppedException>(
            () => database.ImportAsync(backup, new ImportOptions { ResumeId = Id, ChunkSize = 1, Stop = ImportStop.AtChunk(2) }, Cancel));

        await database.RunAsync("INSERT INTO \"user\" (name) VALUES ('other')");
        await database.ImportAsync(backup, new ImportOptions { ResumeId = Id, ChunkSize = 1 }, Cancel);

        Assert.Equal("1|a\n2|b\n3|c\n4|other", await database.TextAsync("SELECT id, name FROM \"user\" ORDER BY id"));
    }

    [Fact]
    public async Task Callers_transaction_takes_no_resumable_import()
    {
        await using var database = await CrewsAsync();
        await using var connection = await database.OpenConnectionAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(
            () => new BackupImporter(database.Model, database.Engine, Options(Id)).ImportAsync(transaction, Crews(), Cancel));

        Assert.Contains(nameof(ImportOptions.ResumeId), refusal.Message, StringComparison.Ordinal);
    }

    private static string WithoutLedger(string rows) => string.Join(
        '\n',
        rows.Split('\n').Where(line => !line.Contains("relocation_import", StringComparison.Ordinal) && !line.Contains(Id.ToString(), StringComparison.Ordinal)));

    private static async Task BeginAgainAsync(TestDatabase database)
    {
        await database.ResetAsync(Cancel);
    }

    private static string SuffixOf(string slug) => slug[(slug.IndexOf('-', StringComparison.Ordinal) + 1)..];

    private static async Task<long> CountAsync(TestDatabase database, string table)
    {
        await using var connection = await database.OpenConnectionAsync(Cancel);
        return await connection.CountAsync(table);
    }

    private static ImportOptions Options(Guid? id, ImportStop? stop = null, IReadOnlyList<ImportRule>? rules = null) => new()
    {
        ResumeId = id,
        ChunkSize = ChunkSize,
        Clock = new FixedClock(Imports.Now),
        Stop = stop,
        Rules = rules ?? [new RacingRule(null)],
    };

    /// <summary>A circle that is cut, a model that refers to itself with and without null, made keys, made names, rules.</summary>
    private static Backup Crews() => Made.Backup("""
        crew 1 {"slug": "red", "lead": 3}
        crew 2 {"slug": "green", "lead": null}
        crew 3 {"slug": "blue", "lead": 1}
        member 1 {"crew": 1, "boss": 4}
        member 2 {"crew": 3, "boss": 1}
        member 3 {"crew": 1, "boss": null}
        member 4 {"crew": 2, "boss": 4}
        member 5 {"crew": 2, "boss": 2}
        badge "00000000-0000-0000-0000-000000000001" {"member": 5}
        badge "00000000-0000-0000-0000-000000000002" {"member": 4}
        badge "00000000-0000-0000-0000-000000000003" {"member": 1}
        node 1 {"parent": 5}
        node 2 {"parent": 1}
        node 3 {"parent": 2}
        node 4 {"parent": 1}
        node 5 {"parent": 5}
        late 1 {"name": "a"}
        late 2 {"name": "b"}
        late 3 {"name": "c"}
        crew 4 {"slug": "Red", "lead": 5}
        crew 5 {"slug": "grey", "lead": 2}
        """);

    /// <summary>A database in which a slug and a name are taken already.</summary>
    private Task<TestDatabase> CrewsAsync()
    {
        var model = RelocationModel.Create(
        "made",
        [
            new RelocationEntity
            {
                Label = ModelLabel.Parse("made.crew"),
                Table = "crew",
                Key = _made.Key(FieldType.Integer),
                Fields = [_made.Field("slug", FieldType.Text), _made.Nullable("lead")],
                References = [Made.To("member", "lead")],
                Uniques = [new UniqueSet { Fields = ["slug"] }],
                OnCollision = CollisionPolicy.Suffix,
            },
            _made.Entity("member", [_made.Field("crew"), _made.Nullable("boss")], Made.To("crew", "crew"), Made.To("member", "boss")),
            Made.Keyed("badge", _made.Key(FieldType.Guid), [_made.Field("member")], Made.To("member", "member")),
            _made.Entity("node", [_made.Field("parent")], Made.To("node", "parent")),
            new RelocationEntity
            {
                Label = ModelLabel.Parse("made.late"),
                Table = "late",
                Key = _made.Key(FieldType.Integer),
                Fields = [_made.Field("name", FieldType.Text)],
                Rules = [new LateRule()],
            },
        ]);
        return TestDatabase.CreateAsync(
            new TestDatabaseOptions
            {
                Target = engine.Target,
                Model = model,
                Schema = SchemaSource.FromModel,
                Seed = (connection, _) => connection.RunAsync("INSERT INTO crew (slug) VALUES ('red'), ('first'); INSERT INTO late (name) VALUES ('b')"),
            },
            Cancel);
    }

    private async Task<(string Map, string Rows, ImportStop Counted)> UninterruptedAsync()
    {
        await using var database = await CrewsAsync();
        var counted = ImportStop.Never();
        var result = await database.ImportAsync(Crews(), Options(Id, counted), Cancel);
        Assert.Equal(result.CommittedChunks, counted.Chunks);
        return (result.Map.ToSnapshot(), await engine.FingerprintAsync(database), counted);
    }

    private async Task<string> WithoutLedgerAsync(TestDatabase database) => WithoutLedger(await engine.FingerprintAsync(database));

    /// <summary>Is asked when its model's turn comes, and maps records to rows by what is there.</summary>
    private sealed class LateRule : RecordRule
    {
        public override IReadOnlyList<string> Fields => ["name"];

        public override bool WaitsForRows => true;

        public override async Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
        {
            var rows = await chunk.FindRowsAsync(["name"], ignoreCase: false, cancellationToken);
            for (var i = 0; i < rows.Count; i++)
            {
                if (rows[i] is { } row)
                {
                    chunk.Records[i].MapTo(row);
                }
            }
        }
    }

    /// <summary>Adds rows at the start and at the end, and lets something happen when the backup has been indexed.</summary>
    private sealed class RacingRule(Func<Task>? race) : ImportRule
    {
        private static readonly ModelLabel Late = ModelLabel.Parse("made.late");

        public override void Choose(RecordSelection selection) => race?.Invoke().GetAwaiter().GetResult();

        public override Task BeforeFirstRowAsync(ImportSession session, CancellationToken cancellationToken) => AddAsync(session, "before", cancellationToken);

        public override Task AfterLastRowAsync(ImportSession session, CancellationToken cancellationToken) => AddAsync(session, "after", cancellationToken);

        private static async Task AddAsync(ImportSession session, string name, CancellationToken cancellationToken)
        {
            await session.HoldCounterAsync(Late, cancellationToken);
            await using var command = session.CreateCommand($"INSERT INTO late (name) VALUES ('{name}')");
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
