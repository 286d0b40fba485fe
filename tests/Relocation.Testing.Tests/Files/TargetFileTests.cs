using Relocation.Testing.Files;
using Xunit;

namespace Relocation.Testing.Tests.Files;

public sealed class TargetFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("relocation-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_cannot_be_removed_hides_no_other_error()
    {
        var file = await TargetFile.CreateAsync(Path.Join(_folder, "out.txt"), TestContext.Current.CancellationToken);
        var unfinished = Assert.Single(Directory.GetFiles(_folder));
        File.Delete(unfinished);
        Directory.CreateDirectory(unfinished);

        await file.DisposeAsync();

        Assert.Equal([unfinished], Directory.GetFileSystemEntries(_folder));
    }
}
