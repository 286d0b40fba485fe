using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Importing;

/// <summary>Success is said only when something was done: nothing out of something, and what was asked for in vain, are told.</summary>
[Case("nothing-imported")]
public abstract class NothingImportedSpecification(DatabaseUnderTest engine)
{
    private static readonly ModelLabel Post = ModelLabel.Parse("made.post");

    private readonly Made _made = new(engine.Target.Engine);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(DriftPolicy.Report)]
    [InlineData(DriftPolicy.Refuse)]
    public async Task Backup_of_which_no_model_is_known_is_refused_before_tables_are_made(DriftPolicy nothingTaken)
    {
        await using var database = await engine.CreateAsync(string.Empty);
        var before = await engine.StateAsync(database);
        var isPrepared = false;
        var importer = new BackupImporter(Model(), engine.Target.Engine, new ImportOptions
        {
            NothingTaken = nothingTaken,
            Prepare = (_, _) =>
            {
                isPrepared = true;
                return Task.CompletedTask;
            },
        });
        var backup = Backup.FromJson("""[{"model":"blog.post","pk":1,"fields":{}},{"model":"auth.permission","pk":1,"fields":{}}]""");

        await using var connection = await database.OpenConnectionAsync(Cancel);
        var refusal = await Assert.ThrowsAsync<ImportException>(() => importer.ImportAsync(connection, backup, Cancel));

        Assert.False(isPrepared);
        Assert.Equal(before, await engine.StateAsync(database));
        var problem = Assert.Single(refusal.Problems);
        Assert.Equal(BackupProblemKind.NothingTaken, problem.Kind);
        Assert.Contains("'blog.post' (did you mean 'made.post'?)", problem.Message, StringComparison.Ordinal);
        Assert.Contains("'auth.permission'", problem.Message, StringComparison.Ordinal);
        Assert.Contains("HasBackupLabel", problem.Message, StringComparison.Ordinal);
        Assert.Contains("--model", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Empty_backup_is_imported_without_a_finding()
    {
        await using var database = await DatabaseAsync();

        var result = await database.ImportAsync(Backup.FromJson("[]"), new ImportOptions { NothingTaken = DriftPolicy.Refuse }, Cancel);

        Assert.Equal((0L, 0), (result.RecordCount, result.Findings.Count));
    }

    [Fact]
    public async Task Every_value_of_a_filter_that_no_record_has_is_a_finding()
    {
        await using var database = await DatabaseAsync();

        var result = await ImportAsync(database, Filtered("one", "tow", "One"));

        Assert.Equal(1, result.Models.Sum(model => model.Inserted));
        Assert.Equal([ImportFindingKind.FilterValue, ImportFindingKind.FilterValue], result.Findings.Select(finding => finding.Kind));
        Assert.Contains("made.post.slug asks for 'One'", result.Findings[0].Message, StringComparison.Ordinal);
        Assert.Contains("asks for 'tow'", result.Findings[1].Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Did you mean", result.Findings[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_of_records_near_to_a_filters_show_where_values_were_asked_for()
    {
        await using var database = await DatabaseAsync();

        var result = await ImportAsync(database, Filtered(includeValues: true, "one", "twoo"));

        Assert.Contains("Did you mean 'two'?", Assert.Single(result.Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_that_no_record_has_are_findings_too()
    {
        await using var database = await DatabaseAsync();

        var result = await ImportAsync(database, new ModelOptions { Filter = RecordFilter.In("id", 1, 7) });

        Assert.Contains("asks for '7'", Assert.Single(result.Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filter_that_takes_nothing_is_a_finding_or_refused()
    {
        await using var database = await DatabaseAsync();

        var result = await ImportAsync(database, Filtered("nine"));
        var refusal = await Assert.ThrowsAsync<ImportException>(() => ImportAsync(database, Filtered("nine"), DriftPolicy.Refuse));

        Assert.Equal([ImportFindingKind.NothingTaken, ImportFindingKind.FilterValue], result.Findings.Select(finding => finding.Kind));
        Assert.Contains("2 left out by filters", result.Findings[0].Message, StringComparison.Ordinal);
        Assert.Equal(BackupProblemKind.NothingTaken, Assert.Single(refusal.Problems).Kind);
    }

    [Fact]
    public async Task Scope_that_takes_nothing_is_a_finding_or_refused()
    {
        await using var database = await DatabaseAsync();

        var result = await database.ImportAsync(Posts(), new ImportOptions { Scope = ImportScope.Of("config", "other") }, Cancel);
        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(
            Posts(), new ImportOptions { Scope = ImportScope.Of("config", "other"), NothingTaken = DriftPolicy.Refuse }, Cancel));

        Assert.Equal(ImportFindingKind.NothingTaken, Assert.Single(result.Findings).Kind);
        Assert.Contains("2 out of scope 'config'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--scope", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backup_whose_records_are_all_dropped_has_a_finding()
    {
        await using var database = await engine.ModelAsync(_made.Entity("use", [_made.Field("post")], Made.To("post", "post")));

        var result = await database.ImportAsync(
            Made.Backup("""use 1 {"post":1}"""), new ImportOptions { UnresolvedReferences = UnresolvedReferencePolicy.Drop }, Cancel);

        Assert.Contains("1 dropped", Assert.Single(result.Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_model_of_a_known_app_is_a_finding_and_one_of_another_app_is_not()
    {
        await using var database = await DatabaseAsync();

        var result = await database.ImportAsync(
            Made.Backup("""
                post 1 {"slug":"one"}
                posts 1 {"slug":"two"}
                posts 2 {"slug":"three"}
                """),
            cancellationToken: Cancel);

        var finding = Assert.Single(result.Findings);
        Assert.Equal((ImportFindingKind.UnknownModel, "made.posts", 2L, 1), (finding.Kind, finding.Model?.Value, finding.Records, finding.First?.Line));
        Assert.Contains("did you mean 'made.post'", finding.Message, StringComparison.Ordinal);
        var foreign = await database.ImportAsync(
            Backup.FromJson("""[{"model":"made.post","pk":1,"fields":{"slug":"x"}},{"model":"auth.permission","pk":1,"fields":{}}]"""), cancellationToken: Cancel);
        Assert.Empty(foreign.Findings);
    }

    [Fact]
    public async Task Unknown_model_that_a_known_one_refers_to_is_a_finding()
    {
        await using var database = await engine.ModelAsync(_made.Entity("use", [_made.Nullable("post")], new RelocationReference
        {
            Name = "post",
            Fields = ["post"],
            Target = ModelLabel.Parse("blog.post"),
        }));

        var result = await database.ImportAsync(
            Backup.FromJson("""[{"model":"made.use","pk":1,"fields":{"post":null}},{"model":"blog.post","pk":1,"fields":{}}]"""), cancellationToken: Cancel);

        Assert.Contains("'made.use' refers to it", Assert.Single(result.Findings).Message, StringComparison.Ordinal);
    }

    private static ModelOptions Filtered(params string[] slugs) => Filtered(includeValues: false, slugs);

    private static ModelOptions Filtered(bool includeValues, params string[] slugs) => new() { Filter = RecordFilter.In("slug", slugs), OnCollision = includeValues ? CollisionPolicy.Fail : null };

    private static Backup Posts() => Made.Backup("""
        post 1 {"slug":"one"}
        post 2 {"slug":"two"}
        """);

    private static Task<ImportResult> ImportAsync(TestDatabase database, ModelOptions options, DriftPolicy nothingTaken = DriftPolicy.Report) =>
        database.ImportAsync(
            Posts(),
            new ImportOptions
            {
                Models = new Dictionary<ModelLabel, ModelOptions> { [Post] = options },
                NothingTaken = nothingTaken,
                IncludeValuesInErrors = options.OnCollision is not null,
            },
            Cancel);

    private RelocationModel Model() => RelocationModel.Create(
        "made", [_made.Entity("post", [_made.Field("slug", FieldType.Text)]) with { Scopes = ["content"] }]);

    private Task<TestDatabase> DatabaseAsync() => engine.ModelAsync([.. Model().Entities]);
}
