using System.Diagnostics;

namespace Relocation.Testing.Importing.Writing;

/// <summary>Reports written records, some ten times a second.</summary>
internal sealed class RowProgress(IProgress<ImportProgress>? listener, long total)
{
    private const int IntervalMilliseconds = 100;

    private long _done;
    private long _reported;

    /// <summary>How many records there are to be written.</summary>
    internal long Total => total;

    internal void Add(int records, ModelLabel model)
    {
        _done += records;
        if (listener is not null && (_done == total || Stopwatch.GetElapsedTime(_reported).TotalMilliseconds >= IntervalMilliseconds))
        {
            _reported = Stopwatch.GetTimestamp();
            listener.Report(new ImportProgress(ImportStep.Writing, _done, total, model));
        }
    }
}
