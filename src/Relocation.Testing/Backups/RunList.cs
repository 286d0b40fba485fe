namespace Relocation.Testing.Backups;

/// <summary>Puts records that follow each other together into runs.</summary>
internal sealed class RunList
{
    private readonly List<RecordRun> _runs = [];
    private IndexedLabel? _label;
    private int _firstIndex;
    private int _firstRank;
    private int _count;
    private long _start;
    private long _end;

    /// <summary>The runs that have ended.</summary>
    internal IReadOnlyList<RecordRun> Runs => _runs;

    /// <summary>Adds a record; it is one of the last run if it follows that directly.</summary>
    internal void Add(IndexedLabel label, int index, int rank, long start, long end)
    {
        // Records that are left out because something is wrong with them end a run, too.
        if (!ReferenceEquals(label, _label) || index != _firstIndex + _count)
        {
            End();
            (_label, _firstIndex, _firstRank, _count, _start) = (label, index, rank, 0, start);
        }

        _count++;
        _end = end;
    }

    /// <summary>Ends the last run.</summary>
    internal void End()
    {
        if (_label is null)
        {
            return;
        }

        var run = new RecordRun(_label.Records.Label, _firstIndex, _firstRank, _count, _start, _end - _start) { Spelling = _label.Spelling };
        _runs.Add(run);
        _label.Records.Add(run);
        _label = null;
    }
}
