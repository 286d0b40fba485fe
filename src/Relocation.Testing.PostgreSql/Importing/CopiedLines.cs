namespace Relocation.Testing.Importing;

/// <summary>Remembers which record each line of a COPY came from; ranks that follow each other cost nothing.</summary>
internal sealed class CopiedLines
{
    private readonly List<int> _firstLines = [];
    private readonly List<int> _firstRanks = [];
    private int _lines;
    private int _nextRank = -1;

    /// <summary>How many lines there are.</summary>
    internal int Count => _lines;

    internal void Add(int rank)
    {
        _lines++;
        if (rank != _nextRank)
        {
            _firstLines.Add(_lines);
            _firstRanks.Add(rank);
        }

        _nextRank = rank + 1;
    }

    /// <summary>The rank of a line, counted from 1.</summary>
    internal int? RankOf(int line)
    {
        if (line < 1 || line > _lines)
        {
            return null;
        }

        var found = _firstLines.BinarySearch(line);
        var run = found >= 0 ? found : ~found - 1;
        return _firstRanks[run] + line - _firstLines[run];
    }
}
