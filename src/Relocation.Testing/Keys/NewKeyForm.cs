namespace Relocation.Testing.Keys;

/// <summary>How a snapshot shows the keys that records have in the database.</summary>
internal enum NewKeyForm
{
    /// <summary>As they are.</summary>
    Absolute,

    /// <summary>
    /// By their place among the new keys of their model, from 1: for databases whose counters do not start anew before each
    /// import.
    /// </summary>
    Ordinal,
}
