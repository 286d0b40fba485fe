using System.Text;
using Relocation.Testing.Cli.Arguments;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Texts;
using Spectre.Console;

namespace Relocation.Testing.Cli.Terminals;

/// <summary>Standard output for results and standard error for everything else; plain text where nobody looks at a terminal.</summary>
internal sealed class Terminal : IDisposable
{
    /// <summary>Redirected tables are as wide as they need to be.</summary>
    private const int Unlimited = 10_000;

    private readonly OutputStream _output;

    private Terminal(OutputStream output, TextWriter writer, TextWriter errorWriter)
    {
        _output = output;
        Writer = writer;
        ErrorWriter = errorWriter;
        Output = Make(writer, Console.IsOutputRedirected);
        Error = Make(errorWriter, Console.IsErrorRedirected);
        ShowsProgress = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";
    }

    /// <summary>Standard output without any form.</summary>
    internal TextWriter Writer { get; }

    /// <summary>Standard error without any form.</summary>
    internal TextWriter ErrorWriter { get; }

    internal IAnsiConsole Output { get; }

    internal IAnsiConsole Error { get; }

    internal bool ShowsProgress { get; }

    /// <summary>Whether standard output could not be written, which was said then.</summary>
    internal bool HasOutputFailed => _output.HasFailed;

    /// <summary>Standard output for bytes, after all text that was written to it. It stays open.</summary>
    internal Stream OpenOutput()
    {
        Writer.Flush();
        return _output;
    }

    /// <exception cref="EnvironmentException">Standard output cannot be written.</exception>
    internal void Flush() => Writer.Flush();

    /// <summary>Asks a question at the terminal; without one nobody can be asked, and the answer is yes.</summary>
    internal bool Confirms(string question)
    {
        if (!StandardDescriptor.IsOpen(StandardDescriptor.Input) || Console.IsInputRedirected || Console.IsErrorRedirected)
        {
            return true;
        }

        ErrorWriter.Write($"{Printable(question)} [y/N] ");
        ErrorWriter.Flush();
        return Console.ReadLine()?.Trim() is { Length: > 0 } answer && answer[0] is 'y' or 'Y';
    }

    /// <summary>Says where a file was written; beside it, where that is standard output.</summary>
    /// <param name="deed">What was done, as a sentence begins with it.</param>
    /// <param name="output">The file, or <c>-</c>.</param>
    internal Task SayWrittenAsync(string deed, string output) => output == OutputArgument.StandardOutput
        ? ErrorWriter.WriteLineAsync($"{deed} to standard output.")
        : Writer.WriteLineAsync(Printable($"{deed} to {output}."));

    /// <summary>Says something on standard error while work goes on, above what is shown of its progress.</summary>
    internal void Say(string sentence)
    {
        Error.WriteLine(Printable(sentence));
        ErrorWriter.Flush();
    }

    public void Dispose()
    {
        try
        {
            Writer.Flush();
        }
        catch (EnvironmentException)
        {
            // After a failure, which counts more.
        }

        ErrorWriter.Flush();
    }

    /// <summary>The streams of this process.</summary>
    internal static Terminal OfProcess()
    {
        var output = new OutputStream(StandardDescriptor.IsOpen(StandardDescriptor.Output) ? Console.OpenStandardOutput() : null);
        var error = new ErrorStream(StandardDescriptor.IsOpen(StandardDescriptor.Error) ? Console.OpenStandardError() : null);
        return new Terminal(
            output, Console.IsOutputRedirected ? Utf8(output) : Console.Out, Console.IsErrorRedirected ? Utf8(error) : Console.Error);
    }

    /// <summary>Text of several lines, whose other invisible characters are shown as escapes: labels and paths come from files that may be hostile.</summary>
    internal static string Printable(string text) => ShownText.Lines(text);

    private static StreamWriter Utf8(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = false };

    private static IAnsiConsole Make(TextWriter writer, bool isRedirected)
    {
        var isPlain = isRedirected || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = isRedirected ? InteractionSupport.No : InteractionSupport.Detect,
            Out = new AnsiConsoleOutput(writer),
        });
        if (isRedirected)
        {
            console.Profile.Width = Unlimited;
            console.Profile.Capabilities.Unicode = false;
        }

        return console;
    }
}
