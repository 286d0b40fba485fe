namespace Relocation.Testing.Sanitizing;

/// <summary>Counts leaks and keeps the first ones.</summary>
internal sealed class LeakList(int most)
{
    private readonly List<Leak> _kept = [];

    internal long Count { get; private set; }

    internal IReadOnlyList<Leak> Kept => _kept;

    internal void Add(Leak leak)
    {
        Count++;
        if (_kept.Count < most)
        {
            _kept.Add(leak);
        }
    }
}
