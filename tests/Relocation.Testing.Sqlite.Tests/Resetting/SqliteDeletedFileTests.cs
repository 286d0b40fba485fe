using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Specification;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Sqlite.Tests.Resetting;

/// <summary>What a test does to the file itself: the reset finds whatever is at its path.</summary>
[Case("deleted-file")]
public sealed class SqliteDeletedFileTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ResetStrategy.UndoLog, ResetTo.Baseline)]
    [InlineData(ResetStrategy.Copy, ResetTo.Baseline)]
    [InlineData(ResetStrategy.UndoLog, ResetTo.Empty)]
    public async Task Every_test_that_deletes_and_makes_its_database_begins_with_the_baseline(ResetStrategy strategy, ResetTo to)
    {
        await using var database = await CreateAsync(strategy, EmptyBy.TouchedTables);
        for (var test = 1; test <= 5; test++)
        {
            await using (var context = database.CreateContext())
            {
                Assert.Equal(test == 1 || to == ResetTo.Baseline ? "A,B" : string.Empty, string.Join(',', await context.Books.Select(book => book.Title).Order().ToListAsync(Cancel)));
                await context.Database.EnsureDeletedAsync(Cancel);
                await context.Database.EnsureCreatedAsync(Cancel);
                context.Add(new Book { Title = string.Create(CultureInfo.InvariantCulture, $"of test {test}") });
                await context.SaveChangesAsync(Cancel);
            }

            await database.ResetAsync(to, Cancel);
            Assert.Equal("ok", await database.TextAsync("PRAGMA integrity_check"));
        }
    }

    [Theory]
    [InlineData(ResetStrategy.UndoLog)]
    [InlineData(ResetStrategy.Copy)]
    public async Task A_file_that_is_missing_or_another_one_is_made_right(ResetStrategy strategy)
    {
        await using var database = await CreateAsync(strategy);
        var path = new SqliteConnectionStringBuilder(database.ConnectionString).DataSource;
        foreach (var change in (Action[])
            [
                () => File.Delete(path),
                () =>
                {
                    File.WriteAllBytes(path + ".other", []);
                    File.Move(path + ".other", path, overwrite: true);
                },
                () =>
                {
                    File.Copy(path, path + ".other");
                    File.Move(path + ".other", path, overwrite: true);
                },
            ])
        {
            // Leaves a connection in the pool that has the old file open.
            await database.RunAsync("DELETE FROM Books");

            change();

            await database.ResetAsync(Cancel);
            Assert.Equal("A\nB", await database.TextAsync("SELECT Title FROM Books ORDER BY 1"));
        }
    }

    [Theory]
    [InlineData(ResetStrategy.UndoLog)]
    [InlineData(ResetStrategy.Copy)]
    public async Task A_link_in_the_files_place_is_refused_and_what_it_leads_to_left_alone(ResetStrategy strategy)
    {
        await using var database = await CreateAsync(strategy);
        var path = new SqliteConnectionStringBuilder(database.ConnectionString).DataSource;
        var real = path + ".real";
        File.Copy(path, real);
        await using (var connection = new SqliteConnection($"Data Source={real};Pooling=False"))
        {
            await connection.OpenAsync(Cancel);
            await connection.RunAsync("DELETE FROM Books WHERE Title = 'A'");
        }

        var before = await File.ReadAllBytesAsync(real, Cancel);
        File.Delete(path);
        File.CreateSymbolicLink(path, real);

        var exception = await Assert.ThrowsAsync<ResetException>(() => database.ResetAsync(Cancel));

        Assert.Contains(path, exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(real, Cancel));
        File.Delete(path);
        await database.ResetAsync(Cancel);
        Assert.Equal("A\nB", await database.TextAsync("SELECT Title FROM Books ORDER BY 1"));
        File.Delete(real);
    }

    private static Task<TestDatabase<ShelfContext>> CreateAsync(ResetStrategy strategy, EmptyBy emptyBy = EmptyBy.Respawn) => TestDatabase.CreateAsync(
        new TestDatabaseOptions<ShelfContext>
        {
            Target = SqliteTarget.TemporaryFile(),
            Reset = new ResetOptions { Strategy = strategy, EmptyBy = emptyBy },
            Seed = static (context, _) =>
            {
                context.AddRange(new Book { Title = "A" }, new Book { Title = "B" });
                return Task.CompletedTask;
            },
        },
        Cancel);
}
