namespace Relocation.Testing.Samples.XunitV3;

public sealed class SentryTaskTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("relocation-sample-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Organization_is_relocated_to_its_new_owner()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var database = await TestDatabase.CreateAsync(
            new TestDatabaseOptions
            {
                Target = SqliteTarget.InMemory(),
                Model = SentryModel.CreateForImport(SqliteEngine.Instance),
                Schema = SchemaSource.FromModel,
                Baseline =
                [
                    Backup.FromJson("""[{"model": "sentry.user", "pk": 1, "fields": {"username": "boss", "name": "", "email": "", "password": ""}}]"""),
                ],
            },
            cancellationToken);
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        var folder = _folder.FullName;
        await using var file = File.OpenRead("fixtures/sentry/organization.json");

        // begin-snippet: sentry-task
        var relocation = new RelocationTask(SqliteEngine.Instance, new RelocationTaskOptions
        {
            Storage = RelocationStorage.InFolder(folder),
            AllowPlainJson = true,
        });
        await relocation.CreateTablesAsync(connection, cancellationToken);
        var request = new RelocationRequest { File = file, Owner = "boss", Organizations = ["pine-sons"] };
        var started = await relocation.StartAsync(connection, request, cancellationToken);
        var ended = await relocation.RunAsync(connection, started.Uuid, cancellationToken);     // again after a crash: it goes on
        Assert.Equal(RelocationStatus.Success, ended.Status);
        // end-snippet
    }
}
