using System.Data.Common;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Specification.Importing;

/// <summary>Where the database fails, its own code says why, in words, whatever was being done; no driver's exception comes through as it is.</summary>
[Case("server-causes")]
public abstract class DatabaseFaultSpecification(DatabaseUnderTest engine)
{
    private const string Tags = """[{"model":"shop.tag","pk":901,"fields":{"name":"one"}},{"model":"shop.tag","pk":902,"fields":{"name":"two"}}]""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Any_statement_of_an_import_may_fail_for_any_reason(bool isResumable)
    {
        await using var database = await engine.ShopModelAsync();
        var statements = await CountStatementsAsync(database, isResumable);
        var before = await engine.StateAsync(database);
        var rows = await ReadAsync(database, "SELECT count(*) FROM \"Tags\"");
        Assert.True(statements > 1);
        var doubts = 0;
        foreach (var (fault, code, exception) in engine.Faults())
        {
            for (var statement = 1; statement <= statements; statement++)
            {
                var stop = ImportStop.AtStatement(statement, () => throw exception());

                var failure = await Record.ExceptionAsync(() => database.ImportAsync(Backup.FromJson(Tags, "tags"), Options(stop, isResumable), Cancel));

                // A statement with rows that is refused for what is in it is a refusal of the backup.
                Assert.True(failure is DatabaseException || (fault == DatabaseFault.Refused && failure is ImportException), $"{code}: {failure}");
                Assert.Contains("backup 'tags'", failure.Message, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain("s3cret", failure.Message, StringComparison.Ordinal);
                if (failure is DatabaseException said)
                {
                    Assert.Equal((fault, code, fault != DatabaseFault.Refused), (said.Fault, said.Code, said.IsEnvironment));
                    Assert.Contains(code ?? "connection", said.Message, StringComparison.Ordinal);
                    Assert.DoesNotContain("/fields", said.Message, StringComparison.Ordinal);
                    doubts += said.Message.StartsWith(isResumable ? "It is not known how far" : "It is not known whether", StringComparison.Ordinal) ? 1 : 0;
                }

                if (isResumable)
                {
                    // The chunks before stay, which the next import would meet.
                    await database.ResetAsync(Cancel);
                }
                else
                {
                    Assert.Equal(before, await engine.StateAsync(database));
                }
            }
        }

        // A commit that fails leaves open whether it was one: the only one, or that of each chunk.
        Assert.InRange(doubts, (isResumable ? 3 : 1) * engine.Faults().Count(each => each.Fault != DatabaseFault.Refused), int.MaxValue);
        await database.ResetAsync(Cancel);
        Assert.Equal(rows, await ReadAsync(database, "SELECT count(*) FROM \"Tags\""));
    }

    [Fact]
    public async Task Read_only_database_is_named_for_that_and_no_row_is_blamed()
    {
        await using var database = await engine.ShopModelAsync();
        var before = await engine.StateAsync(database);
        await using (var connection = await database.OpenConnectionAsync(Cancel))
        {
            await connection.RunAsync(engine.BeginReadOnly);
            try
            {
                foreach (var resume in new Guid?[] { null, Guid.NewGuid() })
                {
                    var importer = new BackupImporter(database.Model, database.Engine, new ImportOptions { ResumeId = resume });
                    var failure = await Assert.ThrowsAsync<DatabaseException>(() => importer.ImportAsync(connection, Backup.FromJson(Tags), Cancel));
                    Assert.Equal(DatabaseFault.ReadOnly, failure.Fault);
                    Assert.IsAssignableFrom<DbException>(failure.InnerException);
                }

                var export = await new BackupExporter(database.Model, database.Engine)
                    .ExportAsync(connection, BackupDestination.ToStream(Stream.Null), Cancel);
                Assert.NotEmpty(export.Models);
            }
            finally
            {
                await connection.RunAsync(engine.EndReadOnly);
            }
        }

        Assert.Equal(before, await engine.StateAsync(database));
    }

    [Fact]
    public async Task Full_disk_is_named_for_that_and_the_database_is_as_it_was()
    {
        await using var database = await engine.ShopModelAsync();
        var before = await engine.StateAsync(database);
        var rows = string.Join(',', Enumerable.Range(2_000, 3_000).Select(key => $$$"""{"model":"shop.tag","pk":{{{key}}},"fields":{"name":"tag {{{key}}}"}}"""));
        await using (var connection = await database.OpenConnectionAsync(Cancel))
        {
            await connection.RunAsync(engine.BeginFull("Tags"));
            try
            {
                var importer = new BackupImporter(database.Model, database.Engine);
                var failure = await Assert.ThrowsAsync<DatabaseException>(() => importer.ImportAsync(connection, Backup.FromJson($"[{rows}]"), Cancel));
                Assert.Equal(DatabaseFault.Full, failure.Fault);
            }
            finally
            {
                await RunAsync(database, engine.EndFull("Tags"));
            }
        }

        Assert.Equal(before, await engine.StateAsync(database));
    }

    [Fact]
    public async Task What_schemas_and_seeds_do_wrong_is_said_to_be_theirs()
    {
        Task<TestDatabase> CreateAsync(string schema, string seed) => engine.CreateAsync(schema, seed);

        var ofSchema = await Assert.ThrowsAsync<DatabaseException>(() => CreateAsync("CREATE TABLE", "SELECT 1"));
        var ofSeed = await Assert.ThrowsAsync<DatabaseException>(() => CreateAsync("SELECT 1", "INSERT INTO nowhere VALUES (1)"));

        Assert.StartsWith("The tables of the test database could not be made: ", ofSchema.Message, StringComparison.Ordinal);
        Assert.StartsWith("The seed of the test database failed: ", ofSeed.Message, StringComparison.Ordinal);
        Assert.Contains("nowhere", ofSeed.Message, StringComparison.Ordinal);
        Assert.All([ofSchema, ofSeed], failure => Assert.Equal(DatabaseFault.Refused, failure.Fault));
    }

    [Fact]
    [Case("append-only")]
    public async Task Table_whose_triggers_refuse_to_delete_is_emptied_and_its_triggers_stay()
    {
        await using var database = await engine.CreateAsync(engine.AppendOnlyTable("audit"), "INSERT INTO audit VALUES (1)");
        foreach (var to in new[] { ResetTo.Baseline, ResetTo.Empty, ResetTo.Empty })
        {
            await RunAsync(database, "INSERT INTO audit VALUES (2)");
            await database.ResetAsync(to, Cancel);

            Assert.Equal(to == ResetTo.Baseline ? "1" : "0", await ReadAsync(database, "SELECT count(*) FROM audit"));
            await RunAsync(database, "INSERT INTO audit VALUES (3)");
            await Assert.ThrowsAnyAsync<DbException>(() => RunAsync(database, "DELETE FROM audit"));
        }
    }

    private static ImportOptions Options(ImportStop stop, bool isResumable) =>
        new() { Stop = stop, ResumeId = isResumable ? Guid.NewGuid() : null, ChunkSize = 1 };

    private static async Task<int> CountStatementsAsync(TestDatabase database, bool isResumable)
    {
        var stop = ImportStop.Never();
        await database.ImportAsync(Backup.FromJson(Tags), Options(stop, isResumable), Cancel);
        await database.ResetAsync(Cancel);
        return stop.Statements;
    }

    private static async Task RunAsync(TestDatabase database, string sql)
    {
        await using var connection = await database.OpenConnectionAsync(Cancel);
        await connection.RunAsync(sql);
    }

    private static async Task<string> ReadAsync(TestDatabase database, string sql)
    {
        await using var connection = await database.OpenConnectionAsync(Cancel);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return $"{await command.ExecuteScalarAsync(Cancel)}";
    }
}
