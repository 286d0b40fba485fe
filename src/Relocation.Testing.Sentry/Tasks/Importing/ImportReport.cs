using System.Globalization;
using Relocation.Testing.Sentry.Tasks.Steps;

namespace Relocation.Testing.Sentry.Tasks.Importing;

/// <summary>Reports the progress of an import to a relocation's observers.</summary>
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
