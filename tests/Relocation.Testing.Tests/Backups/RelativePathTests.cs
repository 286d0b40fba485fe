using System.Text;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Databases;
using Xunit;

namespace Relocation.Testing.Tests.Backups;

/// <summary>A relative path means the same file wherever it is given.</summary>
public sealed class RelativePathTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("relative-");

    public RelativePathTests()
    {
        Write("project/Shop.Tests.csproj", "<Project />");
        Write("project/both.json", "[ ]");
        Write("project/project.json", "[  ]");
        Write("project/tests/both.json", "[]");
        Write("project/tests/source.json", "[   ]");
    }

    /// <summary>How a test says which backups it wants, given its source file; the last one is what <c>[BackupMatrix]</c> calls.</summary>
    private static Dictionary<string, Func<string, string, Backup>> Ways { get; } = new(StringComparer.Ordinal)
    {
        ["options"] = (path, source) => new TestDatabaseOptions<DbContext> { Target = SqliteTarget.InMemory(), Baseline = [Backup.FromFile(path, source)] }.Baseline[0],
        ["fixture"] = (path, source) => new BaselineSource(SqliteTarget.InMemory(), path, source).ToOptions<DbContext>().Baseline[0],
        ["files"] = (path, source) => BackupFiles.Find(path, source)[0],
        ["matrix"] = (path, source) => BackupFiles.FindCases(path, [typeof(SqliteEngine)], source)[0].Backup,
    };

    public static TheoryData<string, string, string> Paths
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var way in Ways.Keys)
            {
                data.Add(way, "source.json", "[   ]");
                data.Add(way, "both.json", "[]");
                data.Add(way, "project.json", "[  ]");
                data.Add(way, "../both.json", "[ ]");
                data.Add(way, "tests/source.json", "[   ]");
            }

            return data;
        }
    }

    public static TheoryData<string> Names => [.. Ways.Keys];

    private string Source => Path.Combine(_root.FullName, "project", "tests", "ShopTests.cs");

    public void Dispose() => _root.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Path_begins_at_the_source_file_and_then_at_the_project(string way, string path, string text) =>
        Assert.Equal(text, await ReadAsync(Ways[way](path, Source)));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Path_begins_at_the_program_then_and_last_at_the_current_folder(string way)
    {
        var name = $"relative-{Guid.NewGuid():N}.json";
        var beside = Path.Combine(AppContext.BaseDirectory, name);
        await File.WriteAllTextAsync(beside, "[    ]", TestContext.Current.CancellationToken);
        try
        {
            Assert.Equal("[    ]", await ReadAsync(Ways[way](name, Source)));
        }
        finally
        {
            File.Delete(beside);
        }

        var current = Path.GetRelativePath(Environment.CurrentDirectory, Path.Combine(_root.FullName, "project", "both.json"));
        Assert.Equal("[ ]", await ReadAsync(Ways[way](current, Source)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Full_path_is_taken_as_it_is(string way) =>
        Assert.Equal("[ ]", await ReadAsync(Ways[way](Path.Combine(_root.FullName, "project", "both.json"), Source)));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Path_that_leads_nowhere_is_refused_with_the_folders(string way)
    {
        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => ReadAsync(Ways[way]("nowhere.json", Source)));

        Assert.Contains("'nowhere.json', from any of these folders:", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(_root.FullName, "project", "tests"), refusal.Message, StringComparison.Ordinal);
        Assert.Contains(AppContext.BaseDirectory, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Path_without_a_source_file_begins_at_the_current_folder()
    {
        var path = Path.GetRelativePath(Environment.CurrentDirectory, Path.Combine(_root.FullName, "project", "both.json"));

        Assert.Equal("[ ]", await ReadAsync(Backup.FromFile(path, sourceFile: string.Empty)));
        await Assert.ThrowsAsync<BackupFormatException>(() => ReadAsync(Backup.FromFile("RelativePathTests.cs", sourceFile: string.Empty)));
    }

    private static async Task<string> ReadAsync(Backup backup)
    {
        using var copy = new MemoryStream();
        await backup.CopyToAsync(BackupDestination.ToStream(copy), TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(copy.ToArray());
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_root.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
