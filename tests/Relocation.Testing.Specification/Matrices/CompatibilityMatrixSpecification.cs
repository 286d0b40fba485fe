using System.Text.Json;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;
using Relocation.Testing.Specification.Models.Shop;
using Relocation.Testing.Specification.Sentry;

namespace Relocation.Testing.Specification.Matrices;

/// <summary>Every backup meets every version of the tables, and the table says what came of each.</summary>
public abstract class CompatibilityMatrixSpecification(DatabaseUnderTest engine)
{
    private static readonly string[] ShopFixtures = ["complete", "drift", "types"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private CompatibilityOptions Options => new() { Targets = [engine.Target], Import = new ImportOptions { Clock = new FixedClock(Imports.Now) } };

    /// <summary>The table of the real exports is approved, the same on every engine; its diagonal is clean.</summary>
    [Fact]
    public async Task Every_export_of_sentry_meets_every_version()
    {
        var backups = SentryReleases.All.Select(release => SentryReleases.Open(release.Name)).ToList();

        var table = await CompatibilityMatrix.RunAsync(backups, new SentrySchemas().Versions, Options, Cancel);

        Assert.Equal(SentryReleases.All.Length * SentryModel.Versions.Count, table.Cells.Count);
        Assert.All(SentryReleases.All, release => Assert.Equal(
            Compatibility.Clean, table.Find($"{release.Name}.json", release.Version, engine.Target.Engine.Name).Result));
        await ApprovedSnapshot.CheckFileAsync(
            table.ToText().Replace(engine.Target.Engine.Name, "each engine", StringComparison.Ordinal),
            Repository.Golden("sentry/compatibility"),
            cancellationToken: Cancel);
    }

    /// <summary>Whatever an import alone says of a backup and a version, the cell says.</summary>
    [Fact]
    public async Task Cell_says_what_an_import_alone_says()
    {
        var versions = ShopVersions();
        var backups = ShopFixtures.Select(name => Backup.FromFile(Repository.Fixture("shop", $"{name}.json"))).ToList();

        var table = await CompatibilityMatrix.RunAsync(backups, versions, Options, Cancel);

        foreach (var version in versions)
        {
            foreach (var (backup, name) in backups.Zip(table.Backups))
            {
                var cell = table.Find(name, version.Name, engine.Target.Engine.Name);
                await using var database = await TestDatabase.CreateAsync(
                    new TestDatabaseOptions
                    {
                        Target = engine.Target,
                        Model = version.CreateModel(engine.Target.Engine),
                        Schema = version.CreateSchema(engine.Target.Engine),
                    },
                    Cancel);
                var refusal = await Record.ExceptionAsync(async () => MustSay(cell, await database.ImportAsync(backup, Options.Import, Cancel)));
                if (refusal is ImportException { Problems: var problems })
                {
                    Assert.Equal(Compatibility.Refused, cell.Result);
                    Assert.Equal(problems.Select(problem => problem.Message), cell.Findings.Select(finding => finding.Reason));
                }
                else
                {
                    Assert.Null(refusal);
                }
            }
        }

        Assert.Equal(
            [Compatibility.Clean, Compatibility.AsDeclared, Compatibility.Drift, Compatibility.Refused],
            table.Cells.Select(cell => cell.Result).Distinct().Order());
    }

    [Fact]
    public async Task Backup_that_cannot_be_read_is_a_refused_cell_with_its_place()
    {
        var broken = Backup.FromFile(Repository.Fixture("invalid", "truncated.json"));
        var whole = Backup.FromFile(Repository.Fixture("shop", "complete.json"));
        var reported = new List<CompatibilityProgress>();

        var table = await CompatibilityMatrix.RunAsync(
            [broken, whole], [SchemaVersion.OfContext<ShopContext>()], Options with { Progress = new Heard(reported) }, Cancel);

        Assert.Equal(["invalid/truncated.json", "shop/complete.json"], table.Backups);
        var (first, second) = (table.Cells[0], table.Cells[1]);
        Assert.Equal((Compatibility.Refused, Compatibility.Clean), (first.Result, second.Result));
        var finding = Assert.Single(first.Findings);
        Assert.Equal("line 4:57 /2/fields/customer (shop.order 1)", finding.Subject);
        Assert.Equal(57, second.Written);
        Assert.Equal([1, 2], reported.Select(progress => progress.Done));
        Assert.All(reported, progress => Assert.Equal(2, progress.Total));
        using var json = JsonDocument.Parse(table.ToJson());
        Assert.Equal("refused", json.RootElement.GetProperty("cells")[0].GetProperty("result").GetString());
    }

    /// <summary>The shop as it is, without a field that older backups have, and with names that are shorter than the backups'.</summary>
    private static List<SchemaVersion> ShopVersions()
    {
        var now = SchemaVersion.OfContext<ShopContext>("now");
        return
        [
            now,
            Changed("declared", "shop.product", product => product with
            {
                Fields = [.. product.Fields.Where(field => field.Name != "weight")],
                DroppedFields = ["weight"],
            }),
            Changed("narrow", "shop.customer", customer => customer with
            {
                Fields = [.. customer.Fields.Select(field => field.Name == "name" ? field with { MaxLength = 2 } : field)],
            }),
        ];

        SchemaVersion Changed(string name, string label, Func<RelocationEntity, RelocationEntity> change) => new(
            name,
            engine => RelocationModel.Create(
                name, now.CreateModel(engine).Entities.Select(entity => entity.Label.Value == label ? change(entity) : entity)),
            now.CreateSchema);
    }

    private static void MustSay(CompatibilityCell cell, ImportResult result)
    {
        Assert.Equal(result.Map.Count, cell.Written);
        Assert.Equal(
            result.Drift.UnknownModels.Select(model => model.Model.Value),
            Subjects(CompatibilityFindingKind.UnknownModel));
        Assert.Equal(
            result.Drift.UnknownFields.Select(field => $"{field.Model}.{field.Field} {field.Records}").Order(StringComparer.Ordinal),
            cell.Findings.Where(finding => finding.Kind == CompatibilityFindingKind.UnknownField).Select(finding => $"{finding.Subject} {finding.Records}"));
        Assert.Equal(
            result.Drift.DefaultedFields.Select(field => $"{field.Model}.{field.Field}").Order(StringComparer.Ordinal),
            Subjects(CompatibilityFindingKind.DefaultedField));
        Assert.Equal(
            result.Drift.Declared.Select(declared => declared.ToString()).Order(StringComparer.Ordinal),
            cell.Findings.Where(finding => finding.Kind == CompatibilityFindingKind.Declared).Select(finding => finding.Reason!).Order(StringComparer.Ordinal));
        var expected = result.Drift.IsEmpty ? Compatibility.Clean : result.Drift.IsAsDeclared ? Compatibility.AsDeclared : Compatibility.Drift;
        Assert.Equal(expected, cell.Result);

        IEnumerable<string> Subjects(CompatibilityFindingKind kind) =>
            cell.Findings.Where(finding => finding.Kind == kind).Select(finding => finding.Subject);
    }

    private sealed class Heard(List<CompatibilityProgress> reported) : IProgress<CompatibilityProgress>
    {
        public void Report(CompatibilityProgress value) => reported.Add(value);
    }
}
