namespace Relocation.Testing.Outside.XunitV2.Plain;

// begin-snippet: xunit-v2-plain-fixture
/// <summary>The baseline, made once for the classes that share this fixture.</summary>
public sealed class ShopDatabase : IAsyncLifetime
{
    public SharedBaseline Baseline { get; } = new(async cancellationToken => await TestDatabase.CreateAsync(
        new TestDatabaseOptions<ShopContext>
        {
            Target = SqliteTarget.InMemory(),
            Baseline = BackupFiles.Find("../../shop.json"),
        },
        cancellationToken));

    public Task InitializeAsync() => Baseline.StartAsync();

    public Task DisposeAsync() => Baseline.DisposeAsync().AsTask();
}
// end-snippet
