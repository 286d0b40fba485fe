using Spectre.Console;

namespace Relocation.Testing.Cli.Terminals;

/// <summary>Shows the progress of an import.</summary>
internal sealed class ImportProgressBar() : ProgressBar<ImportProgress>("Reading")
{
    private protected override void Show(ImportProgress latest, ProgressTask bar)
    {
        bar.Description = Describe(latest);
        bar.IsIndeterminate = latest.Total is null;
        bar.MaxValue = Math.Max(latest.Total ?? 1, 1);
        bar.Value = latest.Done;
    }

    private static string Describe(ImportProgress progress) => progress.Step switch
    {
        ImportStep.Indexing => "Reading",
        ImportStep.Verifying => "Checking foreign keys",
        _ => progress.Model is { } model ? $"Writing {Markup.Escape(Terminal.Printable(model.Value))}" : "Writing",
    };
}
