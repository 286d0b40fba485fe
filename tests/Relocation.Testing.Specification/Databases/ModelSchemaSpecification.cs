using System.Data.Common;
using Relocation.Testing.Schemas;

namespace Relocation.Testing.Specification.Databases;

/// <summary>What creating a model's tables has to do on every engine.</summary>
public abstract class ModelSchemaSpecification
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The engine under test.</summary>
    protected abstract DatabaseEngine Engine { get; }

    /// <summary>Opens a database of its own without tables; it is gone when the connection is closed.</summary>
    protected abstract Task<DbConnection> OpenEmptyDatabaseAsync();

    [Fact]
    public async Task Schema_takes_rows_of_every_kind_of_key_when_names_need_quotes()
    {
        await using var connection = await CreateAsync();

        await RunAsync(connection, "INSERT INTO customer (name, \"{n}1\", \"{n}2\") VALUES ('a', '1', '1')");
        await RunAsync(connection, "INSERT INTO \"order\" (customer, \"select\") VALUES (1, 'x')");
        await RunAsync(connection, "UPDATE customer SET favourite = 1, parent = 1");
        await RunAsync(connection, "INSERT INTO line (\"order\", sku, amount) VALUES (1, 'sku', 2)");
        await RunAsync(connection, "INSERT INTO \"note \"\"odd\"\"\" (code, line_order, line_sku) VALUES ('c', 1, 'sku')");

        Assert.Equal(1L, await CountAsync(connection, "SELECT count(*) FROM customer WHERE id = 1 AND favourite = 1"));
        Assert.Equal(1L, await CountAsync(connection, "SELECT count(*) FROM \"note \"\"odd\"\"\""));
    }

    [Theory]
    [InlineData("INSERT INTO customer (name, \"{n}1\", \"{n}2\") VALUES ('a', '1', '9')")]
    [InlineData("INSERT INTO customer (name, \"{n}1\", \"{n}2\") VALUES ('a', '9', '1')")]
    [InlineData("INSERT INTO customer (name, \"{n}1\") VALUES ('b', '1')")]
    [InlineData("INSERT INTO \"order\" (customer) VALUES (77)")]
    [InlineData("INSERT INTO line (\"order\", sku, amount) VALUES (1, 'sku', 0)")]
    [InlineData("INSERT INTO line (\"order\", sku, amount) VALUES (1, NULL, 1)")]
    [InlineData("INSERT INTO \"note \"\"odd\"\"\" (code, line_order, line_sku) VALUES ('c', 1, 'other')")]
    [InlineData("INSERT INTO \"order\" (customer) VALUES (1), (1)")]
    public async Task Schema_refuses_a_row_when_a_constraint_does_not_hold(string statement)
    {
        await using var connection = await CreateAsync();
        await RunAsync(connection, "INSERT INTO customer (name, \"{n}1\", \"{n}2\") VALUES ('a', '1', '1')");
        await RunAsync(connection, "INSERT INTO \"order\" (customer, \"select\") VALUES (1, 'x')");

        await Assert.ThrowsAnyAsync<DbException>(() => RunAsync(connection, statement));
    }

    [Fact]
    public async Task Deleting_a_row_does_to_the_rows_that_refer_to_it_what_the_model_says()
    {
        await using var connection = await CreateAsync();
        await RunAsync(connection, "INSERT INTO customer (name, \"{n}1\", \"{n}2\") VALUES ('a', '1', '1')");
        await RunAsync(connection, "INSERT INTO customer (name, \"{n}1\", \"{n}2\", parent) VALUES ('b', '2', '2', 1)");
        await RunAsync(connection, "INSERT INTO \"order\" (customer) VALUES (1)");
        await RunAsync(connection, "INSERT INTO line (\"order\", sku, amount) VALUES (1, 'sku', 2)");

        await RunAsync(connection, "DELETE FROM customer WHERE id = 1");

        Assert.Equal(0L, await CountAsync(connection, "SELECT count(*) FROM line"));
        Assert.Equal(1L, await CountAsync(connection, "SELECT count(*) FROM customer WHERE parent IS NULL"));
    }

    [Fact]
    public async Task A_key_that_was_handed_out_is_not_handed_out_again_when_its_row_is_gone()
    {
        await using var connection = await CreateAsync();
        await RunAsync(connection, "INSERT INTO customer (name, \"{n}1\", \"{n}2\") VALUES ('a', '1', '1')");
        await RunAsync(connection, "DELETE FROM customer");
        await RunAsync(connection, "INSERT INTO customer (name, \"{n}1\", \"{n}2\") VALUES ('a', '1', '1')");

        Assert.Equal(2L, await CountAsync(connection, "SELECT id FROM customer"));
    }

    [Fact]
    public async Task A_unique_set_that_waits_for_the_commit_lets_two_rows_swap_values()
    {
        await using var connection = await CreateAsync();
        await RunAsync(connection, "INSERT INTO customer (name, \"{n}1\", \"{n}2\") VALUES ('a', '1', '1')");
        await RunAsync(connection, "INSERT INTO \"order\" (customer, \"select\") VALUES (1, 'x'), (1, 'y')");

        await RunAsync(connection, "UPDATE \"order\" SET \"select\" = CASE \"select\" WHEN 'x' THEN 'y' ELSE 'x' END");

        Assert.Equal(1L, await CountAsync(connection, "SELECT count(*) FROM \"order\" WHERE id = 1 AND \"select\" = 'y'"));
    }

    [Fact]
    public async Task Creation_is_refused_and_creates_nothing_when_a_table_is_there_already()
    {
        await using var connection = await OpenEmptyDatabaseAsync();
        await RunAsync(connection, "CREATE TABLE line (x integer)");

        var exception = await Assert.ThrowsAsync<RelocationModelException>(
            () => ModelSchema.CreateAsync(connection, HandMadeModel.Create(Engine), Engine, Cancellation));

        Assert.Equal(["line"], exception.Problems);
        Assert.Equal(0L, await CountAsync(connection, "SELECT count(*) FROM line"));
        await Assert.ThrowsAnyAsync<DbException>(() => CountAsync(connection, "SELECT count(*) FROM customer"));
    }

    [Fact]
    public async Task Creation_is_refused_and_creates_nothing_when_the_database_does_not_understand_a_check()
    {
        await using var connection = await OpenEmptyDatabaseAsync();
        var model = RelocationModel.Create(
            "broken",
            [Entity("a.first", "first"), Entity("b.second", "second", new() { ["broken"] = "\"absent\" >" })]);

        var exception = await Assert.ThrowsAsync<RelocationModelException>(
            () => ModelSchema.CreateAsync(connection, model, Engine, Cancellation));

        Assert.IsAssignableFrom<DbException>(exception.InnerException);
        await Assert.ThrowsAnyAsync<DbException>(() => CountAsync(connection, "SELECT count(*) FROM first"));
    }

    [Fact]
    public async Task Creation_is_refused_when_two_models_share_a_table()
    {
        await using var connection = await OpenEmptyDatabaseAsync();
        var model = RelocationModel.Create("shared", [Entity("a.first", "same"), Entity("b.second", "same")]);

        var exception = await Assert.ThrowsAsync<RelocationModelException>(
            () => ModelSchema.CreateAsync(connection, model, Engine, Cancellation));

        Assert.Contains("'same' belongs to 2 models (a.first, b.second)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_of_one_name_can_exist_in_a_schema_and_outside_when_the_engine_has_schemas()
    {
        await using var connection = await OpenEmptyDatabaseAsync();
        var model = RelocationModel.Create(
            "schemas",
            [Entity("a.first", "same"), Entity("b.second", "same", schema: "other place")]);
        if (!Engine.Schema.HasSchemas)
        {
            var refusal = await Assert.ThrowsAsync<RelocationModelException>(
                () => ModelSchema.CreateAsync(connection, model, Engine, Cancellation));
            Assert.Contains("'same' belongs to 2 models", refusal.Message, StringComparison.Ordinal);
            return;
        }

        await ModelSchema.CreateAsync(connection, model, Engine, Cancellation);

        Assert.Equal(0L, await CountAsync(connection, "SELECT count(*) FROM same"));
        Assert.Equal(0L, await CountAsync(connection, "SELECT count(*) FROM \"other place\".same"));
        var exception = await Assert.ThrowsAsync<RelocationModelException>(
            () => ModelSchema.CreateAsync(connection, model, Engine, Cancellation));
        Assert.Equal(["other place.same", "same"], exception.Problems);
    }

    private RelocationEntity Entity(string label, string table, Dictionary<string, string>? checks = null, string? schema = null) => new()
    {
        Label = ModelLabel.Parse(label),
        Schema = schema,
        Table = table,
        Key = new RelocationKey { Fields = [HandMadeModel.Integer(Engine, "id")], Policy = KeyPolicy.Remap, HasCounter = true },
        Fields = [],
        Checks = checks ?? [],
    };

    private async Task<DbConnection> CreateAsync()
    {
        var connection = await OpenEmptyDatabaseAsync();
        await ModelSchema.CreateAsync(connection, HandMadeModel.Create(Engine), Engine, Cancellation);
        return connection;
    }

    private static async Task RunAsync(DbConnection connection, string statement)
    {
        await using var command = Command(connection, statement);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private static async Task<long> CountAsync(DbConnection connection, string query)
    {
        await using var command = Command(connection, query);
        return Convert.ToInt64(await command.ExecuteScalarAsync(Cancellation), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static DbCommand Command(DbConnection connection, string text)
    {
        var command = connection.CreateCommand();
        command.CommandText = text.Replace("{n}", HandMadeModel.LongName, StringComparison.Ordinal);
        return command;
    }
}
