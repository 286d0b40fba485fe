using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Relocation.Testing.Databases;
using Relocation.Testing.Files;
using Relocation.Testing.Specification;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Sqlite.Places;
using Relocation.Testing.Sqlite.Statements;

namespace Relocation.Testing.Sqlite.Tests.Databases;

/// <summary>Full disks and refused rights name the file, its file system, who chose it and what to do.</summary>
[Case("full-disks")]
public sealed class SqlitePlaceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Database_that_may_not_grow_is_named_with_its_file_system_and_the_folder_for_temporary_files()
    {
        await using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "shelf_test.db");
        await using var database = await CreateAsync(path);
        await using var connection = await database.OpenConnectionAsync(Cancel);
        await connection.RunAsync("PRAGMA max_page_count = 1");

        var failure = await Assert.ThrowsAsync<DatabaseException>(
            () => new BackupImporter(database.Model, database.Engine).ImportAsync(connection, Backup.FromJson(Books(2000)), Cancel));

        Assert.Equal(DatabaseFault.Full, failure.Fault);
        Assert.Contains($"The database is '{RealPath.Of(path)}', in the file system at '", failure.Message, StringComparison.Ordinal);
        Assert.Contains("The connection string or the path that was given chose it.", failure.Message, StringComparison.Ordinal);
        Assert.Contains("temporary files go to '", failure.Message, StringComparison.Ordinal);
        Assert.Contains(" left. ", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>A small file system, where the test may make one.</summary>
    [Fact]
    public async Task File_system_without_room_is_named_with_the_room_it_has()
    {
        await using var folder = new TemporaryFolder();
        Assert.SkipUnless(OperatingSystem.IsLinux() && await RunAsync("mount", "-t", "tmpfs", "-o", "size=256k", "relocation", folder.Path), "Only root may mount.");
        try
        {
            await using var database = await CreateAsync(Path.Combine(folder.Path, "shelf_test.db"));

            var failure = await Assert.ThrowsAsync<DatabaseException>(() => database.ImportAsync(Backup.FromJson(Books(20_000)), cancellationToken: Cancel));

            Assert.Equal(DatabaseFault.Full, failure.Fault);
            Assert.Contains($"in the file system at '{RealPath.Of(folder.Path)}' (tmpfs), which has ", failure.Message, StringComparison.Ordinal);
            Assert.Contains(" of 0.3 MB left", failure.Message, StringComparison.Ordinal);

            // What is left of the room takes what is small, as nothing of the import is left.
            await database.ImportAsync(Backup.FromJson(Books(1)), cancellationToken: Cancel);
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            await RunAsync("umount", folder.Path);
        }
    }

    [Fact]
    public async Task Folder_that_is_missing_is_named()
    {
        await using var folder = new TemporaryFolder();

        var failure = await Assert.ThrowsAsync<DatabaseException>(() => CreateAsync(Path.Combine(folder.Path, "gone", "shelf_test.db")));

        Assert.Equal(DatabaseFault.Unreachable, failure.Fault);
        Assert.Contains($"There is no folder '{RealPath.Of(folder.Path)}", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("gone'. Correct the path, make its folder, and give the account the right to write there.", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(28, DatabaseFault.Full, "Make room there.")]
    [InlineData(unchecked((int)0x80070070), DatabaseFault.Full, "Make room there.")]
    [InlineData(5, DatabaseFault.NotAllowed, "give the account the right to write there.")]
    [Case("wrong-advice")]
    public void File_that_cannot_be_made_is_told_by_the_code_of_the_system(int code, DatabaseFault fault, string advice)
    {
        var failure = PlacedFault.OfFile("A file", Path.GetTempPath(), PlaceChoice.OfTemporary(), new IOException("the system's words", code)).Fault;

        Assert.Equal(fault, failure.Fault);
        Assert.Contains(Path.GetTempPath(), failure.Cause, StringComparison.Ordinal);
        Assert.Contains("chose it; set ", failure.Advice, StringComparison.Ordinal);
        Assert.EndsWith(advice, failure.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_chose_a_place_is_told_by_where_it_is()
    {
        var temporary = Path.Combine(Path.GetTempPath(), $"{TestDatabaseName.Make(TestDatabaseName.MakeOwner())}.db");
        var template = Path.Combine(SqliteCachePlace.Folder, "abc.db");

        Assert.Contains(OperatingSystem.IsWindows() ? "TMP" : "TMPDIR", PlaceChoice.Of(temporary), StringComparison.Ordinal);
        Assert.Contains("RELOCATION_CACHE", PlaceChoice.Of(template), StringComparison.Ordinal);
        Assert.StartsWith("The connection string", PlaceChoice.Of(Path.GetFullPath("shop_test.db")), StringComparison.Ordinal);
        Assert.Contains("RELOCATION_ARTIFACTS", PlaceChoice.OfKept(), StringComparison.Ordinal);
    }

    [Fact]
    public void Fault_of_no_place_stays_as_it_is()
    {
        var locked = SqliteFaults.Of(5, string.Empty);

        Assert.Same(locked, PlacedFault.Of(locked, SqliteLocation.Of(new SqliteConnectionStringBuilder { DataSource = "a.db" })));
    }

    private static string Books(int count) => $"[{string.Join(',', Enumerable.Range(1, count).Select(
        key => $$$"""{"model": "shelf.book", "pk": {{{key}}}, "fields": {"title": "a title that takes some room"}}"""))}]";

    private static async Task<bool> RunAsync(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
            await process.WaitForExitAsync(Cancel);
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static Task<TestDatabase<ShelfContext>> CreateAsync(string path) => TestDatabase.CreateAsync(
        new TestDatabaseOptions<ShelfContext>
        {
            Target = SqliteTarget.File(path),
            CreateContext = static options => new ShelfContext(options),
            ModelOptions = new RelocationModelOptions { App = "shelf" },
            Reset = new ResetOptions { Strategy = ResetStrategy.Copy },
        },
        Cancel);
}
