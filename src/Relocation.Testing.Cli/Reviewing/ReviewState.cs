namespace Relocation.Testing.Cli.Reviewing;

/// <summary>How an approved file and what was received stand to each other.</summary>
internal enum ReviewState
{
    /// <summary>Something was received that is not what was approved.</summary>
    Changed,

    /// <summary>Something was received and nothing is approved.</summary>
    New,

    /// <summary>Nothing was received: the last check matched.</summary>
    Approved,

    /// <summary>The run compared nothing with the approved file.</summary>
    Orphaned,
}
