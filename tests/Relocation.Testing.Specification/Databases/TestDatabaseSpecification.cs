using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace Relocation.Testing.Specification.Databases;

/// <summary>How test databases come, are guarded, and go.</summary>
public abstract class TestDatabaseSpecification(DatabaseUnderTest engine)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Disposal_removes_the_database_though_connections_are_pooled()
    {
        var database = await engine.CreateAsync("CREATE TABLE item (id int)");
        await database.RunAsync("INSERT INTO item VALUES (1)");
        Assert.True(await engine.ExistsAsync(database.ConnectionString));

        await database.DisposeAsync();

        Assert.False(await engine.ExistsAsync(database.ConnectionString));
    }

    [Fact]
    public async Task Target_beside_a_connection_makes_another_database_of_the_same_engine()
    {
        await using var database = await engine.CreateAsync("CREATE TABLE item (id int)");
        await using var connection = await database.OpenConnectionAsync(Cancel);

        var target = database.Engine.TargetBeside(connection);

        Assert.Same(engine.Target.Engine, target.Engine);
        var beside = await TestDatabase.CreateAsync(
            new TestDatabaseOptions { Target = target, Model = RelocationModel.Create("none", []), Seed = (opened, _) => opened.RunAsync("CREATE TABLE other (id int)") }, Cancel);
        Assert.Equal("0", await beside.TextAsync("SELECT count(*) FROM other"));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => database.TextAsync("SELECT count(*) FROM other"));
        await beside.DisposeAsync();
        Assert.False(await engine.ExistsAsync(beside.ConnectionString));
    }

    [Fact]
    public async Task Creation_removes_the_database_when_it_fails()
    {
        var connectionString = string.Empty;

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => TestDatabase.CreateAsync(
            new TestDatabaseOptions
            {
                Target = engine.Target,
                Model = RelocationModel.Create("none", []),
                Seed = (connection, _) =>
                {
                    connectionString = connection.ConnectionString;
                    throw new InvalidOperationException("seed");
                },
            },
            Cancel));

        Assert.Equal("seed", exception.Message);
        Assert.False(await engine.ExistsAsync(connectionString));
    }

    [Fact]
    public async Task Databases_of_one_target_are_separate_when_they_are_used_in_parallel()
    {
        await Task.WhenAll(Enumerable.Range(1, 6).Select(async number =>
        {
            var rows = string.Join(", ", Enumerable.Range(1, number).Select(i => string.Create(CultureInfo.InvariantCulture, $"({i})")));
            await using var database = await engine.CreateAsync("CREATE TABLE item (id int)", $"INSERT INTO item VALUES {rows}");
            await database.RunAsync("INSERT INTO item VALUES (0)");
            await database.ResetAsync(Cancel);
            Assert.Equal(number.ToString(CultureInfo.InvariantCulture), await database.TextAsync("SELECT count(*) FROM item"));
        }));
    }

    [Theory]
    [InlineData("contest")]
    [InlineData("shop")]
    public async Task A_database_is_refused_before_the_first_write_when_its_name_does_not_say_test(string name)
    {
        var (target, remove) = await engine.MakeExistingAsync(name);
        await using var _ = remove;
        var options = Options(target, allow: false);

        var exception = await Assert.ThrowsAsync<UnsafeDatabaseException>(() => TestDatabase.CreateAsync(options, Cancel));

        Assert.Contains($"'{exception.DatabaseName}'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("DangerouslyAllowAnyDatabaseName", exception.Message, StringComparison.Ordinal);
        await using var database = await TestDatabase.CreateAsync(Options(target, allow: true), Cancel);
        Assert.Equal("1", await database.TextAsync("SELECT count(*) FROM item"));
    }

    [Fact]
    public async Task A_database_of_the_user_stays_as_the_test_left_it()
    {
        var (target, remove) = await engine.MakeExistingAsync("shop_test");
        await using var _ = remove;
        string before;
        await using (var database = await TestDatabase.CreateAsync(Options(target, allow: false), Cancel))
        {
            before = await engine.FingerprintAsync(database);
            await database.RunAsync("DELETE FROM item");
            await database.ResetAsync(Cancel);
        }

        var again = new TestDatabaseOptions { Target = target, Model = RelocationModel.Create("none", []) };
        await using var second = await TestDatabase.CreateAsync(again, Cancel);

        Assert.Equal(before, await engine.FingerprintAsync(second));
    }

    [Fact]
    public async Task A_database_of_a_context_has_its_tables_and_its_seed()
    {
        var options = new TestDatabaseOptions<ShelfContext>
        {
            Target = engine.Target,
            CreateContext = static options => new ShelfContext(options),
            Seed = static (context, _) =>
            {
                context.Add(new Book { Title = "baseline" });
                return Task.CompletedTask;
            },
        };
        await using var database = await TestDatabase.CreateAsync(options, Cancel);
        await using var context = database.CreateContext();
        context.Add(new Book { Title = "test" });
        await context.SaveChangesAsync(Cancel);
        Assert.Equal(2, await context.Books.CountAsync(Cancel));

        await database.ResetAsync(Cancel);

        Assert.Equal("baseline", (await context.Books.AsNoTracking().SingleAsync(Cancel)).Title);
        context.ChangeTracker.Clear();
        var added = new Book { Title = "again" };
        context.Add(added);
        await context.SaveChangesAsync(Cancel);
        Assert.Equal(2, added.Id);
    }

    [Fact]
    public async Task A_schema_of_a_context_is_refused_when_there_is_no_context()
    {
        var options = new TestDatabaseOptions
        {
            Target = engine.Target,
            Model = RelocationModel.Create("none", []),
            Schema = SchemaSource.EnsureCreated,
        };

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => TestDatabase.CreateAsync(options, Cancel));

        Assert.Contains("SchemaSource.EnsureCreated", exception.Message, StringComparison.Ordinal);
    }

    private static TestDatabaseOptions Options(DatabaseTarget target, bool allow) => new()
    {
        Target = target,
        Model = RelocationModel.Create("none", []),
        Schema = SchemaSource.From((connection, _) => connection.RunAsync("CREATE TABLE item (id int); INSERT INTO item VALUES (1)")),
        DangerouslyAllowAnyDatabaseName = allow,
    };
}
