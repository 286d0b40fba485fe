namespace Relocation.Testing.Engines;

/// <summary>What becomes of a database that could not be put back.</summary>
internal enum LeaseFate
{
    /// <summary>It is thrown away, and another one copied.</summary>
    Spoiled,

    /// <summary>Its server is away for a moment, or has no connection left just now: the same is tried again.</summary>
    Waits,

    /// <summary>Its server is gone for good, and the template with it: the whole baseline is made anew.</summary>
    Lost,
}
