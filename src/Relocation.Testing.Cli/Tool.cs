using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.InteropServices;
using Relocation.Testing.Cli.Commands;
using Relocation.Testing.Cli.Output;

namespace Relocation.Testing.Cli;

/// <summary>The whole run of the process: parse, carry out, and say how it ended.</summary>
internal static class Tool
{
    internal static async Task<int> RunAsync(string[] args)
    {
        using var cancellation = new CancellationTokenSource();
        using var interrupt = OnSignal(PosixSignal.SIGINT, cancellation);
        using var terminate = OnSignal(PosixSignal.SIGTERM, cancellation);
        using var terminal = Terminal.OfProcess();
        var root = CreateRoot(terminal);

        // A backup may be called '@x', which is no response file here.
        var parse = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var asJson = args.Contains(CommonOptions.JsonName);
        var verbose = args.Contains(CommonOptions.VerboseName);
        try
        {
            if (parse.Action is ParseErrorAction)
            {
                throw Errors.CommandLine(parse.Errors.Select(error => error.Message), parse.CommandResult.Command);
            }

            var configuration = new InvocationConfiguration
            {
                Output = terminal.Writer,
                Error = terminal.ErrorWriter,
                EnableDefaultExceptionHandler = false,

                // Cancelling has to end in a rollback, however long that takes; a second signal ends the process at once.
                ProcessTerminationTimeout = null,
            };
            return await parse.InvokeAsync(configuration, cancellation.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            var failure = cancellation.IsCancellationRequested ? Failure.OfCancelled(exception) : Failure.Of(exception, verbose);
            FailureReport.Write(failure with { Message = GivenSecrets.Removed(failure.Message, args) }, terminal, asJson);
            return failure.ExitCode;
        }
    }

    private static PosixSignalRegistration OnSignal(PosixSignal signal, CancellationTokenSource cancellation) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = !cancellation.IsCancellationRequested;
            cancellation.Cancel();
        });

    private static RootCommand CreateRoot(Terminal terminal)
    {
        var root = new RootCommand(
            "Imports backup JSON into test databases, remaps every primary key and compares the map with an approved one.")
        {
            new ImportCommand(terminal),
            new InspectCommand(terminal),
            new GenerateCommand(terminal),
            new MatrixCommand(terminal),
            new ExportCommand(terminal),
            new EncryptCommand(terminal),
            new DecryptCommand(terminal),
            new GraphCommand(terminal),
            new CompareCommand(terminal),
            new SanitizeCommand(terminal),
            new AuditCommand(terminal),
            new ResetCommand(terminal),
            new SnapshotCommand(terminal),
        };
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExamplesHelpAction((HelpAction)help.Action!);
        return root;
    }
}
