namespace Relocation.Testing.Keys;

/// <summary>Reads text with <c>\r\n</c> as <c>\n</c>, so that a checkout's line ends do not matter.</summary>
internal sealed class LineEndReader(TextReader reader)
{
    private const int BlockLength = 16 * 1024;

    private readonly char[] _raw = new char[BlockLength];
    private readonly char[] _block = new char[BlockLength + 1];
    private bool _hasReturn;
    private int _start;
    private int _end;

    /// <summary>What was read and not yet taken; empty at the end of the text.</summary>
    internal async ValueTask<ReadOnlyMemory<char>> PeekAsync(CancellationToken cancellationToken)
    {
        while (_start == _end)
        {
            var count = await reader.ReadAsync(_raw, cancellationToken).ConfigureAwait(false);
            if (count == 0 && !_hasReturn)
            {
                return default;
            }

            Normalise(_raw.AsSpan(0, count));
        }

        return _block.AsMemory(_start, _end - _start);
    }

    internal void Take(int count) => _start += count;

    private void Normalise(ReadOnlySpan<char> raw)
    {
        (_start, _end) = (0, 0);
        if (raw.IsEmpty)
        {
            _hasReturn = false;
            _block[_end++] = '\r';
        }

        foreach (var character in raw)
        {
            if (_hasReturn && character != '\n')
            {
                _block[_end++] = '\r';
            }

            _hasReturn = character == '\r';
            if (!_hasReturn)
            {
                _block[_end++] = character;
            }
        }
    }
}
