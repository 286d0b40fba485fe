using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;

namespace Relocation.Testing.PostgreSql.Tests.Importing;

public sealed class PostgreSqlSkippingTriggerTests(PostgreSqlFixture fixture) : SkippingTriggerSpecification(fixture.UnderTest)
{
    private static readonly Made Made = new(PostgreSqlEngine.Instance);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("RAISE EXCEPTION 'secret' USING ERRCODE = 'check_violation'")]
    [InlineData("RAISE EXCEPTION 'secret' USING ERRCODE = 'check_violation', CONSTRAINT = 'secret', TABLE = 'secret', COLUMN = 'secret'")]
    [InlineData("RAISE EXCEPTION 'secret' USING ERRCODE = 'unique_violation', CONSTRAINT = 'secret'")]
    [InlineData("RAISE EXCEPTION 'secret' USING ERRCODE = 'not_null_violation', COLUMN = 'secret'")]
    [InlineData("RAISE EXCEPTION 'secret' USING ERRCODE = 'foreign_key_violation'")]
    [InlineData("RAISE EXCEPTION 'secret' USING ERRCODE = 'feature_not_supported'")]
    [InlineData("RAISE EXCEPTION 'secret' USING ERRCODE = 'insufficient_privilege'")]
    [InlineData("RAISE EXCEPTION 'secret' USING ERRCODE = 'string_data_right_truncation', COLUMN = 'secret'")]
    [InlineData("RAISE EXCEPTION 'secret' USING ERRCODE = '42ABC'")]
    [InlineData("ASSERT false, 'secret'")]
    public async Task Refusal_of_a_trigger_is_said_to_be_one_whatever_code_it_has(string statement)
    {
        await using var database = await fixture.UnderTest.ModelAsync(Made.Entity("mark", [Made.Field("value")]));
        await database.RunAsync(Function("mark", $"{statement}; RETURN new;"));

        var refusal = await Assert.ThrowsAsync<ImportException>(
            () => database.ImportAsync(Made.Backup("""mark 1 {"value":7}"""), cancellationToken: Cancel));

        Assert.Contains("A trigger refuses it", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("1", Assert.Single(refusal.Problems).Place.Key.ToString());
    }

    [Theory]
    [InlineData("53100")]
    [InlineData("57014")]
    [InlineData("55000")]
    public async Task Code_of_the_environment_that_a_trigger_raises_brings_no_words_of_its_own(string code)
    {
        await using var database = await fixture.UnderTest.ModelAsync(Made.Entity("mark", [Made.Field("value")]));
        await database.RunAsync(Function("mark", $"RAISE EXCEPTION 'secret' USING ERRCODE = '{code}';"));

        var refusal = await Assert.ThrowsAnyAsync<RelocationException>(
            () => database.ImportAsync(Made.Backup("""mark 1 {"value":7}"""), cancellationToken: Cancel));

        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_a_trigger_moves_to_tables_that_inherit_have_arrived()
    {
        await using var database = await fixture.UnderTest.ModelAsync(Made.Entity("mark", [Made.Field("value")]));
        await database.RunAsync("""
            CREATE TABLE mark_old () INHERITS (mark);
            CREATE TABLE mark_older () INHERITS (mark_old);
            CREATE TABLE log (value bigint);
            """);
        await database.RunAsync(Function("mark", """
            INSERT INTO log VALUES (new.value);
            IF new.value < 5 THEN INSERT INTO mark_older VALUES (new.*); ELSE INSERT INTO mark_old VALUES (new.*); END IF;
            RETURN NULL;
            """));

        var result = await database.ImportAsync(Made.Backup("mark 1 {\"value\":7}\nmark 2 {\"value\":3}"), cancellationToken: Cancel);

        Assert.Equal("2|0|1|1", await database.TextAsync(
            "SELECT (SELECT count(*) FROM mark), (SELECT count(*) FROM ONLY mark), (SELECT count(*) FROM ONLY mark_old), (SELECT count(*) FROM mark_older)"));
        Assert.Equal([new TriggeredRows("log", 2)], result.TriggeredRows);
    }

    [Fact]
    public async Task Row_that_is_skipped_is_missed_though_the_table_has_children()
    {
        await using var database = await fixture.UnderTest.ModelAsync(Made.Entity("mark", [Made.Field("value")]));
        await database.RunAsync("CREATE TABLE mark_old () INHERITS (mark)");
        await database.RunAsync(Function("mark", "IF new.value < 5 THEN RETURN NULL; END IF; INSERT INTO mark_old VALUES (new.*); RETURN NULL;"));

        var refusal = await Assert.ThrowsAsync<ImportException>(
            () => database.ImportAsync(Made.Backup("mark 1 {\"value\":7}\nmark 2 {\"value\":3}"), cancellationToken: Cancel));

        Assert.Equal("2", Assert.Single(refusal.Problems).Place.Key.ToString());
    }

    private static string Function(string table, string body) => $"""
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$;
        CREATE TRIGGER g BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION f();
        """;
}
