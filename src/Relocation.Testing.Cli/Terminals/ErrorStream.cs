namespace Relocation.Testing.Cli.Terminals;

/// <summary>Standard error. If it cannot be written, there is nowhere left to report that.</summary>
/// <param name="inner">The stream of the process, or null where the process has none.</param>
internal sealed class ErrorStream(Stream? inner) : WriteOnlyStream
{
    public override void Write(byte[] buffer, int offset, int count)
    {
        try
        {
            inner?.Write(buffer, offset, count);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The exit code still tells how the command ended.
        }
    }
}
