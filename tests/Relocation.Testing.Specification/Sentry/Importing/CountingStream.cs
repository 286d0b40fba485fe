namespace Relocation.Testing.Specification.Sentry.Importing;

/// <summary>A backup's text that counts how much of it is read.</summary>
internal sealed class CountingStream(byte[] text) : MemoryStream(text, writable: false)
{
    internal long BytesRead { get; private set; }

    public override int Read(Span<byte> buffer)
    {
        var read = base.Read(buffer);
        BytesRead += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = base.Read(buffer, offset, count);
        BytesRead += read;
        return read;
    }
}
