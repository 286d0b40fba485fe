using Relocation.Testing.Cli.Failures;

namespace Relocation.Testing.Cli.Terminals;

/// <summary>Standard output. When it cannot be written that is said once, and what is still written is lost with the rest.</summary>
/// <param name="inner">The stream of the process, or null where the process has none.</param>
internal sealed class OutputStream(Stream? inner) : WriteOnlyStream
{
    /// <summary>Whether something could not be written.</summary>
    internal bool HasFailed { get; private set; }

    /// <exception cref="EnvironmentException">Standard output cannot be written.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (HasFailed || buffer.IsEmpty)
        {
            return;
        }

        if (inner is null)
        {
            HasFailed = true;
            throw Errors.OutputClosed();
        }

        try
        {
            inner.Write(buffer);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            HasFailed = true;
            throw Errors.OutputUnwritable(exception);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
}
