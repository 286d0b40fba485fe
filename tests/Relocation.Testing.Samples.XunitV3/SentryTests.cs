
namespace Relocation.Testing.Samples.XunitV3;

public sealed class SentryTests(SentryDatabase sentry) : RelocationTest(sentry), IClassFixture<SentryDatabase>
{
    // begin-snippet: xunit-sentry-test
    [Fact]
    public async Task An_organization_is_imported_whole()
    {
        await using var connection = await Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sentry_project";
        Assert.Equal(2L, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        Assert.Empty(Database.Baseline[0].Dropped);
        await CheckAsync(Database.Baseline[0].Map);
    }
    // end-snippet

    [Fact]
    public async Task Another_backup_is_imported_into_the_emptied_database()
    {
        await Database.ResetAsync(ResetTo.Empty, TestContext.Current.CancellationToken);

        var result = await Database.ImportAsync(
            Backup.FromFile("fixtures/sentry/drift.json"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.NotEmpty(result.Drift.UnknownModels);
    }
}
