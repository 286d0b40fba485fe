using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

/// <summary>Sequences take no part in transactions, yet no import that fails leaves one moved.</summary>
public sealed class CounterTests(PostgreSqlFixture fixture)
{
    private const string Json = """
        [
          {"model": "counted.author", "pk": 1, "fields": {"name": "a"}},
          {"model": "counted.book", "pk": 1, "fields": {"author": 1, "pages": [{"number": 1}, {"number": 2}]}},
          {"model": "counted.book", "pk": 2, "fields": {"author": 1, "pages": []}},
          {"model": "counted.ticket", "pk": 1, "fields": {"text": "b"}}
        ]
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Import_whose_connection_is_cut_before_any_statement_leaves_rows_and_counters_as_they_were(bool hasRule, bool isCallers)
    {
        await using var database = await CreateAsync();
        await database.ImportAsync(Backup.FromJson(Json), null, Cancel);
        var before = await fixture.UnderTest.StateAsync(database);
        var counted = ImportStop.Never();
        await using (var connection = await OpenAsync(database))
        await using (var rolledBack = await connection.BeginTransactionAsync(Cancel))
        {
            await Importer(database, hasRule, counted).ImportAsync(rolledBack, Backup.FromJson(Json), Cancel);
            Assert.NotEqual(before, await fixture.UnderTest.FingerprintAsync(connection));
        }

        Assert.Equal(before, await fixture.UnderTest.StateAsync(database));
        for (var statement = 1; statement <= counted.Statements; statement++)
        {
            await using var connection = await OpenAsync(database);
            await using var transaction = isCallers ? await connection.BeginTransactionAsync(Cancel) : null;
            var importer = Importer(database, hasRule, ImportStop.AtStatement(statement, () => Cut(connection)));

            var failure = await Record.ExceptionAsync(() => transaction is null
                ? importer.ImportAsync(connection, Backup.FromJson(Json), Cancel)
                : importer.ImportAsync(transaction, Backup.FromJson(Json), Cancel));

            Assert.NotNull(failure);
            Assert.Equal((statement, before), (statement, await fixture.UnderTest.StateAsync(database)));
        }

        Assert.True(counted.Statements > 8, $"Only {counted.Statements} statements.");
    }

    [Fact]
    public async Task Counters_are_moved_by_one_statement_however_many_there_are()
    {
        await using var database = await CreateAsync();
        var one = ImportStop.Never();
        await database.ImportAsync(
            Backup.FromJson("""[{"model": "counted.author", "pk": 1, "fields": {"name": "a"}}]"""), new ImportOptions { Stop = one }, Cancel);
        var four = ImportStop.Never();
        await database.ImportAsync(Backup.FromJson(Json), new ImportOptions { Stop = four }, Cancel);

        Assert.Equal(one.Statements - one.RowStatements + 3, four.Statements - four.RowStatements);
    }

    private static BackupImporter Importer(TestDatabase database, bool hasRule, ImportStop stop) =>
        new(database.Model, database.Engine, new ImportOptions { Stop = stop, Rules = hasRule ? [new AddingRule()] : [] });

    private static async Task<NpgsqlConnection> OpenAsync(TestDatabase database)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ToString());
        await connection.OpenAsync(Cancel);
        return connection;
    }

    /// <summary>Ends the server's side of a connection and waits until it has ended, as when the client was killed.</summary>
    private static void Cut(NpgsqlConnection connection)
    {
        using var other = new NpgsqlConnection(connection.ConnectionString);
        other.Open();
        using var command = new NpgsqlCommand($"SELECT pg_terminate_backend({connection.ProcessID}, 60000)", other);
        Assert.Equal(true, command.ExecuteScalar());
    }

    private Task<TestDatabase<CountedContext>> CreateAsync() => TestDatabase.CreateAsync(
        new TestDatabaseOptions<CountedContext>
        {
            Target = fixture.UnderTest.Target,
            CreateContext = static options => new CountedContext(options),
        },
        Cancel);

    private sealed class AddingRule : ImportRule
    {
        public override Task AfterLastRowAsync(ImportSession session, CancellationToken cancellationToken) =>
            session.InsertRowsAsync(ModelLabel.Parse("counted.author"), ["name"], [["added"]], cancellationToken);
    }

    private sealed class Author
    {
        public int Id { get; set; }

        public required string Name { get; set; }
    }

    private sealed class Book
    {
        public long Id { get; set; }

        public required Author Author { get; set; }

        public List<Page> Pages { get; } = [];
    }

    private sealed class Page
    {
        public int Number { get; set; }
    }

    private sealed class Ticket
    {
        public int Id { get; set; }

        public required string Text { get; set; }
    }

    /// <summary>Keys from an identity, from a serial, from an owned collection's column, and in blocks.</summary>
    private sealed class CountedContext(DbContextOptions options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Author>().Property(author => author.Id).UseSerialColumn();
            modelBuilder.Entity<Book>().OwnsMany(book => book.Pages);
            modelBuilder.Entity<Ticket>().Property(ticket => ticket.Id).UseHiLo("TicketBlocks");
        }
    }
}
