namespace Relocation.Testing.Samples.XunitV3;

// begin-snippet: xunit-sentry-fixture
public sealed class SentryDatabase : RelocationFixture
{
    protected override TestDatabaseOptions Configure() => new()
    {
        Target = SqliteTarget.InMemory(),
        Model = SentryModel.Create(SqliteEngine.Instance, SentryTables.Events),
        Schema = SchemaSource.FromModel,
        Baseline = [Backup.FromFile("fixtures/sentry/organization.json")],
        Import = new ImportOptions { Scope = SentryScopes.Organization },
    };
}
// end-snippet
