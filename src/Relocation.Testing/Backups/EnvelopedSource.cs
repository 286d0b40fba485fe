using Relocation.Testing.Texts;

namespace Relocation.Testing.Backups;

/// <summary>What is in an envelope, and the bytes that the envelope is stored in.</summary>
internal sealed class EnvelopedSource(Stream content, ByteSource stored) : ByteSource
{
    private readonly StreamSource _content = new(content, origin: 0);

    internal override long Length => _content.Length;

    internal override ValueTask<int> ReadAsync(Memory<byte> buffer, long offset, CancellationToken cancellationToken) =>
        _content.ReadAsync(buffer, offset, cancellationToken);

    internal override bool IsUnchanged() => stored.IsUnchanged();

    /// <summary>Opens the envelope; what it is stored in is closed with it, and when the envelope refuses it.</summary>
    internal static async ValueTask<ByteSource> OpenAsync(
        ByteSource stored, string name, BackupEnvelope envelope, CancellationToken cancellationToken)
    {
        try
        {
            var content = await envelope.OpenAsync(new StoredStream(stored), ShownText.Line(name), cancellationToken).ConfigureAwait(false);
            return new EnvelopedSource(content, stored);
        }
        catch (Exception exception)
        {
            await stored.DisposeAsync().ConfigureAwait(false);
            if (exception is IOException)
            {
                throw BackupErrors.BackupUnreadable(name, exception);
            }

            throw;
        }
    }

    protected override async ValueTask CloseAsync()
    {
        await _content.DisposeAsync().ConfigureAwait(false);
        await content.DisposeAsync().ConfigureAwait(false);
        await stored.DisposeAsync().ConfigureAwait(false);
    }
}
