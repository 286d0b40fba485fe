namespace Relocation.Testing.Samples.NUnit;

// begin-snippet: nunit-sentry
public sealed class SentryTests : RelocationTest
{
    [Test]
    public async Task An_organization_is_imported_whole()
    {
        await using var connection = await Database.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sentry_project";
        Assert.That(await command.ExecuteScalarAsync(), Is.EqualTo(2L));
        Assert.That(Database.Baseline[0].Dropped, Is.Empty);
        await CheckAsync(Database.Baseline[0].Map);
    }

    protected override TestDatabaseOptions Configure() => new()
    {
        Target = SqliteTarget.InMemory(),
        Model = SentryModel.Create(SqliteEngine.Instance),
        Schema = SchemaSource.FromModel,
        Baseline = [Backup.FromFile("fixtures/sentry/organization.json")],
        Import = new ImportOptions { Scope = SentryScopes.Organization },
    };
}
// end-snippet
