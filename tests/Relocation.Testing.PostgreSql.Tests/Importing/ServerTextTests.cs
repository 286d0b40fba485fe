using System.Collections;
using System.Net;
using System.Net.NetworkInformation;
using System.Numerics;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

/// <summary>Columns whose values only the server reads go through backups as the server writes them.</summary>
public sealed class ServerTextTests(PostgreSqlFixture fixture)
{
    private const string Rows = """
        INSERT INTO "Odd" ("Name", "Whole", "Days", "Moments", "Bits", "Some", "Flag", "Card", "Card8", "Net", "Huge", "Spot", "Wholes", "Search") VALUES
        ('first', '[3,9)', '{[2024-01-01,2024-02-01),[2024-03-01,)}', '["2024-01-01 00:00:00.123456+00",infinity)', '10110', '101', '1', '08:00:2b:01:02:03',
         '08:00:2b:01:02:03:04:05', '10.1.0.0/16', 123456789012345678901234567890123456789012345, '(1.5,-0.1)', '{"[1,2)",empty}', 'a'),
        ('second', 'empty', '{}', '(,)', '00000', '', '0', '00:00:00:00:00:00', 'ff:ff:ff:ff:ff:ff:ff:ff', '2001:db8::/32', -1, '(0,1e+300)', NULL, NULL),
        ('ünicode ''quoted'' \ ', '(,5)', '{(,)}', 'empty', '11111', '1', '1', '01:02:03:04:05:06', '01:02:03:04:05:06:07:08', '0.0.0.0/0', 0, '(Infinity,NaN)', '{}', 'b');
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_server_writes_it_reads_again()
    {
        await using var source = await CreateAsync();
        await using var target = await CreateAsync();
        await source.RunAsync(Rows);

        var json = await ExportAsync(source);
        var result = await target.ImportAsync(Backup.FromJson(json), new ImportOptions { UnknownFields = DriftPolicy.Refuse }, Cancel);

        Assert.Equal(json, await ExportAsync(target));
        Assert.Equal(await TextAsync(source), await TextAsync(target));
        Assert.Equal((3, 0), (result.Map.Count, source.Model.LeftOut.Count));
        await using var context = target.CreateContext();
        var first = await context.Set<Odd>().OrderBy(row => row.Id).FirstAsync(Cancel);
        Assert.Equal(new NpgsqlRange<int>(3, true, 9, false), first.Whole);
        Assert.Equal(BigInteger.Parse("123456789012345678901234567890123456789012345", null), first.Huge);
        Assert.True(first.Flag[0]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Backup_depends_on_no_setting_of_a_session(bool isWithin)
    {
        await using var database = await CreateAsync();
        await database.RunAsync(Rows);
        var expected = await ExportAsync(database);
        await using var connection = (NpgsqlConnection)await database.OpenConnectionAsync(Cancel);
        await using var set = new NpgsqlCommand("SET timezone = 'Asia/Tokyo'; SET datestyle = 'SQL, DMY'; SET extra_float_digits = -5", connection);
        await set.ExecuteNonQueryAsync(Cancel);
        var exporter = new BackupExporter(database.Model, database.Engine);
        using var stream = new MemoryStream();
        await using var transaction = isWithin ? await connection.BeginTransactionAsync(Cancel) : null;

        await (isWithin
            ? exporter.ExportAsync(transaction!, BackupDestination.ToStream(stream), Cancel)
            : exporter.ExportAsync(connection, BackupDestination.ToStream(stream), Cancel));

        Assert.Equal(expected, Encoding.UTF8.GetString(stream.ToArray()));
        await using var ask = new NpgsqlCommand("SELECT current_setting('timezone') || current_setting('datestyle') || current_setting('extra_float_digits')", connection);
        Assert.Equal("Asia/TokyoSQL, DMY-5", await ask.ExecuteScalarAsync(Cancel));
    }

    [Fact]
    public async Task Records_are_written_over_rows()
    {
        await using var database = await CreateAsync();
        await database.RunAsync(Rows);
        var json = await ExportAsync(database);
        await database.RunAsync("""UPDATE "Odd" SET "Whole" = '[1,2)', "Bits" = '01010', "Net" = '10.0.0.0/8', "Huge" = 7""");

        var result = await database.ImportAsync(Backup.FromJson(json), new ImportOptions { OnCollision = CollisionPolicy.Overwrite }, Cancel);

        Assert.Equal(3, result.Models.Single().Overwritten);
        Assert.Equal(json, await ExportAsync(database));
    }

    [Theory]
    [InlineData("whole", "[9,3)", "Whole")]
    [InlineData("bits", "1011", "Bits")]
    [InlineData("net", "10.1.2.3/8", "Net")]
    [InlineData("card", "secret", "Card")]
    [InlineData("huge", "secret", "Huge")]
    public async Task What_the_server_does_not_read_is_refused_with_its_place(string field, string value, string column)
    {
        await using var source = await CreateAsync();
        await using var target = await CreateAsync();
        await source.RunAsync(Rows);
        var records = System.Text.Json.Nodes.JsonNode.Parse(await ExportAsync(source))!.AsArray();
        records[1]!["fields"]![field] = value;

        var refusal = await Assert.ThrowsAsync<ImportException>(() => target.ImportAsync(Backup.FromJson(records.ToJsonString()), null, Cancel));

        var problem = Assert.Single(refusal.Problems);
        Assert.Contains($"'{column}'", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(value, problem.Message, StringComparison.Ordinal);
        Assert.Equal("/1", problem.Place.Pointer);
        Assert.Equal("0", await target.TextAsync("SELECT count(*) FROM \"Odd\""));
    }

    [Fact]
    public async Task Generated_values_are_read()
    {
        await using var database = await CreateAsync();
        using var stream = new MemoryStream();
        var backup = SyntheticBackup.For(database.Model, new SyntheticBackupOptions { RecordsPerModel = 40 });
        await backup.WriteAsync(stream, Cancel);

        var result = await database.ImportAsync(Backup.FromJson(Encoding.UTF8.GetString(stream.ToArray())), null, Cancel);

        Assert.Equal((40, 0), (result.Map.Count, backup.LeftOut.Count));
    }

    private static Task<string> TextAsync(TestDatabase database) => database.TextAsync("""SELECT string_agg(o::text, E'\n' ORDER BY "Id") FROM "Odd" AS o""");

    private static async Task<string> ExportAsync(TestDatabase database)
    {
        using var stream = new MemoryStream();
        await database.ExportAsync(BackupDestination.ToStream(stream), null, Cancel);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private Task<TestDatabase<OddContext>> CreateAsync() => TestDatabase.CreateAsync(
        new TestDatabaseOptions<OddContext>
        {
            Target = fixture.UnderTest.Target,
            CreateContext = static options => new OddContext(options),
            Schema = SchemaSource.From(static async (connection, cancellationToken) =>
            {
                var builder = new DbContextOptionsBuilder<OddContext>();
                builder.UseNpgsql(connection);
                await using var context = new OddContext(builder.Options);
                await context.Database.EnsureCreatedAsync(cancellationToken);
                await context.Database.ExecuteSqlRawAsync(
                    """
                    CREATE TRIGGER "odd_search" BEFORE INSERT OR UPDATE ON "Odd" FOR EACH ROW
                    EXECUTE FUNCTION tsvector_update_trigger('Search', 'pg_catalog.simple', 'Name');
                    """,
                    cancellationToken);
            }),
        },
        Cancel);

    public sealed class Odd
    {
        public int Id { get; set; }

        public required string Name { get; set; }

        public NpgsqlRange<int> Whole { get; set; }

        public NpgsqlRange<DateOnly>[] Days { get; set; } = [];

        public NpgsqlRange<DateTime> Moments { get; set; }

        public required BitArray Bits { get; set; }

        public required BitArray Some { get; set; }

        public required BitArray Flag { get; set; }

        public required PhysicalAddress Card { get; set; }

        public required PhysicalAddress Card8 { get; set; }

        public IPNetwork Net { get; set; }

        public BigInteger Huge { get; set; }

        public NpgsqlPoint Spot { get; set; }

        public NpgsqlRange<int>[]? Wholes { get; set; }

        public NpgsqlTsVector? Search { get; set; }
    }

    public sealed class OddContext(DbContextOptions<OddContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Odd>(odd =>
        {
            odd.HasIndex(static row => row.Name).IsUnique();
            odd.Property(static row => row.Days).HasColumnType("datemultirange");
            odd.Property(static row => row.Bits).HasColumnType("bit(5)");
            odd.Property(static row => row.Some).HasColumnType("bit varying(8)");
            odd.Property(static row => row.Flag).HasColumnType("bit(1)");
            odd.Property(static row => row.Card8).HasColumnType("macaddr8");
            odd.Property(static row => row.Wholes).HasColumnType("int4range[]");
        });
    }
}
