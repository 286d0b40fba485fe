using System.CommandLine;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Terminals;
using Relocation.Testing.Texts;

namespace Relocation.Testing.Cli.Commands;

/// <summary>The options for the form of findings.</summary>
internal sealed class FindingsOptions
{
    private const string Text = "text";

    private readonly Option<string> _format = new("--format")
    {
        Description = "The form of the findings on standard output: text for people, json as findings files, junit or sarif.",
        DefaultValueFactory = _ => Text,
        HelpName = "text|json|junit|sarif",
    };

    private readonly Option<string?> _file = FindingsFile.Option();

    private readonly Option<int> _max = new("--max-findings")
    {
        Description = "How many findings are written; all are counted.",
        DefaultValueFactory = _ => new ComparisonOptions().MaxFindings,
        HelpName = "N",
    };

    internal FindingsOptions(Command command)
    {
        _format.AcceptOnlyFromAmong(Text, "json", "junit", "sarif");
        command.Add(_format);
        command.Add(_file);
        command.Add(_max);
    }

    /// <summary>Whether findings are written as text.</summary>
    internal bool IsText(ParseResult parse) => parse.GetValue(_format) == Text;

    /// <summary>An additional file for findings, or null.</summary>
    internal string? File(ParseResult parse) => parse.GetValue(_file);

    internal int MaxFindings(ParseResult parse) => parse.GetValue(_max) is > 0 and var most ? most : throw Errors.MaxFindings();

    /// <summary>Writes findings in the requested form.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="terminal">Takes them.</param>
    /// <param name="title">What was done; the name of JUnit's suite.</param>
    /// <param name="findings">The findings.</param>
    /// <param name="closing">The last line for people.</param>
    /// <param name="writeForPeople">Writes the findings for people; null for one line each, after its place.</param>
    internal async Task<int> WriteAsync(
        ParseResult parse, Terminal terminal, string title, Findings findings, string closing, Action? writeForPeople = null)
    {
        await FindingsFile.WriteAsync(terminal, parse.GetValue(_file), findings).ConfigureAwait(false);
        var writer = terminal.Writer;
        switch (parse.GetValue(_format))
        {
            case "json":
                await writer.WriteLineAsync(findings.ToJson()).ConfigureAwait(false);
                break;
            case "junit":
                await writer.WriteAsync(findings.ToJUnit(title)).ConfigureAwait(false);
                break;
            case "sarif":
                await writer.WriteAsync(findings.ToSarif()).ConfigureAwait(false);
                break;
            default:
                (writeForPeople ?? WriteLines)();

                await writer.WriteLineAsync(Terminal.Printable(closing)).ConfigureAwait(false);
                break;
        }

        return findings.IsEmpty ? ExitCode.Done : ExitCode.Finding;

        void WriteLines()
        {
            foreach (var finding in findings)
            {
                var place = finding.RightPlace ?? finding.LeftPlace;
                writer.WriteLine(ShownText.Line(place is null ? finding.ToString() : $"{place}: {finding.Reason} ({finding.Kind})"));
            }
        }
    }
}
