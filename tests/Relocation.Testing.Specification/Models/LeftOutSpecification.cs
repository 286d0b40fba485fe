using System.Text;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Models;

/// <summary>What a context has and backups do not hold is left out and said, not a reason to refuse the context.</summary>
[Case("keyless")]
[Case("keyless-more")]
public abstract class LeftOutSpecification(DatabaseUnderTest engine)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Views_functions_queries_and_keyless_entities_are_left_out_and_said()
    {
        await using var database = await CreateAsync();

        var result = await database.ImportAsync(
            Backup.FromJson("""
                [{"model": "wide.sale", "pk": 1, "fields": {"price": "1.5", "total": 7, "viewed_id": 9}},
                 {"model": "wide.sale", "pk": 2, "fields": {"price": "2.5"}}]
                """),
            null,
            Cancel);

        Assert.Equal(
            ["wide.asked", "wide.called", "wide.count", "wide.note", "wide.total", "wide.viewed"],
            result.Plan.Model.LeftOut.Keys.Where(name => name.Count(letter => letter == '.') == 1));
        Assert.Contains("has no key", database.Model.LeftOut["wide.count"], StringComparison.Ordinal);
        Assert.Contains("views, functions and queries hold no rows of their own", database.Model.LeftOut["wide.viewed"], StringComparison.Ordinal);
        Assert.Equal(2, result.Map.Count);
        await using var context = database.CreateContext();
        Assert.Equal(9, (await context.Sales.OrderBy(sale => sale.Id).FirstAsync(Cancel)).ViewedId);
    }

    [Theory]
    [InlineData("count", "has no key")]
    [InlineData("viewed", "is mapped to no table")]
    [InlineData("asked", "is mapped to no table")]
    [InlineData("called", "is mapped to no table")]
    [InlineData("total", "has no key, and is mapped to a view, a function or a query")]
    public async Task Record_of_what_is_left_out_is_refused_by_name(string model, string reason)
    {
        await using var database = await CreateAsync();
        var before = await engine.FingerprintAsync(database);

        var refusal = await Assert.ThrowsAsync<ImportException>(() => database.ImportAsync(
            Backup.FromJson($$"""[{"model": "wide.sale", "pk": 1, "fields": {"price": "1.5"} }, {"model": "wide.{{model}}", "pk": 1, "fields": {} }]"""), null, Cancel));

        var problem = Assert.Single(refusal.Problems);
        Assert.Equal((BackupProblemKind.UnknownModel, "/1"), (problem.Kind, problem.Place.Pointer));
        Assert.Contains($"'wide.{model}' (1 record) {reason}", problem.Message, StringComparison.Ordinal);
        Assert.Equal(before, await engine.FingerprintAsync(database));
    }

    [Fact]
    public async Task Only_rows_and_values_of_their_own_are_findings_of_an_export()
    {
        await using var database = await CreateAsync();
        var (empty, _) = await ExportAsync(database);
        await database.RunAsync("""INSERT INTO "Sales" ("Id", "Price", "Big") VALUES (5, 2, '12'), (6, 2, NULL); INSERT INTO "Counts" ("Number") VALUES (1), (2)""");

        var (filled, text) = await ExportAsync(database);

        Assert.Empty(empty.Findings);
        var hasForm = !database.Model.LeftOut.ContainsKey("wide.sale.big");
        Assert.Equal(
            hasForm ? ["2 rows of 'wide.count'"] : ["2 rows of 'wide.count'", "1 value of 'wide.sale.big'"],
            filled.Findings.Select(finding => finding[..(finding.IndexOf('\'', finding.IndexOf('\'', StringComparison.Ordinal) + 1) + 1)]));
        Assert.Contains("--leave-out wide.count.", filled.Findings[0], StringComparison.Ordinal);
        Assert.DoesNotContain("wide.count", text, StringComparison.Ordinal);
        Assert.Equal(2, filled.RecordCount);
    }

    [Fact]
    public async Task What_is_declared_is_left_out_of_imports_and_exports_and_is_no_finding()
    {
        await using var database = await CreateAsync("wide.count", "wide.sale.memo", "wide.sale.big", "wide.secret", "wide.sale.place");

        var result = await database.ImportAsync(
            Backup.FromJson("""
                [{"model": "wide.sale", "pk": 1, "fields": {"price": "1.5", "memo": "m", "hidden": "h", "place": {"street": "s"}}},
                 {"model": "wide.secret", "pk": 1, "fields": {"text": "t"}}, {"model": "wide.count", "pk": 1, "fields": {}},
                 {"model": "wide.note", "pk": 1, "fields": {}}]
                """),
            new ImportOptions { UnknownFields = DriftPolicy.Refuse, UnknownModels = DriftPolicy.Refuse },
            Cancel);
        await database.RunAsync("""UPDATE "Sales" SET "Memo" = 'kept', "Hidden" = 'kept'; INSERT INTO "Counts" ("Number") VALUES (1)""");
        var (exported, text) = await ExportAsync(database);

        Assert.Equal(
            ["wide.count", "wide.note", "wide.sale.hidden", "wide.sale.memo", "wide.sale.place", "wide.secret"],
            result.Drift.Declared.Select(drift => drift.Field is null ? drift.Model.Value : $"{drift.Model}.{drift.Field}").Order(StringComparer.Ordinal));
        Assert.Equal(1, result.Map.Count);
        Assert.Empty(exported.Findings);
        Assert.DoesNotContain("kept", text, StringComparison.Ordinal);
        Assert.DoesNotContain("street", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Declaration_that_names_nothing_is_refused()
    {
        using var context = Context();

        var refusal = Assert.Throws<RelocationModelException>(() => RelocationModel.FromContext(context, new RelocationModelOptions { LeaveOut = ["wide.sail", "wide.sale.memo"] }));

        Assert.Contains("'wide.sail'", Assert.Single(refusal.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Part_of_a_key_cannot_be_left_out()
    {
        using var context = Context();

        var refusal = Assert.Throws<RelocationModelException>(() => RelocationModel.FromContext(context, new RelocationModelOptions { LeaveOut = ["wide.sale.id"] }));

        Assert.Contains("names 'wide.sale.id', which the model does not have, or has as its key.", Assert.Single(refusal.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void Part_of_a_key_that_an_attribute_or_an_annotation_leaves_out_is_refused_by_name()
    {
        var builder = new DbContextOptionsBuilder<KeyContext>();
        engine.Target.Engine.UseDatabase(builder, string.Empty);
        using var context = new KeyContext(builder.Options);

        var refusal = Assert.Throws<RelocationModelException>(() => RelocationModel.FromContext(context, new RelocationModelOptions { LeaveOut = ["key.plain.id"] }));
        var withoutModels = RelocationModel.FromContext(context, new RelocationModelOptions { LeaveOut = ["key.marked", "key.told", "key.pair"] });

        Assert.Equal(
            ["key.marked", "key.pair", "key.plain.id", "key.told"],
            refusal.Problems.Select(problem => problem.Split('\'')[1].Split(' ')[0]).Select(name => name.StartsWith("key.plain", StringComparison.Ordinal) ? name : string.Join('.', name.Split('.')[..2])).Distinct().Order(StringComparer.Ordinal));
        Assert.All(
            refusal.Problems.Where(problem => !problem.Contains("key.plain.id", StringComparison.Ordinal)),
            problem => Assert.Contains("is to be left out of backups, and is a part of a key. Leave out its model, or keep the field.", problem, StringComparison.Ordinal));
        Assert.Equal("key.plain", Assert.Single(withoutModels.Entities).Label.Value);
    }

    private WideContext Context()
    {
        var builder = new DbContextOptionsBuilder<WideContext>();
        engine.Target.Engine.UseDatabase(builder, string.Empty);
        return new WideContext(builder.Options);
    }

    private Task<TestDatabase<WideContext>> CreateAsync(params string[] leaveOut) => TestDatabase.CreateAsync(
        new TestDatabaseOptions<WideContext>
        {
            Target = engine.Target,
            CreateContext = static options => new WideContext(options),
            ModelOptions = new RelocationModelOptions { LeaveOut = leaveOut },
        },
        Cancel);

    private static async Task<(ExportResult Result, string Text)> ExportAsync(TestDatabase database)
    {
        using var stream = new MemoryStream();
        var result = await database.ExportAsync(BackupDestination.ToStream(stream), null, Cancel);
        return (result, Encoding.UTF8.GetString(stream.ToArray()));
    }

    private sealed class Sale
    {
        public int Id { get; set; }

        public decimal Price { get; set; }

        public string? Memo { get; set; }

        [LeaveOutOfBackup]
        public string? Hidden { get; set; }

        public string? Big { get; set; }

        public int? ViewedId { get; set; }

        public Viewed? Viewed { get; set; }

        public Place? Place { get; set; }
    }

    private sealed class Place
    {
        public string? Street { get; set; }
    }

    private sealed class Secret
    {
        public int Id { get; set; }

        public required string Text { get; set; }
    }

    /// <summary>It is left out by its annotation.</summary>
    private sealed class Note
    {
        public int Id { get; set; }
    }

    private sealed class Count
    {
        public int Number { get; set; }
    }

    private sealed class Total
    {
        public decimal Sum { get; set; }
    }

    private sealed class Viewed
    {
        public int Id { get; set; }
    }

    private sealed class Called
    {
        public int Id { get; set; }
    }

    private sealed class Asked
    {
        public int Id { get; set; }
    }

    private sealed class Marked
    {
        [LeaveOutOfBackup]
        public int Id { get; set; }
    }

    private sealed class Told
    {
        public int Id { get; set; }

        public required string Code { get; set; }
    }

    private sealed class Pair
    {
        public int First { get; set; }

        [LeaveOutOfBackup]
        public int Second { get; set; }
    }

    private sealed class Plain
    {
        public int Id { get; set; }
    }

    private sealed class KeyContext(DbContextOptions<KeyContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Marked>();
            modelBuilder.Entity<Told>(told =>
            {
                told.HasAlternateKey(row => row.Code);
                told.Property(row => row.Code).LeaveOutOfBackup();
            });
            modelBuilder.Entity<Pair>().HasKey(row => new { row.First, row.Second });
            modelBuilder.Entity<Plain>();
        }
    }

    private sealed class WideContext(DbContextOptions<WideContext> options) : DbContext(options)
    {
        public DbSet<Sale> Sales => Set<Sale>();

        private IQueryable<Called> Call() => FromExpression(() => Call());

        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Sale>(sale =>
            {
                sale.OwnsOne(row => row.Place);
                sale.HasOne(row => row.Viewed).WithMany().HasForeignKey(row => row.ViewedId);
            });
            modelBuilder.Entity<Secret>();
            modelBuilder.Entity<Note>().LeaveOutOfBackup();
            modelBuilder.Entity<Count>().HasNoKey().ToTable("Counts");
            modelBuilder.Entity<Total>().HasNoKey().ToView("totals");
            modelBuilder.Entity<Viewed>().ToView("viewed");
            modelBuilder.Entity<Asked>().ToSqlQuery("SELECT 1 AS Id");
            modelBuilder.HasDbFunction(() => Call());
            modelBuilder.Entity<Called>().ToTable((string?)null).ToFunction(nameof(Call));
        }
    }
}
