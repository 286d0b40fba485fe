using System.Data.Common;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlImportPolicyTests(PostgreSqlFixture fixture) : ImportPolicySpecification(fixture.UnderTest)
{
    [Fact]
    public async Task Role_that_owns_nothing_gets_the_same_map_row_by_row()
    {
        var role = $"relocation_{Guid.NewGuid():N}";
        await using var database = await Engine.ModelAsync(Cycle());
        await using var connection = await database.OpenConnectionAsync(Cancel);
        await connection.RunAsync($"CREATE ROLE {role}");
        try
        {
            var importer = new BackupImporter(database.Model, database.Engine);
            var backup = Made.Backup(CycleRecords(1_000));
            var owners = await importer.ImportAsync(connection, backup, Cancel);
            var rows = await RowsAsync(connection);
            await database.ResetAsync(Cancel);
            await connection.RunAsync(
                $"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}; "
                + $"GRANT SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {role}; SET ROLE {role}");

            var strangers = await importer.ImportAsync(connection, backup, Cancel);

            Assert.Equal(ForeignKeyEnforcement.CheckedBeforeCommit, owners.ForeignKeys);
            Assert.Equal(ForeignKeyEnforcement.CheckedRowByRow, strangers.ForeignKeys);
            Assert.Equal(owners.Map, strangers.Map);
            Assert.Equal(rows, await RowsAsync(connection));
        }
        finally
        {
            await connection.RunAsync($"RESET ROLE; DROP OWNED BY {role}; DROP ROLE {role}");
        }
    }

    private static Task<string> RowsAsync(DbConnection connection) =>
        connection.TextAsync("SELECT s.id, s.first, b.shelf, b.next FROM shelf s JOIN book b ON b.id = s.id ORDER BY s.id");
}
