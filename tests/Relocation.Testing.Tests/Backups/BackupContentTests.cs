using System.IO.Compression;
using System.Text;
using Relocation.Testing.Backups;
using Xunit;

namespace Relocation.Testing.Tests.Backups;

public sealed class BackupContentTests : IDisposable
{
    private const string Json = """[{"model":"a.b","pk":1,"fields":{"x":"é"}},{"model":"a.c","pk":1,"fields":{}},{"model":"a.b","pk":2,"fields":{}}]""";

    private readonly string _folder = Directory.CreateTempSubdirectory("relocation-tests-").FullName;

    public static TheoryData<string> Forms => ["file", "gzip", "misnamed gzip", "stream", "late stream", "pipe", "gzip pipe", "json"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Backup_reads_the_same_from_every_form_with_and_without_mark(string form)
    {
        foreach (var mark in new[] { "", "\uFEFF" })
        {
            await using var content = await BackupContent.OpenAsync(Form(form, mark + Json), TestContext.Current.CancellationToken);
            var index = await Reading.IndexAsync(content);

            var inOrder = await Reading.ReadAllAsync(content, index.Runs);
            var reversed = await Reading.ReadAllAsync(content, index.Runs.Reverse());

            Assert.Equal(3, index.RecordCount);
            Assert.Equal(["""{"x":"é"}""", "{}", "{}"], inOrder.Select(record => record.Fields));
            Assert.Equal(inOrder, reversed.OrderBy(record => record.ArrayIndex));
            Assert.Equal(1, inOrder[0].Offset);
            Assert.Equal(Encoding.UTF8.GetByteCount(Json), content.Length ?? Encoding.UTF8.GetByteCount(Json));
        }
    }

    [Fact]
    public async Task Text_that_has_the_mark_of_tarballs_where_these_have_it_is_no_tarball()
    {
        var json = Json.Replace("é", new string('x', 257 - Json.IndexOf('é', StringComparison.Ordinal)) + "ustar  " + new string('x', 300), StringComparison.Ordinal);
        Assert.Equal(257, json.IndexOf("ustar", StringComparison.Ordinal));

        Assert.Equal(3, (await Reading.IndexAsync(Form("stream", json))).RecordCount);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("gzip")]
    [InlineData("stream")]
    [InlineData("json")]
    public async Task Backup_can_be_used_again(string form)
    {
        var backup = Form(form, Json);

        Assert.Equal(3, (await Reading.IndexAsync(backup)).RecordCount);
        Assert.Equal(3, (await Reading.IndexAsync(backup)).RecordCount);
    }

    [Fact]
    public async Task Stream_that_cannot_seek_is_used_once()
    {
        var backup = Form("pipe", Json);
        await Reading.IndexAsync(backup);

        var refusal = await Assert.ThrowsAsync<BackupFormatException>(() => Reading.IndexAsync(backup));

        Assert.Equal(
            "The stream of backup 'stream' was read before and cannot be read again. Give a stream that can seek, or a file.", refusal.Message);
    }

    [Fact]
    public async Task Spooled_stream_leaves_no_readable_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Files without a name are Unix's.");
        var before = Directory.GetFiles(Path.GetTempPath(), "relocation-*");

        await using var content = await BackupContent.OpenAsync(Form("pipe", Json), TestContext.Current.CancellationToken);

        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), "relocation-*").Except(before));
    }

    [Fact]
    public async Task Missing_file_is_named()
    {
        var refusal = await Assert.ThrowsAsync<BackupFormatException>(() => Reading.IndexAsync(Backup.FromFile("nowhere/shop.json", sourceFile: string.Empty)));

        Assert.Equal("There is no file 'nowhere/shop.json'. Give the path of a backup.", refusal.Message);
        Assert.Equal(BackupProblemKind.Unreadable, refusal.Problems.Single().Kind);
    }

    [Fact]
    public async Task Directory_is_named()
    {
        var refusal = await Assert.ThrowsAsync<BackupFormatException>(() => Reading.IndexAsync(Backup.FromFile(_folder)));

        Assert.Equal($"'{_folder}' is a directory. Give the path of a backup file.", refusal.Message);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(5000)]
    public async Task Damaged_gzip_is_refused(int at)
    {
        var random = new Random(1);
        var bytes = Compress("[" + string.Join(',', Enumerable.Range(0, 2000).Select(key => $$$"""{"model":"a.b","pk":{{{key}}},"fields":{"x":{{{random.Next()}}}}}""")) + "]");
        bytes.AsSpan(at, 40).Fill(0xFF);

        var refusal = await Assert.ThrowsAsync<BackupFormatException>(() => Reading.IndexAsync(Backup.FromUtf8(bytes, "shop.json.gz")));

        Assert.Contains(refusal.Problems.Single().Kind, new[] { BackupProblemKind.Unreadable, BackupProblemKind.NotJson });
    }

    [Fact]
    public async Task Cut_off_gzip_is_refused()
    {
        var bytes = Compress(Json);

        var refusal = await Assert.ThrowsAsync<BackupFormatException>(() => Reading.IndexAsync(Backup.FromUtf8(bytes.AsMemory(0, bytes.Length - 20))));

        Assert.Contains(refusal.Problems.Single().Kind, new[] { BackupProblemKind.Unreadable, BackupProblemKind.Truncated });
    }

    [Fact]
    public async Task Change_is_noticed_when_the_file_grows_between_the_passes()
    {
        var path = Write("shop.json", Json);
        await using var content = await BackupContent.OpenAsync(Backup.FromFile(path), TestContext.Current.CancellationToken);
        var index = await Reading.IndexAsync(content);
        await File.AppendAllTextAsync(path, " ", TestContext.Current.CancellationToken);

        var refusal = await Assert.ThrowsAsync<BackupFormatException>(() => Reading.ReadAllAsync(content, index.Runs));

        Assert.Equal(BackupProblemKind.Changed, refusal.Problems.Single().Kind);
        Assert.Equal($"Backup '{path}' changed while it was read. Read it again when nothing writes to it any more.", refusal.Message);
    }

    [Theory]
    [InlineData("a.b\",\"pk\":1,\"fields\":{\"x\":\"é\"}", "a.d\",\"pk\":1,\"fields\":{\"x\":\"é\"}")]
    [InlineData("{\"x\":\"é\"}", "{\"x\":\"é\" ")]
    [InlineData("{\"x\":\"é\"}}", "[\"x\",\"é\"]}")]
    [InlineData("\"fields\":{}}]", "\"fields\":{} ]")]
    public async Task Change_is_noticed_when_records_change_between_the_passes(string old, string @new)
    {
        var bytes = Encoding.UTF8.GetBytes(Json);
        await using var content = await BackupContent.OpenAsync(Backup.FromUtf8(bytes), TestContext.Current.CancellationToken);
        var index = await Reading.IndexAsync(content);
        Encoding.UTF8.GetBytes(Json.Replace(old, @new, StringComparison.Ordinal)).CopyTo(bytes, 0);

        var refusal = await Assert.ThrowsAsync<BackupFormatException>(() => Reading.ReadAllAsync(content, index.Runs));

        Assert.Equal(BackupProblemKind.Changed, refusal.Problems.Single().Kind);
    }

    [Fact]
    public async Task Following_runs_are_read_from_one_stream()
    {
        using var stream = new CountingStream(Encoding.UTF8.GetBytes(Json));
        await using var content = await BackupContent.OpenAsync(Backup.FromStream(stream), TestContext.Current.CancellationToken);
        var index = await Reading.IndexAsync(content);
        stream.BytesRead = 0;

        await Reading.ReadAllAsync(content, index.Runs, blockSize: 16);

        Assert.Equal(3, index.Runs.Count);
        Assert.Equal(stream.Length, stream.BytesRead);
    }

    internal static byte[] Compress(string text)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return memory.ToArray();
    }

    private Backup Form(string form, string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        switch (form)
        {
            case "file":
                return Backup.FromFile(Write("shop.json", json));
            case "gzip":
                return Backup.FromFile(Write("shop.json.gz", Compress(json)));
            case "misnamed gzip":
                return Backup.FromFile(Write("shop.json", Compress(json)));
            case "stream":
                return Backup.FromStream(new MemoryStream(bytes));
            case "late stream":
                var stream = new MemoryStream([1, 2, 3, .. bytes]) { Position = 3 };
                return Backup.FromStream(stream);
            case "pipe":
                return Backup.FromStream(new BufferedPipe(bytes));
            case "gzip pipe":
                return Backup.FromStream(new BufferedPipe(Compress(json)));
            default:
                return Backup.FromJson(json);
        }
    }

    private string Write(string name, string json) => Write(name, Encoding.UTF8.GetBytes(json));

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private sealed class CountingStream(byte[] bytes) : MemoryStream(bytes)
    {
        internal long BytesRead { get; set; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await base.ReadAsync(buffer, cancellationToken);
            BytesRead += count;
            return count;
        }
    }

    private sealed class BufferedPipe(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
