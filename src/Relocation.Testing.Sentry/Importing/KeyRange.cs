namespace Relocation.Testing.Sentry.Importing;

/// <summary>The lowest and the highest of some keys; null if there are none.</summary>
internal struct KeyRange
{
    internal long? Least { get; private set; }

    internal long? Most { get; private set; }

    internal void Add(long key)
    {
        Least = Math.Min(Least ?? key, key);
        Most = Math.Max(Most ?? key, key);
    }
}
