using Relocation.Testing.Cli.Terminals;
using Relocation.Testing.Files;

namespace Relocation.Testing.Cli.Arguments;

/// <summary>An output of a command line: a file, or standard output.</summary>
internal static class OutputArgument
{
    /// <summary>Names standard output.</summary>
    internal const string StandardOutput = "-";

    /// <summary>The argument, or <c>-</c> for other names of standard output.</summary>
    internal static string Read(string argument) =>
        RealPath.Follow(argument).IsDescriptorOf(StandardDescriptor.Output) ? StandardOutput : argument;

    /// <summary>Writes only the text.</summary>
    /// <param name="terminal">Standard output.</param>
    /// <param name="argument">A file, or <c>-</c>.</param>
    /// <param name="text">The text.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    internal static Task WriteAsync(Terminal terminal, string argument, string text, CancellationToken cancellationToken) =>
        WriteAsync(terminal, argument, (stream, cancellation) => stream.WriteAsync(Encode(text), cancellation).AsTask(), cancellationToken);

    /// <summary>Writes to standard output, or to a file, as a whole or not at all.</summary>
    /// <param name="terminal">Standard output.</param>
    /// <param name="argument">A file, or <c>-</c>.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="cancellationToken">Cancels the writing.</param>
    internal static Task WriteAsync(Terminal terminal, string argument, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        argument == StandardOutput ? write(terminal.OpenOutput(), cancellationToken) : TargetFile.WriteAsync(argument, write, cancellationToken);

    private static ReadOnlyMemory<byte> Encode(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
