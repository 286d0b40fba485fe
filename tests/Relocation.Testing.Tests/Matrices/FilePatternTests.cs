using Relocation.Testing.Databases;
using Xunit;

namespace Relocation.Testing.Tests.Matrices;

public sealed class FilePatternTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("patterns-");

    public FilePatternTests()
    {
        foreach (var file in new[]
        {
            "backups/b.json", "backups/a.JSON", "backups/notes.txt", "backups/v2/a.json", "backups/v2/deep/c.json",
            "backups/bin/copy.json", "backups/obj/copy.json", "backups/.cache/copy.json", "other/z.json",
        })
        {
            var path = Path.Combine(_folder.FullName, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "[]");
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("backups/*.json", "a.JSON b.json")]
    [InlineData("backups\\*.json", "a.JSON b.json")]
    [InlineData("backups/b.json", "b.json")]
    [InlineData("backups/**/*.json", "a.JSON b.json v2/a.json v2/deep/c.json")]
    [InlineData("backups/**/a.json", "a.JSON v2/a.json")]
    [InlineData("backups/v2/**", "a.json deep/c.json")]
    [InlineData("backups/**/**/c.json", "v2/deep/c.json")]
    [InlineData("*/?.json", "backups/a.JSON backups/b.json other/z.json")]
    [InlineData("backups/bin/*.json", "copy.json")]
    [InlineData("backups/../other/*.json", "z.json")]
    [InlineData("backups/*.xml", "")]
    [InlineData("nowhere/*.json", "")]
    [InlineData("backups/b.json/*", "")]
    public void Pattern_finds_its_files_ordered_by_name(string pattern, string names)
    {
        var files = new FilePattern(pattern).Find([_folder.FullName]);

        Assert.Equal(names, string.Join(' ', files.Select(file => file.Name)));
        Assert.All(files, file => Assert.True(File.Exists(file.Path)));
    }

    [Fact]
    public void First_folder_with_a_match_counts_alone()
    {
        var folders = new[] { "nowhere", "other", "backups" }.Select(folder => Path.Combine(_folder.FullName, folder));

        Assert.Equal(["z.json"], new FilePattern("*.json").Find(folders).Select(file => file.Name));
    }

    [Fact]
    public void Full_path_is_found_from_anywhere()
    {
        var pattern = Path.Combine(_folder.FullName, "backups", "**", "c.json");

        Assert.Equal(["v2/deep/c.json"], new FilePattern(pattern).Find(["nowhere"]).Select(file => file.Name));
    }
}
