using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

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
        var output = parseResult.InvocationConfiguration.Output;
        using var help = new StringWriter();
        parseResult.InvocationConfiguration.Output = help;
        var result = usual.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = output;
        output.Write(WithOwnArguments(help.ToString(), parseResult.CommandResult));
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

    /// <summary>The usage line also shows arguments of parent commands, which the command itself does not accept.</summary>
    private static string WithOwnArguments(string help, CommandResult command)
    {
        if (command.Parent is not CommandResult { Command: var parent })
        {
            return help;
        }

        var others = string.Concat(parent.Arguments.Select(argument => $@"[<\[]+{Regex.Escape(argument.Name)}[>\]]+ "));
        return Regex.Replace(help, $@"(?<= {Regex.Escape(parent.Name)} ){others}(?={Regex.Escape(command.Command.Name)}\b)", string.Empty);
    }
}
