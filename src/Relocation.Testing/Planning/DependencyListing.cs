namespace Relocation.Testing.Planning;

/// <summary>A way to list what models depend on (docs/sentry-import.md, section 2.8).</summary>
internal enum DependencyListing
{
    /// <summary>For each model: its table, scopes, references with kinds and nulls, declared dependencies and unique sets.</summary>
    Detailed,

    /// <summary>For each model: the models that it refers to.</summary>
    Flat,

    /// <summary>The models in the order in which they are imported: each after those that it depends on, but for cut references.</summary>
    Sorted,

    /// <summary>The tables in that order. Rows can be deleted from the last table to the first.</summary>
    Truncate,
}
