namespace Relocation.Testing.Tests.Bogus;

/// <summary>Throws away what is written, and looks now and then how much memory is held beyond what was held before.</summary>
/// <param name="before">The bytes held before.</param>
internal sealed class MeasuringStream(long before) : MemoryStream
{
    private const long LooksEvery = 8 * 1024 * 1024;

    private long _length;
    private long _next = LooksEvery;

    internal long MostHeld { get; private set; } = long.MinValue;

    public override long Length => _length;

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _length += buffer.Length;
        if (_length >= _next)
        {
            _next += LooksEvery;
            MostHeld = Math.Max(MostHeld, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        return ValueTask.CompletedTask;
    }
}
