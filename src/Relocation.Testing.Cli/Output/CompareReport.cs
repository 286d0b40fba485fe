using System.Globalization;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Cli.Terminals;
using Relocation.Testing.Texts;
using Spectre.Console;

namespace Relocation.Testing.Cli.Output;

/// <summary>The findings of a comparison for people: a table of the models, then the records that differ.</summary>
internal static class CompareReport
{
    /// <summary>Writes the report without its last line.</summary>
    internal static void Write(Terminal terminal, ComparisonResult result, bool includesValues)
    {
        WriteTable(terminal, result);
        WriteUnknown(terminal, result.UnknownModels);
        foreach (var model in result.Findings.GroupBy(finding => finding.On?.Model))
        {
            foreach (var record in model.GroupBy(finding => (finding.On?.Ordinal, finding.LeftPlace, finding.RightPlace)))
            {
                WriteRecord(terminal, [.. record]);
            }
        }

        if (result.Findings.Count > 0)
        {
            terminal.Writer.WriteLine();
        }

        if (result.Findings.Count < result.Count)
        {
            terminal.Writer.WriteLine($"The first {ReportText.Number(result.Findings.Count)} findings are shown; --max-findings shows more.");
        }

        if (!includesValues && result.Findings.Any(finding => finding.Field is not null))
        {
            terminal.Writer.WriteLine("Values are not shown, as they may be personal data; --include-values shows them.");
        }
    }

    /// <summary>Writes findings like Sentry's own tool, each after its place.</summary>
    internal static void WriteAsUpstream(Terminal terminal, Findings findings)
    {
        foreach (var finding in findings)
        {
            var place = finding.RightPlace ?? finding.LeftPlace;
            terminal.Writer.WriteLine(Terminal.Printable(place is null ? finding.ToPretty() : $"{place}\n{finding.ToPretty()}"));
        }
    }

    /// <summary>Says what is unknown without a model.</summary>
    private static void WriteUnknown(Terminal terminal, IReadOnlyList<ModelLabel> unknown)
    {
        if (unknown.Count > 0)
        {
            var named = string.Join(", ", unknown.Take(ReportText.MostListed)) + (unknown.Count > ReportText.MostListed ? ", ..." : string.Empty);
            terminal.Writer.WriteLine(Terminal.Printable(
                $"{ReportText.Count(unknown.Count, "model")} not known: {named}. Their references are compared as they are written, and of their keys those that are no "
                + "plain numbers or Guids. --assembly or --model names the models."));
            terminal.Writer.WriteLine();
        }
    }

    private static void WriteTable(Terminal terminal, ComparisonResult result)
    {
        var table = new TextTable(
            new TextTable.Column("Model", IsNumber: false), new TextTable.Column("Left"), new TextTable.Column("Right"), new TextTable.Column("Equal"),
            new TextTable.Column("Changed"), new TextTable.Column("Added"), new TextTable.Column("Removed"));
        foreach (var model in result.Models)
        {
            int[] numbers = [model.Left, model.Right, model.Equal, model.Changed, model.Added, model.Removed];
            table.Add([model.Model.Value, .. numbers.Select(number => ReportText.Number(number))]);
        }

        table.Write(terminal.Writer, terminal.Output);
    }

    private static void WriteRecord(Terminal terminal, IReadOnlyList<Finding> findings)
    {
        var first = findings[0];
        var (deed, colour) = first.Kind == FindingKind.AddedRecord ? ("added", Color.Green)
            : first.Kind == FindingKind.RemovedRecord ? ("removed", Color.Red)
            : ("changed", Color.Yellow);
        Line(terminal, $"{deed} {NameOf(first)}", colour, PlacesOf(first));
        foreach (var finding in findings)
        {
            if (finding.Field is { } field)
            {
                Line(terminal, $"  {ShownText.Of(field)}: {finding.LeftValue} -> {finding.RightValue}", null, What(finding));
            }
            else if (deed == "changed")
            {
                Line(terminal, $"  {finding.Reason}", null, string.Empty);
            }
        }
    }

    private static string NameOf(Finding finding) => (finding.On, finding.LeftPk, finding.RightPk) switch
    {
        (null, _, _) => "backup",
        ({ } on, { } left, { } right) when left != right => $"{on.Model} {left} -> {right}",
        ({ } on, var left, var right) when (left ?? right) is { } key => $"{on.Model} {key}",
        ({ Ordinal: { } ordinal } on, _, _) => string.Create(CultureInfo.InvariantCulture, $"{on.Model} number {ordinal}"),
        ({ } on, _, _) => on.Model.Value,
    };

    private static string PlacesOf(Finding finding) =>
        string.Join(", ", new[] { finding.LeftPlace, finding.RightPlace }.OfType<RecordPlace>().Select(place => string.Create(
            CultureInfo.InvariantCulture, $"{place.Backup}:{place.Line}:{place.Column} {place.Pointer}")));

    /// <summary>The part of the finding's sentence between the field and the values.</summary>
    private static string What(Finding finding)
    {
        var what = finding.Reason[..Math.Max(0, finding.Reason.LastIndexOf($": {finding.LeftValue} on the left", StringComparison.Ordinal))];
        what = what.StartsWith($"`{finding.Field}` ", StringComparison.Ordinal) ? what[(finding.Field!.Length + 3)..] : what;
        return what == "differs" ? string.Empty : what;
    }

    /// <summary>A line, followed by details in brackets. Only a terminal shows colours.</summary>
    private static void Line(Terminal terminal, string text, Color? colour, string after)
    {
        var rest = after.Length == 0 ? string.Empty : $" ({after})";
        if (!terminal.Output.Profile.Out.IsTerminal)
        {
            terminal.Writer.WriteLine(Terminal.Printable(text + rest));
            return;
        }

        terminal.Output.Write(new Text(Terminal.Printable(text), colour is { } shown ? new Style(shown) : Style.Plain));
        terminal.Output.Write(new Text(Terminal.Printable(rest) + "\n", new Style(decoration: Decoration.Dim)));
    }
}
