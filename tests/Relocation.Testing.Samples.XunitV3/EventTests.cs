using System.Text.Json.Nodes;

namespace Relocation.Testing.Samples.XunitV3;

public sealed class EventTests(SentryDatabase sentry) : RelocationTest(sentry), IClassFixture<SentryDatabase>
{
    private const long BackupKey = 4554321098765314;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // begin-snippet: save-event
    [Fact]
    public async Task An_error_makes_a_group_of_an_imported_project()
    {
        var project = Database.Baseline[0].Map.NewKey("sentry.project", BackupKey);
        var events = new EventWriter(SqliteEngine.Instance);
        await using var connection = await Database.OpenConnectionAsync(Cancel);
        var saved = await events.SaveAsync(connection, project, new JsonObject { ["message"] = "It broke", ["level"] = "error" }, Cancel);
        Assert.True(saved.Group!.IsNew);
    }
    // end-snippet
}
