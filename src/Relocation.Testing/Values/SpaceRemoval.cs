namespace Relocation.Testing.Values;

/// <summary>Takes the spaces between the tokens out of JSON that comes in pieces and is known to be JSON.</summary>
internal sealed class SpaceRemoval
{
    private bool _isInString;
    private bool _isEscaped;

    /// <summary>Closes up what is kept; returns its length.</summary>
    internal int Apply(Span<byte> piece)
    {
        var kept = 0;
        foreach (var letter in piece)
        {
            if (!_isInString && (letter is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                continue;
            }

            piece[kept++] = letter;
            if (_isEscaped)
            {
                _isEscaped = false;
            }
            else if (letter == '"')
            {
                _isInString = !_isInString;
            }
            else
            {
                _isEscaped = _isInString && letter == '\\';
            }
        }

        return kept;
    }
}
