using Relocation.Testing.Databases;
using Xunit;

namespace Relocation.Testing.Tests.Databases;

public sealed class StoredResultsTests
{
    /// <summary>Whoever adds to a result finds out here that a reused baseline has to hold it as well.</summary>
    [Theory]
    [InlineData(typeof(ImportResult), "CommittedChunks Drift Dropped DroppedElements Filtered Findings ForeignKeys JsonTexts Map Members Models Plan RecordCount ResumedChunks Shortened TriggeredRows")]
    [InlineData(typeof(ImportFinding), "First Kind Message Model Records")]
    [InlineData(typeof(TriggeredRows), "Rows Table")]
    [InlineData(typeof(JsonTextReport), "FirstInText FirstNewer InText IsAskedFor IsMixed Plain Reading Values")]
    [InlineData(typeof(ModelCounts), "Dropped Existing Filtered Inserted Model OutOfScope Overwritten Records ReferencesSetToNull")]
    [InlineData(typeof(MemberCounts), "Dropped Elements Existing Inserted Member Model OfExisting")]
    [InlineData(typeof(DriftReport), "Declared DefaultedFields IsAsDeclared IsEmpty UnknownFields UnknownModels")]
    [InlineData(typeof(FieldDrift), "Field First Model Records")]
    [InlineData(typeof(UnknownModel), "First Model Records")]
    [InlineData(typeof(DroppedRecord), "Causes Place Rule")]
    [InlineData(typeof(DropCause), "Model Reason Reference Target TargetKey")]
    [InlineData(typeof(RecordPlace), "Backup Column Key Line Model Ordinal Pointer")]
    [InlineData(typeof(FilteredRecords), "Model Reason Records")]
    [InlineData(typeof(DeclaredDrift), "Field First Former Kind Model Records")]
    [InlineData(typeof(KeyMapping), "Kind Model New Old")]
    public void Everything_that_a_result_says_is_stored(Type type, string names) =>
        Assert.Equal(names, string.Join(' ', type.GetProperties().Select(property => property.Name).Order(StringComparer.Ordinal)));

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
