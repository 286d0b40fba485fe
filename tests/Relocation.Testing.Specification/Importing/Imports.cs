using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Checking;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Models.Shop;

namespace Relocation.Testing.Specification.Importing;

/// <summary>Databases to import into, and what tests of imports do again and again.</summary>
internal static class Imports
{
    /// <summary>The clock of all imports here.</summary>
    internal static DateTimeOffset Now { get; } = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal static Task<TestDatabase> SentryAsync(this DatabaseUnderTest engine, string version = SentryModel.Head) =>
        DatabaseTemplates.CopyAsync(engine, $"Sentry {version}", () => new TestDatabaseOptions
        {
            Target = engine.Target,
            Model = SentryModel.Create(engine.Target.Engine, version),
            Schema = SchemaSource.FromModel,
        });

    internal static Task<TestDatabase<ShopContext>> ShopAsync(this DatabaseUnderTest engine, params Backup[] baseline) =>
        TestDatabase.CreateAsync(
            new TestDatabaseOptions<ShopContext>
            {
                Target = engine.Target,
                CreateContext = static options => new ShopContext(options),
                Baseline = baseline,
            },
            Cancel);

    /// <summary>The shop's tables with some rows, for tests that need no context.</summary>
    internal static Task<TestDatabase> ShopModelAsync(this DatabaseUnderTest engine)
    {
        var builder = new DbContextOptionsBuilder<ShopContext>();
        engine.Target.Engine.UseDatabase(builder, string.Empty);
        using var context = new ShopContext(builder.Options);
        var script = context.Database.GenerateCreateScript();
        return TestDatabase.CreateAsync(
            new TestDatabaseOptions
            {
                Target = engine.Target,
                Model = RelocationModel.FromContext(context),
                Schema = SchemaSource.From((connection, _) => connection.RunAsync(script)),
                Baseline = [Backup.FromFile(Repository.Fixture("shop", "complete.json"))],
            },
            Cancel);
    }

    /// <summary>A database of a model made by hand.</summary>
    internal static Task<TestDatabase> ModelAsync(this DatabaseUnderTest engine, params RelocationEntity[] entities) =>
        TestDatabase.CreateAsync(
            new TestDatabaseOptions
            {
                Target = engine.Target,
                Model = RelocationModel.Create("made", entities),
                Schema = SchemaSource.FromModel,
            },
            Cancel);

    /// <summary>The rows that were not there before, matched with the records that they should be.</summary>
    internal static Matching Match(
        this CheckedModel model,
        IReadOnlyCollection<SourceRecord> written,
        IReadOnlyList<CheckedItem> before,
        IReadOnlyList<CheckedItem> after)
    {
        var old = before.Select(row => row.Name).ToHashSet();
        Assert.Equal(before.Select(Line).Order(StringComparer.Ordinal), after.Where(row => old.Contains(row.Name)).Select(Line).Order(StringComparer.Ordinal));
        return ReferenceChecker.Match(model.Records(written), [.. after.Where(row => !old.Contains(row.Name))]);
    }

    /// <summary>Where only one row can be a record, the map must say that it is.</summary>
    internal static void MustAgree(PrimaryKeyMap map, Matching matching, IEnumerable<SourceRecord> written)
    {
        foreach (var record in written.Where(record => matching.Certain.Contains(Name(record))))
        {
            var entity = record.Entity!;
            var expected = matching.Rows[Name(record)];
            var mapped = map.NewKey(entity.Label, record.ToKey());
            var parts = mapped.Parts.ToArray().Select(part => part.Kind == RecordKeyKind.Text ? part.AsText() : part.ToString());
            Assert.Equal(expected, CheckedItem.NameOf(entity.Label.Value, string.Join('|', parts)));
        }
    }

    /// <summary>Each record is in exactly one count.</summary>
    internal static void MustAccount(ImportResult result, IReadOnlyCollection<SourceRecord> records)
    {
        Assert.Equal(records.Count, result.RecordCount);
        Assert.Equal(
            records.Where(record => record.Entity is null).GroupBy(record => record.Label)
                .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, (long)group.Count())),
            result.Drift.UnknownModels.Select(unknown => (unknown.Model.Value, unknown.Records)));
        Assert.Equal(
            records.Where(record => record.Entity is not null).GroupBy(record => record.Entity!.Label.Value)
                .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, (long)group.Count())),
            result.Models.OrderBy(model => model.Model).Select(model => (model.Model.Value, model.Records)));
        Assert.All(result.Models, model => Assert.Equal(
            model.Records, model.Inserted + model.Existing + model.Overwritten + model.OutOfScope + model.Dropped));
        Assert.Equal(result.Dropped.Count, result.Models.Sum(model => model.Dropped));
        Assert.Equal(result.Map.Count, result.Models.Sum(model => model.Inserted));
    }

    private static string Name(SourceRecord record) => CheckedItem.NameOf(record.Entity!.Label.Value, record.Key);

    private static string Line(CheckedItem row) => $"{row.Name}\n{row.Content}\n{string.Join(',', row.References)}";
}
