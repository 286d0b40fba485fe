namespace Relocation.Testing.Cli.Output;

/// <summary>Standard error. When it cannot be written there is nobody left to tell.</summary>
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
            // The exit code still says how the command ended.
        }
    }
}
