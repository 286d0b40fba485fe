using System.Text;
using Xunit;

namespace Relocation.Testing.Tests.Sentry.Tasks;

public sealed class FolderStorageTests : IDisposable
{
    private const string Name = "runs/a/in/file.tar";

    private readonly string _folder = Directory.CreateTempSubdirectory("relocation-storage-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private RelocationStorage Storage => RelocationStorage.InFolder(Path.Combine(_folder, "new", "storage"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task File_is_written_read_listed_and_deleted()
    {
        Assert.Null(await Storage.OpenAsync(Name, Cancel));
        Assert.Empty(await Storage.ListAsync(string.Empty, Cancel));
        await WriteAsync(Name, "one");
        await WriteAsync("runs/a/in/another.tar", "two");
        await WriteAsync("runs/ab/in/file.tar", "three");

        Assert.Equal("one", await ReadAsync(Name));
        Assert.Equal(["runs/a/in/another.tar", Name], await Storage.ListAsync("runs/a/", Cancel));
        Assert.Equal(["runs/a/in/another.tar", Name, "runs/ab/in/file.tar"], await Storage.ListAsync("runs/a", Cancel));
        Assert.Equal([Name, "runs/ab/in/file.tar"], (await Storage.ListAsync(string.Empty, Cancel)).Where(name => name.EndsWith("/file.tar", StringComparison.Ordinal)));

        await Storage.DeleteAsync(Name, Cancel);
        await Storage.DeleteAsync(Name, Cancel);
        Assert.Null(await Storage.OpenAsync(Name, Cancel));
    }

    [Fact]
    public async Task File_that_is_there_is_replaced_whole_and_its_reader_is_not_disturbed()
    {
        await WriteAsync(Name, "the old and longer one");
        await using var old = (await Storage.OpenAsync(Name, Cancel))!;
        await WriteAsync(Name, "new");

        Assert.Equal("new", await ReadAsync(Name));
        Assert.Equal("the old and longer one", await new StreamReader(old).ReadToEndAsync(Cancel));
        Assert.Single(await Storage.ListAsync(string.Empty, Cancel));
    }

    [Fact]
    public async Task File_that_is_not_finished_is_none_and_the_old_one_stays()
    {
        await WriteAsync(Name, "old");

        await Assert.ThrowsAsync<InvalidOperationException>(() => Storage.WriteAsync(
            Name,
            async (stream, cancellation) =>
            {
                await stream.WriteAsync(new byte[100_000], cancellation);
                Assert.Equal([Name], await Storage.ListAsync(string.Empty, cancellation));
                throw new InvalidOperationException("half-way");
            },
            Cancel));

        Assert.Equal("old", await ReadAsync(Name));
        Assert.Single(Directory.GetFiles(_folder, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/file")]
    [InlineData("a//b")]
    [InlineData("../file")]
    [InlineData("a/../../file")]
    [InlineData("a/.hidden")]
    [InlineData("a/b c")]
    [InlineData("a\\b")]
    [InlineData("a/")]
    public async Task Name_that_leads_elsewhere_is_refused(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync(name, "x"));
        await Assert.ThrowsAsync<ArgumentException>(() => Storage.OpenAsync(name, Cancel));
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task Folder_that_is_a_file_is_said_in_words()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "new"), string.Empty, Cancel);

        var refused = await Assert.ThrowsAsync<RelocationTaskException>(() => WriteAsync(Name, "x"));

        Assert.Equal(RelocationTaskErrorKind.Storage, refused.Kind);
        Assert.Contains($"'{Name}'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task File_whose_place_a_folder_has_is_said_in_words_and_what_the_writer_throws_is_not_changed()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "new", "storage", Name));

        var refused = await Assert.ThrowsAsync<RelocationTaskException>(() => WriteAsync(Name, "x"));
        var thrown = await Assert.ThrowsAsync<IOException>(
            () => Storage.WriteAsync("runs/other.tar", (_, _) => throw new IOException("of the writer"), Cancel));

        Assert.Equal(RelocationTaskErrorKind.Storage, refused.Kind);
        Assert.StartsWith($"File '{Name}' of the storage cannot be written: ", refused.Message, StringComparison.Ordinal);
        Assert.Equal("of the writer", thrown.Message);
    }

    private async Task<string> ReadAsync(string name)
    {
        await using var stream = (await Storage.OpenAsync(name, Cancel))!;
        return await new StreamReader(stream).ReadToEndAsync(Cancel);
    }

    private Task WriteAsync(string name, string text) =>
        Storage.WriteAsync(name, async (stream, cancellation) => await stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellation), Cancel);
}
