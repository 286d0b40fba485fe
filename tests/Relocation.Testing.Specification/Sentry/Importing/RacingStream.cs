using System.Text;

namespace Relocation.Testing.Specification.Sentry.Importing;

/// <summary>A backup's text that lets something else happen when it is first read.</summary>
internal sealed class RacingStream(string json, Func<Task> first) : MemoryStream(Encoding.UTF8.GetBytes(json), writable: false)
{
    private bool _isRead;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await BeginAsync();
        return await base.ReadAsync(buffer, cancellationToken);
    }

    private async Task BeginAsync()
    {
        if (!_isRead)
        {
            _isRead = true;
            await first();
        }
    }
}
