using System.Globalization;
using Relocation.Testing.Sentry.Tasks.Steps;

namespace Relocation.Testing.Sentry.Tasks.Importing;

/// <summary>Says of an import what a relocation's observers hear.</summary>
internal sealed class ImportReport(TaskContext context) : IProgress<ImportProgress>
{
    public void Report(ImportProgress value)
    {
        if (value is { Model: { } model, Total: { } total })
        {
            context.Report(string.Create(CultureInfo.InvariantCulture, $"{value.Step}: {value.Done} of {total} records, {model}"));
        }
    }
}
