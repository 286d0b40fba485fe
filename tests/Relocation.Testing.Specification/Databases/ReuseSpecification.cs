using System.Globalization;
using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.Specification.Databases;

/// <summary>A baseline that is made once and copied from then on, by whoever asks for the same.</summary>
public abstract class ReuseSpecification(DatabaseUnderTest engine) : IAsyncLifetime
{
    private readonly string _version = Guid.NewGuid().ToString("N");
    private int _made;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await engine.RemoveTemplatesAsync();
    }

    [Fact]
    public async Task Baseline_is_made_once_when_many_ask_for_it_at_the_same_time()
    {
        var databases = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => TestDatabase.CreateAsync(Options(_version), Cancel)));
        await using var later = await TestDatabase.CreateAsync(Options(_version), Cancel);
        await using var own = await TestDatabase.CreateAsync(Options(_version, reuse: false), Cancel);

        Assert.Equal(2, _made);
        var expected = await engine.FingerprintAsync(own);
        foreach (var database in databases.Append(later))
        {
            Assert.Equal(expected, await engine.FingerprintAsync(database));
            await database.RunAsync("DELETE FROM \"Books\"");
            await database.ResetAsync(Cancel);
            Assert.Equal(expected, await engine.FingerprintAsync(database));
            AssertSame(own.Baseline, database.Baseline);
            Assert.Equal(own.Map.Origin("shelf.book", 1).ToString(), database.Map.Origin("shelf.book", 1).ToString());
        }

        foreach (var database in databases)
        {
            await database.DisposeAsync();
        }
    }

    [Fact]
    public async Task Another_baseline_is_made_when_backup_version_or_options_differ()
    {
        await (await TestDatabase.CreateAsync(Options(_version), Cancel)).DisposeAsync();
        await (await TestDatabase.CreateAsync(Options(_version + "2"), Cancel)).DisposeAsync();
        await (await TestDatabase.CreateAsync(Options(_version, title: "other"), Cancel)).DisposeAsync();
        await (await TestDatabase.CreateAsync(Options(_version, seed: 5), Cancel)).DisposeAsync();
        Assert.Equal(4, _made);

        await using var other = await TestDatabase.CreateAsync(Options(_version, title: "other"), Cancel);

        Assert.Equal(4, _made);
        await using var context = other.CreateContext();
        Assert.Contains(context.Books, book => book.Title == "other");
    }

    [Fact]
    public async Task Baseline_that_failed_half_way_is_never_used()
    {
        var failing = Options(_version, fail: true);
        await Assert.ThrowsAsync<InvalidOperationException>(() => TestDatabase.CreateAsync(failing, Cancel));

        await using var database = await TestDatabase.CreateAsync(Options(_version), Cancel);

        Assert.Equal(2, _made);
        Assert.Equal("2", await database.TextAsync("SELECT count(*) FROM \"Books\""));
    }

    [Fact]
    public async Task Each_makes_its_own_when_a_seed_has_no_version()
    {
        await (await TestDatabase.CreateAsync(Options(version: null), Cancel)).DisposeAsync();
        await (await TestDatabase.CreateAsync(Options(version: null), Cancel)).DisposeAsync();

        Assert.Equal(2, _made);
    }

    [Fact]
    [Case("load/reuse-timeout")]
    public async Task Whoever_makes_the_baseline_is_named_and_waited_for_as_long_as_the_options_say()
    {
        var hasSaid = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var isMaking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var makes = Options(_version) with
        {
            Seed = async (context, cancellationToken) =>
            {
                Interlocked.Increment(ref _made);
                isMaking.SetResult();
                await hasSaid.Task.WaitAsync(cancellationToken);
            },
        };
        var making = TestDatabase.CreateAsync(makes, Cancel);
        await isMaking.Task.WaitAsync(Cancel);

        var failure = await Assert.ThrowsAsync<DatabaseException>(
            () => TestDatabase.CreateAsync(makes with { WaitLimit = TimeSpan.FromMilliseconds(300), Log = static _ => { } }, Cancel));
        var waiting = TestDatabase.CreateAsync(makes with { Log = sentence => hasSaid.TrySetResult(sentence) }, Cancel);
        await (await making).DisposeAsync();
        await (await waiting).DisposeAsync();

        Assert.Equal(DatabaseFault.Locked, failure.Fault);
        var said = await hasSaid.Task;
        Assert.EndsWith("5 min at most.", said, StringComparison.Ordinal);
        foreach (var message in new[] { failure.Message, said })
        {
            Assert.Contains("the shared baseline, which it makes or copies", message, StringComparison.Ordinal);
            Assert.Contains(engine.BaselineHolder, message, StringComparison.Ordinal);
        }

        Assert.Equal(1, _made);
    }

    [Theory]
    [Case("options/reuse")]
    [InlineData(CollisionPolicy.Suffix, false)]
    [InlineData(CollisionPolicy.Suffix, true)]
    [InlineData(CollisionPolicy.Regenerate, false)]
    [InlineData(CollisionPolicy.Merge, false)]
    [InlineData(CollisionPolicy.Overwrite, false)]
    public async Task Baseline_with_a_collision_policy_is_taken_again(CollisionPolicy policy, bool names)
    {
        var made = new Made(engine.Target.Engine);
        var options = new TestDatabaseOptions
        {
            Target = engine.Target,
            Model = RelocationModel.Create("made", [made.Entity("mark", [made.Field("name", FieldType.Text)]) with { Uniques = [new UniqueSet { Fields = ["name"] }] }]),
            Schema = SchemaSource.FromModel,
            Baseline = [Made.Backup("mark 1 {\"name\":\"Ada\"}\nmark 2 {\"name\":\"Bob\"}\nmark 3 {\"name\":\"Ada\"}")],
            Import = new ImportOptions { OnCollision = policy, IncludeNames = names },
            ReuseBaseline = true,
            BaselineVersion = _version,
        };
        await using var first = await TestDatabase.CreateAsync(options, Cancel);

        await using var second = await TestDatabase.CreateAsync(options, Cancel);

        AssertSame(first.Baseline, second.Baseline);
        Assert.Equal(first.Baseline[0].Map.ToSnapshot(), second.Baseline[0].Map.ToSnapshot());
        Assert.Equal(await engine.FingerprintAsync(first), await engine.FingerprintAsync(second));
    }

    private static void AssertSame(IReadOnlyList<ImportResult> expected, IReadOnlyList<ImportResult> actual)
    {
        foreach (var (left, right) in expected.Zip(actual, (left, right) => (left, right)))
        {
            Assert.Equal(left.Map, right.Map);
            Assert.Equal(left.Models, right.Models);
            Assert.Equal(left.Dropped.Select(drop => drop.Place), right.Dropped.Select(drop => drop.Place));
            Assert.Equal(left.Dropped.SelectMany(drop => drop.Causes), right.Dropped.SelectMany(drop => drop.Causes));
            Assert.Equal(left.Drift.UnknownModels, right.Drift.UnknownModels);
            Assert.Equal(left.Drift.UnknownFields, right.Drift.UnknownFields);
            Assert.Equal(left.Drift.DefaultedFields, right.Drift.DefaultedFields);
            Assert.Equal((left.ForeignKeys, left.RecordCount), (right.ForeignKeys, right.RecordCount));
            Assert.Equal(left.Plan.Models.Select(model => model.Entity.Label), right.Plan.Models.Select(model => model.Entity.Label));
        }

        Assert.Equal(expected.Count, actual.Count);
    }

    private TestDatabaseOptions<ShelfContext> Options(
        string? version, string title = "baseline", long seed = 0, bool fail = false, bool reuse = true) => new()
    {
        Target = engine.Target,
        CreateContext = static options => new ShelfContext(options),
        Baseline = [Backup.FromJson(string.Create(CultureInfo.InvariantCulture, $$"""
            [{"model": "shelf.book", "pk": 7, "fields": {"title": "{{title}}", "unknown": 1} }, {"model": "other.thing", "pk": 1, "fields": {} }]
            """))],
        Seed = (context, _) =>
        {
            Interlocked.Increment(ref _made);
            context.Add(new Book { Title = "seeded" });
            return fail ? throw new InvalidOperationException("seed") : Task.CompletedTask;
        },
        Import = new ImportOptions { Seed = seed },
        ReuseBaseline = reuse,
        BaselineVersion = version,
    };
}
