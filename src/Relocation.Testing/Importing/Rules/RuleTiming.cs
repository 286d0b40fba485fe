namespace Relocation.Testing;

/// <summary>When a <see cref="RecordRule"/> is asked about its model's records.</summary>
public enum RuleTiming
{
    /// <summary>
    /// Before the import writes its first row. What the rule finds in the database was there before the import, and what it
    /// refuses or drops has cost no row yet.
    /// </summary>
    BeforeFirstRow,

    /// <summary>
    /// When the model's turn comes: the rows of the models before it are in the database, and with them the rows that triggers
    /// made of them. For rules that adopt such rows.
    /// </summary>
    WhenReached,
}
