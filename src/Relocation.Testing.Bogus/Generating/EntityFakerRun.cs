using Relocation.Testing.Sources;

namespace Relocation.Testing.Generating;

/// <summary>The objects that a caller's faker makes for one model, one a record; the latest is kept for its other fields.</summary>
internal sealed class EntityFakerRun(Func<int, object> make, ulong seed)
{
    private long _number = -1;
    private object? _latest;

    internal object At(long number)
    {
        if (_latest is null || _number != number)
        {
            (_number, _latest) = (number, make((int)StableHash.At(seed, number)));
        }

        return _latest;
    }
}
