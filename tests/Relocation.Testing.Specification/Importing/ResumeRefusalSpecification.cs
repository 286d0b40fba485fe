using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Importing;

/// <summary>An import that would go on with other values than it began with is refused by the name of what has changed.</summary>
[Case("options/resume")]
[Case("options/resume-model")]
[Case("options/resume-policy")]
public abstract class ResumeRefusalSpecification(DatabaseUnderTest engine)
{
    private static readonly Guid Id = new("11111111-2222-4333-8444-888888888888");

    private static readonly ModelLabel Customer = ModelLabel.Parse("made.customer");

    private readonly Made _made = new(engine.Target.Engine);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("default of a rule", "ImportOptions.BackupRules")]
    [InlineData("default of the model", "field 'channel' of model 'made.customer'")]
    [InlineData("policy of a set", "Uniques of model 'made.customer'")]
    [InlineData("policy of the model", "OnCollision of model 'made.customer'")]
    [InlineData("field to change", "Uniques of model 'made.customer'")]
    [InlineData("policy for all", "ImportOptions.OnCollision")]
    [InlineData("seed", "ImportOptions.Seed (--seed)")]
    [InlineData("scope", "ImportOptions.Scope (--scope)")]
    [InlineData("unresolved", "ImportOptions.UnresolvedReferences (--unresolved)")]
    [InlineData("filter", "ImportOptions.Models")]
    [InlineData("what a filter has captured", "ImportOptions.Models")]
    [InlineData("rule", "Rules of model 'made.customer'")]
    [InlineData("setting of a rule", "Rules of model 'made.customer'")]
    [InlineData("known keys", "ImportOptions.KnownKeys")]
    [InlineData("label", "of model 'made.client'")]
    [InlineData("column", "field 'channel' of model 'made.customer'")]
    [InlineData("conversion", "field 'name' of model 'made.customer'")]
    [InlineData("sanitising", "field 'name' of model 'made.customer'")]
    public async Task Import_that_would_mix_values_is_refused(string change, string named)
    {
        var backup = Made.Backup("""
            customer 1 {"name":"Ada"}
            customer 2 {"name":"Bo"}
            customer 3 {"name":"Cy"}
            """);
        await using var database = await engine.ModelAsync(Model(string.Empty).Entities[0]);
        await using var connection = await database.OpenConnectionAsync(Cancel);
        await Assert.ThrowsAsync<ImportStoppedException>(() => ImportAsync(string.Empty, ImportStop.AtChunk(3)));
        var before = await engine.FingerprintAsync(database);

        var refusal = await Assert.ThrowsAsync<ResumeRefusedException>(() => ImportAsync(change, stop: null));

        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(Id.ToString(), refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await engine.FingerprintAsync(database));
        var result = await ImportAsync(string.Empty, stop: null);
        Assert.Equal(2, result.ResumedChunks);
        Assert.Equal("web\nweb\nweb", await database.TextAsync("SELECT channel FROM customer ORDER BY id"));

        Task<ImportResult> ImportAsync(string changed, ImportStop? stop) =>
            new BackupImporter(Model(changed), engine.Target.Engine, Options(changed, stop)).ImportAsync(connection, backup, Cancel);
    }

    [Fact]
    public async Task What_changes_no_value_may_change()
    {
        var backup = Made.Backup("""
            customer 1 {"name":"Ada"}
            customer 2 {"name":"Bo"}
            """);
        await using var database = await engine.ModelAsync(Model(string.Empty).Entities[0]);
        await Assert.ThrowsAsync<ImportStoppedException>(
            () => database.ImportAsync(backup, new ImportOptions { ResumeId = Id, ChunkSize = 1, Stop = ImportStop.AtChunk(2) }, Cancel));

        var result = await database.ImportAsync(
            backup,
            new ImportOptions
            {
                ResumeId = Id,
                ChunkSize = 1,
                Clock = new FixedClock(Imports.Now),
                IncludeNames = true,
                KeepReferences = true,
                IncludeValuesInErrors = true,
                Limits = new BackupLimits { MaxDepth = 10 },
                Progress = new DirectProgress(_ => { }),
            },
            Cancel);

        Assert.Equal(1, result.ResumedChunks);
    }

    private static ImportOptions Options(string changed, ImportStop? stop)
    {
        var captured = changed == "what a filter has captured" ? 6 : 5;
        return new ImportOptions
        {
            ResumeId = Id,
            ChunkSize = 1,
            Stop = stop,
            Seed = changed == "seed" ? 1 : 0,
            OnCollision = changed == "policy for all" ? CollisionPolicy.Merge : null,
            Scope = changed == "scope" ? ImportScope.Of("everything", "a") : ImportScope.Everything,
            UnresolvedReferences = changed == "unresolved" ? UnresolvedReferencePolicy.Drop : UnresolvedReferencePolicy.Fail,
            BackupRules = changed == "default of a rule" ? [BackupRule.FieldAdded("made.customer", "channel", FieldDefault.Of("app"))] : [],
            KnownKeys = changed == "known keys" ? PrimaryKeyMap.From([new KeyMapping(Customer, RecordKey.From(9), RecordKey.From(9), KeyMappingKind.Existing)]) : null,
            Models = new Dictionary<ModelLabel, ModelOptions>
            {
                [changed == "label" ? ModelLabel.Parse("made.client") : Customer] = new()
                {
                    Filter = changed == "filter" ? RecordFilter.In("name", "Ada") : RecordFilter.Where(["name"], record => ((string)record["name"]!).Length < captured),
                },
            },
        };
    }

    private RelocationModel Model(string changed)
    {
        var channel = _made.Field("channel", FieldType.Text, value: FieldDefault.Of(changed == "default of the model" ? "app" : "web"));
        var name = _made.Field("name", FieldType.Text);
        var entity = _made.Entity(
            "customer",
            [
                changed switch
                {
                    "conversion" => name with { Convert = json => json.GetString()!.ToUpperInvariant() },
                    "sanitising" => name with { Sanitizing = SanitizeKind.Name },
                    _ => name,
                },
                changed == "column" ? channel with { IsNullable = true } : channel,
            ]) with
        {
            OnCollision = changed == "policy of the model" ? CollisionPolicy.Merge : null,
            Rules = changed == "rule" ? [new OtherRule()] : [new LimitRule(changed == "setting of a rule" ? 2 : 1)],
            Uniques =
            [
                new UniqueSet
                {
                    Fields = ["name", "channel"],
                    OnCollision = changed == "policy of a set" ? CollisionPolicy.Overwrite : CollisionPolicy.Suffix,
                    ChangedField = changed == "field to change" ? "channel" : "name",
                },
            ],
        };
        return RelocationModel.Create("made", [changed == "label" ? entity with { Label = ModelLabel.Parse("made.client"), Aliases = [Customer] } : entity]);
    }

    /// <summary>Tells nothing of itself, as rules of users may forget to.</summary>
    private sealed class LimitRule(int most) : RecordRule
    {
        private int _calls;

        public override Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken)
        {
            _calls += most;
            return Task.CompletedTask;
        }
    }

    private sealed class OtherRule : RecordRule
    {
        public override Task DecideAsync(RecordChunk chunk, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
