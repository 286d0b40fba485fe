using Relocation.Testing.Cli.Failures;
using Spectre.Console;

namespace Relocation.Testing.Cli.Terminals;

/// <summary>Shows the progress of an export.</summary>
internal sealed class ExportProgressBar() : ProgressBar<ExportProgress>("Reading")
{
    private protected override void Show(ExportProgress latest, ProgressTask bar)
    {
        bar.Description = latest.AllModels == 0
            ? "Reading"
            : $"{Markup.Escape(Terminal.Printable(latest.Model.Value))}, {ReportText.Count(latest.Records, "record")}";
        bar.MaxValue = Math.Max(latest.AllModels, 1);
        bar.Value = latest.Models;
    }
}
