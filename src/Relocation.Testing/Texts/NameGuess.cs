namespace Relocation.Testing.Texts;

/// <summary>Remembers which name came after which, as records of one model nearly always have their fields in one order.</summary>
internal sealed class NameGuess
{
    private readonly int[] _follows;
    private int _last;

    internal NameGuess(int names)
    {
        _follows = new int[names + 1];
        _follows.AsSpan().Fill(-1);
        _last = names;
    }

    /// <summary>The position of the name that comes next, or -1 when there is no guess.</summary>
    internal int Next => _follows[_last];

    internal void Found(int position)
    {
        _follows[_last] = position;
        _last = position;
    }
}
