using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Relocation.Testing.Cli.Commands;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Output;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli;

/// <summary>The whole run of the process: parse, carry out, and say how it ended.</summary>
internal static class Tool
{
    internal static async Task<int> RunAsync(string[] args)
    {
        using var interruption = new Interruption();
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

            if (parse.Action == parse.CommandResult.Command.Action)
            {
                NamedFiles.Check(parse);
            }

            var configuration = new InvocationConfiguration
            {
                Output = terminal.Writer,
                Error = terminal.ErrorWriter,
                EnableDefaultExceptionHandler = false,

                // Signals are heard by Interruption.
                ProcessTerminationTimeout = null,
            };
            var exitCode = await parse.InvokeAsync(configuration, interruption.Token).ConfigureAwait(false);
            terminal.Flush();
            return exitCode;
        }
        catch (Exception exception)
        {
            var failure = interruption.IsRequested ? Failure.OfCancelled(exception) : Failure.Of(exception, verbose);
            FailureReport.Write(failure with { Message = GivenSecrets.Removed(failure.Message, args) }, terminal, asJson);
            return failure.ExitCode;
        }
    }

    internal static RootCommand CreateRoot(Terminal terminal)
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
            new TaskCommand(terminal),
            new SnapshotCommand(terminal),
            new EventsCommand(terminal),
        };
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExamplesHelpAction((HelpAction)help.Action!);
        return root;
    }
}
