using Relocation.Testing.Tests.Comparing;
using Xunit;

namespace Relocation.Testing.Tests.Importing.Deciding;

public sealed class RecordReaderTests
{
    private static readonly RelocationReference ToBoss = Entities.To("person", "boss");

    private static readonly RelocationEntity Person = Entities.Entity(
        "person",
        [
            Entities.Field("boss"),
            Entities.Field("name", FieldType.Text) with { IsNullable = false, MaxLength = 3 },
            Entities.Field("rank") with { Default = FieldDefault.Constant("6"), IsNullable = false },
        ],
        ToBoss);

    private static readonly RelocationModel Model = RelocationModel.Create("made", [Person]);

    [Fact]
    public async Task Row_has_the_new_key_new_references_and_defaults()
    {
        await using var import = await DecidedAsync("""
            {"model": "made.person", "pk": 3, "fields": {"boss": 9, "name": "a", "rank": 1}},
            {"model": "made.person", "pk": 9, "fields": {"name": "b", "boss": null, "shoe": 44}}
            """);

        Assert.Equal(["101,102,a,1", "102,-,b,6"], await import.RowsAsync("person"));
        var rows = import.LastReader!.Rows;
        Assert.Equal((0L, "shoe"), (import.Problems.Count, Assert.Single(rows.Drift.Unknown).Field));
        Assert.Equal(1, Assert.Single(rows.DefaultedColumns).Defaulted);
    }

    [Theory]
    [InlineData("""{"boss": 77, "name": "a"}""", BackupProblemKind.UnresolvedReference)]
    [InlineData("""{"boss": "x", "name": "a"}""", BackupProblemKind.WrongValue)]
    [InlineData("""{"name": null}""", BackupProblemKind.WrongValue)]
    [InlineData("""{"name": "abcd"}""", BackupProblemKind.WrongValue)]
    [InlineData("""{"name": "a", "name": "b"}""", BackupProblemKind.DoubledMember)]
    [InlineData("{}", BackupProblemKind.MissingField)]
    public async Task Record_that_is_wrong_is_a_problem_and_becomes_no_row(string fields, BackupProblemKind kind)
    {
        await using var import = await DecidedAsync(
            """{"model": "made.person", "pk": 1, "fields": {"name": "ok"}}, {"model": "made.person", "pk": 2, "fields": """ + fields + "}");

        Assert.Equal(["101,-,ok,6"], await import.RowsAsync("person"));
        var refusal = await Assert.ThrowsAsync<ImportException>(() => import.Problems.ThrowIfAnyAsync(TestContext.Current.CancellationToken));
        Assert.Equal(kind, Assert.Single(refusal.Problems).Kind);
    }

    [Fact]
    public async Task Reference_that_leads_nowhere_becomes_null_where_that_is_asked_for()
    {
        await using var import = await DecidedAsync(
            """{"model": "made.person", "pk": 1, "fields": {"boss": 77, "name": "a"}}""",
            new ImportOptions { UnresolvedReferences = UnresolvedReferencePolicy.SetNull });

        Assert.Equal(["101,-,a,6"], await import.RowsAsync("person"));
        Assert.Equal(1, import.LastReader!.Rows.ReferencesSetToNull);
    }

    [Fact]
    public async Task Cut_reference_is_null_in_its_row_and_kept_with_the_key_that_it_will_hold()
    {
        await using var import = await DecidedAsync("""
            {"model": "made.person", "pk": 3, "fields": {"boss": 9, "name": "a"}}, {"model": "made.person", "pk": 9, "fields": {"name": "b"}}
            """);

        Assert.Equal(["101,-,a,6", "102,-,b,6"], await import.RowsAsync("person", ToBoss));
        var (_, rows) = Assert.Single(import.LastReader!.Cuts!.All);
        var (key, target) = Assert.Single(rows);
        Assert.Equal(("101", "102"), ($"{key}", $"{target.KeyIn(import.Context.Tables)}"));
    }

    [Fact]
    public async Task Old_keys_of_references_are_kept_by_rank_where_they_are_asked_for()
    {
        await using var import = await DecidedAsync(
            """
            {"model": "made.person", "pk": 3, "fields": {"boss": 9, "name": "a"}}, {"model": "made.person", "pk": 9, "fields": {"name": "b"}}
            """,
            new ImportOptions { KeepReferences = true });

        await import.RowsAsync("person");

        var kept = Assert.Single(import.Context.Tables.ToMap(import.Table("person")).References);
        Assert.Equal(("boss", Person.Label), (kept.Name, kept.Target));
        Assert.Equal([RecordKey.From(9), null], kept.OldKeys);
    }

    private static async Task<MadeImport> DecidedAsync(string records, ImportOptions? options = null)
    {
        var import = await MadeImport.OfAsync(Model, records, options);
        await import.DecideAsync(new MadeTransaction { HighestKeys = { ["person"] = 100 } });
        return import;
    }
}
