using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Relocation.Testing.Cli.Commands;

/// <summary>The usual help, then examples and what the exit codes mean.</summary>
internal sealed class ExamplesHelpAction(HelpAction usual) : SynchronousCommandLineAction
{
    private const string ExitCodes = """
        Exit codes:
          0 done, 1 finding (mismatch, refused, invalid backup), 2 usage, 3 environment (database, server, disk, rights),
          130 cancelled
        """;

    public override int Invoke(ParseResult parseResult)
    {
        var result = usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is IHasExamples { Examples: var examples })
        {
            output.WriteLine("Examples:");
            foreach (var example in examples)
            {
                output.WriteLine($"  {example}");
            }

            output.WriteLine();
        }

        output.WriteLine(ExitCodes);
        return result;
    }
}
