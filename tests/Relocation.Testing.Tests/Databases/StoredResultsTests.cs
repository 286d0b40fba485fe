using Relocation.Testing.Databases;
using Relocation.Testing.Specification.Importing;
using Xunit;

namespace Relocation.Testing.Tests.Databases;

public sealed class StoredResultsTests
{
    /// <summary>Whoever adds to a result finds out here whether a reused baseline holds it as well.</summary>
    [Fact]
    public void Everything_that_a_result_says_is_stored()
    {
        var plan = ImportPlan.For(RelocationModel.Create("empty", []));
        ImportResult[] written = [FilledResult.Of(plan), FilledResult.Of(plan)];

        var read = StoredResults.Read(StoredResults.Write(written), plan, [null!, null!]);

        Assert.Equal(FilledResult.Leaves(written), FilledResult.Leaves(read));
        Assert.All(read, result => Assert.Same(plan, result.Plan));
        Assert.DoesNotContain(FilledResult.Leaves(written), leaf => leaf.Value is null or 0L or 0);
    }

    [Fact]
    public async Task Results_are_read_as_they_were_written()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var database = await TestDatabase.CreateAsync(
            new TestDatabaseOptions<NoteContext>
            {
                Target = SqliteTarget.InMemory(),
                CreateContext = options => new NoteContext(options),
                Import = new ImportOptions { KeepReferences = true, UnresolvedReferences = UnresolvedReferencePolicy.Drop },
                Baseline =
                [
                    Backup.FromJson("""
                        [
                          {"model": "note.note", "pk": "a", "fields": {"parent": null, "extra": 1}},
                          {"model": "note.note", "pk": "b", "fields": {"parent": "a"}},
                          {"model": "note.note", "pk": "c", "fields": {"parent": "gone"}},
                          {"model": "note.other", "pk": 1, "fields": {}}
                        ]
                        """),
                ],
            },
            cancel);
        var written = Assert.Single(database.Baseline);
        Assert.Single(written.Dropped);

        var read = Assert.Single(StoredResults.Read(StoredResults.Write(database.Baseline), written.Plan, [written.Lines!]));

        Assert.Equal(written.Map, read.Map);
        Assert.Equal(written.Map.ToSnapshot(), read.Map.ToSnapshot());
        Assert.Equal(written.Models, read.Models);
        Assert.Equal(written.Members, read.Members);
        Assert.Equal(written.Dropped[0].Place, read.Dropped[0].Place);
        Assert.Equal(written.Dropped[0].Causes, read.Dropped[0].Causes);
        Assert.Equal(written.Drift.UnknownModels, read.Drift.UnknownModels);
        Assert.Equal(written.Drift.UnknownFields, read.Drift.UnknownFields);
        Assert.NotEmpty(written.Findings);
        Assert.Equal(written.Findings, read.Findings);
        Assert.Equal(written.TriggeredRows, read.TriggeredRows);
        Assert.Equal(written.Shortened, read.Shortened);
        Assert.Equal((written.ForeignKeys, written.RecordCount), (read.ForeignKeys, read.RecordCount));
        Assert.Equal((written.CommittedChunks, written.ResumedChunks), (read.CommittedChunks, read.ResumedChunks));
    }
}
