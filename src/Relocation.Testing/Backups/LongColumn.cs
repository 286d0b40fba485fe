namespace Relocation.Testing.Backups;

/// <summary>A growing list of numbers that never copies more than a block, so that growth leaves no large garbage.</summary>
internal sealed class LongColumn
{
    private const int BlockBits = 12;
    private const int BlockSize = 1 << BlockBits;

    private readonly List<long[]> _full = [];
    private long[] _last = new long[8];
    private int _countInLast;

    internal int Count => (_full.Count << BlockBits) + _countInLast;

    internal long this[int index] =>
        index >> BlockBits < _full.Count ? _full[index >> BlockBits][index & (BlockSize - 1)] : _last[index & (BlockSize - 1)];

    internal void Add(long value)
    {
        if (_countInLast == _last.Length)
        {
            Grow();
        }

        _last[_countInLast++] = value;
    }

    private void Grow()
    {
        if (_last.Length < BlockSize)
        {
            Array.Resize(ref _last, _last.Length * 2);
            return;
        }

        _full.Add(_last);
        _last = new long[BlockSize];
        _countInLast = 0;
    }
}
