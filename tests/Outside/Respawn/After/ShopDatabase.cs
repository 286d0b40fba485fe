namespace Relocation.Testing.Outside.Respawn.After;

// begin-snippet: respawn-fixture
public sealed class ShopDatabase : IAsyncLifetime
{
    public SharedBaseline Baseline { get; } = new(async cancellationToken => await TestDatabase.CreateAsync(
        new TestDatabaseOptions<ShopContext>
        {
            Target = SqliteTarget.InMemory(),
            Baseline = BackupFiles.Find("../../shop.json"),
            Reset = new ResetOptions { Respawner = Reset.Options },
        },
        cancellationToken));

    public Task InitializeAsync() => Baseline.StartAsync();

    public Task DisposeAsync() => Baseline.DisposeAsync().AsTask();
}
// end-snippet
