using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Modeling;
using Relocation.Testing.Specification;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

/// <summary>Column types are matched as the server matches them: aliases, case and blanks make no difference.</summary>
[Case("contexts/c")]
public sealed class StoreTypeNameTests(PostgreSqlFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("JSONB")]
    [InlineData("INET")]
    [InlineData("timestamptz")]
    [InlineData("TIMESTAMP  ( 3 )  WITH TIME ZONE")]
    [InlineData("timestamptz(3)")]
    [InlineData("Timestamp")]
    [InlineData("varchar( 20 )")]
    [InlineData("CHARACTER VARYING(20)")]
    [InlineData("char varying (20)")]
    [InlineData("bpchar(3)")]
    [InlineData("Decimal ( 10 , 2 )")]
    [InlineData("int8")]
    [InlineData("INT4 []")]
    [InlineData("float8")]
    [InlineData("BOOL")]
    [InlineData("varbit(3)")]
    [InlineData("timetz")]
    [InlineData("pg_catalog.int4")]
    public async Task Name_is_the_server_s_own(string name)
    {
        await using var connection = new Npgsql.NpgsqlConnection(fixture.ConnectionString);
        await connection.OpenAsync(Cancel);
        await connection.RunAsync($"CREATE TEMPORARY TABLE named (a {name})");
        var expected = await connection.TextAsync("SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'pg_temp.named'::regclass AND attnum = 1");

        Assert.Equal(expected, StoreTypeName.Of(name));
    }

    [Fact]
    public async Task Values_go_in_and_out_whatever_types_are_called()
    {
        await using var database = await TestDatabase.CreateAsync(
            new TestDatabaseOptions<NamedContext> { Target = fixture.UnderTest.Target, CreateContext = static options => new NamedContext(options) }, Cancel);
        const string Json = """
            {"model":"named.paper","pk":1,"fields":{"address":"10.0.0.1","at":"2024-01-02T03:04:05Z","count":7,"flag":true,"json":{"a":1},"map":{"k":"v"},
            "price":"1.50","ratio":0.5,"single":0.1,"text":"t"}}
            """;

        await database.ImportAsync(Backup.FromJson($"[{Json}]"), null, Cancel);

        var fields = Assert.Single(database.Model.Entities).Fields.ToDictionary(field => field.Name, field => field.Type);
        Assert.Equal((FieldType.Json, FieldType.Json, FieldType.Instant, FieldType.Text), (fields["json"], fields["map"], fields["at"], fields["address"]));
        using var stream = new MemoryStream();
        await database.ExportAsync(BackupDestination.ToStream(stream), null, Cancel);
        var exported = Encoding.UTF8.GetString(stream.ToArray());
        Assert.Contains("\"address\": \"10.0.0.1\"", exported, StringComparison.Ordinal);
        Assert.Contains("\"single\": 0.1,", exported, StringComparison.Ordinal);
        await using var other = await TestDatabase.CreateAsync(
            new TestDatabaseOptions<NamedContext>
            {
                Target = fixture.UnderTest.Target,
                CreateContext = static options => new NamedContext(options),
                Baseline = [Backup.FromJson(exported)],
            },
            Cancel);
        Assert.Equal(await fixture.UnderTest.FingerprintAsync(database), await fixture.UnderTest.FingerprintAsync(other));
    }

    private sealed class Paper
    {
        public int Id { get; set; }

        public required string Json { get; set; }

        public IPAddress? Address { get; set; }

        public DateTime At { get; set; }

        public Dictionary<string, string>? Map { get; set; }

        public required string Text { get; set; }

        public long Count { get; set; }

        public decimal Price { get; set; }

        public double Ratio { get; set; }

        public float Single { get; set; }

        public bool Flag { get; set; }
    }

    private sealed class NamedContext(DbContextOptions<NamedContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.HasPostgresExtension("hstore");
            modelBuilder.Entity<Paper>(paper =>
            {
                paper.Property(row => row.Json).HasColumnType("JSONB");
                paper.Property(row => row.Address).HasColumnType("INET");
                paper.Property(row => row.At).HasColumnType("timestamptz");
                paper.Property(row => row.Map).HasColumnType("HSTORE");
                paper.Property(row => row.Text).HasColumnType("Character Varying(20)");
                paper.Property(row => row.Count).HasColumnType("INT8");
                paper.Property(row => row.Price).HasColumnType("Decimal(10,2)");
                paper.Property(row => row.Ratio).HasColumnType("FLOAT8");
                paper.Property(row => row.Single).HasColumnType("Float4");
                paper.Property(row => row.Flag).HasColumnType("BOOL");
            });
        }
    }
}
