using System.IO.Compression;
using System.Text;
using Xunit;

namespace Relocation.Testing.Tests.Exporting;

public sealed class BackupEnvelopeTests
{
    private const string Json = """[ {"model": "shop.order", "pk": 1, "fields": {"name": "a b"}} ]""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Envelope_of_ones_own_holds_a_backup()
    {
        var stored = new MemoryStream();
        await Backup.FromJson(Json).CopyToAsync(BackupDestination.ToStream(stored).PutInto(new Zip()), Cancel);
        using (var archive = new ZipArchive(new MemoryStream(stored.ToArray())))
        {
            Assert.Equal("backup.json", Assert.Single(archive.Entries).FullName);
        }

        var copy = new MemoryStream();
        await Backup.FromUtf8(stored.ToArray()).OpenedFrom(new Zip()).CopyToAsync(BackupDestination.ToStream(copy), Cancel);
        Assert.Equal("""[{"model":"shop.order","pk":1,"fields":{"name":"a b"}}]""", Encoding.UTF8.GetString(copy.ToArray()));
    }

    [Fact]
    public async Task What_the_envelope_cannot_read_is_refused_by_the_name_of_the_backup()
    {
        var refused = await Assert.ThrowsAsync<BackupFormatException>(
            () => Backup.FromJson(Json, "plain").OpenedFrom(new Zip()).CopyToAsync(BackupDestination.ToStream(Stream.Null), Cancel));
        Assert.Contains("'plain'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backup_that_fails_is_never_completed()
    {
        var stored = new MemoryStream();
        await Assert.ThrowsAsync<InvalidOperationException>(() => BackupDestination.ToStream(stored).PutInto(new Zip()).WriteAsync(
            async (stream, cancellationToken) =>
            {
                await stream.WriteAsync("[]"u8.ToArray(), cancellationToken);
                throw new InvalidOperationException();
            },
            Cancel));
        Assert.Equal(0, stored.Length);
    }

    [Fact]
    public void Destination_is_compressed_or_in_an_envelope()
    {
        Assert.Throws<InvalidOperationException>(() => BackupDestination.ToStream(Stream.Null).Compressed().PutInto(new Zip()));
        Assert.Throws<InvalidOperationException>(() => BackupDestination.ToStream(Stream.Null).PutInto(new Zip()).Compressed());
        Assert.Null(BackupDestination.ToStream(Stream.Null).Envelope);
    }

    /// <summary>A zip archive with one entry.</summary>
    private sealed class Zip : BackupEnvelope
    {
        public override string Extension => ".zip";

        public override async ValueTask<Stream> OpenAsync(Stream stored, string name, CancellationToken cancellationToken)
        {
            var bytes = new MemoryStream();
            await stored.CopyToAsync(bytes, cancellationToken);
            bytes.Position = 0;
            try
            {
                using var archive = new ZipArchive(bytes);
                var content = new MemoryStream();
                await using var entry = archive.Entries[0].Open();
                await entry.CopyToAsync(content, cancellationToken);
                return content;
            }
            catch (InvalidDataException exception)
            {
                throw new IOException("No zip archive.", exception);
            }
        }

        public override ValueTask<Stream> BeginAsync(Stream stored, CancellationToken cancellationToken) => new(new Content(stored));

        public override async ValueTask CompleteAsync(Stream content, CancellationToken cancellationToken)
        {
            var bytes = new MemoryStream();
            using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            {
                await using var entry = archive.CreateEntry("backup.json").Open();
                await entry.WriteAsync(((Content)content).ToArray(), cancellationToken);
            }

            await ((Content)content).Stored.WriteAsync(bytes.ToArray(), cancellationToken);
        }

        private sealed class Content(Stream stored) : MemoryStream
        {
            internal Stream Stored => stored;
        }
    }
}
