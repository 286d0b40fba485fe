namespace Relocation.Testing;

/// <summary>The steps of an import, in order.</summary>
public enum ImportStep
{
    /// <summary>The backup is read once, and every record's model, key and place are noted.</summary>
    Indexing,

    /// <summary>Records are converted and written.</summary>
    Writing,

    /// <summary>Foreign keys are checked.</summary>
    Verifying,
}
