using Relocation.Testing.Cli.Terminals;
using Spectre.Console;

namespace Relocation.Testing.Cli.Output;

/// <summary>Shows which task of a relocation runs.</summary>
internal sealed class TaskProgressBar() : ProgressBar<RelocationProgress>("Relocating")
{
    private protected override void Show(RelocationProgress latest, ProgressTask bar)
    {
        var attempt = latest.Attempt > 1 ? $", attempt {latest.Attempt} of {latest.MaxAttempts}" : string.Empty;
        var detail = latest.Detail is null ? string.Empty : $": {latest.Detail}";
        bar.Description = Markup.Escape(Terminal.Printable($"{TaskReport.Words(latest.Task)}{attempt}{detail}"));
        bar.MaxValue = (int)RelocationTaskName.Completed;
        bar.Value = Math.Max((int)latest.Task - 1, 0);
    }
}
